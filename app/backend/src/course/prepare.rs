//! Everything about a course that can be worked out before the database is asked: files stored, texts rendered.
//! Rendering a large course takes seconds, in which no learner should wait for the writer's place.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    course::{
        Activity, ActivityBody, AnswerKey, Course, Lesson, MediaKind, MediaSource, Question,
        Section, Text,
    },
    ids::Slug,
    lesson::LessonKind,
};
use formats::{Bundle, File, render};
use sha2::{Digest, Sha256};

use super::{
    import::Details,
    import_store::NewActivity,
    prepare_stage::{self, PreparedStage, stages},
    rendered::{LessonLinks, measurable, media_url},
};
use crate::{
    Error, Result, blocks,
    ports::files::{Files, Stored, hex},
};

/// A course, ready to be written.
pub struct Prepared {
    pub course: Course,
    pub files: BTreeMap<String, Stored>,
    /// Files that the course's own page shows.
    pub overview_files: BTreeSet<String>,
    pub checksum: String,
    /// JSON of [`Details`].
    pub details: String,
    pub search_text: String,
    /// In the order of the course.
    pub lessons: Vec<PreparedLesson>,
    /// By the section that each ends.
    pub stages: BTreeMap<Slug, PreparedStage>,
}

pub struct PreparedLesson {
    pub kind: LessonKind,
    pub activities: Vec<NewActivity>,
    pub files: BTreeSet<String>,
}

/// Files are stored under their content's hash: what a failure leaves behind is found there by the next attempt.
pub fn prepare(bundle: Bundle, store: &Files) -> Result<Prepared> {
    let files = store_files(&bundle, store)?;
    let course = bundle.course;
    Ok(Prepared {
        overview_files: files_of(&course.overview, "", &files),
        checksum: checksum(&course, &files)?,
        details: details(&course, &files)?,
        search_text: search_text(&course),
        lessons: lessons(&course, &files, store)?,
        stages: stages(&course, &files)?,
        course,
        files,
    })
}

fn store_files(bundle: &Bundle, store: &Files) -> Result<BTreeMap<String, Stored>> {
    let put = |file: &File| match file {
        File::Disk(path) => {
            let file = std::fs::File::open(path).map_err(|error| {
                Error::Setup(format!("cannot read {}: {error}", path.display()))
            })?;
            store.store(file)
        }
        File::Memory(content) => store.store(content.as_slice()),
    };
    let files = bundle.files.iter();
    files
        .map(|(path, file)| Ok((path.clone(), put(file)?)))
        .collect()
}

/// Over everything that a learner could notice.
fn checksum(course: &Course, files: &BTreeMap<String, Stored>) -> Result<String> {
    let mut hash = Sha256::new();
    hash.update(serde_json::to_vec(course).map_err(Error::internal)?);
    for (path, file) in files {
        hash.update(format!("\n{path} {}", file.sha256));
    }
    Ok(hex(&hash.finalize()))
}

fn details(course: &Course, files: &BTreeMap<String, Stored>) -> Result<String> {
    let link = |reference: &str| {
        let path = formats::resolve("", reference)?;
        let file = files.get(&path)?;
        Some(media_url(&course.slug, "-", &path, &file.sha256))
    };
    let (videos, quizzes) = count(course);
    let details = Details {
        overview_html: render::text(&course.overview, &link, "overview"),
        overview: Some(course.overview.clone()),
        outcomes: course.outcomes.clone(),
        prerequisites: course.prerequisites.clone(),
        instructors: course.instructors.clone(),
        videos,
        quizzes,
    };
    serde_json::to_string(&details).map_err(Error::internal)
}

fn lessons(
    course: &Course,
    files: &BTreeMap<String, Stored>,
    store: &Files,
) -> Result<Vec<PreparedLesson>> {
    let hash = |path: &str| files.get(path).map(|file| file.sha256.clone());
    let slugs: BTreeSet<&str> = course
        .lessons()
        .map(|lesson| lesson.slug.as_str())
        .collect();
    let mut prepared = Vec::with_capacity(slugs.len());
    for section in &course.sections {
        for lesson in &section.lessons {
            let links = LessonLinks {
                course: &course.slug,
                lesson: &lesson.slug,
                folder: &section.folder,
                hash: &hash,
                has_lesson: &|slug| slugs.contains(slug),
            };
            let activities = (0_i64..).zip(&lesson.activities);
            prepared.push(PreparedLesson {
                kind: kind(lesson),
                activities: activities
                    .map(|(position, activity)| new_activity(position, activity, &links))
                    .collect::<Result<_>>()?,
                files: with_pieces(
                    files_of_lesson(course, section, lesson, files),
                    files,
                    store,
                ),
            });
        }
    }
    Ok(prepared)
}

fn new_activity(
    position: i64,
    activity: &Activity,
    links: &LessonLinks<'_>,
) -> Result<NewActivity> {
    let (kind, duration) = match &activity.body {
        ActivityBody::Text { .. } => ("text", None),
        ActivityBody::Media { media } => ("media", measurable(media)),
        ActivityBody::Quiz { .. } => ("quiz", None),
        ActivityBody::Block { .. } => (blocks::KIND, None),
    };
    Ok(NewActivity {
        position,
        key: activity.key.clone(),
        kind,
        duration_ms: duration.and_then(|duration| i64::try_from(duration).ok()),
        source: serde_json::to_string(&activity.body).map_err(Error::internal)?,
        rendered: serde_json::to_string(&links.render(activity)).map_err(Error::internal)?,
    })
}

/// The first medium says what a lesson mostly is; without one, what there is more of: texts or quizzes.
fn kind(lesson: &Lesson) -> LessonKind {
    let media = lesson
        .activities
        .iter()
        .find_map(|activity| match &activity.body {
            ActivityBody::Media { media } => Some(media.kind),
            _ => None,
        });
    let quizzes = lesson
        .activities
        .iter()
        .filter(|activity| matches!(activity.body, ActivityBody::Quiz { .. }))
        .count();
    match media {
        Some(MediaKind::Video) => LessonKind::Video,
        Some(MediaKind::Audio) => LessonKind::Audio,
        None if quizzes * 2 > lesson.activities.len() => LessonKind::Quiz,
        None => LessonKind::Text,
    }
}

fn count(course: &Course) -> (u32, u32) {
    course.lessons().flat_map(|lesson| &lesson.activities).fold(
        (0, 0),
        |(videos, quizzes), activity| match activity.body {
            ActivityBody::Media { .. } => (videos + 1, quizzes),
            ActivityBody::Quiz { .. } => (videos, quizzes + 1),
            ActivityBody::Text { .. } | ActivityBody::Block { .. } => (videos, quizzes),
        },
    )
}

fn search_text(course: &Course) -> String {
    let mut words = vec![&course.title, &course.summary, &course.category];
    words.extend(&course.outcomes);
    words.extend(course.instructors.iter().map(|instructor| &instructor.name));
    words.extend(course.lessons().map(|lesson| &lesson.title));
    let words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    words.join("\n").to_lowercase()
}

fn files_of(text: &Text, folder: &str, files: &BTreeMap<String, Stored>) -> BTreeSet<String> {
    render::references(text)
        .iter()
        .filter_map(|reference| formats::resolve(folder, reference))
        .filter(|path| files.contains_key(path))
        .collect()
}

/// Adds the pieces of films that consist of many files.
fn with_pieces(
    mut paths: BTreeSet<String>,
    files: &BTreeMap<String, Stored>,
    store: &Files,
) -> BTreeSet<String> {
    let read = |path: &str| std::fs::read_to_string(store.path(&files.get(path)?.sha256)).ok();
    let playlists = paths.iter().filter(|path| formats::hls::is_playlist(path));
    let pieces: Vec<String> = playlists
        .flat_map(|path| formats::hls::pieces(path, &read).files)
        .filter(|path| files.contains_key(path))
        .collect();
    paths.extend(pieces);
    paths
}

/// Every file that the lesson shows.
fn lesson_files(
    lesson: &Lesson,
    folder: &str,
    files: &BTreeMap<String, Stored>,
) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for activity in &lesson.activities {
        match &activity.body {
            ActivityBody::Text { text } => paths.extend(files_of(text, folder, files)),
            ActivityBody::Media { media } => {
                if let MediaSource::File { src, small } = &media.source {
                    paths.insert(src.clone());
                    paths.extend(small.clone());
                }
                paths.extend(media.poster.clone());
                paths.extend(media.captions.values().cloned());
            }
            ActivityBody::Block { block } => {
                for text in block.body.texts() {
                    paths.extend(files_of(&Text::Markdown(text.clone()), folder, files));
                }
            }
            ActivityBody::Quiz { quiz } => {
                paths.extend(question_files(&quiz.questions, folder, files));
            }
        }
    }
    paths.retain(|path| files.contains_key(path));
    paths
}

/// Every file that questions show.
fn question_files(
    questions: &[Question],
    folder: &str,
    files: &BTreeMap<String, Stored>,
) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for question in questions {
        let mut texts = vec![&question.prompt];
        texts.extend(&question.hints);
        texts.extend(&question.explanation);
        if let AnswerKey::Choice { options }
        | AnswerKey::Choices { options }
        | AnswerKey::Dropdown { options } = &question.answer
        {
            texts.extend(
                options
                    .iter()
                    .flat_map(|option| option.feedback.iter().chain([&option.text])),
            );
        }
        for text in texts {
            paths.extend(files_of(&Text::Markdown(text.clone()), folder, files));
        }
    }
    paths
}

/// A lesson's files, with those of the stage where it carries them.
fn files_of_lesson(
    course: &Course,
    section: &Section,
    lesson: &Lesson,
    files: &BTreeMap<String, Stored>,
) -> BTreeSet<String> {
    let mut paths = lesson_files(lesson, &section.folder, files);
    if let Some(stage) = &section.stage
        && prepare_stage::carrier(course, section)
            .is_some_and(|carrier| carrier.slug == lesson.slug)
    {
        paths.extend(question_files(&stage.questions, &section.folder, files));
    }
    paths
}
