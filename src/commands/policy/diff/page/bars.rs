//! Two bars a reason: how often it speaks under A and under B.

use std::fmt::Write as _;

use crate::commands::policy::diff::reasons::Row;

const WIDTH: f64 = 880.0;
const LEFT: f64 = 176.0;
/// For the number behind the longest bar.
const RIGHT: f64 = 56.0;
const BAR: f64 = 13.0;
const STEP: f64 = 2.0 * BAR + 14.0;

pub(super) fn bars(rows: &[Row]) -> String {
    let most = rows.iter().flat_map(|row| [row.counts.a, row.counts.b]).max().unwrap_or(0).max(1);
    let scale = (WIDTH - LEFT - RIGHT) / most as f64;
    let height = STEP * rows.len().max(1) as f64;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"bars-title bars-desc\">\n\
         <title id=\"bars-title\">Messages by reason, under A and under B</title>\n\
         <desc id=\"bars-desc\">Two bars a reason, A above B; the table above has the numbers.</desc>\n"
    );
    if rows.is_empty() {
        svg += "<text class=\"quiet\" x=\"0\" y=\"20\">Nothing is said under either policy.</text>\n";
    }
    for (place, row) in rows.iter().enumerate() {
        let top = STEP * place as f64 + 7.0;
        let name = row.reason.name();
        let (x, y) = (LEFT - 10.0, top + BAR + 4.5);
        let _ = writeln!(svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{name}</text>");
        for (side, count, y) in [("a", row.counts.a, top), ("b", row.counts.b, top + BAR)] {
            let width = count as f64 * scale;
            let (x, baseline) = (LEFT + width + 6.0, y + BAR - 2.5);
            let _ = writeln!(
                svg,
                "<rect class=\"{side}\" x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"{height}\"/>\
                 <text class=\"quiet\" x=\"{x:.1}\" y=\"{baseline}\">{count}</text>",
                height = BAR - 1.0,
            );
        }
    }
    let _ = writeln!(svg, "<line class=\"axis\" x1=\"{LEFT}\" y1=\"0\" x2=\"{LEFT}\" y2=\"{height}\"/>\n</svg>");
    svg
}
