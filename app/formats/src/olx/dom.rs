//! HTML as a tree, read as leniently as browsers do: what is left open is closed, what was never opened is not.

use std::rc::Rc;

use super::{
    entities,
    markup::{self, Tag, Token},
    xml::{Child, Element, is_void},
};

/// Deeper elements become children of the last one above. Everything that walks trees may recurse.
const MAX_DEPTH: usize = 100;
/// Of those, how many are remembered until they end: each end is searched for among them.
const MAX_SKIPPED: usize = 1000;

/// The tree of a piece of HTML.
#[must_use]
pub fn parse(file: &str, html: &str) -> Vec<Child> {
    build(
        file,
        markup::tokens(html),
        Builder {
            html: true,
            ..Builder::default()
        },
    )
}

/// The tree of what was meant to be XML: no element has rules of its own, and `<a/>` is whole.
#[must_use]
pub fn parse_xml(file: &str, xml: &str) -> Vec<Child> {
    build(file, markup::xml_tokens(xml), Builder::default())
}

fn build(file: &str, tokens: markup::Tokens<'_>, mut builder: Builder) -> Vec<Child> {
    builder.file = file.into();
    for token in tokens {
        match token {
            Token::Text(text) => builder.text(&entities::unescape(text)),
            Token::Raw(text) => builder.text(text),
            Token::Open(tag) => builder.open(tag),
            Token::Close(name) => builder.close(&name),
        }
    }
    while builder.pop() {}
    builder.roots
}

struct Builder {
    html: bool,
    file: Rc<str>,
    roots: Vec<Child>,
    open: Vec<Element>,
    /// Elements that were too deep to be kept, still open.
    skipped: Vec<String>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            html: false,
            file: "".into(),
            roots: Vec::new(),
            open: Vec::new(),
            skipped: Vec::new(),
        }
    }
}

impl Builder {
    fn here(&mut self) -> &mut Vec<Child> {
        self.open
            .last_mut()
            .map_or(&mut self.roots, |element| &mut element.children)
    }

    fn text(&mut self, text: &str) {
        if let Some(Child::Text(before)) = self.here().last_mut() {
            before.push_str(text);
        } else {
            self.here().push(Child::Text(text.to_owned()));
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        if self.html {
            self.close_implied(&tag.name);
        }
        let whole = is_void(&tag.name) || (tag.closed && !self.html);
        let element = Element {
            attributes: tag
                .attributes
                .into_iter()
                .map(|(name, value)| (name, value.into_owned()))
                .collect(),
            file: Rc::clone(&self.file),
            ..Element::new(&tag.name, Vec::new())
        };
        if whole {
            self.here().push(Child::Element(element));
        } else if self.open.len() < MAX_DEPTH {
            self.open.push(element);
        } else if self.skipped.len() < MAX_SKIPPED {
            self.skipped.push(tag.name);
        }
    }

    /// Ends what cannot hold the element that begins: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, next: &str) {
        let (ends, within): (&[&str], &[&str]) = match next {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            name if ends_paragraph(name) => (
                &["p"],
                &[
                    "td",
                    "th",
                    "li",
                    "div",
                    "section",
                    "blockquote",
                    "button",
                    "caption",
                    "object",
                ],
            ),
            _ => return,
        };
        let from_top = self
            .open
            .iter()
            .rev()
            .take_while(|element| !within.contains(&element.tag.as_str()));
        if let Some(above) = from_top
            .clone()
            .position(|element| ends.contains(&element.tag.as_str()))
        {
            for _ in 0..=above {
                self.pop();
            }
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.skipped.iter().rposition(|skipped| skipped == name) {
            self.skipped.truncate(at);
            return;
        }
        // A cell's content cannot end its table's surroundings.
        let scope: &[&str] =
            if self.html && !matches!(name, "table" | "tr" | "tbody" | "thead" | "tfoot") {
                &["table"]
            } else {
                &[]
            };
        let from_top =
            self.open.iter().rev().take_while(|element| {
                element.tag == name || !scope.contains(&element.tag.as_str())
            });
        if let Some(above) = from_top.clone().position(|element| element.tag == name) {
            for _ in 0..=above {
                self.pop();
            }
        }
    }

    fn pop(&mut self) -> bool {
        self.skipped.clear();
        let Some(element) = self.open.pop() else {
            return false;
        };
        self.here().push(Child::Element(element));
        true
    }
}

fn ends_paragraph(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "fieldset"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "ul"
    )
}

/// The tree, as HTML again.
#[must_use]
pub fn write(children: &[Child]) -> String {
    let mut html = String::new();
    for child in children {
        child.write_html(&mut html);
    }
    html
}

/// What a reader would see of it, spaces made single.
#[must_use]
pub fn visible_text(children: &[Child]) -> String {
    markup::visible_text(&write(children))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(html: &str) -> String {
        write(&parse("a.html", html))
    }

    #[test]
    fn what_is_left_open_is_closed() {
        assert_eq!(again("<p>a<p>b <b>c"), "<p>a</p><p>b <b>c</b></p>");
        assert_eq!(
            again("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e"),
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>e"
        );
        assert_eq!(
            again("<table><tr><td>a<td>b<tr><td>c</table>"),
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
        );
        assert_eq!(again("<p>a<div>b</div></p>c"), "<p>a</p><div>b</div>c");
        assert_eq!(again("a</div></b>b<br/>c"), "ab<br>c");
        assert_eq!(
            again("<div><table><tr><td>a</div>b</td></tr></table>c</div>"),
            "<div><table><tr><td>ab</td></tr></table>c</div>"
        );
    }

    #[test]
    fn characters_are_kept() {
        assert_eq!(
            again("&lambda; &amp;lambda; 1 < 2 &lt;b&gt;"),
            "λ &amp;lambda; 1 &lt; 2 &lt;b&gt;"
        );
    }

    #[test]
    fn depth_is_bounded() {
        let html = again(&format!(
            "{}x{}y",
            "<div>".repeat(10_000),
            "</div>".repeat(10_000)
        ));
        assert_eq!(html.matches("<div>").count(), MAX_DEPTH);
        assert!(html.contains('x') && html.ends_with('y'), "{html}");
    }
}
