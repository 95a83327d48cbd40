//! The last decisions, kept as they are written: each told relative to the one before.
//!
//! With every event one is added and one goes, and all are written. So they stay in the bytes they are written in; only when the oldest
//! was made, which a record tells relative to itself, is kept apart.

use std::fmt;

use arrayvec::ArrayVec;

use super::{
    Malformed, TRACES, Trace,
    codec::{Codec, Reader, Writer},
    layout::{Before, MOST_OF_TRACE, Made, body},
};

/// Up to eight decisions, oldest first.
#[derive(Clone, Default)]
pub struct Traces {
    /// When the oldest was made.
    oldest: Made,
    /// The clock that the one after it is told relative to: its own, or of the last before it that had one.
    clock: u64,
    /// What the next is told relative to.
    newest: Before,
    /// How many have a clock.
    timed: u8,
    /// How many bytes each takes.
    lengths: ArrayVec<u8, TRACES>,
    /// The oldest but for when it was made, and all others.
    bytes: ArrayVec<u8, { TRACES * MOST_OF_TRACE }>,
}

impl Traces {
    /// Adds one; the oldest goes where there is no room.
    pub fn push(&mut self, newest: &Trace) {
        if self.lengths.is_full() {
            self.forget_oldest();
        }
        let mut room = [0; MOST_OF_TRACE];
        let mut writer = Writer::new(&mut room);
        let mut made = Made::of(newest);
        if self.lengths.is_empty() {
            (self.oldest, self.clock) = (made, made.at_secs.unwrap_or_default());
        } else {
            // A writer changes nothing, and does not fail.
            let _ = made.visit(&mut writer, &self.newest);
        }
        let _ = body(&mut writer, &mut newest.clone(), made.present);
        let written = writer.finish();
        // There is room for as many, each as long as it gets.
        let _ = self.bytes.try_extend_from_slice(written);
        self.lengths.push(written.len() as u8);
        self.timed += u8::from(made.at_secs.is_some());
        self.newest = made.before(self.newest.at_secs);
    }

    /// All of them, oldest first.
    #[must_use]
    pub fn all(&self) -> ArrayVec<Trace, TRACES> {
        let mut reader = Reader(&self.bytes);
        let (mut made, mut clock) = (self.oldest, self.clock);
        let mut all = ArrayVec::new();
        for place in 0..self.lengths.len() {
            // They were written by this program, and nothing can be wrong with them.
            if place > 0 {
                let _ = made.visit(&mut reader, &made.before(clock));
                clock = made.at_secs.unwrap_or(clock);
            }
            let mut trace = made.trace();
            let _ = body(&mut reader, &mut trace, made.present);
            all.push(trace);
        }
        all
    }

    /// The newest.
    #[must_use]
    pub fn last(&self) -> Option<Trace> {
        self.all().pop()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn forget_oldest(&mut self) {
        self.timed -= u8::from(self.oldest.at_secs.is_some());
        let gone = self.lengths.pop_at(0).map_or(0, usize::from);
        let rest = self.bytes.get(gone..).unwrap_or_default();
        let mut reader = Reader(rest);
        // It was written by this program, and nothing can be wrong with it.
        let _ = self.oldest.visit(&mut reader, &self.oldest.before(self.clock));
        self.clock = self.oldest.at_secs.unwrap_or(self.clock);
        let told = rest.len() - reader.0.len();
        self.bytes.drain(..gone + told);
        self.lengths.first_mut().into_iter().for_each(|length| *length -= told as u8);
    }

    /// Those of a record, the oldest told relative to it.
    pub(super) fn of_record<C: Codec>(&mut self, c: &mut C, record: Before) -> Result<(), Malformed> {
        // As they are kept, unless the oldest has no clock: then the first that has one is told relative to the record's.
        let as_kept = self.oldest.at_secs.is_some() || self.timed == 0;
        if !C::READS && as_kept && !self.lengths.is_empty() {
            c.byte(&mut (self.lengths.len() as u8))?;
            self.oldest.visit(c, &record)?;
            return c.slice(&self.bytes);
        }
        let (mut all, mut before) = (self.all(), record);
        c.list(&mut all, |c, trace| {
            before = trace.visit(c, &before)?;
            Ok(())
        })?;
        if C::READS {
            *self = all.into_iter().collect();
        }
        Ok(())
    }
}

impl FromIterator<Trace> for Traces {
    fn from_iter<I: IntoIterator<Item = Trace>>(all: I) -> Self {
        let mut traces = Self::default();
        all.into_iter().for_each(|trace| traces.push(&trace));
        traces
    }
}

/// What they say, not how they are kept.
impl PartialEq for Traces {
    fn eq(&self, other: &Self) -> bool {
        self.all() == other.all()
    }
}

impl fmt::Debug for Traces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.all()).finish()
    }
}
