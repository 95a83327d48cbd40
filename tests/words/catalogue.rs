//! Which catalogue fits, and what it says, without a server.

use std::collections::BTreeSet;

use hearten::{
    learner::{AgeBand, Locale, Preferences},
    messages::{Catalogue, Catalogues, Direction, Message, Placeable, Source},
    reason::{Kind, Reason},
};

fn fitting(asked: &[&str]) -> String {
    let catalogues = Catalogues::builtin();
    catalogues.negotiate(asked.iter().copied()).locale().to_string()
}

#[test]
fn the_best_fitting_catalogue_is_found_along_a_chain() {
    for (asked, found) in [
        (&[][..], "en"),
        (&["de"], "de"),
        (&["de-AT"], "de"),
        (&["es-MX"], "es"),
        (&["es-419"], "es"),
        (&["pt-BR"], "pt-BR"),
        (&["pt"], "pt-BR"),
        (&["pt-PT"], "pt-BR"),
        (&["en-GB"], "en"),
        (&["ar-EG"], "ar"),
        (&["zh"], "zh-CN"),
        (&["zh-Hans"], "zh-CN"),
        (&["zh-Hans-SG"], "zh-CN"),
        // Another script is another language to read.
        (&["zh-TW"], "en"),
        (&["zh-Hant-HK"], "en"),
        (&["hi-Latn"], "en"),
        (&["sv"], "en"),
        // Then the next.
        (&["sv", "fr"], "fr"),
        (&["zh-TW", "ja"], "ja"),
        (&["en", "fr"], "en"),
        (&["no such thing", "ko-KR"], "ko"),
    ] {
        assert_eq!(fitting(asked), found, "{asked:?}");
    }
}

#[test]
fn what_the_learner_asks_for_goes_before_what_the_platform_does() {
    let catalogues = Catalogues::builtin();
    let wanted = |locale| Preferences { locale: Locale::parse(locale), ..Preferences::default() };
    let fitting =
        |preferences: &Preferences, asked| catalogues.fitting(preferences, Locale::parse(asked)).locale().to_string();
    assert_eq!(fitting(&wanted("fr"), "de"), "fr");
    assert_eq!(fitting(&wanted("sv"), "de"), "de", "nobody has Swedish");
    assert_eq!(fitting(&Preferences::default(), "de"), "de");
    assert_eq!(fitting(&Preferences::default(), ""), "en");
}

fn say(catalogue: &Catalogue, reason: Reason, wording: u8, age_band: AgeBand) -> Message {
    let number = Placeable::of(reason).map_or(0, |placeable| placeable.sample);
    catalogue.say(reason, wording, number, &Preferences { age_band, ..Preferences::default() })
}

/// Whatever is asked for, something is said, and it is whole.
#[test]
fn every_wording_of_every_locale_can_be_said_at_every_age() {
    let catalogues = Catalogues::builtin();
    let mut said = 0;
    for catalogue in catalogues.each() {
        for (reason, age) in Reason::ALL.iter().flat_map(|reason| AgeBand::ALL.map(|age| (*reason, age))) {
            let wordings = catalogue.wordings(reason);
            assert!(wordings >= 6, "{} {reason:?}", catalogue.locale());
            let texts: BTreeSet<String> = (0..wordings)
                .map(|wording| {
                    let message = say(catalogue, reason, wording, age);
                    let longest = if age == AgeBand::From6 { 60 } else { 120 };
                    let length = message.text.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).count();
                    assert!((1..=longest).contains(&length), "{message:?}");
                    assert!(!message.text.contains(['{', '}', '$']), "{message:?}");
                    assert_eq!(message.locale, catalogue.locale().to_string());
                    assert!((5..=60).contains(&message.display_secs), "{message:?}");
                    said += 1;
                    message.text
                })
                .collect();
            assert_eq!(texts.len(), usize::from(wordings), "{} {reason:?} {age:?}", catalogue.locale());
        }
    }
    assert_eq!(said, 14 * 15 * 5 * 6);
}

#[test]
fn numbers_choose_their_plural_form_and_are_written_as_the_locale_writes_them() {
    let catalogues = Catalogues::builtin();
    let minutes = |locale: &str, minutes| {
        let catalogue = catalogues.negotiate([locale].into_iter());
        catalogue.say(Reason::LongSession, 4, minutes, &Preferences::default()).text
    };
    assert!(
        minutes("pl", 45).contains("45 minut ") && minutes("pl", 52).contains("52 minuty"),
        "{}",
        minutes("pl", 52)
    );
    assert!(minutes("es", 45).contains("45 minutos"));
    // In between run marks that keep a number together where the text runs the other way.
    assert!(minutes("ar", 45).contains("\u{2068}45\u{2069} دقيقة"), "{}", minutes("ar", 45));
    assert!(minutes("ar", 5).contains("دقائق"), "{}", minutes("ar", 5));
    assert!(!minutes("de", 45).contains('\u{2068}'));
}

/// A platform's Persian, said in English words with Persian letters.
#[test]
fn digits_are_the_locales() {
    let sources = Catalogues::sources();
    let english = sources.iter().find(|source| source.name == "en.ftl").unwrap();
    let mut open = false;
    let mut letter = |c: char| {
        open = c == '{' || open && c != '}';
        let place = u32::from(c.to_ascii_lowercase()).wrapping_sub(u32::from('a'));
        Some(place).filter(|place| !open && *place < 26).and_then(|place| char::from_u32(0x627 + place)).unwrap_or(c)
    };
    let text = english.text.lines().map(|line| match line.split_once(" = ") {
        Some((id, text)) => format!("{id} = {}\n", text.chars().map(&mut letter).collect::<String>()),
        None => format!("{line}\n"),
    });
    let persian = Source { name: "fa.ftl".to_owned(), text: text.collect() };
    let tone = "guilt = [\"مقصر\"]\n".to_owned();
    let sources = [persian, Source { name: "fa.tone.toml".to_owned(), text: tone }];
    let catalogues = Catalogues::with(&sources).map_err(|faults| format!("{:?}", faults.first()));
    let catalogues = catalogues.unwrap();
    let message = catalogues.negotiate(["fa-IR"].into_iter()).say(Reason::LongSession, 4, 45, &Preferences::default());
    assert_eq!((message.locale.as_str(), message.direction), ("fa", Direction::RightToLeft));
    assert!(message.text.contains('۴') && message.text.contains('۵'), "{}", message.text);
}

/// What the rules of tone cannot know: which messages follow an error.
#[test]
fn an_error_is_not_praised() {
    let catalogues = Catalogues::builtin();
    let english = catalogues.negotiate(["en"].into_iter());
    let after_errors = Reason::ALL.into_iter().filter(|reason| {
        reason.kind() == Kind::Encouragement && !matches!(reason, Reason::LowConfidenceSuccess | Reason::LongSession)
    });
    for (reason, wording) in after_errors.flat_map(|reason| (0..6).map(move |wording| (reason, wording))) {
        for age in AgeBand::ALL {
            let text = say(english, reason, wording, age).text.to_lowercase();
            for word in ["well done", "good job", "good work", "great", "nice", "paid off", "right first", "keep it up"]
            {
                assert!(!text.contains(word), "{text}");
            }
            assert!(text.ends_with(['.', '?']), "{text}");
        }
    }
}
