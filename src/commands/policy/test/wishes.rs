//! What a case's learner has asked for.

use hearten::{
    event::Invalid,
    learner::{Preferences, Volume},
    rpc::{self, pb},
};
use toml::{Spanned, Value};

use super::source::{Entries, Source};
use crate::commands::Problem;

/// Protobuf JSON of `hearten.v1.Preferences`; a volume may also go by the name that policies give it.
pub(super) fn read(source: &Source, mut table: Spanned<Entries>) -> Result<Preferences, Problem> {
    let place = table.span();
    let volume = source.take(table.as_mut(), "volume", volume)?.unwrap_or_default();
    let sent: pb::Preferences = source.message(&table, &["volume"], 1)?;
    let wanted = rpc::preferences(&sent)
        .map_err(|Invalid { field, problem }| source.wrong(place, format!("preferences.{field} {problem}")))?;
    Ok(Preferences { volume, ..wanted })
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
