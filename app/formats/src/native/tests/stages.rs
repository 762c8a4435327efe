//! The tests at the end of sections, as people write them.

use domain::course::Rules;

use super::{COURSE, read};
use crate::{Bundle, Problems};

const STAGE: &str = r#"title = "A"

[stage]
title = "The first rest"
draw = 1
pass = "80%"
attempts = 3
cool_down = "4h"
names.b = "The other one"
"#;

const QUESTIONS: &str = "::: question choice #one concepts=a,b
Which?

(x) This [one](picture.svg)
( ) That
:::

::: question number #two
How many?

= 2
:::
";

fn staged(section: &str, questions: Option<&str>) -> Result<Bundle, Problems> {
    let mut files = vec![
        ("course.toml", COURSE),
        ("01-a/section.toml", section),
        ("01-a/01-one.md", "+++\ntitle = \"One\"\n+++\n"),
        ("01-a/picture.svg", "<svg/>"),
    ];
    files.extend(questions.map(|questions| ("01-a/stage.md", questions)));
    read(&files)
}

fn problems(section: &str, questions: Option<&str>) -> String {
    let problems = staged(section, questions).expect_err("problems").0;
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

#[test]
fn a_section_may_end_with_a_stage() {
    let bundle = staged(STAGE, Some(QUESTIONS)).expect("a course");
    let stage = bundle.course.sections[0].stage.as_ref().expect("a stage");
    assert_eq!(stage.title, "The first rest");
    assert_eq!(
        stage.rules,
        Rules {
            draw: Some(1),
            pass_percent: 80,
            attempts: Some(3),
            cool_down_minutes: 240,
        }
    );
    let keys: Vec<_> = stage
        .questions
        .iter()
        .map(|question| question.key.as_str())
        .collect();
    assert_eq!(keys, ["one", "two"]);
    assert_eq!(stage.questions[0].concepts, ["a", "b"]);
    assert_eq!(
        (stage.name("a"), stage.name("b")),
        ("a".into(), "The other one".into())
    );
    assert!(
        bundle.files.contains_key("01-a/picture.svg"),
        "what a question shows is imported"
    );
    assert_eq!(bundle.report.kept["stage"], 1);
    assert!(bundle.report.left_out.is_empty());
}

#[test]
fn only_the_title_has_to_be_there() {
    let section = "title = \"A\"\n[stage]\ntitle = \"B\"\nattempts = 0\n";
    let bundle = staged(section, Some(QUESTIONS)).expect("a course");
    let stage = bundle.course.sections[0].stage.as_ref().expect("a stage");
    let rules = Rules {
        draw: None,
        pass_percent: 70,
        attempts: None,
        cool_down_minutes: 0,
    };
    assert_eq!(stage.rules, rules);
}

#[test]
fn questions_without_a_table_are_no_stage() {
    let bundle = staged("title = \"A\"\n", Some(QUESTIONS)).expect("a course");
    assert_eq!(bundle.course.sections[0].stage, None);
    assert!(
        bundle
            .report
            .left_out
            .iter()
            .any(|note| note.file == "01-a/stage.md")
    );
}

#[test]
fn mistakes_are_told_with_file_and_line() {
    insta::assert_snapshot!(problems(STAGE, None), @"01-a/section.toml:3: has a table [stage], but its questions are missing: write them in stage.md beside it");
    let section =
        "title = \"A\"\n[stage]\ndraw = 0\npass = \"120%\"\ncool_down = \"soon\"\ntries = 3\n";
    insta::assert_snapshot!(problems(section, Some(QUESTIONS)), @r#"
    01-a/section.toml:2: `title` is missing: add a line title = "…"
    01-a/section.toml:3: `draw` is 0, but has to be a whole number from 1
    01-a/section.toml:4: pass is `120%`, but has to be between 0% and 100%
    01-a/section.toml:5: cool_down is `soon`, but has to be minutes, hours or days like 30m, 4h or 2d, at most 365d
    01-a/section.toml:6: `tries` is not known here; known are title, draw, pass, attempts, cool_down, names
    "#);
    insta::assert_snapshot!(problems(&STAGE.replace("draw = 1", "draw = 9"), Some(QUESTIONS)), @"01-a/stage.md: draw is 9, but there are only 2 questions: write more, or draw fewer");
    insta::assert_snapshot!(problems(STAGE, Some("\n")), @"01-a/stage.md:1: this stage has no question");
    let mixed = format!("Read first.\n\n{QUESTIONS}\n{QUESTIONS}\n::: text #a\nMore\n:::\n");
    insta::assert_snapshot!(problems(STAGE, Some(&mixed)), @r#"
    01-a/stage.md:1: a stage holds blocks ::: question and nothing else: put the rest into a lesson
    01-a/stage.md:16: the id `one` is taken by line 3: an id stands once in a lesson
    01-a/stage.md:23: the id `two` is taken by line 10: an id stands once in a lesson
    01-a/stage.md:29: a stage holds blocks ::: question and nothing else: put the rest into a lesson
    "#);
    let dead = QUESTIONS.replace("picture.svg", "nothing.svg");
    insta::assert_snapshot!(problems(STAGE, Some(&dead)), @"01-a/stage.md:4: there is no file `01-a/nothing.svg`");
}
