//! What a case expects of a decision.

use std::fmt::{Display, Formatter, Result as Shown};

use hearten::reason::{Cause, Reason, Verdict};
use toml::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    /// Something is said, whatever it is.
    Said,
    /// Nothing is said, whyever not.
    Silence,
    /// This is said.
    Reason(Reason),
    /// Nothing is said, and that for this cause.
    Cause(Cause),
}

/// Causes of whole decisions: being dominated is none.
fn causes() -> impl Iterator<Item = Cause> {
    Cause::ALL.into_iter().filter(|cause| *cause != Cause::Dominated)
}

impl Expected {
    pub fn parse(value: &Value) -> Result<Self, String> {
        let named = |name: &str| match name {
            "said" => Some(Self::Said),
            "silence" => Some(Self::Silence),
            _ => {
                let reason = Reason::from_name(name).map(Self::Reason);
                reason.or_else(|| causes().find(|cause| cause.name() == name).map(Self::Cause))
            }
        };
        value.as_str().and_then(named).ok_or_else(|| {
            let reasons = Reason::ALL.map(Reason::name).join(", ");
            let causes = causes().map(Cause::name).collect::<Vec<_>>().join(", ");
            format!("is \"said\", \"silence\", a reason ({reasons}) or a cause of silence ({causes})")
        })
    }

    /// It wants a message.
    pub fn is_message(self) -> bool {
        matches!(self, Self::Said | Self::Reason(_))
    }

    /// Whether a verdict is what is expected; there is none where a learner is left in quiet.
    pub fn holds(self, verdict: Option<Verdict>) -> bool {
        let Some(verdict) = verdict else { return self == Self::Silence };
        match (self, verdict) {
            (Self::Said, Verdict::Spoken { .. }) | (Self::Silence, Verdict::Silent { .. }) => true,
            (Self::Reason(expected), Verdict::Spoken { reason, .. }) => expected == reason,
            (Self::Cause(expected), Verdict::Silent { cause, .. }) => expected == cause,
            _ => false,
        }
    }
}

impl Display for Expected {
    fn fmt(&self, f: &mut Formatter<'_>) -> Shown {
        f.write_str(match self {
            Self::Said => "said",
            Self::Silence => "silence",
            Self::Reason(reason) => reason.name(),
            Self::Cause(cause) => cause.name(),
        })
    }
}
