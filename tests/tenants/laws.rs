//! Three tenants on one server, and each of them on a server of its own.

use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use hearten::{
    engine::{Error, Options, Reply, RuleBook},
    event::Event,
    reason::Verdict,
};
use proptest::test_runner::{Config, TestRunner};

use super::{
    LEARNERS, TENANTS, key,
    server::{Place, RULES, Server, profiled, told},
    steps::{Step, What, event, preferences, steps},
};

/// What a tenant has seen of a server.
#[derive(Default)]
struct Seen {
    events: Vec<(usize, Event)>,
    decisions: Vec<String>,
    /// By learner: the last answer, and when.
    last: HashMap<usize, (Reply, i64)>,
}

struct Worlds {
    shared: Server,
    alone: Vec<Server>,
    seen: Vec<Seen>,
    usual: usize,
    own: Vec<Option<usize>>,
    now: i64,
}

/// How often something happened that could have gone wrong.
type Counts = BTreeMap<&'static str, u64>;

impl Worlds {
    fn new(durable: bool) -> Self {
        let (usual, own) = (0, vec![None, Some(1), Some(3)]);
        let alone = own.iter().map(|own| Server::new(Place::new(durable), RULES[own.unwrap_or(usual)].clone().into()));
        let alone = alone.collect();
        let shared = Server::new(Place::new(durable), book(usual, &own));
        let seen = TENANTS.iter().map(|_| Seen::default()).collect();
        Self { shared, alone, seen, usual, own, now: 0 }
    }

    fn rules(&self, tenant: usize) -> RuleBook {
        RULES[self.own[tenant].unwrap_or(self.usual)].clone().into()
    }

    fn step(&mut self, step: &Step, counts: &mut Counts) {
        self.now += step.gap_ms;
        match step.what {
            What::Renew => {
                let quiet = super::at(self.now + 1);
                self.each(|server| {
                    server.engine().renew_statistics();
                    server.engine().let_go(hearten::event::Timestamp::default(), quiet);
                });
            }
            What::LetGo => {
                let before = super::at(self.now + 1);
                self.each(|server| {
                    server.engine().let_go(before, before);
                });
            }
            What::Restart => {
                self.shared.restart(book(self.usual, &self.own));
                for tenant in 0..TENANTS.len() {
                    let rules = self.rules(tenant);
                    self.alone[tenant].restart(rules);
                }
            }
            What::Own(rules) => {
                self.own[step.tenant] = rules;
                self.shared.engine().adopt(book(self.usual, &self.own));
                self.alone[step.tenant].engine().adopt(self.rules(step.tenant));
            }
            What::Usual(rules) => {
                self.usual = rules;
                self.shared.engine().adopt(book(self.usual, &self.own));
                for tenant in (0..TENANTS.len()).filter(|tenant| self.own[*tenant].is_none()) {
                    self.alone[tenant].engine().adopt(self.rules(tenant));
                }
            }
            _ => self.asked(step, counts),
        }
    }

    fn each(&self, act: impl Fn(&Server)) {
        self.alone.iter().chain([&self.shared]).for_each(act);
    }

    /// Asks both servers the same, as one tenant.
    fn asked(&mut self, step: &Step, counts: &mut Counts) {
        let (now, tenant) = (self.now, TENANTS[step.tenant]);
        let seen = &mut self.seen[step.tenant];
        let key = key(tenant, LEARNERS[step.learner]);
        let servers = [&self.shared, &self.alone[step.tenant]];
        let mut reply = None;
        let mut same = |what: &'static str, ask: &dyn Fn(&Server) -> String| {
            let [shared, alone] = servers.map(ask);
            assert_eq!(shared, alone, "{what} of {tenant}");
            *counts.entry(what).or_default() += 1;
        };
        let answered = RefCell::new(None);
        let submit = |server: &Server, event: &Event, dry_run: bool| {
            let options = Options { signals: true, dry_run, ..Options::default() };
            let answer = server.submit(&key, event, options, now);
            let text = told(&answer);
            answered.replace(answer.ok());
            text
        };
        match &step.what {
            What::Event { item, class, action, dry_run } => {
                let event = event(key.learner(), seen.events.len(), (*item, *class, *action), now);
                same("an event", &|server| submit(server, &event, *dry_run));
                if !dry_run {
                    reply = answered.take();
                    seen.events.push((step.learner, event));
                }
            }
            What::Again(back) => {
                if let Some((_, event)) = seen.events.iter().rev().filter(|(who, _)| *who == step.learner).nth(*back) {
                    same("an event sent again", &|server| submit(server, event, false));
                }
            }
            What::Reused(back) => {
                if let Some((_, old)) = seen.events.iter().rev().filter(|(who, _)| *who == step.learner).nth(*back) {
                    let other = Event { item: Some(99), skills: [9].into_iter().collect(), ..old.clone() };
                    same("an id used again", &|server| submit(server, &other, false));
                }
            }
            What::Repeat => same("a repetition", &|server| told(&server.repeat(&key, now))),
            What::Quiet => {
                if let Some((last, at)) = seen.last.get(&step.learner) {
                    let due = at + last.patience_ms.unwrap_or(60_000);
                    same("a quiet learner", &|server| {
                        let nudge = server.nudge(&key, last.sequence, due);
                        answered.replace(nudge.clone());
                        nudge.map_or("nothing".to_owned(), |nudge| told(&Ok(nudge)))
                    });
                    if let Some(nudge) = answered.take() {
                        seen.decisions.extend(nudge.decision.map(|decision| decision.name()));
                        *counts.entry("a nudge").or_default() += 1;
                    }
                }
            }
            What::Report(back, outcome) => {
                if let Some(id) = seen.decisions.iter().rev().nth(*back) {
                    same("a report", &|server| match server.report(tenant, id, *outcome, now) {
                        Ok(reported) => format!("{reported:?}"),
                        Err(error) => error.to_string(),
                    });
                }
            }
            What::Explain(back) => {
                if let Some(id) = seen.decisions.iter().rev().nth(*back) {
                    same("an explanation", &|server| match server.explain(tenant, id, now) {
                        Ok(explained) => format!("{explained:?}"),
                        Err(error) => error.to_string(),
                    });
                }
            }
            What::Profile => same("a profile", &|server| profiled(&server.profile(&key, now))),
            What::Class => same("a class", &|server| server.class(&key, now).to_string()),
            What::Prefer(locale, volume) => {
                let wanted = preferences(*locale, *volume);
                same("a preference", &|server| format!("{:?}", server.prefer(&key, &wanted, now)));
            }
            What::Struggling(class) => {
                same("a list", &|server| format!("{:?}", server.struggling(tenant, *class, now)));
                let listed = self.shared.struggling(tenant, *class, now).len() as u64;
                *counts.entry("somebody listed").or_default() += listed;
            }
            What::Batch => {
                let theirs: Vec<&Event> =
                    seen.events.iter().filter(|(who, _)| *who == step.learner).map(|(_, event)| event).collect();
                same("a batch", &|server| format!("{:?}", server.taken_before(&key, &theirs, now)));
            }
            _ => {}
        }
        if let Some(reply) = reply {
            let counted = if reply.report.statistics_version > 0 { "with statistics" } else { "without statistics" };
            *counts.entry(counted).or_default() += 1;
            if let Some(decision) = &reply.decision {
                let speaks = matches!(decision.verdict, Verdict::Spoken { .. });
                *counts.entry("a message").or_default() += u64::from(speaks);
                seen.decisions.push(decision.name());
            }
            seen.last.insert(step.learner, (reply, now));
        }
    }

    /// What nobody asked for: the sums, and each other's decisions.
    fn compare(&self, counts: &mut Counts) {
        let sums = self.shared.sums();
        let mut found = 0;
        for (tenant, alone) in TENANTS.iter().zip(&self.alone) {
            let theirs: Vec<_> = sums.iter().filter(|(of, ..)| **of == **tenant).cloned().collect();
            assert_eq!(theirs, alone.sums(), "sums of {tenant}");
            found += theirs.len();
        }
        assert_eq!(found, sums.len(), "sums of nobody");
        let unmade = Error::UnknownDecision.to_string();
        for (owner, seen) in self.seen.iter().enumerate() {
            for (place, id) in seen.decisions.iter().enumerate() {
                for (_, other) in TENANTS.iter().enumerate().filter(|(other, _)| *other != owner) {
                    let explained = self.shared.explain(other, id, self.now).map(drop);
                    let reported = self.shared.report(other, id, hearten::reason::Outcome::Shown, self.now).map(drop);
                    for answer in [explained, reported] {
                        assert_eq!(answer.unwrap_err().to_string(), unmade, "decision {place}");
                        *counts.entry("a decision of another").or_default() += 1;
                    }
                }
            }
        }
    }
}

fn book(usual: usize, own: &[Option<usize>]) -> RuleBook {
    let own = TENANTS.iter().zip(own).filter_map(|(tenant, own)| Some((tenant, (*own)?)));
    own.fold(RuleBook::new(RULES[usual].clone()), |book, (tenant, own)| {
        book.with(Arc::from(*tenant), RULES[own].clone())
    })
}

/// Lives through random histories; returns how often what happened.
fn live(cases: u32, durable: bool) -> Counts {
    // A failing history is printed whole. On disk each try to shorten one opens four stores.
    let max_shrink_iters = if durable { 5 } else { 100 };
    let default = Config { failure_persistence: None, max_shrink_iters, ..Config::default() };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    let counts = RefCell::new(Counts::new());
    TestRunner::new(Config { cases, ..default })
        .run(&steps(), |steps| {
            let mut worlds = Worlds::new(durable);
            steps.iter().for_each(|step| worlds.step(step, &mut counts.borrow_mut()));
            worlds.compare(&mut counts.borrow_mut());
            Ok(())
        })
        .unwrap();
    counts.into_inner()
}

/// What has to have happened often for the comparison to mean something.
fn check(counts: &Counts, least: u64) {
    let happened = ["a message", "a nudge", "somebody listed", "with statistics", "an event sent again", "a report"];
    for what in happened {
        assert!(counts.get(what).is_some_and(|count| *count >= least), "{what}: {counts:#?}");
    }
}

#[test]
fn each_tenant_is_answered_as_if_it_were_alone() {
    check(&live(96, false), 50);
}

#[test]
fn and_so_it_is_on_disk_and_after_every_restart() {
    check(&live(8, true), 1);
}
