//! What a catalogue must keep to before anybody hears it. Tone is checked by rule, not by taste: praise of the person and inflated
//! praise do harm where they are meant well (Kluger & DeNisi 1996; Brummelman et al. 2014).

mod complete;
mod fault;
mod forms;
mod placeables;
mod places;
mod plurals;
mod reading_level;
mod script;
mod text;
mod tone;

pub use fault::{Fault, Rule};

use self::script::Script;
use super::{Catalogues, Source};

/// Holds files against every rule, beside those that come with this release.
#[must_use]
pub fn check(sources: &[Source]) -> Vec<Fault> {
    check_beside(&Catalogues::sources(), sources)
}

/// Holds files against every rule: each by itself, against English, theirs or the newest of `base`, and against all words that
/// are kept out there. All that is wrong with them, file by file and line by line.
pub(super) fn check_beside(base: &[Source], sources: &[Source]) -> Vec<Fault> {
    let is_english = |source: &&Source| source.name == "en.ftl";
    let Some(english) = sources.iter().find(is_english).or(base.iter().rfind(is_english)) else {
        return Vec::new();
    };
    let english = Script::read(english);
    let mut faults = Vec::new();
    for source in sources {
        if source.name.ends_with(".ftl") {
            let script = Script::read(source);
            faults.extend(one(&script, &english, sources, base));
        } else {
            faults.extend(tone::faults(source, sources));
        }
    }
    faults.sort_by(|one, other| (&one.file, one.line, &one.id).cmp(&(&other.file, other.line, &other.id)));
    faults
}

fn one(script: &Script<'_>, english: &Script<'_>, own: &[Source], base: &[Source]) -> Vec<Fault> {
    let mut faults = script.syntax();
    faults.extend(complete::check(script, english));
    faults.extend(placeables::check(script, english));
    faults.extend(plurals::check(script));
    faults.extend(text::check(script, english));
    faults.extend(reading_level::check(script));
    faults.extend(tone::check(script, own, base));
    faults
}
