//! Text to HTML: Markdown, mathematics, highlighted code, and a sanitiser behind everything.

use domain::course::Text;

/// Gives the URL for a reference as it stands in the text (`figure.svg`, `lesson:SLUG`), or `None` where it
/// leads nowhere. Not asked for absolute addresses and `#fragments`.
pub type Links<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Safe HTML for a text of several paragraphs. `prefix` makes the ids of footnotes and headings unique on a page.
#[must_use]
pub fn text(_text: &Text, _links: Links<'_>, _prefix: &str) -> String {
    String::new()
}

/// Safe HTML for a short Markdown text that stands inside a label: no paragraph around a single one.
#[must_use]
pub fn inline(_markdown: &str, _links: Links<'_>, _prefix: &str) -> String {
    String::new()
}

/// The references in a text that are neither absolute nor fragments, as they stand there.
#[must_use]
pub fn references(_text: &Text) -> Vec<String> {
    Vec::new()
}
