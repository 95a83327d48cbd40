//! Decisions: in a record each after the one before, in a log of their own each alone.

use super::{OLDEST, VERSION, three, version};
use crate::{
    learner::{
        Malformed, Readings, Trace,
        codec::{Codec, Reader, Writer},
        old_layout,
        readings::{COUNTS, FLAGS, LEVELS},
    },
    reason::{Held, Limit, Verdict},
};

impl Trace {
    /// The decision as bytes, for a log of its own.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut room = [0; ROOM];
        let mut writer = Writer::new(&mut room);
        // A writer changes nothing, and does not fail.
        let written = writer.byte(&mut { VERSION }).and_then(|()| self.clone().visit(&mut writer, &Before::default()));
        debug_assert!(written.is_ok());
        writer.finish().to_vec()
    }

    /// Reads what [`Trace::encode`] wrote from the front of `bytes`; also returns what follows it.
    pub fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        let (version, body) = version(bytes)?;
        let mut reader = Reader(body);
        let mut read = Self::default();
        match version {
            OLDEST..=VERSION => _ = read.visit(&mut reader, &Before::default())?,
            _ => old_layout::trace(&mut reader, &mut read, &Self::default())?,
        }
        Ok((read, reader.0))
    }
}

/// A limit, a verdict, eight counts of a byte and a half at most, and thirteen other levels.
const MOST_OF_BODY: usize = 2 + 3 + 12 + 13;
/// The same after what there is of it, and when it was made.
pub(in crate::learner) const MOST_OF_TRACE: usize = 3 + 3 * 10 + MOST_OF_BODY;
/// And after the version.
const ROOM: usize = 1 + MOST_OF_TRACE;

/// What a decision is told relative to.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::learner) struct Before {
    pub sequence: u64,
    pub at_secs: u64,
    pub statistics: u64,
}

/// When a decision was made, by which statistics, and what there is besides.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::learner) struct Made {
    pub sequence: u64,
    pub at_secs: Option<u64>,
    pub statistics: u64,
    /// Which levels are not zero, and whether a limit held it back.
    pub present: u32,
}

/// It is most often the next by the same statistics.
const FOLLOWS: u32 = 1 << LEVELS;
/// A limit held it back.
const HELD: u32 = 1 << (LEVELS + 1);

impl Made {
    pub fn of(trace: &Trace) -> Self {
        let Trace { sequence, at_secs, statistics, .. } = *trace;
        let held = if trace.held.is_some() { HELD } else { 0 };
        let present = trace.readings.levels.iter().rev().fold(0, |bits, level| bits << 1 | u32::from(*level != 0));
        Self { sequence, at_secs, statistics, present: held | present }
    }

    /// A decision of which nothing else is known yet.
    pub fn trace(&self) -> Trace {
        let Self { sequence, at_secs, statistics, .. } = *self;
        Trace { sequence, at_secs, statistics, ..Trace::default() }
    }

    /// What the next is told relative to; where this one had no clock, that of those before it.
    pub fn before(&self, clock: u64) -> Before {
        Before { sequence: self.sequence, at_secs: self.at_secs.unwrap_or(clock), statistics: self.statistics }
    }

    pub fn visit<C: Codec>(&mut self, c: &mut C, before: &Before) -> Result<(), Malformed> {
        let next = before.sequence.wrapping_add(1);
        let follows = (self.sequence, self.statistics) == (next, before.statistics);
        let mut bits = self.present | if follows { FOLLOWS } else { 0 };
        three(c, &mut bits)?;
        if bits >= HELD << 1 {
            return Err(Malformed::Value("flag"));
        }
        self.present = bits & !FOLLOWS;
        if bits & FOLLOWS != 0 {
            (self.sequence, self.statistics) = (next, before.statistics);
        } else {
            c.relative(&mut self.sequence, before.sequence)?;
            c.relative(&mut self.statistics, before.statistics)?;
        }
        c.optional(&mut self.at_secs, before.at_secs)
    }
}

impl Trace {
    /// All of it; returns what the next is told relative to.
    pub(in crate::learner) fn visit<C: Codec>(&mut self, c: &mut C, before: &Before) -> Result<Before, Malformed> {
        let mut made = Made::of(self);
        made.visit(c, before)?;
        (self.sequence, self.at_secs, self.statistics) = (made.sequence, made.at_secs, made.statistics);
        body(c, self, made.present)?;
        Ok(made.before(before.at_secs))
    }
}

/// What it came to, and on what.
pub(in crate::learner) fn body<C: Codec>(c: &mut C, trace: &mut Trace, present: u32) -> Result<(), Malformed> {
    if present & HELD != 0 {
        held(c, &mut trace.held)?;
    }
    // Nine bits of verdict, fifteen of flags.
    let mut packed = u32::from(trace.verdict.code()) << FLAGS | u32::from(trace.readings.flags);
    three(c, &mut packed)?;
    trace.verdict = Verdict::from_code((packed >> FLAGS) as u16).ok_or(Malformed::Value("verdict"))?;
    trace.readings.flags = packed as u16 & ((1 << FLAGS) - 1);
    levels(c, &mut trace.readings, present)
}

fn held<C: Codec>(c: &mut C, held: &mut Option<Held>) -> Result<(), Malformed> {
    let Held { limit, wait } = held.get_or_insert(Held { limit: Limit::Cooldown, wait: 0 });
    let mut packed = ((*limit as u16) << 12 | *wait & Held::LONGEST).to_be_bytes();
    c.bytes(&mut packed)?;
    let packed = u16::from_be_bytes(packed);
    *limit = Limit::from_number((packed >> 12) as u8).ok_or(Malformed::Value("limit"))?;
    *wait = packed & Held::LONGEST;
    Ok(())
}

/// The levels that are not zero: a byte each, counts below fifteen half a byte each.
fn levels<C: Codec>(c: &mut C, readings: &mut Readings, present: u32) -> Result<(), Malformed> {
    let mut counts = Places(present & COUNTS);
    while let Some(low) = counts.next() {
        let high = counts.next();
        let half =
            |place: Option<usize>| place.and_then(|place| readings.levels.get(place)).map_or(0, |at| (*at).min(15));
        let mut packed = half(high) << 4 | half(Some(low));
        c.byte(&mut packed)?;
        for (half, place) in [(packed & 15, Some(low)), (packed >> 4, high)] {
            match place.and_then(|place| readings.levels.get_mut(place)) {
                Some(level) if half < 15 => *level = half,
                Some(level) => c.byte(level)?,
                None => {}
            }
        }
    }
    for place in Places(present & !COUNTS & ((1 << LEVELS) - 1)) {
        if let Some(level) = readings.levels.get_mut(place) {
            c.byte(level)?;
        }
    }
    Ok(())
}

/// The places of the bits that are set, lowest first.
struct Places(u32);

impl Iterator for Places {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let place = self.0.trailing_zeros() as usize;
        self.0 &= self.0.checked_sub(1)?;
        Some(place)
    }
}
