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

/// Holds files against every rule: each by itself, and against English, theirs or the one built in. All that is wrong, file by
/// file and line by line.
#[must_use]
pub fn check(sources: &[Source]) -> Vec<Fault> {
    let builtin = Catalogues::sources();
    let own = |name: &str| sources.iter().find(|source| source.name == name);
    let Some(english) = own("en.ftl").or(builtin.iter().find(|source| source.name == "en.ftl")) else {
        return Vec::new();
    };
    let english = Script::read(english);
    let mut faults = Vec::new();
    for source in sources {
        if source.name.ends_with(".ftl") {
            let script = Script::read(source);
            faults.extend(one(&script, &english, sources, &builtin));
        } else {
            faults.extend(tone::faults(source, sources));
        }
    }
    faults.sort_by(|one, other| (&one.file, one.line, &one.id).cmp(&(&other.file, other.line, &other.id)));
    faults
}

fn one(script: &Script<'_>, english: &Script<'_>, own: &[Source], builtin: &[Source]) -> Vec<Fault> {
    let mut faults = script.syntax();
    faults.extend(complete::check(script, english));
    faults.extend(placeables::check(script, english));
    faults.extend(plurals::check(script));
    faults.extend(text::check(script, english));
    faults.extend(reading_level::check(script));
    faults.extend(tone::check(script, own, builtin));
    faults
}
