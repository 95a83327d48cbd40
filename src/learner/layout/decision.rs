//! Decisions: in a record each after the one before, in a log of their own each alone.

use arrayvec::ArrayVec;

use super::{OLDEST, VERSION, three, version};
use crate::{
    learner::{
        Kept, Malformed, Readings, Trace,
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
        let written =
            writer.byte(&mut { VERSION }).and_then(|()| trace(&mut writer, &mut self.clone(), &Before::default()));
        debug_assert_eq!(written, Ok(()));
        writer.finish().to_vec()
    }

    /// Reads what [`Trace::encode`] wrote from the front of `bytes`; also returns what follows it.
    pub fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        let (version, body) = version(bytes)?;
        let mut reader = Reader(body);
        let mut read = Self::default();
        match version {
            OLDEST..=VERSION => trace(&mut reader, &mut read, &Before::default())?,
            _ => old_layout::trace(&mut reader, &mut read, &Self::default())?,
        }
        Ok((read, reader.0))
    }
}

/// More than the version, when it was made and what it came to can take.
const ROOM: usize = 1 + 3 + 3 * 10 + Kept::MOST;

/// What a decision is told relative to.
#[derive(Default)]
pub(super) struct Before {
    pub sequence: u64,
    pub at_secs: u64,
    pub statistics: u64,
}

/// It is most often the next by the same statistics.
const FOLLOWS: u32 = 1 << LEVELS;
/// A limit held it back.
const HELD: u32 = 1 << (LEVELS + 1);

fn trace<C: Codec>(c: &mut C, trace: &mut Trace, before: &Before) -> Result<(), Malformed> {
    let mut present = parts_present(trace);
    when(c, (&mut trace.sequence, &mut trace.at_secs, &mut trace.statistics), &mut present, before)?;
    what(c, trace, present)
}

/// The same of one that is kept as it will be written.
pub(super) fn kept<C: Codec>(c: &mut C, kept: &mut Kept, before: &Before) -> Result<(), Malformed> {
    let Kept { sequence, at_secs, statistics, present, bytes } = kept;
    when(c, (sequence, at_secs, statistics), present, before)?;
    if C::READS {
        let mut read = Trace::default();
        what(c, &mut read, *present)?;
        *bytes = written(&mut read, *present);
        Ok(())
    } else {
        c.slice(bytes)
    }
}

impl Kept {
    /// Keeps a decision.
    #[must_use]
    pub fn new(trace: &Trace) -> Self {
        let Trace { sequence, at_secs, statistics, .. } = *trace;
        let present = parts_present(trace);
        Self { sequence, at_secs, statistics, present, bytes: written(&mut trace.clone(), present) }
    }

    /// The decision.
    #[must_use]
    pub fn trace(&self) -> Trace {
        let Self { sequence, at_secs, statistics, present, ref bytes } = *self;
        let mut trace = Trace { sequence, at_secs, statistics, ..Trace::default() };
        // It was written by this program, and nothing can be wrong with it.
        let _ = what(&mut Reader(bytes), &mut trace, present);
        trace
    }
}

fn written(trace: &mut Trace, present: u32) -> ArrayVec<u8, { Kept::MOST }> {
    let mut room = [0; Kept::MOST];
    let mut writer = Writer::new(&mut room);
    // A writer changes nothing, and does not fail.
    let written = what(&mut writer, trace, present);
    debug_assert_eq!(written, Ok(()));
    let mut bytes = ArrayVec::new();
    // There is as much room in it.
    let _ = bytes.try_extend_from_slice(writer.finish());
    bytes
}

/// Its number, when, by which statistics, and what there is besides.
fn when<C: Codec>(
    c: &mut C,
    (sequence, at_secs, statistics): (&mut u64, &mut Option<u64>, &mut u64),
    present: &mut u32,
    before: &Before,
) -> Result<(), Malformed> {
    let next = before.sequence.wrapping_add(1);
    let follows = (*sequence, *statistics) == (next, before.statistics);
    let mut bits = *present | if follows { FOLLOWS } else { 0 };
    three(c, &mut bits)?;
    if bits >= HELD << 1 {
        return Err(Malformed::Value("flag"));
    }
    *present = bits & !FOLLOWS;
    if bits & FOLLOWS != 0 {
        (*sequence, *statistics) = (next, before.statistics);
    } else {
        c.relative(sequence, before.sequence)?;
        c.relative(statistics, before.statistics)?;
    }
    c.optional(at_secs, before.at_secs)
}

/// What it came to, and on what.
fn what<C: Codec>(c: &mut C, trace: &mut Trace, present: u32) -> Result<(), Malformed> {
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

/// Which levels are not zero, and whether a limit held it back.
fn parts_present(trace: &Trace) -> u32 {
    let held = if trace.held.is_some() { HELD } else { 0 };
    held | trace.readings.levels.iter().rev().fold(0, |bits, level| bits << 1 | u32::from(*level != 0))
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
