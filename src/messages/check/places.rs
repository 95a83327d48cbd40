//! Where the pieces of a file stand: the parser copies nothing, so they know it themselves.

/// The lines of one file.
pub(super) struct Places<'a> {
    text: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<'a> Places<'a> {
    pub fn of(text: &'a str) -> Self {
        Self { text, ends: text.match_indices('\n').map(|(end, _)| end).collect() }
    }

    /// The line of a piece of the file, counted from 1.
    pub fn line(&self, piece: &str) -> usize {
        self.line_at(piece.as_ptr().addr().saturating_sub(self.text.as_ptr().addr()))
    }

    /// The line of a byte.
    pub fn line_at(&self, offset: usize) -> usize {
        self.ends.partition_point(|end| *end < offset) + 1
    }

    /// The line after a message of which this line is part: what closes a choice is part of no text.
    pub fn after(&self, line: usize) -> usize {
        let start = line.checked_sub(1).and_then(|line| self.ends.get(line)).map_or(self.text.len(), |end| end + 1);
        let rest = self.text.get(start..).unwrap_or_default().lines();
        line + 1 + rest.take_while(|line| line.starts_with([' ', '}']) && !line.trim().is_empty()).count()
    }
}

/// Braces within braces, and not more of them than any message needs.
const DEEPEST: usize = 16;
/// Braces and brackets that one message opens; Arabic with six forms of everything for each age has some 130.
const MOST_OPENED: usize = 256;
/// Every message, attribute and term takes a line: so much is held against each other, and no more. Arabic has 318.
const MOST_LINES: usize = 5_000;

/// The first line on which a file goes beyond what it may, and how: parsers go as deep as a file does, and no stack is deep enough
/// for all files.
pub(super) fn unreadable(text: &str) -> Option<(usize, &'static str)> {
    let (mut open, mut opened) = (0usize, 0usize);
    for (number, line) in (1..).zip(text.lines()) {
        if number > MOST_LINES {
            return Some((number, "has more lines than any catalogue needs"));
        }
        if begins(line) {
            (open, opened) = (0, 0);
        }
        for c in line.chars() {
            open = match c {
                '{' => open + 1,
                '}' => open.saturating_sub(1),
                _ => open,
            };
            // What is closed in quotes is not closed, and brackets go deeper too: no parser goes deeper than was opened.
            opened += usize::from(matches!(c, '{' | '('));
            if open > DEEPEST || opened > MOST_OPENED {
                return Some((number, "goes deeper than any message needs"));
            }
        }
    }
    None
}

/// Whether a message, a term or a comment begins here. In the middle of one that is a mistake: whatever was open ends there.
fn begins(line: &str) -> bool {
    let name = line.strip_prefix('-').unwrap_or(line);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic());
    line.starts_with('#') || named && rest.trim_start_matches(' ').starts_with('=')
}
