//! Tone where it is easy to overlook, and the lists themselves.

use hearten::messages::check::Rule::*;

use super::{super::Files, Planted, changed, file, says};

/// Tone where it is easy to overlook, and the lists themselves.
pub fn words_of_ones_own() -> Vec<Planted> {
    let emptied = |locale: &str| {
        let mut files = Files::shipped();
        files.put(&format!("{locale}.tone.toml"), "");
        files
    };
    let mut unlisted = Planted::new("de: its own list is empty".to_owned(), emptied("de"));
    let line = unlisted.files.say("de", "stuck-1", "Du bist ein Genie!");
    unlisted = unlisted.told("de.ftl", line, "stuck-1", PersonPraise);
    let mut added = Planted::new("fr: a word of one's own".to_owned(), emptied("fr"));
    added.files.put("fr.tone.toml", "guilt = [\"hop\"]\n");
    let line = added.files.say("fr", "error-run-1", "Hop, la suite arrive.");
    added = added.told("fr.ftl", line, "error-run-1", Guilt);
    vec![
        unlisted,
        added,
        // One form of six, a form within a part, and a term.
        changed(
            "ar.ftl",
            "[few] { $count } تمارين صعبة على التوالي، حللتها",
            "[few] { $count } تمارين صعبة يا عبقري، حللتها",
        )
        .told_at("ar.ftl", "يا عبقري", "streak-milestone-4", PersonPraise),
        changed(
            "pl.ftl",
            "[many] { $minutes } minut bez przerwy.",
            "[many] { $minutes } minut bez przerwy, leniu, wstyd.",
        )
        .told_at("pl.ftl", "leniu", "long-session-5.age-6-9", Guilt),
        changed("nl.ftl", "\ncomeback-1 = Na ", "\n-lof = Wat ben je slim,\ncomeback-1 = { -lof } na ").told_at(
            "nl.ftl",
            "{ -lof }",
            "comeback-1",
            PersonPraise,
        ),
        // Twice by the same rule is told once, by two rules twice.
        says("es", "comeback-2", "¡Eres un genio, eres un talento! No pierdas la racha.", PersonPraise).told_at(
            "es.ftl",
            "eres un talento",
            "comeback-2",
            Loss,
        ),
        // However it is written.
        says("de", "comeback-2", "DU BIST SO SCHLAU.", PersonPraise),
        says("fr", "comeback-2", "C\u{2019}est du ge\u{301}nie.", PersonPraise).told_at(
            "fr.ftl",
            "du ge\u{301}nie",
            "comeback-2",
            Characters,
        ),
        says("ar", "comeback-3", "أنتَ عَبْقَرِيّ!", PersonPraise),
        says("it", "comeback-3", "Hai un\u{2019}intelligenza rara.", PersonPraise),
        says("zh-CN", "comeback-3", "这一步完美地解出来了。", InflatedPraise),
        // The lists.
        changed("fr.tone.toml", "\nguilt = [", "\nguild = [").told_at("fr.tone.toml", "guild = [", "", Denylist),
        changed("it.tone.toml", "\nloss = [", "\nloss = 5 [").told_at("it.tone.toml", "loss = 5", "", Denylist),
        changed("ko.tone.toml", "\nguilt = [", "\nguilt = [\n    \"**\",").told_at(
            "ko.tone.toml",
            "\"**\"",
            "",
            Denylist,
        ),
        file("DE.tone.toml", "guilt = [\"Pech\"]\n").told("DE.tone.toml", 1, "", Locale),
    ]
}
