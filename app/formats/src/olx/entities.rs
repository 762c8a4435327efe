//! Characters that stand for others in XML and HTML.

use std::borrow::Cow;

/// The names that course authors use; XML itself knows five.
const NAMED: [(&str, char); 46] = [
    ("nbsp", '\u{a0}'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("deg", '°'), ("plusmn", '±'), ("times", '×'), ("divide", '÷'),
    ("frac12", '½'), ("micro", 'µ'), ("middot", '·'), ("laquo", '«'), ("raquo", '»'), ("lsquo", '‘'), ("rsquo", '’'), ("ldquo", '“'),
    ("rdquo", '”'), ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("bull", '•'), ("euro", '€'), ("pound", '£'), ("cent", '¢'),
    ("le", '≤'), ("ge", '≥'), ("ne", '≠'), ("rarr", '→'), ("larr", '←'), ("alpha", 'α'), ("beta", 'β'), ("pi", 'π'), ("Delta", 'Δ'),
    ("Omega", 'Ω'), ("auml", 'ä'), ("ouml", 'ö'), ("uuml", 'ü'), ("szlig", 'ß'), ("eacute", 'é'), ("egrave", 'è'), ("agrave", 'à'),
    ("aacute", 'á'), ("iacute", 'í'), ("oacute", 'ó'), ("ntilde", 'ñ'), ("ccedil", 'ç'),
];

/// Text or an attribute's value, so that it can stand in HTML.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"))
}

/// The text that a piece of HTML without tags stands for. Unknown names stay as they are.
#[must_use]
pub fn unescape(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        match reference(rest) {
            Some((character, length)) => {
                text.push(character);
                rest = &rest[length..];
            }
            None => {
                text.push('&');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Whether the text, which begins with `&`, begins with a reference to a character.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    reference(text).is_some()
}

/// The character for the reference at the start, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16),
                    None => number.parse(),
                };
                char::from_u32(code.ok()?)?
            }
            None => NAMED.iter().find(|(known, _)| *known == name)?.1,
        },
    };
    Some((character, end + 1))
}

/// Writes HTML's named characters as numbers, which XML understands.
#[must_use]
pub fn to_numbers(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let named = rest.bytes().take(12).position(|byte| byte == b';').and_then(|end| {
            let name = rest.get(1..end)?;
            let character = NAMED.iter().find(|(known, _)| *known == name)?.1;
            Some((character, &rest[end + 1..]))
        });
        match named {
            Some((character, after)) => {
                out.push_str(&format!("&#{};", u32::from(character)));
                rest = after;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_survive_both_ways() {
        assert_eq!(escape("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
        assert_eq!(unescape("a &lt; &quot;b&quot; &amp; c &#39;&#x41;&nbsp;&unknown; & d"), "a < \"b\" & c 'A\u{a0}&unknown; & d");
    }
}
