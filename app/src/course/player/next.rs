//! Going on to the next lesson by itself, visibly, and not before this one is complete.

use std::cell::{Cell, RefCell};

use gloo_timers::callback::Interval;
use leptos::prelude::*;
use web_sys::{Element, HtmlInputElement};

use super::{
    dom::{self, on},
    film::Film,
    screen,
};

/// Seconds in which one can still say no.
const SECONDS: u32 = 6;

#[derive(Default)]
pub struct Countdown {
    /// The film has come to its end, and has not been touched since.
    ended: Cell<bool>,
    running: RefCell<Option<Interval>>,
}

/// Where the next lesson is.
pub fn link(film: &Film) -> Option<String> {
    dom::find::<Element>(&film.stage, "[data-role=next] a").map(|link| dom::text(&link, "href"))
}

pub fn go(film: &Film) {
    if let Some(url) = link(film) {
        let _ = window().location().assign(&url);
    }
}

pub fn listen(film: &Film) {
    let Some(panel) = dom::find::<Element>(&film.stage, "[data-role=next]") else {
        return;
    };
    let ended = film.clone();
    on(&film.video, "ended", move |_| {
        ended.next.ended.set(true);
        begin(&ended);
    });
    for event in ["play", "seeking"] {
        let touched = film.clone();
        on(&film.video, event, move |_| cancel(&touched));
    }
    if let Some(stay) = dom::find::<Element>(&panel, "[data-do=stay]") {
        let film = film.clone();
        on(&stay, "click", move |_| {
            cancel(&film);
            let _ = film.video.focus();
        });
    }
    let escaped = film.clone();
    on(&document(), "keydown", move |event| {
        if dom::get(event, "key").as_string().as_deref() == Some("Escape") {
            cancel(&escaped);
        }
    });
    // The last report says that the lesson is complete a moment after the end.
    let reported = film.clone();
    Effect::new(move |_| {
        reported.watch.coverage.track();
        if reported.next.ended.get() {
            let film = reported.clone();
            gloo_timers::callback::Timeout::new(0, move || begin(&film)).forget();
        }
    });
}

fn begin(film: &Film) {
    if !film.next.ended.get() || film.next.running.borrow().is_some() || !may(film) {
        return;
    }
    let Some(panel) = dom::find::<Element>(&film.stage, "[data-role=next]") else {
        return;
    };
    let seconds = dom::find::<Element>(&panel, "[data-role=seconds]");
    let tell = move |left: u32| {
        if let Some(seconds) = &seconds {
            dom::say(seconds, &left.to_string());
        }
    };
    // In an iPhone's own player nobody would see that they are taken on.
    screen::leave_own_screen(&film.video);
    tell(SECONDS);
    dom::show(&panel, true);
    let (counting, left) = (film.clone(), Cell::new(SECONDS));
    let interval = Interval::new(1_000, move || {
        left.set(left.get().saturating_sub(1));
        tell(left.get());
        // Nobody is taken away from a page that they do not see.
        if left.get() == 0 && !document().hidden() {
            cancel(&counting);
            go(&counting);
        }
    });
    film.next.running.replace(Some(interval));
}

/// The learner likes it, and nothing is left to do here.
fn may(film: &Film) -> bool {
    let likes = dom::find::<HtmlInputElement>(&film.root, "input[name=auto_next]");
    let done = dom::by_id("lesson-end")
        .and_then(|end| dom::find::<Element>(&end, "[data-when=done]"))
        .is_some_and(|done| dom::is_shown(&done));
    done && likes.is_some_and(|likes| likes.checked())
}

fn cancel(film: &Film) {
    film.next.ended.set(false);
    if film.next.running.take().is_some()
        && let Some(panel) = dom::find::<Element>(&film.stage, "[data-role=next]")
    {
        dom::show(&panel, false);
    }
}
