//! The coverage line: what was walked, where one stands, and what is missing.

use std::fmt::Write;

use domain::{player, progress::Coverage};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    dom::{self, on},
    film::Film,
};
use crate::i18n::clock;

/// The drawing is this many units wide, whatever the film's length.
pub const WIDTH: u64 = 10_000;
/// Gaps that are told; more would be a list of numbers and no help.
pub const TOLD: usize = 8;

/// The walked parts as an SVG path.
pub fn walked(coverage: &Coverage, duration_ms: u64) -> String {
    let mut path = String::new();
    for &(from, to) in coverage.intervals() {
        let (from, to) = (unit(from, duration_ms), unit(to, duration_ms));
        let _ = write!(path, "M{from} 6.5H{to}");
    }
    path
}

pub fn unit(at_ms: u64, duration_ms: u64) -> u64 {
    at_ms.min(duration_ms) * WIDTH / duration_ms.max(1)
}

/// Share of the line in percent, written without floating-point numbers.
pub fn percent(at_ms: u64, duration_ms: u64) -> String {
    let unit = unit(at_ms, duration_ms);
    format!("{}.{:02}%", unit / 100, unit % 100)
}

/// The gaps in words: `3:00–4:10, 5:00–5:30`.
pub fn told(gaps: &[(u64, u64)], comma: &str) -> String {
    let mut words = String::new();
    for (number, &(from, to)) in gaps.iter().take(TOLD).enumerate() {
        if number > 0 {
            words.push_str(comma);
        }
        words.push_str(&clock(from));
        words.push('–');
        words.push_str(&clock(to));
    }
    if gaps.len() > TOLD {
        words.push('…');
    }
    words
}

/// Elements of the line; a film that is not remembered has none.
pub struct Line {
    duration_ms: u64,
    walked: Option<Element>,
    here: Option<Element>,
    words: Option<Element>,
    gaps: Option<Element>,
    gap_list: Option<Element>,
}

impl Line {
    pub fn find(root: &Element, duration_ms: u64) -> Self {
        let find = |selector| dom::find(root, selector);
        Self {
            duration_ms,
            walked: find("[data-role=walked]"),
            here: find("[data-role=here]"),
            words: find("[data-role=watched]"),
            gaps: find("[data-role=gaps]"),
            gap_list: find("[data-role=gap-list]"),
        }
    }

    pub fn set_position(&self, at_ms: f64) {
        if let Some(here) = &self.here {
            let _ = here.set_attribute("x", &percent(at_ms as u64, self.duration_ms));
        }
    }
}

pub fn listen(film: &Film) {
    if film.line.walked.is_some() {
        let drawn = film.clone();
        Effect::new(move |_| draw(&drawn));
    }
    for event in ["pause", "ended"] {
        let told = film.clone();
        on(&film.video, event, move |_| tell_gaps(&told));
    }
    let seeking = film.clone();
    on(&film.video, "seeking", move |_| {
        // Who looks for something else has given up what was missing.
        if !seeking.own_seek.replace(false) {
            seeking.missing.borrow_mut().clear();
        }
    });
    let ended = film.clone();
    on(&film.video, "ended", move |_| {
        if !ended.missing.take().is_empty() {
            ended.note_word("data-missing-done", "");
        }
    });
    if let Some(button) = dom::find::<Element>(&film.root, "[data-do=missing]") {
        let film = film.clone();
        on(&button, "click", move |_| {
            let coverage = film.watch.coverage.get_untracked();
            film.missing
                .replace(player::gaps(&coverage, film.duration_ms));
            next_gap(&film);
        });
    }
    if let Some(bar) = dom::find::<Element>(&film.root, "[data-role=line]") {
        let film = film.clone();
        on(&bar.clone(), "click", move |event| {
            let click: &web_sys::MouseEvent = event.unchecked_ref();
            let bar = bar.get_bounding_client_rect();
            let share = (f64::from(click.client_x()) - bar.left()) / bar.width().max(1.0);
            film.seek(share * film.duration_ms as f64);
        });
    }
}

fn draw(film: &Film) {
    let coverage = film.watch.coverage.get();
    let waiting = film.watch.waiting.get();
    if let Some(path) = &film.line.walked {
        let _ = path.set_attribute("d", &walked(&coverage, film.duration_ms));
    }
    if let Some(words) = &film.line.words {
        let percent = coverage.percent(film.duration_ms);
        let mut text = if percent == 100 {
            dom::text(words, "data-all")
        } else {
            dom::text(words, "data-part").replace("{percent}", &percent.to_string())
        };
        if waiting {
            text.push(' ');
            text.push_str(&dom::text(words, "data-waiting"));
        }
        if words.text_content().as_deref() != Some(&text) {
            dom::say(words, &text);
        }
    }
    // While it plays the gap under way shrinks all the time: it is told when there is quiet to read it.
    if film.video.paused() {
        tell_gaps(film);
    }
}

fn tell_gaps(film: &Film) {
    let (Some(gaps), Some(list)) = (&film.line.gaps, &film.line.gap_list) else {
        return;
    };
    let coverage = film.watch.coverage.get_untracked();
    let left = player::gaps(&coverage, film.duration_ms);
    dom::say(list, &told(&left, &dom::text(list, "data-comma")));
    dom::show(
        gaps,
        !left.is_empty()
            && !coverage.intervals().is_empty()
            && !coverage.is_watched(film.duration_ms),
    );
}

pub fn moved(film: &Film, at_ms: f64) {
    film.line.set_position(at_ms);
    let over = film
        .missing
        .borrow()
        .first()
        .is_some_and(|&(_, to)| at_ms >= to as f64);
    if over && !film.video.seeking() {
        film.missing.borrow_mut().remove(0);
        next_gap(film);
    }
}

/// Goes to the next gap, or stops behind the last.
fn next_gap(film: &Film) {
    let next = film.missing.borrow().first().copied();
    match next {
        Some((from, _)) => {
            film.own_seek.set(true);
            film.seek(from as f64);
            film.play();
        }
        None => {
            let _ = film.video.pause();
            film.note_word("data-missing-done", "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_drawn_in_whole_numbers() {
        let coverage = Coverage::from(vec![(0, 30_000), (60_000, 90_000)]);
        assert_eq!(walked(&coverage, 120_000), "M0 6.5H2500M5000 6.5H7500");
        assert_eq!(percent(1, 3), "33.33%");
        assert_eq!(percent(5, 0), "0.00%");
    }

    #[test]
    fn gaps_are_told_until_there_are_too_many() {
        assert_eq!(
            told(&[(0, 5_000), (65_000, 70_000)], ", "),
            "0:00–0:05, 1:05–1:10"
        );
        let many: Vec<_> = (0..20).map(|n| (n * 10_000, n * 10_000 + 5_000)).collect();
        assert!(told(&many, ", ").ends_with("1:10–1:15…"));
    }
}
