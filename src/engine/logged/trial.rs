//! What an entry of the log tells of trials: the lot that was drawn, and what came of earlier ones.

use super::{Entered, Logged, Rest};
use crate::{
    feedback::{Chance, Drawn, Unit as Who},
    learner::{AgeBand, AllFollowed, Came, Followed, LogOdds, Malformed, Since, Unit, WINDOW},
    reason::Reason,
};

/// Bits of the first byte: a lot was drawn, for a class, and held the message out; the rest is how much came of others.
const DRAWN: u8 = 1;
const CLASS: u8 = 2;
const HELD_OUT: u8 = 4;
const COUNT: u32 = 3;
/// Stands with a return's reason.
const RETURN: u8 = 1 << 7;
const RIGHT: u8 = 1 << 6;

impl Logged {
    /// One byte where there is nothing to tell.
    pub(super) fn put_trial(&self, bytes: &mut Vec<u8>) {
        let Self { trial, followed, .. } = self;
        let of_drawn = trial.map_or(0, |Entered { drawn, .. }| {
            let flag = |flag: bool, bit| if flag { bit } else { 0 };
            DRAWN | flag(drawn.unit == Who::Class, CLASS) | flag(drawn.held_out, HELD_OUT)
        });
        bytes.push((followed.len() as u8) << COUNT | of_drawn);
        if let Some(Entered { drawn, expected, before, ability, opportunity, age_band, class }) = trial {
            bytes.extend(drawn.share.to_be_bytes());
            bytes.extend([drawn.chance.code(), expected.0, before.0, *age_band as u8]);
            bytes.extend(ability.to_bytes());
            bytes.extend(opportunity.to_be_bytes());
            bytes.extend(class.to_be_bytes());
        }
        for Followed { number, reason, came } in followed {
            bytes.extend(number.to_be_bytes());
            let reason = *reason as u8;
            match came {
                Came::Return { right } => bytes.push(RETURN | if *right { RIGHT } else { 0 } | reason),
                Came::Opportunities(Since { made, opportunities, successes, rapid }) => {
                    bytes.extend([reason, *made, *opportunities, *successes, *rapid]);
                }
            }
        }
    }
}

impl Rest<'_> {
    /// What was drawn; what came of others follows.
    pub(super) fn trial(&mut self) -> Result<(Option<Entered>, AllFollowed), Malformed> {
        let bits = self.byte()?;
        let entered = if bits & DRAWN != 0 { Some(self.entered(bits)?) } else { None };
        let mut followed = AllFollowed::new();
        for _ in 0..bits >> COUNT {
            followed.try_push(self.followed()?).map_err(|_| Malformed::Value("followed decisions"))?;
        }
        Ok((entered, followed))
    }

    fn entered(&mut self, bits: u8) -> Result<Entered, Malformed> {
        let share = u16::from_be_bytes(self.take()?);
        let [chance, expected, before, age] = self.take()?;
        let age_band = AgeBand::ALL.into_iter().find(|band| *band as u8 == age);
        let unit = if bits & CLASS != 0 { Who::Class } else { Who::Learner };
        Ok(Entered {
            drawn: Drawn { share, unit, held_out: bits & HELD_OUT != 0, chance: Chance::from_code(chance) },
            expected: Unit(expected),
            before: Unit(before),
            age_band: age_band.ok_or(Malformed::Value("age band"))?,
            ability: LogOdds::from_bytes(self.take()?),
            opportunity: u32::from_be_bytes(self.take()?),
            class: u64::from_be_bytes(self.take()?),
        })
    }

    fn followed(&mut self) -> Result<Followed, Malformed> {
        let number = u64::from_be_bytes(self.take()?);
        let packed = self.byte()?;
        let reason = Reason::from_number(u16::from(packed & 15)).ok_or(Malformed::Value("reason"))?;
        let came = if packed & RETURN != 0 {
            Came::Return { right: packed & RIGHT != 0 }
        } else {
            let [made, opportunities, successes, rapid] = self.take()?;
            if made > WINDOW || opportunities > made || successes.max(rapid) > opportunities {
                return Err(Malformed::Value("opportunities"));
            }
            Came::Opportunities(Since { made, opportunities, successes, rapid })
        };
        Ok(Followed { number, reason, came })
    }
}
