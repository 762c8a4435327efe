//! The keyboard. Single keys command the player unless they belong to what has the focus, and can be switched off.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    dom,
    film::Film,
    likes::{step_rate, toggle_captions},
    next,
    screen::{full_screen, picture},
};

const VOLUME_STEP: f64 = 0.1;

pub fn listen(film: &Film) {
    let film = film.clone();
    dom::on_instead(&document(), "keydown", move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if is_free(&film, key) && act(&film, key) {
            event.prevent_default();
        }
    });
}

/// Whether the key belongs to nobody else: neither to the browser nor to what has the focus.
fn is_free(film: &Film, key: &KeyboardEvent) -> bool {
    if key.default_prevented()
        || key.ctrl_key()
        || key.meta_key()
        || key.alt_key()
        || key.is_composing()
    {
        return false;
    }
    let fields =
        "input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=slider]";
    if dom::closest(key, fields).is_some() || !film.is_current() || !are_liked(film) {
        return false;
    }
    // The browser's own controls and boxes that scroll move by these; buttons and links are pressed by some.
    let owners = match key.key().as_str() {
        "Enter" => "video, a, button, summary, [tabindex=\"0\"]",
        " " => "video, button, summary, [tabindex=\"0\"]",
        "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" => "video, [tabindex=\"0\"]",
        _ => return true,
    };
    dom::closest(key, owners).is_none()
}

fn are_liked(film: &Film) -> bool {
    dom::find::<HtmlInputElement>(&film.root, "input[name=keys]").is_none_or(|keys| keys.checked())
}

/// Does what the key says; `false` where it says nothing to the player.
fn act(film: &Film, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let once = !event.repeat();
    match key.as_str() {
        " " | "ArrowLeft" | "ArrowRight" if !is_watched(film) => return false,
        "ArrowUp" | "ArrowDown" if !has_the_arrows(film) => return false,
        " " | "k" | "K" if once => film.toggle(),
        "ArrowLeft" => by(film, -5.0),
        "ArrowRight" => by(film, 5.0),
        "j" | "J" => by(film, -10.0),
        "l" | "L" => by(film, 10.0),
        "ArrowUp" => louder(film, VOLUME_STEP),
        "ArrowDown" => louder(film, -VOLUME_STEP),
        "m" | "M" if once => film.video.set_muted(!film.video.muted()),
        "c" | "C" if once => toggle_captions(film),
        "f" | "F" if once => full_screen(film),
        "i" | "I" if once => picture(film),
        "<" => step_rate(film, -1),
        ">" => step_rate(film, 1),
        "n" | "N" if once => return go_on(film),
        "t" | "T" if once => return open_transcript(film),
        "?" if once => toggle_help(film),
        _ => return to_tenth(film, &key),
    }
    true
}

fn by(film: &Film, seconds: f64) {
    film.seek(film.at_ms() + seconds * 1000.0);
}

/// 0 to 9 go to that tenth of the film.
fn to_tenth(film: &Film, key: &str) -> bool {
    let duration = film.video.duration();
    match key.parse::<u8>() {
        Ok(tenth) if tenth < 10 && duration.is_finite() => {
            film.seek(duration * f64::from(tenth) * 100.0);
            true
        }
        _ => false,
    }
}

fn louder(film: &Film, step: f64) {
    let volume = (film.video.volume() + step).clamp(0.0, 1.0);
    film.video.set_volume(volume);
    film.video.set_muted(volume == 0.0);
    // iPhones leave it as it is: there only the keys at their side change it.
    let percent = (film.video.volume() * 100.0).round() as u8;
    film.note_word("data-volume", &percent.to_string());
}

/// Who reads further down uses these keys to scroll.
fn is_watched(film: &Film) -> bool {
    let stage = film.stage.get_bounding_client_rect();
    let height = window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64())
        .unwrap_or_default();
    stage.bottom() > 60.0 && stage.top() < height - 60.0
}

/// Up and down scroll the page, unless one is at the player: by the focus, in full screen, or while it plays.
fn has_the_arrows(film: &Film) -> bool {
    let within = |element: Option<Element>| {
        element.is_some_and(|element| film.root.contains(Some(&element)))
    };
    within(document().active_element())
        || within(document().fullscreen_element())
        || (!film.video.paused() && is_watched(film))
}

fn go_on(film: &Film) -> bool {
    let next = dom::find::<Element>(&film.stage, "[data-role=next]").is_some();
    if next {
        next::go(film);
    }
    next
}

fn open_transcript(film: &Film) -> bool {
    let Some(summary) = dom::find::<HtmlElement>(&film.root, ".transcript > summary") else {
        return false;
    };
    summary.click();
    true
}

fn toggle_help(film: &Film) {
    if let Some(button) = dom::find::<HtmlElement>(&film.root, ".player-strip [popovertarget]") {
        button.click();
    }
}
