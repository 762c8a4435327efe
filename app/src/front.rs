//! The front page: a lesson for a stranger, today for a learner.

use domain::{
    lesson::{CourseCard, SyllabusSection},
    study::Record,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    checkout::price::banner,
    course::{CourseList, Stage},
    error::AppError,
    progress::{Resume, WeekInShort, my_week},
    t,
    ui::{Page, Trail, page},
    visit::Visit,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Front {
    /// The trial lesson that strangers are shown.
    pub trial: Option<Trial>,
    pub courses: Vec<CourseCard>,
    /// The learner's own, the last one first.
    pub mine: Vec<CourseCard>,
    /// The section of the first of them that has the next lesson.
    pub ahead: Option<SyllabusSection>,
}

/// A trial lesson, offered.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trial {
    pub course: CourseCard,
    pub title: String,
    pub minutes: u32,
    pub poster: Option<String>,
    /// Titles of the lessons behind it.
    pub after: Vec<String>,
}

#[server]
pub async fn front_content() -> Result<Front, AppError> {
    let backend = crate::server::backend()?;
    let viewer = crate::server::viewer();
    let language = crate::visit::locale().tag();
    let filter = backend::course::CatalogueFilter {
        language: Some(language.to_owned()),
        ..Default::default()
    };
    let mut courses = backend.catalogue(viewer, &filter).await?;
    crate::server::checkout::add_offers(&mut courses).await?;
    let Some(user) = viewer.user else {
        let offer = backend.trial_offer(viewer, language).await?;
        let trial = offer.map(|offer| Trial {
            course: offer.course,
            title: offer.title,
            minutes: offer.minutes,
            poster: offer.poster,
            after: offer.after,
        });
        return Ok(Front {
            trial,
            courses,
            mine: Vec::new(),
            ahead: None,
        });
    };
    let mine = backend.learning(user).await?;
    let ahead = match mine.iter().find(|card| is_unfinished(card)) {
        Some(card) => {
            let next = card
                .progress
                .as_ref()
                .and_then(|progress| progress.next.clone());
            let page = backend.course_page(viewer, &card.slug).await?;
            page.syllabus.into_iter().find(|section| {
                let has = |slug| section.lessons.iter().any(|lesson| lesson.slug == slug);
                next.as_ref().is_some_and(|next| match &next.stage {
                    Some((stage, _)) => section.slug == *stage,
                    None => has(next.slug.clone()),
                })
            })
        }
        None => None,
    };
    Ok(Front {
        trial: None,
        courses,
        mine,
        ahead,
    })
}

fn is_unfinished(card: &CourseCard) -> bool {
    card.progress
        .as_ref()
        .is_some_and(|progress| progress.percent < 100)
}

#[component]
pub fn FrontPage() -> impl IntoView {
    page(async {
        let front = front_content().await?;
        let week = match Visit::current().user {
            Some(_) => Some(my_week().await?),
            None => None,
        };
        let name = Visit::current()
            .user
            .map(|user| user.name.as_str().to_owned());
        Ok(match name {
            Some(name) => today(name, front, week),
            None => stranger(front),
        })
    })
    .into_any()
}

fn stranger(front: Front) -> AnyView {
    let picture = front.trial.as_ref().and_then(|trial| trial.poster.clone());
    view! {
        <Page title=t!("front-title") description=t!("front-description") picture=picture>
            {banner(&front.courses)}
            <section class="promise"><h1 class="promise-text">{t!("promise")}</h1></section>
            {front.trial.map(|trial| view! { <TrialOffer trial/> })}
            <section class="front-section" aria-labelledby="courses-title">
                <div class="section-head">
                    <h2 id="courses-title">{t!("courses")}</h2>
                    <a href="/courses">{t!("all-courses")}</a>
                </div>
                <CourseList cards=front.courses heading=3/>
            </section>
            <section class="front-section" aria-labelledby="promises-title">
                <h2 id="promises-title">{t!("promises")}</h2>
                <ul class="guarantees">
                    <li><b>{t!("promise-place")}</b>" "{t!("promise-place-text")}</li>
                    <li><b>{t!("promise-honest")}</b>" "{t!("promise-honest-text")}</li>
                    <li><b>{t!("promise-open")}</b>" "{t!("promise-open-text")}</li>
                </ul>
            </section>
        </Page>
    }
    .into_any()
}

#[component]
fn TrialOffer(trial: Trial) -> impl IntoView {
    let course = trial.course;
    let lesson = course
        .trial_lesson
        .clone()
        .map(|slug| format!("/courses/{}/lessons/{slug}", course.slug))
        .unwrap_or_default();
    let after: Vec<_> = trial
        .after
        .into_iter()
        .map(|title| {
            view! {
                <li class="trail-stop" data-state="ahead">
                    <span class="blaze" data-state="ahead" aria-hidden="true"></span>
                    <span class="trail-name">{title}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="trial" aria-labelledby="trial-title">
            <Stage poster=trial.poster url=format!("{lesson}?play=1") label=t!("play-lesson", "title" => trial.title.clone())/>
            <div class="trial-text" lang=course.language.clone()>
                <p class="trial-course">{course.title.clone()}</p>
                <h2 class="trial-title" id="trial-title">{trial.title.clone()}</h2>
                <p lang=crate::visit::locale().tag()>{t!("trial-note", "minutes" => trial.minutes)}</p>
                <a class="button button-main" href=lesson lang=crate::visit::locale().tag()>{t!("start-trial")}</a>
                <ol class="trail trail-short" aria-label=t!("trial-after")>
                    <li class="trail-stop" data-state="here">
                        <span class="blaze" data-state="here" aria-hidden="true"></span>
                        <span class="trail-name">{trial.title}</span>
                    </li>
                    {after}
                    <li class="trail-stop trail-more" data-state="ahead">
                        <span class="blaze" data-state="ahead" aria-hidden="true"></span>
                        <a class="trail-name" href=format!("/courses/{}", course.slug) lang=crate::visit::locale().tag()>
                            {t!("all-lessons", "count" => course.lessons)}
                        </a>
                    </li>
                </ol>
            </div>
        </section>
    }
}

fn today(name: String, front: Front, week: Option<Record>) -> AnyView {
    let mut unfinished = front.mine.into_iter().filter(is_unfinished);
    let first = unfinished.next();
    let others: Vec<CourseCard> = unfinished.collect();
    let free: Vec<CourseCard> = front
        .courses
        .into_iter()
        .filter(|card| card.progress.is_none())
        .collect();
    let begun = first.is_some();
    view! {
        <Page title=t!("today") private=true>
            {banner(&free)}
            <h1 class="today-title">{t!("greeting", "name" => name)}</h1>
            {first.map(|card| view! {
                <div class="today">
                    <Resume card=card.clone()/>
                    {front.ahead.map(|section| view! { <Ahead card section/> })}
                </div>
            })}
            {week.filter(|_| begun).map(|record| view! { <WeekInShort record/> })}
            {(!others.is_empty()).then(|| view! {
                <section class="front-section" aria-labelledby="mine-title">
                    <div class="section-head">
                        <h2 id="mine-title">{t!("in-progress")}</h2>
                        <a href="/learning">{t!("my-learning")}</a>
                    </div>
                    <CourseList cards=others heading=3/>
                </section>
            })}
            {(!free.is_empty()).then(|| view! {
                <section class="front-section" aria-labelledby="next-title">
                    <div class="section-head">
                        <h2 id="next-title">{if begun { t!("more-courses") } else { t!("first-step") }}</h2>
                        <a href="/courses">{t!("all-courses")}</a>
                    </div>
                    <CourseList cards=free heading=3/>
                </section>
            })}
        </Page>
    }
    .into_any()
}

/// The section that the learner is in, beside the big step.
#[component]
fn Ahead(card: CourseCard, section: SyllabusSection) -> impl IntoView {
    // Behind a stage nobody is yet.
    let here = card
        .progress
        .and_then(|progress| progress.next)
        .filter(|next| next.stage.is_none())
        .map(|next| next.slug);
    view! {
        <aside class="today-side" aria-label=t!("lessons-in-course")>
            <Trail course=card.slug language=card.language sections=vec![section] here=here heading=2/>
        </aside>
    }
}
