//! Full screen and picture in picture: as the standards have them, and as Safari has them.

use leptos::prelude::document;
use wasm_bindgen::JsValue;

use super::{
    dom::{call, get},
    film::Film,
};

/// Safari's name for the state.
const PICTURE: &str = "picture-in-picture";

/// The whole stage, so that what lies over the film comes with it. iPhones, and Safari before 16.4, can only do it
/// with the film.
pub(super) fn full_screen(film: &Film) {
    if leave_full_screen(&film.video) {
        return;
    }
    if call(&film.stage, "requestFullscreen", &[]).is_none() {
        call(&film.video, "webkitEnterFullscreen", &[]);
    }
}

/// Gives whether there was any.
fn leave_full_screen(video: &JsValue) -> bool {
    if document().fullscreen_element().is_some() {
        document().exit_fullscreen();
        return true;
    }
    leave_own_screen(video)
}

/// On an iPhone the film fills the screen in a player of the system, which shows nothing of the page: neither a
/// question nor that another lesson begins. Gives whether it did.
pub fn leave_own_screen(video: &JsValue) -> bool {
    let own = get(video, "webkitDisplayingFullscreen").is_truthy();
    if own {
        call(video, "webkitExitFullscreen", &[]);
    }
    own
}

/// Whether the browser can do it, by its standard or by Safari's older one, which some iPads and iPhones still want.
pub(super) fn has_picture(video: &JsValue) -> bool {
    get(&document(), "pictureInPictureEnabled").is_truthy() || has_safari_s_picture(video)
}

fn has_safari_s_picture(video: &JsValue) -> bool {
    call(video, "webkitSupportsPresentationMode", &[PICTURE.into()])
        .is_some_and(|supports| supports.is_truthy())
}

/// Picture in picture, and back.
pub(super) fn picture(film: &Film) {
    let document = document();
    if get(&document, "pictureInPictureElement").is_object() {
        call(&document, "exitPictureInPicture", &[]);
    } else if get(&document, "pictureInPictureEnabled").is_truthy() {
        call(&film.video, "requestPictureInPicture", &[]);
    } else if has_safari_s_picture(&film.video) {
        let mode = get(&film.video, "webkitPresentationMode");
        let next = if mode == PICTURE { "inline" } else { PICTURE };
        call(&film.video, "webkitSetPresentationMode", &[next.into()]);
    }
}
