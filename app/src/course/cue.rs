//! Blocks that are due at a second of a film: it pauses, the block is shown with it, and it goes on behind the
//! answer. The server has put the blocks below the film; here they only come up to it and go back.
//!
//! For the player: `let mut cues = Cues::find(activity)` once, `cues.tick(&video)` on every `timeupdate`.

use std::{cell::RefCell, rc::Rc};

use gloo_events::EventListener;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlMediaElement, KeyboardEvent, Node};

use super::player::screen;

/// Milliseconds of a medium, at normal speed, between two ticks of one stretch. What is longer was a jump, and who
/// jumps over a block is not held up by it.
const STRETCH: f64 = 2_000.0;

/// The blocks of one medium, and which of them is up.
pub struct Cues {
    cues: Vec<(f64, HtmlElement)>,
    last_ms: Option<f64>,
    up: Rc<RefCell<Option<Up>>>,
    listens: bool,
}

/// A block that is shown with the film, and where it came from.
struct Up {
    block: HtmlElement,
    home: Node,
    next: Option<Node>,
}

impl Cues {
    /// The blocks on this page that belong to the medium of this id.
    #[must_use]
    pub fn find(activity: &str) -> Self {
        let mut cues = Vec::new();
        if let Ok(found) = document().query_selector_all("[data-at-ms][data-for]") {
            for index in 0..found.length() {
                let block = found
                    .get(index)
                    .and_then(|node| node.dyn_into::<HtmlElement>().ok())
                    .filter(|block| block.get_attribute("data-for").as_deref() == Some(activity));
                let at = block
                    .as_ref()
                    .and_then(|block| block.get_attribute("data-at-ms")?.parse::<u32>().ok());
                if let (Some(block), Some(at)) = (block, at) {
                    cues.push((f64::from(at), block));
                }
            }
        }
        Self {
            cues,
            last_ms: None,
            up: Rc::default(),
            listens: false,
        }
    }

    /// The first block between two moments, in milliseconds of the medium, that has no answer yet.
    pub fn due(&mut self, from_ms: f64, to_ms: f64) -> Option<HtmlElement> {
        let waits = |block: &HtmlElement| {
            matches!(
                block.query_selector("[data-answered], .quiz-score, .verdict"),
                Ok(None)
            )
        };
        self.cues
            .iter()
            .find(|(at, block)| from_ms < *at && *at <= to_ms && waits(block))
            .map(|(_, block)| block.clone())
    }

    /// Looks whether the film has just come to a block, and if so holds it there.
    pub fn tick(&mut self, video: &HtmlMediaElement) {
        if self.cues.is_empty() {
            return;
        }
        let to = video.current_time() * 1000.0;
        let Some(from) = self.last_ms.replace(to) else {
            return;
        };
        if video.paused() || video.seeking() || to - from > STRETCH * video.playback_rate().max(1.0)
        {
            return;
        }
        if let Some(block) = self.due(from, to) {
            self.listen(video);
            self.show(video, block);
        }
    }

    fn show(&self, video: &HtmlMediaElement, block: HtmlElement) {
        put_back(&self.up);
        let Ok(Some(stage)) = video.closest(".stage") else {
            return;
        };
        let Some(home) = block.parent_node() else {
            return;
        };
        // A film that fills the screen by itself hides the block; what holds both may stay. An iPhone pauses a film
        // whose own screen is left, and may play it on if it was paused before.
        screen::leave_own_screen(video);
        let _ = video.pause();
        if document()
            .fullscreen_element()
            .is_some_and(|full| !full.contains(Some(&stage)))
        {
            document().exit_fullscreen();
        }
        let next = block.next_sibling();
        let _ = stage.append_child(&block);
        set_up(&block, true);
        let _ = block.focus();
        *self.up.borrow_mut() = Some(Up { block, home, next });
    }

    /// `Continue` and Escape let the film go on; whatever else does puts the block back, too.
    fn listen(&mut self, video: &HtmlMediaElement) {
        if std::mem::replace(&mut self.listens, true) {
            return;
        }
        let go_on = {
            let (video, up) = (video.clone(), Rc::clone(&self.up));
            move || {
                put_back(&up);
                let _ = video.focus();
                let _ = video.play();
            }
        };
        let pressed = {
            let (go_on, up) = (go_on.clone(), Rc::clone(&self.up));
            move |event: &web_sys::Event| {
                if inside(&up, event).is_some_and(|target| {
                    target
                        .closest(".moment-go button")
                        .is_ok_and(|it| it.is_some())
                }) {
                    go_on();
                }
            }
        };
        let escaped = {
            let up = Rc::clone(&self.up);
            move |event: &web_sys::Event| {
                let escape = event
                    .dyn_ref::<KeyboardEvent>()
                    .is_some_and(|event| event.key() == "Escape");
                if escape && inside(&up, event).is_some() {
                    event.stop_propagation();
                    go_on();
                }
            }
        };
        let up = Rc::clone(&self.up);
        // They live as long as the page.
        EventListener::new(&document(), "click", pressed).forget();
        EventListener::new(&document(), "keydown", escaped).forget();
        EventListener::new(video, "play", move |_| put_back(&up)).forget();
    }
}

/// What an event met, if that is in the block that is up.
fn inside(up: &RefCell<Option<Up>>, event: &web_sys::Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let up = up.borrow();
    up.as_ref()?.block.contains(Some(&target)).then_some(target)
}

fn put_back(up: &RefCell<Option<Up>>) {
    let Some(Up { block, home, next }) = up.borrow_mut().take() else {
        return;
    };
    set_up(&block, false);
    let _ = home.insert_before(&block, next.as_ref());
}

/// A block that is up is a dialog with a way on.
fn set_up(block: &HtmlElement, is_up: bool) {
    for (name, value) in [("data-up", ""), ("role", "dialog"), ("tabindex", "-1")] {
        let _ = if is_up {
            block.set_attribute(name, value)
        } else {
            block.remove_attribute(name)
        };
    }
    if let Ok(Some(go)) = block.query_selector(".moment-go")
        && let Some(go) = go.dyn_ref::<HtmlElement>()
    {
        go.set_hidden(!is_up);
    }
}
