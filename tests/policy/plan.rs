//! Policies as tests write them: by hand for one promise, or at random, and always as a file that is read.

use std::fmt;

use hearten::{
    feedback::{Policy, Trigger},
    reason::{Kind, Reason},
};
use proptest::{option::weighted as maybe, prelude::*, sample::subsequence};

/// A policy file in the making.
#[derive(Clone)]
pub struct Plan {
    pub shadow: bool,
    pub cooldown: u32,
    pub pause_secs: u32,
    pub encouragements_per_session: u32,
    pub per_hour: u32,
    pub per_day: u32,
    pub dismissals: Option<u32>,
    pub dismissed_per_day: Option<u32>,
    pub valid_secs: u32,
    pub stale_secs: u32,
    /// In minutes from midnight.
    pub quiet_hours: Option<(u16, u16)>,
    pub rules: Vec<Planned>,
}

/// One reason of it.
#[derive(Clone, Debug)]
pub struct Planned {
    pub reason: Reason,
    pub enabled: bool,
    pub priority: u32,
    pub threshold: Option<f32>,
    pub alerts_per_hour: Option<f32>,
    pub running: u32,
    pub evidence: u32,
    pub cooldown: u32,
    pub per_session: Option<u32>,
    pub per_hour: Option<u32>,
    pub per_day: Option<u32>,
    pub volumes: Vec<&'static str>,
}

impl Plan {
    /// Only these reasons, at the lowest threshold there is, and as little restraint as a policy can have.
    pub fn only(reasons: &[Reason]) -> Self {
        let rules = Reason::ALL.into_iter().zip(1..).map(|(reason, priority)| Planned {
            enabled: reasons.contains(&reason),
            threshold: Trigger::of(reason).measure.as_ref().map(|measure| measure.range.0),
            ..Planned::lax(reason, priority)
        });
        Self {
            shadow: false,
            cooldown: 0,
            pause_secs: 0,
            encouragements_per_session: 10,
            per_hour: 10,
            per_day: 10,
            dismissals: Some(0),
            dismissed_per_day: None,
            valid_secs: 60,
            stale_secs: 60,
            quiet_hours: None,
            rules: rules.collect(),
        }
    }

    pub fn with(mut self, reason: Reason, change: impl FnOnce(&mut Planned)) -> Self {
        change(self.rules.iter_mut().find(|rule| rule.reason == reason).unwrap());
        self
    }

    pub fn policy(&self) -> Policy {
        Policy::parse(&self.to_string()).unwrap()
    }
}

impl Planned {
    fn lax(reason: Reason, priority: u32) -> Self {
        Self {
            reason,
            enabled: true,
            priority,
            threshold: None,
            alerts_per_hour: None,
            running: 1,
            evidence: 0,
            cooldown: 0,
            per_session: None,
            per_hour: None,
            per_day: None,
            volumes: Self::volumes(reason).to_vec(),
        }
    }

    fn volumes(reason: Reason) -> &'static [&'static str] {
        match reason.kind() {
            Kind::Celebration => &["celebrations-only", "quiet", "normal"],
            Kind::Encouragement => &["quiet", "normal"],
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { shadow, cooldown, pause_secs, encouragements_per_session, per_hour, per_day, .. } = self;
        let Self { valid_secs, stale_secs, .. } = self;
        writeln!(f, "layout = 1\nname = \"random-1\"\nshadow = {shadow}\n\n[restraint]\ncooldown = {cooldown}")?;
        writeln!(f, "pause_secs = {pause_secs}\nencouragements_per_session = {encouragements_per_session}")?;
        writeln!(f, "per_hour = {per_hour}\nper_day = {per_day}\nstuck_floor_secs = 5")?;
        writeln!(f, "valid_secs = {valid_secs}\nstale_secs = {stale_secs}")?;
        let dismissals = [("dismissals", self.dismissals), ("dismissed_per_day", self.dismissed_per_day)];
        for (name, number) in dismissals.into_iter().filter_map(|(name, number)| Some((name, number?))) {
            writeln!(f, "{name} = {number}")?;
        }
        if let Some((from, until)) = self.quiet_hours {
            let time = |minute| format!("\"{:02}:{:02}\"", minute / 60, minute % 60);
            writeln!(f, "quiet_hours = {{ from = {}, until = {} }}", time(from), time(until))?;
        }
        writeln!(f, "\n[attention]\nfrustration_high_for = 10")?;
        writeln!(f, "wheel_spinning = 0.75\nwheel_spinning_opportunities = 8")?;
        self.rules.iter().try_for_each(|rule| write!(f, "{rule}"))
    }
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { enabled, priority, evidence, cooldown, volumes, .. } = self;
        writeln!(f, "\n[reasons.{}]\nenabled = {enabled}\npriority = {priority}", self.reason.name())?;
        writeln!(f, "evidence = {evidence}\ncooldown = {cooldown}\nvolumes = {volumes:?}")?;
        if self.running > 1 {
            writeln!(f, "running = {}", self.running)?;
        }
        let levels = [("threshold", self.threshold), ("alerts_per_hour", self.alerts_per_hour)];
        for (name, level) in levels.into_iter().filter_map(|(name, level)| Some((name, level?))) {
            writeln!(f, "{name} = {level}")?;
        }
        let caps = [("per_session", self.per_session), ("per_hour", self.per_hour), ("per_day", self.per_day)];
        for (name, cap) in caps.into_iter().filter_map(|(name, cap)| Some((name, cap?))) {
            writeln!(f, "{name} = {cap}")?;
        }
        Ok(())
    }
}

/// A failing policy is printed as the file it is.
impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{self}")
    }
}

/// Mostly talkative policies: one that never speaks keeps every promise.
pub fn plan() -> impl Strategy<Value = Plan> {
    let numbers = (cooldown(), prop_oneof![2 => Just(0), 2 => 1..600u32, 1 => 600..=86_400u32], cap(), cap(), cap());
    let dismissals = (maybe(0.7, 0..=3u32), maybe(0.7, 1..=10u32));
    let spans = (5..=3600u32, prop_oneof![4 => 1..600u32, 1 => 600..=86_400u32]);
    let quiet_hours = maybe(0.3, (0..1440u16, 1..1440u16)).prop_map(|hours| {
        hours.map(|(from, length)| (from, (from + length) % 1440)) // never empty
    });
    let rules = Reason::ALL.into_iter().map(planned).collect::<Vec<_>>();
    let priorities = Just((1..=100).collect::<Vec<u32>>()).prop_shuffle();
    (numbers, dismissals, spans, quiet_hours, rules, priorities).prop_map(
        |(numbers, dismissals, spans, quiet_hours, mut rules, priorities)| {
            rules.iter_mut().zip(priorities).for_each(|(rule, priority)| rule.priority = priority);
            let (cooldown, pause_secs, encouragements_per_session, per_hour, per_day) = numbers;
            let ((dismissals, dismissed_per_day), (valid_secs, stale_secs)) = (dismissals, spans);
            let shadow = false;
            Plan {
                shadow,
                cooldown,
                pause_secs,
                encouragements_per_session,
                per_hour,
                per_day,
                dismissals,
                dismissed_per_day,
                valid_secs,
                stale_secs,
                quiet_hours,
                rules,
            }
        },
    )
}

fn cooldown() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0), 6 => 1..8u32, 1 => 8..=1000u32]
}

/// On all reasons.
fn cap() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(0), 9 => 1..=10u32]
}

fn own_cap() -> impl Strategy<Value = Option<u32>> {
    maybe(0.3, prop_oneof![3 => 1..3u32, 1 => 3..=10u32])
}

fn planned(reason: Reason) -> BoxedStrategy<Planned> {
    let measure = Trigger::of(reason).measure.as_ref();
    let watched = measure.is_some_and(|measure| measure.watched.is_some());
    // Where in its range, squared: most thresholds are easily met.
    let level = (prop::bool::weighted(if watched { 0.3 } else { 0.0 }), 0.0..=1.0f32, 0.1..=12.0f32);
    let running =
        if watched { prop_oneof![2 => Just(1), 2 => 2..4u32, 1 => 4..=15u32].boxed() } else { Just(1).boxed() };
    let evidence = prop_oneof![3 => 0..6u32, 1 => 6..=32u32];
    let caps = (own_cap(), own_cap(), own_cap());
    let volumes = Planned::volumes(reason);
    let volumes = subsequence(volumes, 1..=volumes.len());
    let rest = (prop::bool::weighted(0.8), evidence, cooldown(), volumes);
    (level, running, caps, rest)
        .prop_map(move |((budgeted, place, budget), running, (per_session, per_hour, per_day), rest)| {
            let (enabled, evidence, cooldown, volumes) = rest;
            let (least, most) = measure.map_or((0.0, 0.0), |measure| measure.range);
            let low = measure.is_some_and(|measure| measure.low);
            let at = |place: f32| least + (most - least) * if low { 1.0 - place * place } else { place * place };
            Planned {
                enabled,
                threshold: (measure.is_some() && !budgeted).then(|| at(place)),
                alerts_per_hour: budgeted.then_some(budget),
                running,
                evidence,
                cooldown,
                per_session,
                per_hour,
                per_day,
                volumes,
                ..Planned::lax(reason, 1)
            }
        })
        .boxed()
}
