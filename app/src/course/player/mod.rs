//! The player: a native medium that plays without JavaScript, and an island that remembers what was watched.

mod watch;

use domain::{
    course::MediaKind,
    lesson::{ShownMedia, ShownSource},
};
use leptos::{html, prelude::*};
use serde::{Deserialize, Serialize};

use self::watch::Watch;
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
