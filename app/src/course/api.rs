use std::collections::HashMap;

use domain::{
    course::Level,
    ids::Slug,
    lesson::{CourseCard, CoursePage as Course, LessonPage as Lesson, QuizResult},
    progress::watching::Event,
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};

use crate::error::AppError;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Catalogue {
    pub cards: Vec<CourseCard>,
    /// Every category that has a course, in order of appearance.
    pub categories: Vec<String>,
}

/// What a player says of the last seconds; see `domain::progress::watching::Report`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watching {
    pub course: String,
    pub lesson: String,
    pub activity: String,
    pub position_ms: Option<u64>,
    pub sent_at_ms: i64,
    pub events: Vec<Event>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    pub intervals: Vec<(u64, u64)>,
    pub lesson_done: bool,
}

#[server]
pub async fn find_courses(
    #[server(default)] query: String,
    #[server(default)] category: Option<String>,
    #[server(default)] level: Option<Level>,
) -> Result<Catalogue, AppError> {
    let backend = crate::server::backend()?;
    let query = query.chars().take(200).collect();
    let filter = backend::course::CatalogueFilter {
        query,
        category,
        level,
        language: Some(crate::visit::locale().tag().to_owned()),
    };
    let mut cards = backend.catalogue(crate::server::viewer(), &filter).await?;
    crate::server::checkout::add_offers(&mut cards).await?;
    Ok(Catalogue {
        cards,
        categories: backend.categories().await?,
    })
}

#[server]
pub async fn course_page(course: String) -> Result<Course, AppError> {
    let backend = crate::server::backend()?;
    let viewer = crate::server::viewer();
    let mut page = backend.course_page(viewer, &slug(&course)?).await?;
    crate::server::checkout::add_offers([&mut page.card]).await?;
    Ok(page)
}

/// The lesson, remembered as visited unless the browser only fetches ahead.
#[server]
pub async fn lesson_page(course: String, lesson: String) -> Result<Lesson, AppError> {
    let (course, lesson) = (slug(&course)?, slug(&lesson)?);
    let backend = crate::server::backend()?;
    let viewer = crate::server::viewer();
    let mut page = backend.lesson_page(viewer, &course, &lesson).await?;
    let visit = crate::visit::Visit::current();
    let asked = backend::player::Asked {
        stranger: visit.preferences.clone(),
        transcript: visit.query("transcript").map(str::to_owned),
        locale: visit.locale.tag(),
    };
    backend.equip_players(viewer, &mut page, asked).await?;
    crate::server::checkout::add_offers([&mut page.course]).await?;
    if page.access.is_open() && !crate::server::client()?.prefetch {
        // A lesson that can be read is shown even while nothing can be written.
        match backend
            .visit(viewer, &course, &lesson)
            .await
            .map_err(AppError::from)
        {
            Err(AppError::Busy) => {}
            other => other?,
        }
    }
    Ok(page)
}

#[server]
pub async fn enrol(course: String) -> Result<(), AppError> {
    let user = crate::server::learner()?;
    let course = slug(&course)?;
    crate::server::backend()?.enrol(user.id, &course).await?;
    crate::server::redirect(&format!("/courses/{course}?notice=enrolled"));
    Ok(())
}

/// `waited_ms` is added by the service worker.
#[server]
pub async fn complete_lesson(
    course: String,
    lesson: String,
    #[server(default)] waited_ms: u64,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let (course, lesson) = (slug(&course)?, slug(&lesson)?);
    let late = backend::progress::Late::waited(waited_ms);
    crate::server::backend()?
        .complete_lesson_late(crate::server::viewer(), &course, &lesson, late)
        .await?;
    crate::server::redirect(&format!(
        "/courses/{course}/lessons/{lesson}?done=1#lesson-end"
    ));
    Ok(())
}

/// `answers`: number of the question (from 0) to what was given for it. `attempt` and `waited_ms` are added by the
/// service worker: see `backend::progress::Late`.
#[server]
pub async fn answer_quiz(
    course: String,
    lesson: String,
    activity: String,
    #[server(default)] answers: HashMap<String, Vec<String>>,
    #[server(default)] attempt: Option<uuid::Uuid>,
    #[server(default)] waited_ms: u64,
) -> Result<QuizResult, AppError> {
    let (course, lesson) = (slug(&course)?, slug(&lesson)?);
    let (viewer, answers) = (crate::server::viewer(), answers.into_iter().collect());
    let late = backend::progress::Late { attempt, waited_ms };
    Ok(crate::server::backend()?
        .answer_quiz_late(viewer, &course, &lesson, &activity, answers, late)
        .await?)
}

/// An answer acknowledges every event of the report for ever; it comes after the commit.
#[server(input = Json)]
pub async fn report_watching(report: Watching) -> Result<Watched, AppError> {
    let (course, lesson) = (slug(&report.course)?, slug(&report.lesson)?);
    let watch = domain::progress::watching::Report {
        position_ms: report.position_ms,
        sent_at_ms: report.sent_at_ms,
        events: report.events,
    };
    let backend = crate::server::backend()?;
    let watched = backend
        .report_watching(
            crate::server::viewer(),
            &course,
            &lesson,
            &report.activity,
            watch,
        )
        .await?;
    Ok(Watched {
        intervals: watched.coverage.into(),
        lesson_done: watched.lesson_done,
    })
}

/// What is no slug names nothing.
///
/// # Errors
/// `NotFound`.
pub fn slug(text: &str) -> Result<Slug, AppError> {
    Slug::parse(text).map_err(|_| AppError::NotFound)
}
