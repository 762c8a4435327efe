//! The overview: people, prerequisites and outcomes are taken out of it, the rest is the long description.

use domain::course::{Instructor, MediaSource};

use super::{
    context::Context,
    dom, html, links, pieces,
    xml::{Child, Element},
};

#[derive(Debug, Default)]
pub struct Overview {
    pub html: String,
    pub first_sentence: Option<String>,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
}

pub fn read(context: &mut Context<'_>, path: &str, content: &str) -> Overview {
    let mut found = Overview::default();
    let children = sections(dom::parse(path, content), &mut found);
    let children = outcomes(children, &mut found.outcomes);
    let (mut children, media) = html::clean(context, path, "overview", children).apart();
    for media in media {
        let address = match media.source {
            MediaSource::YouTube { id } => format!("https://www.youtube.com/watch?v={id}"),
            MediaSource::Link { url } => url,
            MediaSource::File { src, .. } => links::reference(&src),
        };
        let mut link = Element::new("a", vec![Child::Text(media.title)]);
        link.set("href", &address);
        context.record.converted(
            path,
            &format!("video {address}"),
            "the overview links to it",
        );
        children.push(Child::Element(Element::new(
            "p",
            vec![Child::Element(link)],
        )));
    }
    found.first_sentence = first_sentence(&children);
    if !pieces::is_blank(&children) {
        found.html = dom::write(&children).trim().to_owned();
    }
    found
}

fn has_class(element: &Element, class: &str) -> bool {
    element
        .attribute("class")
        .is_some_and(|classes| classes.split_whitespace().any(|name| name == class))
}

/// Takes out the sections that Studio's template marks, and the texts that it fills them with.
fn sections(children: Vec<Child>, found: &mut Overview) -> Vec<Child> {
    let mut kept = Vec::new();
    for child in children {
        let Child::Element(mut element) = child else {
            kept.push(child);
            continue;
        };
        if has_class(&element, "course-staff") {
            found.instructors.extend(people(&element));
        } else if has_class(&element, "prerequisites") {
            found.prerequisites.extend(requirements(&element));
        } else if has_class(&element, "teacher") {
            found.instructors.extend(person(&element));
        } else if !is_template(&element) {
            element.children = sections(element.children, found);
            // A section of which only the heading is left.
            let headings_only = element.tag == "section"
                && element.elements().all(is_heading)
                && element.elements().next().is_some();
            if !headings_only {
                kept.push(Child::Element(element));
            }
        }
    }
    kept
}

/// What Studio writes for authors to replace, and its heading over the description, which the course page has.
fn is_template(element: &Element) -> bool {
    if is_heading(element) {
        let text = dom::visible_text(&element.children).to_lowercase();
        if text.trim() == "about this course" {
            return true;
        }
    }
    const TEXTS: [&str; 4] = [
        "include your long course description here",
        "question #",
        "your answer would be displayed here",
        "add information about the skills and knowledge",
    ];
    let small = matches!(element.tag.as_str(), "p" | "article" | "h3");
    small && {
        let text = dom::visible_text(&element.children).to_lowercase();
        TEXTS.iter().any(|template| text.starts_with(template))
    }
}

fn is_heading(element: &Element) -> bool {
    matches!(
        element.tag.as_str(),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
    )
}

fn people(section: &Element) -> Vec<Instructor> {
    let mut people = Vec::new();
    section.visit(&mut |element| {
        if element.tag == "article" || has_class(element, "teacher") {
            people.extend(person(element));
        }
    });
    people
}

fn person(article: &Element) -> Option<Instructor> {
    let mut headings = Vec::new();
    let mut paragraphs = Vec::new();
    article.visit(&mut |element| {
        let text = dom::visible_text(&element.children);
        if !text.is_empty() && is_heading(element) {
            headings.push(text);
        } else if !text.is_empty() && matches!(element.tag.as_str(), "p" | "li") {
            paragraphs.push(text);
        }
    });
    let mut headings = headings.into_iter();
    let name = headings.next()?;
    let is_template = name.to_lowercase().starts_with("staff member")
        || name.to_lowercase().starts_with("instructor name");
    let credentials = headings.collect::<Vec<_>>().join(", ");
    (!is_template).then(|| Instructor {
        name,
        credentials,
        bio: paragraphs.join(" "),
    })
}

fn requirements(section: &Element) -> Vec<String> {
    let mut items = Vec::new();
    let mut paragraphs = Vec::new();
    section.visit(&mut |element| match element.tag.as_str() {
        "li" => items.push(dom::visible_text(&element.children)),
        "p" => paragraphs.push(dom::visible_text(&element.children)),
        _ => {}
    });
    let mut found = if items.is_empty() { paragraphs } else { items };
    found.retain(|text| {
        let lower = text.to_lowercase();
        let none = [
            "add information about the skills",
            "there are no",
            "none",
            "no prerequisites",
            "no pre-requisites",
        ];
        !text.is_empty() && !none.iter().any(|start| lower.starts_with(start))
    });
    found
}

/// Takes out the first list under a heading that says what is learned.
fn outcomes(children: Vec<Child>, outcomes: &mut Vec<String>) -> Vec<Child> {
    let mut kept: Vec<Child> = Vec::new();
    let mut heading: Option<usize> = None;
    for child in children {
        let Child::Element(mut element) = child else {
            kept.push(child);
            continue;
        };
        if outcomes.is_empty() && says_what_is_learned(&element) {
            heading = Some(kept.len());
            kept.push(Child::Element(element));
            continue;
        }
        if let (Some(at), true) = (heading, matches!(element.tag.as_str(), "ul" | "ol")) {
            outcomes.extend(
                element
                    .named("li")
                    .map(|item| dom::visible_text(&item.children))
                    .filter(|text| !text.is_empty()),
            );
            kept.truncate(at);
            heading = None;
            continue;
        }
        // Between the heading and its list there may be a line such as “You will be able to:”.
        heading = heading.filter(|_| element.tag == "p");
        if outcomes.is_empty() {
            element.children = self::outcomes(element.children, outcomes);
        }
        kept.push(Child::Element(element));
    }
    kept
}

fn says_what_is_learned(element: &Element) -> bool {
    const WORDS: [&str; 9] = [
        "what you'll learn",
        "what you will learn",
        "what will you learn",
        "learning objectives",
        "learning outcomes",
        "course objectives",
        "学习目标",
        "你将学到",
        "学习成果",
    ];
    let may_head = is_heading(element)
        || (element.tag == "p"
            && element
                .elements()
                .any(|inner| matches!(inner.tag.as_str(), "strong" | "b")));
    may_head && {
        let text = dom::visible_text(&element.children)
            .to_lowercase()
            .replace('’', "'");
        text.chars().count() < 60 && WORDS.iter().any(|words| text.contains(words))
    }
}

/// The first sentence of the first paragraph.
fn first_sentence(children: &[Child]) -> Option<String> {
    let root = Element::new("div", children.to_vec());
    let paragraph = root
        .find(&|element| element.tag == "p" && !dom::visible_text(&element.children).is_empty())?;
    let text = dom::visible_text(&paragraph.children);
    let end = text.char_indices().find(|(at, c)| {
        let rest = &text[at + c.len_utf8()..];
        matches!(c, '。' | '！' | '？')
            || (matches!(c, '.' | '!' | '?') && (rest.is_empty() || rest.starts_with(' ')))
    });
    Some(end.map_or(text.clone(), |(at, c)| text[..at + c.len_utf8()].to_owned()))
}
