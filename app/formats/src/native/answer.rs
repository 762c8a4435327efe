//! What a question asks for, in whichever form it was written, and the rules that it has to keep.

use domain::course::{AnswerKey, Choice, Question};

use super::{fields::At, log::Log};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Choice,
    Choices,
    Dropdown,
    Text,
    Number,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Choice,
        Self::Choices,
        Self::Dropdown,
        Self::Text,
        Self::Number,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Choices => "choices",
            Self::Dropdown => "dropdown",
            Self::Text => "text",
            Self::Number => "number",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    pub fn of(answer: &AnswerKey) -> Self {
        match answer {
            AnswerKey::Choice { .. } => Self::Choice,
            AnswerKey::Choices { .. } => Self::Choices,
            AnswerKey::Dropdown { .. } => Self::Dropdown,
            AnswerKey::Text { .. } => Self::Text,
            AnswerKey::Number { .. } => Self::Number,
        }
    }

    /// Whether there are options to choose from.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Dropdown)
    }
}

/// A question as far as it was read.
#[derive(Debug, Default)]
pub struct Draft {
    pub prompt: String,
    pub options: Vec<At<Choice>>,
    pub accepted: Vec<String>,
    pub numbers: Vec<At<(f64, f64)>>,
    pub hints: Vec<String>,
    pub explanation: Option<String>,
    pub concepts: Vec<String>,
    pub weight: u32,
}

impl Draft {
    /// The question, after all that its answers break was said.
    pub fn finish(self, kind: Kind, key: String, line: usize, log: &Log) -> Question {
        let answer = match kind {
            Kind::Choice | Kind::Dropdown | Kind::Choices => options(kind, self.options, line, log),
            Kind::Text => {
                if self.accepted.is_empty() {
                    log.say(
                        line,
                        "a text question has at least one right answer: add a line like = answer",
                    );
                }
                AnswerKey::Text {
                    accepted: self.accepted,
                }
            }
            Kind::Number => number(&self.numbers, line, log),
        };
        Question {
            key,
            prompt: self.prompt,
            answer,
            hints: self.hints,
            explanation: self.explanation,
            concepts: self.concepts,
            weight: self.weight,
        }
    }
}

fn options(kind: Kind, options: Vec<At<Choice>>, line: usize, log: &Log) -> AnswerKey {
    let name = kind.name();
    let right = options.iter().filter(|option| option.value.right).count();
    if options.is_empty() {
        let marks = if kind == Kind::Choices {
            "[ ] and [x]"
        } else {
            "( ) and (x)"
        };
        log.say(
            line,
            format!("a {name} question has options: mark them with {marks}"),
        );
    } else if kind != Kind::Choices && right != 1 {
        let second = options.iter().filter(|option| option.value.right).nth(1);
        let line = second.map_or(line, |option| option.line);
        log.say(
            line,
            format!(
                "a {name} question has exactly one right answer, here are {right}: mark it with (x)"
            ),
        );
    }
    let options = options.into_iter().map(|option| option.value).collect();
    match kind {
        Kind::Choices => AnswerKey::Choices { options },
        Kind::Dropdown => AnswerKey::Dropdown { options },
        _ => AnswerKey::Choice { options },
    }
}

fn number(numbers: &[At<(f64, f64)>], line: usize, log: &Log) -> AnswerKey {
    match numbers {
        [] => log.say(
            line,
            "a number question has a right answer: add a line like = 42",
        ),
        [_] => {}
        [_, second, ..] => {
            let message = "a number question has one right answer: write a range as = 42 +- 1";
            log.say(second.line, message);
        }
    }
    let Some(first) = numbers.first() else {
        return AnswerKey::Number {
            value: 0.0,
            tolerance: 0.0,
        };
    };
    let (value, tolerance) = first.value;
    if !value.is_finite() || !tolerance.is_finite() {
        log.say(
            first.line,
            "answer and tolerance are numbers that have an end",
        );
    } else if tolerance < 0.0 {
        log.say(first.line, "a tolerance is not below zero");
    }
    AnswerKey::Number { value, tolerance }
}
