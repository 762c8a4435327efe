//! Text to HTML: Markdown, mathematics, highlighted code, and a sanitiser behind everything.

mod balance;
mod highlight;
pub mod mark;
mod math;
mod rewrite;
mod sanitise;
#[cfg(test)]
mod tests;

use comrak::{Arena, Options, nodes::NodeValue, options::Plugins};
use domain::course::Text;

use crate::has_scheme;

/// Gives the URL for a reference as it stands in the text (`figure.svg`, `lesson:SLUG`), or `None` where it
/// leads nowhere. Not asked for absolute addresses and `#fragments`.
pub type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How deep quotes and lists may be nested. Renderers of trees recurse, and nobody reads deeper.
const MAX_DEPTH: usize = 60;

/// A text with more has none: each is searched for in the others.
const MAX_FOOTNOTES: usize = 500;

/// Safe HTML for a text of several paragraphs. `prefix` makes the ids of footnotes and headings unique on a page.
#[must_use]
pub fn text(text: &Text, links: Links<'_>, prefix: &str) -> String {
    let html = match text {
        Text::Markdown(source) => markdown(source),
        Text::Html(source) => math::mark(source),
    };
    let balanced = balance::balanced(&html).unwrap_or_else(|| {
        let (Text::Markdown(source) | Text::Html(source)) = text;
        as_written(source)
    });
    rewrite::rewrite(&sanitise::clean(&balanced), links, prefix)
}

/// Safe HTML for a short Markdown text that stands inside a label: no paragraph around a single one.
#[must_use]
pub fn inline(source: &str, links: Links<'_>, prefix: &str) -> String {
    let html = text(&Text::Markdown(source.to_owned()), links, prefix);
    let inner = html
        .trim()
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => html,
    }
}

/// The references in a text that are neither absolute nor fragments, as they stand there.
#[must_use]
pub fn references(source: &Text) -> Vec<String> {
    let found = std::cell::RefCell::new(Vec::new());
    let collect = |reference: &str| {
        found.borrow_mut().push(reference.to_owned());
        None
    };
    let _ = text(source, &collect, "");
    found.into_inner()
}

/// Whether a reference has to be looked up: it is no address of its own and no place on the same page.
fn is_local(reference: &str) -> bool {
    reference.starts_with("lesson:")
        || !(has_scheme(reference) || reference.starts_with('#') || reference.starts_with("//"))
}

/// What cannot be rendered, as its source.
fn as_written(source: &str) -> String {
    format!("<pre>{}</pre>", escape(source))
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.strikethrough = true;
    extension.table = true;
    extension.autolink = true;
    extension.tasklist = true;
    extension.description_lists = true;
    extension.math_dollars = true;
    extension.header_id_prefix = Some(String::new());
    extension.header_id_prefix_in_href = false;
    // Chinese has no spaces beside its emphasis.
    extension.cjk_friendly_emphasis = true;
    // The sanitiser decides what of it stays.
    options.render.r#unsafe = true;
    options.render.figure_with_caption = true;
    options
}

fn markdown(source: &str) -> String {
    if depth(source) > MAX_DEPTH {
        return as_written(source);
    }
    let mut options = options();
    options.extension.footnotes = footnotes(source) <= MAX_FOOTNOTES;
    let mut plugins = Plugins::default();
    plugins.render.codefence_syntax_highlighter = Some(&highlight::Highlighter);
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, source, &options);
    for node in root.descendants() {
        // A level one heading is the lesson's own title.
        if let NodeValue::Heading(heading) = &mut node.data.borrow_mut().value {
            heading.level = heading.level.max(2);
        }
    }
    let mut html = String::new();
    if comrak::format_html_with_plugins(root, &options, &mut html, &plugins).is_err() {
        return as_written(source);
    }
    // Boxes to tick that cannot be ticked are pictures.
    html.replace("<input type=\"checkbox\" disabled=\"\" />", "☐")
        .replace(
            "<input type=\"checkbox\" checked=\"\" disabled=\"\" />",
            "☑",
        )
}

/// How many footnotes a text could define.
fn footnotes(source: &str) -> usize {
    let defines = |label: &&str| {
        let end = label.find(']').map(|end| &label[end + 1..]);
        end.is_some_and(|behind| behind.starts_with(':'))
    };
    source.split("[^").skip(1).filter(defines).count()
}

/// The deepest nesting that a line's markers could open.
fn depth(source: &str) -> usize {
    let markers = |line: &str| {
        line.chars()
            .take_while(|c| c.is_whitespace() || ">-+*0123456789.)".contains(*c))
            .filter(|c| ">-+*".contains(*c))
            .count()
    };
    let brackets = |line: &str| {
        line.matches('[').count().min(
            line.matches("](").count() + line.matches("][").count() + line.matches("![").count(),
        )
    };
    source
        .lines()
        .map(|line| markers(line).max(brackets(line)))
        .max()
        .unwrap_or(0)
}

/// For text that becomes HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// For HTML that becomes text.
fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
