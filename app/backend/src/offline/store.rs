//! SQL of what a course is made of.

use domain::ids::VersionId;
use sqlx::FromRow;

use crate::{Result, Tx, db::rows};

#[derive(Debug, FromRow)]
pub struct LessonFileRow {
    pub lesson_slug: String,
    pub path: String,
    pub sha256: String,
    pub bytes: i64,
}

/// Every file with each lesson that shows it, in the order of the lessons.
pub async fn files_of_lessons(tx: &mut Tx, version: VersionId) -> Result<Vec<LessonFileRow>> {
    rows!(
        tx,
        fetch_all as LessonFileRow,
        "SELECT s.lesson_slug, s.path, f.sha256, f.bytes
         FROM lesson_file s
         JOIN course_file f ON f.version_id = s.version_id AND f.path = s.path
         JOIN lesson l ON l.version_id = s.version_id AND l.slug = s.lesson_slug
         WHERE s.version_id = $1
         ORDER BY l.position, s.path",
        version.0,
    )
}

/// Films and recordings as they are shown.
pub async fn media_of_lessons(tx: &mut Tx, version: VersionId) -> Result<Vec<String>> {
    let rows = rows!(
        tx,
        fetch_all as (String,),
        "SELECT rendered FROM activity WHERE version_id = $1 AND kind = 'media'",
        version.0,
    )?;
    Ok(rows.into_iter().map(|(rendered,)| rendered).collect())
}
