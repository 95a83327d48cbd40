//! Numbers that are not there, and the forms that go with them.

use hearten::messages::check::Rule::*;

use super::{Planted, changed, line_above, says};

/// Numbers that are not there, and the forms that go with them.
pub fn numbers() -> Vec<Planted> {
    let chosen = "{ $count ->\n    [one] 連続正解が{ $count }問\n   *[other] 連続正解が{ $count }問\n    }";
    vec![
        says("de", "personal-best-1", "Das ist deine bisher längste Serie.", Placeables),
        says("fr", "personal-best-1", "Ta plus longue série jusqu’ici : { $tries }.", Placeables),
        says("it", "comeback-1", "Bene, { $name }: questa risposta è giusta.", Placeables),
        says("es", "error-run-1.age-6-9", "Ya van { $count }: vuelve al paso anterior.", Placeables),
        says("tr", "streak-milestone-5", "Son { $count } soruda da bu adımlar sonuç verdi.", Placeables),
        says("ko", "comeback-1", "{ comeback-2 }", Placeables),
        says("hi", "comeback-1", "{ -naam }, जवाब सही है।", Placeables),
        says("pt-BR", "personal-best-1", "{ NUMBER($count, type: \"ordinal\") } acertos seguidos.", Placeables),
        says("zh-CN", "personal-best-1", "连续答对{ NUMBER() }题。", Placeables),
        line_above("en", "persistence-paid-off-3", "    .plain = It took a few tries.").told_at(
            "en.ftl",
            ".plain =",
            "persistence-paid-off-2.plain",
            Placeables,
        ),
        changed("ar.ftl", "\n        [two] احتاج الحل إلى محاولتين، والأخيرة هي التي نجحت.", "").told_at(
            "ar.ftl",
            "{ $tries ->",
            "persistence-paid-off-2",
            PluralForms,
        ),
        changed("pl.ftl", "\n            [many] { $minutes } minut bez przerwy. Napij się wody.", "").told_at(
            "pl.ftl",
            "        { $minutes ->",
            "long-session-5.age-6-9",
            PluralForms,
        ),
        changed("de.ftl", "[one] Es hat", "[few] Es hat")
            .told_at("de.ftl", "{ $tries ->", "persistence-paid-off-2", PluralForms)
            .told_at("de.ftl", "[few] Es hat", "persistence-paid-off-2", PluralForms),
        changed(
            "nl.ftl",
            "[one] Er was { $tries } poging nodig, en die was raak.\n       *[other]",
            "*[one] Er was { $tries } poging nodig.\n        [other]",
        )
        .told_at("nl.ftl", "{ $tries ->", "persistence-paid-off-2", PluralForms),
        says("ja", "personal-best-1", chosen, PluralForms).moved(1),
        changed("hi.ftl", "[one] { $tries } कोशिश लगी", "[1] { $tries } कोशिश लगी").told_at(
            "hi.ftl",
            "{ $tries ->",
            "persistence-paid-off-2",
            PluralForms,
        ),
    ]
}
