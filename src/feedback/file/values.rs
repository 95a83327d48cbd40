//! Values of a policy file that say themselves what they may be.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

use crate::{
    feedback::{Selection, Unit},
    learner::Volume,
    reason::{Placement, Suggestion},
};

/// A whole number from `LEAST` to `MOST`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole<const LEAST: u32, const MOST: u32>(u32);

impl<const LEAST: u32, const MOST: u32> Whole<LEAST, MOST> {
    pub fn get(self) -> u32 {
        self.0
    }
}

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InRange(u32, u32);

        impl Visitor<'_> for InRange {
            type Value = u32;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match (self.0, self.1) {
                    (only, most) if only == most => write!(f, "the whole number {only}"),
                    (least, most) => write!(f, "a whole number from {least} to {most}"),
                }
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<u32, E> {
                let fitting = u32::try_from(number).ok().filter(|number| (self.0..=self.1).contains(number));
                fitting.ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
            }
        }

        deserializer.deserialize_i64(InRange(LEAST, MOST)).map(Self)
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Whole<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Whole{LEAST}To{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": LEAST, "maximum": MOST})
    }
}

/// A number from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share(f32);

impl Share {
    pub fn get(self) -> f32 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f32::deserialize(deserializer)?;
        if (0.0..=1.0).contains(&number) {
            return Ok(Self(number));
        }
        Err(D::Error::invalid_value(Unexpected::Float(f64::from(number)), &"a number from 0 to 1"))
    }
}

impl JsonSchema for Share {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

/// A text that has to look a certain way.
fn matching<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &'static str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    parse(&text).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &expected))
}

/// What a policy is called.
#[derive(Clone, Debug)]
pub(super) struct Name(String);

impl Name {
    const RULE: &str = "1 to 40 letters, digits, '-', '_' or '.'";

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let fits = |text: &str| (1..=40).contains(&text.len()) && text.chars().all(plain);
        matching(deserializer, Self::RULE, |text| fits(text).then(|| text.to_owned())).map(Self)
    }
}

impl JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[A-Za-z0-9._-]{1,40}$"})
    }
}

/// A time of day, such as `21:30`.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeOfDay(u16);

impl TimeOfDay {
    /// Counted from midnight.
    pub fn minute(self) -> u16 {
        self.0
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let two = |digits: &str, below: u16| {
            let plain = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse::<u16>().ok().filter(|number| plain && *number < below)
        };
        let parse = |text: &str| {
            let (hours, minutes) = text.split_once(':')?;
            Some(two(hours, 24)? * 60 + two(minutes, 60)?)
        };
        matching(deserializer, "a time of day from \"00:00\" to \"23:59\"", parse).map(Self)
    }
}

impl JsonSchema for TimeOfDay {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
    }
}

/// A step that the platform might offer, by its name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum SuggestionName {
    OfferHint,
    WorkedExample,
    EasierItem,
    TakeBreak,
    SlowDown,
    HarderItem,
    AskTeacher,
}

impl SuggestionName {
    pub fn suggestion(self) -> Suggestion {
        match self {
            Self::OfferHint => Suggestion::OfferHint,
            Self::WorkedExample => Suggestion::WorkedExample,
            Self::EasierItem => Suggestion::EasierItem,
            Self::TakeBreak => Suggestion::TakeBreak,
            Self::SlowDown => Suggestion::SlowDown,
            Self::HarderItem => Suggestion::HarderItem,
            Self::AskTeacher => Suggestion::AskTeacher,
        }
    }
}

/// A placement by its name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum PlacementName {
    Inline,
    Toast,
    Interruptive,
}

impl PlacementName {
    pub fn placement(self) -> Placement {
        match self {
            Self::Inline => Placement::Inline,
            Self::Toast => Placement::Toast,
            Self::Interruptive => Placement::Interruptive,
        }
    }
}

/// A volume at which something may be said, by its name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum VolumeName {
    CelebrationsOnly,
    Quiet,
    Normal,
}

impl VolumeName {
    pub fn volume(self) -> Volume {
        match self {
            Self::CelebrationsOnly => Volume::CelebrationsOnly,
            Self::Quiet => Volume::Quiet,
            Self::Normal => Volume::Normal,
        }
    }
}

/// Who is held out together, by its name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum UnitName {
    Learner,
    Class,
}

impl UnitName {
    pub fn unit(self) -> Unit {
        match self {
            Self::Learner => Unit::Learner,
            Self::Class => Unit::Class,
        }
    }
}

/// How wordings are chosen, by its name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum SelectionName {
    Rotation,
    Adaptive,
}

impl SelectionName {
    pub fn selection(self) -> Selection {
        match self {
            Self::Rotation => Selection::Rotation,
            Self::Adaptive => Selection::Adaptive,
        }
    }
}
