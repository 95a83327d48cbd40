//! Where a number chooses between forms, it chooses between all the forms that the language has.

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::{Fault, Rule, Script};

/// Numbers in messages stay below this.
const NUMBERS: u32 = 1_000;
/// The form of whatever has no other.
const OTHER: &str = "other";

pub(super) fn check(script: &Script<'_>) -> Vec<Fault> {
    let Some(locale) = script.locale else { return Vec::new() };
    let Some(forms) = forms(locale.as_str()) else {
        let why = format!("the plural rules of {} are not known", locale.as_str());
        return vec![script.fault(1, "", Rule::Locale, why)];
    };
    let mut faults = Vec::new();
    for message in &script.messages {
        for text in &message.texts {
            for choice in &text.forms.choices {
                let mut fault = |line, why| {
                    faults.push(script.fault(line, message.name(text), Rule::PluralForms, why));
                };
                for (key, line) in &choice.keys {
                    if !forms.contains(key) {
                        let all = forms.join(", ");
                        fault(*line, format!("[{key}] is never chosen: this language has {all}"));
                    }
                }
                if choice.default != Some(OTHER) {
                    fault(choice.line, format!("*[{OTHER}] is to be what is chosen where nothing else fits"));
                }
                for form in forms.iter().filter(|form| choice.keys.iter().all(|(key, _)| key != *form)) {
                    fault(choice.line, format!("[{form}] is missing, which this language has"));
                }
            }
        }
    }
    faults
}

/// The forms a language has for whole numbers; `None` where its rules are not known.
fn forms(locale: &str) -> Option<Vec<&'static str>> {
    let asked: LanguageIdentifier = locale.parse().ok()?;
    let known = PluralRules::get_locales(PluralRuleType::CARDINAL);
    // As Fluent looks them up.
    let found = negotiate_languages(&[asked], &known, None, NegotiationStrategy::Lookup);
    let rules = PluralRules::create((**found.first()?).clone(), PluralRuleType::CARDINAL).ok()?;
    let all = [
        (PluralCategory::ZERO, "zero"),
        (PluralCategory::ONE, "one"),
        (PluralCategory::TWO, "two"),
        (PluralCategory::FEW, "few"),
        (PluralCategory::MANY, "many"),
        (PluralCategory::OTHER, OTHER),
    ];
    let used: Vec<PluralCategory> = (0..NUMBERS).filter_map(|number| rules.select(number).ok()).collect();
    let is_used = |form: &PluralCategory| *form == PluralCategory::OTHER || used.contains(form);
    Some(all.into_iter().filter(|(form, _)| is_used(form)).map(|(_, name)| name).collect())
}
