//! The lock screen and the keys of headphones.

use js_sys::{Array, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{
    dom::{self, call, get, on, set},
    film::Film,
    next,
};

/// Seconds that the buttons of a lock screen jump.
const JUMP: f64 = 10.0;

pub fn listen(film: &Film) {
    let session = get(&window().navigator(), "mediaSession");
    if !session.is_object() {
        return;
    }
    for event in ["play", "pause", "seeked", "ratechange"] {
        let (film, session) = (film.clone(), session.clone());
        on(&film.video.clone(), event, move |_| {
            if event == "play" {
                introduce(&film, &session);
            }
            tell(&film, &session);
        });
    }
}

/// Names the film, and takes the buttons: another film on the page may have had them.
fn introduce(film: &Film, session: &JsValue) {
    let about = Object::new();
    set(
        &about,
        "title",
        &dom::text(&film.video, "aria-label").into(),
    );
    set(
        &about,
        "artist",
        &dom::text(&film.stage, "data-course").into(),
    );
    let poster = film.video.poster();
    if !poster.is_empty() {
        let picture = Object::new();
        set(&picture, "src", &poster.into());
        set(&about, "artwork", &Array::of1(&picture));
    }
    if let Ok(kind) = get(&window(), "MediaMetadata").dyn_into::<js_sys::Function>()
        && let Ok(metadata) = Reflect::construct(&kind, &Array::of1(&about))
    {
        set(session, "metadata", &metadata);
    }
    let asked = film.clone();
    let handler = Closure::<dyn FnMut(JsValue)>::new(move |details: JsValue| {
        obey(&asked, &details);
    })
    .into_js_value();
    let has_next = next::link(film).is_some();
    for action in [
        "play",
        "pause",
        "seekbackward",
        "seekforward",
        "seekto",
        "nexttrack",
    ] {
        let handler = if action == "nexttrack" && !has_next {
            JsValue::NULL
        } else {
            handler.clone()
        };
        call(session, "setActionHandler", &[action.into(), handler]);
    }
}

fn obey(film: &Film, details: &JsValue) {
    let seconds = |name, otherwise| get(details, name).as_f64().unwrap_or(otherwise);
    let by = |seconds: f64| film.seek(film.at_ms() + seconds * 1000.0);
    match get(details, "action").as_string().as_deref() {
        Some("play") => film.play(),
        Some("pause") => {
            let _ = film.video.pause();
        }
        Some("seekbackward") => by(-seconds("seekOffset", JUMP)),
        Some("seekforward") => by(seconds("seekOffset", JUMP)),
        Some("seekto") => film.seek(seconds("seekTime", 0.0) * 1000.0),
        Some("nexttrack") => next::go(film),
        _ => {}
    }
}

fn tell(film: &Film, session: &JsValue) {
    let video = &film.video;
    let state = if video.paused() { "paused" } else { "playing" };
    set(session, "playbackState", &state.into());
    let (duration, at) = (video.duration(), video.current_time());
    if duration.is_finite() && duration > 0.0 {
        let position = Object::new();
        set(&position, "duration", &duration.into());
        set(&position, "position", &at.min(duration).into());
        set(&position, "playbackRate", &video.playback_rate().into());
        call(session, "setPositionState", &[position.into()]);
    }
}
