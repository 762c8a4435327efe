//! The player: a native medium that plays without JavaScript, and an island that makes it better.
//!
//! Everything that is seen is rendered on the server, in `view`, `strip` and `beside`. The island renders nothing: it
//! finds the player's elements by their `data-` attributes and listens. So the WASM holds what the player does and
//! not how it looks.

mod api;
mod beside;
pub mod dom;
mod film;
mod keys;
mod likes;
mod line;
mod next;
mod parts;
mod pieces;
pub(super) mod screen;
mod session;
mod strip;
mod transcript;
mod trouble;
mod view;
mod watch;

use domain::progress::Coverage;
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

pub use self::{api::*, view::player};
use self::{film::Film, watch::Watch};

/// Where the medium stands, and where it begins.
#[derive(Clone, Serialize, Deserialize)]
pub struct PlayerPlace {
    pub course: String,
    pub lesson: String,
    pub activity: String,
    /// Whether watching is remembered: only of those who are enrolled.
    pub track: bool,
    pub start_ms: u64,
}

/// Wakes the player whose stage has this id.
#[island]
pub fn Player(
    stage: String,
    place: PlayerPlace,
    coverage: Coverage,
    duration_ms: u64,
) -> impl IntoView {
    let video = NodeRef::<html::Video>::new();
    let watch = Watch::new(coverage, &place, duration_ms);
    if place.track {
        watch.start(video);
    }
    Effect::new(move |_| {
        if let Some(film) = Film::find(&stage, &place.activity, watch, video, duration_ms) {
            wake(&film);
        }
    });
}

fn wake(film: &Film) {
    film.listen();
    pieces::listen(film);
    likes::listen(film);
    trouble::listen(film);
    line::listen(film);
    parts::listen(film);
    transcript::listen(film);
    session::listen(film);
    next::listen(film);
    keys::listen(film);
}
