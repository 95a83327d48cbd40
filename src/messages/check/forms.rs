//! Everything a text may come out as.

use fluent_syntax::{
    ast::{Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey},
    unicode::unescape_unicode_to_string,
};

use super::places::Places;

/// No message carries a number of more digits.
const WIDEST: &str = "100";
/// As many forms as anybody would want to read.
const MOST_FORMS: usize = 64;
/// As many pieces as a sentence has, and far fewer placeables than Fluent fills in.
const MOST_PIECES: usize = 60;
/// Terms within terms.
const DEEPEST: usize = 4;

/// The terms of a file, such as `-subject`.
pub(super) type Terms<'t, 'a> = &'t [(&'a str, &'t Pattern<&'a str>)];

/// The forms of one text, and what it is made of.
#[derive(Default)]
pub(super) struct Forms<'a> {
    pub all: Vec<Form>,
    /// The numbers it carries or chooses by, with their lines.
    pub variables: Vec<(&'a str, usize)>,
    pub choices: Vec<Choice<'a>>,
    /// What no catalogue may do, with its line.
    pub problems: Vec<(usize, String)>,
    last_line: usize,
}

/// One form.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    pub text: String,
    /// From which byte on it stands on which line of the file.
    pieces: Vec<(usize, usize)>,
}

/// A choice between forms by a number.
pub(super) struct Choice<'a> {
    pub line: usize,
    /// The names of forms, with their lines. Exact numbers are none.
    pub keys: Vec<(&'a str, usize)>,
    /// What is chosen where nothing else fits.
    pub default: Option<&'a str>,
}

impl Form {
    fn push(&mut self, piece: &str, line: usize) {
        self.pieces.push((self.text.len(), line));
        self.text.push_str(piece);
    }

    /// The lines of its pieces, each with all of the text up to its end.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let ends = self.pieces.iter().skip(1).map(|(start, _)| *start).chain([self.text.len()]);
        self.pieces.iter().zip(ends).map(|((_, line), end)| (*line, self.text.get(..end).unwrap_or(&self.text)))
    }

    /// The line on which the text up to there is first found so.
    pub fn line_where(&self, found: impl Fn(&str) -> bool) -> Option<usize> {
        self.lines().find(|(_, so_far)| found(so_far)).map(|(line, _)| line).or(self.line())
    }

    /// The line on which it begins.
    pub fn line(&self) -> Option<usize> {
        self.pieces.first().map(|(_, line)| *line)
    }
}

impl<'a> Forms<'a> {
    pub fn of(pattern: &Pattern<&'a str>, terms: Terms<'_, 'a>, places: &Places<'a>, line: usize) -> Self {
        let mut forms = Self::default();
        let mut reader = Reader { forms: &mut forms, terms, places, depth: 0, line, pieces: 0 };
        let all = reader.pattern(pattern, vec![Form::default()]);
        forms.all = all;
        forms
    }

    /// The last line of the file that it is made of.
    pub fn last_line(&self) -> usize {
        self.last_line
    }
}

struct Reader<'r, 'a> {
    forms: &'r mut Forms<'a>,
    terms: Terms<'r, 'a>,
    places: &'r Places<'a>,
    depth: usize,
    line: usize,
    pieces: usize,
}

impl<'a> Reader<'_, 'a> {
    /// Notes where reading has come to. Terms stand elsewhere: there it is where they are used.
    fn at(&mut self, piece: &str) -> usize {
        if self.depth == 0 {
            self.line = self.places.line(piece);
            self.forms.last_line = self.forms.last_line.max(self.line);
        }
        self.line
    }

    fn problem(&mut self, problem: String) {
        self.forms.problems.push((self.line, problem));
    }

    fn pattern(&mut self, pattern: &Pattern<&'a str>, begun: Vec<Form>) -> Vec<Form> {
        pattern.elements.iter().fold(begun, |begun, element| {
            self.pieces += 1;
            match element {
                _ if self.pieces == MOST_PIECES => {
                    self.problem(format!("is made of more than {MOST_PIECES} pieces"));
                    begun
                }
                _ if self.pieces > MOST_PIECES => begun,
                PatternElement::TextElement { value } => self.add(begun, value, value),
                PatternElement::Placeable { expression } => self.expression(expression, begun),
            }
        })
    }

    fn add(&mut self, mut begun: Vec<Form>, text: &str, place: &str) -> Vec<Form> {
        let line = self.at(place);
        begun.iter_mut().for_each(|form| form.push(text, line));
        begun
    }

    /// What a learner's numbers tell, or what nothing does: then there is one fault, and not two.
    fn unknown(&mut self, begun: Vec<Form>, place: &str) -> Vec<Form> {
        self.add(begun, WIDEST, place)
    }

    fn expression(&mut self, expression: &Expression<&'a str>, begun: Vec<Form>) -> Vec<Form> {
        match expression {
            Expression::Inline(inline) => self.inline(inline, begun),
            Expression::Select { selector, variants } => self.choice(selector, variants, begun),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'a str>, begun: Vec<Form>) -> Vec<Form> {
        match inline {
            InlineExpression::StringLiteral { value } => {
                let text = unescape_unicode_to_string(value);
                self.add(begun, &text, value)
            }
            InlineExpression::NumberLiteral { value } => {
                self.at(value);
                self.problem(format!("holds {{ {value} }}: a number that never changes is written as it is"));
                self.unknown(begun, value)
            }
            InlineExpression::Placeable { expression } => self.expression(expression, begun),
            InlineExpression::TermReference { id, attribute: None, arguments: None } => self.term(id.name, begun),
            InlineExpression::TermReference { id, .. } | InlineExpression::MessageReference { id, .. } => {
                self.at(id.name);
                self.problem(format!("refers to `{}`: only whole terms can be referred to", id.name));
                self.unknown(begun, id.name)
            }
            InlineExpression::VariableReference { id } | InlineExpression::FunctionReference { id, .. } => {
                self.number(inline);
                self.unknown(begun, id.name)
            }
        }
    }

    /// Notes the number that an expression is, by itself or through `NUMBER`.
    fn number(&mut self, inline: &InlineExpression<&'a str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                let line = self.at(id.name);
                if self.depth > 0 {
                    self.problem("uses a term that holds a number, which terms are not told".to_owned());
                }
                self.forms.variables.push((id.name, line));
            }
            InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
                self.at(id.name);
                // Options would change the form that is chosen, or not be heeded.
                match (arguments.positional.as_slice(), arguments.named.as_slice()) {
                    ([number], []) => self.number(number),
                    _ => self.problem("gives NUMBER something else than one number".to_owned()),
                }
            }
            InlineExpression::FunctionReference { id, .. } => {
                self.at(id.name);
                self.problem(format!("calls {}: there is only NUMBER", id.name));
            }
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                self.at(value);
                self.problem("chooses by something else than a number".to_owned());
            }
            _ => self.problem("chooses by something else than a number".to_owned()),
        }
    }

    fn term(&mut self, name: &'a str, begun: Vec<Form>) -> Vec<Form> {
        self.at(name);
        match self.terms.iter().find(|(known, _)| *known == name).map(|(_, pattern)| *pattern) {
            Some(_) if self.depth == DEEPEST => {
                self.problem(format!("`-{name}` goes too deep, or round in a circle"));
                self.unknown(begun, name)
            }
            Some(pattern) => {
                self.depth += 1;
                let forms = self.pattern(pattern, begun);
                self.depth -= 1;
                forms
            }
            None => {
                self.problem(format!("there is no term `-{name}` in this file"));
                self.unknown(begun, name)
            }
        }
    }

    fn choice(
        &mut self,
        selector: &InlineExpression<&'a str>,
        variants: &[Variant<&'a str>],
        begun: Vec<Form>,
    ) -> Vec<Form> {
        self.number(selector);
        let mut choice = Choice { line: self.line, keys: Vec::new(), default: None };
        let mut all = Vec::new();
        for variant in variants {
            if let VariantKey::Identifier { name } = variant.key {
                let line = self.at(name);
                choice.keys.push((name, line));
                choice.default = if variant.default { Some(name) } else { choice.default };
            }
            if all.len() < MOST_FORMS {
                all.extend(self.pattern(&variant.value, begun.clone()));
            }
        }
        self.forms.choices.push(choice);
        if all.len() > MOST_FORMS || variants.len() > MOST_FORMS {
            self.problem(format!("comes in more than {MOST_FORMS} forms"));
            all.truncate(MOST_FORMS);
        }
        all
    }
}
