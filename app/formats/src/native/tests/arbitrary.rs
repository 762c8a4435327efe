//! Courses with everything in them that could be taken for something else.

use std::collections::HashSet;

use crate::native::stage::MAX_COOL_DOWN;
use domain::{
    block::{Block, BlockBody, Card, Cue},
    course::{
        Activity, ActivityBody, AnswerKey, Chapter, Choice, Course, Instructor, Lesson, Level,
        Media, MediaKind, MediaSource, Question, Quiz, Rules, Section, Stage, Text,
    },
    ids::Slug,
    money::{Currency, Money},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Every file that a course made here may refer to.
pub const FILES: [(&str, &str); 6] = [
    ("static/a b#1%20.mp4", "film"),
    ("static/ü?.mp4", "another"),
    ("01-x/it's: a picture.svg", "<svg/>"),
    ("a.png", "picture"),
    ("media/字幕.vtt", "WEBVTT\n\n"),
    ("deep/er/still/b.vtt", "WEBVTT"),
];

const PIECES: [&str; 46] = [
    "\n",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\u{feff}",
    "\u{2028}",
    "a",
    "text",
    "学习",
    "é",
    ":::",
    "::::",
    "::: html #a",
    "::: question choice #a",
    ":::: quiz #q",
    "::: poll #a",
    "::: cards #a at=0:09 in=b",
    "：：：",
    "```",
    "````",
    "~~~",
    "```rust",
    "( ) one",
    "(x) two",
    "[ ] three",
    "[x] four",
    "= 5",
    "? hint",
    "! why",
    "+++",
    "---",
    "\"",
    "\"\"\"",
    "'''",
    "\\",
    "\\n",
    "#",
    "![f](a.png \"t\")",
    "[l](lesson:nowhere)",
    "<img src='/a.png'>",
    "<a href=\"x.html\">",
    "$a$",
    ",",
    "%",
];

pub fn text() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![4 => select(PIECES.to_vec()).prop_map(str::to_owned), 1 => r"(\PC|\n|\t){0,3}"];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A text that says something.
fn said() -> impl Strategy<Value = String> {
    text().prop_filter("blank", |text| !text.trim().is_empty())
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn written() -> impl Strategy<Value = Text> {
    prop_oneof![text().prop_map(Text::Markdown), text().prop_map(Text::Html)]
}

fn slug() -> impl Strategy<Value = Slug> {
    "[a-z0-9]{1,3}(-[a-z0-9]{1,3})?".prop_map(|text| Slug::parse(&text).expect("a slug"))
}

fn choices() -> impl Strategy<Value = Vec<Choice>> {
    let choice = (text(), any::<bool>(), option::of(text()));
    vec(
        choice.prop_map(|(text, right, feedback)| Choice {
            text,
            right,
            feedback,
        }),
        1..4,
    )
}

/// Options of which one is right.
fn single() -> impl Strategy<Value = Vec<Choice>> {
    (choices(), any::<prop::sample::Index>()).prop_map(|(mut choices, right)| {
        let right = right.index(choices.len());
        choices
            .iter_mut()
            .enumerate()
            .for_each(|(index, choice)| choice.right = index == right);
        choices
    })
}

fn answer() -> impl Strategy<Value = AnswerKey> {
    let number = prop::num::f64::NORMAL | prop::num::f64::ZERO | prop::num::f64::SUBNORMAL;
    let round = (-10_000..10_000_i32).prop_map(|number| f64::from(number) / 100.0);
    prop_oneof![
        single().prop_map(|options| AnswerKey::Choice { options }),
        single().prop_map(|options| AnswerKey::Dropdown { options }),
        choices().prop_map(|options| AnswerKey::Choices { options }),
        vec(text(), 1..3).prop_map(|accepted| AnswerKey::Text { accepted }),
        (number, round).prop_map(|(value, tolerance)| AnswerKey::Number {
            value,
            tolerance: tolerance.abs()
        }),
    ]
}

fn question() -> impl Strategy<Value = Question> {
    let share = prop_oneof![Just(1), 0..9_u32];
    let parts = (
        said(),
        text(),
        answer(),
        texts(),
        option::of(text()),
        texts(),
        share,
    );
    parts.prop_map(
        |(key, prompt, answer, hints, explanation, concepts, weight)| Question {
            key,
            prompt,
            answer,
            hints,
            explanation,
            concepts,
            weight,
        },
    )
}

fn quiz() -> impl Strategy<Value = Quiz> {
    let title = prop_oneof![Just(String::new()), text()];
    let pass = prop_oneof![Just(Quiz::DEFAULT_PASS_PERCENT), 0..=100_u8];
    let parts = (title, pass, vec(question(), 1..3));
    parts.prop_map(|(title, pass_percent, questions)| Quiz {
        title,
        pass_percent,
        questions,
        cue: None,
    })
}

fn block() -> impl Strategy<Value = Block> {
    let sides = vec((text(), text()), 1..4).prop_map(|sides| {
        let mut known = HashSet::new();
        let cards = sides
            .into_iter()
            .map(|(front, back)| Card { front, back })
            .filter(|card| known.insert(card.front.clone()));
        cards.collect()
    });
    let options = vec(text(), 0..4).prop_map(|texts| {
        let mut known = HashSet::new();
        let more = ["one".to_owned(), "two".to_owned()]
            .into_iter()
            .chain(texts);
        more.filter(|text| known.insert(text.clone())).collect()
    });
    let body = prop_oneof![
        (text(), options, option::of(text()), any::<bool>()).prop_map(
            |(prompt, options, feedback, private)| BlockBody::Poll {
                prompt,
                options,
                feedback,
                private,
            }
        ),
        (text(), option::of(text()))
            .prop_map(|(prompt, example)| BlockBody::Chain { prompt, example }),
        (said(), text()).prop_map(|(title, text)| BlockBody::Reveal { title, text }),
        (text(), sides).prop_map(|(title, cards)| BlockBody::Cards { title, cards }),
    ];
    (body, any::<bool>()).prop_map(|(body, required)| Block {
        body,
        required,
        cue: None,
    })
}

fn media() -> impl Strategy<Value = Media> {
    let file = || select(FILES.to_vec()).prop_map(|(path, _)| path.to_owned());
    let captions = select(vec![FILES[4].0, FILES[5].0]).prop_map(str::to_owned);
    let source = prop_oneof![
        (file(), option::of(file())).prop_map(|(src, small)| MediaSource::File { src, small }),
        "https?://[a-z]{1,5}/[a-z\"\\\\#?=']{0,5}".prop_map(|url| MediaSource::Link { url }),
        "[A-Za-z0-9_-]{1,11}".prop_map(|id| MediaSource::YouTube { id }),
    ];
    let languages =
        prop::collection::btree_map(select(vec!["en", "zh-Hans", "es-419"]), captions, 0..3);
    let languages = languages.prop_map(|files| {
        files
            .into_iter()
            .map(|(tag, file)| (tag.to_owned(), file))
            .collect()
    });
    let kind = prop_oneof![Just(MediaKind::Video), Just(MediaKind::Audio)];
    let parts = (
        kind,
        text(),
        source,
        option::of(file()),
        option::of(1..u32::MAX),
        languages,
        prop::collection::btree_map(0..400_000_u32, said(), 0..4),
    );
    parts.prop_map(
        |(kind, title, source, poster, seconds, captions, chapters)| Media {
            kind,
            title,
            source,
            poster,
            seconds,
            captions,
            // A chapter lies within its film.
            chapters: chapters
                .into_iter()
                .filter(|(at, _)| seconds.is_none_or(|seconds| *at < seconds))
                .map(|(at, title)| Chapter { at, title })
                .collect(),
        },
    )
}

fn activity() -> impl Strategy<Value = Activity> {
    let key = prop_oneof![(1..4).prop_map(|number| format!("text-{number}")), said()];
    let body = prop_oneof![
        3 => written().prop_map(|text| ActivityBody::Text { text }),
        1 => media().prop_map(|media| ActivityBody::Media { media }),
        3 => quiz().prop_map(|quiz| ActivityBody::Quiz { quiz }),
        3 => block().prop_map(|block| ActivityBody::Block { block }),
    ];
    let alone = question().prop_map(|question| Activity {
        key: question.key.clone(),
        body: ActivityBody::Quiz {
            quiz: Quiz {
                title: String::new(),
                pass_percent: Quiz::DEFAULT_PASS_PERCENT,
                questions: vec![question],
                cue: None,
            },
        },
    });
    prop_oneof![6 => (key, body).prop_map(|(key, body)| Activity { key, body }), 1 => alone]
}

pub fn lesson() -> impl Strategy<Value = Lesson> {
    let parts = (
        slug(),
        said(),
        option::of(1..u32::MAX),
        any::<bool>(),
        vec(activity(), 0..6),
        vec(option::of(1..20_000_u32), 6),
    );
    parts.prop_map(|(slug, title, minutes, preview, mut activities, moments)| {
        let mut known = HashSet::new();
        activities.retain(|activity| known.insert(activity.key.clone()));
        let mut known = HashSet::new();
        for activity in &mut activities {
            if let ActivityBody::Quiz { quiz } = &mut activity.body {
                quiz.questions.retain(|question| known.insert(question.key.clone()));
            }
        }
        // Some keys may be taken, and a quiz has a question.
        activities.retain(|activity| !matches!(&activity.body, ActivityBody::Quiz { quiz } if quiz.questions.is_empty()));
        interrupt(&mut activities, &moments);
        Lesson { slug, title, minutes, preview, activities }
    })
}

/// Some blocks and quizzes interrupt the lesson's first medium, if it can be interrupted.
fn interrupt(activities: &mut [Activity], moments: &[Option<u32>]) {
    let found = activities.iter().find_map(|activity| match &activity.body {
        ActivityBody::Media { media } => match media.source {
            MediaSource::YouTube { .. } => None,
            _ => Some((activity.key.clone(), media.seconds)),
        },
        _ => None,
    });
    let Some((media, length)) = found else { return };
    for (activity, moment) in activities.iter_mut().zip(moments) {
        let inside = moment.filter(|moment| length.is_none_or(|length| *moment < length));
        let media = media.clone();
        let at = inside.map(|seconds| Cue { media, seconds });
        match &mut activity.body {
            ActivityBody::Quiz { quiz } => quiz.cue = at,
            ActivityBody::Block { block } => block.cue = at,
            ActivityBody::Text { .. } | ActivityBody::Media { .. } => {}
        }
    }
}

fn section() -> impl Strategy<Value = Section> {
    let folder = prop_oneof![
        2 => (1..9_u8, slug()).prop_map(|(number, slug)| format!("{number:02}-{slug}")),
        1 => Just(String::new()),
        1 => text(),
    ];
    let parts = (
        slug(),
        said(),
        folder,
        vec(lesson(), 0..3),
        option::of(stage()),
    );
    parts.prop_map(|(slug, title, folder, lessons, stage)| Section {
        slug,
        title,
        folder,
        lessons,
        stage,
    })
}

fn stage() -> impl Strategy<Value = Stage> {
    let rules = (
        option::of(any::<prop::sample::Index>()),
        prop_oneof![Just(Quiz::DEFAULT_PASS_PERCENT), 0..=100_u8],
        option::of(1..u32::MAX),
        prop_oneof![0..MAX_COOL_DOWN, (0..365_u32).prop_map(|days| days * 1440)],
    );
    let names = prop::collection::btree_map(text(), text(), 0..3);
    let parts = (said(), rules, vec(question(), 1..4), names);
    parts.prop_map(|(title, rules, mut questions, names)| {
        let (draw, pass_percent, attempts, cool_down_minutes) = rules;
        let mut known = HashSet::new();
        questions.retain(|question| known.insert(question.key.clone()));
        let draw = draw.and_then(|index| u32::try_from(index.index(questions.len()) + 1).ok());
        let rules = Rules {
            draw,
            pass_percent,
            attempts,
            cool_down_minutes,
        };
        Stage {
            title,
            rules,
            questions,
            names,
        }
    })
}

fn price() -> impl Strategy<Value = Option<Money>> {
    let currency = select(vec![
        Currency::USD,
        Currency::JPY,
        Currency::KWD,
        Currency::CNY,
    ]);
    option::of((0..i64::MAX, currency).prop_map(|(minor, currency)| Money { minor, currency }))
}

fn instructor() -> impl Strategy<Value = Instructor> {
    let parts = (said(), text(), text());
    parts.prop_map(|(name, credentials, bio)| Instructor {
        name,
        credentials,
        bio,
    })
}

pub fn course() -> impl Strategy<Value = Course> {
    let level = select(vec![Level::Beginner, Level::Intermediate, Level::Advanced]);
    let language = select(vec!["en", "zh-Hans", "pt-BR"]).prop_map(str::to_owned);
    let card = (slug(), said(), text(), written(), language, level, text());
    let more = (
        texts(),
        texts(),
        vec(instructor(), 0..3),
        any::<bool>(),
        price(),
    );
    (card, more, lesson(), vec(section(), 1..4)).prop_map(|(card, more, lesson, mut sections)| {
        let (slug, title, summary, overview, language, level, category) = card;
        let (outcomes, prerequisites, instructors, trial, price) = more;
        let mut known = HashSet::new();
        sections.retain(|section| known.insert(section.slug.clone()));
        let mut known = HashSet::from([lesson.slug.clone()]);
        for section in &mut sections {
            section
                .lessons
                .retain(|lesson| known.insert(lesson.slug.clone()));
        }
        let trial_lesson = trial.then(|| lesson.slug.clone());
        sections[0].lessons.push(lesson);
        Course {
            slug,
            title,
            summary,
            overview,
            language,
            level,
            category,
            outcomes,
            prerequisites,
            instructors,
            trial_lesson,
            price,
            sections,
        }
    })
}
