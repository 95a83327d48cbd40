//! The record's layout. A change here is a new version: old ones are read for ever (`tests/golden`).

use super::{
    CEILING, F24, Learner, Level, LogOdds, Malformed, Mood, Readings, Spoken, Trace,
    codec::{Codec, Reader, Writer},
    readings::FLAGS,
};
use crate::{event::Timestamp, reason::Verdict};

/// The layout written today. The first had success rates where there are abilities now, and did not know the last answer.
const VERSION: u8 = 2;
/// Success rate that is neither able nor not, for records that knew no ability.
const USUAL_RATE: f32 = 0.65;

impl Learner {
    /// The record as bytes, its layout's version first.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer(Vec::with_capacity(800));
        writer.0.push(VERSION);
        // A writer cannot fail, and changes nothing.
        let _ = layout(&mut self.clone(), &mut writer, VERSION);
        writer.0
    }

    /// Reads what [`Learner::encode`] wrote, in this release or any before.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let (version, body) = version(bytes)?;
        let mut reader = Reader(body);
        let mut learner = Self::default();
        layout(&mut learner, &mut reader, version)?;
        if reader.0.is_empty() { Ok(learner) } else { Err(Malformed::Long) }
    }
}

impl Trace {
    /// The decision as bytes, for a log of its own.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.0.push(VERSION);
        // A writer cannot fail, and changes nothing.
        let _ = trace(&mut writer, &mut self.clone(), &Self::default());
        writer.0
    }

    /// Reads what [`Trace::encode`] wrote from the front of `bytes`; also returns what follows it.
    pub fn decode(bytes: &[u8]) -> Result<(Self, &[u8]), Malformed> {
        let (_, body) = version(bytes)?;
        let mut reader = Reader(body);
        let mut read = Self::default();
        trace(&mut reader, &mut read, &Self::default())?;
        Ok((read, reader.0))
    }
}

fn version(bytes: &[u8]) -> Result<(u8, &[u8]), Malformed> {
    let (version, body) = bytes.split_first().ok_or(Malformed::Short)?;
    if (1..=VERSION).contains(version) { Ok((*version, body)) } else { Err(Malformed::Version(*version)) }
}

fn layout<C: Codec>(learner: &mut Learner, c: &mut C, version: u8) -> Result<(), Malformed> {
    c.varint(&mut learner.sequence)?;
    let sequence = learner.sequence;
    let mut rules = learner.rules.to_be_bytes();
    c.bytes(&mut rules)?;
    learner.rules = u16::from_be_bytes(rules);
    c.hash(&mut learner.before)?;

    let clock = &mut learner.clock;
    moment(c, &mut clock.last_at, 0)?;
    let now = clock.last_at.map_or(0, |at| at.as_millis() as u64);
    let now_secs = now / 1000;
    c.varint(&mut clock.active_ms)?;
    let active_secs = clock.active_ms / 1000;
    c.hash(&mut clock.device)?;
    moment(c, &mut clock.device_at, now)?;
    c.varint(&mut clock.device_seq)?;

    c.list(&mut learner.seen, |c, seen| {
        c.bytes(&mut seen.0)?;
        seen.verdict().map(|_| ()).ok_or(Malformed::Value("verdict"))
    })?;

    let session = &mut learner.session;
    c.hash(&mut session.id)?;
    moment(c, &mut session.started_at, now)?;
    c.small(&mut session.opportunities)?;
    c.byte(&mut session.encouragements)?;
    c.byte(&mut session.nudges)?;
    let last = &mut learner.progress.last;
    if version == 1 {
        c.flags([&mut session.ended, &mut session.untold])?;
    } else {
        c.flags([&mut session.ended, &mut session.untold, &mut last.known, &mut last.correct])?;
    }
    moment(c, &mut session.break_proposed_at, now)?;

    let progress = &mut learner.progress;
    for count in [&mut progress.attempts, &mut progress.opportunities, &mut progress.successes] {
        c.small(count)?;
    }
    c.bounded(&mut progress.recent_rate, 1.0, "rate")?;
    c.bounded(&mut progress.rate, 1.0, "rate")?;
    c.byte(&mut progress.error_run)?;
    c.byte(&mut progress.slump)?;
    c.smaller(&mut progress.success_run)?;
    c.smaller(&mut progress.best_run)?;
    c.scalar(&mut progress.run_surprise)?;
    c.hash(&mut progress.error_item)?;
    c.small(&mut progress.improved_at)?;

    let place = &mut learner.place;
    c.hash(&mut place.item)?;
    moment(c, &mut place.since, now)?;
    c.byte(&mut place.errors)?;
    c.byte(&mut place.hints)?;
    c.flags([
        &mut place.given_away,
        &mut place.opened,
        &mut place.closed,
        &mut place.hidden,
        &mut place.interrupted,
        &mut place.nudged,
        &mut place.faulty,
    ])?;

    c.scalar(&mut learner.pace.offset)?;
    c.byte(&mut learner.pace.known)?;

    for value in learner.gauges.0.iter_mut().flatten() {
        c.bounded(value, CEILING, "gauge")?;
    }

    c.list(&mut learner.skills, |c, skill| {
        c.hash(&mut skill.id)?;
        c.smaller(&mut skill.opportunities)?;
        c.smaller(&mut skill.successes)?;
        if version == 1 {
            c.bounded(&mut F24::default(), 1.0, "rate")?;
        } else {
            c.log_odds(&mut skill.ability)?;
        }
        let mut packed = skill.run << 1 | u8::from(skill.mastered);
        c.byte(&mut packed)?;
        (skill.run, skill.mastered) = (packed >> 1, packed & 1 == 1);
        Ok(())
    })?;

    c.list(&mut learner.attempts, |c, attempt| {
        c.hash(&mut attempt.item)?;
        let mut skill = attempt.skill.to_be_bytes();
        c.bytes(&mut skill)?;
        attempt.skill = u16::from_be_bytes(skill);
        c.flags([&mut attempt.correct, &mut attempt.first, &mut attempt.hint])
    })?;

    learner.moods.iter_mut().try_for_each(|each| mood(c, each))?;

    let said = &mut learner.said;
    for pair in said.wordings.chunks_mut(2) {
        pack(c, pair)?;
    }
    for at in &mut said.at_opportunity {
        c.small(at)?;
    }
    let mut before = Spoken { at_secs: now_secs, active_secs };
    c.list(&mut said.spoken, |c, spoken| {
        c.relative(&mut spoken.at_secs, before.at_secs)?;
        c.relative(&mut spoken.active_secs, before.active_secs)?;
        before = *spoken;
        Ok(())
    })?;

    let mut before = Trace { sequence, at_secs: Some(now_secs), ..Trace::default() };
    c.list(&mut learner.traces, |c, each| {
        trace(c, each, &before)?;
        before = Trace { at_secs: each.at_secs.or(before.at_secs), ..*each };
        Ok(())
    })?;

    let mut form = learner.progress.form as u8;
    c.byte(&mut form)?;
    learner.progress.form = form as i8;
    if version == 1 {
        learner.progress.ability = ability_of(learner.progress.rate);
        return Ok(());
    }

    c.log_odds(&mut learner.progress.ability)?;
    c.log_odds(&mut learner.progress.recent_ability)?;
    let last = &mut learner.progress.last;
    c.byte(&mut last.expected.0)?;
    let mut slowness = last.slowness as u8;
    c.byte(&mut slowness)?;
    last.slowness = slowness as i8;
    Ok(())
}

/// What a success rate says of ability where two in three are usual.
fn ability_of(rate: F24) -> LogOdds {
    let rate = if rate == F24::ZERO { USUAL_RATE } else { rate.get().clamp(0.05, 0.95) };
    LogOdds::new((rate / (1.0 - rate) / (USUAL_RATE / (1.0 - USUAL_RATE))).ln())
}

fn mood<C: Codec>(c: &mut C, mood: &mut Mood) -> Result<(), Malformed> {
    c.byte(&mut mood.score.0)?;
    c.byte(&mut mood.usual.0)?;
    let mut packed = mood.high_for.min(63) << 2 | mood.level as u8;
    c.byte(&mut packed)?;
    mood.high_for = packed >> 2;
    mood.level = match packed & 3 {
        0 => Level::Low,
        1 => Level::Moderate,
        2 => Level::High,
        _ => return Err(Malformed::Value("level")),
    };
    Ok(())
}

/// Relative to the one before.
fn trace<C: Codec>(c: &mut C, trace: &mut Trace, before: &Trace) -> Result<(), Malformed> {
    c.relative(&mut trace.sequence, before.sequence)?;
    c.optional(&mut trace.at_secs, before.at_secs.unwrap_or_default())?;
    c.relative(&mut trace.statistics, before.statistics)?;

    // Nine bits of verdict, twelve of flags.
    let [_, high, middle, low] =
        (u32::from(trace.verdict.code()) << FLAGS | u32::from(trace.readings.flags)).to_be_bytes();
    let mut packed = [high, middle, low];
    c.bytes(&mut packed)?;
    let [high, middle, low] = packed;
    let packed = u32::from_be_bytes([0, high, middle, low]);
    trace.verdict = Verdict::from_code((packed >> FLAGS) as u16).ok_or(Malformed::Value("verdict"))?;
    trace.readings.flags = packed as u16 & ((1 << FLAGS) - 1);
    levels(c, &mut trace.readings)
}

/// Which levels are not zero, and those.
fn levels<C: Codec>(c: &mut C, readings: &mut Readings) -> Result<(), Malformed> {
    let present = readings.levels.iter().rev().fold(0u16, |bits, level| bits << 1 | u16::from(*level != 0));
    let mut present = present.to_be_bytes();
    c.bytes(&mut present)?;
    let mut present = u16::from_be_bytes(present);
    for level in &mut readings.levels {
        if present & 1 == 1 {
            c.byte(level)?;
        }
        present >>= 1;
    }
    Ok(())
}

/// One or two values below sixteen in a byte.
fn pack<C: Codec>(c: &mut C, pair: &mut [u8]) -> Result<(), Malformed> {
    let mut packed = pair.iter().rev().fold(0, |packed, value| packed << 4 | value & 15);
    c.byte(&mut packed)?;
    for value in pair {
        *value = packed & 15;
        packed >>= 4;
    }
    Ok(())
}

fn moment<C: Codec>(c: &mut C, at: &mut Option<Timestamp>, base: u64) -> Result<(), Malformed> {
    let mut millis = at.map(|at| at.as_millis() as u64);
    c.optional(&mut millis, base)?;
    *at = millis.map(|millis| Timestamp::from_millis(millis as i64));
    Ok(())
}
