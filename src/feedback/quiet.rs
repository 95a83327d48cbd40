//! Quiet hours: when nothing is said, by the clock on the learner's wall.

use super::policy::QuietHours;
use crate::{event::Timestamp, learner::Zone};

const DAY_MINUTES: u16 = 24 * 60;

/// Seconds until quiet hours are over; `None` if they are not on, or if nobody knows what time it is where the learner is.
pub(super) fn left(hours: QuietHours, zone: Option<Zone>, at: Option<Timestamp>) -> Option<u64> {
    let rules = zone?.rules()?;
    let moment = jiff::Timestamp::from_millisecond(at?.as_millis()).ok()?;
    let wall = rules.to_datetime(moment).time();
    let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
    let since = (minute + DAY_MINUTES - hours.from) % DAY_MINUTES;
    let length = (hours.until + DAY_MINUTES - hours.from) % DAY_MINUTES;
    (since < length).then(|| u64::from(length - since) * 60 - wall.second() as u64)
}
