//! Films in pieces (HLS), where the browser cannot play them by itself: hls.js is fetched then, and only then.

use std::cell::RefCell;

use domain::lesson::ShownSource;
use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::{
    dom::{self, call, get, on, set},
    film::Film,
};

/// The player in JavaScript, once it has the film.
pub type Pieces = RefCell<Option<JsValue>>;

/// Fetches what plays the film, unless the browser plays it.
pub fn listen(film: &Film) {
    let script = dom::text(&film.stage, "data-hls");
    if !is_in_pieces(film) {
        return;
    }
    let Ok(element) = document().create_element("script") else {
        return;
    };
    let _ = element.set_attribute("src", &script);
    let film = film.clone();
    on(&element, "load", move |_| attach(&film));
    if let Some(head) = document().head() {
        let _ = head.append_child(&element);
    }
}

/// Whether the film is played in pieces by a script, which tells its troubles itself.
pub fn is_in_pieces(film: &Film) -> bool {
    film.stage.has_attribute("data-hls")
        && film.video.can_play_type(ShownSource::PLAYLIST).is_empty()
}

fn attach(film: &Film) {
    let Ok(kind) = get(&window(), "Hls").dyn_into::<Function>() else {
        return;
    };
    let config = Object::new();
    // Workers are made of blobs, which the content security policy refuses.
    set(&config, "enableWorker", &JsValue::FALSE);
    let start = dom::number(&film.stage, "data-start-ms").unwrap_or(0.0);
    set(&config, "startPosition", &(start / 1000.0).into());
    let Ok(hls) = Reflect::construct(&kind, &Array::of1(&config)) else {
        return;
    };
    let watched = film.clone();
    let trouble = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |_, error: JsValue| {
        if get(&error, "fatal").is_truthy()
            && let Ok(event) = web_sys::Event::new("error")
        {
            let _ = watched.stage.dispatch_event(&event);
        }
    });
    call(&hls, "on", &["hlsError".into(), trouble.into_js_value()]);
    call(
        &hls,
        "loadSource",
        &[dom::text(&film.video, "data-full").into()],
    );
    call(&hls, "attachMedia", &[film.video.clone().into()]);
    film.pieces.replace(Some(hls));
}

/// Goes on loading after a failure.
pub fn go_on(film: &Film) -> bool {
    let pieces = film.pieces.borrow();
    pieces
        .as_ref()
        .is_some_and(|hls| call(hls, "startLoad", &[]).is_some())
}
