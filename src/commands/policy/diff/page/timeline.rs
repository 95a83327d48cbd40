//! A learner at work: answers on a line, what is said under A above it and under B below it.

use std::fmt::Write as _;

use hearten::reason::Reason;

use super::window::{Window, clock};
use crate::commands::{
    markup::escape,
    policy::diff::{
        learners::{Heard, told},
        story::Moment,
    },
};

pub(super) const KEY: &str = include_str!("key.html");

const WIDTH: f64 = 880.0;
const HEIGHT: f64 = 134.0;
const LEFT: f64 = 28.0;
const MIDDLE: f64 = 58.0;
/// How far a letter of a label reaches, about.
const LETTER: f64 = 6.9;

/// The row of one side: where its triangles stand, which way they point, where their names stand.
struct Lane {
    side: &'static str,
    tip: f64,
    back: f64,
    label: f64,
    /// Up to where a name would cover another.
    taken: f64,
}

pub(super) fn timeline(heard: &Heard) -> String {
    let (story, window) = (heard.story, Window::of(heard.story));
    let Heard { learner, changed, a, b, .. } = heard;
    let (learner, all) = (escape(learner), clock(story.active_ms()));
    let part = if window.is_all(story) {
        String::new()
    } else {
        format!(" Shown: {} to {}.", clock(window.from_ms), clock(window.until_ms))
    };
    let mut svg = format!(
        "<h3>{learner}</h3>\n<figure>\n<figcaption>{changed} changed decisions; {a} messages under A, {b} under B, in {all} at work.{part}</figcaption>\n\
         <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\">\n<title>{learner} at work</title>\n\
         <desc>Answers by time at work, with messages under A above and under B below.</desc>\n\
         <text class=\"quiet\" x=\"0\" y=\"32\">A</text><text class=\"quiet\" x=\"0\" y=\"92\">B</text>\n\
         <line class=\"axis\" x1=\"{LEFT}\" y1=\"{MIDDLE}\" x2=\"{WIDTH}\" y2=\"{MIDDLE}\"/>\n"
    );
    let place = |at_ms| LEFT + 8.0 + window.share(at_ms) * (WIDTH - LEFT - 16.0);
    for at in window.marks() {
        let (x, y) = (place(at), HEIGHT - 6.0);
        let name = clock(at);
        let _ = writeln!(svg, "<text class=\"quiet\" x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{name}</text>");
    }
    let mut lanes = [
        Lane { side: "a", tip: 36.0, back: 25.0, label: 18.0, taken: 0.0 },
        Lane { side: "b", tip: 80.0, back: 91.0, label: 106.0, taken: 0.0 },
    ];
    for moment in story.moments.iter().filter(|moment| window.holds(moment.active_ms)) {
        let x = place(moment.active_ms);
        svg += &answer(moment, x);
        for (lane, reason) in lanes.iter_mut().zip(moment.said()) {
            if let Some(reason) = reason {
                svg += &lane.message(moment, reason, x);
            }
        }
    }
    svg + "</svg>\n</figure>\n"
}

/// Right answers stand on the line, wrong ones hang from it.
fn answer(moment: &Moment, x: f64) -> String {
    let (class, y) = match moment.answer {
        Some(true) => ("right", MIDDLE - 12.0),
        Some(false) => ("wrong", MIDDLE + 1.0),
        None => return String::new(),
    };
    format!("<rect class=\"{class}\" x=\"{:.1}\" y=\"{y}\" width=\"2\" height=\"11\"/>\n", x - 1.0)
}

impl Lane {
    fn message(&mut self, moment: &Moment, reason: Reason, x: f64) -> String {
        let Self { side, tip, back, label, .. } = *self;
        let same = if moment.changed.is_some() { "" } else { " same" };
        let [a, b] = moment.verdicts.map(told);
        let (at, left, right) = (clock(moment.active_ms), x - 6.5, x + 6.5);
        let triangle = format!(
            "<path class=\"{side}{same}\" d=\"M{left:.1} {back}H{right:.1}L{x:.1} {tip}Z\">\
             <title>{at}: {a} under A, {b} under B</title></path>\n"
        );
        let width = LETTER * reason.name().len() as f64;
        let from = (x - width / 2.0).clamp(LEFT, WIDTH - width);
        if from < self.taken {
            return triangle;
        }
        self.taken = from + width + LETTER;
        triangle + &format!("<text class=\"quiet\" x=\"{from:.1}\" y=\"{label}\">{}</text>\n", reason.name())
    }
}
