//! What a lesson says of the stages around it. All of it stands in the lesson's syllabus.

use domain::{
    access::Access,
    ids::Slug,
    lesson::{LessonPage as Lesson, StageState, SyllabusSection, SyllabusStage},
};
use leptos::prelude::*;

use crate::{
    t,
    ui::{Cover, Icon, IconName},
};

fn url(course: &Slug, section: &Slug) -> String {
    format!("/courses/{course}/stages/{section}")
}

fn holds(section: &SyllabusSection, lesson: &Slug) -> bool {
    section.lessons.iter().any(|other| other.slug == *lesson)
}

/// The first stage before a lesson that is not cleared: slug of its section and title.
fn before<'a>(lesson: &'a Lesson, slug: &Slug) -> Option<(&'a Slug, &'a SyllabusStage)> {
    lesson
        .syllabus
        .iter()
        .take_while(|section| !holds(section, slug))
        .filter_map(|section| Some((&section.slug, section.stage.as_ref()?)))
        .find(|(_, stage)| stage.state != StageState::Cleared)
}

/// Where the step behind a lesson leads: to the next lesson, or to the stage that shuts it.
#[must_use]
pub fn next_url(lesson: &Lesson, next: &Slug) -> Option<String> {
    let mut lessons = lesson.syllabus.iter().flat_map(|section| &section.lessons);
    lessons.find(|other| other.slug == *next && other.access == Access::Stage)?;
    let (section, _) = before(lesson, next)?;
    Some(url(&lesson.course.slug, section))
}

/// What a lesson says that a stage shuts.
#[component]
pub fn ShutByStage(lesson: Lesson) -> impl IntoView {
    let stage = before(&lesson, &lesson.slug)
        .map(|(section, stage)| (url(&lesson.course.slug, section), stage.title.clone()));
    view! {
        <div class="locked">
            <Cover slug=lesson.course.slug.clone()/>
            <div class="locked-text">
                <p class="locked-line"><Icon name=IconName::Lock/>{t!("stage-locked")}</p>
                {stage.map(|(url, title)| view! {
                    <p>{t!("stage-locked-text", "title" => title)}</p>
                    <p class="actions"><a class="button button-main" href=url>{t!("stage-take")}</a></p>
                })}
            </div>
        </div>
    }
}

/// The one next step behind the last lesson of a section that a stage ends. While the lesson is not done, the style
/// sheet hides it.
#[component]
pub fn NextStage(lesson: Lesson) -> impl IntoView {
    let section = lesson
        .syllabus
        .iter()
        .find(|section| holds(section, &lesson.slug))?;
    let is_last = section
        .lessons
        .last()
        .is_some_and(|last| last.slug == lesson.slug);
    let stage = section
        .stage
        .clone()
        .filter(|stage| is_last && stage.state != StageState::Cleared)?;
    let url = url(&lesson.course.slug, &section.slug);
    Some(view! {
        <div class="next-step stage-step">
            <p class="next-step-text">{t!("stage-next-text", "title" => stage.title)}</p>
            <a class="button button-main" href=url>{t!("stage-take")}</a>
        </div>
    })
}
