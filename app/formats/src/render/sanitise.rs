//! What may be in a course's HTML. Everything else is taken out.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

pub const TAGS: [&str; 60] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Whose content goes with them.
pub const WITH_CONTENT: [&str; 12] = [
    "script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math", "title",
    "textarea", "select",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: [(&str, &[&str]); 9] = [
        (
            "a",
            &[
                "href",
                "title",
                "data-footnote-ref",
                "data-footnote-backref",
            ],
        ),
        ("img", &["src", "alt", "title", "width", "height"]),
        ("ol", &["start", "reversed", "type"]),
        ("li", &["value"]),
        ("td", &["colspan", "rowspan", "align"]),
        ("th", &["colspan", "rowspan", "scope", "align"]),
        ("code", &["data-math-style"]),
        ("span", &["data-math-style"]),
        ("details", &["open"]),
    ];
    let mut cleaner = Builder::empty();
    cleaner
        .tags(HashSet::from(TAGS))
        .clean_content_tags(HashSet::from(WITH_CONTENT))
        .tag_attributes(
            attributes
                .iter()
                .map(|(tag, names)| (*tag, names.iter().copied().collect()))
                .collect::<HashMap<_, _>>(),
        )
        .generic_attributes(HashSet::from(["id", "lang", "class"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "lesson"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .attribute_filter(|tag, name, value| match (tag, name) {
            // Classes belong to the highlighter and to footnotes; a course must not dress up as the portal.
            (_, "class") => {
                let ours = value
                    .split_whitespace()
                    .filter(|class| class.starts_with("hl-") || *class == "footnotes")
                    .collect::<Vec<_>>();
                (!ours.is_empty()).then(|| ours.join(" ").into())
            }
            ("img", "width" | "height") => value.parse::<u16>().ok().map(|_| value.into()),
            (_, "data-math-style") => matches!(value, "inline" | "display").then(|| value.into()),
            // An address without its protocol would be taken for a path of this site.
            (_, "href" | "src") if value.starts_with("//") || value.starts_with('\\') => None,
            _ => Some(value.into()),
        });
    cleaner
});

pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}
