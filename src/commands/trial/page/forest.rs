//! Effects and their intervals on one scale, a line each.

use std::{borrow::Cow, fmt::Write as _};

use hearten::trial::{Effect, Told, Verdict};

use crate::commands::markup::escape;

const WIDTH: f64 = 880.0;
/// For names on the left, and for verdicts on the right.
const LEFT: f64 = 300.0;
const RIGHT: f64 = 130.0;
const STEP: f64 = 24.0;
/// Letters that fit on the left.
const ROOM: usize = 42;
/// For the numbers of the scale.
const FOOT: f64 = 26.0;
/// An interval that reaches so many times as far as the middle one is cut off, with an arrow.
const FAR: f64 = 4.0;

/// One line.
pub(super) struct Row<'a> {
    pub name: String,
    pub told: &'a Told,
}

/// `id` is the page's own for this plot.
pub(super) fn forest(id: &str, title: &str, rows: &[Row<'_>]) -> String {
    let reach = reach(rows);
    let height = STEP * rows.len() as f64 + FOOT;
    let title = escape(title);
    let mut svg = format!(
        "<figure>\n<figcaption>{title}</figcaption>\n\
         <svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
         <title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-desc\">A dot for each effect on a line for its 95 % interval, zero in the middle; the table has the \
         numbers.</desc>\n"
    );
    scale(&mut svg, reach, height - FOOT);
    for (place, Row { name, told }) in rows.iter().enumerate() {
        let y = STEP * place as f64 + STEP / 2.0;
        let (x, baseline) = (LEFT - 12.0, y + 4.0);
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{baseline}\" text-anchor=\"end\">{}</text>", escape(&short(name)));
        if let Some(effect) = &told.effect {
            mark(&mut svg, class(told.verdict), effect, reach, y);
        }
        let x = WIDTH - RIGHT + 12.0;
        let _ = writeln!(svg, "<text class=\"quiet\" x=\"{x}\" y=\"{baseline}\">{}</text>", told.words());
    }
    svg + "</svg>\n</figure>\n"
}

/// A name as far as there is room for it; the table has all of it.
fn short(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()).into(),
        None => name.into(),
    }
}

/// How far the scale goes to either side of zero.
fn reach(rows: &[Row<'_>]) -> f64 {
    let effects = rows.iter().filter_map(|row| row.told.effect);
    let mut ends: Vec<f64> = effects.map(|effect| effect.low.abs().max(effect.high.abs())).collect();
    ends.sort_unstable_by(f64::total_cmp);
    let middle = ends.get(ends.len() / 2).copied().unwrap_or(1.0);
    let most = ends.last().copied().unwrap_or(1.0);
    // A hair more, so that the longest line does not end as if cut off.
    1.05 * most.min(FAR * middle).max(f64::MIN_POSITIVE)
}

fn at(value: f64, reach: f64) -> f64 {
    let half = (WIDTH - LEFT - RIGHT) / 2.0;
    LEFT + half * (1.0 + (value / reach).clamp(-1.0, 1.0))
}

fn scale(svg: &mut String, reach: f64, bottom: f64) {
    let step = step(reach);
    let steps = (reach / step).floor() as i32;
    for tick in -steps..=steps {
        let value = f64::from(tick) * step;
        let (x, class) = (at(value, reach), if tick == 0 { "zero" } else { "axis" });
        let places = (-step.log10().floor()).max(0.0) as usize;
        let label = if tick == 0 { "0".to_owned() } else { format!("{value:+.places$}") };
        let baseline = bottom + 18.0;
        let _ = writeln!(
            svg,
            "<line class=\"{class}\" x1=\"{x:.1}\" y1=\"0\" x2=\"{x:.1}\" y2=\"{bottom}\"/>\
             <text class=\"quiet\" x=\"{x:.1}\" y=\"{baseline}\" text-anchor=\"middle\">{label}</text>"
        );
    }
}

/// The smallest of 1, 2 and 5 with any zeros that leaves at most four steps to a side.
fn step(reach: f64) -> f64 {
    let unit = 10_f64.powf((reach / 4.0).log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|times| times * unit).find(|step| reach / step <= 4.0).unwrap_or(10.0 * unit)
}

fn mark(svg: &mut String, class: &str, effect: &Effect, reach: f64, y: f64) {
    let [low, value, high] = [effect.low, effect.value, effect.high].map(|value| at(value, reach));
    let _ = write!(svg, "<line class=\"{class}\" x1=\"{low:.1}\" y1=\"{y}\" x2=\"{high:.1}\" y2=\"{y}\"/>");
    for (end, x, back) in [(effect.low, low, 7.0), (effect.high, high, -7.0)] {
        if end.abs() > reach {
            let (x, back, above, below) = (x, x + back, y - 4.0, y + 4.0);
            let _ = write!(svg, "<path class=\"{class}\" d=\"M{x:.1} {y}L{back:.1} {above}L{back:.1} {below}Z\"/>");
        }
    }
    if effect.value.abs() <= reach {
        let _ = write!(svg, "<circle class=\"{class}\" cx=\"{value:.1}\" cy=\"{y}\" r=\"4\"/>");
    }
    svg.push('\n');
}

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Helps => "helps",
        Verdict::Harms => "harms",
        Verdict::NoEffectShown | Verdict::Untold => "unknown",
    }
}
