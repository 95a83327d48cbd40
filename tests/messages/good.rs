//! What comes close to a fault and is none.

use hearten::messages::check::check;

use super::{Files, planted::Planted};

/// A catalogue changed so that it is as good as before.
fn good(what: &str, change: impl FnOnce(&mut Files)) -> Planted {
    let mut files = Files::shipped();
    change(&mut files);
    Planted { what: what.to_owned(), files, faults: Vec::new() }
}

fn says(locale: &str, id: &str, words: &str) -> Planted {
    good(&format!("{locale} {id}: {words}"), |files| {
        files.say(locale, id, words);
    })
}

fn line_above(locale: &str, id: &str, line: &str) -> Planted {
    good(&format!("{locale}: {line}"), |files| {
        files.replace(&format!("{locale}.ftl"), &format!("\n{id} ="), &format!("\n{line}\n{id} ="));
    })
}

#[test]
fn what_comes_close_to_a_fault_is_none() {
    let careful = "Check whether the earlier steps still need a careful look.";
    let lines_of_windows = |files: &mut Files| {
        files.0.iter_mut().for_each(|source| source.text = source.text.replace('\n', "\r\n"));
    };
    let austrian = |files: &mut Files| {
        let text = files.text("de.ftl").replace("Aufgabe für Aufgabe", "Beispiel für Beispiel");
        files.put("de-AT.ftl", text);
    };
    let last = "error-run-7 = Rechne es einmal rückwärts nach.\n    .age-6-9 = Rechne es rückwärts nach.";
    let near = [
        says("de", "comeback-1", &"o".repeat(120)),
        says("ja", "comeback-1.age-6-9", &"あ".repeat(60)),
        says("tr", "personal-best-1.age-6-9", &format!("{{ $count }} {}", "o".repeat(56))),
        says("de", "comeback-4", "Neue Aufgabe, richtige Antwort!"),
        says("es", "comeback-4", "¡Un ejercicio nuevo, y está bien!"),
        says("zh-CN", "comeback-1", "这道题一次就答对了！"),
        says("es", "comeback-3", "La respuesta es correcta: adi\u{F3}s a la duda."),
        // Words that hold others, or that mean no harm.
        says("en", "comeback-1", "The start of this one was right, and so is the rest."),
        says("de", "comeback-1", "Diese Aufgabe ist gelöst, ein Stern im Heft."),
        says("fr", "comeback-1", "Cet exercice d’aujourd’hui est juste."),
        says("ko", "comeback-1", "변화나 차이를 하나씩 적어 보세요."),
        says("ja", "comeback-1", "x = 3 です。"),
        says("ar", "comeback-1", "هذه الإجابة صحيحة: x = 3."),
        says("pl", "comeback-1", "2 + 2 = 4"),
        says("de", "stuck-1.age-6-9", "Los: 3 · 4 → 12"),
        // Symbols that are read out as words.
        line_above("fr", "comeback-3", "    .age-14 = C’est juste 🎉\n    .age-14-plain = C’est juste."),
        line_above("hi", "comeback-3", "    .age-adult = यह जवाब सही है।"),
        good("an emoji and its words", |files| {
            files.say("nl", "comeback-2", "Dat klopt 🎉");
            files.replace("nl.ftl", "\ncomeback-3 =", "\n    .plain = Dat klopt.\ncomeback-3 =");
        }),
        line_above("en", "comeback-3", &format!("    .age-14 = {careful}")),
        line_above("en", "comeback-3", &format!("    .age-adult = {careful}")),
        // The value is for those alone who have no text of their own.
        good("a harder value", |files| {
            files.say("en", "comeback-2", careful);
            files.replace("en.ftl", "\ncomeback-3 =", "\n    .age-10-13 = A new item, and it is right.\ncomeback-3 =");
        }),
        // More of what Fluent has.
        good("a term", |files| {
            files.replace(
                "nl.ftl",
                "\ncomeback-1 = Na een paar lastige opgaven",
                "\n-opgaven = opgaven\ncomeback-1 = Na een paar { -opgaven }",
            );
        }),
        good("an exact number", |files| {
            files.replace(
                "de.ftl",
                "        [one] Es hat",
                "        [5] Fünf Versuche waren es: { $tries }.\n        [one] Es hat",
            );
        }),
        good("a number by its function", |files| {
            files.replace("de.ftl", "{ $tries ->", "{ NUMBER($tries) ->");
        }),
        line_above("ko", "comeback-3", "# 확인 필요: 정말 똑똑하네요!!\n\n### 천재\n"),
        line_above("de", "wheel-spinning-1", last),
        good("lines as Windows ends them", lines_of_windows),
        good("a locale of the same language", austrian),
        good("a list of one's own", |files| {
            files.replace("de.ftl", "### German.", "### German, ours.");
            files.put("de.tone.toml", "guilt = [\"pech\"]\n");
        }),
    ];
    let shipped = Files::shipped().0;
    for planted in near {
        let changed: Vec<_> = planted.files.0.into_iter().filter(|source| !shipped.contains(source)).collect();
        assert!(!changed.is_empty(), "{}", planted.what);
        assert_eq!(check(&changed), [], "{}", planted.what);
    }
}
