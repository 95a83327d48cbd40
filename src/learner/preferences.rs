//! What a learner, or whoever cares for them, has asked for.

use std::{collections::HashMap, fmt, sync::LazyLock};

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Locale;
use crate::event::zone_hash;

/// What a learner has asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The language messages are wanted in.
    pub locale: Option<Locale>,
    /// How much is to be said.
    pub volume: Volume,
    /// How old the learner is, roughly.
    pub age_band: AgeBand,
    /// Nothing should move.
    pub reduced_motion: bool,
    /// The learner is given more time: thresholds on time are widened.
    pub extended_time: bool,
    /// Where the learner's day begins and ends.
    pub time_zone: Option<Zone>,
}

/// How much is to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Volume {
    /// Whatever the policy allows.
    #[default]
    Normal = 0,
    /// Nothing at all.
    Off = 1,
    /// Celebrations, no encouragements.
    CelebrationsOnly = 2,
    /// Only what matters most.
    Quiet = 3,
}

impl Volume {
    /// Those at which something may be said.
    pub const SPEAKING: [Self; 3] = [Self::CelebrationsOnly, Self::Quiet, Self::Normal];

    /// Its name in policies, such as `celebrations-only`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Off => "off",
            Self::CelebrationsOnly => "celebrations-only",
            Self::Quiet => "quiet",
        }
    }
}

/// How old a learner is, roughly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum AgeBand {
    /// Not known.
    #[default]
    Unknown = 0,
    /// 6 to 9 years.
    From6 = 1,
    /// 10 to 13 years.
    From10 = 2,
    /// 14 to 17 years.
    From14 = 3,
    /// An adult.
    Adult = 4,
}

impl AgeBand {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Unknown, Self::From6, Self::From10, Self::From14, Self::Adult];

    /// Its name, such as `10-13`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "any",
            Self::From6 => "6-9",
            Self::From10 => "10-13",
            Self::From14 => "14+",
            Self::Adult => "adult",
        }
    }
}

/// A time zone of the IANA database, by a hash of its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Zone(u32);

/// The database that is compiled in: the same on every machine.
static ZONES: LazyLock<HashMap<u32, String>> = LazyLock::new(|| {
    let names = TimeZoneDatabase::bundled();
    names.available().map(|name| (zone_hash(name.as_str()), name.as_str().to_owned())).collect()
});

impl Zone {
    /// The zone of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let exact = zone_hash(name);
        if ZONES.get(&exact).is_some_and(|known| known == name) {
            return Some(Self(exact));
        }
        ZONES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(hash, _)| Self(*hash))
    }

    /// Its name, such as `Europe/Berlin`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ZONES.get(&self.0).map_or("", String::as_str)
    }

    /// Its rules.
    #[must_use]
    pub fn rules(self) -> Option<TimeZone> {
        TimeZoneDatabase::bundled().get(self.name()).ok()
    }

    pub(super) fn hash(self) -> u32 {
        self.0
    }

    /// The zone kept under a hash. One that another release knew keeps its place, without a name and rules here.
    pub(super) fn from_hash(hash: u32) -> Self {
        Self(hash)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
