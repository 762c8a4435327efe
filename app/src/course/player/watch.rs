//! What is being watched, and how the server hears of it.

use domain::progress::{
    Coverage, MAX_RATE,
    watching::{Event, MAX_EVENTS},
};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use leptos::{html, prelude::*, server_fn::ServerFn, task::spawn_local};
use uuid::Builder;
use wasm_bindgen::JsCast;

use super::PlayerPlace;
use crate::{
    course::api::{ReportWatching, Watching, report_watching},
    error::AppError,
    offline::leave_draft,
    ui::look_again,
};

/// Seconds between two reports.
const REPORT_EVERY: u32 = 10;
/// Seconds that are lost at most when the browser is killed, beside those until the film says again where it stands.
const DRAFT_EVERY: u32 = 1;

/// What two drafts that say the same have in common: the position, and the id and the end of the last event.
type Drafted = (Option<u64>, Option<(String, u64)>);

/// What this page has seen being watched. Copies share it.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub coverage: RwSignal<Coverage>,
    pub position_ms: RwSignal<u64>,
    /// A report could not be sent; it is kept and sent again.
    pub waiting: RwSignal<bool>,
    /// Watched, but not yet acknowledged by the server.
    pending: StoredValue<Vec<Event>>,
    /// Whether the last of them still grows: what was sent stays as it is, because its id stands for it.
    growing: StoredValue<bool>,
    /// Media time and wall clock, in milliseconds, of the last tick of an unbroken stretch.
    last: StoredValue<Option<(f64, f64)>>,
    /// The position that the server knows.
    reported_ms: StoredValue<u64>,
    sending: StoredValue<bool>,
    /// What the service worker has of it.
    drafted: StoredValue<Drafted>,
    /// Whether the page says that something of the film is left to watch.
    is_left: StoredValue<bool>,
    duration_ms: u64,
    place: StoredValue<PlayerPlace>,
}

impl Watch {
    pub fn new(coverage: Coverage, place: &PlayerPlace, duration_ms: u64) -> Self {
        Self {
            is_left: StoredValue::new(!coverage.is_watched(duration_ms)),
            duration_ms,
            coverage: RwSignal::new(coverage),
            position_ms: RwSignal::new(place.start_ms),
            waiting: RwSignal::new(false),
            pending: StoredValue::new(Vec::new()),
            growing: StoredValue::new(false),
            last: StoredValue::new(None),
            reported_ms: StoredValue::new(place.start_ms),
            sending: StoredValue::new(false),
            drafted: StoredValue::new((None, None)),
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
            let drafts = Interval::new(DRAFT_EVERY * 1000, move || self.draft());
            // They live as long as the page.
            every.forget();
            drafts.forget();
            listeners.into_iter().for_each(EventListener::forget);
        });
    }

    /// Adds what was played since the last tick. A jump is no watching: the medium may not have moved further than
    /// time has passed.
    pub fn tick(self, element: NodeRef<html::Video>) {
        // A film that is being loaded anew stands nowhere.
        let Some(video) = element
            .get_untracked()
            .filter(|video| video.ready_state() > 0)
        else {
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
                let stretch = (from as u64, at as u64);
                self.add(stretch, video.playback_rate(), now as i64);
                let stretch = Coverage::from(vec![stretch]);
                self.coverage
                    .update(|coverage| *coverage = coverage.union(&stretch));
            }
        }
        self.last.set_value((!video.paused()).then_some((at, now)));
    }

    /// A jump, another speed or a report ends a stretch; else the last one grows.
    fn add(self, (from_ms, to_ms): (u64, u64), rate: f64, at_ms: i64) {
        let rate = rate.min(MAX_RATE as f64);
        let growing = self.growing.get_value();
        self.pending
            .update_value(|pending| match pending.last_mut() {
                Some(last) if growing && last.to_ms == from_ms && last.rate == rate => {
                    (last.to_ms, last.at_ms) = (to_ms, at_ms);
                }
                _ => pending.push(Event {
                    id: new_id(),
                    from_ms,
                    to_ms,
                    rate,
                    at_ms,
                }),
            });
        self.growing.set_value(true);
    }

    pub fn resume(self, element: NodeRef<html::Video>) {
        let at = element
            .get_untracked()
            .map(|video| (video.current_time() * 1000.0, js_sys::Date::now()));
        self.last.set_value(at);
    }

    pub fn break_off(self) {
        self.last.set_value(None);
        self.growing.set_value(false);
    }

    /// What is reported ends here: its ids stand for it.
    fn report(self) -> Option<Watching> {
        self.growing.set_value(false);
        self.unreported()
    }

    fn unreported(self) -> Option<Watching> {
        let place = self.place.get_value();
        let position_ms = self.position_ms.get_untracked();
        let events: Vec<Event> = self
            .pending
            .with_value(|pending| pending.iter().take(MAX_EVENTS).cloned().collect());
        let news = !events.is_empty() || position_ms != self.reported_ms.get_value();
        (place.track && news).then_some(Watching {
            course: place.course,
            lesson: place.lesson,
            activity: place.activity,
            position_ms: Some(position_ms),
            sent_at_ms: js_sys::Date::now() as i64,
            events,
        })
    }

    /// Should the page be gone before its next report, the service worker sends this. What it has is not written down
    /// a second time.
    fn draft(self) {
        let Some(report) = self.unreported() else {
            return;
        };
        let last = report.events.last();
        let last = last.map(|event| (event.id.clone(), event.to_ms));
        let drafted = (report.position_ms, last);
        if self.drafted.with_value(|before| *before == drafted) {
            return;
        }
        if let Ok(body) = serde_json::to_string(&ReportWatching { report })
            && leave_draft(ReportWatching::PATH, &body)
        {
            self.drafted.set_value(drafted);
        }
    }

    /// Sends what is pending; what the server did not take stays for the next time.
    pub fn send(self) {
        if self.sending.get_value() {
            return;
        }
        let Some(report) = self.report() else { return };
        self.sending.set_value(true);
        spawn_local(async move {
            let (sent, position_ms) = (report.events.len(), report.position_ms);
            let answer = report_watching(report).await;
            // What is no report will not be one the next time; what is kept is sent by the service worker, which also
            // says so.
            let kept = answer == Err(AppError::Kept);
            if kept || matches!(answer, Ok(_) | Err(AppError::Invalid(_))) {
                self.pending
                    .update_value(|pending| drop(pending.drain(..sent)));
            }
            self.waiting.set(answer.is_err() && !kept);
            if kept {
                self.reported_ms.set_value(position_ms.unwrap_or(0));
            }
            if let Ok(watched) = answer {
                self.reported_ms.set_value(position_ms.unwrap_or(0));
                let pending = self.pending.with_value(|pending| {
                    let stretches = pending.iter().map(|event| (event.from_ms, event.to_ms));
                    stretches.collect()
                });
                let known = Coverage::from(watched.intervals);
                let is_news = self.is_left.get_value() && known.is_watched(self.duration_ms);
                self.coverage.set(known.union(&pending));
                if watched.lesson_done {
                    mark_lesson_done();
                }
                if is_news {
                    self.is_left.set_value(false);
                    // What is left of the lesson now.
                    spawn_local(async { drop(look_again("lesson-end").await) });
                }
            }
            self.sending.set_value(false);
        });
    }

    /// A beacon outlives the page. Should the report arrive twice, it counts once.
    fn send_beacon(self) {
        let Some(report) = self.report() else { return };
        let position_ms = report.position_ms;
        let Ok(body) = serde_json::to_string(&ReportWatching { report }) else {
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
                self.reported_ms.set_value(position_ms.unwrap_or(0));
            }
        }
    }
}

/// Not `randomUUID`, which browsers give only to pages that come by https.
fn new_id() -> String {
    let mut bytes = [0; 16];
    let crypto = window().crypto();
    if !crypto.is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok()) {
        bytes.fill_with(|| (js_sys::Math::random() * 256.0) as u8);
    }
    Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// Shows on the server-rendered part of the page that the lesson is complete.
fn mark_lesson_done() {
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
