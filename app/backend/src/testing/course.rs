//! A small course with one lesson of each kind.

use std::collections::BTreeMap;

use domain::{
    course::{
        Activity, ActivityBody, AnswerKey, Chapter, Choice, Course, Instructor, Lesson, Level,
        Media, MediaKind, MediaSource, Question, Quiz, Section, Text,
    },
    ids::Slug,
    money::Money,
};
use formats::{Bundle, File, Report};

/// Section `start`: `intro` (text, the trial lesson), `film` (a video of two minutes), `check` (a quiz of two
/// questions: `b` is right, then 42). Section `more`: `deep` (text with a picture), which stays locked.
///
/// # Panics
/// Where `slug` is no slug or `price` no amount of CNY.
#[must_use]
pub fn sample_course(slug: &str, price: Option<&str>) -> Bundle {
    let text = |key: &str, source: &str| Activity {
        key: key.into(),
        body: ActivityBody::Text {
            text: Text::Markdown(source.into()),
        },
    };
    let course = Course {
        slug: Slug::parse(slug).expect("a slug"),
        title: format!("Course {slug}"),
        summary: "A course for tests.".into(),
        overview: Text::Markdown("What it is **about**.".into()),
        language: "en".into(),
        level: Level::Beginner,
        category: "Testing".into(),
        outcomes: vec!["Know what a test is".into()],
        prerequisites: vec!["None".into()],
        instructors: vec![Instructor {
            name: "Ada Reviewer".into(),
            credentials: "Tester".into(),
            bio: "She tests.".into(),
        }],
        trial_lesson: Some(Slug::parse("intro").expect("a slug")),
        price: price.map(|amount| Money::parse(amount, "CNY").expect("an amount")),
        sections: vec![
            section(
                "start",
                "Start",
                vec![
                    lesson(
                        "intro",
                        "Introduction",
                        vec![text("text-1", "Welcome. Then [watch](lesson:film).")],
                    ),
                    lesson(
                        "film",
                        "A film",
                        vec![Activity {
                            key: "film".into(),
                            body: ActivityBody::Media { media: film() },
                        }],
                    ),
                    lesson(
                        "check",
                        "A check",
                        vec![Activity {
                            key: "basics".into(),
                            body: ActivityBody::Quiz { quiz: quiz() },
                        }],
                    ),
                ],
            ),
            section(
                "more",
                "More",
                vec![lesson(
                    "deep",
                    "Deeper",
                    vec![text(
                        "text-1",
                        "The secret of the locked lesson. ![A dot](dot.svg \"A dot\")",
                    )],
                )],
            ),
        ],
    };
    let svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>";
    let files = [
        ("01-start/film.mp4", b"0123456789".repeat(100)),
        (
            "01-start/film.en.vtt",
            b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n".to_vec(),
        ),
        ("02-more/dot.svg", svg.as_bytes().to_vec()),
    ];
    Bundle {
        course,
        files: files
            .into_iter()
            .map(|(path, content)| (path.to_owned(), File::Memory(content)))
            .collect(),
        report: Report::default(),
    }
}

fn section(slug: &str, title: &str, lessons: Vec<Lesson>) -> Section {
    let number = if slug == "start" { 1 } else { 2 };
    Section {
        slug: Slug::parse(slug).expect("a slug"),
        title: title.into(),
        folder: format!("{number:02}-{slug}"),
        lessons,
        stage: None,
    }
}

fn lesson(slug: &str, title: &str, activities: Vec<Activity>) -> Lesson {
    Lesson {
        slug: Slug::parse(slug).expect("a slug"),
        title: title.into(),
        minutes: None,
        preview: false,
        activities,
    }
}

fn film() -> Media {
    Media {
        kind: MediaKind::Video,
        title: "A film".into(),
        source: MediaSource::File {
            src: "01-start/film.mp4".into(),
            small: None,
        },
        poster: None,
        seconds: Some(120),
        captions: BTreeMap::from([("en".into(), "01-start/film.en.vtt".into())]),
        chapters: vec![
            Chapter {
                at: 0,
                title: "Hello".into(),
            },
            Chapter {
                at: 75,
                title: "Goodbye".into(),
            },
        ],
    }
}

fn quiz() -> Quiz {
    let choice = |text: &str, right| Choice {
        text: text.into(),
        right,
        feedback: Some(format!("About {text}.")),
    };
    let question = |key: &str, prompt: &str, answer| Question {
        key: key.into(),
        prompt: prompt.into(),
        answer,
        hints: vec!["Think.".into()],
        explanation: Some(format!("The reason for {key}.")),
        concepts: vec!["testing".into()],
        weight: 1,
    };
    Quiz {
        title: "Basics".into(),
        pass_percent: 70,
        cue: None,
        questions: vec![
            question(
                "letter",
                "Which letter?",
                AnswerKey::Choice {
                    options: vec![choice("a", false), choice("b", true)],
                },
            ),
            question(
                "answer",
                "Which number?",
                AnswerKey::Number {
                    value: 42.0,
                    tolerance: 0.0,
                },
            ),
        ],
    }
}
