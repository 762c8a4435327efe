//! SQL that importing writes with.

use domain::{
    Timestamp,
    course::{Course, Lesson, Level, Section},
    ids::{CourseId, Slug, VersionId},
    lesson::{LessonKind, ShownSource},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows},
    ports::files::Stored,
};

#[derive(Debug, FromRow)]
pub struct CourseIdRow {
    id: Uuid,
    pub published: bool,
}

pub struct CourseHandle {
    pub id: CourseId,
    pub published: bool,
}

/// Takes the slug for this import: a parallel one waits here for the end of this transaction.
pub async fn course_or_new(
    tx: &mut Tx,
    slug: &Slug,
    new: CourseId,
    now: Timestamp,
) -> Result<CourseHandle> {
    execute!(
        tx,
        "INSERT INTO course (id, slug, published, created_at) VALUES ($1, $2, FALSE, $3)
         ON CONFLICT (slug) DO UPDATE SET slug = excluded.slug",
        new.0,
        slug.as_str(),
        Micros::from(now),
    )?;
    let row = rows!(
        tx,
        fetch_one as CourseIdRow,
        "SELECT id, published FROM course WHERE slug = $1",
        slug.as_str()
    )?;
    Ok(CourseHandle {
        id: CourseId(row.id),
        published: row.published,
    })
}

/// Number and checksum of the newest version.
pub async fn newest_version(tx: &mut Tx, course: CourseId) -> Result<Option<(i64, String)>> {
    rows!(
        tx,
        fetch_optional as (i64, String),
        "SELECT number, checksum FROM course_version WHERE course_id = $1 ORDER BY number DESC LIMIT 1",
        course.0,
    )
}

pub async fn set_published(tx: &mut Tx, course: CourseId, published: bool) -> Result<()> {
    execute!(
        tx,
        "UPDATE course SET published = $1 WHERE id = $2",
        published,
        course.0
    )?;
    Ok(())
}

pub async fn show_version(tx: &mut Tx, course: CourseId, version: VersionId) -> Result<()> {
    execute!(
        tx,
        "UPDATE course SET version_id = $1 WHERE id = $2",
        version.0,
        course.0
    )?;
    Ok(())
}

pub struct NewVersion<'a> {
    pub id: VersionId,
    pub course: CourseId,
    pub number: i64,
    pub checksum: &'a str,
    pub details: &'a str,
    pub search_text: &'a str,
    pub now: Timestamp,
}

pub async fn insert_version(tx: &mut Tx, new: &NewVersion<'_>, course: &Course) -> Result<()> {
    let minutes: i64 = course
        .lessons()
        .map(|lesson| i64::from(lesson.minutes()))
        .sum();
    let lessons = i64::try_from(course.lessons().count()).unwrap_or(i64::MAX);
    execute!(
        tx,
        "INSERT INTO course_version (id, course_id, number, title, summary, language, level, category, price_minor,
             currency, trial_lesson, minutes, lessons, details, search_text, checksum, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        new.id.0,
        new.course.0,
        new.number,
        &course.title,
        &course.summary,
        &course.language,
        level_text(course.level),
        &course.category,
        course.price.map(|price| price.minor),
        course.price.map(|price| price.currency.code()),
        course.trial_lesson.as_ref().map(Slug::as_str),
        minutes,
        lessons,
        new.details,
        new.search_text,
        new.checksum,
        Micros::from(new.now),
    )?;
    Ok(())
}

pub fn level_text(level: Level) -> &'static str {
    match level {
        Level::Beginner => "beginner",
        Level::Intermediate => "intermediate",
        Level::Advanced => "advanced",
    }
}

fn kind_text(kind: LessonKind) -> &'static str {
    match kind {
        LessonKind::Video => "video",
        LessonKind::Audio => "audio",
        LessonKind::Text => "text",
        LessonKind::Quiz => "quiz",
    }
}

/// Where in a version something is.
pub struct At {
    pub version: VersionId,
    pub section: i64,
    pub lesson: i64,
}

pub async fn insert_section(
    tx: &mut Tx,
    version: VersionId,
    position: i64,
    section: &Section,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO section (version_id, position, slug, title, folder) VALUES ($1, $2, $3, $4, $5)",
        version.0,
        position,
        section.slug.as_str(),
        &section.title,
        &section.folder,
    )?;
    Ok(())
}

pub async fn insert_lesson(tx: &mut Tx, at: &At, lesson: &Lesson, kind: LessonKind) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO lesson (version_id, position, section_position, slug, title, kind, minutes, author_minutes, preview)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        at.version.0,
        at.lesson,
        at.section,
        lesson.slug.as_str(),
        &lesson.title,
        kind_text(kind),
        i64::from(lesson.minutes()),
        lesson.minutes.map(i64::from),
        lesson.preview,
    )?;
    Ok(())
}

pub struct NewActivity {
    pub position: i64,
    pub key: String,
    pub kind: &'static str,
    pub duration_ms: Option<i64>,
    pub source: String,
    pub rendered: String,
}

pub async fn insert_activity(tx: &mut Tx, at: &At, new: &NewActivity) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO activity (version_id, lesson_position, position, activity_key, kind, duration_ms, source, rendered)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        at.version.0,
        at.lesson,
        new.position,
        &new.key,
        new.kind,
        new.duration_ms,
        &new.source,
        &new.rendered,
    )?;
    Ok(())
}

pub async fn insert_file(
    tx: &mut Tx,
    version: VersionId,
    path: &str,
    file: &Stored,
    public: bool,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO course_file (version_id, path, sha256, mime, bytes, public) VALUES ($1, $2, $3, $4, $5, $6)",
        version.0,
        path,
        &file.sha256,
        mime(path),
        i64::try_from(file.bytes).unwrap_or(i64::MAX),
        public,
    )?;
    Ok(())
}

/// By the name's ending. Where it is guessed differently from what browsers play, here is what they play.
pub fn mime(path: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "vtt" => "text/vtt; charset=utf-8".to_owned(),
        "m3u8" => ShownSource::PLAYLIST.to_owned(),
        "ts" => "video/mp2t".to_owned(),
        "m4s" => "video/iso.segment".to_owned(),
        "m4a" => "audio/mp4".to_owned(),
        "m4v" => "video/mp4".to_owned(),
        "opus" => "audio/ogg".to_owned(),
        _ => mime_guess::from_path(path)
            .first_or_octet_stream()
            .to_string(),
    }
}

pub async fn insert_lesson_file(
    tx: &mut Tx,
    version: VersionId,
    lesson: &Slug,
    path: &str,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO lesson_file (version_id, lesson_slug, path) VALUES ($1, $2, $3)",
        version.0,
        lesson.as_str(),
        path,
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::mime;

    #[test]
    fn media_have_the_types_that_browsers_play() {
        for (path, expected) in [
            ("a/talk.m4a", "audio/mp4"),
            ("talk.MP3", "audio/mpeg"),
            ("talk.opus", "audio/ogg"),
            ("film.mp4", "video/mp4"),
            ("film.m4v", "video/mp4"),
            ("film.webm", "video/webm"),
            ("film.m3u8", "application/vnd.apple.mpegurl"),
        ] {
            assert_eq!(mime(path), expected, "{path}");
        }
    }
}
