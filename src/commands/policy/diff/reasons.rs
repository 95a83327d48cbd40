//! What becomes of each reason.

use std::{collections::BTreeMap, ops::AddAssign};

use hearten::reason::{Kind, Reason};
use serde::{Serialize, Serializer};

use super::story::Story;

/// How often something is said. `a - gone - moved_away + new + moved_here` is `b`.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct Counts {
    pub a: usize,
    pub b: usize,
    /// Said under A, nothing under B.
    pub gone: usize,
    /// Nothing under A, said under B.
    pub new: usize,
    /// Said under A; B speaks too, for another reason.
    pub moved_away: usize,
    /// Said under B; A speaks too, for another reason.
    pub moved_here: usize,
}

/// One reason that speaks under A or under B.
#[derive(Serialize)]
pub(super) struct Row {
    #[serde(serialize_with = "by_name")]
    pub reason: Reason,
    pub kind: &'static str,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Celebrations first.
pub(super) fn rows(stories: &[Story]) -> Vec<Row> {
    let mut counts: BTreeMap<Reason, Counts> = BTreeMap::new();
    for moment in stories.iter().flat_map(|story| &story.moments) {
        let [a, b] = moment.said();
        if let Some(reason) = a {
            *counts.entry(reason).or_default() += Counts {
                a: 1,
                gone: usize::from(b.is_none()),
                moved_away: usize::from(b.is_some_and(|b| b != reason)),
                ..Counts::default()
            };
        }
        if let Some(reason) = b {
            *counts.entry(reason).or_default() += Counts {
                b: 1,
                new: usize::from(a.is_none()),
                moved_here: usize::from(a.is_some_and(|a| a != reason)),
                ..Counts::default()
            };
        }
    }
    counts.into_iter().map(|(reason, counts)| Row { reason, kind: kind(reason.kind()), counts }).collect()
}

/// The rows added up: of one kind, or all.
pub(super) fn total(rows: &[Row], of: Option<Kind>) -> Counts {
    let mut total = Counts::default();
    for row in rows.iter().filter(|row| of.is_none_or(|kind| row.reason.kind() == kind)) {
        total += row.counts;
    }
    total
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Celebration => "celebration",
        Kind::Encouragement => "encouragement",
    }
}

fn by_name<S: Serializer>(reason: &Reason, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(reason.name())
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Self) {
        self.a += more.a;
        self.b += more.b;
        self.gone += more.gone;
        self.new += more.new;
        self.moved_away += more.moved_away;
        self.moved_here += more.moved_here;
    }
}
