//! One locale's messages, ready to be said.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{Direction, Message, Placeable, display, message_id, numerals};
use crate::{
    learner::{AgeBand, Preferences, Said},
    reason::Reason,
};

/// The messages of one locale.
pub struct Catalogue {
    locale: LanguageIdentifier,
    messages: FluentBundle<FluentResource>,
    /// Per reason, how many wordings there are.
    wordings: [u8; Reason::ALL.len()],
}

impl Catalogue {
    /// Makes a file's messages ready. What is wrong with them [`super::check`] tells; here it is left out.
    #[must_use]
    pub fn new(locale: LanguageIdentifier, text: &str) -> Self {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(sound, _)| sound);
        let mut messages = FluentBundle::new_concurrent(vec![locale.clone()]);
        // Where everything runs from left to right, marks around numbers would only get in the way.
        messages.set_use_isolating(Direction::of(&locale) == Direction::RightToLeft);
        messages.set_formatter(Some(numerals::format));
        // It fails only where there are some already.
        let _ = messages.add_builtins();
        // Of two messages of one id the first stands.
        let _ = messages.add_resource(resource);
        let wordings = Reason::ALL.map(|reason| {
            (0..MOST_WORDINGS).take_while(|wording| messages.has_message(&message_id(reason, *wording))).count() as u8
        });
        Self { locale, messages, wordings }
    }

    /// Its locale.
    #[must_use]
    pub fn locale(&self) -> &LanguageIdentifier {
        &self.locale
    }

    /// How many wordings a reason has.
    #[must_use]
    pub fn wordings(&self, reason: Reason) -> u8 {
        self.wordings.get(reason as usize - 1).copied().unwrap_or_default()
    }

    /// A wording with its number filled in, as a learner who asked for this gets it.
    #[must_use]
    pub fn say(&self, reason: Reason, wording: u8, number: u32, preferences: &Preferences) -> Message {
        let id = message_id(reason, wording);
        let mut arguments = FluentArgs::new();
        if let Some(placeable) = Placeable::of(reason) {
            arguments.set(placeable.name, number);
        }
        let part = part(preferences.age_band);
        let (text, plain) = match part.and_then(|part| self.format(&id, Some(part), &arguments).zip(Some(part))) {
            Some((text, part)) => (Some(text), self.format(&id, Some(&format!("{part}-{PLAIN}")), &arguments)),
            None => (self.format(&id, None, &arguments), self.format(&id, Some(PLAIN), &arguments)),
        };
        let text = text.unwrap_or_default();
        let plain_text = plain.unwrap_or_else(|| text.clone());
        let display_secs = display::secs(&text, self.locale.language.as_str(), preferences);
        let (locale, direction) = (self.locale.to_string(), Direction::of(&self.locale));
        Message { id, locale, direction, text, plain_text, display_secs, reduced_motion: preferences.reduced_motion }
    }

    fn format(&self, id: &str, attribute: Option<&str>, arguments: &FluentArgs<'_>) -> Option<String> {
        let message = self.messages.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        // Whatever cannot be filled in was refused before.
        Some(self.messages.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
    }
}

/// As many wordings as a record can tell apart (`Said::wordings`).
pub(super) const MOST_WORDINGS: u8 = Said::MOST_WORDINGS;
/// The attribute that holds what is read out instead of a text with symbols; behind an age's name for that age's text.
pub(super) const PLAIN: &str = "plain";

/// The attribute that holds what learners of an age are told.
pub(super) fn part(age: AgeBand) -> Option<&'static str> {
    match age {
        AgeBand::Unknown => None,
        AgeBand::From6 => Some("age-6-9"),
        AgeBand::From10 => Some("age-10-13"),
        AgeBand::From14 => Some("age-14"),
        AgeBand::Adult => Some("age-adult"),
    }
}
