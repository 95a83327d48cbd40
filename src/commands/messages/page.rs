//! The messages as one page that needs nothing else.

use std::fmt::Write;

use hearten::{
    learner::AgeBand,
    messages::Catalogue,
    reason::{Kind, Reason},
};

use super::show::{names, shown};
use crate::commands::markup::escape;

/// Colours keep to the reader's scheme; text stays text, so that it can be searched and read out.
const STYLE: &str = "
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
nav a { margin-inline-end: .75rem; }
h2 { border-bottom: 2px solid currentColor; margin-top: 3rem; }
h3 { margin: 1.5rem 0 .25rem; font-size: 1rem; }
table { width: 100%; border-collapse: collapse; }
td { padding: .3rem .5rem; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; }
td.id, td.ages, td.secs { width: 1%; white-space: nowrap; font-size: .8rem; opacity: .8; }
td.text { font-size: 1.05rem; }
small { opacity: .8; }
";

/// Every message of these catalogues, reasons and ages.
pub(super) fn page(catalogues: &[&Catalogue], reasons: &[Reason], ages: &[AgeBand]) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Hearten: messages</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>Messages</h1>\n\
         <p>By locale, reason and age, with sample numbers; the seconds are how long a message stays.</p>\n<nav>"
    );
    // Writing to a string cannot fail.
    for catalogue in catalogues {
        let locale = escape(&catalogue.locale().to_string());
        let _ = write!(out, "<a href=\"#{locale}\">{locale}</a>");
    }
    out.push_str("</nav>\n");
    for catalogue in catalogues {
        section(&mut out, catalogue, reasons, ages);
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn section(out: &mut String, catalogue: &Catalogue, reasons: &[Reason], ages: &[AgeBand]) {
    let locale = escape(&catalogue.locale().to_string());
    let _ = writeln!(out, "<section id=\"{locale}\">\n<h2>{locale}</h2>");
    for reason in reasons {
        let kind = match reason.kind() {
            Kind::Celebration => "celebration",
            Kind::Encouragement => "encouragement",
        };
        let _ = writeln!(out, "<h3>{} <small>{kind}</small></h3>\n<table>", reason.name());
        for each in (0..catalogue.wordings(*reason)).flat_map(|wording| shown(catalogue, *reason, wording, ages)) {
            let message = each.message;
            let direction = message.direction.as_html();
            let (text, plain) = (escape(&message.text), escape(&message.plain_text));
            let read_out = if text == plain { String::new() } else { format!("<br><small>read out: {plain}</small>") };
            let _ = writeln!(
                out,
                "<tr><td class=\"id\">{}</td><td class=\"ages\">{}</td>\
                 <td class=\"text\" lang=\"{locale}\" dir=\"{direction}\">{text}{read_out}</td>\
                 <td class=\"secs\">{} s</td></tr>",
                message.id,
                escape(&names(&each.ages)),
                message.display_secs,
            );
        }
        out.push_str("</table>\n");
    }
    out.push_str("</section>\n");
}
