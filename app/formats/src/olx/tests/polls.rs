//! Polls and surveys of an export.

use domain::{
    block::BlockBody,
    course::{Activity, ActivityBody},
};

use super::fixture::{Fixture, notes, outline, said};

/// The activities of a unit with these blocks, and the fixture's bundle.
fn read(blocks: &str) -> (Vec<Activity>, crate::Bundle) {
    let (lesson, bundle) = Fixture::unit(&format!("{blocks}<html>x</html>"))
        .file("static/red.png", "x")
        .lesson();
    let mut activities = lesson.activities;
    activities.pop();
    (activities, bundle)
}

fn outlines(activities: &[Activity]) -> Vec<String> {
    activities.iter().map(outline).collect()
}

/// What is said behind, and whether the results are for staff.
fn behind(activity: &Activity) -> (Option<&str>, bool) {
    match &activity.body {
        ActivityBody::Block { block } => match &block.body {
            BlockBody::Poll {
                feedback, private, ..
            } => (feedback.as_deref(), *private),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_poll_is_a_poll() {
    let (activities, bundle) = read(
        r#"<poll url_name="colour" display_name="Colours" xblock-family="xblock.v1" question="Which is **yours**?"
          answers='[["R", {"label": "Red", "img": "/static/red.png", "img_alt": "A square"}], ["G", {"label": "*Green*", "img": "", "img_alt": ""}], ["B", "Blue"], ["X", {"label": "Blue"}]]'
          feedback="Thank you.&#10;&#10;See [more](/static/red.png)." private_results="true" max_submissions="1"/>"#,
    );
    assert_eq!(
        outlines(&activities),
        [
            "colour: poll Which is **yours**? / ![A square](/static/red.png) Red / *Green* / Blue / Thank you.\n\nSee [more](/static/red.png)."
        ]
    );
    let (feedback, private) = behind(&activities[0]);
    assert!(feedback.is_some_and(|said| said.starts_with("Thank you.")) && private);
    assert!(bundle.files.contains_key("static/red.png"));
    assert!(said(
        &bundle.report.converted,
        "poll “Colours” — an answer may be changed here as often as one likes"
    ));
    assert!(said(
        &bundle.report.left_out,
        "answer “Blue” of poll “Colours” — another answer says the same"
    ));
}

#[test]
fn a_survey_is_one_poll_for_each_question() {
    let (activities, bundle) = read(
        r#"<survey url_name="mood" display_name="Mood" questions='[["a", {"label": "Do you like it?", "img": null, "img_alt": null}], ["b", "Will you stay?"], ["c", {"label": ""}]]'
          answers='[["Y", "Yes"], ["N", "No"]]' feedback="Thanks!" max_submissions="0"/>"#,
    );
    assert_eq!(
        outlines(&activities),
        [
            "mood: poll Do you like it? / Yes / No",
            "mood-2: poll Will you stay? / Yes / No / Thanks!"
        ]
    );
    assert_eq!(behind(&activities[0]), (None, false));
    assert_eq!(behind(&activities[1]), (Some("Thanks!"), false));
    let converted = notes(&bundle.report.converted);
    assert!(
        converted
            .iter()
            .any(|note| note
                .ends_with("survey “Mood” — each of its questions is a poll of its own now")),
        "{converted:#?}"
    );
}

#[test]
fn the_older_kind_is_read_as_well() {
    let (activities, _) = read(
        "<poll_question url_name='age' display_name='Age' reset='false'><p>Are you <em>over</em> 18?</p><answer id='y'>Yes</answer><answer id='n'>No &amp; never</answer></poll_question>",
    );
    assert_eq!(
        outlines(&activities),
        ["age: poll Are you *over* 18? / Yes / No & never"]
    );
}

#[test]
fn what_is_no_poll_is_told() {
    let many: Vec<String> = (0..21).map(|n| format!("[\"{n}\", \"{n}\"]")).collect();
    let many = format!("[{}]", many.join(","));
    for (attributes, why) in [
        (String::new(), "every new poll begins with"),
        ("question='Q' answers='{'".into(), "cannot be read"),
        (
            "question='Q' answers='[[\"a\",\"A\"]]'".into(),
            "no two answers",
        ),
        (
            format!("question='Q' answers='{many}'"),
            "more than 20 answers",
        ),
        (
            "question='' answers='[[\"a\",\"A\"],[\"b\",\"B\"]]'".into(),
            "every new poll begins with",
        ),
    ] {
        let (activities, bundle) = read(&format!("<poll url_name='p' {attributes}/>"));
        assert_eq!(outlines(&activities), [""; 0], "{attributes}");
        let left = notes(&bundle.report.left_out);
        assert!(left.iter().any(|note| note.contains(why)), "{left:#?}");
    }
}
