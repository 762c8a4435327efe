//! Components for which the portal has no counterpart: what can be read of them is carried, the rest is said.

use domain::course::Activity;

use super::{
    blocks,
    context::Context,
    dom,
    outline::Block,
    pieces, poll,
    xml::{Child, Element},
};

pub fn activities(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    match block.tag.as_str() {
        "openassessment" => assessment(context, block),
        "annotatable" | "textannotation" => annotated(context, block),
        "pdf" => link(
            context,
            block,
            "url",
            "a document is linked, not shown inside the lesson",
        ),
        "iframe" => link(
            context,
            block,
            "iframe_url",
            "other pages do not run inside a lesson; a link leads to it",
        ),
        "poll" | "poll_question" | "survey" => poll::activities(context, block),
        "google-document" | "google-calendar" => embedded(context, block),
        _ => {
            let why = reason(&block.tag);
            context.record.left_out(&block.file, &called(block), &why);
            Vec::new()
        }
    }
}

/// `poll “Your opinion”`
pub fn called(block: &Block) -> String {
    let name = if block.title.is_empty() {
        block.url_name.as_deref().unwrap_or_default()
    } else {
        &block.title
    };
    if name.is_empty() {
        block.tag.clone()
    } else {
        format!("{} “{name}”", block.tag)
    }
}

fn reason(tag: &str) -> String {
    let why = match tag {
        "discussion" | "discuss" | "inline_discussion" => "lessons have no forum",
        "lti" | "lti_consumer" => "tools of other sites (LTI) cannot be opened from a lesson",
        "word_cloud" => "there are no word clouds of all learners' answers",
        "drag-and-drop-v2" | "drag_and_drop_v2" => {
            "there are no questions that are answered by dragging"
        }
        "done" => "lessons have their own button to mark them as complete",
        "edx_sga" | "staffgradedxblock" | "staff_graded" => {
            "there is no handing in of files for the course's team to grade"
        }
        "combinedopenended" | "peergrading" => "there is no grading of essays",
        "scorm" | "scormxblock" | "h5pxblock" | "h5p" => {
            "packages of other authoring tools do not run in a lesson"
        }
        "problem-builder" | "step-builder" | "mentoring" => {
            "its questions are of a form that is not known"
        }
        "crowdsourcehinter" | "recommender" | "qualtricssurvey" | "chat" => {
            "it needs a service of the Open edX site"
        }
        "imagemodal" | "image-explorer" | "hotspot" => {
            "its pictures work only with a script of the component"
        }
        "static_tab" | "course_info" | "about" => "a course here has no pages beside its lessons",
        "wiki" => "a course here has no wiki",
        "customtag" | "slides" | "book" => "templates of the course's own are not known",
        "lti-block" | "google_drive" => "it belongs to another site",
        _ => return format!("the component “{tag}” has no counterpart here"),
    };
    why.to_owned()
}

/// An essay: its task can be read, but there is nowhere to hand it in.
fn assessment(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let mut prompts = Vec::new();
    let inside: Vec<&Element> = block
        .element
        .named("prompts")
        .flat_map(|prompts| prompts.named("prompt"))
        .collect();
    let old = block
        .element
        .named("rubric")
        .flat_map(|rubric| rubric.named("prompt"));
    for prompt in inside.into_iter().chain(old) {
        let text = prompt.named("description").next().unwrap_or(prompt).text();
        let is_html = text.contains("</") || text.contains("<br") || text.contains("<img");
        if is_html {
            prompts.extend(dom::parse(&block.file, &text));
        } else {
            let paragraphs = text
                .split("\n\n")
                .map(str::trim)
                .filter(|text| !text.is_empty());
            prompts.extend(
                paragraphs.map(|text| {
                    Child::Element(Element::new("p", vec![Child::Text(text.to_owned())]))
                }),
            );
        }
    }
    if pieces::is_blank(&prompts) {
        context.record.left_out(
            &block.file,
            &called(block),
            "there is no grading of essays, and it has no task to be read",
        );
        return Vec::new();
    }
    context.record.converted(
        &block.file,
        &called(block),
        "its task is a text now; there is no handing in and grading of essays",
    );
    blocks::from_html(context, &block.file, &blocks::key(block), prompts)
}

/// A text with remarks: each remark stands in brackets behind what it is about.
fn annotated(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    fn open(children: Vec<Child>, out: &mut Vec<Child>) {
        for child in children {
            match child {
                Child::Element(element) if element.tag == "annotation" => {
                    let remark = element
                        .value("body")
                        .or_else(|| element.value("title"))
                        .map(|remark| format!(" ({remark})"));
                    let mut inner = Vec::new();
                    open(element.children, &mut inner);
                    out.push(Child::Element(Element::new("mark", inner)));
                    out.extend(remark.map(Child::Text));
                }
                Child::Element(element)
                    if matches!(element.tag.as_str(), "instructions" | "annotatable") =>
                {
                    open(element.children, out);
                }
                Child::Element(mut element) => {
                    let mut inner = Vec::new();
                    open(std::mem::take(&mut element.children), &mut inner);
                    element.children = inner;
                    out.push(Child::Element(element));
                }
                text @ Child::Text(_) => out.push(text),
            }
        }
    }
    let mut children = Vec::new();
    open(blocks::html_children(&block.element), &mut children);
    context.record.converted(
        &block.file,
        &called(block),
        "its remarks stand in brackets in the text now",
    );
    blocks::from_html(context, &block.file, &blocks::key(block), children)
}

fn link(context: &mut Context<'_>, block: &Block, attribute: &str, why: &str) -> Vec<Activity> {
    let Some(address) = block.element.value(attribute).map(str::to_owned) else {
        context
            .record
            .left_out(&block.file, &called(block), "it has no address");
        return Vec::new();
    };
    let text = if block.title.is_empty() {
        address.clone()
    } else {
        block.title.clone()
    };
    let mut anchor = Element::new("a", vec![Child::Text(text)]);
    anchor.set("href", &address);
    context.record.converted(&block.file, &called(block), why);
    let paragraph = Child::Element(Element::new("p", vec![Child::Element(anchor)]));
    blocks::from_html(context, &block.file, &blocks::key(block), vec![paragraph])
}

fn embedded(context: &mut Context<'_>, block: &Block) -> Vec<Activity> {
    let code = block.element.value("embed_code").unwrap_or_default();
    let children = dom::parse(&block.file, code);
    if children.is_empty() {
        context
            .record
            .left_out(&block.file, &called(block), "it has no address");
        return Vec::new();
    }
    blocks::from_html(context, &block.file, &blocks::key(block), children)
}
