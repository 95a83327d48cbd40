//! What a replay printed, read back.

use std::collections::BTreeMap;

/// One line of what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub learner: String,
    pub event: String,
    pub reason: String,
    pub message_id: String,
    pub text: String,
}

/// All of it.
#[derive(Debug)]
pub struct Printed {
    pub said: Vec<Said>,
    /// As the closing lines state them.
    pub events: usize,
    pub messages: usize,
    /// By what they count, such as `celebration comeback` or `silence cap`.
    pub counts: BTreeMap<String, usize>,
}

impl Printed {
    pub fn read(printed: &str) -> Self {
        let (lines, closing) = printed.rsplit_once("\n\n").unwrap_or(("", printed.trim_start_matches('\n')));
        let said = lines.lines().map(|line| {
            let [learner, event, reason, message_id, text] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not something said: {line:?}");
            };
            let [learner, event, reason, message_id, text] =
                [learner, event, reason, message_id, text].map(str::to_owned);
            Said { learner, event, reason, message_id, text }
        });
        let said = said.collect();
        let mut closing = closing.lines();
        let words: Vec<&str> = closing.next().unwrap().split_whitespace().collect();
        let [events, "events,", messages, "messages"] = words[..] else { panic!("{words:?}") };
        let counts = closing.map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (words[1..].join(" "), words[0].parse().unwrap())
        });
        let counts = counts.collect();
        Self { said, events: events.parse().unwrap(), messages: messages.parse().unwrap(), counts }
    }

    /// What each learner heard, in order.
    pub fn by_learner(&self) -> BTreeMap<&str, Vec<&Said>> {
        let mut learners: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
        for said in &self.said {
            learners.entry(&said.learner).or_default().push(said);
        }
        learners
    }
}
