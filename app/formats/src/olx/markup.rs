//! HTML as a row of tags and texts: enough to rewrite what courses write, tag by tag.
//!
//! Nothing here makes HTML safe. That is the renderer's sanitiser, which sees everything afterwards.

use std::borrow::Cow;

use super::entities;

#[derive(Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// As it is written, references to characters included.
    Text(&'a str),
    Open(Tag<'a>),
    /// The name, in small letters.
    Close(String),
    /// What a `script`, `style` or the like holds.
    Raw(&'a str),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// In small letters.
    pub name: String,
    /// Names in small letters; values are decoded.
    pub attributes: Vec<(String, Cow<'a, str>)>,
    /// Ends with `/>`, which says something in XML only.
    pub closed: bool,
}

/// Elements whose content is no markup.
const RAW: [&str; 8] = [
    "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp",
];

/// The tokens of a piece of HTML. Comments, document types and processing instructions are passed over.
#[derive(Debug)]
pub struct Tokens<'a> {
    rest: &'a str,
    raw: Option<String>,
    xml: bool,
}

#[must_use]
pub fn tokens(html: &str) -> Tokens<'_> {
    Tokens {
        rest: html,
        raw: None,
        xml: false,
    }
}

/// The tokens of what was meant to be XML, where `<script/>` is an element of its own.
#[must_use]
pub fn xml_tokens(xml: &str) -> Tokens<'_> {
    Tokens {
        rest: xml,
        raw: None,
        xml: true,
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(name) = self.raw.take() {
            let end = find_close(self.rest, &name);
            let (content, rest) = self.rest.split_at(end);
            self.rest = rest;
            if !content.is_empty() {
                return Some(Token::Raw(content));
            }
        }
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(token) = self.markup() {
                match token {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            let first = first_length(self.rest);
            let end = self.rest[first..]
                .find('<')
                .map_or(self.rest.len(), |at| at + first);
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Some(Token::Text(text));
        }
    }
}

/// Length of the first character, so that no text is cut inside one.
fn first_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

impl<'a> Tokens<'a> {
    /// What begins with `<` here: `Some(None)` for what is passed over, `None` where it is text.
    fn markup(&mut self) -> Option<Option<Token<'a>>> {
        let inside = self.rest.strip_prefix('<')?;
        if let Some(comment) = inside.strip_prefix("!--") {
            self.rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            return Some(None);
        }
        if inside.starts_with(['!', '?']) {
            self.rest = inside.find('>').map_or("", |end| &inside[end + 1..]);
            return Some(None);
        }
        if let Some(closing) = inside.strip_prefix('/') {
            let name = name_of(closing)?;
            self.rest = closing.find('>').map_or("", |end| &closing[end + 1..]);
            return Some(Some(Token::Close(name)));
        }
        let name = name_of(inside)?;
        let (attributes, rest) = attributes(&inside[name.len()..]);
        let closed = inside[..inside.len() - rest.len()].ends_with("/>");
        self.rest = rest;
        if RAW.contains(&name.as_str()) && !(closed && self.xml) {
            self.raw = Some(name.clone());
        }
        Some(Some(Token::Open(Tag {
            name,
            attributes,
            closed,
        })))
    }
}

fn name_of(text: &str) -> Option<String> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    // In formulas such as `a<b\)` no tag begins.
    let ends = rest.is_empty()
        || rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    (ends && name.starts_with(|c: char| c.is_ascii_alphabetic())).then(|| name.to_ascii_lowercase())
}

/// The attributes from here to the end of the tag, and what follows the tag.
fn attributes(mut rest: &str) -> (Vec<(String, Cow<'_, str>)>, &str) {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (attributes, "");
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        let end = rest[first_length(rest)..]
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))
            .map_or(rest.len(), |at| at + first_length(rest));
        let (name, after) = rest.split_at(end);
        rest = after;
        let mut value = "";
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            (value, rest) = value_of(after.trim_start());
        }
        let plain = name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'));
        if plain {
            attributes.push((name.to_ascii_lowercase(), entities::unescape(value)));
        }
    }
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(
        text.find(|c: char| c.is_ascii_whitespace() || c == '>')
            .unwrap_or(text.len()),
    )
}

/// Where the end tag of a raw element begins.
fn find_close(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at;
        let found = text.as_bytes().get(start + 2..start + 2 + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            return start;
        }
        from = start + 2;
    }
    text.len()
}

/// What a reader would see of a piece of HTML, spaces made single.
#[must_use]
pub fn visible_text(html: &str) -> String {
    let mut text = String::new();
    for token in tokens(html) {
        match token {
            Token::Text(part) => text.push_str(&entities::unescape(part)),
            Token::Raw(_) => {}
            Token::Open(tag) if is_inline(&tag.name) => {}
            Token::Close(name) if is_inline(&name) => {}
            Token::Open(_) | Token::Close(_) => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "code"
            | "em"
            | "font"
            | "i"
            | "mark"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_texts_follow_each_other() {
        let found: Vec<_> =
            tokens("a<P class='x' hidden data-a=b>1 < 2</p><!-- <b> --><br/>").collect();
        let Token::Open(paragraph) = &found[1] else {
            panic!("{found:?}")
        };
        assert_eq!(paragraph.name, "p");
        let attributes: Vec<_> = paragraph
            .attributes
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_ref()))
            .collect();
        assert_eq!(
            attributes,
            [("class", "x"), ("hidden", ""), ("data-a", "b")]
        );
        assert!(!paragraph.closed);
        assert_eq!(found[2], Token::Text("1 "));
        assert_eq!(found[3], Token::Text("< 2"));
        assert_eq!(found[4], Token::Close("p".into()));
        assert!(matches!(&found[5], Token::Open(tag) if tag.name == "br" && tag.closed));
    }

    #[test]
    fn scripts_are_no_markup() {
        let found: Vec<_> = tokens("<script>if (a<b) '<p>'</SCRIPT>x").collect();
        assert_eq!(found[1], Token::Raw("if (a<b) '<p>'"));
        assert_eq!(found[3], Token::Text("x"));
        assert_eq!(
            visible_text("<style>p{}</style><p>One <b>two</b></p><p>three</p>"),
            "One two three"
        );
    }

    #[test]
    fn formulas_are_no_markup() {
        assert_eq!(
            visible_text("<p>\\(a<b\\) and a<b</p>"),
            "\\(a<b\\) and a<b"
        );
        assert_eq!(tokens("a<b+c").count(), 2);
    }

    #[test]
    fn broken_markup_ends() {
        for html in [
            "<",
            "<a",
            "<a href=",
            "<a href='x",
            "</",
            "</a",
            "<!--",
            "<script>",
            "é<é",
            "<a é=1>",
        ] {
            let _ = tokens(html).count();
        }
    }
}
