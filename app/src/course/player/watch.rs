//! What is being watched, and how the server hears of it.

use domain::{lesson::ShownMedia, progress::Coverage};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use leptos::{html, prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::JsCast;

use super::PlayerPlace;
use crate::course::api::{ReportWatching, Watching, report_watching};

/// Seconds between two reports.
const REPORT_EVERY: u32 = 10;

/// What this page has seen being watched. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub coverage: RwSignal<Coverage>,
    pub position_ms: RwSignal<u64>,
    /// A report could not be sent; it is kept and sent again.
    pub waiting: RwSignal<bool>,
    /// Watched, but not yet acknowledged by the server.
    pending: StoredValue<Coverage>,
    /// Media time and wall clock, in milliseconds, of the last tick of an unbroken stretch.
    last: StoredValue<Option<(f64, f64)>>,
    /// The position that the server knows.
    reported_ms: StoredValue<u64>,
    sending: StoredValue<bool>,
    place: StoredValue<PlayerPlace>,
}

impl Watch {
    pub fn new(media: &ShownMedia, place: &PlayerPlace) -> Self {
        Self {
            coverage: RwSignal::new(media.coverage.clone()),
            position_ms: RwSignal::new(place.start_ms),
            waiting: RwSignal::new(false),
            pending: StoredValue::new(Coverage::default()),
            last: StoredValue::new(None),
            reported_ms: StoredValue::new(place.start_ms),
            sending: StoredValue::new(false),
            place: StoredValue::new(place.clone()),
        }
    }

    /// Reports every few seconds, and with the browser's last breath when the page goes away.
    pub fn start(self, element: NodeRef<html::Video>) {
        Effect::new(move |_| {
            let every = Interval::new(REPORT_EVERY * 1000, move || self.send());
            let leave = move |_: &web_sys::Event| {
                self.tick(element);
                self.send_beacon();
            };
            let listeners = [
                EventListener::new(&window(), "pagehide", leave),
                EventListener::new(&document(), "visibilitychange", move |event| {
                    if document().hidden() {
                        leave(event);
                    }
                }),
            ];
            // They live as long as the page.
            every.forget();
            listeners.into_iter().for_each(EventListener::forget);
        });
    }

    /// Adds what was played since the last tick. A jump is no watching: the medium may not have moved further than
    /// time has passed.
    pub fn tick(self, element: NodeRef<html::Video>) {
        let Some(video) = element.get_untracked() else {
            return;
        };
        let (at, now) = (video.current_time() * 1000.0, js_sys::Date::now());
        if at.is_finite() && at >= 0.0 {
            self.position_ms.set(at as u64);
        }
        if !self.place.with_value(|place| place.track) {
            return;
        }
        if let Some((from, since)) = self.last.get_value() {
            let possible = (now - since) * video.playback_rate() + 750.0;
            if at > from && at - from <= possible {
                let stretch = Coverage::from(vec![(from as u64, at as u64)]);
                self.pending
                    .update_value(|pending| *pending = pending.union(&stretch));
                self.coverage
                    .update(|coverage| *coverage = coverage.union(&stretch));
            }
        }
        self.last.set_value((!video.paused()).then_some((at, now)));
    }

    pub fn resume(self, element: NodeRef<html::Video>) {
        let at = element
            .get_untracked()
            .map(|video| (video.current_time() * 1000.0, js_sys::Date::now()));
        self.last.set_value(at);
    }

    pub fn break_off(self) {
        self.last.set_value(None);
    }

    fn report(self) -> Option<Watching> {
        let place = self.place.get_value();
        let position_ms = self.position_ms.get_untracked();
        let intervals: Vec<(u64, u64)> = self.pending.get_value().into();
        let news = !intervals.is_empty() || position_ms != self.reported_ms.get_value();
        (place.track && news).then_some(Watching {
            course: place.course,
            lesson: place.lesson,
            activity: place.activity,
            position_ms,
            intervals,
        })
    }

    /// Sends what is pending; what the server did not take stays for the next time.
    pub fn send(self) {
        if self.sending.get_value() {
            return;
        }
        let Some(report) = self.report() else { return };
        self.sending.set_value(true);
        spawn_local(async move {
            let sent = Coverage::from(report.intervals.clone());
            let position_ms = report.position_ms;
            match report_watching(report).await {
                Ok(watched) => {
                    self.pending
                        .update_value(|pending| *pending = pending.minus(&sent));
                    self.reported_ms.set_value(position_ms);
                    self.waiting.set(false);
                    let pending = self.pending.get_value();
                    self.coverage
                        .set(Coverage::from(watched.intervals).union(&pending));
                    if watched.lesson_done {
                        mark_lesson_done();
                    }
                }
                Err(_) => self.waiting.set(true),
            }
            self.sending.set_value(false);
        });
    }

    /// A beacon outlives the page. Should the report arrive twice, it counts once.
    fn send_beacon(self) {
        let Some(report) = self.report() else { return };
        let Ok(body) = serde_json::to_string(&serde_json::json!({ "report": report })) else {
            return;
        };
        let options = web_sys::BlobPropertyBag::new();
        options.set_type("application/json");
        let parts = js_sys::Array::of1(&body.into());
        if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
            let sent = window()
                .navigator()
                .send_beacon_with_opt_blob(ReportWatching::PATH, Some(&blob));
            if sent == Ok(true) {
                self.reported_ms.set_value(report.position_ms);
            }
        }
    }
}

/// Shows on the server-rendered part of the page that the lesson is complete.
pub fn mark_lesson_done() {
    let page = document();
    for (selector, hidden) in [
        ("#lesson-end [data-when=left]", true),
        ("#lesson-end [data-when=done]", false),
    ] {
        if let Ok(Some(line)) = page.query_selector(selector)
            && let Some(line) = line.dyn_ref::<web_sys::HtmlElement>()
        {
            line.set_hidden(hidden);
        }
    }
    for (selector, name, value) in [
        ("#lesson-nav", "data-next", "main"),
        (".trail-stop[data-state=here]", "data-state", "done"),
        (".trail-stop .blaze[data-state=here]", "data-state", "done"),
    ] {
        if let Ok(Some(element)) = page.query_selector(selector) {
            let _ = element.set_attribute(name, value);
        }
    }
}
