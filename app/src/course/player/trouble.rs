//! A network that stalls or fails: it is said, and the film goes on at its second.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use leptos::prelude::{GetUntracked, window};
use web_sys::{Element, Event};

use super::{
    dom::{self, on, on_inside},
    film::Film,
    pieces,
};

/// Milliseconds after which waiting is worth a word.
const PATIENCE: u32 = 900;
/// How often it is tried again without being asked, after 1, 2, 4, … seconds.
const TRIES: u32 = 5;
/// `HTMLMediaElement.NETWORK_NO_SOURCE`: none of the files could be loaded.
const NO_SOURCE: u16 = 3;

#[derive(Default)]
struct State {
    /// Tries since it last worked.
    tries: Cell<u32>,
    /// Seconds, and whether it was playing, when it failed.
    stood: Cell<Option<(f64, bool)>>,
    again: Cell<Option<Timeout>>,
    waiting: Cell<Option<Timeout>>,
}

pub fn listen(film: &Film) {
    let state = Rc::new(State::default());
    listen_for_waiting(film, &state);
    let (failed, kept) = (film.clone(), state.clone());
    // A source that cannot be loaded tells itself, not the medium.
    on_inside(&film.stage, "error", move |event| {
        if pieces::is_in_pieces(&failed) {
            // The script that plays the pieces says so on the stage.
            if event
                .target()
                .is_some_and(|target| target == **failed.stage)
            {
                fail(&failed, &kept);
            }
            return;
        }
        // That none of the sources is left is only known after the last one's event.
        let (film, state) = (failed.clone(), kept.clone());
        Timeout::new(100, move || {
            if has_failed(&film) {
                fail(&film, &state);
            }
        })
        .forget();
    });
    let (works, kept) = (film.clone(), state.clone());
    let works_again = move |_: &Event| {
        kept.tries.set(0);
        kept.stood.set(None);
        kept.again.set(None);
        show(&works, false);
    };
    on(&film.video, "loadedmetadata", works_again.clone());
    on(&film.video, "playing", works_again);
    let online = {
        let (film, state) = (film.clone(), state.clone());
        move || {
            if state.stood.get().is_some() {
                retry(&film, &state);
            }
        }
    };
    if let Some(button) = dom::find::<Element>(&film.root, "[data-do=retry]") {
        let asked = online.clone();
        on(&button, "click", move |_| asked());
    }
    on(&window(), "online", move |_| online());
    // It may have failed before anybody listened.
    if has_failed(film) && !pieces::is_in_pieces(film) {
        fail(film, &state);
    }
}

fn has_failed(film: &Film) -> bool {
    film.video.error().is_some() || film.video.network_state() == NO_SOURCE
}

fn listen_for_waiting(film: &Film, state: &Rc<State>) {
    for event in ["waiting", "stalled"] {
        let (film, state) = (film.clone(), state.clone());
        on(&film.video.clone(), event, move |_| {
            // Browsers also stall when they have loaded enough.
            if film.video.paused() || film.video.ready_state() > 2 {
                return;
            }
            let waits = film.clone();
            state.waiting.set(Some(Timeout::new(PATIENCE, move || {
                dom::mark(&waits.stage, "data-waiting", true);
                waits.note_word("data-loading", "");
            })));
        });
    }
    for event in ["playing", "pause", "ended", "error"] {
        let (film, state) = (film.clone(), state.clone());
        on(&film.video.clone(), event, move |_| {
            state.waiting.set(None);
            if film.stage.has_attribute("data-waiting") {
                dom::mark(&film.stage, "data-waiting", false);
                film.note("");
            }
        });
    }
}

fn fail(film: &Film, state: &Rc<State>) {
    if state.stood.get().is_none() {
        state.stood.set(Some(stands(film)));
    }
    show(film, true);
    let tries = state.tries.get();
    if tries < TRIES {
        state.tries.set(tries + 1);
        let (film, again) = (film.clone(), state.clone());
        let timeout = Timeout::new(1_000 << tries, move || retry(&film, &again));
        state.again.set(Some(timeout));
    }
}

fn retry(film: &Film, state: &Rc<State>) {
    let stood = state.stood.get();
    if pieces::go_on(film) {
        return;
    }
    load_at(film, None, stood.unwrap_or_default());
}

fn show(film: &Film, failed: bool) {
    if let Some(notice) = dom::find::<Element>(&film.root, "[data-role=failed]")
        && dom::is_shown(&notice) != failed
        && let Some(words) = dom::find::<Element>(&notice, "p")
    {
        dom::show(&notice, failed);
        // A change of its text is what screen readers hear.
        let text = dom::text(&words, "data-text");
        dom::say(&words, if failed { &text } else { "" });
    }
}

/// Loads the file anew, or another one, and goes on where the film stood.
pub fn load(film: &Film, url: Option<&str>) {
    load_at(film, url, stands(film));
}

/// The second, and whether it plays. A film of which nothing was loaded stands where it is to begin.
fn stands(film: &Film) -> (f64, bool) {
    let second = if film.video.ready_state() == 0 {
        film.watch.position_ms.get_untracked() as f64 / 1000.0
    } else {
        film.video.current_time()
    };
    (second, !film.video.paused())
}

fn load_at(film: &Film, url: Option<&str>, (second, plays): (f64, bool)) {
    film.watch.break_off();
    if let Some(url) = url {
        film.video.set_src(url);
    }
    film.video.load();
    // Kept until there is something to seek in, by most browsers and by the film.
    film.wanted.set(Some(second));
    film.video.set_current_time(second);
    if plays {
        film.play();
    }
}
