//! What a decision came to.

use super::{Cause, Limit, Reason};

/// What a decision came to, small enough to remember for every known event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No decision was asked for.
    Undecided,
    /// Something is said.
    Spoken {
        /// Why.
        reason: Reason,
        /// Which of the reason's wordings, 0 to 15.
        wording: u8,
    },
    /// Nothing is said.
    Silent {
        /// Why not.
        cause: Cause,
        /// What would have been said.
        instead_of: Option<Reason>,
    },
}

/// Records keep each of them in four bits.
const _: () = assert!(Reason::ALL.len() < 16 && Cause::ALL.len() < 16 && Limit::ALL.len() < 16);

impl Verdict {
    const SPOKEN: u16 = 1 << 8;

    /// Nine bits that [`Verdict::from_code`] reads back.
    #[must_use]
    pub fn code(self) -> u16 {
        match self {
            Self::Undecided => 0,
            Self::Spoken { reason, wording } => Self::SPOKEN | (reason as u16) << 4 | u16::from(wording & 15),
            Self::Silent { cause, instead_of } => (cause as u16) << 4 | instead_of.map_or(0, |reason| reason as u16),
        }
    }

    /// Reads nine bits.
    #[must_use]
    pub fn from_code(code: u16) -> Option<Self> {
        let (high, low) = (code >> 4 & 15, code & 15);
        match code {
            0 => Some(Self::Undecided),
            0x100..=0x1FF => Some(Self::Spoken { reason: Reason::from_number(high)?, wording: low as u8 }),
            0x10..=0xFF => {
                let instead_of = if low == 0 { None } else { Some(Reason::from_number(low)?) };
                Some(Self::Silent { cause: Cause::from_number(high)?, instead_of })
            }
            _ => None,
        }
    }
}
