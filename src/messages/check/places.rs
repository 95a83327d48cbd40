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

/// The first line on which more braces are open than any message needs: parsers go as deep as a file does, and no stack is deep
/// enough for all files.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    const DEEPEST: usize = 16;
    let mut open = 0usize;
    for (number, line) in (1..).zip(text.lines()) {
        // Where a message begins, nothing is open.
        if line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-') {
            open = 0;
        }
        for c in line.chars() {
            open = match c {
                '{' => open + 1,
                '}' => open.saturating_sub(1),
                _ => open,
            };
            if open > DEEPEST {
                return Some(number);
            }
        }
    }
    None
}
