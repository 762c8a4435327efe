//! What is left of a course, and why.

use domain::{
    ids::{Slug, UserId},
    lesson::{CourseLeft, LessonLeft},
    progress::{Coverage, Evidence, Left, explain},
};

use super::left_store::{self as store, LeftRow};
use crate::{Backend, Error, Result, Tx, blocks, course, stage};

impl Backend {
    /// The lessons that a learner has not done: those that the course had when they enrolled, and those that came
    /// later. Both empty for who is not enrolled.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn left_of_course(&self, user: UserId, slug: &Slug) -> Result<CourseLeft> {
        let mut tx = self.db.read().await?;
        let rows = store::left_of_course(&mut tx, user, slug).await?;
        let (mut left, mut last) = (CourseLeft::default(), "");
        for row in &rows {
            let lessons = if row.added {
                &mut left.added
            } else {
                &mut left.lessons
            };
            if row.slug != last {
                last = &row.slug;
                lessons.push(lesson(row)?);
            }
            let still = match is_block_left(&mut tx, user, row).await? {
                true => Some(Left::Answer),
                false => still(row)?,
            };
            if let (Some(lesson), Some(still)) = (lessons.last_mut(), still) {
                match still {
                    Left::Watch { at_least, .. } => lesson.watch_ms += at_least,
                    Left::Pass { .. } => lesson.quizzes += 1,
                    Left::Answer => lesson.blocks += 1,
                }
            }
        }
        if let Some(row) = course::course_by_slug(&mut tx, slug).await?
            && let Some(version) = course::enrolled_version(&mut tx, user, row.id()).await?
        {
            left.stages = stage::left(&mut tx, user, row.id(), version).await?;
        }
        Ok(left)
    }
}

fn lesson(row: &LeftRow) -> Result<LessonLeft> {
    Ok(LessonLeft {
        slug: Slug::parse(&row.slug).map_err(Error::internal)?,
        title: row.title.clone(),
        begun: row.opened,
        watch_ms: 0,
        quizzes: 0,
        blocks: 0,
    })
}

/// Whether the row is a block that the lesson asks for and the learner has not answered. What they did in the lesson
/// is only asked for then: few blocks are required.
async fn is_block_left(tx: &mut Tx, user: UserId, row: &LeftRow) -> Result<bool> {
    let (Some(activity), Some(source)) = (&row.activity_key, &row.source) else {
        return Ok(false);
    };
    if !blocks::is_required(source) {
        return Ok(false);
    }
    let answers = blocks::answers(tx, user, row.course(), &row.slug).await?;
    Ok(answers
        .task(activity, source)
        .is_some_and(|task| !task.is_done()))
}

fn still(row: &LeftRow) -> Result<Option<Left>> {
    let duration = row.duration_ms.and_then(|ms| u64::try_from(ms).ok());
    let left = match (row.kind.as_deref(), duration) {
        (Some("media"), Some(duration)) => {
            let coverage: Coverage = match &row.coverage {
                Some(json) => serde_json::from_str(json).map_err(Error::internal)?,
                None => Coverage::default(),
            };
            explain(Evidence::Media {
                duration,
                coverage: &coverage,
            })
        }
        // How many points it takes is said in the lesson.
        (Some("quiz"), _) => explain(Evidence::Quiz {
            passed: row.passed,
            pass_percent: 0,
            possible: 0,
            best: None,
        }),
        _ => None,
    };
    Ok(left)
}
