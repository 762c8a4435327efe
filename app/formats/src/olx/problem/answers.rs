//! What is right, from a response and the field in it that is filled in.

use domain::course::{AnswerKey, Choice};

use super::{
    super::{
        context::{Context, shorten},
        number,
        xml::{Child, Element},
    },
    pattern, prose,
};

/// A right answer, and what its author says when it is, or is not, given.
#[derive(Debug)]
pub struct Answer {
    pub key: AnswerKey,
    /// Markdown that belongs behind the explanation.
    pub remarks: Vec<String>,
}

/// Where a response stands, for notes and for the files it refers to.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub file: &'a str,
    pub key: &'a str,
    /// What the problem is called.
    pub name: &'a str,
}

/// The fields of a response that can be carried; none of them means that it cannot.
#[must_use]
pub fn fields(response: &str) -> &'static [&'static str] {
    match response {
        "multiplechoiceresponse" | "truefalseresponse" => {
            &["choicegroup", "radiogroup", "checkboxgroup"]
        }
        "choiceresponse" => &["checkboxgroup", "radiogroup", "choicegroup"],
        "optionresponse" => &["optioninput"],
        "stringresponse" => &["textline"],
        "numericalresponse" => &["formulaequationinput", "textline"],
        "annotationresponse" => &["annotationinput"],
        _ => &[],
    }
}

/// Why a response cannot be carried at all.
#[must_use]
pub fn refusal(response: &str) -> &'static str {
    match response {
        "customresponse" | "externalresponse" | "coderesponse" | "matlabresponse" => {
            "a program of the course grades it"
        }
        "schematicresponse" => "it is answered by drawing a circuit",
        "imageresponse" => "it is answered by a click on a picture",
        "formularesponse" | "symbolicresponse" => {
            "it is answered with a formula, which is more than one text"
        }
        "javascriptresponse" | "jsmeresponse" => "a script of the course shows and grades it",
        "choicetextresponse" => "its options hold fields of their own",
        _ => "there are no questions of its form",
    }
}

impl Place<'_> {
    pub fn converted(&self, context: &mut Context<'_>, why: &str) {
        context
            .record
            .converted(self.file, &format!("problem “{}”", self.name), why);
    }
}

/// # Errors
/// Why the answer cannot be carried.
pub fn answer(
    context: &mut Context<'_>,
    place: Place<'_>,
    response: &Element,
    field: Option<&Element>,
) -> Result<Answer, String> {
    let key = match (response.tag.as_str(), field) {
        ("multiplechoiceresponse", Some(group)) => return choice(context, place, response, group),
        ("choiceresponse" | "truefalseresponse", Some(group)) => {
            return choices(context, place, response, group);
        }
        ("optionresponse", Some(input)) => dropdown(context, place, input)?,
        ("annotationresponse", Some(input)) => annotation(context, place, input)?,
        ("stringresponse", _) => return text(context, place, response),
        ("numericalresponse", _) => return numerical(context, place, response),
        _ => return Err("it has no field to answer in".to_owned()),
    };
    Ok(Answer {
        key,
        remarks: Vec::new(),
    })
}

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
                .flat_map(|feedback| super::without_heading(feedback.children.clone())),
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

fn partial_credit(context: &mut Context<'_>, place: Place<'_>, response: &Element) {
    if response.value("partial_credit").is_some() {
        place.converted(
            context,
            "there is no partial credit: an answer is right or wrong",
        );
    }
}

fn choice(
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

fn choices(
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

fn dropdown(
    context: &mut Context<'_>,
    place: Place<'_>,
    input: &Element,
) -> Result<AnswerKey, String> {
    let mut options: Vec<Choice> = input
        .named("option")
        .map(|choice| option(context, place, input, choice).0)
        .collect();
    if options.is_empty() {
        let right = input.value("correct").unwrap_or_default();
        let list = list(input.value("options").unwrap_or_default());
        options = list
            .into_iter()
            .map(|text| Choice {
                right: text == right,
                text: prose::plain(&text),
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

fn annotation(
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

/// Every answer that is given as right.
fn accepted(response: &Element) -> Vec<String> {
    let additional: Vec<&str> = response
        .named("additional_answer")
        .filter_map(|element| element.value("answer"))
        .collect();
    let written = response
        .named("additional_answer")
        .filter(|element| element.value("answer").is_none())
        .map(Element::text);
    let first = response.value("answer").unwrap_or_default();
    let firsts: Vec<&str> = if additional.is_empty() {
        first.split("_or_").collect()
    } else {
        vec![first]
    };
    let all = firsts
        .into_iter()
        .chain(additional)
        .map(str::to_owned)
        .chain(written);
    all.map(|answer| answer.trim().to_owned())
        .filter(|answer| !answer.is_empty())
        .collect()
}

fn text(context: &mut Context<'_>, place: Place<'_>, response: &Element) -> Result<Answer, String> {
    let mut answers = accepted(response);
    let kind = response.value("type").unwrap_or_default();
    if kind.contains("regexp") {
        let expanded: Option<Vec<Vec<String>>> = answers
            .iter()
            .map(|answer| pattern::expand(answer))
            .collect();
        let Some(expanded) = expanded else {
            return Err(format!(
                "its right answers are a pattern, not a few texts: {}",
                shorten(&answers.join(" or "))
            ));
        };
        answers = expanded.concat();
        place.converted(
            context,
            "the pattern of right answers is written out as single answers",
        );
    }
    if answers.is_empty() {
        return Err("it has no right answer".to_owned());
    }
    if !kind.split_whitespace().any(|word| word == "ci") {
        place.converted(context, "capital and small letters are not told apart");
    }
    if response
        .find(&|element| {
            matches!(
                element.tag.as_str(),
                "stringequalhint" | "regexphint" | "stringhint" | "hintgroup"
            )
        })
        .is_some()
    {
        context.record.left_out(
            place.file,
            &format!("hints of “{}” for single wrong answers", place.name),
            "only options have feedback",
        );
    }
    let remarks = when_right(context, place, response);
    Ok(Answer {
        key: AnswerKey::Text { accepted: answers },
        remarks,
    })
}

fn numerical(
    context: &mut Context<'_>,
    place: Place<'_>,
    response: &Element,
) -> Result<Answer, String> {
    let answers = accepted(response);
    let Some(first) = answers.first() else {
        return Err("it has no right answer".to_owned());
    };
    let parameter = response.find(&|element| {
        element.tag == "responseparam" && element.value("type") == Some("tolerance")
    });
    let tolerance = parameter
        .and_then(|parameter| parameter.value("default"))
        .or_else(|| response.value("tolerance"));
    let Some(number) = number::answer(first, tolerance) else {
        return Err(format!(
            "its right answer is no plain number: {}",
            shorten(first)
        ));
    };
    if number::is_open_range(first) {
        place.converted(
            context,
            &format!("the ends of the range {first} count as right"),
        );
    }
    if answers.len() > 1 {
        let others = shorten(&answers[1..].join(", "));
        context.record.left_out(
            place.file,
            &format!("further right answers of “{}”: {others}", place.name),
            "a number question has one right answer",
        );
    }
    partial_credit(context, place, response);
    let remarks = when_right(context, place, response);
    Ok(Answer {
        key: AnswerKey::Number {
            value: number.value,
            tolerance: number.tolerance,
        },
        remarks,
    })
}

/// What is said to a right answer goes with the explanation.
fn when_right(context: &mut Context<'_>, place: Place<'_>, response: &Element) -> Vec<String> {
    let hints: Vec<Vec<Child>> = response
        .named("correcthint")
        .map(|hint| hint.children.clone())
        .collect();
    let said = hints
        .into_iter()
        .map(|children| prose::markdown(context, place.file, place.key, children).0);
    said.filter(|text| !text.is_empty()).collect()
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
