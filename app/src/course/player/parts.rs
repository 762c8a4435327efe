//! Chapters: which one is under way.

use std::cell::Cell;

use web_sys::Element;

use super::{dom, film::Film};

/// The chapters' links, in the order of their time.
pub struct Chapters {
    links: Vec<(f64, Element)>,
    /// Number of those that have begun.
    begun: Cell<usize>,
}

impl Chapters {
    pub fn find(root: &Element) -> Self {
        let links = dom::find_all(root, "[data-chapter]");
        Self {
            links: links
                .into_iter()
                .filter_map(|link| Some((dom::number(&link, "data-seek-ms")?, link)))
                .collect(),
            begun: Cell::new(0),
        }
    }
}

pub fn listen(film: &Film) {
    moved(film, film.at_ms());
}

pub fn moved(film: &Film, at_ms: f64) {
    let Chapters { links, begun } = &film.parts;
    let now = links.partition_point(|(from, _)| *from <= at_ms + 50.0);
    if begun.replace(now) != now {
        for (number, (_, link)) in links.iter().enumerate() {
            dom::mark(link, "aria-current", number + 1 == now);
        }
    }
}
