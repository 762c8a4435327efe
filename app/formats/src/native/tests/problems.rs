//! What authors are told. Each mistake is told with the others, where it is, and what to do about it.

use super::{COURSE, read, with_lesson};
use crate::{Bundle, Problems};

fn problems(read: Result<Bundle, Problems>) -> Vec<String> {
    let problems = read.expect_err("problems").0;
    problems.iter().map(ToString::to_string).collect()
}

/// The problems of a lesson below its head, without the name of its file.
fn lesson(body: &str) -> Vec<String> {
    let problems = problems(with_lesson(&format!("+++\ntitle = \"One\"\n+++\n{body}")));
    let here = problems.iter().map(|problem| {
        problem
            .strip_prefix("01-a/01-one.md:")
            .expect("of the lesson")
    });
    here.map(str::to_owned).collect()
}

#[test]
fn an_empty_course_toml_lacks_nearly_everything() {
    insta::assert_snapshot!(problems(read(&[("course.toml", "slug = 'A B'\n")])).join("\n"), @r#"
    course.toml: `title` is missing: add a line title = "…"
    course.toml: `summary` is missing: add a line summary = "…"
    course.toml: `language` is missing: add a line language = "…"
    course.toml: `level` is missing: add a line level = "…"
    course.toml: `category` is missing: add a line category = "…"
    course.toml:1: `A B` is no slug: a slug consists of a-z, 0-9 and -, at most 80 characters
    .: the course has no lesson: lessons are files like 01-first-steps/01-what-git-keeps.md
    "#);
}

#[test]
fn all_mistakes_in_course_toml_are_told() {
    let source = r#"
title = 5
summary = "S"
language = "english language"
level = "expert"
category = "C"
outcomes = "one"
prerequisites = [1]
trial = "nowhere"
price = "4.999"
currency = "USD"
subtitle = "?"

[[instructor]]
bio = "B"

[overview]
"#;
    let files = [
        ("course.toml", source),
        ("01-a/section.toml", "title = 'A'"),
        ("01-a/01-a.md", "+++\ntitle = 'A'\n+++\n"),
    ];
    insta::assert_snapshot!(problems(read(&files)).join("\n"), @r#"
    course.toml:2: `title` is 5, but has to be text between quotes
    course.toml:4: `english language` is no language tag: write one like en or zh-Hans
    course.toml:5: `expert` is no level: write beginner, intermediate or advanced
    course.toml:7: `outcomes` is text, but has to be a list like ["…", "…"]
    course.toml:8: `prerequisites` is 1, but has to be text between quotes
    course.toml:9: there is no lesson `nowhere` that could be the trial: name the slug of one
    course.toml:10: 4.999 is not an amount of USD: write digits with at most 2 decimal places
    course.toml:12: `subtitle` is not known here; known are slug, title, summary, language, level, category, outcomes, prerequisites, trial, price, currency, instructor, overview, dead_links
    course.toml:14: `name` is missing: add a line name = "…"
    course.toml:17: an overview is either `markdown` or `html`
    "#);
}

#[test]
fn toml_that_is_none_is_told_with_its_line() {
    let files = [
        ("course.toml", "title = \"T\"\nsummary = S\n"),
        ("01-a/01-a.md", "+++\ntitle = A\n+++\n"),
    ];
    insta::assert_snapshot!(problems(read(&files)).join("\n"), @r#"
    course.toml:2: this is no valid TOML: string values must be quoted, expected literal string
    01-a/section.toml: is missing
    01-a/01-a.md:2: this is no valid TOML: string values must be quoted, expected literal string
    "#);
}

#[test]
fn prices_have_an_amount_and_a_currency() {
    let with = |lines: &str| {
        let course = format!("{COURSE}{lines}");
        problems(read(&[
            ("course.toml", &course),
            ("01-a/section.toml", "title = 'A'"),
            ("01-a/01-a.md", "+++\ntitle = 'A'\n+++\n"),
        ]))
    };
    assert_eq!(
        with("price = \"1\""),
        ["course.toml:6: a price needs a currency: add a line like currency = \"USD\""]
    );
    assert_eq!(
        with("currency = \"USD\""),
        ["course.toml:6: a currency needs a price: add a line like price = \"49.00\""]
    );
    assert_eq!(
        with("price = 1.5"),
        ["course.toml:6: `price` is 1.5, but has to be text between quotes"]
    );
}

#[test]
fn names_and_slugs_are_unique() {
    let section = "title = 'A'\nslug = 'a'\n";
    let lesson = "+++\ntitle = 'A'\n+++\n";
    let course = format!("{COURSE}slug = 'c'\n");
    insta::assert_snapshot!(problems(read(&[
        ("course.toml", &course),
        ("overview.md", "a"),
        ("overview.html", "a"),
        ("01-a/section.toml", section),
        ("01-a/01-x.md", lesson),
        ("01-a/01-y.md", lesson),
        ("02-b/section.toml", section),
        ("02-b/01-x.md", lesson),
        ("03-Big/01-z.md", lesson),
    ])).join("\n"), @r#"
    course.toml: there are two overviews: keep overview.md, overview.html or [overview]
    01-a/01-y.md: has the same number as `01-a/01-x.md`: which one comes first?
    03-Big: the name of a section is a number and its slug, like 01-first-steps; a slug consists of a-z, 0-9 and -, at most 80 characters
    02-b/01-x.md: has the slug `x`, as `01-a/01-x.md` has: each lesson needs its own
    02-b: has the slug `a`, as `01-a` has: each section needs its own
    03-Big/section.toml: is missing
    "#);
}

#[test]
fn a_course_has_lessons_but_not_any_number() {
    assert_eq!(
        problems(read(&[("course.toml", COURSE)])),
        [".: the course has no lesson: lessons are files like 01-first-steps/01-what-git-keeps.md"]
    );
    let names: Vec<String> = (0..2001)
        .map(|number| format!("01-a/{number}-l{number}.md"))
        .collect();
    let mut files = vec![
        ("course.toml", COURSE),
        ("01-a/section.toml", "title = 'A'"),
    ];
    files.extend(names.iter().map(|name| (name.as_str(), "")));
    assert_eq!(
        problems(read(&files)),
        [".: the course has 2001 lessons, but at most 2000 can be read"]
    );
}

#[test]
fn heads_are_complete() {
    let told = |source: &str| problems(with_lesson(source)).join("\n");
    assert_eq!(
        told("# Hello"),
        "01-a/01-one.md:1: a lesson begins with a line +++, a line title = \"…\" and another line +++"
    );
    assert_eq!(
        told("+++\ntitle = \"A\"\n"),
        "01-a/01-one.md:1: the head of the lesson does not end: close it with a line +++"
    );
    insta::assert_snapshot!(told("+++\nminutes = 0\npreview = \"yes\"\ntitel = \"A\"\n+++\n::: quiz\n"), @r#"
    01-a/01-one.md:1: `title` is missing: add a line title = "…"
    01-a/01-one.md:2: `minutes` is 0, but has to be a whole number from 1
    01-a/01-one.md:3: `preview` is text, but has to be true or false
    01-a/01-one.md:4: `titel` is not known here; known are title, minutes, preview
    01-a/01-one.md:6: this block does not end: close it with a line :::
    "#);
    assert_eq!(
        told("+++\ntitle = \" \"\n+++\n"),
        "01-a/01-one.md:2: `title` is empty"
    );
}

#[test]
fn media_name_what_they_play() {
    insta::assert_snapshot!(lesson(r#"
::: video
title = "A"
src = "missing.mp4"
small = "../../a.mp4"
poster = "A.JPG"
seconds = 0
captions.en = "bad.vtt"
captions.zh_Hans = "a.en.vtt"
size = 3
:::

::: audio #a
id = "a"
title = "A"
youtube = "https://example.org/watch"
small = "a.mp4"
:::

::: video
id = "a"
title = "A"
url = "www.example.org"
:::

::: video
id = "b"
title = "B"
src = "b\\a.mp4"
url = "https://example.org/a.mp4"
:::

::: video
id = "c"
title = "C"
:::
"#).join("\n"), @r#"
    5: `id` is missing: add a line id = "…"
    7: there is no file `01-a/missing.mp4`
    8: `../../a.mp4` leads out of the course's folder
    9: there is no file `01-a/A.JPG`; there is `01-a/a.jpg`, but letter case counts
    10: `seconds` is 0, but has to be a whole number from 1
    11: `01-a/bad.vtt` is not WebVTT: captions begin with a line WEBVTT
    12: `zh_Hans` is no language tag: write one like en or zh-Hans
    13: `size` is not known here; known are id, title, src, url, youtube, small, poster, captions, seconds, chapter
    16: `#a` is not known in this place
    19: `youtube` is the film's id only, not its address
    20: `small` is a smaller version of `src`, which is missing
    23: the id `a` is taken by line 16: an id stands once in a lesson
    26: `url` is an address that begins with https:// or http://
    29: `src`, `url` and `youtube` exclude each other: keep one
    36: `src` is missing: name the file, or give `url` or `youtube` instead
    "#);
}

#[test]
fn chapters_follow_each_other_within_the_film() {
    insta::assert_snapshot!(lesson(r#"
::: video
id = "a"
title = "A"
src = "a.mp4"
seconds = 90
[[chapter]]
at = "0:10"
title = " "
[[chapter]]
at = "0:10"
title = "B"
[[chapter]]
at = "1:75"
title = "C"
[[chapter]]
at = "1:30"
title = "D"
[[chapter]]
title = "E"
:::
"#).join("\n"), @r#"
    12: `title` is empty
    14: chapters stand in the order of their time: this one begins no later than the one before
    17: `1:75` is no time: write minutes and seconds, like 1:05
    20: this chapter begins after the end: see `seconds`
    22: `at` is missing: add a line at = "…"
    "#);
}

#[test]
fn questions_have_the_answers_of_their_kind() {
    insta::assert_snapshot!(lesson(r"
::: question choice #a
Two?
(x) one
(x) two
:::
::: question choice #b
None?
( ) one
    Feedback.
That is more.
:::
::: question choices #c
Round?
( ) one
:::
::: question dropdown #d
Nothing to choose?
= one
:::
::: question text #e
No answer?
( ) one
:::
::: question number #f
How many?
= 3,5
= 4
:::
::: question number #g weight=heavy colour=red
= 4 +- -1
?
:::
").join("\n"), @r#"
    8: a choice question has exactly one right answer, here are 2: mark it with (x)
    10: a choice question has exactly one right answer, here are 0: mark it with (x)
    14: this line belongs to nothing: indent it if it is feedback on the option above
    18: options of a choices question are marked with [ ], not ( )
    20: a dropdown question has options: mark them with ( ) and (x)
    22: a dropdown question has options, not an answer behind =
    24: a text question has at least one right answer: add a line like = answer
    26: a text question has no options: write its right answer behind a =
    30: `3,5` is no number: write it like = 42, = 3.14 +- 0.01 or = 200 +- 5%
    31: a number question has one right answer: write a range as = 42 +- 1
    33: weight is `heavy`, but has to be a whole number
    33: `colour=…` is not known in this place
    33: this question asks nothing: write what is asked before the answers
    34: a tolerance is not below zero
    35: this hint says nothing: write it behind the mark
    "#);
}

#[test]
fn blocks_are_known_named_once_and_closed() {
    insta::assert_snapshot!(lesson(r"
::: html
a
:::
::: html #a
:::
::: text #a form=yaml
:::
::: question essay #q
Why?
:::
:::: quiz #z pass=101%
::: question text
Which?
= this
:::
::: question text #x
Which?
= this
::::
:::: quiz #y
::::
::: video
").join("\n"), @r#"
    5: a text in a block needs an id: write a # and a name that nothing else in the lesson has
    10: there is no form `yaml`, only form=toml
    10: the id `a` is taken by line 8: an id stands once in a lesson
    12: there is no kind of question `essay`; kinds are choice, choices, dropdown, text, number
    15: pass is `101%`, but has to be between 0% and 100%
    16: a question needs an id: write a # and a name that no other question of the lesson has
    20: this block does not end: close it with a line :::
    24: this quiz has no question
    26: this block does not end: close it with a line :::
    "#);
}

#[test]
fn references_lead_somewhere() {
    insta::assert_snapshot!(lesson(r#"
![ok](a.jpg) ![missing](b.jpg "Title")

[ok](lesson:two) [gone](lesson:three#part) [mail](mailto:a@example.org)

![ok](<../static/Figure one.svg>) ![case](<../static/figure one.svg>)

[out](../../etc/passwd) [source](02-two.md)

::: question text #a
Which? ![](../c.png)
= this
! [gone](lesson:four)
:::
::: html #b
<a href="/d.html">d</a>
:::
"#).join("\n"), @r#"
    5: there is no file `01-a/b.jpg`
    7: there is no lesson `three`
    9: there is no file `static/figure one.svg`; there is `static/Figure one.svg`, but letter case counts
    11: `../../etc/passwd` leads out of the course's folder
    11: `01-a/02-two.md` is the source of a page, not a file to show; link to a lesson with lesson:SLUG
    14: there is no file `c.png`
    16: there is no lesson `four`
    19: there is no file `d.html`
    "#);
}

#[test]
fn the_second_form_is_as_strict() {
    insta::assert_snapshot!(lesson(r#"
::: question choice #a form=toml weight=2
prompt = "Which?"
accepted = ["a"]
[[option]]
text = "one"
right = "yes"
:::
::: text #b form=toml
text = "one"
:::
"#).join("\n"), @r#"
    5: `weight=…` is not known in this place
    5: a choice question has exactly one right answer, here are 0: mark it with (x)
    7: `accepted` is not known here; known are prompt, hints, explanation, concepts, weight, option
    10: `right` is text, but has to be true or false
    12: `source` is missing: add a line source = "…"
    13: `text` is not known here; known are source
    "#);
}

#[test]
fn control_characters_are_refused() {
    let source =
        format!("{COURSE}outcomes = [\n\"a\",\n\"\\u0000\"]\n").replace("\"T\"", "\"x\\u0000\"");
    let found = problems(read(&[
        ("course.toml", &source),
        ("01-a/section.toml", "title = 'A'"),
        ("01-a/01-a.md", "+++\ntitle = 'A'\n+++\n"),
    ]));
    let said = |at: &str, c: &str| {
        format!("{at} holds the control character U+{c}, which no page can show: take it out")
    };
    assert_eq!(
        found,
        [
            said("course.toml:1:", "0000"),
            said("course.toml:8:", "0000")
        ]
    );
    let body = "One\tand\u{1}\n\n::: text #\"a\\u007f\"\nText\n:::\n";
    assert_eq!(lesson(body), [said("4:", "0001"), said("6:", "007F")]);
}
