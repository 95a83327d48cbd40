//! What was measured, turn by turn, as figures.

use serde_json::{Value, json};

use crate::{
    disk::Disk,
    flat::Flat,
    held::Held,
    scenario::{Outcome, Turns},
    tally::Measure,
};

/// The middle of several turns, and how far they lie apart.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
        Self { median: f64::midpoint(low, high), min: values[0], max: values[values.len() - 1] }
    }

    pub fn json(self) -> Value {
        json!({ "median": short(self.median), "min": short(self.min), "max": short(self.max) })
    }
}

/// To five digits.
fn short(value: f64) -> f64 {
    format!("{value:.4e}").parse().unwrap()
}

/// One server in one scenario.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub rate: Spread,
    /// Milliseconds at 50, 99 and 99.9 percent.
    pub latency: [Spread; 3],
    pub cpu: Spread,
    pub reply: Spread,
}

impl Side {
    pub fn of(turns: &[Measure]) -> Self {
        let latency = |quantile| {
            Spread::of(turns.iter().map(|measure| measure.latency.value_at_quantile(quantile) as f64 / 1000.0))
        };
        Self {
            rate: Spread::of(turns.iter().map(|measure| measure.rate)),
            latency: [latency(0.5), latency(0.99), latency(0.999)],
            cpu: Spread::of(turns.iter().map(|measure| measure.cpu)),
            reply: Spread::of(turns.iter().map(|measure| measure.reply)),
        }
    }

    pub fn json(&self) -> Value {
        let [p50, p99, p999] = self.latency.map(Spread::json);
        json!({
            "events_per_second": self.rate.json(),
            "p50_ms": p50, "p99_ms": p99, "p999_ms": p999,
            "server_cpu_us_per_event": self.cpu.json(),
            "reply_bytes": short(self.reply.median),
        })
    }
}

/// What is asked of the 99th percentile: no more than half as much again as the echo's and two syncs.
#[derive(Clone, Copy, Debug)]
pub struct Tail {
    pub echo: f64,
    pub sync: f64,
    pub hearten: f64,
}

impl Tail {
    pub fn most(&self) -> f64 {
        1.5 * self.echo + 2.0 * self.sync
    }

    pub fn holds(&self) -> bool {
        self.hearten <= self.most()
    }
}

/// Everything.
pub struct Figures {
    pub outcomes: Vec<Outcome>,
    pub flat: Option<Flat>,
    pub disk: Disk,
}

impl Figures {
    /// Each ratio by its name.
    pub fn ratios(&self) -> Vec<(&'static str, Spread)> {
        let pairs =
            |above: &[f64], below: &[f64]| Spread::of(above.iter().zip(below).map(|(above, below)| above / below));
        let rates = |turns: &[Measure]| turns.iter().map(|measure| measure.rate).collect::<Vec<_>>();
        let cpus = |turns: &[Measure]| turns.iter().map(|measure| measure.cpu).collect::<Vec<_>>();
        let mut ratios: Vec<_> = self
            .outcomes
            .iter()
            .map(|Outcome { scenario, closed: Turns { echo, hearten }, .. }| {
                (scenario.name, pairs(&rates(hearten), &rates(echo)))
            })
            .collect();
        if let (Some(unary), Some(batch)) = (self.of("unary_durable"), self.of("batch_durable")) {
            ratios.push(("batch_cpu", pairs(&cpus(&unary.closed.hearten), &cpus(&batch.closed.hearten))));
        }
        if let Some(Flat { few, many, first, late, .. }) = &self.flat {
            ratios.push(("flat_learners", pairs(&many.1, &few.1)));
            ratios.push(("flat_history", pairs(&late.1, &first.1)));
        }
        ratios
    }

    fn of(&self, name: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.scenario.name == name)
    }

    /// Milliseconds of a sync, at 50 and 99 percent; `None` where nothing was durable.
    pub fn sync(&self) -> Option<[f64; 2]> {
        let at = |quantile| self.disk.syncs.value_at_quantile(quantile) as f64 / 1000.0;
        (!self.disk.syncs.is_empty()).then(|| [at(0.5), at(0.99)])
    }

    pub fn tail(&self) -> Option<Tail> {
        let Turns { echo, hearten } = &self.of("unary_durable")?.closed;
        let p99 = |turns: &[Measure]| Side::of(turns).latency[1].median;
        Some(Tail { echo: p99(echo), sync: self.sync()?[0], hearten: p99(hearten) })
    }

    /// What each server holds, and of whom.
    pub fn held(&self) -> impl Iterator<Item = (&'static str, &Held)> {
        let scenarios = self.outcomes.iter().map(|outcome| (outcome.scenario.name, &outcome.held));
        scenarios.chain(self.flat.iter().flat_map(|flat| flat.held.iter().map(|held| ("flat", held))))
    }
}
