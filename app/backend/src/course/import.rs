//! Importing a course: all or nothing, and a new version only where something changed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    course::{
        Activity, ActivityBody, AnswerKey, Course, Instructor, Lesson, MediaKind, MediaSource, Text,
    },
    ids::{CourseId, Slug, VersionId},
    lesson::LessonKind,
    money::Money,
};
use formats::{Bundle, File, render};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    rendered::{LessonLinks, measurable, media_url},
    store,
};
use crate::{
    Backend, Error, Result, Tx,
    ports::files::{Stored, hex},
};

/// What the command line may say over the course's own words.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub slug: Option<Slug>,
    pub price: Option<Money>,
    pub publish: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub slug: Slug,
    pub title: String,
    pub version: i64,
    /// The import was the same as the version that is there.
    pub unchanged: bool,
    pub published: bool,
}

/// What the course page shows beside the columns of `course_version`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Details {
    pub overview_html: String,
    /// As written, for export.
    pub overview: Option<Text>,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
    pub videos: u32,
    pub quizzes: u32,
}

impl Backend {
    /// Stores a course that was read. Learners keep their progress: it hangs on the lessons' slugs.
    ///
    /// # Errors
    /// `Error::Busy` when disk or database cannot take it; nothing is changed then.
    pub async fn import(&self, mut bundle: Bundle, options: ImportOptions) -> Result<Imported> {
        if let Some(slug) = options.slug {
            bundle.course.slug = slug;
        }
        if options.price.is_some() {
            bundle.course.price = options.price;
        }
        let files = self.store_files(&bundle)?;
        let checksum = checksum(&bundle.course, &files)?;

        let mut tx = self.db.write().await?;
        let now = self.clock.now();
        let course =
            store::course_or_new(&mut tx, &bundle.course.slug, CourseId(Uuid::now_v7()), now)
                .await?;
        let newest = store::newest_version(&mut tx, course.id).await?;
        let unchanged = newest.as_ref().is_some_and(|(_, known)| *known == checksum);
        let version = newest.map_or(0, |(number, _)| number) + i64::from(!unchanged);
        if !unchanged {
            let id = VersionId(Uuid::now_v7());
            write_version(
                &mut tx,
                &Version {
                    id,
                    course: course.id,
                    number: version,
                    checksum,
                    now,
                },
                &bundle.course,
                &files,
            )
            .await?;
        }
        let published = course.published || options.publish;
        if published != course.published {
            store::set_published(&mut tx, course.id, published).await?;
        }
        tx.commit().await?;
        Ok(Imported {
            slug: bundle.course.slug,
            title: bundle.course.title,
            version,
            unchanged,
            published,
        })
    }

    /// Files are stored under their content's hash before the transaction: what a failure leaves behind is found
    /// there by the next attempt.
    fn store_files(&self, bundle: &Bundle) -> Result<BTreeMap<String, Stored>> {
        let store = |file: &File| match file {
            File::Disk(path) => {
                let file = std::fs::File::open(path).map_err(|error| {
                    Error::Setup(format!("cannot read {}: {error}", path.display()))
                })?;
                self.files.store(file)
            }
            File::Memory(content) => self.files.store(content.as_slice()),
        };
        bundle
            .files
            .iter()
            .map(|(path, file)| Ok((path.clone(), store(file)?)))
            .collect()
    }
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

struct Version {
    id: VersionId,
    course: CourseId,
    number: i64,
    checksum: String,
    now: Timestamp,
}

async fn write_version(
    tx: &mut Tx,
    version: &Version,
    course: &Course,
    files: &BTreeMap<String, Stored>,
) -> Result<()> {
    let overview_files = files_of(&course.overview, "", files);
    let hash = |path: &str| files.get(path).map(|file| file.sha256.clone());
    let overview_link = |reference: &str| {
        let path = formats::resolve("", reference)?;
        hash(&path).map(|hash| media_url(&course.slug, "-", &path, &hash))
    };
    let (videos, quizzes) = count(course);
    let details = Details {
        overview_html: render::text(&course.overview, &overview_link, "overview"),
        overview: Some(course.overview.clone()),
        outcomes: course.outcomes.clone(),
        prerequisites: course.prerequisites.clone(),
        instructors: course.instructors.clone(),
        videos,
        quizzes,
    };
    store::insert_version(
        tx,
        &store::NewVersion {
            id: version.id,
            course: version.course,
            number: version.number,
            checksum: &version.checksum,
            details: &serde_json::to_string(&details).map_err(Error::internal)?,
            search_text: &search_text(course),
            now: version.now,
        },
        course,
    )
    .await?;
    for (path, file) in files {
        store::insert_file(tx, version.id, path, file, overview_files.contains(path)).await?;
    }

    let slugs: BTreeSet<&str> = course
        .lessons()
        .map(|lesson| lesson.slug.as_str())
        .collect();
    let mut position = 0;
    for (section_position, section) in (0_i64..).zip(&course.sections) {
        store::insert_section(tx, version.id, section_position, section).await?;
        for lesson in &section.lessons {
            let links = LessonLinks {
                course: &course.slug,
                lesson: &lesson.slug,
                folder: &section.folder,
                hash: &hash,
                has_lesson: &|slug| slugs.contains(slug),
            };
            let at = store::At {
                version: version.id,
                section: section_position,
                lesson: position,
            };
            write_lesson(tx, &at, lesson, &links).await?;
            for path in lesson_files(lesson, &section.folder, files) {
                store::insert_lesson_file(tx, version.id, &lesson.slug, &path).await?;
            }
            position += 1;
        }
    }
    store::show_version(tx, version.course, version.id).await
}

async fn write_lesson(
    tx: &mut Tx,
    at: &store::At,
    lesson: &Lesson,
    links: &LessonLinks<'_>,
) -> Result<()> {
    store::insert_lesson(tx, at, lesson, kind(lesson)).await?;
    for (position, activity) in (0_i64..).zip(&lesson.activities) {
        let duration = match &activity.body {
            ActivityBody::Media { media } => measurable(media),
            _ => None,
        };
        let new = store::NewActivity {
            position,
            key: &activity.key,
            kind: activity_kind(activity),
            duration_ms: duration.and_then(|duration| i64::try_from(duration).ok()),
            source: serde_json::to_string(&activity.body).map_err(Error::internal)?,
            rendered: serde_json::to_string(&links.render(activity)).map_err(Error::internal)?,
        };
        store::insert_activity(tx, at, &new).await?;
    }
    Ok(())
}

fn activity_kind(activity: &Activity) -> &'static str {
    match activity.body {
        ActivityBody::Text { .. } => "text",
        ActivityBody::Media { .. } => "media",
        ActivityBody::Quiz { .. } => "quiz",
    }
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
            ActivityBody::Text { .. } => (videos, quizzes),
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
            ActivityBody::Quiz { quiz } => {
                for question in &quiz.questions {
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
            }
        }
    }
    paths.retain(|path| files.contains_key(path));
    paths
}
