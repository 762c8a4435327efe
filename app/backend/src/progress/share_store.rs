//! SQL for what a learner has had of a course.

use domain::{
    ids::{CourseId, UserId},
    progress::Coverage,
};
use sqlx::FromRow;

use crate::{Error, Result, Tx, db::rows};

/// A medium of known length, and what the learner has watched of it.
#[derive(Debug, FromRow)]
pub struct FilmRow {
    duration_ms: i64,
    coverage: Option<String>,
}

impl FilmRow {
    /// Milliseconds.
    pub fn duration(&self) -> u64 {
        u64::try_from(self.duration_ms).unwrap_or(0)
    }

    pub fn coverage(&self) -> Result<Coverage> {
        match &self.coverage {
            Some(json) => serde_json::from_str(json).map_err(Error::internal),
            None => Ok(Coverage::default()),
        }
    }
}

/// The media of the version at enrolment, whether or not access has ended.
pub async fn films(tx: &mut Tx, user: UserId, course: CourseId) -> Result<Vec<FilmRow>> {
    rows!(
        tx,
        fetch_all as FilmRow,
        "SELECT a.duration_ms, m.coverage
         FROM enrolment e
         JOIN lesson l ON l.version_id = e.version_id
         JOIN activity a ON a.version_id = l.version_id AND a.lesson_position = l.position AND a.kind = 'media'
         LEFT JOIN media_progress m ON m.user_id = e.user_id AND m.course_id = e.course_id
             AND m.lesson_slug = l.slug AND m.activity_key = a.activity_key
         WHERE e.user_id = $1 AND e.course_id = $2 AND a.duration_ms IS NOT NULL",
        user.0,
        course.0,
    )
}
