//! Figures as tables, and as JSON.

use serde_json::{Map, Value, json};

use crate::{
    figures::{Figures, Side, Spread, Tail},
    flat::Flat,
    held::Held,
    options::Options,
    scenario::{Outcome, Turns},
};

/// What is asked for, and in which direction.
const WANTED: [(&str, &str); 6] = [
    ("unary_durable", "≥ 0.85"),
    ("stream_memory", "≥ 0.50"),
    ("stream_durable", "≥ 0.35"),
    ("batch_cpu", "≥ 3"),
    ("flat_learners", "0.8 to 1.2"),
    ("flat_history", "0.8 to 1.2"),
];

pub fn tables(figures: &Figures, options: &Options) {
    let (turns, seconds, connections) = (options.turns, options.seconds.as_secs_f64(), options.connections);
    println!("\n{turns} turns of {seconds} s each, {connections} connections, {} learners\n", options.learners);
    if !figures.outcomes.is_empty() {
        println!("As fast as answers come; medians of the turns, and their spread:\n");
        head();
        for Outcome { scenario, closed, .. } in &figures.outcomes {
            sides(&format!("{} {}×{}", scenario.name, scenario.workers, scenario.depth), closed);
        }
    }
    let scheduled: Vec<_> = figures.outcomes.iter().filter_map(|it| Some((it, it.scheduled.as_ref()?))).collect();
    if !scheduled.is_empty() {
        println!("\nOn a schedule, at half of what Hearten reaches; latencies from when each was due:\n");
        head();
        for (Outcome { scenario, .. }, (rate, turns)) in scheduled {
            sides(&format!("{} at {rate:.0}/s", scenario.name), turns);
        }
    }
    if let Some(Flat { few, many, first, late, .. }) = &figures.flat {
        println!("\n| server CPU of an event on a durable stream | µs |\n|---|---|");
        println!("| of {} learners | {} |", few.0, spread(Spread::of(few.1.iter().copied()), 2));
        println!("| of {} learners | {} |", many.0, spread(Spread::of(many.1.iter().copied()), 2));
        println!("| a learner's first {} | {} |", first.0, spread(Spread::of(first.1.iter().copied()), 2));
        println!("| from a learner's {}th on | {} |", late.0, spread(Spread::of(late.1.iter().copied()), 2));
    }
    println!("\n| ratio | median | min – max | wanted |\n|---|---|---|---|");
    for (name, Spread { median, min, max }) in figures.ratios() {
        let wanted = WANTED.iter().find(|(wanted, _)| *wanted == name).map_or("", |(_, wanted)| *wanted);
        println!("| {name} | {median:.3} | {min:.3} – {max:.3} | {wanted} |");
    }
    println!();
    if let Some([median, p99]) = figures.sync() {
        println!("4 KiB written and synced: median {median:.2} ms, p99 {p99:.2} ms");
    }
    if let Some(tail @ Tail { echo, sync, hearten }) = figures.tail() {
        let holds = if tail.holds() { "holds" } else { "does not hold" };
        let most = tail.most();
        println!("p99 of unary_durable: {hearten:.2} ms ≤ 1.5 × {echo:.2} + 2 × {sync:.2} = {most:.2} ms {holds}");
    }
    for (name, Held { fate, held, differing }) in figures.held() {
        let (named, failed) = (fate.named, fate.unnamed + fate.lost);
        println!("{name}: {named} acknowledged, {held} held, {differing} learners differ, {failed} failed");
        fate.failure.iter().for_each(|status| println!("  {status}"));
    }
}

fn head() {
    println!("| scenario | server | events/s | p50 ms | p99 ms | p99.9 ms | server CPU µs/event | reply bytes |");
    println!("|---|---|---|---|---|---|---|---|");
}

fn sides(name: &str, Turns { echo, hearten }: &Turns) {
    for (name, server, side) in [(name, "echo", Side::of(echo)), ("", "hearten", Side::of(hearten))] {
        let [p50, p99, p999] = side.latency.map(|latency| format!("{:.2}", latency.median));
        let (rate, cpu, reply) = (spread(side.rate, 0), spread(side.cpu, 2), side.reply.median);
        println!("| {name} | {server} | {rate} | {p50} | {p99} | {p999} | {cpu} | {reply:.0} |");
    }
}

fn spread(Spread { median, min, max }: Spread, digits: usize) -> String {
    format!("{median:.digits$} ({min:.digits$} – {max:.digits$})")
}

pub fn json(figures: &Figures, options: &Options) -> Value {
    let ratios = figures.ratios();
    let medians: Map<_, _> =
        ratios.iter().map(|(name, it)| ((*name).to_owned(), it.json()["median"].clone())).collect();
    let spreads: Map<_, _> = ratios.iter().map(|(name, it)| ((*name).to_owned(), it.json())).collect();
    let scenarios: Map<_, _> = figures.outcomes.iter().map(scenario).collect();
    let held: Vec<Value> = figures
        .held()
        .map(|(name, Held { fate, held, differing })| {
            let failed = fate.unnamed + fate.lost;
            json!({ "scenario": name, "acknowledged": fate.named, "held": held, "learners_differing": differing, "failed": failed })
        })
        .collect();
    json!({
        "turns": options.turns,
        "seconds": options.seconds.as_secs_f64(),
        "connections": options.connections,
        "learners": options.learners,
        "ratios": medians,
        "spreads": spreads,
        "scenarios": scenarios,
        "flat": figures.flat.as_ref().map(flat),
        "sync_ms": figures.sync().map(|[median, p99]| json!({ "median": median, "p99": p99 })),
        "unary_durable_p99": figures.tail().map(|tail| {
            json!({ "hearten_ms": tail.hearten, "echo_ms": tail.echo, "sync_ms": tail.sync, "most_ms": tail.most(), "holds": tail.holds() })
        }),
        "held": held,
    })
}

fn scenario(outcome: &Outcome) -> (String, Value) {
    let Outcome { scenario, closed, scheduled, .. } = outcome;
    let both =
        |turns: &Turns| json!({ "echo": Side::of(&turns.echo).json(), "hearten": Side::of(&turns.hearten).json() });
    let scheduled = scheduled.as_ref().map(|(rate, turns)| {
        let mut both = both(turns);
        both["offered_per_second"] = json!(rate.round());
        both
    });
    let told = json!({
        "workers": scenario.workers, "depth": scenario.depth, "durable": scenario.durable,
        "closed_loop": both(closed), "open_loop": scheduled,
    });
    (scenario.name.to_owned(), told)
}

fn flat(Flat { few, many, first, late, .. }: &Flat) -> Value {
    let spread = |values: &[f64]| Spread::of(values.iter().copied()).json();
    json!({
        "few": { "learners": few.0, "server_cpu_us_per_event": spread(&few.1) },
        "many": { "learners": many.0, "server_cpu_us_per_event": spread(&many.1) },
        "first": { "events": first.0, "server_cpu_us_per_event": spread(&first.1) },
        "late": { "from_event": late.0, "server_cpu_us_per_event": spread(&late.1) },
    })
}
