//! HTML of a question to Markdown, mathematics and pictures included.

use std::sync::LazyLock;

use domain::course::Media;
use htmd::{
    Element as Node, HtmlToMarkdown,
    element_handler::{HandlerResult, Handlers},
    options::{BrStyle, BulletListMarker, Options},
};

use super::super::{
    context::Context,
    dom, entities, html, pieces,
    xml::{Child, Element},
};

/// Characters for private use stand for what Markdown would read in its own way, until it is written.
const TEX: [char; 2] = ['\u{e000}', '\u{e001}'];
const DOLLAR: char = '\u{e002}';
const AMPERSAND: char = '\u{e003}';

/// Where Open edX has mathematics; the last says whether it stands on lines of its own.
const FORMS: [(&str, &str, bool); 4] = [
    ("\\(", "\\)", false),
    ("\\[", "\\]", true),
    ("[mathjaxinline]", "[/mathjaxinline]", false),
    ("[mathjax]", "[/mathjax]", true),
];

static CONVERTER: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let options = Options {
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec!["sub", "sup"], raised)
        .build()
});

/// Markdown has no sign for what is raised or lowered, but lets HTML through.
fn raised(handlers: &dyn Handlers, node: Node<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(node.node).content;
    Some(format!("<{0}>{content}</{0}>", node.tag).into())
}

/// Markdown for HTML of a problem, and the media that stood in it.
pub fn markdown(
    context: &mut Context<'_>,
    file: &str,
    key: &str,
    children: Vec<Child>,
) -> (String, Vec<Media>) {
    let (children, media) = html::clean(context, file, key, children).apart();
    (convert(pieces::without_outer_breaks(children)), media)
}

/// Markdown on one line, for options, as far as it has no paragraphs.
pub fn line(context: &mut Context<'_>, file: &str, key: &str, children: Vec<Child>) -> String {
    let (text, _) = markdown(context, file, key, children);
    if text.contains("\n\n") || text.contains("```") {
        text
    } else {
        text.replace("\\\n", " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Markdown for text that is no markup.
#[must_use]
pub fn plain(text: &str) -> String {
    convert(vec![Child::Text(text.to_owned())])
}

fn convert(children: Vec<Child>) -> String {
    let mut tex = Vec::new();
    let children = protect(children, &mut tex);
    let Ok(text) = CONVERTER.convert(&dom::write(&children)) else {
        return dom::visible_text(&children);
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(TEX[0]) {
        out.push_str(&rest[..start]);
        let inside = &rest[start + TEX[0].len_utf8()..];
        let (number, after) = inside.split_once(TEX[1]).unwrap_or((inside, ""));
        out.push_str(
            number
                .parse()
                .ok()
                .and_then(|index: usize| tex.get(index))
                .map_or("", String::as_str),
        );
        rest = after;
    }
    out.push_str(rest);
    out.replace(DOLLAR, "\\$")
        .replace(AMPERSAND, "\\&")
        .trim()
        .to_owned()
}

/// Puts signs in the place of mathematics and of what only Markdown would see something in.
fn protect(children: Vec<Child>, tex: &mut Vec<String>) -> Vec<Child> {
    let protected = children.into_iter().map(|child| match child {
        Child::Text(text) => Child::Text(protect_text(&text, tex)),
        Child::Element(mut element) => {
            if !matches!(element.tag.as_str(), "code" | "pre") {
                element.children = protect(element.children, tex);
            }
            // A title would become a caption.
            element.attributes.retain(|(name, _)| name != "title");
            for (name, value) in &mut element.attributes {
                match name.as_str() {
                    "alt" => *value = escape(value),
                    "href" | "src" => {
                        *value = value
                            .replace(' ', "%20")
                            .replace('<', "%3C")
                            .replace('>', "%3E")
                            .replace(['\n', '\r', '\t'], "");
                    }
                    _ => {}
                }
            }
            Child::Element(element)
        }
    });
    protected.collect()
}

/// For the description of a picture, which the converter takes for Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text
        .chars()
        .filter(|c| !c.is_control() && !('\u{e000}'..='\u{e003}').contains(c))
    {
        if matches!(
            c,
            '\\' | '[' | ']' | '*' | '_' | '`' | '<' | '&' | '$' | '!'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn protect_text(text: &str, tex: &mut Vec<String>) -> String {
    let text: String = text
        .chars()
        .filter(|c| !('\u{e000}'..='\u{e003}').contains(c))
        .collect();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    loop {
        let next = FORMS
            .iter()
            .filter_map(|form| rest.find(form.0).map(|at| (at, form)))
            .min_by_key(|(at, _)| *at);
        let found = next.and_then(|(at, form)| {
            let inside = &rest[at + form.0.len()..];
            let end = inside.find(form.1)?;
            Some((at, &inside[..end], &inside[end + form.1.len()..], form.2))
        });
        let Some((at, formula, after, display)) = found else {
            break;
        };
        literal(&rest[..at], &mut out);
        let formula = on_one_line(formula);
        if !formula.is_empty() {
            // A digit right behind a closing dollar would make it a price.
            let gap = if after.starts_with(|c: char| c.is_ascii_digit()) {
                " "
            } else {
                ""
            };
            out.push_str(&format!("{}{}{}{gap}", TEX[0], tex.len(), TEX[1]));
            tex.push(if display {
                format!("$${formula}$$")
            } else {
                format!("${formula}$")
            });
        }
        rest = after;
    }
    literal(rest, &mut out);
    out
}

/// Formulas stand inside of paragraphs, lists and tables: no line may end in them.
fn on_one_line(formula: &str) -> String {
    let without_comments = formula.lines().map(|line| {
        let comment = line
            .match_indices('%')
            .find(|(at, _)| !line[..*at].ends_with('\\'))
            .map(|(at, _)| at);
        &line[..comment.unwrap_or(line.len())]
    });
    without_comments
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>()
        .join(" ")
        .replace('$', "\\$")
}

fn literal(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        match c {
            '$' => out.push(DOLLAR),
            '&' if entities::is_reference(&text[at..]) => out.push(AMPERSAND),
            c => out.push(c),
        }
    }
}

/// A paragraph of the text.
#[must_use]
pub fn paragraph(text: &str) -> Child {
    Child::Element(Element::new("p", vec![Child::Text(text.to_owned())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn md(html: &str) -> String {
        convert(dom::parse("a.xml", html))
    }

    #[test]
    fn html_becomes_markdown() {
        assert_eq!(
            md("<p>Use <b>git</b> <code>a_b $x</code></p><ul><li>one</li><li>two</li></ul>"),
            "Use **git** `a_b $x`\n\n- one\n- two"
        );
        assert_eq!(
            md("<p>H<sub>2</sub>O is 5 * 3_4</p>"),
            "H<sub>2</sub>O is 5 \\* 3\\_4"
        );
        assert_eq!(
            md("<p><img src=\"/static/a%20b.png\" alt=\"A [b]\"></p>"),
            "![A \\[b\\]](/static/a%20b.png)"
        );
        assert_eq!(
            md("<p>&amp;lt; costs $5 or $6</p>"),
            "\\&lt; costs \\$5 or \\$6"
        );
    }

    #[test]
    fn mathematics_keeps_its_signs() {
        assert_eq!(
            md("<p>What is \\(120 \\times 5_1\\)? \\[\n x &lt; y % why\n\n+ z\\]</p>"),
            "What is $120 \\times 5_1$? $$x < y + z$$"
        );
        assert_eq!(md("\\( x \\)2 and \\(open"), "$x$ 2 and \\\\(open");
        assert_eq!(md("<code>\\(x\\)</code>"), "`\\(x\\)`");
    }
}
