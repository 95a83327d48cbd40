//! What a careless or hostile directory holds neither ends the server nor reaches a learner.

use hearten::{
    clock,
    learner::Preferences,
    messages::{Catalogues, Source, check::check},
    reason::Reason,
};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), text: text.to_owned() }
}

/// The catalogue of a locale, changed.
fn changed(locale: &str, change: impl Fn(&str) -> String) -> Source {
    let name = format!("{locale}.ftl");
    let text = Catalogues::sources().into_iter().find(|source| source.name == name).unwrap().text;
    source(&name, &change(&text))
}

/// English with another text for `error-run-1`.
fn saying(text: &str) -> Source {
    let written = "error-run-1 = Errors show where to look. Go back to the step before the answer.";
    changed("en", |english| {
        assert!(english.contains(written));
        english.replace(written, &format!("error-run-1 = {text}"))
    })
}

/// The rules that are broken, each with the line.
fn broken(sources: &[Source]) -> Vec<(&'static str, usize)> {
    check(sources).iter().map(|fault| (fault.rule.name(), fault.line)).collect()
}

#[test]
fn a_file_as_deep_as_any_stack_is_refused_and_ends_nothing() {
    for (text, line) in [
        (format!("error-run-1 = {}", "{".repeat(300_000)), 1),
        (format!("a = b\n\nerror-run-1 =\n    {}x{}\n", "{".repeat(40), "}".repeat(40)), 4),
        // Brackets go deeper too, what is closed in quotes is not closed, and no message begins where another is open.
        (format!("error-run-1 = {{ {}", "A(".repeat(300_000)), 1),
        (format!("error-run-1 = {{ {}", "F(\"}\", {".repeat(100_000)), 1),
        (format!("error-run-1 = {}", "{{{{{{{{{{{{{{{{\nF(".repeat(20_000)), 2),
    ] {
        assert_eq!(broken(&[source("en.ftl", &text)]), [("syntax", line)]);
    }
}

#[test]
fn no_file_takes_long_or_much() {
    let variants: String = (0..20_000).map(|number| format!("    [{number}] x\n")).collect();
    let wide = format!("error-run-1 = {}\n    {{ $n ->\n{variants}   *[other] x\n    }}\n", "word ".repeat(10_000));
    let nest = |from: &str, to: &str| format!("-{from} = {}\n", format!("{{ -{to} }}").repeat(300));
    let nested = format!("{}{}{}-d = x\nerror-run-1 = {{ -a }}\n", nest("a", "b"), nest("b", "c"), nest("c", "d"));
    let many: String = (0..80_000).map(|number| format!("a{number} = b\n")).collect();
    let same = "error-run-1 = x\n    .age-6-9 = y\n".repeat(25_000);
    let less = same.get(..same.len() / 12).unwrap();
    let attributes = format!("error-run-1 = x\n{}", "    .a = b\n".repeat(100_000));
    let referring: String = (0..30_000).map(|number| format!("-t{number} = x\na{number} = {{-z}}{{-z}}\n")).collect();
    for text in [&wide, &nested, &many, &same, less, &attributes, &referring] {
        let begun = clock::now();
        assert!(!check(&[source("en.ftl", text), source("de.ftl", text)]).is_empty());
        // A machine that is shared may be slow; what had no bound did not end within a minute.
        assert!(clock::now() - begun < 20_000);
    }
}

#[test]
fn what_fluent_would_leave_unfilled_is_refused() {
    let streak = |text: &str| {
        changed("en", |english| {
            english.replace("streak-milestone-1 = { $count } right in a row, and these were not easy ones.", text)
        })
    };
    let rule = |source: Source| broken(&[source]).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    // Terms are told no numbers.
    assert_eq!(
        rule(streak("-run = { $count } in a row\nstreak-milestone-1 = { -run }, all hard ones.")),
        ["placeables"]
    );
    assert_eq!(rule(streak("streak-milestone-1 = { $count } in a row, and { 2 } hard ones.")), ["placeables"]);
    // Of one name only the first is known.
    assert_eq!(rule(changed("en", |english| format!("-error-run-1 = x\n{english}"))), ["duplicate"]);
    assert_eq!(rule(changed("en", |english| format!("-NUMBER = x\n{english}"))), ["duplicate"]);
    // More placeables than Fluent fills in.
    assert_eq!(rule(saying(&format!("{}Take it slowly.", "{\"\"}".repeat(101)))), ["placeables"]);
    for empty in ["{\"\\u200D\"}", ".", "!", "{\"\"}"] {
        assert_eq!(rule(saying(empty)), ["characters"], "{empty}");
    }
    for choice in
        ["error-run-1 = { \"x\" ->\n   *[other] Take it slowly.\n }\n", "error-run-1 = { 5 ->\n   *[other] Slow.\n }\n"]
    {
        let faults = check(&[source("en.ftl", choice)]);
        assert!(faults.iter().all(|fault| fault.line >= 1), "{faults:?}");
    }
}

#[test]
fn words_are_found_in_whatever_letters_they_are_written() {
    for hidden in [
        "You are ｓｍａｒｔ, go on.",
        "You are SMART, go on.",
        "You are so good at this.",
        "You’re so\u{A0}good at it.",
        "No loser fails here.",
    ] {
        let rules: Vec<_> = broken(&[saying(hidden)]).into_iter().map(|(rule, _)| rule).collect();
        let tone = ["person-praise", "loss", "guilt"];
        assert!(!rules.is_empty() && rules.iter().all(|rule| tone.contains(rule)), "{hidden}: {rules:?}");
    }
    for unseen in ["You are sma\u{FE0F}rt, go on.", "Go\u{2028}on.", "Go\u{34F} on.", "Go on &nbsp; now."] {
        let rules = broken(&[saying(unseen)]);
        assert!(rules.iter().any(|(rule, _)| *rule == "characters"), "{unseen}: {rules:?}");
    }
}

/// Where a language has its list under another region, and where words have no spaces between them.
#[test]
fn no_language_gets_by_without_its_words() {
    let portuguese = |text: &str| {
        let file = changed("pt-BR", |file| {
            let line = file.lines().find(|line| line.starts_with("error-run-1 = ")).unwrap().to_owned();
            file.replace(&line, &format!("error-run-1 = {text}"))
        });
        source("pt-PT.ftl", &file.text)
    };
    let rules = |sources: &[Source]| broken(sources).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert_eq!(rules(&[portuguese("Você é muito inteligente."), source("pt-PT.tone.toml", "")]), ["person-praise"]);
    let thai = changed("en", |english| {
        let text =
            |line: &str| line.split_once(" = ").map(|(id, text)| format!("{id} = คุณทำได้เก่งมากวันนี้ลองดูอีกทีนะครับ {text}"));
        english.lines().map(|line| text(line).unwrap_or(line.to_owned()) + "\n").collect()
    });
    let thai = source("th.ftl", &thai.text);
    let faults = check(&[thai.clone(), source("th.tone.toml", "person-praise = [\"เก่ง\"]\n")]);
    assert!(faults.iter().filter(|fault| fault.rule.name() == "person-praise").count() >= 90, "{faults:?}");
    // A list that nothing is held to is believed to keep its words out.
    let alone = [changed("fr", str::to_owned), source("de.tone.toml", "guilt = [\"Pech\"]\n")];
    assert_eq!(broken(&alone), [("denylist", 1)]);
    // A list without a word is none.
    assert!(rules(&[thai, source("th.tone.toml", "guilt = []\n")]).contains(&"denylist"));
}

#[test]
fn a_platforms_own_locale_is_served_to_who_asks_for_it() {
    let own = |from: &str, name: &str| {
        let file = changed(from, |file| {
            let line = file.lines().find(|line| line.starts_with("error-run-1 = ")).unwrap().to_owned();
            file.replace(&line, "error-run-1 = Allons-y pas à pas, ligne par ligne.")
        });
        source(name, &file.text)
    };
    let catalogues = Catalogues::with(&[own("fr", "fr-FR.ftl"), own("fr", "fr-CA.ftl")]).unwrap();
    for (asked, locale) in [("fr-FR", "fr-FR"), ("fr-CA", "fr-CA"), ("fr", "fr"), ("fr-BE", "fr")] {
        let catalogue = catalogues.negotiate([asked].into_iter());
        assert_eq!(catalogue.locale().to_string(), locale, "{asked}");
        let text = catalogue.say(Reason::ErrorRun, 0, 0, &Preferences::default()).text;
        assert_eq!(text.starts_with("Allons-y"), locale != "fr", "{text}");
    }
}
