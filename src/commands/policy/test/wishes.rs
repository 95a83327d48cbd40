//! What a case's learner has asked for.

use hearten::{
    learner::{AgeBand, Locale, Preferences, Volume, Zone},
    rpc::pb::{self, preferences::AgeBand as Sent},
};
use toml::{Spanned, Value};

use super::source::{Entries, Source};
use crate::commands::Problem;

/// Protobuf JSON of `hearten.v1.Preferences`; a volume may also go by the name that policies give it.
pub(super) fn read(source: &Source, mut table: Spanned<Entries>) -> Result<Preferences, Problem> {
    let place = table.span();
    let volume = source.take(table.as_mut(), "volume", volume)?.unwrap_or_default();
    let sent: pb::Preferences = source.message(&table, &["volume"], 1)?;
    let known = |known: bool, problem: &str| if known { Ok(()) } else { Err(source.wrong(place.clone(), problem)) };
    let (locale, time_zone) = (Locale::parse(&sent.locale), Zone::parse(&sent.time_zone));
    known(sent.locale.is_empty() || locale.is_some(), "`locale` is a language of BCP 47, such as \"pt-BR\"")?;
    let zones = "`timeZone` is a time zone of the IANA database, such as \"Europe/Berlin\"";
    known(sent.time_zone.is_empty() || time_zone.is_some(), zones)?;
    let age_band = match sent.age_band() {
        Sent::Unspecified => AgeBand::Unknown,
        Sent::AgeBand6To9 => AgeBand::From6,
        Sent::AgeBand10To13 => AgeBand::From10,
        Sent::AgeBand14To17 => AgeBand::From14,
        Sent::Adult => AgeBand::Adult,
    };
    let pb::Preferences { reduced_motion, extended_time, .. } = sent;
    Ok(Preferences { locale, volume, age_band, reduced_motion, extended_time, time_zone })
}

fn volume(value: &Value) -> Result<Volume, String> {
    let volumes = [Volume::Off, Volume::CelebrationsOnly, Volume::Quiet, Volume::Normal];
    let sent = |volume: Volume| format!("VOLUME_{}", volume.name().to_uppercase().replace('-', "_"));
    let named = |name: &str| volumes.into_iter().find(|volume| volume.name() == name || sent(*volume) == name);
    value.as_str().and_then(named).ok_or_else(|| {
        let names = volumes.map(|volume| format!("\"{}\"", volume.name())).join(", ");
        format!("is one of {names}")
    })
}
