//! All locales, and which of them somebody is answered in.

use std::{
    fmt,
    sync::{Arc, LazyLock},
};

use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use super::{
    Catalogue,
    check::{self, Fault},
};
use crate::learner::{Locale, Preferences};

/// A file of a catalogue directory, `LOCALE.ftl` or `LOCALE.tone.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name, without the directory.
    pub name: String,
    /// What stands in it.
    pub text: String,
}

/// The catalogues in use.
pub struct Catalogues {
    /// What there is where nothing else fits.
    english: Catalogue,
    others: Vec<Catalogue>,
    /// English's, then the others' in order, each with its likely script and region: a language in another script is not one
    /// that its readers can read.
    locales: Vec<LanguageIdentifier>,
}

impl fmt::Debug for Catalogues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.each().map(|catalogue| catalogue.locale().to_string())).finish()
    }
}

macro_rules! builtin {
    ($($locale:literal)*) => {
        &[$((
            $locale,
            include_str!(concat!("locales/", $locale, ".ftl")),
            include_str!(concat!("locales/", $locale, ".tone.toml")),
        )),*]
    };
}

/// The catalogues that come with this release: locale, messages, and words kept out.
const BUILTIN: &[(&str, &str, &str)] =
    builtin!("en" "ar" "de" "es" "fr" "hi" "it" "ja" "ko" "nl" "pl" "pt-BR" "tr" "zh-CN");

static READY: LazyLock<Arc<Catalogues>> = LazyLock::new(|| Arc::new(Catalogues::new(messages(&Catalogues::sources()))));

impl Catalogues {
    /// Those that come with this release.
    #[must_use]
    pub fn builtin() -> Arc<Self> {
        Arc::clone(&READY)
    }

    /// The files of those that come with this release.
    #[must_use]
    pub fn sources() -> Vec<Source> {
        let file = |name: String, text: &str| Source { name, text: text.to_owned() };
        BUILTIN
            .iter()
            .flat_map(|(locale, messages, tone)| {
                [file(format!("{locale}.ftl"), messages), file(format!("{locale}.tone.toml"), tone)]
            })
            .collect()
    }

    /// Those that come with this release, but for the locales that `sources` has: those are taken from there, and new ones
    /// are added. All of it, or everything that is wrong with it.
    pub fn with(sources: &[Source]) -> Result<Self, Vec<Fault>> {
        Self::beside(&Self::sources(), sources)
    }

    /// The same beside other files, which are good: those that come with this release, then what stands in their place.
    pub fn beside(base: &[Source], sources: &[Source]) -> Result<Self, Vec<Fault>> {
        let faults = check::check_beside(base, sources);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut all: Vec<(LanguageIdentifier, &str)> = Vec::new();
        for (locale, text) in messages(base).into_iter().chain(messages(sources)) {
            match all.iter_mut().find(|(known, _)| *known == locale) {
                Some(known) => known.1 = text,
                None => all.push((locale, text)),
            }
        }
        Ok(Self::new(all))
    }

    /// English is the first.
    fn new(files: Vec<(LanguageIdentifier, &str)>) -> Self {
        let likely = |locale: &LanguageIdentifier| {
            let mut locale = locale.clone();
            locale.maximize();
            locale
        };
        let locales = files.iter().map(|(locale, _)| likely(locale)).collect();
        let mut all = files.into_iter().map(|(locale, text)| Catalogue::new(locale, text));
        let english = all.next().unwrap_or_else(|| Catalogue::new(LanguageIdentifier::default(), ""));
        Self { english, others: all.collect(), locales }
    }

    /// All of them, English first.
    pub fn each(&self) -> impl Iterator<Item = &Catalogue> {
        [&self.english].into_iter().chain(&self.others)
    }

    /// The catalogue that a learner is answered from: what the learner asks for first, then what the platform does.
    #[must_use]
    pub fn fitting(&self, preferences: &Preferences, asked: Option<Locale>) -> &Catalogue {
        let asked = [preferences.locale, asked];
        self.negotiate(asked.iter().flatten().map(Locale::as_str))
    }

    /// The catalogue that fits best, first things first: the same locale, else the language as it is likely written and spoken
    /// there, else the language elsewhere in the same script, else the next that is asked for. English where nothing fits.
    pub fn negotiate<'a>(&self, asked: impl Iterator<Item = &'a str>) -> &Catalogue {
        asked.filter_map(|locale| locale.parse().ok()).find_map(|asked| self.find(&asked)).unwrap_or(&self.english)
    }

    fn find(&self, asked: &LanguageIdentifier) -> Option<&Catalogue> {
        if let Some(same) = self.each().find(|catalogue| catalogue.locale() == asked) {
            return Some(same);
        }
        let found = negotiate_languages(&[asked], &self.locales, None, NegotiationStrategy::Lookup);
        let place = self.locales.iter().position(|locale| found.first().is_some_and(|found| *found == locale))?;
        self.each().nth(place)
    }
}

/// The files of messages among `sources`, by locale.
fn messages(sources: &[Source]) -> Vec<(LanguageIdentifier, &str)> {
    let read = |source: &Source| source.name.strip_suffix(".ftl")?.parse().ok();
    sources.iter().filter_map(|source| Some((read(source)?, source.text.as_str()))).collect()
}
