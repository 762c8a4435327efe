//! Puts HTML into a shape that the sanitiser reads in linear time. Its parser goes through all open elements for each
//! tag, and opens what was left open over and over again, so that a short text can keep it busy for minutes.

use super::{escape, sanitise};
use crate::olx::markup::{self, Tag, Token};

/// Elements that may be open at once.
const MAX_OPEN: usize = 300;
/// Open elements, added up over all tags: what the parser may have to do.
const MAX_WORK: usize = 1_500_000;

/// Elements that end without being told to, where the next one or the one around them does. The parser never has
/// more of them open than of others, so they need not be counted.
const ENDING: [&str; 9] = ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"];

/// The text with only such tags as the sanitiser keeps, each closed in the place where it has to be. `None` where
/// they are nested too deeply.
pub fn balanced(html: &str) -> Option<String> {
    let mut balancer = Balancer {
        out: String::with_capacity(html.len()),
        open: Vec::new(),
        dropped: None,
    };
    let mut work = 0;
    for token in markup::tokens(html) {
        balancer.take(&token);
        work += balancer.open.len();
        if balancer.open.len() > MAX_OPEN || work > MAX_WORK {
            return None;
        }
    }
    balancer.close_to(0);
    Some(balancer.out)
}

struct Balancer {
    out: String,
    open: Vec<String>,
    /// The element that goes with its content, and how many of its name are open.
    dropped: Option<(String, usize)>,
}

impl Balancer {
    fn take(&mut self, token: &Token<'_>) {
        if let Some((name, open)) = &mut self.dropped {
            match token {
                Token::Open(tag) if tag.name == *name => *open += 1,
                Token::Close(other) if other == name => *open -= 1,
                _ => {}
            }
            if *open == 0 {
                self.dropped = None;
            }
            return;
        }
        match token {
            // What is no tag here must be none for the parser.
            Token::Text(text) => self.out.push_str(&text.replace('<', "&lt;")),
            Token::Raw(text) => self.out.push_str(&escape(text)),
            Token::Open(tag) => self.begin(tag),
            Token::Close(name) => self.end(name),
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        if sanitise::WITH_CONTENT.contains(&name) {
            let is_whole = name == "embed" || (tag.closed && matches!(name, "svg" | "math"));
            if !is_whole {
                self.dropped = Some((name.to_owned(), 1));
            }
        } else if sanitise::TAGS.contains(&name) {
            self.out.push_str(&format!("<{name}"));
            for (attribute, value) in &tag.attributes {
                self.out
                    .push_str(&format!(" {attribute}=\"{}\"", escape(value)));
            }
            self.out.push('>');
            if !(ENDING.contains(&name) || is_void(name)) {
                self.open.push(tag.name.clone());
            }
        }
    }

    fn end(&mut self, name: &str) {
        if ENDING.contains(&name) {
            self.out.push_str(&format!("</{name}>"));
        } else if let Some(at) = self.open.iter().rposition(|open| open == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, length: usize) {
        for name in self.open.drain(length..).rev() {
            self.out.push_str(&format!("</{name}>"));
        }
    }
}

/// Of those that the sanitiser keeps.
fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "wbr")
}
