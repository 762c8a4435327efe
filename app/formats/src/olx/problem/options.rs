//! Questions whose answers stand below them.

use domain::course::{AnswerKey, Choice};

use super::{
    super::{
        context::Context,
        dom,
        xml::{Child, Element},
    },
    answers::{Answer, Place},
    prose, without_heading,
};

fn is_right(option: &Element) -> bool {
    option
        .value("correct")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

/// An option with its feedback. The second is what is said where it was not chosen.
fn option(
    context: &mut Context<'_>,
    place: Place<'_>,
    response: &Element,
    option: &Element,
) -> (Choice, Option<String>) {
    let (mut text, mut chosen, mut not_chosen) = (Vec::new(), Vec::new(), Vec::new());
    for child in &option.children {
        match child {
            Child::Element(hint) if matches!(hint.tag.as_str(), "choicehint" | "optionhint") => {
                let side = if hint
                    .value("selected")
                    .is_some_and(|value| value.eq_ignore_ascii_case("false"))
                {
                    &mut not_chosen
                } else {
                    &mut chosen
                };
                side.extend(hint.children.iter().cloned());
            }
            Child::Element(hint) if hint.tag == "compoundhint" => {}
            other => text.push(other.clone()),
        }
    }
    if let Some(id) = option.value("explanation-id") {
        let targeted = response.find(&|element| {
            element.tag == "targetedfeedback" && element.value("explanation-id") == Some(id)
        });
        chosen.extend(
            targeted
                .into_iter()
                .flat_map(|feedback| without_heading(feedback.children.clone())),
        );
    }
    let mut said = |children| {
        Some(prose::markdown(context, place.file, place.key, children).0)
            .filter(|text| !text.is_empty())
    };
    let (feedback, missed) = (said(chosen), said(not_chosen));
    let text = prose::line(context, place.file, place.key, text);
    let text = if text.is_empty() {
        option.value("name").unwrap_or_default().to_owned()
    } else {
        text
    };
    (
        Choice {
            text,
            right: is_right(option),
            feedback,
        },
        missed,
    )
}

pub fn partial_credit(context: &mut Context<'_>, place: Place<'_>, response: &Element) {
    if response.value("partial_credit").is_some() {
        place.converted(
            context,
            "there is no partial credit: an answer is right or wrong",
        );
    }
}

pub fn choice(
    context: &mut Context<'_>,
    place: Place<'_>,
    response: &Element,
    group: &Element,
) -> Result<Answer, String> {
    let options: Vec<Choice> = group
        .named("choice")
        .map(|choice| option(context, place, response, choice).0)
        .collect();
    if response
        .value("answer-pool")
        .or_else(|| group.value("answer-pool"))
        .is_some()
    {
        place.converted(
            context,
            "each learner got some of its options at random; now everyone gets all of them",
        );
    }
    partial_credit(context, place, response);
    match options.iter().filter(|option| option.right).count() {
        1 => Ok(Answer {
            key: AnswerKey::Choice { options },
            remarks: Vec::new(),
        }),
        0 => Err("none of its options is right".to_owned()),
        _ => Err("several of its options are right, each on its own".to_owned()),
    }
}

pub fn choices(
    context: &mut Context<'_>,
    place: Place<'_>,
    response: &Element,
    group: &Element,
) -> Result<Answer, String> {
    let (mut options, mut remarks) = (Vec::new(), Vec::new());
    for choice in group.named("choice") {
        let (option, missed) = option(context, place, response, choice);
        remarks.extend(missed.map(|text| format!("**{}** {text}", option.text)));
        options.push(option);
    }
    if options.is_empty() {
        return Err("it has no options".to_owned());
    }
    if !remarks.is_empty() {
        place.converted(
            context,
            "what was said when an option was not chosen is part of the explanation now",
        );
    }
    if group.named("compoundhint").next().is_some() {
        context.record.left_out(
            place.file,
            &format!("hints of “{}” for combinations of options", place.name),
            "feedback belongs to single options",
        );
    }
    partial_credit(context, place, response);
    Ok(Answer {
        key: AnswerKey::Choices { options },
        remarks,
    })
}

pub fn dropdown(
    context: &mut Context<'_>,
    place: Place<'_>,
    input: &Element,
) -> Result<AnswerKey, String> {
    let mut options: Vec<Choice> = Vec::new();
    for written in input.named("option") {
        let text: Vec<Child> = written
            .children
            .iter()
            .filter(|child| !matches!(child, Child::Element(hint) if hint.tag == "optionhint"))
            .cloned()
            .collect();
        // Lists show plain text only.
        options.push(Choice {
            text: dom::visible_text(&text),
            ..option(context, place, input, written).0
        });
    }
    if options.is_empty() {
        let right = input.value("correct").unwrap_or_default();
        let list = list(input.value("options").unwrap_or_default());
        options = list
            .into_iter()
            .map(|text| Choice {
                right: text == right,
                text,
                feedback: None,
            })
            .collect();
    }
    match options.iter().filter(|option| option.right).count() {
        1 => Ok(AnswerKey::Dropdown { options }),
        0 => Err("none of its options is right".to_owned()),
        _ => Err("several of its options are right".to_owned()),
    }
}

/// `('yellow','blue')`, `("a", "b")` or `a, b`.
fn list(text: &str) -> Vec<String> {
    let inside = text
        .trim()
        .trim_start_matches(['(', '['])
        .trim_end_matches([')', ']']);
    let mut items = Vec::new();
    let mut rest = inside;
    while let Some(start) = rest.find(['\'', '"']) {
        let quote = if rest[start..].starts_with('\'') {
            '\''
        } else {
            '"'
        };
        let (mut item, mut escaped, mut end) = (String::new(), false, None);
        for (at, c) in rest[start + 1..].char_indices() {
            match c {
                _ if escaped => {
                    item.push(c);
                    escaped = false;
                }
                '\\' => escaped = true,
                c if c == quote => {
                    end = Some(start + 1 + at + 1);
                    break;
                }
                c => item.push(c),
            }
        }
        items.push(item.trim().to_owned());
        let Some(end) = end else { return items };
        rest = &rest[end..];
    }
    if items.is_empty() {
        items = inside
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect();
    }
    items
}

pub fn annotation(
    context: &mut Context<'_>,
    place: Place<'_>,
    input: &Element,
) -> Result<AnswerKey, String> {
    let list = input
        .named("options")
        .flat_map(|options| options.named("option"));
    let options: Vec<Choice> = list
        .map(|option| Choice {
            text: prose::line(context, place.file, place.key, option.children.clone()),
            right: option.value("choice") == Some("correct"),
            feedback: None,
        })
        .collect();
    if options.iter().filter(|option| option.right).count() != 1 {
        return Err("not exactly one of its tags is right".to_owned());
    }
    place.converted(
        context,
        "its comment is not asked for; choosing the tag is the question",
    );
    Ok(AnswerKey::Choice { options })
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_of_options_are_read_as_python_would() {
        assert_eq!(
            list("('yellow','blue', 'dark red')"),
            ["yellow", "blue", "dark red"]
        );
        assert_eq!(list("(\"it's\",'a, b')"), ["it's", "a, b"]);
        assert_eq!(list("['it\\'s', \"x\"]"), ["it's", "x"]);
        assert_eq!(list("a, b ,c"), ["a", "b", "c"]);
        for broken in ["", "(", "('", "('a", "'", "(,)"] {
            let _ = list(broken);
        }
        assert_eq!(list("('(a)','b')"), ["(a)", "b"]);
    }
}
