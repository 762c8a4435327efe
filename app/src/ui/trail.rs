use domain::{
    access::Access,
    ids::Slug,
    lesson::{LessonKind, LessonState, StageState, SyllabusLesson, SyllabusSection, SyllabusStage},
};
use leptos::prelude::*;

use crate::{t, visit::locale};

/// A course's sections and lessons on their line. `here` is the lesson that is open.
#[component]
pub fn Trail(
    course: Slug,
    /// Tag of the course's language: titles are in it, the words around them in the reader's.
    language: String,
    sections: Vec<SyllabusSection>,
    #[prop(optional_no_strip)] here: Option<Slug>,
    /// Level of the sections' headings: 2 or 3.
    heading: u8,
) -> impl IntoView {
    let sections = sections
        .into_iter()
        .map(|section| {
            let minutes: u32 = section.lessons.iter().map(|lesson| lesson.minutes).sum();
            let note = format!(
                "{}{}{}",
                t!("lessons", "count" => section.lessons.len()),
                t!("list-comma"),
                t!("minutes", "count" => minutes),
            );
            let title = view! { {section.title} " " <span class="trail-note" lang=locale().tag()>{note}</span> };
            let title = if heading == 2 {
                view! { <h2 class="trail-rest">{title}</h2> }.into_any()
            } else {
                view! { <h3 class="trail-rest">{title}</h3> }.into_any()
            };
            let stops: Vec<_> = section
                .lessons
                .into_iter()
                .map(|lesson| stop(&course, lesson, here.as_ref()))
                .collect();
            let rest = section.stage.map(|stage| stage_stop(&course, &section.slug, stage));
            view! {
                <li class="trail-section">
                    {title}
                    <ol class="trail-stops">{stops}{rest}</ol>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <ol class="trail" lang=language>{sections}</ol> }
}

fn stop(course: &Slug, lesson: SyllabusLesson, here: Option<&Slug>) -> AnyView {
    let is_here = here == Some(&lesson.slug);
    let (state, words) = match lesson.state {
        LessonState::Done => ("done", Some(t!("state-done"))),
        _ if is_here => ("here", Some(t!("state-here"))),
        LessonState::Begun => ("begun", Some(t!("state-begun"))),
        LessonState::Ahead if lesson.access.is_open() => ("ahead", None),
        LessonState::Ahead => ("locked", Some(t!("state-locked"))),
    };
    let url = format!("/courses/{course}/lessons/{}", lesson.slug);
    let name = if lesson.access.is_open() {
        view! { <a class="trail-name" href=url aria-current=is_here.then_some("page")>{lesson.title}</a> }.into_any()
    } else {
        view! { <span class="trail-name">{lesson.title}</span> }.into_any()
    };
    let added = (lesson.added && lesson.state != LessonState::Done)
        .then(|| view! { " " <b class="trail-new" lang=locale().tag()>{t!("new-lesson")}</b> });
    let free = matches!(lesson.access, Access::Preview | Access::Trial)
        .then(|| view! { " " <b class="trail-free" lang=locale().tag()>{t!("free-lesson")}</b> });
    view! {
        <li class="trail-stop" data-state=state>
            <span class="blaze" data-state=state aria-hidden="true"></span>
            {name}
            {free}
            {added}
            {words.map(|words| view! { " " <span class="visually-hidden" lang=locale().tag()>{words}</span> })}
            <span class="trail-note" lang=locale().tag()>
                {t!(kind_key(lesson.kind))} <span class="trail-minutes">{t!("minutes", "count" => lesson.minutes)}</span>
            </span>
        </li>
    }
    .into_any()
}

/// The test that ends a section.
fn stage_stop(course: &Slug, section: &Slug, stage: SyllabusStage) -> AnyView {
    let (state, words) = match stage.state {
        StageState::Cleared => ("done", Some(t!("state-done"))),
        StageState::Begun => ("begun", Some(t!("state-begun"))),
        StageState::Ahead if stage.open => ("ahead", None),
        StageState::Ahead => ("locked", Some(t!("state-locked"))),
    };
    let name = if stage.open {
        view! { <a class="trail-name" href=format!("/courses/{course}/stages/{section}")>{stage.title}</a> }.into_any()
    } else {
        view! { <span class="trail-name">{stage.title}</span> }.into_any()
    };
    view! {
        <li class="trail-stop" data-kind="stage" data-state=state>
            <span class="blaze" data-state=state aria-hidden="true"></span>
            {name}
            {words.map(|words| view! { " " <span class="visually-hidden" lang=locale().tag()>{words}</span> })}
            <span class="trail-note" lang=locale().tag()>{t!("stage-kind")}</span>
        </li>
    }
    .into_any()
}

fn kind_key(kind: LessonKind) -> &'static str {
    match kind {
        LessonKind::Video => "kind-video",
        LessonKind::Audio => "kind-audio",
        LessonKind::Text => "kind-text",
        LessonKind::Quiz => "kind-quiz",
    }
}
