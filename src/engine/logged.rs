//! A decision as it is logged, if it spoke or was made by lot: whatever became of model and policy since, it can be explained.

mod trial;

use std::borrow::Cow;

use super::Offer;
use crate::{
    estimate::Signal,
    feedback::{Drawn, Level, Rule, Trigger},
    learner::{AgeBand, AllFollowed, LogOdds, Malformed, Trace, Unit, Volume},
    messages::{Direction, Message, message_id},
    reason::{Placement, Reason, Suggestion, Verdict},
};

/// A decision, and what it was made by.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged {
    /// What was decided, and on what.
    pub trace: Trace,
    /// The coefficients that were in use.
    pub model_version: String,
    /// The policy that decided.
    pub policy_version: String,
    /// What it had go with the message.
    pub offer: Offer,
    /// What its reasons asked for, best first; without caps, which explain nothing. Empty where that is not known.
    pub rules: Vec<Rule>,
    /// What the estimates were made of; empty where that is not known.
    pub signals: Vec<Weighed>,
    /// What was left to chance, where anything was, and what was known before.
    pub trial: Option<Entered>,
    /// What came of earlier decisions that were made by lot, as this event showed.
    pub followed: AllFollowed,
    /// What was said, word for word; `None` where nothing was, or that is not known.
    pub message: Option<Message>,
}

/// A decision made by lot, with what was known before it was made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entered {
    /// The lot.
    pub drawn: Drawn,
    /// How likely the next answer was to be right, 0 to 1, in 255ths.
    pub expected: Unit,
    /// How often the last answers were right, 0 to 1, in 255ths; zero where there were none.
    pub before: Unit,
    /// The learner's ability, in log-odds.
    pub ability: LogOdds,
    /// The learner's opportunities.
    pub opportunity: u32,
    /// The age that was told.
    pub age_band: AgeBand,
    /// The hash of the class; zero where none was named.
    pub class: u64,
}

/// Something seen, and what it added to an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The estimate, by its place.
    pub head: u8,
    /// What was seen.
    pub name: Cow<'static, str>,
    /// How much of it there was.
    pub value: f32,
    /// What it added to the estimate's log-odds.
    pub contribution: f32,
}

impl From<Signal> for Weighed {
    fn from(Signal { feature, head, value, contribution }: Signal) -> Self {
        Self { head: head as u8, name: Cow::Borrowed(feature.name()), value, contribution }
    }
}

/// The layout before this one had two lines of text where there are lists now.
const LISTS_SINCE: u8 = 3;
/// Before this one the words were not kept.
const WORDS_SINCE: u8 = 4;
/// Before this one nothing was left to chance.
const TRIALS_SINCE: u8 = 5;
/// Few entries are longer, in bytes.
const LONG: usize = 1024;
/// How a level is told apart: there is none, a number, a budget.
const LEVELS: [u8; 3] = [0, 1, 2];
/// Stands with a rule's volumes.
const STOPPED: u8 = 1 << 7;

impl Logged {
    /// The entry as bytes, its layout's version first.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(LONG);
        bytes.extend(self.trace.encode());
        put_text(&mut bytes, &self.model_version);
        put_text(&mut bytes, &self.policy_version);
        bytes.push(self.offer.suggestion.map_or(0, |step| step as u8));
        bytes.extend(self.offer.valid_secs.to_be_bytes());
        bytes.push(self.rules.len() as u8);
        for rule in &self.rules {
            let [none, at, alerts] = LEVELS;
            let (level, number) = match rule.level {
                None => (none, 0.0),
                Some(Level::At(threshold)) => (at, threshold),
                Some(Level::AlertsPerHour(budget)) => (alerts, budget),
            };
            let stopped = if rule.stopped { STOPPED } else { 0 };
            let volumes = rule.volumes.iter().fold(stopped, |bits, volume| bits | 1 << *volume as u8);
            bytes.extend([rule.reason() as u8, level, rule.running as u8, rule.evidence as u8, volumes]);
            bytes.extend(number.to_be_bytes());
        }
        bytes.push(self.signals.len() as u8);
        for Weighed { head, name, value, contribution } in &self.signals {
            bytes.push(*head);
            put_text(&mut bytes, name);
            bytes.extend(value.to_be_bytes());
            bytes.extend(contribution.to_be_bytes());
        }
        bytes.push(self.offer.placement as u8);
        if let Some(message) = &self.message {
            let Message { locale, text, plain_text, display_secs, reduced_motion, .. } = message;
            put_text(&mut bytes, locale);
            put_long_text(&mut bytes, text);
            put_long_text(&mut bytes, if plain_text == text { "" } else { plain_text });
            bytes.extend(display_secs.to_be_bytes());
            bytes.push((*reduced_motion).into());
        }
        self.put_trial(&mut bytes);
        bytes
    }

    /// Reads what [`Logged::encode`] wrote, in this release or any before.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let (trace, rest) = Trace::decode(bytes)?;
        let version = bytes.first().copied().unwrap_or_default();
        if version < LISTS_SINCE {
            let versions = String::from_utf8_lossy(rest);
            let (model, policy) = versions.split_once('\n').unwrap_or((&versions, ""));
            let (model_version, policy_version) = (model.to_owned(), policy.to_owned());
            let (offer, rules, signals, message) = (Offer::of_old(trace.verdict), Vec::new(), Vec::new(), None);
            let (trial, followed) = (None, AllFollowed::new());
            return Ok(Self { trace, model_version, policy_version, offer, rules, signals, trial, followed, message });
        }
        let mut rest = Rest(rest);
        let (model_version, policy_version) = (rest.text()?, rest.text()?);
        let [suggestion, valid_secs @ ..] = rest.take::<3>()?;
        let suggestion = Suggestion::ALL.into_iter().find(|step| *step as u8 == suggestion);
        let valid_secs = u16::from_be_bytes(valid_secs);
        let rules = (0..rest.byte()?).map(|_| rest.rule()).collect::<Result<_, _>>()?;
        let signals = (0..rest.byte()?).map(|_| rest.signal()).collect::<Result<_, _>>()?;
        let (placement, message) = if version < WORDS_SINCE {
            (Offer::of_old(trace.verdict).placement, None)
        } else {
            (rest.placement()?, rest.message(trace.verdict)?)
        };
        let offer = Offer { suggestion, valid_secs, placement };
        let (trial, followed) = if version < TRIALS_SINCE { (None, AllFollowed::new()) } else { rest.trial()? };
        Ok(Self { trace, model_version, policy_version, offer, rules, signals, trial, followed, message })
    }

    /// It explains a decision, and does not only tell what came of others.
    #[must_use]
    pub fn explains(&self) -> bool {
        self.trial.is_some() || matches!(self.trace.verdict, Verdict::Spoken { .. })
    }
}

/// Versions and names are far shorter than what a byte can count; of any other as many whole letters as it can.
fn put_text(bytes: &mut Vec<u8>, text: &str) {
    let end = (0..=usize::from(u8::MAX)).rev().find(|end| text.is_char_boundary(*end));
    let text = text.get(..end.unwrap_or_default()).unwrap_or_default();
    bytes.push(text.len() as u8);
    bytes.extend_from_slice(text.as_bytes());
}

/// Sentences may be longer than what a byte can count.
fn put_long_text(bytes: &mut Vec<u8>, text: &str) {
    let length = u16::try_from(text.len()).unwrap_or_default();
    bytes.extend(length.to_be_bytes());
    bytes.extend_from_slice(text.as_bytes().get(..usize::from(length)).unwrap_or_default());
}

/// What is still to be read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (head, rest) = self.0.split_first_chunk().ok_or(Malformed::Short)?;
        self.0 = rest;
        Ok(*head)
    }

    fn byte(&mut self) -> Result<u8, Malformed> {
        self.take().map(|[byte]| byte)
    }

    fn number(&mut self) -> Result<f32, Malformed> {
        self.take().map(f32::from_be_bytes)
    }

    fn text(&mut self) -> Result<String, Malformed> {
        let length = self.byte()?;
        self.text_of(length.into())
    }

    fn long_text(&mut self) -> Result<String, Malformed> {
        let length = u16::from_be_bytes(self.take()?);
        self.text_of(length.into())
    }

    fn text_of(&mut self, length: usize) -> Result<String, Malformed> {
        let (text, rest) = self.0.split_at_checked(length).ok_or(Malformed::Short)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).map_err(|_| Malformed::Value("text"))
    }

    fn rule(&mut self) -> Result<Rule, Malformed> {
        let [reason, level, running, evidence, bits] = self.take()?;
        let number = self.number()?;
        let reason = Reason::from_number(u16::from(reason)).ok_or(Malformed::Value("reason"))?;
        let [none, at, alerts] = LEVELS;
        let level = match level {
            code if code == none => None,
            code if code == at => Some(Level::At(number)),
            code if code == alerts => Some(Level::AlertsPerHour(number)),
            _ => return Err(Malformed::Value("threshold")),
        };
        let reaches = |volume: &Volume| bits >> *volume as u8 & 1 == 1;
        let volumes = Volume::SPEAKING.into_iter().filter(reaches).collect();
        let kept = Rule::kept(Trigger::of(reason), level, u32::from(running), u32::from(evidence), volumes);
        Ok(Rule { stopped: bits & STOPPED != 0, ..kept })
    }

    fn placement(&mut self) -> Result<Placement, Malformed> {
        let number = self.byte()?;
        let known = Placement::ALL.into_iter().find(|placement| *placement as u8 == number);
        known.ok_or(Malformed::Value("placement"))
    }

    /// What stands behind a decision that spoke.
    fn message(&mut self, verdict: Verdict) -> Result<Option<Message>, Malformed> {
        let Verdict::Spoken { reason, wording } = verdict else { return Ok(None) };
        let (locale, text, plain_text) = (self.text()?, self.long_text()?, self.long_text()?);
        let direction = Direction::of(&locale.parse().map_err(|_| Malformed::Value("locale"))?);
        let plain_text = if plain_text.is_empty() { text.clone() } else { plain_text };
        let (display_secs, reduced_motion) = (u16::from_be_bytes(self.take()?), self.byte()? == 1);
        let id = message_id(reason, wording);
        Ok(Some(Message { id, locale, direction, text, plain_text, display_secs, reduced_motion }))
    }

    fn signal(&mut self) -> Result<Weighed, Malformed> {
        Ok(Weighed {
            head: self.byte()?,
            name: Cow::Owned(self.text()?),
            value: self.number()?,
            contribution: self.number()?,
        })
    }
}
