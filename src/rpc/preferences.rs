//! Preferences, both ways, and the mask that says which of them to change.

use pbjson_types::FieldMask;

use super::{
    convert::unknown,
    pb::{self, preferences as to},
    status::Refusal,
};
use crate::{
    event::Invalid,
    feedback::capital,
    learner::{AgeBand, Locale, Preferences, Volume, Zone},
};

/// One preference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Locale,
    Volume,
    AgeBand,
    ReducedMotion,
    ExtendedTime,
    TimeZone,
}

impl Field {
    const ALL: [Self; 6] =
        [Self::Locale, Self::Volume, Self::AgeBand, Self::ReducedMotion, Self::ExtendedTime, Self::TimeZone];

    /// Its path.
    fn name(self) -> &'static str {
        match self {
            Self::Locale => "locale",
            Self::Volume => "volume",
            Self::AgeBand => "age_band",
            Self::ReducedMotion => "reduced_motion",
            Self::ExtendedTime => "extended_time",
            Self::TimeZone => "time_zone",
        }
    }

    /// Whether a path names it, as protobuf does or as its JSON does: not every client translates the one into the other.
    fn is_called(self, path: &str) -> bool {
        let words = self.name().split('_').enumerate();
        let camel: String =
            words.map(|(place, word)| if place == 0 { word.to_owned() } else { capital(word) }).collect();
        path == self.name() || path == camel
    }

    /// Whether a message says anything about it.
    fn is_set(self, sent: &pb::Preferences) -> bool {
        match self {
            Self::Locale => !sent.locale.is_empty(),
            Self::Volume => sent.volume != 0,
            Self::AgeBand => sent.age_band != 0,
            Self::ReducedMotion => sent.reduced_motion,
            Self::ExtendedTime => sent.extended_time,
            Self::TimeZone => !sent.time_zone.is_empty(),
        }
    }
}

/// What is to change, checked: whoever applies it cannot fail.
pub(super) struct Change {
    fields: Vec<Field>,
    wanted: Preferences,
}

impl Change {
    pub(super) fn parse(sent: Option<pb::Preferences>, mask: Option<&FieldMask>) -> Result<Self, Refusal> {
        let given = sent.is_some();
        let sent = sent.unwrap_or_default();
        let fields = match mask {
            Some(mask) if !mask.paths.is_empty() => masked(&mask.paths)?,
            _ => Field::ALL.into_iter().filter(|field| field.is_set(&sent)).collect(),
        };
        if !given && fields.is_empty() {
            return Err(Refusal::invalid("preferences", "is required, or update_mask: what is to change?"));
        }
        Ok(Self { fields, wanted: preferences(&sent).map_err(|invalid| Refusal::from(invalid).within("preferences"))? })
    }

    pub(super) fn apply(&self, preferences: &mut Preferences) {
        let wanted = &self.wanted;
        for field in &self.fields {
            match field {
                Field::Locale => preferences.locale = wanted.locale,
                Field::Volume => preferences.volume = wanted.volume,
                Field::AgeBand => preferences.age_band = wanted.age_band,
                Field::ReducedMotion => preferences.reduced_motion = wanted.reduced_motion,
                Field::ExtendedTime => preferences.extended_time = wanted.extended_time,
                Field::TimeZone => preferences.time_zone = wanted.time_zone,
            }
        }
    }
}

fn masked(paths: &[String]) -> Result<Vec<Field>, Refusal> {
    if matches!(paths, [all] if all == "*") {
        return Ok(Field::ALL.to_vec());
    }
    let named = |(place, path): (usize, &String)| {
        let field = Field::ALL.into_iter().find(|field| field.is_called(path));
        field.ok_or_else(|| {
            let known = Field::ALL.map(Field::name).join(", ");
            let shown: String = path.chars().take(40).collect();
            Refusal::invalid(
                format!("update_mask.paths[{place}]"),
                format!("is `{shown}`, no preference: {known}, or * alone"),
            )
        })
    };
    paths.iter().enumerate().map(named).collect()
}

/// Checks a language; none where nothing is named.
pub(super) fn locale(tag: &str) -> Result<Option<Locale>, Invalid> {
    let problem = "is no language of BCP 47, such as en, pt-BR or zh-Hant-TW";
    let named = (!tag.is_empty()).then(|| Locale::parse(tag).ok_or_else(|| Invalid::new("locale", problem)));
    named.transpose()
}

/// Checks preferences. Fields in errors are relative to them.
pub fn preferences(sent: &pb::Preferences) -> Result<Preferences, Invalid> {
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let time_zone = optional(&sent.time_zone).map(|name| {
        let problem = "is no time zone of the IANA database, such as Europe/Berlin";
        Zone::parse(&name).ok_or_else(|| Invalid::new("time_zone", problem))
    });
    let volume = match to::Volume::try_from(sent.volume) {
        Ok(to::Volume::Unspecified | to::Volume::Normal) => Volume::Normal,
        Ok(to::Volume::Off) => Volume::Off,
        Ok(to::Volume::CelebrationsOnly) => Volume::CelebrationsOnly,
        Ok(to::Volume::Quiet) => Volume::Quiet,
        // Guessing could mean speaking to whoever wants nothing said.
        Err(_) => return Err(unknown("volume", sent.volume)),
    };
    let age_band = match to::AgeBand::try_from(sent.age_band) {
        Ok(to::AgeBand::Unspecified) => AgeBand::Unknown,
        Ok(to::AgeBand::AgeBand6To9) => AgeBand::From6,
        Ok(to::AgeBand::AgeBand10To13) => AgeBand::From10,
        Ok(to::AgeBand::AgeBand14To17) => AgeBand::From14,
        Ok(to::AgeBand::Adult) => AgeBand::Adult,
        Err(_) => return Err(unknown("age_band", sent.age_band)),
    };
    Ok(Preferences {
        locale: locale(&sent.locale)?,
        volume,
        age_band,
        reduced_motion: sent.reduced_motion,
        extended_time: sent.extended_time,
        time_zone: time_zone.transpose()?,
    })
}

pub(super) fn volume(volume: Volume) -> to::Volume {
    match volume {
        Volume::Normal => to::Volume::Normal,
        Volume::Off => to::Volume::Off,
        Volume::CelebrationsOnly => to::Volume::CelebrationsOnly,
        Volume::Quiet => to::Volume::Quiet,
    }
}

pub(super) fn age_band(age_band: AgeBand) -> to::AgeBand {
    match age_band {
        AgeBand::Unknown => to::AgeBand::Unspecified,
        AgeBand::From6 => to::AgeBand::AgeBand6To9,
        AgeBand::From10 => to::AgeBand::AgeBand10To13,
        AgeBand::From14 => to::AgeBand::AgeBand14To17,
        AgeBand::Adult => to::AgeBand::Adult,
    }
}

pub(super) fn shown(preferences: &Preferences) -> pb::Preferences {
    let age_band = age_band(preferences.age_band);
    pb::Preferences {
        locale: preferences.locale.map_or(String::new(), |locale| locale.as_str().to_owned()),
        volume: volume(preferences.volume).into(),
        age_band: age_band.into(),
        reduced_motion: preferences.reduced_motion,
        extended_time: preferences.extended_time,
        time_zone: preferences.time_zone.map_or(String::new(), |zone| zone.name().to_owned()),
    }
}
