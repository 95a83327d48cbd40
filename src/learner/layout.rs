//! The record's layout. A change here is a new version: old ones are read for ever (`tests/golden`).

mod decision;

use arrayvec::{ArrayString, ArrayVec};

pub(super) use self::decision::{Before, MOST_OF_TRACE, Made, body};
use super::{
    AgeBand, Attention, CEILING, Learner, Level, Locale, Malformed, Mood, Preferences, Report, SEEN, Seen, Spoken,
    Volume, Watch, Zone,
    codec::{Codec, Reader, Writer},
    follow::follows,
    old_layout,
};
use crate::{event::Timestamp, reason::Reason};

/// The layout written today.
const VERSION: u8 = 5;
/// Dismissals are counted since, and locales are packed.
const DISMISSALS_SINCE: u8 = 4;
/// Decisions made by lot are followed since, and two hashes that most records lack take no room.
const FOLLOWS_SINCE: u8 = 5;
/// More than all fields can take, each as long as it gets; a full record of a long life takes 800 bytes.
const ROOM: usize = 2048;
/// Far more events and other changes than anybody lives to make.
const MOST_CHANGES: u64 = 1 << 62;
/// The first layout that this file reads; what is older, `old_layout` does.
const OLDEST: u8 = 3;

impl Learner {
    /// The record as bytes, its layout's version first.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        self.clone().encode_in_place()
    }

    /// The same without a copy of the record, which stays as it is.
    pub fn encode_in_place(&mut self) -> Vec<u8> {
        let mut room = [0; ROOM];
        let mut writer = Writer::new(&mut room);
        // A writer changes nothing, and does not fail.
        let written = writer.byte(&mut { VERSION }).and_then(|()| layout(self, &mut writer, VERSION));
        debug_assert_eq!(written, Ok(()));
        writer.finish().to_vec()
    }

    /// Reads what [`Learner::encode`] wrote, in this release or any before.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let (version, body) = version(bytes)?;
        let mut reader = Reader(body);
        let mut learner = Self::default();
        match version {
            OLDEST..=VERSION => layout(&mut learner, &mut reader, version)?,
            old => old_layout::read(&mut learner, &mut reader, old)?,
        }
        // The next change has to be one: a store stops for everybody where a version does not rise.
        if learner.version() > MOST_CHANGES {
            return Err(Malformed::Value("version"));
        }
        if reader.0.is_empty() { Ok(learner) } else { Err(Malformed::Long) }
    }
}

fn version(bytes: &[u8]) -> Result<(u8, &[u8]), Malformed> {
    let (version, body) = bytes.split_first().ok_or(Malformed::Short)?;
    if (1..=VERSION).contains(version) { Ok((*version, body)) } else { Err(Malformed::Version(*version)) }
}

fn layout<C: Codec>(learner: &mut Learner, c: &mut C, version: u8) -> Result<(), Malformed> {
    c.varint(&mut learner.sequence)?;
    c.varint(&mut learner.changes)?;
    let sequence = learner.sequence;
    let mut rules = learner.rules.to_be_bytes();
    c.bytes(&mut rules)?;
    learner.rules = u16::from_be_bytes(rules);
    if version < FOLLOWS_SINCE {
        c.hash(&mut learner.before)?;
    }

    let clock = &mut learner.clock;
    moment(c, &mut clock.last_at, 0)?;
    let now = clock.last_at.map_or(0, |at| at.as_millis() as u64);
    let now_secs = now / 1000;
    c.varint(&mut clock.active_ms)?;
    let active_secs = clock.active_ms / 1000;
    c.hash(&mut clock.device)?;
    moment(c, &mut clock.device_at, now)?;
    c.varint(&mut clock.device_seq)?;

    seen(c, &mut learner.seen)?;
    if version < FOLLOWS_SINCE {
        c.hash(&mut learner.nudges)?;
    }

    let session = &mut learner.session;
    c.hash(&mut session.id)?;
    moment(c, &mut session.started_at, now)?;
    c.small(&mut session.opportunities)?;
    c.byte(&mut session.nudges)?;
    let last = &mut learner.progress.last;
    let (mut classed, mut attended) = (learner.class != 0, learner.attention.is_some());
    let optional = version >= FOLLOWS_SINCE;
    let (mut batched, mut nudged) = (optional && learner.before != 0, optional && learner.nudges != 0);
    c.flags([
        &mut session.ended,
        &mut session.untold,
        &mut last.known,
        &mut last.correct,
        &mut classed,
        &mut attended,
        &mut batched,
        &mut nudged,
    ])?;
    for (there, hash) in [(batched, &mut learner.before), (nudged, &mut learner.nudges)] {
        if there && !optional {
            return Err(Malformed::Value("flag"));
        }
        if there {
            c.hash(hash)?;
        }
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
        c.log_odds(&mut skill.ability)?;
        let mut packed = skill.run << 1 | u8::from(skill.mastered);
        c.byte(&mut packed)?;
        (skill.run, skill.mastered) = (packed >> 1, packed & 1 == 1);
        Ok(())
    })?;

    c.list(&mut learner.attempts, |c, attempt| {
        three(c, &mut attempt.item)?;
        let flags = [attempt.correct, attempt.first, attempt.hint];
        let packed = flags.iter().rev().fold(attempt.skill, |packed, flag| packed << 1 | u16::from(*flag));
        let mut bytes = packed.to_be_bytes();
        c.bytes(&mut bytes)?;
        let packed = u16::from_be_bytes(bytes);
        attempt.skill = packed >> 3;
        [attempt.correct, attempt.first, attempt.hint] = [0, 1, 2].map(|bit| packed >> bit & 1 == 1);
        Ok(())
    })?;

    learner.moods.iter_mut().try_for_each(|each| mood(c, each))?;

    for pair in learner.said.wordings.chunks_mut(2) {
        pack(c, pair)?;
    }
    let mut followed = learner.follows.len();
    if version >= DISMISSALS_SINCE {
        dismissals(c, &mut learner.said.dismissals, &mut followed)?;
    }
    let opportunities = u64::from(learner.progress.opportunities);
    let mut before = Spoken { sequence, at_secs: now_secs, active_secs, ..Spoken::default() };
    let mut before_opportunity = opportunities;
    c.list(&mut learner.said.spoken, |c, spoken| {
        c.relative(&mut spoken.sequence, before.sequence)?;
        c.relative(&mut spoken.at_secs, before.at_secs)?;
        // Work goes on with the clock, but for breaks.
        let with_the_clock = before.active_secs.wrapping_add(spoken.at_secs.wrapping_sub(before.at_secs));
        c.relative(&mut spoken.active_secs, with_the_clock)?;
        let mut opportunity = u64::from(spoken.opportunity);
        c.relative(&mut opportunity, before_opportunity)?;
        spoken.opportunity = u32::try_from(opportunity).map_err(|_| Malformed::Value("opportunity"))?;
        let mut packed = spoken.packed();
        c.byte(&mut packed)?;
        if !spoken.unpack(packed) {
            return Err(Malformed::Value("message"));
        }
        (before, before_opportunity) = (*spoken, opportunity);
        Ok(())
    })?;

    if version >= FOLLOWS_SINCE {
        follows(c, learner, followed)?;
    } else if followed > 0 {
        return Err(Malformed::Value("dismissals"));
    }

    learner.traces.of_record(c, Before { sequence, at_secs: now_secs, statistics: 0 })?;

    let mut form = learner.progress.form as u8;
    c.byte(&mut form)?;
    learner.progress.form = form as i8;
    c.log_odds(&mut learner.progress.ability)?;
    c.log_odds(&mut learner.progress.recent_ability)?;
    let last = &mut learner.progress.last;
    c.byte(&mut last.expected.0)?;
    let mut slowness = last.slowness as u8;
    c.byte(&mut slowness)?;
    last.slowness = slowness as i8;

    learner.reports.iter_mut().try_for_each(|each| report(c, each))?;
    watches(c, &mut learner.watches)?;
    preferences(c, &mut learner.preferences, version)?;
    if classed {
        let [_, _, mut class @ ..] = learner.class.to_be_bytes();
        c.bytes::<6>(&mut class)?;
        let [a, b, d, e, f, g] = class;
        learner.class = u64::from_be_bytes([0, 0, a, b, d, e, f, g]);
        if learner.class == 0 {
            return Err(Malformed::Value("class"));
        }
    }
    if attended {
        let attention =
            learner.attention.get_or_insert(Attention { reason: Reason::WheelSpinning, since_secs: 0, skill: 0 });
        let mut number = attention.reason as u8;
        c.byte(&mut number)?;
        attention.reason = Reason::from_number(u16::from(number)).ok_or(Malformed::Value("reason"))?;
        c.relative(&mut attention.since_secs, now_secs)?;
        let mut skill = attention.skill.to_be_bytes();
        c.bytes(&mut skill)?;
        attention.skill = u16::from_be_bytes(skill);
    }
    Ok(())
}

/// What the last seven of two events' fifteen bytes hold of the second.
const OTHER_LOW: u64 = (1 << 56) - 1;

/// Two in fifteen bytes: sixty bits each.
fn seen<C: Codec>(c: &mut C, seen: &mut ArrayVec<Seen, SEEN>) -> Result<(), Malformed> {
    let mut length = seen.len() as u8;
    c.byte(&mut length)?;
    while seen.len() < usize::from(length) {
        seen.try_push(Seen::default()).map_err(|_| Malformed::Value("length"))?;
    }
    for pair in seen.chunks_mut(2) {
        if !C::READS {
            let (one, other) = match pair {
                [one, other] => (one.0, other.0),
                _ => (0, pair.first().map_or(0, |only| only.0)),
            };
            let [_, low @ ..] = (other & OTHER_LOW).to_be_bytes();
            c.bytes(&mut (one << 4 | other >> OTHER_LOW.count_ones()).to_be_bytes())?;
            c.bytes(&mut { low })?;
            continue;
        }
        let mut all = [0; 16];
        let [_, bytes @ ..] = &mut all;
        c.bytes::<15>(bytes)?;
        let mut packed = u128::from_be_bytes(all);
        for each in pair.iter_mut().rev() {
            each.0 = packed as u64 & ((1 << 60) - 1);
            packed >>= 60;
            each.verdict().ok_or(Malformed::Value("verdict"))?;
        }
        if packed != 0 {
            return Err(Malformed::Value("event"));
        }
    }
    Ok(())
}

fn report<C: Codec>(c: &mut C, report: &mut Report) -> Result<(), Malformed> {
    c.byte(&mut report.left)?;
    if report.left > 0 { c.byte(&mut report.intensity.0) } else { Ok(()) }
}

/// How often in a row in half a byte each, with a half that says which thresholds there are.
fn watches<C: Codec>(c: &mut C, watches: &mut [Watch; 3]) -> Result<(), Malformed> {
    let [one, two, three] = watches;
    let bits = [&*one, two, three].map(|watch| u8::from(watch.threshold != 0));
    let [first, second, third] = bits;
    let mut packed = [one.running << 4 | first << 2 | second << 1 | third, two.running << 4 | three.running & 15];
    c.bytes(&mut packed)?;
    let [high, low] = packed;
    if high & 8 != 0 {
        return Err(Malformed::Value("flag"));
    }
    [one.running, two.running, three.running] = [high >> 4, low >> 4, low & 15];
    for (watch, bit) in [one, two, three].into_iter().zip([4, 2, 1]) {
        if high & bit != 0 {
            let mut bytes = watch.threshold.to_be_bytes();
            c.bytes(&mut bytes)?;
            watch.threshold = u16::from_be_bytes(bytes);
        }
    }
    Ok(())
}

/// Two bits each, and two for how many decisions are followed.
fn dismissals<C: Codec>(
    c: &mut C,
    dismissals: &mut [u8; Reason::ALL.len()],
    followed: &mut usize,
) -> Result<(), Malformed> {
    let of_each = |packed: u32, count: &u8| packed << 2 | u32::from(count & 3);
    let packed = dismissals.iter().rev().fold(*followed as u32, of_each);
    let mut bytes = packed.to_be_bytes();
    c.bytes(&mut bytes)?;
    let mut packed = u32::from_be_bytes(bytes);
    for count in dismissals {
        *count = packed as u8 & 3;
        packed >>= 2;
    }
    *followed = packed as usize;
    Ok(())
}

/// One byte for whoever asked for nothing special.
fn preferences<C: Codec>(c: &mut C, preferences: &mut Preferences, version: u8) -> Result<(), Malformed> {
    let (mut local, mut zoned) = (preferences.locale.is_some(), preferences.time_zone.is_some());
    let Preferences { volume, age_band, .. } = preferences;
    let mut packed = (*age_band as u8) << 2 | *volume as u8;
    c.byte(&mut packed)?;
    *volume = match packed & 3 {
        0 => Volume::Normal,
        1 => Volume::Off,
        2 => Volume::CelebrationsOnly,
        _ => Volume::Quiet,
    };
    *age_band = match packed >> 2 {
        0 => AgeBand::Unknown,
        1 => AgeBand::From6,
        2 => AgeBand::From10,
        3 => AgeBand::From14,
        4 => AgeBand::Adult,
        _ => return Err(Malformed::Value("age band")),
    };
    c.flags([&mut preferences.reduced_motion, &mut preferences.extended_time, &mut local, &mut zoned])?;
    if local && version >= DISMISSALS_SINCE {
        let mut packed = preferences.locale.map_or([0; Locale::PACKED], Locale::packed);
        c.bytes(&mut packed)?;
        preferences.locale = Some(Locale::unpack(packed).ok_or(Malformed::Value("locale"))?);
    } else if local {
        let mut text = preferences.locale.map_or(ArrayString::new(), |locale| locale.0);
        c.text(&mut text)?;
        let locale = Locale::parse(&text).filter(|locale| locale.0 == text);
        preferences.locale = Some(locale.ok_or(Malformed::Value("locale"))?);
    }
    if zoned {
        let mut hash = preferences.time_zone.map_or(0, Zone::hash);
        c.hash(&mut hash)?;
        preferences.time_zone = Some(Zone::from_hash(hash));
    }
    Ok(())
}

pub(super) fn mood<C: Codec>(c: &mut C, mood: &mut Mood) -> Result<(), Malformed> {
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

/// A number below 2^24.
fn three<C: Codec>(c: &mut C, value: &mut u32) -> Result<(), Malformed> {
    let [_, mut bytes @ ..] = value.to_be_bytes();
    c.bytes::<3>(&mut bytes)?;
    let [high, middle, low] = bytes;
    *value = u32::from_be_bytes([0, high, middle, low]);
    Ok(())
}

/// One or two values below sixteen in a byte.
pub(super) fn pack<C: Codec>(c: &mut C, pair: &mut [u8]) -> Result<(), Malformed> {
    let mut packed = pair.iter().rev().fold(0, |packed, value| packed << 4 | value & 15);
    c.byte(&mut packed)?;
    for value in pair {
        *value = packed & 15;
        packed >>= 4;
    }
    Ok(())
}

pub(super) fn moment<C: Codec>(c: &mut C, at: &mut Option<Timestamp>, base: u64) -> Result<(), Malformed> {
    let mut millis = at.map(|at| at.as_millis() as u64);
    c.optional(&mut millis, base)?;
    *at = millis.map(|millis| Timestamp::from_millis(millis as i64));
    Ok(())
}
