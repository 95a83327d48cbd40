//! The trial that the document on trials works through.

use hearten::{reason::Reason, trial::Case};

use crate::school::{ALL_AT_ONCE, Chances, School};

const SEED: u64 = 2015;

/// Where messages after error runs help.
pub const SCHOOL: School = School { learners: 400, chances: Chances::Always(0.8), ..ALL_AT_ONCE };

/// Three reasons in a school of 400: messages after error runs help, those on rapid guessing do nothing, and too few came of
/// long sessions.
pub fn cases() -> Vec<Case> {
    [
        SCHOOL.trial(Reason::ErrorRun, SEED),
        SCHOOL.without_effect().trial(Reason::RapidGuessing, SEED + 1),
        School { learners: 8, decisions: 2, ..SCHOOL }.trial(Reason::LongSession, SEED + 2),
    ]
    .concat()
}
