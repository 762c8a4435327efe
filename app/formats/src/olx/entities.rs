//! Characters that stand for others in XML and HTML.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use crate::plain::is_plain;

/// HTML's names, each with its semicolon but without `&`.
static NAMED: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let names = entities::ENTITIES
        .iter()
        .filter(|known| known.entity.ends_with(';'));
    names
        .map(|known| (known.entity.trim_start_matches('&'), known.characters))
        .collect()
});

/// Longer than the longest name.
const MAX_NAME: usize = 40;

/// What browsers make of the numbers 128 to 159, which old editors wrote for the characters of Windows-1252.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text or an attribute's value, so that it can stand in HTML.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;"),
    )
}

/// The text that a piece of HTML without tags stands for. Unknown names stay as they are.
#[must_use]
pub fn unescape(html: &str) -> Cow<'_, str> {
    replace(html, |reference| Some(Cow::Owned(reference.to_owned())))
}

/// Whether the text, which begins with `&`, begins with a reference to a character.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    reference(text).is_some()
}

/// Writes the characters for HTML's names, all but the five that XML knows itself.
#[must_use]
pub fn without_names(xml: &str) -> Cow<'_, str> {
    replace(xml, |character| match character {
        "&" | "<" | ">" | "\"" | "'" => None,
        other => Some(escape(other)),
    })
}

/// Puts something else in the place of each reference; `None` leaves it as it is.
fn replace<'a>(
    html: &'a str,
    put: impl for<'b> Fn(&'b str) -> Option<Cow<'b, str>>,
) -> Cow<'a, str> {
    if !html.contains('&') {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('&') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let length = match reference(rest) {
            Some((characters, length)) => {
                match put(&characters) {
                    Some(other) => text.push_str(&other),
                    None => text.push_str(&rest[..length]),
                }
                length
            }
            None => {
                text.push('&');
                1
            }
        };
        rest = &rest[length..];
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// The characters for the reference at the start, none for control characters, and the reference's length.
fn reference(text: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = text.bytes().take(MAX_NAME).position(|byte| byte == b';')?;
    let name = text.get(1..=end)?;
    let characters = match name.strip_prefix('#') {
        Some(number) => {
            let number = number.trim_end_matches(';');
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            let code = code.ok()?;
            let windows = code
                .checked_sub(0x80)
                .and_then(|index| WINDOWS.get(index as usize));
            let c = windows
                .copied()
                .or_else(|| char::from_u32(code).filter(|&c| c != '\0'))?;
            Cow::Owned(Some(c).into_iter().filter(|c| is_plain(*c)).collect())
        }
        None => Cow::Borrowed(*NAMED.get(name)?),
    };
    Some((characters, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_survive_both_ways() {
        assert_eq!(escape("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
        let html =
            "a &lt; &quot;b&quot; &amp; c &#39;&#x41;&nbsp;&lambda;&unknown; & d &#150; &#0;";
        assert_eq!(
            unescape(html),
            "a < \"b\" & c 'A\u{a0}λ&unknown; & d – &#0;"
        );
    }

    #[test]
    fn control_characters_are_dropped() {
        assert_eq!(unescape("a&#13;&#10;b&#x1;&#x81;&#9;c"), "a\nb\tc");
    }

    #[test]
    fn xml_keeps_the_names_it_knows() {
        assert_eq!(
            without_names("&amp;&lt;&eacute;&nonsense;&#60;"),
            "&amp;&lt;é&nonsense;&#60;"
        );
    }
}
