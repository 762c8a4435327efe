use std::collections::BTreeMap;

use domain::course::{ActivityBody, AnswerKey, Lesson, MediaSource, Question, Text};

use super::{COURSE, read, with_lesson};

fn lesson(body: &str) -> Lesson {
    let read = with_lesson(&format!("+++\ntitle = \"One\"\n+++\n{body}"));
    let mut bundle = read.unwrap_or_else(|problems| panic!("{problems}"));
    bundle.course.sections.remove(0).lessons.remove(0)
}

fn question(source: &str) -> Question {
    match lesson(source).activities.remove(0).body {
        ActivityBody::Quiz { mut quiz } => quiz.questions.remove(0),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_folder_becomes_a_course() {
    let course = format!(
        "{COURSE}trial = \"first\"\nprice = \"49.00\"\ncurrency = \"USD\"\n[[instructor]]\nname = \"N\"\n"
    );
    let bundle = read(&[
        ("course.toml", &course),
        ("overview.md", "Look: ![cover](cover.svg)\n"),
        ("cover.svg", "<svg/>"),
        ("LICENSE", "free"),
        (
            "10-later/section.toml",
            "title = \"Later\"\nslug = \"after\"\n",
        ),
        (
            "10-later/1-second.md",
            "+++\ntitle = \"Second\"\n+++\n[back](lesson:first#top)\n",
        ),
        ("2-start/section.toml", "title = \"Start\"\n"),
        (
            "2-start/01-first.md",
            "\u{feff}+++\r\ntitle = \"First\"\r\nminutes = 3\r\npreview = true\r\n+++\r\nHi\r\n",
        ),
        ("2-start/notes.md", "for myself"),
    ]);
    let bundle = bundle.unwrap_or_else(|problems| panic!("{problems}"));
    let course = bundle.course;
    assert_eq!(course.slug.as_str(), "course");
    assert_eq!(
        course.overview,
        Text::Markdown("Look: ![cover](cover.svg)".to_owned())
    );
    assert_eq!(course.price.map(|price| price.minor), Some(4900));
    let outline: Vec<(&str, &str)> = course
        .sections
        .iter()
        .map(|section| (section.slug.as_str(), section.folder.as_str()))
        .collect();
    assert_eq!(outline, [("start", "2-start"), ("after", "10-later")]);
    let first = &course.sections[0].lessons[0];
    assert_eq!(
        (first.slug.as_str(), first.minutes, first.preview),
        ("first", Some(3), true)
    );
    assert_eq!(course.trial_lesson.as_ref(), Some(&first.slug));
    assert_eq!(bundle.files.keys().collect::<Vec<_>>(), ["cover.svg"]);
    let left_out: Vec<&str> = bundle
        .report
        .left_out
        .iter()
        .map(|note| note.file.as_str())
        .collect();
    assert_eq!(left_out, ["2-start/notes.md", "LICENSE"]);
    let kept = [("file", 1), ("lesson", 2), ("section", 2), ("text", 2)];
    assert_eq!(
        bundle.report.kept,
        BTreeMap::from(kept.map(|(kind, count)| (kind.to_owned(), count)))
    );
}

#[test]
fn activities_stand_in_the_order_of_the_file() {
    let lesson = lesson(
        r#"
# One

::: video
id = "film"
title = "Film"
src = "a.mp4"
poster = "/01-a/a.jpg"
seconds = 83
captions.en = "a.en.vtt"
[[chapter]]
at = "0:00"
title = "Why"
[[chapter]]
at = "1:05"
title = "How"
:::
Two
:::: quiz #check pass=50% title="Check \"yourself\""
::: question number #a
Half of 84?
= 42
:::
::::
::: html #raw
<p>Three</p>
:::
```
::: video
```
::: question text #b concepts=one,two weight=3
Why?
= because
:::
"#,
    );
    let keys: Vec<&str> = lesson
        .activities
        .iter()
        .map(|activity| activity.key.as_str())
        .collect();
    assert_eq!(
        keys,
        ["text-1", "film", "text-2", "check", "raw", "text-3", "b"]
    );
    let ActivityBody::Media { media } = &lesson.activities[1].body else {
        panic!()
    };
    assert_eq!(
        media.source,
        MediaSource::File {
            src: "01-a/a.mp4".to_owned(),
            small: None
        }
    );
    assert_eq!(media.poster.as_deref(), Some("01-a/a.jpg"));
    assert_eq!(media.captions["en"], "01-a/a.en.vtt");
    let chapters: Vec<(u32, &str)> = media
        .chapters
        .iter()
        .map(|chapter| (chapter.at, chapter.title.as_str()))
        .collect();
    assert_eq!(chapters, [(0, "Why"), (65, "How")]);
    let ActivityBody::Quiz { quiz } = &lesson.activities[3].body else {
        panic!()
    };
    assert_eq!(
        (quiz.title.as_str(), quiz.pass_percent),
        ("Check \"yourself\"", 50)
    );
    let ActivityBody::Quiz { quiz } = &lesson.activities[6].body else {
        panic!()
    };
    assert_eq!((quiz.title.as_str(), quiz.pass_percent), ("", 70));
    assert_eq!(quiz.questions[0].concepts, ["one", "two"]);
    assert_eq!(quiz.questions[0].weight, 3);
}

#[test]
fn options_have_feedback_and_questions_remarks() {
    let question = question(
        r"
::: question choices #a

What does this print?

```
( ) no option
= 3
```

[x] `( ) no option`

    First, it is code.

      - Second, so it is.
[ ] nothing

? Look at the fence.

? Look again.
  It is code.

! Code holds no marks:

= as little as an explanation does.
:::
",
    );
    assert_eq!(
        question.prompt,
        "What does this print?\n\n```\n( ) no option\n= 3\n```"
    );
    let AnswerKey::Choices { options } = &question.answer else {
        panic!()
    };
    assert_eq!(options[0].text, "`( ) no option`");
    assert_eq!(
        options[0].feedback.as_deref(),
        Some("First, it is code.\n\n  - Second, so it is.")
    );
    assert_eq!(
        (options[1].right, options[1].feedback.as_deref()),
        (false, None)
    );
    assert_eq!(
        question.hints,
        ["Look at the fence.", "Look again.\nIt is code."]
    );
    assert_eq!(
        question.explanation.as_deref(),
        Some("Code holds no marks:\n\n= as little as an explanation does.")
    );
}

#[test]
fn numbers_have_tolerances() {
    for (answer, value, tolerance) in [
        ("42", 42.0, 0.0),
        ("-3.5e3", -3500.0, 0.0),
        ("2.5 +- 0.01", 2.5, 0.01),
        ("-200 ± 5%", -200.0, 10.0),
    ] {
        let question = question(&format!(
            "::: question number #a\nHow many?\n= {answer}\n:::"
        ));
        assert_eq!(
            question.answer,
            AnswerKey::Number { value, tolerance },
            "{answer}"
        );
    }
}

#[test]
fn known_dead_links_are_no_problems() {
    let course = format!("{COURSE}dead_links = [\"gone.png\", \"lesson:gone\"]\n");
    let bundle = read(&[
        ("course.toml", &course),
        ("01-a/section.toml", "title = \"A\"\nbase = \"static\""),
        (
            "01-a/01-a.md",
            "+++\ntitle = \"A\"\n+++\n![](gone.png) [](lesson:gone) ![](a.png)",
        ),
        ("static/a.png", ""),
    ]);
    let bundle = bundle.unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(bundle.course.sections[0].folder, "static");
    assert_eq!(bundle.files.keys().collect::<Vec<_>>(), ["static/a.png"]);
}

#[test]
fn a_film_in_pieces_brings_them() {
    let lesson =
        "+++\ntitle = \"A\"\n+++\n::: video\nid = \"a\"\ntitle = \"A\"\nsrc = \"film.m3u8\"\n:::\n";
    let with = |playlist: &str| {
        read(&[
            ("course.toml", COURSE),
            ("01-a/section.toml", "title = \"A\""),
            ("01-a/01-a.md", lesson),
            ("01-a/film.m3u8", playlist),
            ("01-a/1.ts", ""),
        ])
    };
    let bundle =
        with("#EXTM3U\n#EXTINF:4,\n1.ts\n").unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(
        bundle.files.keys().collect::<Vec<_>>(),
        ["01-a/1.ts", "01-a/film.m3u8"]
    );
    let problems =
        with("#EXTM3U\n1.ts\n2.ts\nhttps://elsewhere.example/3.ts\n").expect_err("problems");
    assert_eq!(
        problems.to_string(),
        "01-a/01-a.md:7: `01-a/film.m3u8` plays `https://elsewhere.example/3.ts`, which is no file of the course\n\
         01-a/01-a.md:7: there is no file `01-a/2.ts`"
    );
}
