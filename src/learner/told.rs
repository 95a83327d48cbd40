//! A record in names and values, for the learner it is about. Every part is taken to pieces, so that a new field cannot be left
//! out without the compiler saying so.

use super::{
    Attention, Clock, Follow, Gauge, LastAnswer, Learner, Locale, Mood, Opportunity, Pace, Place, Preferences,
    Progress, Reading, Report, Said, Session, Since, Skill, Spoken, Trace, Watch,
};
use crate::{
    event::Timestamp,
    reason::{Reason, Verdict},
};

/// One thing a record remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What it is; parts of a part after a dot, places in a list from 1.
    pub name: String,
    /// What it says.
    pub value: Value,
}

/// What a record can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number, or how much of something.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A name or a hash.
    Text(String),
    /// When, in whole seconds since 1970.
    At(u64),
}

/// What the estimates are called.
const HEADS: [&str; 4] = ["frustration", "confidence", "disengagement", "wheel_spinning"];

impl Learner {
    /// All that the record remembers, in the order of its parts.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        let mut list = List::default();
        let Self { sequence, changes, rules, before, clock, seen, nudges, session, progress, place, .. } = self;
        list.number("sequence", *sequence as f64);
        list.number("changes", *changes as f64);
        list.hash("rules", u64::from(*rules));
        list.hash("before", u64::from(*before));
        let Clock { last_at, active_ms, device, device_at, device_seq } = clock;
        list.at("clock.last_at", *last_at);
        list.number("clock.active_seconds", *active_ms as f64 / 1000.0);
        list.hash("clock.device", u64::from(*device));
        list.at("clock.device_at", *device_at);
        list.number("clock.device_seq", *device_seq as f64);
        for (n, event) in (1..).zip(seen) {
            list.hash(&format!("seen.{n}"), event.0);
        }
        list.hash("nudges", u64::from(*nudges));
        list.session(session);
        list.progress(progress);
        list.place(place);
        let Self { pace, gauges, skills, attempts, moods, reports, watches, said, preferences, follows, .. } = self;
        let Pace { offset, known } = pace;
        list.number("pace.offset", offset.get().into());
        list.number("pace.known", (*known).into());
        for gauge in Gauge::ALL {
            for (name, value) in gauge.names().into_iter().zip(gauges.get(gauge)) {
                list.number(&format!("gauge.{name}"), value.into());
            }
        }
        for (n, skill) in (1..).zip(skills) {
            list.skill(n, skill);
        }
        for (n, attempt) in (1..).zip(attempts) {
            let Opportunity { item, skill, correct, first, hint } = attempt;
            list.hash(&format!("attempt.{n}.item"), u64::from(*item));
            list.hash(&format!("attempt.{n}.skill"), u64::from(*skill));
            list.flag(&format!("attempt.{n}.correct"), *correct);
            list.flag(&format!("attempt.{n}.first"), *first);
            list.flag(&format!("attempt.{n}.hint"), *hint);
        }
        for (name, Mood { score, usual, level, high_for }) in HEADS.iter().zip(moods) {
            list.number(&format!("{name}.score"), score.get().into());
            list.number(&format!("{name}.usual"), usual.get().into());
            list.text(&format!("{name}.level"), format!("{level:?}").to_lowercase());
            list.number(&format!("{name}.high_for"), (*high_for).into());
        }
        for (name, Report { intensity, left }) in HEADS.iter().zip(reports) {
            list.number(&format!("{name}.reported"), intensity.get().into());
            list.number(&format!("{name}.reported_for"), (*left).into());
        }
        for (name, Watch { running, threshold }) in [HEADS[0], HEADS[1], HEADS[3]].iter().zip(watches) {
            list.number(&format!("{name}.running"), (*running).into());
            list.number(&format!("{name}.threshold"), f64::from(*threshold) / f64::from(u16::MAX));
        }
        list.said(said);
        list.preferences(preferences);
        list.follows(follows);
        let Self { class, attention, traces, .. } = self;
        list.hash("class", *class);
        if let Some(Attention { reason, since_secs, skill }) = attention {
            list.text("attention.reason", reason.name().to_owned());
            list.secs("attention.since", *since_secs);
            list.hash("attention.skill", u64::from(*skill));
        }
        for (n, trace) in (1..).zip(traces.all()) {
            list.trace(n, &trace);
        }
        list.0
    }
}

#[derive(Default)]
struct List(Vec<Told>);

impl List {
    fn add(&mut self, name: &str, value: Value) {
        self.0.push(Told { name: name.to_owned(), value });
    }

    fn number(&mut self, name: &str, value: f64) {
        self.add(name, Value::Number(value));
    }

    fn flag(&mut self, name: &str, value: bool) {
        self.add(name, Value::Flag(value));
    }

    fn text(&mut self, name: &str, value: String) {
        self.add(name, Value::Text(value));
    }

    /// What is kept of an id or of contents; zero is none.
    fn hash(&mut self, name: &str, hash: u64) {
        if hash != 0 {
            self.text(name, format!("{hash:x}"));
        }
    }

    fn secs(&mut self, name: &str, secs: u64) {
        if secs != 0 {
            self.add(name, Value::At(secs));
        }
    }

    fn at(&mut self, name: &str, at: Option<Timestamp>) {
        self.secs(name, at.map_or(0, |at| u64::try_from(at.as_secs()).unwrap_or_default()));
    }

    fn session(&mut self, session: &Session) {
        let Session { id, started_at, opportunities, nudges, ended, untold, break_proposed_at } = session;
        self.hash("session.id", u64::from(*id));
        self.at("session.started_at", *started_at);
        self.number("session.opportunities", (*opportunities).into());
        self.number("session.nudges", (*nudges).into());
        self.flag("session.ended", *ended);
        self.flag("session.untold", *untold);
        self.at("session.break_proposed_at", *break_proposed_at);
    }

    fn progress(&mut self, progress: &Progress) {
        let Progress { attempts, opportunities, successes, recent_rate, rate, ability, recent_ability, last, .. } =
            progress;
        for (name, count) in [("attempts", attempts), ("opportunities", opportunities), ("successes", successes)] {
            self.number(&format!("progress.{name}"), (*count).into());
        }
        self.number("progress.recent_rate", recent_rate.get().into());
        self.number("progress.rate", rate.get().into());
        self.number("progress.ability", ability.get().into());
        self.number("progress.recent_ability", recent_ability.get().into());
        let LastAnswer { known, correct, expected, slowness } = last;
        if *known {
            self.flag("progress.last.correct", *correct);
            self.number("progress.last.expected", expected.get().into());
            self.number("progress.last.slowness", f64::from(*slowness) / 16.0);
        }
        let Progress { form, error_run, slump, success_run, best_run, run_surprise, error_item, improved_at, .. } =
            progress;
        self.number("progress.form", (*form).into());
        self.number("progress.error_run", (*error_run).into());
        self.number("progress.slump", (*slump).into());
        self.number("progress.success_run", (*success_run).into());
        self.number("progress.best_run", (*best_run).into());
        self.number("progress.run_surprise", run_surprise.get().into());
        self.hash("progress.error_item", u64::from(*error_item));
        self.number("progress.improved_at", (*improved_at).into());
    }

    fn place(&mut self, place: &Place) {
        let Place { item, since, errors, hints, given_away, opened, closed, hidden, interrupted, nudged, faulty } =
            place;
        self.hash("place.item", u64::from(*item));
        self.at("place.since", *since);
        self.number("place.errors", (*errors).into());
        self.number("place.hints", (*hints).into());
        let flags = [
            ("given_away", given_away),
            ("opened", opened),
            ("closed", closed),
            ("hidden", hidden),
            ("interrupted", interrupted),
            ("nudged", nudged),
            ("faulty", faulty),
        ];
        flags.into_iter().for_each(|(name, flag)| self.flag(&format!("place.{name}"), *flag));
    }

    fn skill(&mut self, n: usize, skill: &Skill) {
        let Skill { id, opportunities, successes, ability, run, mastered } = skill;
        self.hash(&format!("skill.{n}.id"), u64::from(*id));
        self.number(&format!("skill.{n}.opportunities"), (*opportunities).into());
        self.number(&format!("skill.{n}.successes"), (*successes).into());
        self.number(&format!("skill.{n}.ability"), ability.get().into());
        self.number(&format!("skill.{n}.run"), (*run).into());
        self.flag(&format!("skill.{n}.mastered"), *mastered);
    }

    fn said(&mut self, said: &Said) {
        let Said { wordings, dismissals, spoken } = said;
        for reason in Reason::ALL {
            let of = |counts: &[u8; 15]| counts.get(reason as usize - 1).copied().unwrap_or_default();
            if of(wordings) != 0 {
                self.number(&format!("said.wording.{}", reason.name()), of(wordings).into());
            }
            if of(dismissals) != 0 {
                self.number(&format!("said.dismissals.{}", reason.name()), of(dismissals).into());
            }
        }
        for (n, message) in (1..).zip(spoken) {
            let Spoken { sequence, reason, at_secs, active_secs, opportunity, outcome, in_session, held_out } = message;
            self.number(&format!("said.{n}.sequence"), *sequence as f64);
            self.text(&format!("said.{n}.reason"), reason.name().to_owned());
            self.secs(&format!("said.{n}.at"), *at_secs);
            self.number(&format!("said.{n}.active_seconds"), *active_secs as f64);
            self.number(&format!("said.{n}.opportunity"), (*opportunity).into());
            self.flag(&format!("said.{n}.in_session"), *in_session);
            if *held_out {
                self.flag(&format!("said.{n}.held_out"), true);
            }
            if let Some(outcome) = outcome {
                self.text(&format!("said.{n}.outcome"), outcome.name().to_owned());
            }
        }
    }

    fn follows(&mut self, follows: &[Follow]) {
        for (n, Follow { number, wording, chance, skill, since }) in (1..).zip(follows) {
            self.number(&format!("trial.{n}.decision"), *number as f64);
            self.number(&format!("trial.{n}.wording"), wording.map_or(0.0, |wording| f64::from(wording) + 1.0));
            self.hash(&format!("trial.{n}.skill"), u64::from(*skill));
            if let Some(Since { made, opportunities, successes, rapid }) = since {
                self.number(&format!("trial.{n}.chance"), f64::from(*chance));
                self.number(&format!("trial.{n}.made"), (*made).into());
                self.number(&format!("trial.{n}.opportunities"), (*opportunities).into());
                self.number(&format!("trial.{n}.successes"), (*successes).into());
                self.number(&format!("trial.{n}.rapid"), (*rapid).into());
            }
        }
    }

    fn preferences(&mut self, preferences: &Preferences) {
        let Preferences { locale, volume, age_band, reduced_motion, extended_time, time_zone } = preferences;
        self.text("preferences.locale", locale.as_ref().map_or("", Locale::as_str).to_owned());
        self.text("preferences.volume", volume.name().to_owned());
        self.text("preferences.age_band", age_band.name().to_owned());
        self.flag("preferences.reduced_motion", *reduced_motion);
        self.flag("preferences.extended_time", *extended_time);
        self.text("preferences.time_zone", time_zone.as_ref().map_or("", |zone| zone.name()).to_owned());
    }

    fn trace(&mut self, n: usize, trace: &Trace) {
        let Trace { sequence, at_secs, verdict, held, readings, statistics } = trace;
        self.number(&format!("decision.{n}.sequence"), *sequence as f64);
        self.secs(&format!("decision.{n}.at"), at_secs.unwrap_or_default());
        let verdict = match verdict {
            Verdict::Undecided => "undecided".to_owned(),
            Verdict::Spoken { reason, .. } => format!("spoken {}", reason.name()),
            Verdict::Silent { cause, instead_of: None } => format!("silent {}", cause.name()),
            Verdict::Silent { cause, instead_of: Some(reason) } => {
                format!("silent {}: {}", cause.name(), reason.name())
            }
        };
        self.text(&format!("decision.{n}.verdict"), verdict);
        if let Some(held) = held {
            self.text(&format!("decision.{n}.held"), format!("{:?} {}", held.limit, held.wait));
        }
        for reading in Reading::ALL {
            let value = readings.get(reading);
            if value != 0.0 {
                self.number(&format!("decision.{n}.{}", reading.name()), value.into());
            }
        }
        self.number(&format!("decision.{n}.statistics"), *statistics as f64);
    }
}
