//! How long a message stays readable.

use crate::learner::{AgeBand, Preferences};

/// Seconds until it is noticed.
const NOTICE_SECS: f32 = 2.0;
/// Nothing is taken away sooner than this, in seconds.
const LEAST_SECS: u16 = 5;
/// Learners of six to nine read aloud at 60 to 110 words a minute (Hasbrouck & Tindal 2017, grades 1 to 3), adults silently at
/// some 230.
const SLOWEST: f32 = 3.5;
/// Everybody else gets twice the time that adults need.
const UNHURRIED: f32 = 2.0;
/// As with all times, for whoever is given more.
const EXTENDED: f32 = 1.5;

/// Characters that adults read a minute, by language (Trauzettel-Klosinski & Dietz 2012, the IReST texts); for alphabets that
/// were not measured the slowest of those that were, for Hindi as Arabic, for Korean between Japanese and the alphabets.
fn adults_per_minute(language: &str) -> f32 {
    match language {
        "zh" => 255.0,
        "ja" => 357.0,
        "ko" => 500.0,
        "ar" | "fa" | "ur" | "hi" | "bn" | "th" => 612.0,
        _ => 830.0,
    }
}

/// Seconds that a text is to stay, rounded up.
pub(super) fn secs(text: &str, language: &str, preferences: &Preferences) -> u16 {
    let unhurried = if preferences.age_band == AgeBand::From6 { SLOWEST } else { UNHURRIED };
    let extended = if preferences.extended_time { EXTENDED } else { 1.0 };
    let reading = text.chars().count() as f32 * 60.0 / adults_per_minute(language);
    let secs = (NOTICE_SECS + reading * unhurried) * extended;
    (secs.ceil() as u16).max(LEAST_SECS)
}
