//! Polls and surveys become polls of the portal: of a survey, one for each of its questions.
//!
//! `poll` and `survey` are components of xblock-poll, whose attributes hold JSON and Markdown; `poll_question` is the
//! older one of Open edX itself, with elements and HTML.

use std::collections::HashSet;

use domain::{
    block::{Block as Interactive, BlockBody},
    course::{Activity, ActivityBody},
};
use serde_json::Value;

use super::{
    blocks,
    components::called,
    context::Context,
    dom, json,
    outline::Block,
    problem::prose,
    xml::{Child, Element},
};

/// The native form holds no more.
const MAX_OPTIONS: usize = 20;

pub fn activities(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let asked = match block.tag.as_str() {
        "poll" => poll(context, block),
        "survey" => survey(context, block),
        _ => old(context, block),
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(why) => {
            context.record.left_out(&block.file, &called(block), why);
            return Vec::new();
        }
    };
    note(context, block);
    let private = block
        .element
        .value("private_results")
        .is_some_and(|private| private.eq_ignore_ascii_case("true"));
    let said = block.element.value("feedback").map(str::to_owned);
    let feedback = said.map(|said| text(context, block, &said));
    let feedback = feedback.filter(|feedback| !feedback.is_empty());
    let last = asked.len().saturating_sub(1);
    let key = blocks::key(block);
    let activities = asked.into_iter().enumerate().map(|(number, asked)| {
        context.record.keep("poll");
        Activity {
            key: context.keys.unique(&key),
            body: ActivityBody::Block {
                block: Interactive {
                    body: BlockBody::Poll {
                        prompt: asked.prompt,
                        options: asked.options,
                        // It was shown behind all questions.
                        feedback: feedback.clone().filter(|_| number == last),
                        private,
                    },
                    required: false,
                    cue: None,
                },
            },
        }
    });
    activities.collect()
}

/// A question, and what can be chosen.
struct Asked {
    prompt: String,
    options: Vec<String>,
}

/// What of it is not as it was.
fn note(context: &mut Context<'_>, block: &Block) {
    let mut said = Vec::new();
    if block.tag == "survey" {
        said.push("each of its questions is a poll of its own now");
    }
    // Without it there is one answer for ever.
    if block.element.value("max_submissions").map(str::trim) != Some("0") {
        said.push("an answer may be changed here as often as one likes");
    }
    if !said.is_empty() {
        context
            .record
            .converted(&block.file, &called(block), &said.join("; "));
    }
}

fn poll(context: &mut Context<'_>, block: &Block) -> Result<Vec<Asked>, &'static str> {
    // What nobody has changed is not exported.
    let fresh = "its question or answers are those that every new poll begins with";
    let question = block.element.value("question").ok_or(fresh)?.to_owned();
    let answers = block.element.value("answers").ok_or(fresh)?;
    let answers = labels(answers)?;
    let prompt = text(context, block, &question);
    let options = options(context, block, &answers)?;
    Ok(vec![Asked {
        prompt: asked(block, prompt)?,
        options,
    }])
}

fn survey(context: &mut Context<'_>, block: &Block) -> Result<Vec<Asked>, &'static str> {
    let fresh = "its questions or answers are those that every new survey begins with";
    let questions = labels(block.element.value("questions").ok_or(fresh)?)?;
    let answers = labels(block.element.value("answers").ok_or(fresh)?)?;
    let options = options(context, block, &answers)?;
    let mut all = Vec::new();
    for question in questions {
        let prompt = label(context, block, &question);
        if !prompt.is_empty() {
            let options = options.clone();
            all.push(Asked { prompt, options });
        }
    }
    if all.is_empty() {
        return Err("it asks nothing");
    }
    Ok(all)
}

fn old(context: &mut Context<'_>, block: &Block) -> Result<Vec<Asked>, &'static str> {
    let is_answer =
        |child: &Child| matches!(child, Child::Element(element) if element.tag == "answer");
    let mut inside = block.element.clone();
    let (answers, question): (Vec<Child>, Vec<Child>) =
        inside.children.drain(..).partition(is_answer);
    inside.children = question;
    let key = blocks::key(block);
    let (prompt, _) = prose::markdown(context, &block.file, &key, blocks::html_children(&inside));
    let mut texts = Vec::new();
    for answer in &answers {
        if let Child::Element(answer) = answer {
            let children = blocks::html_children(answer);
            texts.push(prose::line(context, &block.file, &key, children));
        }
    }
    let options = distinct(context, block, texts)?;
    Ok(vec![Asked {
        prompt: asked(block, prompt)?,
        options,
    }])
}

/// A label, and the picture that stood over it.
struct Label {
    text: String,
    picture: Option<(String, String)>,
}

/// `[["R", {"label": "Red", "img": "/static/red.png", "img_alt": "A red square"}], ["G", "Green"]]`
fn labels(source: &str) -> Result<Vec<Label>, &'static str> {
    let list: Vec<(Value, Value)> =
        json::read(source).map_err(|_| "its answers or questions cannot be read")?;
    let labels = list.into_iter().map(|(_, value)| {
        let said = |name: &str| value[name].as_str().unwrap_or_default().trim().to_owned();
        match &value {
            Value::String(text) => Label {
                text: text.clone(),
                picture: None,
            },
            _ => Label {
                text: said("label"),
                picture: Some((said("img"), said("img_alt"))).filter(|(img, _)| !img.is_empty()),
            },
        }
    });
    Ok(labels.collect())
}

fn options(
    context: &mut Context<'_>,
    block: &Block,
    labels: &[Label],
) -> Result<Vec<String>, &'static str> {
    let mut texts = Vec::new();
    for one in labels {
        texts.push(label(context, block, one));
    }
    distinct(context, block, texts)
}

/// Answers hang on what options say: of those that say the same, the first is kept.
fn distinct(
    context: &mut Context<'_>,
    block: &Block,
    texts: Vec<String>,
) -> Result<Vec<String>, &'static str> {
    let mut known = HashSet::new();
    let mut options = Vec::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if known.insert(text.clone()) {
            options.push(text);
        } else {
            let what = format!("answer “{text}” of {}", called(block));
            let why = "another answer says the same";
            context.record.left_out(&block.file, &what, why);
        }
    }
    match options.len() {
        0 | 1 => Err("it has no two answers to choose from"),
        2..=MAX_OPTIONS => Ok(options),
        _ => Err("it has more than 20 answers"),
    }
}

/// On one line, its picture before it.
fn label(context: &mut Context<'_>, block: &Block, label: &Label) -> String {
    let mut children = html_of(block, &label.text);
    if let Some((address, alt)) = &label.picture {
        let mut picture = Element::new("img", Vec::new());
        picture.set("src", address);
        picture.set("alt", alt);
        children.insert(0, Child::Text(" ".to_owned()));
        children.insert(0, Child::Element(picture));
    }
    let line = prose::line(context, &block.file, &blocks::key(block), children);
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Markdown as the component understood it, its references led to where the course's files are now.
fn text(context: &mut Context<'_>, block: &Block, source: &str) -> String {
    let children = html_of(block, source);
    prose::markdown(context, &block.file, &blocks::key(block), children).0
}

fn html_of(block: &Block, source: &str) -> Vec<Child> {
    let mut options = comrak::Options::default();
    options.render.r#unsafe = true;
    dom::parse(&block.file, &comrak::markdown_to_html(source, &options))
}

/// The question; where there is none, its name says what it is about.
fn asked(block: &Block, prompt: String) -> Result<String, &'static str> {
    let prompt = if prompt.is_empty() {
        prose::plain(&block.title)
    } else {
        prompt
    };
    if prompt.is_empty() {
        return Err("it asks nothing");
    }
    Ok(prompt)
}
