//! XML as plain trees, read with every door shut: no document types, no entities, bounded depth and size.

use std::rc::Rc;

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::{dom, entities};
use crate::{Problem, plain::plain};

/// Deeper than any course that people write, shallow enough for recursion over it.
const MAX_DEPTH: usize = 200;
const MAX_NODES: u32 = 500_000;

#[derive(Clone, Debug)]
pub struct Element {
    pub tag: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Child>,
    /// Where it stands, for notes.
    pub file: Rc<str>,
    pub line: usize,
}

#[derive(Clone, Debug)]
pub enum Child {
    Element(Element),
    Text(String),
}

/// The root of a file. A file with mistakes is read the way that browsers read HTML; then the problem says what was
/// wrong.
///
/// # Errors
/// Files that may not be read at all: too large, too deep, with a document type, or with nothing in them that looks like
/// an element.
pub fn parse(file: &str, text: &str) -> Result<(Element, Option<Problem>), Problem> {
    match read(file, text) {
        Ok(Some(root)) => Ok((root, None)),
        Ok(None) => Err(too_deep(file)),
        Err(error @ (Error::NodesLimitReached | Error::DtdDetected)) => Err(describe(file, &error)),
        Err(error) => {
            let problem = describe(file, &error);
            let root = dom::parse_xml(file, text)
                .into_iter()
                .find_map(|child| match child {
                    Child::Element(element) => Some(element),
                    Child::Text(_) => None,
                });
            root.map(|root| (root, Some(problem.clone())))
                .ok_or(problem)
        }
    }
}

fn read(file: &str, text: &str) -> Result<Option<Element>, Error> {
    match parse_strictly(file, text) {
        // HTML's named characters are common in files that were written by hand.
        Err(Error::UnknownEntityReference(..)) => {
            parse_strictly(file, &entities::without_names(text))
        }
        other => other,
    }
}

fn too_deep(file: &str) -> Problem {
    Problem::new(
        file,
        None,
        format!("nests its elements more than {MAX_DEPTH} deep"),
    )
}

fn parse_strictly(file: &str, text: &str) -> Result<Option<Element>, Error> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options)?;
    let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    Ok(convert(document.root_element(), &file.into(), &lines, 0))
}

fn describe(file: &str, error: &Error) -> Problem {
    let line = error.pos().row as usize;
    let message = match error {
        Error::DtdDetected => "declares a document type; it was not read, for safety".to_owned(),
        Error::NodesLimitReached => format!("holds more than {MAX_NODES} elements"),
        other => format!("is no well-formed XML: {other}"),
    };
    Problem::new(file, line, message)
}

/// `None` where elements are nested too deeply.
fn convert(node: Node<'_, '_>, file: &Rc<str>, lines: &[usize], depth: usize) -> Option<Element> {
    if depth > MAX_DEPTH {
        return None;
    }
    let mut children = Vec::new();
    for child in node.children() {
        if child.is_element() {
            children.push(Child::Element(convert(child, file, lines, depth + 1)?));
        } else if let (true, Some(text)) = (child.is_text(), child.text()) {
            children.push(Child::Text(plain(text).into_owned()));
        }
    }
    Some(Element {
        tag: node.tag_name().name().to_owned(),
        attributes: node
            .attributes()
            .map(|attribute| {
                let value = plain(attribute.value()).into_owned();
                (attribute.name().to_owned(), value)
            })
            .collect(),
        children,
        file: Rc::clone(file),
        line: lines.partition_point(|at| *at < node.range().start) + 1,
    })
}

impl Element {
    #[must_use]
    pub fn new(tag: &str, children: Vec<Child>) -> Self {
        Self {
            tag: tag.to_owned(),
            attributes: Vec::new(),
            children,
            file: "".into(),
            line: 1,
        }
    }

    /// Gives it an attribute, in place of the one of that name.
    pub fn set(&mut self, name: &str, value: &str) {
        self.attributes.retain(|(key, _)| key != name);
        self.attributes.push((name.to_owned(), value.to_owned()));
    }

    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The attribute, unless it says nothing: Studio writes `""`, `null` and `None` for unset values.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.attribute(name)
            .map(str::trim)
            .filter(|value| !matches!(*value, "" | "null" | "None"))
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
    }

    pub fn named<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.tag == tag)
    }

    /// Whether there is anything between its tags.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.children
            .iter()
            .all(|child| matches!(child, Child::Text(text) if text.trim().is_empty()))
    }

    /// All text in it, tags left out.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(part) => text.push_str(part),
                Child::Element(element) => element.collect_text(text),
            }
        }
    }

    /// The first element below it, in the order of the document, that fits.
    pub fn find(&self, fits: &impl Fn(&Element) -> bool) -> Option<&Element> {
        self.elements().find_map(|element| {
            if fits(element) {
                Some(element)
            } else {
                element.find(fits)
            }
        })
    }

    /// Visits everything below it, in the order of the document.
    pub fn visit<'a>(&'a self, visitor: &mut impl FnMut(&'a Element)) {
        for element in self.elements() {
            visitor(element);
            element.visit(visitor);
        }
    }

    /// What is between its tags, as HTML.
    #[must_use]
    pub fn inner_html(&self) -> String {
        let mut html = String::new();
        for child in &self.children {
            child.write_html(&mut html);
        }
        html
    }

    pub fn write_html(&self, html: &mut String) {
        html.push('<');
        html.push_str(&self.tag);
        for (name, value) in &self.attributes {
            html.push_str(&format!(" {name}=\"{}\"", entities::escape(value)));
        }
        html.push('>');
        if is_void(&self.tag) {
            return;
        }
        for child in &self.children {
            child.write_html(html);
        }
        html.push_str(&format!("</{}>", self.tag));
    }
}

impl Child {
    pub fn write_html(&self, html: &mut String) {
        match self {
            Self::Element(element) => element.write_html(html),
            Self::Text(text) => html.push_str(&entities::escape(text)),
        }
    }
}

/// HTML's elements without an end tag.
#[must_use]
pub fn is_void(tag: &str) -> bool {
    matches!(
        tag,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Element {
        let (root, problem) = parse("a.xml", text).expect("a tree");
        assert_eq!(problem, None);
        root
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let root = tree("<a>\n  <b/>\n\n  <c x='1'/></a>");
        assert_eq!(
            root.elements()
                .map(|element| element.line)
                .collect::<Vec<_>>(),
            [2, 4]
        );
        let (_, problem) = parse("a.xml", "<a>\n</b>").expect("a mended tree");
        assert_eq!(problem.expect("a problem").line, Some(2));
    }

    #[test]
    fn names_of_html_characters_are_understood() {
        assert_eq!(
            tree("<a>x&nbsp;y &amp; &eacute;</a>").text(),
            "x\u{a0}y & é"
        );
        let (mended, problem) = parse("a.xml", "<a>&nonsense;</a>").expect("a mended tree");
        assert_eq!(
            (mended.text().as_str(), problem.is_some()),
            ("&nonsense;", true)
        );
    }

    #[test]
    fn control_characters_are_dropped() {
        let root = tree("<a b='&#x7f;c'>d&#13;&#10;&#x85;e</a>");
        assert_eq!(
            (root.attribute("b"), root.text().as_str()),
            (Some("c"), "d\ne")
        );
    }

    #[test]
    fn files_with_mistakes_are_mended() {
        let broken = "<problem>\n<p>1 < 2 & <br>\n<choicegroup><choice correct=\"true\"/>x</choicegroup></problem>";
        let (root, problem) = parse("a.xml", broken).expect("a tree");
        assert_eq!(problem.expect("a problem").line, Some(2));
        assert_eq!(root.tag, "problem");
        let group = root
            .find(&|element| element.tag == "choicegroup")
            .expect("a group");
        assert_eq!(group.elements().count(), 1);
        assert!(parse("a.xml", "nothing").is_err());
    }

    #[test]
    fn documents_that_attack_are_refused() {
        let external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert!(
            parse("a.xml", external)
                .expect_err("external entity")
                .message
                .contains("document type")
        );
        let laughs = "<!DOCTYPE a [<!ENTITY b \"ha\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>";
        assert!(
            parse("a.xml", laughs)
                .expect_err("entities")
                .message
                .contains("document type")
        );
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(
            parse("a.xml", &deep)
                .expect_err("deep")
                .message
                .contains("deep")
        );
    }

    #[test]
    fn html_is_written_as_browsers_read_it() {
        let root = tree("<a><p class='x&quot;'>1 &lt; 2<br/></p><i/></a>");
        assert_eq!(
            root.inner_html(),
            "<p class=\"x&quot;\">1 &lt; 2<br></p><i></i>"
        );
    }
}
