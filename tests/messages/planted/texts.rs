//! Texts that are too long, look wrong, are in another language, or hard to read.

use hearten::messages::check::Rule::{self, *};

use super::{super::Files, Planted, changed, gone, line_above, says};

/// Texts that are too long, look wrong, or are in another language.
pub fn texts() -> Vec<Planted> {
    let long = |count| "o".repeat(count);
    vec![
        says("de", "comeback-1", &long(121), Length),
        says("ja", "comeback-1.age-6-9", &"あ".repeat(61), Length),
        says("tr", "personal-best-1.age-6-9", &format!("{{ $count }} {}", long(57)), Length),
        changed(
            "pl.ftl",
            "[few] { $minutes } minuty pracy bez przerwy: pora",
            &format!("[few] {{ $minutes }} {} pora", long(100)),
        )
        .told_at("pl.ftl", &long(100), "long-session-5", Length),
        changed("nl.ftl", "comeback-1 = Na ", &format!("-lang = {}\ncomeback-1 = {{ -lang }} na ", long(100))).told_at(
            "nl.ftl",
            "{ -lang }",
            "comeback-1",
            Length,
        ),
        line_above("zh-CN", "comeback-2", &format!("    .age-14 = {}", "题".repeat(121))).told_at(
            "zh-CN.ftl",
            ".age-14 =",
            "comeback-1.age-14",
            Length,
        ),
        says("fr", "comeback-1", "C’est <b>juste</b>.", Characters),
        says("es", "comeback-1", "Esta  sí salió.", Characters),
        says("it", "comeback-1", "Ora\tfunziona.", Characters),
        says("pt-BR", "comeback-1", "Deu\u{200B} certo.", Characters),
        says("ar", "comeback-1", "\u{202B}هذه الإجابة صحيحة.\u{202C}", Characters),
        says("es", "comeback-3", "Es la respuesta correcta: adio\u{301}s.", Characters),
        says("ko", "comeback-1", "{ \"\" }", Characters),
        says("tr", "comeback-1", "{ \" \" }Bu soru doğru.", Characters),
        says("pl", "comeback-1", "To **działa**.", Characters),
        says("hi", "comeback-2", "यह जवाब सही है:\n    आगे बढ़ें।", Characters),
        says("de", "comeback-4", "Geschafft!! So geht es.", Exclamation),
        says("zh-CN", "comeback-1", "做对了！！", Exclamation),
        says("es", "comeback-2", "¡Bien! ¡Sigue así!", Exclamation),
        says("ja", "comeback-1", "せいかいです‼", Exclamation).told_at("ja.ftl", "せいかいです‼", "comeback-1", Emoji),
        changed(
            "ar.ftl",
            "[few] آخر { $count } إجابات كلها صحيحة من المحاولة الأولى.",
            "[few] آخر { $count } إجابات كلها صحيحة! هكذا!",
        )
        .told_at("ar.ftl", "هكذا!", "streak-milestone-2", Exclamation),
        changed(
            "de.ftl",
            "*[other] Es hat { $tries } Versuche gebraucht,",
            "*[other] Es hat! { $tries } Versuche gebraucht!",
        )
        .told_at("de.ftl", "Es hat!", "persistence-paid-off-2", Exclamation),
        // What comes before a choice stands on another line.
        choice_after("Ja!", "Versuche!", Exclamation),
        choice_after("Nach", "Versuche 🎉", Emoji),
        choice_after("Nach", &long(120), Length),
        choice_after("Nach", "Versuche, du Genie", PersonPraise),
        says("fr", "comeback-2", "C’est juste 🎉", Emoji),
        says("ko", "comeback-2", "맞혔어요 ^^", Emoji),
        says("nl", "comeback-2", "Dat klopt :-D", Emoji),
        says("it", "comeback-2", "Passo 1\u{FE0F}\u{20E3}: fatto.", Emoji),
        says("pt-BR", "comeback-2.age-6-9", "Deu certo ⭐", Emoji),
        line_above("hi", "comeback-3", "    .plain = जवाब सही है ✓").told_at("hi.ftl", "✓", "comeback-2.plain", Emoji),
        // What is read out at one age is not read out at another.
        says("pl", "comeback-2.age-6-9", "Dobrze 🎉", Emoji).with(
            "pl.ftl",
            "\ncomeback-3 =",
            "\n    .plain = Dobrze.\ncomeback-3 =",
        ),
        changed(
            "nl.ftl",
            "*[other] Er waren { $tries } pogingen nodig,",
            "*[other] Er waren { $tries } pogingen nodig 🎉,",
        )
        .told_at("nl.ftl", "nodig 🎉", "persistence-paid-off-2", Emoji),
        says("nl", "comeback-3", "Na een paar lastige opgaven was deze bij de eerste poging goed.", Repeated),
        says("zh-CN", "stuck-4.age-6-9", Files::shipped().words("zh-CN", "stuck-2.age-6-9"), Repeated),
        // To adults, who hear the value of one and a text of their own of the other.
        says("de", "comeback-6.age-adult", "Neue Aufgabe, richtige Antwort: Es läuft wieder.", Repeated),
        says("fr", "comeback-3", "The last few were hard, and this one is solved: keep going.", Untranslated),
        says("de", "stuck-4.age-6-9", "read the question out loud.", Untranslated),
        says("ar", "comeback-1", "This one came out right.", Untranslated),
        says("hi", "comeback-1", "Très bien, la réponse est là.", Untranslated),
        says("ja", "comeback-1", "Kore wa seikai desu.", Untranslated),
        says("pt-BR", "comeback-1", "Этот ответ верный.", Untranslated),
    ]
}

/// A choice in the middle of a text, with something wrong in its last form.
fn choice_after(before: &str, last: &str, rule: Rule) -> Planted {
    let choice = "{ $tries ->\n        [one] Versuch";
    let to = format!("persistence-paid-off-2 = {before} {{ $tries }} {choice}\n       *[other] {last}\n    }} gelöst.");
    let mut planted = gone("de", "persistence-paid-off-2");
    let below = "persistence-paid-off-3 =";
    planted.files.replace("de.ftl", below, &format!("{to}\n    .age-6-9 = Gelöst mit {{ $tries }}.\n{below}"));
    planted.faults.clear();
    planted.told_at("de.ftl", &format!("*[other] {last}"), "persistence-paid-off-2", rule)
}

/// English that is hard to read, at each age.
pub fn english() -> Vec<Planted> {
    let hard = "Consider intermediate calculations systematically.";
    let harder_than_ten = "Check whether the earlier steps still need a careful look.";
    let part = |part: &str, words: &str| {
        line_above("en", "comeback-3", &format!("    .{part} = {words}")).told_at(
            "en.ftl",
            &format!(".{part} ="),
            &format!("comeback-2.{part}"),
            ReadingLevel,
        )
    };
    vec![
        says("en", "comeback-2", harder_than_ten, ReadingLevel),
        says("en", "comeback-2.age-6-9", "Check the earlier steps again.", ReadingLevel),
        part("age-10-13", harder_than_ten),
        part("age-14", hard),
        part("age-adult", hard),
        part("plain", hard),
        part("age-6-9-plain", "Check the earlier steps again."),
    ]
}
