//! What is no Fluent, and messages that are there twice, not at all, or under names that nobody asks for.

use hearten::messages::check::Rule::*;

use super::{
    super::{Files, LOCALES},
    Planted, changed, file, gone, line_above,
};

/// What is no Fluent, and files of the wrong name.
pub fn syntax() -> Vec<Planted> {
    let renamed = |name: &str| {
        let mut planted = file(name, Files::shipped().text("pt-BR.ftl"));
        planted.files.0.retain(|source| !["pt-BR.ftl", "pt-BR.tone.toml"].contains(&&*source.name));
        planted
    };
    vec![
        changed("en.ftl", "error-run-2 = ", "error-run-2 ").told_at("en.ftl", "error-run-2 ", "error-run-2", Syntax),
        changed("de.ftl", "Antworten: { $count }.\n    .age-6-9", "Antworten: { $count.\n    .age-6-9").told_at(
            "de.ftl",
            "Antworten: { $count.",
            "personal-best-1",
            Syntax,
        ),
        changed("ar.ftl", "*[other] { $count } تمرين صعب على", "[other] { $count } تمرين صعب على").told_at(
            "ar.ftl",
            "] { $count } تمرين صعب على",
            "streak-milestone-4",
            Syntax,
        ),
        line_above("fr", "comeback-2", "et voilà").told_at("fr.ftl", "et voilà", "", Syntax),
        line_above("hi", "comeback-2", "    .age-14 अच्छा").told_at("hi.ftl", ".age-14 अच्छा", "", Syntax),
        line_above("ja", "comeback-2", "<<<<<<< HEAD").told_at("ja.ftl", "<<<<<<< HEAD", "", Syntax),
        line_above("ko", "comeback-2", "// 수정 필요").told_at("ko.ftl", "// 수정", "", Syntax),
        changed("tr.ftl", "\ncomeback-1 = ", "\ncomeback-1 = \"}").told_at(
            "tr.ftl",
            "comeback-1 = \"}",
            "comeback-1",
            Syntax,
        ),
        renamed("pt_BR.ftl").told("pt_BR.ftl", 1, "", Locale),
        renamed("portuguese.ftl").told("portuguese.ftl", 1, "", Locale),
        renamed("qq.ftl").told("qq.ftl", 1, "", Locale).told("qq.ftl", 1, "", Denylist),
        renamed("gl.ftl").told("gl.ftl", 1, "", Denylist),
    ]
}

/// Messages that are there twice, not at all, or under names that nobody asks for.
pub fn names() -> Vec<Planted> {
    let seventh = LOCALES.into_iter().filter(|locale| *locale != "en");
    let seventh = seventh.fold(
        line_above("en", "wheel-spinning-1", "error-run-7 = Look once more.\n    .age-6-9 = Look once more."),
        |planted, locale| {
            // Below whatever part is the last.
            let text = planted.files.text(&format!("{locale}.ftl")).lines();
            let last = planted.files.place(locale, "error-run-6");
            let line = last + 1 + text.skip(last).take_while(|line| line.starts_with(' ')).count();
            planted.told(&format!("{locale}.ftl"), line, "error-run-7", Missing)
        },
    );
    let twice = "error-run-1 = Sprawdź jeszcze raz.\n    .age-6-9 = Sprawdź jeszcze raz.";
    vec![
        gone("en", "error-run-2"),
        gone("ar", "streak-milestone-2"),
        gone("es", "long-session-6"),
        gone("pl", "long-session-6"),
        gone("zh-CN", "streak-milestone-1"),
        gone("hi", "error-run-1"),
        gone("nl", "persistence-paid-off-2"),
        // Told at the message that lacks it.
        changed("ko.ftl", "\n    .age-6-9 = 답 바로 앞의 단계를 다시 봐요.", "").told_at(
            "ko.ftl",
            "error-run-1 =",
            "error-run-1",
            Missing,
        ),
        changed(
            "tr.ftl",
            "\nerror-run-6 = Aynı türden daha basit bir örnek düşün: orada nasıl çözülüyor?",
            "\nerror-run-6 =",
        )
        .told_at("tr.ftl", "error-run-6 =", "error-run-6", Missing),
        seventh,
        line_above("it", "persistence-paid-off-1", "comeback-8 = Ora funziona.\n    .age-6-9 = Ora funziona.").told(
            "it.ftl",
            Files::shipped().place("it", "comeback-6.age-6-9") + 1,
            "comeback-7",
            Missing,
        ),
        line_above("nl", "comeback-2", "error-runs-1 = Lees de vraag nog eens.").told_at(
            "nl.ftl",
            "error-runs-1",
            "error-runs-1",
            Unknown,
        ),
        line_above("ko", "comeback-2", "comeback-16 = 이번에는 맞혔어요.").told_at(
            "ko.ftl",
            "comeback-16",
            "comeback-16",
            Unknown,
        ),
        line_above("fr", "comeback-2", "comeback-02 = C’est juste.").told_at(
            "fr.ftl",
            "comeback-02",
            "comeback-02",
            Unknown,
        ),
        line_above("it", "comeback-3", "    .age-5 = Ora va bene.").told_at(
            "it.ftl",
            ".age-5 =",
            "comeback-2.age-5",
            Unknown,
        ),
        line_above("ja", "comeback-3", "    .age-14-plain = せいかいです。").told_at(
            "ja.ftl",
            ".age-14-plain",
            "comeback-2.age-14-plain",
            Unknown,
        ),
        line_above("pl", "wheel-spinning-1", twice).told_at(
            "pl.ftl",
            "error-run-1 = Sprawdź",
            "error-run-1",
            Duplicate,
        ),
        line_above("es", "comeback-2", "    .age-6-9 = Ahora va bien.").told_at(
            "es.ftl",
            "Ahora va bien.",
            "comeback-1.age-6-9",
            Duplicate,
        ),
    ]
}
