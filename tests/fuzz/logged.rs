//! Decisions as they are logged.

use std::sync::{Arc, LazyLock};

use fastrand::Rng;
use hearten::{
    engine::{Entered, Logged, Offer, Weighed},
    feedback::{Chance, Drawn, Policy, Unit as Who},
    learner::{AgeBand, Came, Followed, Learner, LogOdds, Since, Trace, Unit, WINDOW},
    messages::Catalogues,
    reason::{Placement, Reason, Verdict},
};

use super::{
    engine::{Shape, Target, odd_double, odd_number, odd_text, refused, taken},
    records::golden,
};

static TRACES: LazyLock<Vec<Trace>> = LazyLock::new(|| {
    let records = golden();
    let learners = records.iter().filter_map(|bytes| Learner::decode(bytes).ok());
    learners.flat_map(|learner| learner.traces.all()).collect()
});
static POLICY: LazyLock<Policy> = LazyLock::new(|| Policy::builtin().unwrap());
static CATALOGUES: LazyLock<Arc<Catalogues>> = LazyLock::new(Catalogues::builtin);

/// An entry of today with odd values.
fn made(rng: &mut Rng) -> Vec<u8> {
    let mut trace = rng.choice(&*TRACES).copied().unwrap_or_default();
    let reason = Reason::ALL[rng.usize(0..Reason::ALL.len())];
    if rng.bool() {
        trace.verdict = Verdict::Spoken { reason, wording: rng.u8(0..16) };
    }
    let all: Vec<_> = CATALOGUES.each().collect();
    let message = all[rng.usize(0..all.len())].say(reason, rng.u8(0..6), 3, &Default::default());
    let signals = (0..rng.usize(0..4)).map(|_| Weighed {
        head: rng.u8(..),
        name: odd_text(rng).chars().take(60).collect::<String>().into(),
        value: odd_double(rng) as f32,
        contribution: odd_double(rng) as f32,
    });
    let logged = Logged {
        trace,
        signals: signals.collect(),
        model_version: "model-1-0123abcd".to_owned(),
        policy_version: POLICY.version.to_string(),
        offer: Offer { suggestion: None, valid_secs: odd_number(rng) as u16, placement: Placement::Toast },
        rules: POLICY.rules.iter().take(rng.usize(0..16)).cloned().collect(),
        trial: rng.bool().then(|| Entered {
            drawn: Drawn {
                share: odd_number(rng) as u16,
                unit: if rng.bool() { Who::Class } else { Who::Learner },
                held_out: rng.bool(),
                chance: Chance::from_code(rng.u8(..)),
            },
            expected: Unit(rng.u8(..)),
            before: Unit(rng.u8(..)),
            ability: LogOdds::new(odd_double(rng) as f32),
            opportunity: odd_number(rng) as u32,
            age_band: AgeBand::ALL[rng.usize(0..AgeBand::ALL.len())],
            class: odd_number(rng),
        }),
        followed: (0..rng.usize(0..5)).map(|_| followed(rng, reason)).collect(),
        message: matches!(trace.verdict, Verdict::Spoken { .. }).then_some(message),
    };
    logged.encode()
}

fn followed(rng: &mut Rng, reason: Reason) -> Followed {
    let made = rng.u8(0..=WINDOW);
    let opportunities = rng.u8(0..=made);
    let (successes, rapid) = (rng.u8(0..=opportunities), rng.u8(0..=opportunities));
    let came = match rng.u8(0..3) {
        0 => Came::Return { right: rng.bool() },
        _ => Came::Opportunities(Since { made, opportunities, successes, rapid }),
    };
    Followed { number: odd_number(rng), reason, came }
}

#[test]
fn log() {
    // What the first two layouts wrote: a trace, and two lines of text.
    let old = |record: &Vec<u8>| {
        let trace = [&record[..1], &[2, 0, 0, 0x10, 0, 0, 0, 0], b"model-1-00000000\npolicy-1-00000000"].concat();
        (record[0] < 3).then_some(trace)
    };
    let seeds = golden().iter().filter_map(old).collect();
    Target { seeds, make: Some(made), ..Target::new("log", Shape::Bytes, 10_000) }.run(|input| {
        let logged = match Logged::decode(input) {
            Ok(logged) => logged,
            Err(malformed) => return refused(&format!("{malformed} {:?}", input.first())),
        };
        // Of a time when words were not kept: no such entry is written any more.
        if logged.message.is_none() && matches!(logged.trace.verdict, Verdict::Spoken { .. }) {
            return taken((input.first().copied(), logged.trace.verdict.code() >> 4));
        }
        let bytes = logged.encode();
        // Lists are counted in a byte; no list is longer than what it was read from.
        assert!(bytes.len() <= 4 * input.len() + 100, "{} bytes became {}", input.len(), bytes.len());
        let again = Logged::decode(&bytes).unwrap_or_else(|error| panic!("{error}: {logged:?}"));
        // By their bytes: some numbers are none.
        assert_eq!(again.encode(), bytes, "{logged:?}");
        let Logged { trace, rules, signals, message, .. } = &logged;
        let met = rules.iter().filter(|rule| rule.met(&trace.readings)).count();
        taken((
            input.first().copied(),
            trace.verdict.code() >> 4,
            rules.len(),
            met,
            signals.len() / 4,
            message.is_some(),
        ))
    });
}
