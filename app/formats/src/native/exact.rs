//! The second form of texts and questions, `form=toml`: it holds every text as it is, where the form that people
//! write would take a part of it for a mark, or for blank lines that do not matter.

use domain::course::{AnswerKey, Choice, Question};

use super::{
    answer::{Draft, Kind},
    blocks::Lines,
    fields::{self, At, Fields},
    log::Log,
    quote,
};

/// `None` when it is no TOML.
pub fn question(kind: Kind, body: Lines<'_>, line: usize, log: &Log) -> Option<Draft> {
    fields::read(&body.join(), body.first, Some(line), log, |fields| {
        let mut draft = Draft {
            prompt: needed(fields, "prompt"),
            hints: fields.texts("hints"),
            explanation: fields.text("explanation").map(|text| text.value),
            concepts: fields.texts("concepts"),
            weight: fields.weight("weight").unwrap_or(1),
            ..Draft::default()
        };
        match kind {
            Kind::Choice | Kind::Choices | Kind::Dropdown => {
                draft.options = fields.tables("option", option);
            }
            Kind::Text => draft.accepted = fields.texts("accepted"),
            Kind::Number => {
                let value = fields.number("value");
                let tolerance = fields.number("tolerance").unwrap_or(0.0);
                draft.numbers.extend(value.map(|value| At {
                    line,
                    value: (value, tolerance),
                }));
            }
        }
        draft
    })
}

fn option(fields: &mut Fields<'_>) -> Choice {
    Choice {
        text: needed(fields, "text"),
        right: fields.flag("right").unwrap_or(false),
        feedback: fields.text("feedback").map(|text| text.value),
    }
}

pub fn text(body: Lines<'_>, line: usize, log: &Log) -> String {
    let source = fields::read(&body.join(), body.first, Some(line), log, |fields| {
        needed(fields, "source")
    });
    source.unwrap_or_default()
}

pub fn needed(fields: &mut Fields<'_>, key: &'static str) -> String {
    fields
        .needed(key)
        .map(|text| text.value)
        .unwrap_or_default()
}

/// What [`text`] reads.
pub fn of_text(source: &str) -> String {
    format!("source = {}\n", quote::lines(source))
}

/// What [`question`] reads.
pub fn of_question(question: &Question) -> String {
    let mut out = format!("prompt = {}\n", quote::lines(&question.prompt));
    out.push_str(&quote::list("hints", &question.hints));
    if let Some(explanation) = &question.explanation {
        out.push_str(&format!("explanation = {}\n", quote::lines(explanation)));
    }
    out.push_str(&quote::list("concepts", &question.concepts));
    if question.weight != 1 {
        out.push_str(&format!("weight = {}\n", question.weight));
    }
    match &question.answer {
        AnswerKey::Choice { options }
        | AnswerKey::Choices { options }
        | AnswerKey::Dropdown { options } => {
            for option in options {
                out.push_str(&of_option(option));
            }
        }
        AnswerKey::Text { accepted } => out.push_str(&quote::list("accepted", accepted)),
        AnswerKey::Number { value, tolerance } => {
            let (value, tolerance) = (quote::number(*value), quote::number(*tolerance));
            out.push_str(&format!("value = {value}\ntolerance = {tolerance}\n"));
        }
    }
    out
}

fn of_option(option: &Choice) -> String {
    let mut out = format!("\n[[option]]\ntext = {}\n", quote::lines(&option.text));
    if option.right {
        out.push_str("right = true\n");
    }
    if let Some(feedback) = &option.feedback {
        out.push_str(&format!("feedback = {}\n", quote::lines(feedback)));
    }
    out
}
