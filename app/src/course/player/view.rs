//! The film and what stands around it, as the server renders it.

use std::sync::Arc;

use domain::{
    access::Access,
    course::MediaKind,
    lesson::{LessonPage, ShownBody, ShownMedia, ShownSource, of_film},
    player::{Preferences, Quality, Transcript},
};
use leptos::prelude::*;

use super::{Player, PlayerPlace, beside, strip};
use crate::{
    i18n, t,
    ui::{Cover, Icon, IconName},
    visit::Visit,
};

/// Screens that take the small file.
pub const NARROW: &str = "(max-width: 640px)";

/// What the views of one medium need.
pub struct Shown {
    pub media: ShownMedia,
    pub likes: Preferences,
    /// Id of the stage, where links to a second lead.
    pub stage: String,
    pub start_ms: u64,
    /// Behind a second in an address: that this film is meant. Empty where it is the only one.
    pub of: String,
    /// Whether watching is remembered.
    pub track: bool,
    /// Language of the course.
    pub language: String,
    /// Number of the captions that come up by themselves.
    pub captions: Option<usize>,
    /// Title and address of the next lesson, where it is open.
    pub next: Option<(String, String)>,
}

pub fn player(
    lesson: &LessonPage,
    key: &str,
    media: ShownMedia,
    transcript: Option<Transcript>,
) -> AnyView {
    if let ShownSource::YouTube { id } = &media.source {
        return youtube(id, &media.title);
    }
    let shown = Arc::new(shown(lesson, key, media));
    let place = PlayerPlace {
        course: lesson.course.slug.to_string(),
        lesson: lesson.slug.to_string(),
        activity: key.to_owned(),
        track: shown.track,
        start_ms: shown.start_ms,
    };
    let audio = shown.media.kind == MediaKind::Audio;
    let coverage = shown.media.coverage.clone();
    let duration_ms = shown.media.duration_ms.unwrap_or(0);
    view! {
        <div class="lesson-media" data-player data-activity=key.to_owned() data-kind=if audio { "audio" } else { "video" }>
            {stage(&shown, lesson)}
            {failed()}
            {beside::coverage(&shown)}
            {strip::strip(&shown)}
            {beside::chapters(&shown)}
            {transcript.map(|transcript| beside::transcript(&shown, &transcript))}
            <Player stage=shown.stage.clone() place coverage duration_ms/>
        </div>
    }
    .into_any()
}

/// Opened by hand: nothing is asked of another company before that.
fn youtube(id: &str, title: &str) -> AnyView {
    view! {
        <div class="lesson-media" data-kind="video">
            <details class="embed">
                <summary>{t!("youtube-open", "title" => title.to_owned())}</summary>
                <div class="stage">
                    <iframe
                        class="stage-video"
                        src=format!("https://www.youtube-nocookie.com/embed/{id}")
                        title=title.to_owned()
                        allowfullscreen=true
                        referrerpolicy="strict-origin-when-cross-origin"
                        {..leptos::attr::custom::custom_attribute("loading", "lazy")}
                    ></iframe>
                </div>
            </details>
        </div>
    }
    .into_any()
}

fn shown(lesson: &LessonPage, key: &str, media: ShownMedia) -> Shown {
    let visit = Visit::current();
    let from_query = visit
        .query("t")
        .filter(|_| visit.query("film").is_none_or(|film| film == key))
        .and_then(|seconds| seconds.parse::<f64>().ok())
        .filter(|seconds| *seconds >= 0.0);
    let start_ms = from_query.map_or(media.position_ms, |seconds| (seconds * 1000.0) as u64);
    // At the end there is nothing to resume: begin again.
    let start_ms = media
        .duration_ms
        .filter(|duration| start_ms + 1_500 >= *duration)
        .map_or(start_ms, |_| 0);
    let number = lesson
        .activities
        .iter()
        .position(|activity| activity.key == key)
        .unwrap_or_default();
    let mut likes = lesson.preferences.clone();
    // A browser that asks for little data is given little, unless the learner said otherwise.
    if visit.save_data && likes.quality == Quality::Auto {
        likes.quality = Quality::Small;
    }
    let languages: Vec<&str> = media
        .captions
        .iter()
        .map(|caption| caption.language.as_str())
        .collect();
    let captions = likes
        .captions
        .shown(&languages, visit.locale.tag(), &lesson.course.language);
    let films = lesson
        .activities
        .iter()
        .filter(|activity| matches!(activity.body, ShownBody::Media { .. }));
    let of = match films.count() {
        0 | 1 => String::new(),
        _ => of_film(key),
    };
    Shown {
        stage: format!("film-{number}"),
        start_ms,
        of,
        track: lesson.access == Access::Enrolled || lesson.course.progress.is_some(),
        language: lesson.course.language.clone(),
        captions,
        next: next(lesson),
        likes,
        media,
    }
}

/// The next lesson, where the reader may go on to it.
fn next(lesson: &LessonPage) -> Option<(String, String)> {
    let slug = lesson.next.as_ref()?;
    let all = lesson.syllabus.iter().flat_map(|section| &section.lessons);
    let next = all
        .filter(|next| next.access.is_open())
        .find(|next| next.slug == *slug)?;
    let url = format!("/courses/{}/lessons/{slug}?play=1", lesson.course.slug);
    Some((next.title.clone(), url))
}

fn stage(shown: &Shown, lesson: &LessonPage) -> impl IntoView + use<> {
    let media = &shown.media;
    let audio = media.kind == MediaKind::Audio;
    let cover = (audio && media.poster.is_none())
        .then(|| view! { <Cover slug=lesson.course.slug.clone()/> });
    let picture = media
        .poster
        .clone()
        .filter(|_| audio)
        .map(|poster| view! { <img class="stage-cover" src=poster alt=""/> });
    let in_pieces = media.source.is_in_pieces();
    let (full, small) = match &media.source {
        ShownSource::File { url, small, .. } => (Some(url.clone()), small.clone()),
        ShownSource::YouTube { .. } => (None, None),
    };
    view! {
        <div
            class="stage"
            id=shown.stage.clone()
            data-hls=in_pieces.then_some("/hls.js")
            data-start-ms=in_pieces.then_some(shown.start_ms)
            data-vt="stage"
            data-kind=audio.then_some("audio")
            data-course=lesson.course.title.clone()
        >
            {cover}
            {picture}
            <video
                class="stage-video"
                controls=true
                preload="metadata"
                playsinline=true
                autoplay=Visit::current().query("play").is_some()
                poster=media.poster.clone().filter(|_| !audio)
                width="1280"
                height=if audio { "54" } else { "720" }
                aria-label=media.title.clone()
                data-full=full
                data-small=small
            >
                {sources(shown)}
                {tracks(shown)}
            </video>
            <p
                class="stage-note"
                role="status"
                data-role="note"
                data-loading=t!("media-loading")
                data-volume=t!("player-volume", "percent" => "{}")
                data-missing-done=t!("missing-done")
            ></p>
            {shown.next.clone().map(|(title, url)| next_up(title, url, &shown.language))}
        </div>
    }
}

/// The fragment lets the browser begin at the second by itself. Small screens take the small file, unless the
/// learner has chosen.
fn sources(shown: &Shown) -> Vec<AnyView> {
    let ShownSource::File { url, mime, small } = &shown.media.source else {
        return Vec::new();
    };
    let at = |url: &str| match shown.start_ms {
        0 => url.to_owned(),
        start => format!("{url}#t={}", start as f64 / 1000.0),
    };
    let source = |url: &str, media: Option<&'static str>| {
        view! { <source src=at(url) type=mime.clone() media=media/> }.into_any()
    };
    match (shown.likes.quality, small) {
        (Quality::Auto, Some(small)) => {
            vec![source(small, Some(NARROW)), source(url, None)]
        }
        (Quality::Small, Some(small)) => vec![source(small, None)],
        _ => vec![source(url, None)],
    }
}

fn tracks(shown: &Shown) -> Vec<AnyView> {
    let captions = shown.media.captions.iter().enumerate();
    captions
        .map(|(number, caption)| {
            let name = i18n::language_name(crate::visit::locale(), &caption.language);
            view! {
                <track
                    kind="captions"
                    src=caption.url.clone()
                    srclang=caption.language.clone()
                    label=name
                    default=shown.captions == Some(number)
                />
            }
            .into_any()
        })
        .collect()
}

/// Lies over the film at its end; the island shows it.
fn next_up(title: String, url: String, language: &str) -> impl IntoView + use<> {
    view! {
        <div class="next-up" data-role="next" hidden=true>
            <div class="next-up-text" role="status">
                <p>{t!("next-up")}</p>
                <p class="next-up-title" lang=language.to_owned()>{title}</p>
            </div>
            <p class="actions">
                <a class="button button-main" href=url>
                    <Icon name=IconName::Play/>
                    {t!("next-up-go")}
                    <span class="next-up-seconds" aria-hidden="true" data-role="seconds"></span>
                </a>
                " "
                <button class="button" type="button" data-do="stay">{t!("next-up-stay")}</button>
            </p>
        </div>
    }
}

/// Hidden until the island finds that nothing can be loaded, and says so.
fn failed() -> impl IntoView {
    view! {
        <div class="notice notice-error" data-role="failed" hidden=true>
            <p role="alert" data-text=t!("media-failed")></p>
            <button class="button" type="button" data-do="retry">{t!("media-retry")}</button>
        </div>
    }
}
