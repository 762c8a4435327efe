//! Folders to read courses from, and what has to be true of every course that was read.

use std::{collections::BTreeSet, fs};

use domain::course::{Activity, ActivityBody, AnswerKey, Choice, Lesson, Media, MediaSource, Text};

use crate::{Bundle, Note, Problems, Source, olx, render, resolve};

pub struct Fixture {
    folder: tempfile::TempDir,
}

impl Fixture {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// A course of one unit, with these blocks in it.
    pub fn unit(blocks: &str) -> Self {
        let course = format!(
            "<course org=\"Org\" course=\"C1\" url_name=\"run\" display_name=\"A course\"><chapter display_name=\"One\">\
             <sequential display_name=\"Sub\"><vertical url_name=\"unit1\" display_name=\"The unit\">{blocks}</vertical>\
             </sequential></chapter></course>"
        );
        Self::new().file("course.xml", &course)
    }

    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
        self
    }

    pub fn try_read(&self) -> Result<Bundle, Problems> {
        olx::read(&Source::open(self.folder.path()).expect("a source"))
    }

    pub fn read(&self) -> Bundle {
        let bundle = self.try_read().expect("a course");
        check(&bundle);
        bundle
    }

    /// The only lesson.
    pub fn lesson(&self) -> (Lesson, Bundle) {
        let bundle = self.read();
        let lesson = bundle.course.lessons().next().expect("a lesson").clone();
        (lesson, bundle)
    }
}

/// The notes as `file: what — why`.
pub fn notes(notes: &[Note]) -> Vec<String> {
    notes
        .iter()
        .map(|note| format!("{}: {} — {}", note.file, note.what, note.why))
        .collect()
}

pub fn said(list: &[Note], words: &str) -> bool {
    notes(list).iter().any(|note| note.contains(words))
}

/// What the activity is and says, in short.
pub fn outline(activity: &Activity) -> String {
    let what = match &activity.body {
        ActivityBody::Text {
            text: Text::Html(html) | Text::Markdown(html),
        } => format!("text {html}"),
        ActivityBody::Media { media } => match &media.source {
            MediaSource::File { src, .. } => format!("media {src}"),
            MediaSource::Link { url } => format!("media {url}"),
            MediaSource::YouTube { id } => format!("media youtube {id}"),
        },
        ActivityBody::Quiz { quiz } => format!(
            "quiz {}",
            quiz.questions
                .iter()
                .map(|question| question.prompt.as_str())
                .collect::<Vec<_>>()
                .join(" / ")
        ),
        ActivityBody::Block { block } => {
            let texts: Vec<&str> = block.body.texts().into_iter().map(String::as_str).collect();
            format!("{} {}", block.body.name(), texts.join(" / "))
        }
    };
    format!("{}: {what}", activity.key)
}

/// What every course that was read keeps to, whatever it was made of.
pub fn check(bundle: &Bundle) {
    let course = &bundle.course;
    let lessons = course.lessons().map(|lesson| lesson.slug.as_str());
    unique(lessons, course.lessons().count());
    let folders = course
        .sections
        .iter()
        .map(|section| section.folder.as_str());
    unique(folders, course.sections.len());
    check_text(bundle, &course.overview, "");
    for section in &course.sections {
        for lesson in &section.lessons {
            check_lesson(bundle, lesson, &section.folder);
        }
    }
}

fn unique<'a>(names: impl Iterator<Item = &'a str>, count: usize) {
    let names: BTreeSet<&str> = names.collect();
    assert_eq!(names.len(), count, "{names:?}");
}

/// Every reference leads to a file or a lesson that is there.
fn check_text(bundle: &Bundle, text: &Text, folder: &str) {
    for reference in render::references(text) {
        let leads = match reference.strip_prefix("lesson:") {
            Some(slug) => bundle
                .course
                .lessons()
                .any(|lesson| lesson.slug.as_str() == slug),
            None => {
                resolve(folder, &reference).is_some_and(|path| bundle.files.contains_key(&path))
            }
        };
        assert!(leads, "{reference} leads nowhere in {text:?}");
    }
}

fn check_key(key: &str) {
    let plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
    assert!(!key.is_empty() && key.bytes().all(plain), "{key}");
}

fn check_lesson(bundle: &Bundle, lesson: &Lesson, folder: &str) {
    assert!(!lesson.activities.is_empty());
    unique(
        lesson
            .activities
            .iter()
            .map(|activity| activity.key.as_str()),
        lesson.activities.len(),
    );
    let mut questions = Vec::new();
    for activity in &lesson.activities {
        check_key(&activity.key);
        match &activity.body {
            ActivityBody::Text { text } => check_text(bundle, text, folder),
            ActivityBody::Media { media } => check_media(bundle, media),
            ActivityBody::Quiz { quiz } => {
                assert!(!quiz.questions.is_empty());
                questions.extend(&quiz.questions);
            }
            ActivityBody::Block { block } => {
                for text in block.body.texts() {
                    check_text(bundle, &Text::Markdown(text.clone()), folder);
                }
            }
        }
    }
    unique(
        questions.iter().map(|question| question.key.as_str()),
        questions.len(),
    );
    for question in questions {
        check_key(&question.key);
        assert!(!question.prompt.is_empty() && question.weight > 0);
        let said = options(&question.answer)
            .iter()
            .flat_map(|option| [Some(&option.text), option.feedback.as_ref()])
            .flatten();
        for text in said
            .chain([&question.prompt])
            .chain(&question.hints)
            .chain(&question.explanation)
        {
            check_text(bundle, &Text::Markdown(text.clone()), folder);
        }
    }
}

fn check_media(bundle: &Bundle, media: &Media) {
    let file = match &media.source {
        MediaSource::File { src, .. } => Some(src),
        MediaSource::Link { .. } | MediaSource::YouTube { .. } => None,
    };
    for path in file
        .into_iter()
        .chain(&media.poster)
        .chain(media.captions.values())
    {
        assert!(bundle.files.contains_key(path), "{path}");
    }
}

/// The options of an answer that keeps to its kind's rules.
fn options(answer: &AnswerKey) -> &[Choice] {
    match answer {
        AnswerKey::Choice { options } | AnswerKey::Dropdown { options } => {
            assert_eq!(options.iter().filter(|option| option.right).count(), 1);
            options
        }
        AnswerKey::Choices { options } => options,
        AnswerKey::Text { accepted } => {
            assert!(!accepted.is_empty());
            &[]
        }
        AnswerKey::Number { value, tolerance } => {
            assert!(value.is_finite() && tolerance.is_finite());
            &[]
        }
    }
}
