//! What is right, from a response and the field in it that is filled in.

use domain::course::AnswerKey;

use super::{
    super::{
        context::{Context, shorten},
        number,
        xml::{Child, Element},
    },
    options::{annotation, choice, choices, dropdown, partial_credit},
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
