use domain::lesson::{CourseCard, CourseProgress, NextLesson};
use leptos::prelude::*;

use crate::{
    course::CourseList,
    error::AppError,
    i18n,
    offline::KeptCourses,
    progress::{
        gifts::{gifts, my_gifts},
        record::{Calendar, ThisWeek, my_days},
    },
    t,
    ui::{Cover, Icon, IconName, Page, Progress, page},
};

#[server]
pub async fn my_courses() -> Result<Vec<CourseCard>, AppError> {
    let user = crate::server::learner()?;
    Ok(crate::server::backend()?.learning(user.id).await?)
}

#[component]
pub fn LearningPage() -> impl IntoView {
    page(async {
        let courses = my_courses().await?;
        let mine = my_days().await?;
        let given = my_gifts().await?;
        let empty = courses.is_empty();
        let record = mine.record.clone();
        let grown = grown(&courses);
        let all = courses.clone();
        let is_done = |card: &CourseCard| card.progress.as_ref().is_some_and(|progress| progress.percent == 100);
        let (finished, mut begun): (Vec<_>, Vec<_>) = courses.into_iter().partition(is_done);
        let first = (!begun.is_empty()).then(|| begun.remove(0));
        Ok(view! {
            <Page title=t!("my-learning") private=true>
                <h1>{t!("my-learning")}</h1>
                {empty.then(|| view! {
                    <div class="empty">
                        <p>{t!("nothing-yet")}</p>
                        <p class="actions"><a class="button button-main" href="/courses">{t!("all-courses")}</a></p>
                    </div>
                })}
                {first.map(|card| view! { <Continue card/> })}
                {(!empty).then(|| view! { <ThisWeek mine/> })}
                {(!empty).then(|| view! { <Calendar record/> })}
                {section("in-progress", begun)}
                {gifts(given)}
                {grown}
                {section("finished", finished)}
                <p class="learning-notes actions">
                    <a class="button" href="/notes">{t!("my-notes")}</a> " "
                    <a class="button" href="/orders">{t!("orders-title")}</a>
                </p>
                <KeptCourses courses=all/>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

/// Finished courses that have new lessons since.
fn grown(courses: &[CourseCard]) -> Option<impl IntoView + use<>> {
    let items: Vec<_> = courses
        .iter()
        .filter_map(|card| {
            let progress = card.progress.as_ref()?;
            let added =
                (progress.percent == 100 && progress.added > 0).then_some(progress.added)?;
            let url = format!("/courses/{}", card.slug);
            Some(view! {
                <li class="left-lesson">
                    <span class="blaze" data-state="ahead" aria-hidden="true"></span>
                    <a href=url lang=card.language.clone()>{card.title.clone()}</a>
                    <span class="trail-note">{t!("new-lessons", "count" => added)}</span>
                </li>
            })
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="page-section" aria-labelledby="new-since">
                <h2 id="new-since">{t!("new-since-finished")}</h2>
                <p>{t!("new-note-finished")}</p>
                <ul class="left-lessons">{items}</ul>
            </section>
        }
    })
}

fn section(title: &'static str, cards: Vec<CourseCard>) -> Option<impl IntoView> {
    (!cards.is_empty()).then(|| {
        view! {
            <section class="page-section" aria-labelledby=title>
                <h2 id=title>{t!(title)}</h2>
                <CourseList cards heading=3/>
            </section>
        }
    })
}

/// Leads to the lesson that was open last, for shortcuts from outside of the pages.
#[component]
pub fn ContinuePage() -> impl IntoView {
    page(async {
        let courses = my_courses().await?;
        let unfinished = |card: &&CourseCard| {
            card.progress
                .as_ref()
                .is_some_and(|progress| progress.percent < 100)
        };
        let card = courses.iter().find(unfinished).or(courses.first());
        let url = card
            .and_then(place)
            .map_or_else(|| "/learning".to_owned(), |(_, _, url)| url);
        crate::ui::redirect(&url);
        Ok(().into_any())
    })
    .into_any()
}

/// One tap back to the second, or to the stage that stands before the lesson.
fn place(card: &CourseCard) -> Option<(CourseProgress, NextLesson, String)> {
    let progress = card.progress.clone()?;
    let next = progress.next.clone()?;
    let url = next.path(&card.slug);
    Some((progress, next, url))
}

/// The picture of where they stopped; a course without pictures shows its cover.
fn picture(card: &CourseCard, next: &NextLesson, url: &str) -> AnyView {
    let time = next
        .position_ms
        .map(|position| view! { <span class="resume-time">{i18n::clock(position)}</span> });
    match next.poster.clone() {
        Some(poster) => view! {
            <a class="resume-picture" data-vt="stage" href=url.to_owned() tabindex="-1" aria-hidden="true">
                <img src=poster alt="" width="1280" height="720"/>
                {time}
            </a>
        }
        .into_any(),
        None => view! {
            <a class="resume-picture" href=url.to_owned() tabindex="-1" aria-hidden="true">
                <Cover slug=card.slug.clone() progress=card.progress.as_ref().map_or(0, |progress| progress.percent)/>
            </a>
        }
        .into_any(),
    }
}

/// At the top of "my learning".
#[component]
fn Continue(card: CourseCard) -> impl IntoView {
    place(&card).map(|(progress, next, url)| {
        let picture = picture(&card, &next, &url);
        view! {
            <section class="continue" aria-labelledby="continue-title">
                {picture}
                <div class="continue-text">
                    <p class="continue-course" lang=card.language.clone()><a href=format!("/courses/{}", card.slug)>{card.title}</a></p>
                    <h2 class="continue-title" id="continue-title" lang=card.language>{next.heading().to_owned()}</h2>
                    <Progress progress/>
                    <a class="button button-main" href=url><Icon name=IconName::Play/>{t!("continue-learning")}</a>
                </div>
            </section>
        }
    })
}

/// The one big thing on a learner's front page.
#[component]
pub fn Resume(card: CourseCard) -> impl IntoView {
    place(&card).map(|(progress, next, url)| {
        let picture = picture(&card, &next, &url);
        view! {
            <section class="resume" aria-labelledby="resume-title">
                {picture}
                <div class="resume-text">
                    <div lang=card.language.clone()>
                        <h2 class="resume-title" id="resume-title">{next.heading().to_owned()}</h2>
                        <p class="meta"><a href=format!("/courses/{}", card.slug)>{card.title}</a></p>
                    </div>
                    <a class="button button-main button-big" href=url><Icon name=IconName::Play/>{t!("continue-learning")}</a>
                </div>
                <Progress progress/>
            </section>
        }
    })
}
