//! Which wording is drawn where those that help are to be said more often: a recovering difference softmax (Yancey & Settles, KDD
//! 2020), in which chances follow from how much better than the others each did, and a wording just heard recovers with time.
//!
//! What a wording did is drawn toward what it did for everybody, and that toward what all wordings did, as far as little is known: so
//! languages and ages that few learners have lend from the others.

use arrayvec::ArrayVec;

use super::lot::Chance;
use crate::{
    event::Timestamp,
    learner::{Heard, Learner, Locale, Said, WINDOW},
    reason::Reason,
    statistics::{Snapshot, Subject, Sums, Wording},
};

/// What is known of a wording counts as much as what is known of others from so many decisions on. A prior: at a chance of one in
/// six it was then drawn a hundred times, which is right if what follows single messages deviates by 0.3 and wordings do by 0.03.
const STRENGTH: f64 = 600.0;
/// How much a difference in what follows counts, in successes per opportunity: a wording that is better by this is drawn e times as
/// often. A prior: an effect of 0.05 is large for one message.
const TEMPERATURE: f64 = 0.02;
/// What a wording just heard is worth less, in successes per opportunity: a prior. It is the number that Yancey & Settles fitted for
/// reminders, where it was a share of the mean …
const FATIGUE: f64 = 0.017;
/// … halving in so many seconds: fifteen days, as they fitted.
const RECOVERY_SECS: f64 = 15.0 * 24.0 * 60.0 * 60.0;
/// The least chance of any wording, in 256ths: none is given up.
const FLOOR: u16 = 8;
/// All chances together.
const WHOLE: u16 = 256;

/// The chances of a reason's wordings, in 256ths.
pub type Chances = ArrayVec<u16, { Said::MOST_WORDINGS as usize }>;

/// What a learner's opinion of a message counts beside what came after it: a prior, half an answer in five.
pub const OPINION: f64 = 0.1;

/// What a wording that was drawn adds to sums, now that it is known what came after it: the share of five opportunities that were
/// met by a right answer. Those that were not made count as not met.
pub fn rewards(
    heard: &Heard,
    learner: &Learner,
    asked: Option<Locale>,
    at: Option<Timestamp>,
) -> impl Iterator<Item = (Subject, Sums)> + use<> {
    let chance = Chance::from_code(heard.chance);
    let reward = f64::from(heard.since.successes) / f64::from(WINDOW);
    let sums = Sums::heard(chance.get(), reward);
    // Where there was no choice nothing is learnt of it.
    let drawn = (chance != Chance::SURE).then(|| places(heard.reason, heard.wording, learner, asked, at));
    drawn.into_iter().flatten().map(move |subject| (subject, sums))
}

/// What a learner's opinion of a wording adds to sums.
pub fn opinions(
    (reason, wording): (Reason, u8),
    chance: u8,
    opinion: f64,
    learner: &Learner,
    at: Option<Timestamp>,
) -> impl Iterator<Item = (Subject, Sums)> + use<> {
    let chance = Chance::from_code(chance);
    let sums = Sums::liked(chance.get(), opinion * OPINION);
    let drawn = (chance != Chance::SURE).then(|| places(reason, wording, learner, None, at));
    // Which language the platform asked for is not known here. Without the learner's own an opinion counts for everybody alone: in
    // another language's sums it would stand without what came after the wording.
    let known = if learner.preferences.locale.is_some() { 2 } else { 1 };
    drawn.into_iter().flatten().take(known).map(move |subject| (subject, sums))
}

/// Everybody's and the learner's own kind's.
fn places(reason: Reason, number: u8, learner: &Learner, asked: Option<Locale>, at: Option<Timestamp>) -> [Subject; 2] {
    let period = Wording::period(at.and_then(|at| u64::try_from(at.as_secs()).ok()));
    [None, Some(among(learner, asked))].map(|among| Wording { reason, number, among, period }.subject())
}

/// Whose wordings are compared: an age and a language.
fn among(learner: &Learner, asked: Option<Locale>) -> (u8, u32) {
    let language = learner.preferences.locale.or(asked).map_or(0, Locale::language);
    (learner.preferences.age_band as u8, language)
}

/// What each wording's chance is for a learner at a time.
#[must_use]
pub fn chances(
    statistics: &Snapshot,
    reason: Reason,
    count: u8,
    learner: &Learner,
    asked: Option<Locale>,
    at: Option<Timestamp>,
) -> Chances {
    let at_secs = at.and_then(|at| u64::try_from(at.as_secs()).ok());
    let period = Wording::period(at_secs);
    let known = |number, among| {
        let of = |period| statistics.get(Wording { reason, number, among, period }.subject());
        let mut sums = of(period);
        if let Some(before) = period.checked_sub(1) {
            sums += of(before);
        }
        sums
    };
    let everybody: ArrayVec<Sums, { Said::MOST_WORDINGS as usize }> =
        (0..count.min(Said::MOST_WORDINGS)).map(|number| known(number, None)).collect();
    let mut all = Sums::default();
    everybody.iter().for_each(|sums| all += *sums);
    let mean = all.worth(0.5, 1.0);
    let among = among(learner, asked);
    let heard = learner.said.last_wording(reason);
    let worth = |(number, sums): (u8, &Sums)| {
        let usual = sums.worth(mean, STRENGTH);
        let here = known(number, Some(among)).worth(usual, STRENGTH);
        let fatigue = if heard == Some(number) { fatigue(learner, reason, at_secs) } else { 0.0 };
        (here - mean - fatigue) / TEMPERATURE
    };
    shares((0..).zip(&everybody).map(worth).collect())
}

/// How much less the wording last heard is worth. If it is not among the last messages any more, it is older than all of them.
fn fatigue(learner: &Learner, reason: Reason, at_secs: Option<u64>) -> f64 {
    let spoken = &learner.said.spoken;
    let said = spoken.iter().rev().find(|spoken| spoken.reason == reason && !spoken.held_out).or(spoken.first());
    let (Some(said), Some(now)) = (said.filter(|said| said.at_secs > 0), at_secs) else { return FATIGUE };
    FATIGUE * 0.5_f64.powf(now.saturating_sub(said.at_secs) as f64 / RECOVERY_SECS)
}

/// A softmax over what is left above the floor, in whole 256ths that add up.
fn shares(worth: ArrayVec<f64, { Said::MOST_WORDINGS as usize }>) -> Chances {
    let most = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: ArrayVec<f64, { Said::MOST_WORDINGS as usize }> =
        worth.iter().map(|worth| (worth - most).exp()).collect();
    let total: f64 = weights.iter().sum();
    let free = f64::from(WHOLE - FLOOR * weights.len() as u16);
    // Each goes on where the last one ended, rounded: none gains or loses as much as one by that.
    let (mut so_far, mut end) = (0.0, 0);
    let share = |weight: &f64| {
        so_far += weight;
        let begin = std::mem::replace(&mut end, (free * so_far / total).round() as u16);
        FLOOR + end - begin
    };
    weights.iter().map(share).collect()
}

/// The wording that a number draws, and the chance it had.
#[must_use]
pub fn pick(chances: &Chances, drawn: u64) -> (u8, Chance) {
    let mut point = (drawn >> 56) as u16;
    for (number, chance) in (0..).zip(chances) {
        match point.checked_sub(*chance) {
            Some(rest) => point = rest,
            None => return (number, Chance::new(*chance)),
        }
    }
    (0, Chance::SURE)
}
