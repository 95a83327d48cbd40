//! The layouts of before: read for ever (`tests/golden`), written no more.
//!
//! The first had success rates where there are abilities now, and did not know the last answer. Neither knew why a message
//! was said, only when.

use arrayvec::ArrayVec;

use super::{
    CEILING, F24, Learner, LogOdds, Malformed, Opportunity, Readings, SPOKEN, Spoken, TRACES, Trace,
    codec::{Codec, Reader},
    layout::{moment, mood, pack},
    seen,
};
use crate::reason::{Reason, Verdict};

/// How many readings were yes or no.
const FLAGS: usize = 12;
/// How many were levels.
const LEVELS: usize = 16;
/// Success rate that is neither able nor not, for records that knew no ability.
const USUAL_RATE: f32 = 0.65;

/// Reads a record of version 1 or 2.
pub(super) fn read(learner: &mut Learner, c: &mut Reader<'_>, version: u8) -> Result<(), Malformed> {
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

    let mut numbers = Vec::new();
    c.list(&mut learner.seen, |c, known| {
        let mut bytes = [0; 9];
        c.bytes(&mut bytes)?;
        let (read, back) = seen::old::read(bytes, sequence);
        *known = read;
        numbers.push(sequence.saturating_sub(back));
        read.verdict().map(|_| ()).ok_or(Malformed::Value("verdict"))
    })?;
    // A number that no event took was a nudge's.
    let next = numbers.iter().skip(1).copied().chain([sequence.saturating_add(1)]);
    for (number, next) in numbers.iter().zip(next) {
        learner.nudges = learner.nudges << 1 | u32::from(next.saturating_sub(*number) > 1);
    }

    let session = &mut learner.session;
    c.hash(&mut session.id)?;
    moment(c, &mut session.started_at, now)?;
    c.small(&mut session.opportunities)?;
    let mut encouragements = 0;
    c.byte(&mut encouragements)?;
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
        attempt.item &= Opportunity::ITEM_BITS;
        let mut skill = attempt.skill.to_be_bytes();
        c.bytes(&mut skill)?;
        attempt.skill = u16::from_be_bytes(skill) & Opportunity::SKILL_BITS;
        c.flags([&mut attempt.correct, &mut attempt.first, &mut attempt.hint])
    })?;

    learner.moods.iter_mut().try_for_each(|each| mood(c, each))?;

    let said = &mut learner.said;
    for pair in said.wordings.chunks_mut(2) {
        pack(c, pair)?;
    }
    let mut at_opportunity = [0; 2];
    for at in &mut at_opportunity {
        c.small(at)?;
    }
    let mut before = Spoken { at_secs: now_secs, active_secs, ..Spoken::default() };
    c.list(&mut said.spoken, |c, spoken| {
        c.relative(&mut spoken.at_secs, before.at_secs)?;
        c.relative(&mut spoken.active_secs, before.active_secs)?;
        before = *spoken;
        Ok(())
    })?;
    attribute(&mut said.spoken, encouragements, at_opportunity);

    let mut before = Trace { sequence, at_secs: Some(now_secs), ..Trace::default() };
    let mut traces = ArrayVec::<Trace, TRACES>::new();
    c.list(&mut traces, |c, read| {
        trace(c, read, &before)?;
        before = Trace { at_secs: read.at_secs.or(before.at_secs), ..*read };
        Ok(())
    })?;
    learner.traces = traces.into_iter().collect();

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

/// Which of the messages said what is not known, only how many encouragements the session had and at which opportunity each
/// kind spoke last. The newest stand in for those, so that nothing is said sooner than it would have been.
fn attribute(spoken: &mut ArrayVec<Spoken, SPOKEN>, encouragements: u8, at_opportunity: [u32; 2]) {
    let [encouraged, celebrated] = at_opportunity;
    let mut newest = spoken.iter_mut().rev();
    let in_session = usize::from(encouragements).max(usize::from(encouraged > 0));
    for (place, message) in newest.by_ref().take(in_session).enumerate() {
        message.in_session = place < usize::from(encouragements);
        message.opportunity = encouraged.saturating_sub(1);
    }
    if let Some(message) = newest.next().filter(|_| celebrated > 0) {
        message.reason = Reason::StreakMilestone;
        message.opportunity = celebrated.saturating_sub(1);
    }
}

/// Relative to the one before.
pub(super) fn trace(c: &mut Reader<'_>, trace: &mut Trace, before: &Trace) -> Result<(), Malformed> {
    c.relative(&mut trace.sequence, before.sequence)?;
    c.optional(&mut trace.at_secs, before.at_secs.unwrap_or_default())?;
    c.relative(&mut trace.statistics, before.statistics)?;

    // Nine bits of verdict, twelve of flags.
    let mut packed = [0; 3];
    c.bytes(&mut packed)?;
    let [high, middle, low] = packed;
    let packed = u32::from_be_bytes([0, high, middle, low]);
    trace.verdict = Verdict::from_code((packed >> FLAGS) as u16).ok_or(Malformed::Value("verdict"))?;
    trace.readings.flags = packed as u16 & ((1 << FLAGS) - 1);
    levels(c, &mut trace.readings)
}

/// Which levels are not zero, and those.
fn levels(c: &mut Reader<'_>, readings: &mut Readings) -> Result<(), Malformed> {
    let mut present = [0; 2];
    c.bytes(&mut present)?;
    let mut present = u16::from_be_bytes(present);
    for level in readings.levels.iter_mut().take(LEVELS) {
        if present & 1 == 1 {
            c.byte(level)?;
        }
        present >>= 1;
    }
    // Where disengagement stood. No decision looked at it.
    if let Some(level) = readings.levels.get_mut(2) {
        *level = 0;
    }
    Ok(())
}
