//! One film on the page, and what can be done with it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use leptos::{html, prelude::*, tachys::html::node_ref::NodeRefContainer};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlSelectElement, HtmlVideoElement};

use super::{
    dom::{self, on},
    line, next, parts, pieces, transcript,
    watch::Watch,
};
use crate::course::cue::Cues;

/// Copies are the same film.
#[derive(Clone)]
pub struct Film(Rc<Parts>);

/// Elements of the player, and what it keeps in mind.
pub struct Parts {
    /// Holds everything that belongs to the film.
    pub root: Element,
    pub stage: Element,
    pub video: HtmlVideoElement,
    pub node: NodeRef<html::Video>,
    pub watch: Watch,
    /// 0 where it is unknown.
    pub duration_ms: u64,
    pub line: line::Line,
    pub parts: parts::Chapters,
    pub transcript: transcript::Following,
    pub next: next::Countdown,
    pub pieces: pieces::Pieces,
    cues: RefCell<Cues>,
    /// What is left to play of what was missing, in milliseconds.
    pub missing: RefCell<Vec<(u64, u64)>>,
    /// The second to be at once there is something to seek in.
    pub wanted: Cell<Option<f64>>,
    /// The seek that begins now is the player's own.
    pub own_seek: Cell<bool>,
    note: Option<Element>,
    note_ends: Cell<Option<Timeout>>,
}

impl std::ops::Deref for Film {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Film {
    pub fn find(
        stage: &str,
        activity: &str,
        watch: Watch,
        node: NodeRef<html::Video>,
        duration_ms: u64,
    ) -> Option<Self> {
        let stage = dom::by_id(stage)?;
        let root = stage.closest("[data-player]").ok()??;
        let video: HtmlVideoElement = dom::find(&stage, "video")?;
        node.load(&video);
        Some(Self(Rc::new(Parts {
            line: line::Line::find(&root, duration_ms),
            parts: parts::Chapters::find(&root),
            transcript: transcript::Following::default(),
            next: next::Countdown::default(),
            pieces: pieces::Pieces::default(),
            cues: RefCell::new(Cues::find(activity)),
            missing: RefCell::default(),
            wanted: Cell::new(Some(watch.position_ms.get_untracked() as f64 / 1000.0)),
            own_seek: Cell::new(false),
            note: dom::find(&stage, "[data-role=note]"),
            note_ends: Cell::new(None),
            root,
            stage,
            video,
            node,
            watch,
            duration_ms,
        })))
    }

    /// What is played is watched.
    pub fn listen(&self) {
        let (watch, node) = (self.watch, self.node);
        let listen = |event, act: fn(&Self)| {
            let film = self.clone();
            on(&self.video, event, move |_| act(&film));
        };
        listen("timeupdate", Self::moved);
        listen("seeked", Self::moved);
        on(&self.video, "playing", move |_| watch.resume(node));
        on(&self.video, "seeking", move |_| watch.break_off());
        on(&self.video, "pause", move |_| {
            watch.tick(node);
            watch.break_off();
            watch.send();
        });
        on(&self.video, "ended", move |_| {
            watch.tick(node);
            watch.send();
        });
        listen("play", Self::become_current);
        listen("loadedmetadata", Self::arrive);
        self.arrive();
        let film = self.clone();
        dom::on_instead(&document(), "click", move |event| {
            let click: &web_sys::MouseEvent = event.unchecked_ref();
            let plain = !click.ctrl_key() && !click.meta_key() && !click.shift_key();
            if let Some(link) = dom::closest(event, "[data-seek-ms]")
                && plain
                && film.is_meant(&link)
                && let Some(ms) = dom::number(&link, "data-seek-ms")
            {
                event.prevent_default();
                film.seek(ms);
            }
        });
        dom::mark(&self.root, "data-awake", true);
    }

    /// Safari forgets a second that it was sent to before it knew the film, and takes none from the address of a
    /// playlist. Where a browser stands at the beginning though it should not, it is sent again.
    fn arrive(&self) {
        if self.video.ready_state() > 0
            && let Some(wanted) = self.wanted.take()
            && wanted > 1.0
            && self.video.current_time() < 0.5
        {
            self.video.set_current_time(wanted);
        }
    }

    /// Called some four times a second while the film plays: nothing here may look at the layout.
    fn moved(&self) {
        self.watch.tick(self.node);
        let at_ms = self.at_ms();
        line::moved(self, at_ms);
        parts::moved(self, at_ms);
        transcript::moved(self, at_ms);
        self.cues.borrow_mut().tick(&self.video);
    }

    /// A link within a player is meant for it, one that names a film for that, any other for the one that played
    /// last, or for the first.
    fn is_meant(&self, link: &Element) -> bool {
        if let Ok(Some(root)) = link.closest("[data-player]") {
            return root == self.root;
        }
        match link.get_attribute("data-seek-activity") {
            Some(activity) => self.root.get_attribute("data-activity") == Some(activity),
            None => self.is_current(),
        }
    }

    pub fn is_current(&self) -> bool {
        let first = |selector| document().query_selector(selector).ok().flatten();
        let current = first("[data-player][data-current]").or_else(|| first("[data-player]"));
        current.is_some_and(|current| current == self.root)
    }

    /// One film at a time has the keys and the sound.
    fn become_current(&self) {
        for other in dom::find_all(&self.root_of_all(), "[data-player][data-current]") {
            if other != self.root {
                dom::mark(&other, "data-current", false);
                if let Some(video) = dom::find::<HtmlVideoElement>(&other, "video") {
                    let _ = video.pause();
                }
            }
        }
        dom::mark(&self.root, "data-current", true);
    }

    fn root_of_all(&self) -> Element {
        document()
            .document_element()
            .unwrap_or_else(|| self.root.clone())
    }

    pub fn at_ms(&self) -> f64 {
        self.video.current_time() * 1000.0
    }

    pub fn seek(&self, ms: f64) {
        let end = self.video.duration();
        let at = (ms / 1000.0).max(0.0);
        // Before there is anything to seek in, browsers keep it as the place to begin at.
        self.wanted
            .set((self.video.ready_state() == 0).then_some(at));
        self.video
            .set_current_time(if end.is_finite() { at.min(end) } else { at });
        self.line.set_position(ms.max(0.0));
    }

    pub fn play(&self) {
        if let Ok(promise) = self.video.play() {
            dom::quiet(&promise);
        }
    }

    pub fn toggle(&self) {
        if self.video.paused() {
            self.play();
        } else {
            let _ = self.video.pause();
        }
    }

    pub fn select(&self, name: &str) -> Option<HtmlSelectElement> {
        dom::find(&self.root, &format!("select[name={name}]"))
    }

    /// A word over the film, for a moment; screen readers say it.
    pub fn note(&self, text: &str) {
        if let Some(note) = self.note.clone() {
            dom::say(&note, text);
            self.note_ends.set(Some(Timeout::new(2_500, move || {
                dom::say(&note, "");
            })));
        }
    }

    /// A word in the attributes of the note, with what stands for `{}` filled in.
    pub fn note_word(&self, attribute: &str, value: &str) {
        if let Some(note) = &self.note {
            self.note(&dom::text(note, attribute).replace("{}", value));
        }
    }
}
