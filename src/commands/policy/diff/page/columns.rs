//! How many learners hear how much: two columns a step, under A and under B.

use std::fmt::Write as _;

use crate::commands::policy::diff::rates::Rates;

const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 236.0;
const TOP: f64 = 24.0;
const BASE: f64 = 188.0;
/// More steps than these cannot be told apart.
const STEPS: usize = 14;

/// One step: its name, and how many learners are on it under A and under B.
struct Step {
    name: String,
    learners: [usize; 2],
}

pub(super) fn busiest_hour(rates: &Rates) -> String {
    let most = rates.busiest.iter().flatten().copied().max().unwrap_or(0);
    let on = |step: usize| rates.busiest.each_ref().map(|all| all.iter().filter(|count| **count == step).count());
    let steps: Vec<Step> = (0..=most).map(|step| Step { name: step.to_string(), learners: on(step) }).collect();
    columns(
        "busiest",
        "Learners by messages in their busiest hour at work",
        "messages in the busiest hour at work",
        &steps,
    )
}

pub(super) fn per_hour(rates: &Rates) -> String {
    let most = rates.per_hour.iter().flatten().copied().fold(0.0, f64::max);
    let width = [0.25, 0.5, 1.0, 2.0, 5.0].into_iter().find(|width| most / width <= STEPS as f64).unwrap_or(10.0);
    // Whoever hears nothing stands apart.
    let step = |rate: f64| (rate / width).ceil() as usize;
    let on = |at: usize| rates.per_hour.each_ref().map(|all| all.iter().filter(|rate| step(**rate) == at).count());
    let name = |at: usize| if at == 0 { "0".to_owned() } else { format!("≤ {}", at as f64 * width) };
    let steps: Vec<Step> = (0..=step(most)).map(|at| Step { name: name(at), learners: on(at) }).collect();
    columns("per-hour", "Learners by messages per hour at work", "messages per hour at work", &steps)
}

fn columns(id: &str, title: &str, axis: &str, steps: &[Step]) -> String {
    let most = steps.iter().flat_map(|step| step.learners).max().unwrap_or(0).max(1);
    let scale = (BASE - TOP) / most as f64;
    let pitch = WIDTH / steps.len().max(1) as f64;
    let column = (pitch * 0.38).min(44.0);
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{title}, under A and under B</title>\n<desc id=\"{id}-desc\">"
    );
    for Step { name, learners: [a, b] } in steps {
        let _ = write!(svg, "{name}: {a} under A, {b} under B. ");
    }
    let _ = writeln!(svg, "</desc>\n<line class=\"axis\" x1=\"0\" y1=\"{BASE}\" x2=\"{WIDTH}\" y2=\"{BASE}\"/>");
    for (place, Step { name, learners: [a, b] }) in steps.iter().enumerate() {
        let middle = pitch * (place as f64 + 0.5);
        let _ = writeln!(svg, "<text x=\"{middle:.1}\" y=\"{}\" text-anchor=\"middle\">{name}</text>", BASE + 18.0);
        for (side, count, x) in [("a", *a, middle - column), ("b", *b, middle)] {
            if count == 0 {
                continue;
            }
            let height = count as f64 * scale;
            let (y, middle) = (BASE - height, x + column / 2.0);
            let _ = writeln!(
                svg,
                "<rect class=\"{side}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\"/>\
                 <text class=\"quiet\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text>",
                column - 1.0,
                y - 5.0,
            );
        }
    }
    let (x, y) = (WIDTH / 2.0, HEIGHT - 8.0);
    let _ = writeln!(svg, "<text class=\"quiet\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{axis}</text>\n</svg>");
    svg
}
