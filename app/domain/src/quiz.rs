//! Marking of answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::course::{AnswerKey, Choice, Question, Quiz};

/// What a learner gave for one question: option numbers (from 0) or what was typed. Form fields of the
/// question's key carry them, as text.
pub type Given = Vec<String>;

/// By question key.
pub type Answers = BTreeMap<String, Given>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Weight of the questions answered right.
    pub earned: u32,
    /// Weight of all questions.
    pub possible: u32,
    pub passed: bool,
}

/// Marks a quiz. A quiz without questions is passed.
#[must_use]
pub fn mark(quiz: &Quiz, answers: &Answers) -> Score {
    let right = |question: &&Question| {
        answers
            .get(&question.key)
            .is_some_and(|given| is_right(&question.answer, given))
    };
    let weigh = |sum: u32, question: &Question| sum.saturating_add(question.weight);
    let possible = quiz.questions.iter().fold(0, weigh);
    let earned = quiz.questions.iter().filter(right).fold(0, weigh);
    let passed = u64::from(earned) * 100 >= u64::from(possible) * u64::from(quiz.pass_percent);
    Score {
        earned,
        possible,
        passed,
    }
}

/// What of an answer this kind of question can take: numbers of options, each once, or one text. The rest was not
/// sent by our form, and is not kept.
#[must_use]
pub fn possible(key: &AnswerKey, given: &[String]) -> Given {
    let options = match key {
        AnswerKey::Choice { options }
        | AnswerKey::Dropdown { options }
        | AnswerKey::Choices { options } => options,
        AnswerKey::Text { .. } | AnswerKey::Number { .. } => {
            return given.iter().take(1).cloned().collect();
        }
    };
    let mut kept = Given::new();
    for number in given {
        let names_option = number
            .parse()
            .is_ok_and(|number: usize| number < options.len());
        if names_option && !kept.contains(number) {
            kept.push(number.clone());
        }
    }
    kept
}

/// Whether the answer is right. Something that is no answer to this kind of question is wrong, never an error.
#[must_use]
pub fn is_right(key: &AnswerKey, given: &[String]) -> bool {
    match key {
        AnswerKey::Choice { options } | AnswerKey::Dropdown { options } => {
            given.len() == 1
                && chosen(options, given)
                    .is_some_and(|chosen| chosen.contains(&true) && chosen == rights(options))
        }
        AnswerKey::Choices { options } => {
            chosen(options, given).is_some_and(|chosen| chosen == rights(options))
        }
        AnswerKey::Text { accepted } => {
            given.len() == 1
                && accepted
                    .iter()
                    .any(|answer| normal(answer) == normal(&given[0]))
        }
        AnswerKey::Number { value, tolerance } => {
            // A little more than the tolerance, because 0.1 + 0.2 is not 0.3 in binary.
            let slack = value.abs().max(1.0) * 1e-9;
            given.len() == 1
                && number(&given[0])
                    .is_some_and(|number| (number - value).abs() <= tolerance + slack)
        }
    }
}

/// What would have been right where something is typed, as a person would write it.
#[must_use]
pub fn expected(key: &AnswerKey) -> Option<String> {
    match key {
        AnswerKey::Text { accepted } => accepted.first().cloned(),
        AnswerKey::Number { value, tolerance } if *tolerance > 0.0 => {
            Some(format!("{value} ± {tolerance}"))
        }
        AnswerKey::Number { value, .. } => Some(value.to_string()),
        _ => None,
    }
}

fn rights(options: &[Choice]) -> Vec<bool> {
    options.iter().map(|option| option.right).collect()
}

/// One flag an option; `None` if anything given is not the number of an option.
fn chosen(options: &[Choice], given: &[String]) -> Option<Vec<bool>> {
    let mut chosen = vec![false; options.len()];
    for number in given {
        *chosen.get_mut(number.parse::<usize>().ok()?)? = true;
    }
    Some(chosen)
}

fn normal(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Reads numbers as people type them: full-width digits, decimal comma, a percent sign or thousands' spaces.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let plain: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '．' => '.',
            '－' | '−' => '-',
            '，' => ',',
            other => other,
        })
        .collect();
    let plain = plain.trim_end_matches(['%', '％']);
    // A single comma with other than three digits behind it is a decimal comma; all others part thousands.
    let decimal_comma = plain.matches(',').count() == 1
        && !plain.contains('.')
        && plain
            .rsplit(',')
            .next()
            .is_some_and(|fraction| fraction.len() != 3);
    let plain = if decimal_comma {
        plain.replace(',', ".")
    } else {
        plain.replace(',', "")
    };
    plain
        .parse::<f64>()
        .ok()
        .filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(rights: &[bool]) -> Vec<Choice> {
        rights
            .iter()
            .map(|&right| Choice {
                text: String::new(),
                right,
                feedback: None,
            })
            .collect()
    }

    fn given(answers: &[&str]) -> Given {
        answers.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_choice_is_right_only_alone() {
        let key = AnswerKey::Choice {
            options: options(&[false, true]),
        };
        assert!(is_right(&key, &given(&["1"])));
        for wrong in [
            &["0"][..],
            &["0", "1"],
            &["1", "1"],
            &[],
            &["2"],
            &["-1"],
            &["x"],
        ] {
            assert!(!is_right(&key, &given(wrong)), "{wrong:?}");
        }
    }

    #[test]
    fn several_choices_must_be_exactly_the_right_ones() {
        let key = AnswerKey::Choices {
            options: options(&[true, false, true]),
        };
        assert!(is_right(&key, &given(&["2", "0"])));
        assert!(!is_right(&key, &given(&["0"])));
        assert!(!is_right(&key, &given(&["0", "1", "2"])));
        assert!(
            is_right(
                &AnswerKey::Choices {
                    options: options(&[false, false])
                },
                &[]
            ),
            "none may be right"
        );
    }

    #[test]
    fn only_what_a_question_can_take_is_kept() {
        let choices = AnswerKey::Choices {
            options: options(&[true, false]),
        };
        assert_eq!(
            possible(&choices, &given(&["1", "7", "x", "1", "-1"])),
            given(&["1"])
        );
        let text = AnswerKey::Text {
            accepted: vec!["a".into()],
        };
        assert_eq!(possible(&text, &given(&["a", "b"])), given(&["a"]));
    }

    #[test]
    fn text_ignores_case_and_spaces() {
        let key = AnswerKey::Text {
            accepted: vec!["git add".into()],
        };
        assert!(is_right(&key, &given(&["  Git   ADD "])));
        assert!(!is_right(&key, &given(&["gitadd"])));
    }

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let key = AnswerKey::Number {
            value: 0.3,
            tolerance: 0.0,
        };
        assert!(is_right(&key, &given(&[&(0.1_f64 + 0.2).to_string()])));
        for (text, value) in [
            ("2,5", 2.5),
            ("1,000", 1000.0),
            ("１２", 12.0),
            ("−5", -5.0),
            ("12 %", 12.0),
            ("1 000", 1000.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "NaN", "inf", "1e999", "twelve"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn what_was_expected_is_written_as_people_write_it() {
        let number = |value, tolerance| expected(&AnswerKey::Number { value, tolerance });
        assert_eq!(number(42.0, 0.0).as_deref(), Some("42"));
        assert_eq!(number(1.2, 0.05).as_deref(), Some("1.2 ± 0.05"));
        let accepted = vec!["trail".to_owned(), "path".to_owned()];
        let text = expected(&AnswerKey::Text { accepted });
        assert_eq!(text.as_deref(), Some("trail"));
        let options = options(&[true, false]);
        assert_eq!(expected(&AnswerKey::Choice { options }), None);
    }

    #[test]
    fn the_score_is_weighed() {
        let question = |key: &str, weight| Question {
            key: key.into(),
            prompt: String::new(),
            answer: AnswerKey::Text {
                accepted: vec!["yes".into()],
            },
            hints: vec![],
            explanation: None,
            concepts: vec![],
            weight,
        };
        let quiz = Quiz {
            title: String::new(),
            pass_percent: 70,
            questions: vec![question("a", 7), question("b", 3)],
            cue: None,
        };
        let answers = Answers::from([("a".into(), given(&["yes"])), ("b".into(), given(&["no"]))]);
        assert_eq!(
            mark(&quiz, &answers),
            Score {
                earned: 7,
                possible: 10,
                passed: true
            }
        );
        assert_eq!(
            mark(&quiz, &Answers::new()),
            Score {
                earned: 0,
                possible: 10,
                passed: false
            }
        );
    }
}
