use std::{collections::BTreeMap, fs, io::ErrorKind};

use domain::{
    course::{
        Activity, ActivityBody, AnswerKey, Choice, Course, Lesson, Level, Question, Quiz, Section,
        Text,
    },
    ids::Slug,
};

use crate::{
    Bundle, File, Report, Source,
    native::{read, write, write_lesson},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn text(key: &str, text: Text) -> Activity {
    Activity {
        key: key.to_owned(),
        body: ActivityBody::Text { text },
    }
}

fn markdown(key: &str, source: &str) -> Activity {
    text(key, Text::Markdown(source.to_owned()))
}

/// A question about an option.
fn question(key: &str, option: &str) -> Question {
    let choice = |text: &str, right| Choice {
        text: text.to_owned(),
        right,
        feedback: Some("Look:\n\n- twice".to_owned()),
    };
    Question {
        key: key.to_owned(),
        prompt: "Which?\n\n```\n( ) code\n```".to_owned(),
        answer: AnswerKey::Choice {
            options: vec![choice(option, true), choice("none", false)],
        },
        hints: vec!["One".to_owned(), "Two\n\nand a half".to_owned()],
        explanation: Some("Because\n\n= this".to_owned()),
        concepts: vec!["a".to_owned(), "b c".to_owned()],
        weight: 2,
    }
}

fn quiz(key: &str, title: &str, question: Question) -> Activity {
    let quiz = Quiz {
        title: title.to_owned(),
        pass_percent: Quiz::DEFAULT_PASS_PERCENT,
        questions: vec![question],
        cue: None,
    };
    Activity {
        key: key.to_owned(),
        body: ActivityBody::Quiz { quiz },
    }
}

/// A course as importers make it: its files lie elsewhere, and some references lead nowhere.
fn imported(files: &[&str]) -> Bundle {
    let page = "<img src=\"/static/a.png\"><a href=\"/wiki/gone\">gone</a><a href=\"lesson:gone\">gone</a>";
    let lesson = Lesson {
        slug: slug("one"),
        title: "One".to_owned(),
        minutes: None,
        preview: false,
        activities: vec![text("page", Text::Html(page.to_owned()))],
    };
    let section = Section {
        stage: None,
        slug: slug("intro"),
        title: "Intro".to_owned(),
        folder: String::new(),
        lessons: vec![lesson],
    };
    let course = Course {
        slug: slug("imported"),
        title: "Imported".to_owned(),
        summary: String::new(),
        overview: Text::Html("<p>All of it</p>".to_owned()),
        language: "en".to_owned(),
        level: Level::Beginner,
        category: String::new(),
        outcomes: vec![],
        prerequisites: vec![],
        instructors: vec![],
        trial_lesson: None,
        price: None,
        sections: vec![section],
    };
    let files = files
        .iter()
        .map(|path| ((*path).to_owned(), File::Memory(b"content".to_vec())));
    Bundle {
        course,
        files: files.collect(),
        report: Report::default(),
    }
}

#[test]
fn what_can_be_plain_is_plain() {
    let activities = [
        markdown("text-1", "# One\n\n    code"),
        quiz("a", "", question("a", "`one`")),
        markdown("text-2", "Two"),
        quiz("check", "Check \"it\"", question("b", "one")),
    ];
    insta::assert_snapshot!(write_lesson::activities(&activities, "01-a").trim(), @r#"
    # One

        code

    ::: question choice #a concepts="a,b c" weight=2
    Which?

    ```
    ( ) code
    ```

    (x) `one`
        Look:

        - twice
    ( ) none
        Look:

        - twice

    ? One

    ? Two

    and a half

    ! Because

    = this
    :::

    Two

    :::: quiz #check title="Check \"it\""
    ::: question choice #b concepts="a,b c" weight=2
    Which?

    ```
    ( ) code
    ```

    (x) one
        Look:

        - twice
    ( ) none
        Look:

        - twice

    ? One

    ? Two

    and a half

    ! Because

    = this
    :::
    ::::
    "#);
}

#[test]
fn what_cannot_be_plain_is_exact() {
    let activities = [
        markdown("text-1", "One"),
        markdown("text-2", "two in a row"),
        markdown("intro", "::: video\n"),
        text("a \"b\"", Text::Html("<pre>\n:::: \n</pre>\n".to_owned())),
        markdown("text-2b", "\r\n"),
        quiz("a", "", question("a", "several\nlines")),
    ];
    insta::assert_snapshot!(write_lesson::activities(&activities, "01-a").trim(), @r#"
    One

    ::: text #text-2
    two in a row
    :::

    :::: text #intro
    ::: video

    ::::

    ::::: html #"a \"b\""
    <pre>
    :::: 
    </pre>

    :::::

    ::: text #text-2b form=toml
    source = """
    \u000d
    """
    :::

    ::: question choice #a form=toml
    prompt = """
    Which?

    ```
    ( ) code
    ```"""
    hints = [
      "One",
      """
    Two

    and a half""",
    ]
    explanation = """
    Because

    = this"""
    concepts = [
      "a",
      "b c",
    ]
    weight = 2

    [[option]]
    text = """
    several
    lines"""
    right = true
    feedback = """
    Look:

    - twice"""

    [[option]]
    text = "none"
    feedback = """
    Look:

    - twice"""
    :::
    "#);
}

#[test]
fn an_imported_course_is_written_and_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = imported(&["static/a.png"]);
    write(&bundle, folder.path()).expect("written");
    let page = |path: &str| fs::read_to_string(folder.path().join(path)).expect("a page");
    insta::assert_snapshot!(page("course.toml"), @r#"
    slug = "imported"
    title = "Imported"
    summary = ""
    language = "en"
    level = "beginner"
    category = ""
    dead_links = [
      "/wiki/gone",
      "lesson:gone",
    ]
    "#);
    insta::assert_snapshot!(page("01-intro/section.toml"), @r#"
    title = "Intro"
    base = ""
    "#);
    let read = read(&Source::open(folder.path()).expect("a folder"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.course, bundle.course);
    assert_eq!(read.files.keys().collect::<Vec<_>>(), ["static/a.png"]);
    assert_eq!(
        write(&bundle, folder.path()).expect_err("not empty").kind(),
        ErrorKind::DirectoryNotEmpty
    );
}

#[test]
fn files_do_not_take_the_names_of_pages() {
    for file in [
        "course.toml",
        "overview.md",
        "01-intro/01-one.md",
        "01-intro/02-two.md",
        "02-b/section.toml",
        "../a",
        "/a",
        "a/.b",
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let refused = write(&imported(&[file]), &folder.path().join("out")).expect_err("refused");
        assert_eq!(refused.kind(), ErrorKind::InvalidInput, "{file}");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    }
}

#[test]
fn folders_stay_when_they_are_in_order() {
    let mut bundle = imported(&[]);
    bundle.course.sections[0].folder = "3-beginning".to_owned();
    let folder = tempfile::tempdir().expect("a folder");
    write(&bundle, folder.path()).expect("written");
    let section =
        fs::read_to_string(folder.path().join("3-beginning/section.toml")).expect("a section");
    assert_eq!(section, "title = \"Intro\"\nslug = \"intro\"\n");
    let read = read(&Source::open(folder.path()).expect("a folder"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(read.course, bundle.course);
    assert!(read.files.is_empty());
    assert_eq!(
        read.report.kept,
        BTreeMap::from(["section", "lesson", "text"].map(|kind| (kind.to_owned(), 1)))
    );
}
