//! A stage for the small course.

use std::collections::BTreeMap;

use domain::course::{AnswerKey, Choice, Question, Rules, Stage};
use formats::Bundle;

/// Puts a stage at the end of the section `start`, which then opens `more`: four of six questions, of which 70 %
/// are passed, three attempts, four hours between them. The right options, and no others, say `right`; the fifth
/// question takes the number 42 and the sixth the word `trail`. One question shows a picture.
///
/// # Panics
/// Where the course has no section.
#[must_use]
pub fn with_stage(mut bundle: Bundle) -> Bundle {
    let choice = |text: String, right| Choice {
        feedback: Some(format!("About {text}.")),
        text,
        right,
    };
    let options = |key: &str| {
        vec![
            choice(format!("{key}: right"), true),
            choice(format!("{key}: no"), false),
            choice(format!("{key}: never"), false),
        ]
    };
    let question = |key: &str, concept: &str, answer| Question {
        key: key.into(),
        prompt: format!("What about {key}?"),
        answer,
        hints: vec![format!("A hint at {key}.")],
        explanation: Some(format!("Why {key} is so.")),
        concepts: vec![concept.into()],
        weight: 1,
    };
    let mut questions: Vec<Question> = [("one", "testing"), ("two", "walking")]
        .into_iter()
        .map(|(key, concept)| {
            let options = options(key);
            question(key, concept, AnswerKey::Choice { options })
        })
        .collect();
    let (three, four) = (options("three"), options("four"));
    questions.push(question(
        "three",
        "testing",
        AnswerKey::Dropdown { options: three },
    ));
    questions.push(question(
        "four",
        "walking",
        AnswerKey::Choices { options: four },
    ));
    let (value, tolerance) = (42.0, 0.0);
    questions.push(question(
        "five",
        "walking",
        AnswerKey::Number { value, tolerance },
    ));
    let accepted = vec!["trail".to_owned()];
    questions.push(question("six", "testing", AnswerKey::Text { accepted }));
    questions[0]
        .prompt
        .push_str(" ![A dot](../02-more/dot.svg)");
    bundle.course.sections[0].stage = Some(Stage {
        title: "The first rest".into(),
        rules: Rules {
            draw: Some(4),
            pass_percent: 70,
            attempts: Some(3),
            cool_down_minutes: 240,
        },
        questions,
        names: BTreeMap::from([("walking".to_owned(), "on foot".to_owned())]),
    });
    bundle
}
