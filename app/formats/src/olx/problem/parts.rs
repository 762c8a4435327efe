//! Parts of responses that are read rather than answered.

use super::super::xml::{Child, Element};

/// What stays of a response whose fields cannot be carried.
const HTML: [&str; 55] = [
    "a",
    "article",
    "aside",
    "audio",
    "b",
    "blockquote",
    "br",
    "caption",
    "center",
    "clarification",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "q",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "text",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "video",
];

/// What is HTML, without fields, answers and scripts. The picture of a field that was a picture stays.
#[must_use]
pub fn readable(children: &[Child]) -> Vec<Child> {
    let kept = children.iter().filter_map(|child| match child {
        Child::Text(text) => Some(Child::Text(text.clone())),
        Child::Element(element) if element.tag == "imageinput" => {
            let mut picture = Element::new("img", Vec::new());
            picture.set("src", element.value("src")?);
            picture.set("alt", element.value("alt").unwrap_or_default());
            Some(Child::Element(picture))
        }
        Child::Element(element) => {
            let tag = match element.tag.as_str() {
                "label" | "description" => "p",
                tag => tag,
            };
            let children = readable(&element.children);
            let copy = Element {
                tag: tag.to_owned(),
                children,
                ..element.clone()
            };
            HTML.contains(&tag).then_some(Child::Element(copy))
        }
    });
    kept.collect()
}

/// What is asked.
#[must_use]
pub fn label(element: &Element) -> Child {
    Child::Element(Element::new("p", trimmed(&element.children)))
}

/// What is said about how to answer.
#[must_use]
pub fn description(element: &Element) -> Child {
    let small = Child::Element(Element::new("em", trimmed(&element.children)));
    Child::Element(Element::new("p", vec![small]))
}

/// Without spaces at both ends, which would stand inside of emphasis.
fn trimmed(children: &[Child]) -> Vec<Child> {
    let mut children = children.to_vec();
    if let Some(Child::Text(text)) = children.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Child::Text(text)) = children.last_mut() {
        *text = text.trim_end().to_owned();
    }
    children
}

/// The questions of an annotation, around the text that it is about.
#[must_use]
pub fn annotation(input: &Element) -> Vec<Child> {
    let mut prompt = Vec::new();
    for tag in ["title", "text", "comment", "comment_prompt", "tag_prompt"] {
        if let Some(element) = input.named(tag).find(|element| !element.is_empty()) {
            let tag = if tag == "text" { "blockquote" } else { "p" };
            prompt.push(Child::Element(Element::new(tag, element.children.clone())));
        }
    }
    prompt
}
