//! What is left, and why: at the end of a lesson and on the course's page.

use domain::{
    ids::Slug,
    lesson::{CourseLeft, LessonLeft, of_film},
    progress::{Left, StillLeft},
};
use leptos::prelude::*;

use crate::{error::AppError, i18n, t, visit::locale};

/// Gaps that are named; the rest is counted.
const MAX_GAPS: usize = 4;
/// Lessons that are named on the course's page: what comes next, not the syllabus again.
const MAX_LESSONS: usize = 4;

#[server]
pub async fn whats_left(course: String) -> Result<CourseLeft, AppError> {
    let user = crate::server::learner()?;
    let course = crate::course::slug(&course)?;
    Ok(crate::server::backend()?
        .left_of_course(user.id, &course)
        .await?)
}

/// What has to be done before a lesson is complete.
#[component]
pub fn LeftOfLesson(
    /// Path of the lesson, for links to the second.
    lesson: String,
    /// Tag of the course's language.
    language: String,
    left: Vec<StillLeft>,
) -> impl IntoView {
    let items: Vec<_> = left
        .into_iter()
        .map(|still| {
            let title = still.title.clone();
            let title = (!title.is_empty())
                .then(|| view! { <b lang=language.clone()>{title}</b> {t!("list-colon")} });
            view! { <li>{title}{explained(&lesson, still)}</li> }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="left-list">{items}</ul> })
}

/// Rounded up, so that what is told is enough.
fn clock(milliseconds: u64) -> String {
    i18n::clock(milliseconds.next_multiple_of(1_000))
}

fn explained(lesson: &str, still: StillLeft) -> AnyView {
    let of = of_film(&still.activity);
    match still.left {
        Left::Watch { at_least, gaps } => {
            let all = gaps.len();
            let links: Vec<_> = gaps
                .into_iter()
                .take(MAX_GAPS)
                .map(|(from, to)| {
                    let url = format!("{lesson}?t={}{of}", from / 1_000);
                    let label = format!("{}–{}", i18n::clock(from), i18n::clock(to));
                    view! { " " <a class="left-gap" href=url>{label}</a> }
                })
                .collect();
            let more = all.saturating_sub(MAX_GAPS);
            view! {
                {t!("left-watch", "time" => clock(at_least))}
                " "
                {t!("left-gaps")}
                {links}
                {(more > 0).then(|| format!(" {}", t!("left-gaps-more", "count" => more)))}
            }
            .into_any()
        }
        Left::Pass {
            needed,
            possible,
            best,
        } => view! {
            {t!("left-pass", "needed" => needed, "possible" => possible)}
            {best.map(|best| format!(" {}", t!("left-best", "best" => best)))}
        }
        .into_any(),
        Left::Answer => t!("left-answer").into_any(),
    }
}

/// What is left of a course: the next lessons with what they ask for, and lessons that came later.
#[component]
pub fn LeftOfCourse(
    course: Slug,
    language: String,
    left: CourseLeft,
    finished: bool,
) -> impl IntoView {
    let added_title = if finished {
        t!("new-since-finished")
    } else {
        t!("new-since-enrolled")
    };
    let added_note = if finished {
        t!("new-note-finished")
    } else {
        t!("new-note-enrolled")
    };
    let has_left = !left.lessons.is_empty() || !left.stages.is_empty();
    let left_lessons = (has_left && !finished).then(|| {
        view! {
            <section class="course-section" aria-labelledby="left-title">
                <h2 id="left-title">{t!("whats-left")}</h2>
                {list(&course, &language, left.lessons)}
                {stages(&course, &language, left.stages)}
            </section>
        }
    });
    let added = (!left.added.is_empty()).then(|| {
        view! {
            <section class="course-section" aria-labelledby="new-title">
                <h2 id="new-title">{added_title}</h2>
                <p>{added_note}</p>
                {list(&course, &language, left.added)}
            </section>
        }
    });
    view! { <div class="course-left" lang=locale().tag()>{left_lessons}{added}</div> }
}

fn list(course: &Slug, language: &str, lessons: Vec<LessonLeft>) -> impl IntoView + use<> {
    let more = lessons.len().saturating_sub(MAX_LESSONS);
    let items: Vec<_> = lessons
        .into_iter()
        .take(MAX_LESSONS)
        .map(|lesson| {
            let url = format!("/courses/{course}/lessons/{}", lesson.slug);
            let state = if lesson.begun { "begun" } else { "ahead" };
            let needs = needs(&lesson);
            view! {
                <li class="left-lesson">
                    <span class="blaze" data-state=state aria-hidden="true"></span>
                    <a href=url lang=language.to_owned()>{lesson.title}</a>
                    <span class="trail-note">{needs}</span>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="left-lessons">{items}</ul>
        {(more > 0).then(|| view! { <p class="trail-note">{t!("left-more", "count" => more)}</p> })}
    }
}

/// The tests at the ends of sections that are still to be passed.
fn stages(
    course: &Slug,
    language: &str,
    stages: Vec<(Slug, String)>,
) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = stages
        .into_iter()
        .map(|(section, title)| {
            let url = format!("/courses/{course}/stages/{section}");
            view! {
                <li class="left-lesson">
                    <span class="blaze" data-state="ahead" aria-hidden="true"></span>
                    <a href=url lang=language.to_owned()>{title}</a>
                    <span class="trail-note">{t!("stage-kind")}</span>
                </li>
            }
        })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="left-lessons">{items}</ul> })
}

fn needs(lesson: &LessonLeft) -> String {
    let watch = (lesson.watch_ms > 0).then(|| t!("need-watch", "time" => clock(lesson.watch_ms)));
    let pass = (lesson.quizzes > 0).then(|| t!("need-pass", "count" => lesson.quizzes));
    let answer = (lesson.blocks > 0).then(|| t!("need-answer", "count" => lesson.blocks));
    let needs: Vec<String> = watch.into_iter().chain(pass).chain(answer).collect();
    if needs.is_empty() {
        t!("need-mark")
    } else {
        needs.join(&t!("list-comma"))
    }
}
