//! The last pass, over HTML that is already clean: references become URLs, mathematics MathML, and what is wide can
//! be scrolled.

use super::{Links, escape, is_local, math, unescape};

/// Goes through clean HTML tag by tag. The sanitiser has written it, so every `<` begins a tag and every value
/// stands between double quotes.
pub fn rewrite(html: &str, links: Links<'_>, prefix: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let (tag, after) = split_tag(&rest[start..]);
        rest = after;
        match style_of_math(tag) {
            Some(display) => {
                let close = if tag.starts_with("<code") {
                    "</code>"
                } else {
                    "</span>"
                };
                let end = rest.find(close).unwrap_or(rest.len());
                out.push_str(&math::render(
                    &unescape(&without_tags(&rest[..end])),
                    display,
                ));
                rest = rest.get(end + close.len()..).unwrap_or_default();
            }
            // Nobody can see a link around nothing, such as the Markdown renderer puts into headings.
            None if tag.starts_with("<a href=") && rest.starts_with("</a>") => {
                rest = &rest["</a>".len()..];
            }
            None => out.push_str(&tag_with(tag, links, prefix)),
        }
    }
    out.push_str(rest);
    // Browsers end a paragraph before a figure and begin another behind it.
    out.replace("<p></p>", "")
}

/// The tag at the start, and what is behind it.
pub fn split_tag(html: &str) -> (&str, &str) {
    let mut quoted = false;
    for (index, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return html.split_at(index + 1),
            _ => {}
        }
    }
    (html, "")
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = split_tag(&rest[start..]).1;
    }
    out.push_str(rest);
    out
}

/// `Some(true)` where displayed mathematics begins, `Some(false)` for inline.
fn style_of_math(tag: &str) -> Option<bool> {
    let value = attribute(tag, "data-math-style")?;
    Some(value == "display")
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let end = tag[start..].find('"')?;
    Some(&tag[start..start + end])
}

fn tag_with(tag: &str, links: Links<'_>, prefix: &str) -> String {
    let name: String = tag
        .trim_start_matches(['<', '/'])
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let closing = tag.starts_with("</");
    match (name.as_str(), closing) {
        ("table", false) => format!(
            "<div class=\"scroll\" tabindex=\"0\">{}",
            with_id(tag, prefix)
        ),
        ("table", true) => format!("{tag}</div>"),
        ("pre", false) => with_id(tag, prefix).replacen("<pre", "<pre tabindex=\"0\"", 1),
        ("h1", false) => with_id(tag, prefix).replacen("<h1", "<h2", 1),
        ("h1", true) => "</h2>".to_owned(),
        ("img", false) => image(tag, links),
        ("a", false) => anchor(&with_id(tag, prefix), links, prefix),
        _ => with_id(tag, prefix),
    }
}

fn with_id(tag: &str, prefix: &str) -> String {
    match attribute(tag, "id") {
        Some(id) if !prefix.is_empty() => tag.replacen(
            &format!(" id=\"{id}\""),
            &format!(" id=\"{}-{id}\"", escape(prefix)),
            1,
        ),
        _ => tag.to_owned(),
    }
}

fn image(tag: &str, links: Links<'_>) -> String {
    let alt = attribute(tag, "alt").unwrap_or_default();
    let source = attribute(tag, "src").map(unescape).unwrap_or_default();
    let url = if is_local(&source) {
        links(&source)
    } else {
        Some(source).filter(|url| url.starts_with("http"))
    };
    let Some(url) = url else {
        return alt.to_owned();
    };
    let size: String = ["width", "height"]
        .iter()
        .filter_map(|name| Some(format!(" {name}=\"{}\"", attribute(tag, name)?)))
        .collect();
    format!(
        "<img src=\"{}\" alt=\"{alt}\"{size} loading=\"lazy\" decoding=\"async\">",
        escape(&url)
    )
}

fn anchor(tag: &str, links: Links<'_>, prefix: &str) -> String {
    let Some(raw) = attribute(tag, "href") else {
        return tag.to_owned();
    };
    let reference = unescape(raw);
    let old = format!(" href=\"{raw}\"");
    if let Some(fragment) = reference.strip_prefix('#') {
        let dash = if prefix.is_empty() { "" } else { "-" };
        return tag.replacen(
            &old,
            &format!(" href=\"#{}{dash}{}\"", escape(prefix), escape(fragment)),
            1,
        );
    }
    if !is_local(&reference) {
        return tag.replacen(
            &old,
            &format!(" href=\"{raw}\" rel=\"noopener noreferrer\""),
            1,
        );
    }
    match links(&reference) {
        Some(url) => tag.replacen(&old, &format!(" href=\"{}\"", escape(&url)), 1),
        // A link that leads nowhere is plain text.
        None => tag.replacen(&old, "", 1),
    }
}

/// Takes out `style` attributes, which the content security policy would refuse.
pub fn without_styles(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(" style=\"") {
        out.push_str(&rest[..start]);
        let value = &rest[start + 8..];
        rest = value.find('"').map_or("", |end| &value[end + 1..]);
    }
    out.push_str(rest);
    out
}
