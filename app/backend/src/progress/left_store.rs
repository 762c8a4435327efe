//! SQL for what is left of a course.

use domain::ids::{CourseId, Slug, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Result, Tx, db::rows};

/// An activity that can be measured in a lesson that is not done; a lesson without any has one row.
#[derive(Debug, FromRow)]
pub struct LeftRow {
    course_id: Uuid,
    pub slug: String,
    pub title: String,
    pub opened: bool,
    /// Came after the learner had enrolled.
    pub added: bool,
    pub activity_key: Option<String>,
    pub kind: Option<String>,
    /// Of blocks only.
    pub source: Option<String>,
    pub duration_ms: Option<i64>,
    pub coverage: Option<String>,
    pub passed: bool,
}

impl LeftRow {
    pub fn course(&self) -> CourseId {
        CourseId(self.course_id)
    }
}

/// The lessons that the learner has not done, in order, as they are shown today.
pub async fn left_of_course(tx: &mut Tx, user: UserId, course: &Slug) -> Result<Vec<LeftRow>> {
    rows!(
        tx,
        fetch_all as LeftRow,
        "SELECT e.course_id, l.slug, l.title, p.opened_at IS NOT NULL AS opened, pin.slug IS NULL AS added,
             a.activity_key, a.kind, CASE WHEN a.kind = 'block' THEN a.source END AS source, a.duration_ms, m.coverage,
             EXISTS (SELECT 1 FROM quiz_attempt q WHERE q.user_id = e.user_id AND q.course_id = e.course_id
                 AND q.lesson_slug = l.slug AND q.activity_key = a.activity_key AND q.passed) AS passed
         FROM course c
         JOIN enrolment e ON e.course_id = c.id AND e.user_id = $1 AND e.ended_at IS NULL
         JOIN lesson l ON l.version_id = c.version_id
         LEFT JOIN lesson pin ON pin.version_id = e.version_id AND pin.slug = l.slug
         LEFT JOIN lesson_progress p ON p.user_id = e.user_id AND p.course_id = e.course_id AND p.lesson_slug = l.slug
         LEFT JOIN activity a ON a.version_id = l.version_id AND a.lesson_position = l.position
             AND a.kind IN ('media', 'quiz', 'block')
         LEFT JOIN media_progress m ON m.user_id = e.user_id AND m.course_id = e.course_id
             AND m.lesson_slug = l.slug AND m.activity_key = a.activity_key
         WHERE c.slug = $2 AND p.completed_at IS NULL
         ORDER BY l.position, a.position",
        user.0,
        course.as_str(),
    )
}
