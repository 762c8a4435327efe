//! Enrolment and progress: what a learner has opened, watched, answered and completed.

mod batch;
#[cfg(test)]
mod bounds_tests;
mod late;
#[cfg(test)]
mod late_tests;
mod left;
mod left_store;
#[cfg(test)]
mod left_tests;
mod memo;
mod share;
mod share_store;
mod store;
#[cfg(test)]
mod tests;
mod watch_store;
#[cfg(test)]
mod watch_tests;
mod watching;
mod word;
#[cfg(test)]
mod word_tests;
mod writers;

use std::collections::HashMap;

use domain::{
    Timestamp,
    course::Question,
    ids::{CourseId, Slug, UserId},
    lesson::{CourseCard, CourseProgress, NextLesson, QuizResult, ShownBody},
    progress::{self, Completion, Coverage, Evidence, Left, Task},
    quiz::{self, Answers},
    stage::Post,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use late::Late;
pub use share::percent_of;
pub use writers::Reports;

use crate::{
    Backend, Error, Result, Tx, blocks, certificate,
    course::{self, ActivityRow, Open, Rendered, Viewer},
    pricing,
    rate_limit::Limit,
    stage, study,
};

/// What the player shows after a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    pub coverage: Coverage,
    pub lesson_done: bool,
}

/// How often a learner may hand in quizzes.
const ATTEMPTS: Limit = Limit {
    name: "quiz",
    attempts: 200,
    window: std::time::Duration::from_secs(600),
};
/// Characters of an answer that is kept.
const MAX_ANSWER: usize = 2_000;

impl Backend {
    /// Enrols in a free course; enrolling again changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound` for a course that is not published, `Error::Forbidden` for one that costs money.
    pub async fn enrol(&self, user: UserId, course: &Slug) -> Result<()> {
        let mut tx = self.db.write().await?;
        let row = course::course_by_slug(&mut tx, course)
            .await?
            .filter(|row| row.published)
            .ok_or(Error::NotFound)?;
        if course::card(&row)?.price.is_some() {
            return Err(Error::Forbidden);
        }
        store::enrol(&mut tx, user, row.id(), row.version(), self.clock.now()).await?;
        tx.commit().await
    }

    /// The learner's courses, the one they were in last first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn learning(&self, user: UserId) -> Result<Vec<CourseCard>> {
        let mut tx = self.db.read().await?;
        let rows = course::courses_of(&mut tx, user).await?;
        let mut cards = rows.iter().map(course::card).collect::<Result<Vec<_>>>()?;
        add_progress(&mut tx, user, &mut cards).await?;
        Ok(cards)
    }

    /// Remembers that an enrolled learner opened the lesson; others leave no trace.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate.
    pub async fn visit(&self, viewer: Viewer, course: &Slug, lesson: &Slug) -> Result<()> {
        let Some(user) = viewer.user else {
            return Ok(());
        };
        let mut tx = self.db.write().await?;
        let open = course::require_open(&mut tx, viewer, course, lesson).await?;
        if open.enrolled {
            let now = self.clock.now();
            study::lock(&mut tx, user).await?;
            store::open_lesson(&mut tx, user, open.course, lesson, now).await?;
            // The last lesson that was left may have been removed.
            complete_course_if_done(&mut tx, user, open.course, now).await?;
            study::act(&mut tx, user, now).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Marks a quiz; `given` is keyed by the question's number, from 0. An enrolled learner's attempt is kept, and
    /// completes the lesson where nothing else is left.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate or for an unknown quiz, `Error::Invalid` for an answer too long.
    pub async fn answer_quiz(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        given: Answers,
    ) -> Result<QuizResult> {
        self.answer_quiz_late(viewer, course, lesson, activity, given, Late::default())
            .await
    }

    /// The same for answers that a device may have kept for a while: they count from when they were given, and once
    /// however often they are sent. A repeat is told what the first was.
    ///
    /// # Errors
    /// As [`Backend::answer_quiz`].
    pub async fn answer_quiz_late(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        given: Answers,
        late: Late,
    ) -> Result<QuizResult> {
        let too_long = |answers: &Vec<String>| {
            answers.len() > 100
                || answers
                    .iter()
                    .any(|answer| answer.chars().count() > MAX_ANSWER)
        };
        if given.values().any(too_long) {
            return Err(Error::invalid("", "error-answer-long"));
        }
        // Of a stranger's attempt nothing is written.
        let mut tx = match viewer.user {
            Some(user) => {
                self.attempt(ATTEMPTS, &user.to_string()).await?;
                self.db.write().await?
            }
            None => self.db.read().await?,
        };
        let open = course::require_open(&mut tx, viewer, course, lesson).await?;
        let row = course::activity(&mut tx, open.version, open.lesson_position, activity)
            .await?
            .ok_or(Error::NotFound)?;
        let (Rendered::Quiz { remarks, .. }, Some(source)) = (
            serde_json::from_str(&row.rendered).map_err(Error::internal)?,
            &row.source,
        ) else {
            return Err(Error::NotFound);
        };
        let questions = course::quiz_source(source)?;
        let by_number = |(number, question): (usize, &Question)| {
            given.get(&number.to_string()).map(|given| {
                (
                    question.key.clone(),
                    quiz::possible(&question.answer, given),
                )
            })
        };
        let answers = questions
            .questions
            .iter()
            .enumerate()
            .filter_map(by_number)
            .collect();
        let mut result = course::result(&questions, &remarks, answers);
        if let (Some(user), true) = (viewer.user, open.enrolled) {
            let now = late
                .moment(&mut tx, user, open.course, self.clock.now())
                .await?;
            study::lock(&mut tx, user).await?;
            store::open_lesson(&mut tx, user, open.course, lesson, now).await?;
            let answers = serde_json::to_string(&result.given).map_err(Error::internal)?;
            let attempt = store::Attempt {
                id: late.attempt.unwrap_or_else(Uuid::now_v7),
                lesson,
                activity,
                answers: &answers,
                score: result.score,
            };
            if !store::insert_attempt(&mut tx, user, open.course, &attempt, now).await? {
                let first = store::answers_of(&mut tx, user, open.course, &attempt)
                    .await?
                    .ok_or(Error::NotFound)?;
                let answers = serde_json::from_str(&first).map_err(Error::internal)?;
                result = course::result(&questions, &remarks, answers);
            }
            result.lesson_done =
                result.score.passed && complete_if_done(&mut tx, user, &open, lesson, now).await?;
            study::act(&mut tx, user, now).await?;
            tx.commit().await?;
        }
        Ok(result)
    }
}

/// Progress is kept of those who are enrolled.
async fn require_enrolled(
    tx: &mut Tx,
    viewer: Viewer,
    course: &Slug,
    lesson: &Slug,
) -> Result<Open> {
    let open = course::require_open(tx, viewer, course, lesson).await?;
    if open.enrolled {
        Ok(open)
    } else {
        Err(Error::NotFound)
    }
}

/// Remembers that the learner was in the lesson and did something there beside watching and being tested. Whether the
/// lesson is complete now.
pub async fn took_part(
    tx: &mut Tx,
    user: UserId,
    open: &Open,
    lesson: &Slug,
    now: Timestamp,
) -> Result<bool> {
    study::lock(tx, user).await?;
    store::open_lesson(tx, user, open.course, lesson, now).await?;
    let done = complete_if_done(tx, user, open, lesson, now).await?;
    study::act(tx, user, now).await?;
    Ok(done)
}

/// Completes the lesson if nothing is left in it: at `at`, or when the last of its tasks was done, if that was later.
async fn complete_if_done(
    tx: &mut Tx,
    user: UserId,
    open: &Open,
    lesson: &Slug,
    at: Timestamp,
) -> Result<bool> {
    let activities = course::activities(tx, open.version, open.lesson_position).await?;
    let marks = marks(tx, user, open.course, lesson.as_str()).await?;
    let tasks: Vec<Task> = activities
        .iter()
        .filter_map(|row| marks.task(row))
        .collect();
    let done = progress::completion(&tasks) == Completion::Tasks { left: 0 };
    if done {
        let last = store::last_done(tx, user, open.course, lesson).await?;
        complete(tx, user, open, lesson, last.map_or(at, |last| last.max(at))).await?;
    }
    Ok(done)
}

async fn complete(
    tx: &mut Tx,
    user: UserId,
    open: &Open,
    lesson: &Slug,
    now: Timestamp,
) -> Result<()> {
    store::complete_lesson(tx, user, open.course, lesson, now).await?;
    pricing::completed(tx, user, open.course, Some(lesson), now).await?;
    complete_course_if_done(tx, user, open.course, now).await
}

/// A course is complete when every lesson that counts is, and every stage that counts is cleared.
pub async fn complete_course_if_done(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    now: Timestamp,
) -> Result<()> {
    let lessons = store::lessons_of(tx, user, Some(course)).await?;
    let counted = lessons.iter().filter(|row| row.pinned);
    if counted.clone().count() == 0 || !counted.clone().all(|row| row.completed) {
        return Ok(());
    }
    let Some(version) = course::enrolled_version(tx, user, course).await? else {
        return Ok(());
    };
    if stage::left(tx, user, course, version).await?.is_empty() {
        store::complete_course(tx, user, course, now).await?;
        certificate::issue(tx, user, course).await?;
        pricing::completed(tx, user, course, None, now).await?;
    }
    Ok(())
}

/// A learner's marks on the activities of one lesson.
#[derive(Debug, Default)]
pub struct Marks {
    media: HashMap<String, (u64, Coverage)>,
    passed: Vec<String>,
    /// Points of the best attempt.
    best: HashMap<String, u32>,
    answers: HashMap<String, Answers>,
    blocks: blocks::Answers,
}

impl Marks {
    /// What has to be done in an activity; `None` where nothing can be measured.
    pub fn task(&self, row: &ActivityRow) -> Option<Task> {
        match row.kind.as_str() {
            "media" => {
                let duration = u64::try_from(row.duration_ms?).ok()?;
                let watched = self
                    .media
                    .get(&row.activity_key)
                    .is_some_and(|(_, coverage)| coverage.is_watched(duration));
                Some(Task::Media { watched })
            }
            "quiz" => Some(Task::Quiz {
                passed: self.passed.contains(&row.activity_key),
            }),
            blocks::KIND => self
                .blocks
                .task(&row.activity_key, row.source.as_deref().unwrap_or_default()),
            _ => None,
        }
    }

    /// What is left of an activity, and why.
    pub fn left(&self, row: &ActivityRow) -> Result<Option<Left>> {
        let left = match self.task(row) {
            None => None,
            Some(Task::Media { .. }) => {
                let (_, coverage) = self.watched(&row.activity_key);
                let duration = row.duration_ms.and_then(|ms| u64::try_from(ms).ok());
                progress::explain(Evidence::Media {
                    duration: duration.unwrap_or(0),
                    coverage: &coverage,
                })
            }
            Some(Task::Quiz { passed }) => {
                let quiz = course::quiz_source(row.source.as_deref().unwrap_or_default())?;
                progress::explain(Evidence::Quiz {
                    passed,
                    pass_percent: quiz.pass_percent,
                    possible: quiz::mark(&quiz, &Answers::new()).possible,
                    best: self.best.get(&row.activity_key).copied(),
                })
            }
            Some(Task::Block { answered }) => (!answered).then_some(Left::Answer),
        };
        Ok(left)
    }

    /// Position in milliseconds, and coverage.
    pub fn watched(&self, activity: &str) -> (u64, Coverage) {
        self.media.get(activity).cloned().unwrap_or_default()
    }

    pub fn blocks(&self) -> &blocks::Answers {
        &self.blocks
    }

    pub fn last_answers(&self, activity: &str) -> Option<Answers> {
        self.answers.get(activity).cloned()
    }
}

pub async fn marks(tx: &mut Tx, user: UserId, course: CourseId, lesson: &str) -> Result<Marks> {
    let mut marks = Marks {
        blocks: blocks::answers(tx, user, course, lesson).await?,
        ..Marks::default()
    };
    for (activity, position, coverage) in store::media_of_lesson(tx, user, course, lesson).await? {
        marks.media.insert(activity, (position, coverage));
    }
    for attempt in store::last_attempts(tx, user, course, lesson).await? {
        let answers = serde_json::from_str(&attempt.answers).map_err(Error::internal)?;
        if attempt.ever_passed {
            marks.passed.push(attempt.activity_key.clone());
        }
        let best = u32::try_from(attempt.best).unwrap_or(0);
        marks.best.insert(attempt.activity_key.clone(), best);
        marks.answers.insert(attempt.activity_key, answers);
    }
    Ok(marks)
}

/// Adds the learner's progress to the cards of the courses that they are enrolled in.
pub async fn add_progress(tx: &mut Tx, user: UserId, cards: &mut [CourseCard]) -> Result<()> {
    let enrolments = store::enrolments(tx, user).await?;
    if enrolments.is_empty() {
        return Ok(());
    }
    let only = match cards {
        [one] => enrolments
            .iter()
            .find(|row| row.slug == one.slug.as_str())
            .map(store::EnrolmentRow::course),
        _ => None,
    };
    let lessons = store::lessons_of(tx, user, only).await?;
    let places = store::last_places(tx, user).await?;
    let stages = stage::courses_with_stages_left(tx, user).await?;
    let posts = stage::posts_of(tx, user).await?;
    for card in cards {
        if let Some(enrolment) = enrolments.iter().find(|row| row.slug == card.slug.as_str()) {
            let lessons: Vec<_> = lessons
                .iter()
                .filter(|row| row.course() == enrolment.course())
                .collect();
            let posts = posts
                .get(&enrolment.course())
                .map_or(&[][..], Vec::as_slice);
            let mut progress = course_progress(enrolment, &lessons, &places, posts)?;
            if progress.completed_at.is_none() && stages.contains(&enrolment.course()) {
                progress.percent = progress.percent.min(99);
            }
            card.progress = Some(progress);
        }
    }
    Ok(())
}

/// Counts the lessons that the course had at enrolment and still has, so that a lesson added later takes nothing
/// away.
fn course_progress(
    enrolment: &store::EnrolmentRow,
    lessons: &[&store::LessonRow],
    places: &[store::PlaceRow],
    posts: &[Post],
) -> Result<CourseProgress> {
    let total = lessons.iter().filter(|row| row.pinned).count();
    let done = lessons
        .iter()
        .filter(|row| row.pinned && row.completed)
        .count();
    let added = lessons
        .iter()
        .filter(|row| !row.pinned && !row.completed)
        .count();
    Ok(CourseProgress {
        done: u32::try_from(done).unwrap_or(u32::MAX),
        total: u32::try_from(total).unwrap_or(u32::MAX),
        // Nothing that the school changes later takes a completion away.
        percent: match enrolment.completed_at() {
            Some(_) => 100,
            None => progress::percent(done as u64, total as u64),
        },
        enrolled_at: enrolment.enrolled_at(),
        last_seen_at: enrolment.last_seen_at(),
        completed_at: enrolment.completed_at(),
        added: u32::try_from(added).unwrap_or(u32::MAX),
        next: next_lesson(enrolment, lessons, places, posts)?,
    })
}

/// The lesson they were in if it is not done, else the first behind it that is not, else the first of all.
fn next_lesson(
    enrolment: &store::EnrolmentRow,
    lessons: &[&store::LessonRow],
    places: &[store::PlaceRow],
    posts: &[Post],
) -> Result<Option<NextLesson>> {
    let last = enrolment.last_lesson.as_deref();
    let here = lessons
        .iter()
        .position(|row| Some(row.slug.as_str()) == last)
        .unwrap_or(0);
    let open = lessons[here..]
        .iter()
        .chain(&lessons[..here])
        .find(|row| !row.completed);
    let Some(lesson) = open.or(lessons.get(here)) else {
        return Ok(None);
    };
    let place = places
        .iter()
        .find(|place| place.course() == enrolment.course() && place.lesson_slug == lesson.slug);
    let poster = place.map(poster).transpose()?.flatten();
    Ok(Some(NextLesson {
        slug: Slug::parse(&lesson.slug).map_err(Error::internal)?,
        title: lesson.title.clone(),
        position_ms: place
            .and_then(|place| u64::try_from(place.position_ms?).ok())
            .filter(|position| *position > 0),
        poster,
        stage: match open {
            Some(_) => shut_by(posts, lessons, lesson),
            None if enrolment.completed_at().is_none() => posts.iter().find(|post| !post.cleared),
            None => None,
        }
        .map(|post| (post.slug.clone(), post.title.clone())),
    }))
}

/// The stage that shuts a lesson, as the gate sees it.
fn shut_by<'a>(
    posts: &'a [Post],
    lessons: &[&store::LessonRow],
    lesson: &store::LessonRow,
) -> Option<&'a Post> {
    let begun = lessons.iter().any(|other| {
        other.section_position == lesson.section_position && other.opened && !other.open_to_all
    });
    let section = course::count(lesson.section_position);
    domain::stage::shut_by(posts, section, begun).filter(|_| !lesson.open_to_all)
}

fn poster(place: &store::PlaceRow) -> Result<Option<String>> {
    match serde_json::from_str(&place.rendered).map_err(Error::internal)? {
        ShownBody::Media { media } => Ok(media.poster),
        _ => Ok(None),
    }
}
