//! The player: a native medium that plays without JavaScript, and an island that remembers what was watched.

use domain::{
    course::MediaKind,
    lesson::{ShownMedia, ShownSource},
    progress::Coverage,
};
use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use leptos::{html, prelude::*, server_fn::ServerFn, task::spawn_local};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::api::{ReportWatching, Watching, report_watching};
use crate::ui::CoverageLine;

/// Where the medium stands, and where it begins.
#[derive(Clone, Serialize, Deserialize)]
pub struct PlayerPlace {
    pub course: String,
    pub lesson: String,
    pub activity: String,
    /// Whether watching is remembered: only of those who are enrolled.
    pub track: bool,
    pub start_ms: u64,
    pub autoplay: bool,
    pub locale: String,
}

/// Words in the reader's language. `{percent}` is filled in here.
#[derive(Clone, Serialize, Deserialize)]
pub struct PlayerLabels {
    pub watched: String,
    pub all_watched: String,
    pub failed: String,
    pub retry: String,
    pub waiting: String,
    /// Names of the captions' languages, in their order.
    pub captions: Vec<String>,
}

/// Seconds between two reports.
const REPORT_EVERY: u32 = 10;

#[island]
pub fn Player(media: ShownMedia, place: PlayerPlace, labels: PlayerLabels) -> impl IntoView {
    let element = NodeRef::<html::Video>::new();
    let watch = Watch::new(&media, &place);
    let failed = RwSignal::new(false);
    if place.track {
        watch.start(element);
    }
    let duration_ms = media.duration_ms.unwrap_or(0);
    let line = place.track.then_some(duration_ms).filter(|duration| *duration > 0).map(|duration_ms| {
        let (watched, all, waiting) = (labels.watched.clone(), labels.all_watched.clone(), labels.waiting.clone());
        view! {
            <div class="coverage" data-testid="lesson-coverage">
                {move || view! { <CoverageLine coverage=watch.coverage.get() position_ms=watch.position_ms.get() duration_ms/> }}
                <p class="coverage-text">
                    {move || {
                        let percent = watch.coverage.get().percent(duration_ms);
                        if percent == 100 { all.clone() } else { watched.replace("{percent}", &percent.to_string()) }
                    }}
                    {move || watch.waiting.get().then(|| format!(" {waiting}"))}
                </p>
            </div>
        }
    });
    let audio = media.kind == MediaKind::Audio;
    let (failed_text, retry) = (labels.failed.clone(), labels.retry.clone());
    let reload = move |_| {
        failed.set(false);
        if let Some(video) = element.get_untracked() {
            video.load();
            let _ = video.play();
        }
    };
    view! {
        <div class="stage" data-vt="stage" data-kind=audio.then_some("audio")>
            <video
                class="stage-video"
                node_ref=element
                controls=true
                preload="metadata"
                playsinline=true
                autoplay=place.autoplay
                poster=media.poster.clone()
                width="1280"
                height=if audio { "54" } else { "720" }
                aria-label=media.title.clone()
                on:timeupdate=move |_| watch.tick(element)
                on:playing=move |_| watch.resume(element)
                on:seeking=move |_| watch.break_off()
                on:pause=move |_| { watch.tick(element); watch.break_off(); watch.send(); }
                on:ended=move |_| { watch.tick(element); watch.send(); }
                on:error=move |_| failed.set(true)
            >
                {sources(&media, place.start_ms)}
                {tracks(&media, &place, &labels)}
            </video>
        </div>
        {move || failed.get().then(|| view! {
            <div class="notice notice-error" role="alert">
                <p>{failed_text.clone()}</p>
                <button class="button" type="button" on:click=reload>{retry.clone()}</button>
            </div>
        })}
        {line}
    }
}

/// The fragment lets the browser begin at the second by itself. Small screens take the small file.
fn sources(media: &ShownMedia, start_ms: u64) -> Vec<AnyView> {
    let ShownSource::File { url, mime, small } = &media.source else {
        return Vec::new();
    };
    let at = |url: &str| match start_ms {
        0 => url.to_owned(),
        start => format!("{url}#t={}", start as f64 / 1000.0),
    };
    let small = small.as_ref().map(|small| {
        view! { <source src=at(small) type=mime.clone() media="(max-width: 640px)"/> }.into_any()
    });
    let full = view! { <source src=at(url) type=mime.clone()/> }.into_any();
    small.into_iter().chain([full]).collect()
}

/// Captions come up by themselves for those who do not read the course's language, if there are some in theirs.
fn tracks(media: &ShownMedia, place: &PlayerPlace, labels: &PlayerLabels) -> Vec<AnyView> {
    let several = media.captions.len() > 1;
    media
        .captions
        .iter()
        .zip(&labels.captions)
        .map(|(caption, name)| {
            let default = several && caption.language == place.locale;
            view! {
                <track kind="captions" src=caption.url.clone() srclang=caption.language.clone() label=name.clone() default=default/>
            }
            .into_any()
        })
        .collect()
}

/// What this page has seen being watched. Copies share it.
#[derive(Clone, Copy)]
struct Watch {
    coverage: RwSignal<Coverage>,
    position_ms: RwSignal<u64>,
    /// A report could not be sent; it is kept and sent again.
    waiting: RwSignal<bool>,
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
    fn new(media: &ShownMedia, place: &PlayerPlace) -> Self {
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
    fn start(self, element: NodeRef<html::Video>) {
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
    fn tick(self, element: NodeRef<html::Video>) {
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

    fn resume(self, element: NodeRef<html::Video>) {
        let at = element
            .get_untracked()
            .map(|video| (video.current_time() * 1000.0, js_sys::Date::now()));
        self.last.set_value(at);
    }

    fn break_off(self) {
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
    fn send(self) {
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
