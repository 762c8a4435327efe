//! What is left of a course, and why.

use domain::{
    ids::{Slug, UserId},
    lesson::{CourseLeft, LessonLeft},
    progress::{Coverage, Evidence, Left, explain},
};

use super::left_store::{self as store, LeftRow};
use crate::{Backend, Error, Result, course, stage};

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
            if let (Some(lesson), Some(still)) = (lessons.last_mut(), still(row)?) {
                match still {
                    Left::Watch { at_least, .. } => lesson.watch_ms += at_least,
                    Left::Pass { .. } => lesson.quizzes += 1,
                    Left::Answer => {}
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
    })
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
