//! Text that goes into HTML and XML.

/// The text as it may stand between tags and in quoted attributes; what XML 1.0 does not allow is left out.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'.. => safe.push(c),
            _ => {}
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn what_would_end_or_begin_markup_is_escaped_and_what_xml_forbids_is_dropped() {
        assert_eq!(escape(r#"<a b="c">&'"#), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
        assert_eq!(escape("a\u{0}\u{8}b\u{FFFE}\u{FFFF}\tc\u{1F600}é"), "ab\tc\u{1F600}é");
    }
}
