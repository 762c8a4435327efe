//! Polls, chains, cards, what is shown on demand, and moments at which a film is interrupted.

use domain::{
    block::{Block, BlockBody, Card, Cue},
    course::{ActivityBody, Lesson},
};

use super::{super::write_lesson, with_lesson};

const FILM: &str =
    "::: video\nid = \"film\"\ntitle = \"Film\"\nsrc = \"a.mp4\"\nseconds = 83\n:::\n";

fn lesson(body: &str) -> Lesson {
    let read = with_lesson(&format!("+++\ntitle = \"One\"\n+++\n{body}"));
    let mut bundle = read.unwrap_or_else(|problems| panic!("{problems}"));
    bundle.course.sections.remove(0).lessons.remove(0)
}

fn block(source: &str) -> Block {
    match lesson(source).activities.remove(0).body {
        ActivityBody::Block { block } => block,
        other => panic!("{other:?}"),
    }
}

fn problems(body: &str) -> Vec<String> {
    let read = with_lesson(&format!("+++\ntitle = \"One\"\n+++\n{body}"));
    let problems = read.expect_err("problems").0;
    let all = problems.iter().map(ToString::to_string);
    all.map(|problem| problem.replace("01-a/01-one.md:", ""))
        .collect()
}

const BLOCKS: &str = "
::: poll #mood at=1:02 in=film private=true required=true
How was *it*?

( ) Good
( ) Bad

! Thank you.
:::

::: chain #case
Tell of one.

! Once I forgot
  the milk.
:::

::: reveal #why title=\"Why is that?\"
Because.

```
::: no block
```
:::

::: cards #words title=\"Words\"
? one
! eins

? two,
  also a pair
! zwei
:::

::: question text #quick at=83 in=\"late film\"
Why?

= because
:::
";

#[test]
fn blocks_are_read_and_written() {
    let late =
        "::: audio\nid = \"late film\"\ntitle = \"Late\"\nurl = \"https://x.org/a.mp3\"\n:::\n";
    let source = format!("{FILM}\n{late}{}", BLOCKS.replace("at=83", "at=1:23"));
    let lesson = lesson(&source);
    let bodies: Vec<Block> = lesson
        .activities
        .iter()
        .filter_map(|activity| match &activity.body {
            ActivityBody::Block { block } => Some(block.clone()),
            _ => None,
        })
        .collect();
    let alone = |body| Block {
        body,
        required: false,
        cue: None,
    };
    let cue = |media: &str, seconds| {
        let media = media.to_owned();
        Some(Cue { media, seconds })
    };
    let card = |front: &str, back: &str| Card {
        front: front.into(),
        back: back.into(),
    };
    assert_eq!(
        bodies,
        [
            Block {
                body: BlockBody::Poll {
                    prompt: "How was *it*?".into(),
                    options: vec!["Good".into(), "Bad".into()],
                    feedback: Some("Thank you.".into()),
                    private: true,
                },
                required: true,
                cue: cue("film", 62),
            },
            alone(BlockBody::Chain {
                prompt: "Tell of one.".into(),
                example: Some("Once I forgot\nthe milk.".into()),
            }),
            alone(BlockBody::Reveal {
                title: "Why is that?".into(),
                text: "Because.\n\n```\n::: no block\n```".into(),
            }),
            alone(BlockBody::Cards {
                title: "Words".into(),
                cards: vec![card("one", "eins"), card("two,\nalso a pair", "zwei")],
            }),
        ]
    );
    let quick = lesson.activities.last().expect("a question");
    assert_eq!(quick.body.cue(), cue("late film", 83).as_ref());
    // As people write it.
    let written = write_lesson::activities(&lesson.activities, "01-a");
    for line in [
        "::: poll #mood at=1:02 in=film private=true required=true",
        "( ) Good",
        // Colons in it ask for more around it.
        ":::: reveal #why title=\"Why is that?\"",
        "::: question text #quick at=1:23 in=\"late film\"",
    ] {
        assert!(
            written.lines().any(|found| found == line),
            "{line} in {written}"
        );
    }
}

#[test]
fn toml_holds_what_marks_cannot() {
    for (source, expected) in [
        (
            "::: poll #a form=toml\nprompt = \"= 5?\"\noptions = [\" a\", \"b\"]\nfeedback = \" so\"\n:::\n",
            BlockBody::Poll {
                prompt: "= 5?".into(),
                options: vec![" a".into(), "b".into()],
                feedback: Some(" so".into()),
                private: false,
            },
        ),
        (
            "::: cards #a form=toml title=T\n[[card]]\nfront = \"? f\"\nback = \"\"\n:::\n",
            BlockBody::Cards {
                title: "T".into(),
                cards: vec![Card {
                    front: "? f".into(),
                    back: String::new(),
                }],
            },
        ),
        (
            "::: reveal #a form=toml title=T\nsource = \" a\"\n:::\n",
            BlockBody::Reveal {
                title: "T".into(),
                text: " a".into(),
            },
        ),
        (
            "::: chain #a form=toml\nprompt = \"! a\"\n:::\n",
            BlockBody::Chain {
                prompt: "! a".into(),
                example: None,
            },
        ),
    ] {
        assert_eq!(block(source).body, expected, "{source}");
    }
}

#[test]
fn mistakes_are_told_with_their_lines() {
    for (body, expected) in [
        (
            "::: poll #a\n( ) one\n:::",
            &[
                "4: this poll asks nothing",
                "4: a poll has 2 to 20 options, each behind ( ), here are 1",
            ][..],
        ),
        (
            "::: poll #a\nWhich?\n( ) one\n(x) two\n( ) one\n( ) three\nmore\n= 5\n:::",
            &[
                "7: a poll has no right answer: mark its options with ( )",
                "8: two options of this poll say the same",
                "10: this line belongs to nothing: an option of a poll has one line",
                "11: a poll holds nothing but what is asked, options behind ( ) and feedback behind !",
            ],
        ),
        (
            "::: chain #a required=yes\n= 5\n:::",
            &[
                "4: required is `yes`, but has to be true or false",
                "4: this chain asks for nothing",
                "5: a chain holds nothing but what is asked and an example behind !",
            ],
        ),
        (
            "::: reveal #a\n\n:::",
            &[
                "4: what is shown on demand needs a title to ask for it by: write title=\"…\"",
                "4: there is nothing here to show",
            ],
        ),
        (
            "::: cards\nhello\n! back\n? one\n? one\n! b\n:::",
            &[
                "4: a block needs an id: write a # and a name that nothing else in the lesson has",
                "5: this line belongs to nothing: a card begins with ?",
                "6: there is no front to this back: write one behind ? before it",
                "7: this card has no back: write it behind ! below the front",
                "8: two cards have the same front",
            ],
        ),
        (
            "::: question text #a at=9\nWhy?\n= b\n:::",
            &["4: a block at a moment says both: at=1:23 and in=ID, the id of the film"],
        ),
        (
            ":::: quiz #q at=0:00 in=film\n::: question text #a at=1 in=film\nWhy?\n= b\n:::\n::::",
            &[
                "4: at is `0:00`, but has to be a moment behind the beginning, like 1:23 or 83",
                "5: `at=…` is not known in this place",
                "5: `in=…` is not known in this place",
            ],
        ),
        (
            "::: reveal #a title=A at=1:2 in=film\nb\n:::\n::: reveal #b title=B at=9 in=film\nb\n:::",
            &[
                "4: at is `1:2`, but has to be a moment behind the beginning, like 1:23 or 83",
                "7: in is `film`, but the lesson has no film or recording with this id",
            ],
        ),
    ] {
        assert_eq!(problems(body), expected, "{body}");
    }
    let late = format!("{FILM}::: reveal #a title=A at=1:23 in=film\nb\n:::");
    assert_eq!(
        problems(&late),
        ["10: `film` has only 83 seconds, so nothing is due there"]
    );
    let elsewhere = "::: video\nid = \"f\"\ntitle = \"F\"\nyoutube = \"x\"\n:::\n::: reveal #a title=A at=1 in=f\nb\n:::";
    assert_eq!(
        problems(elsewhere),
        ["9: `f` is played by another site, which no block can interrupt"]
    );
}
