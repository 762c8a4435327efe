//! Strings as TOML and the heads of blocks write them.

/// On one line, whatever is in it.
pub fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => push(&mut out, c),
        }
    }
    out.push('"');
    out
}

/// On several lines if the text has several.
pub fn lines(text: &str) -> String {
    if !text.contains('\n') {
        return line(text);
    }
    let mut out = String::from("\"\"\"\n");
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => out.push_str("\\\\"),
            // Only several in a row could end the string.
            '"' if rest.peek().is_none_or(|next| *next == '"') => out.push_str("\\\""),
            '\n' | '\t' => out.push(c),
            c => push(&mut out, c),
        }
    }
    out.push_str("\"\"\"");
    out
}

/// A line of a table, or several, that holds a list; nothing for an empty one.
pub fn list(key: &str, texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| lines(text)).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => format!("{key} = [{only}]\n"),
        several => format!("{key} = [\n  {},\n]\n", several.join(",\n  ")),
    }
}

/// A key of a table.
pub fn key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !name.is_empty() && name.chars().all(bare) {
        name.to_owned()
    } else {
        line(name)
    }
}

/// A value in the head of a block: as it is where that is clear.
pub fn word(text: &str) -> String {
    let clear = |c: char| !c.is_whitespace() && !c.is_control() && c != '"';
    if !text.is_empty() && text.chars().all(clear) {
        text.to_owned()
    } else {
        line(text)
    }
}

/// The shortest decimal that is read as the same number.
pub fn number(value: f64) -> String {
    format!("{value:?}")
}

fn push(out: &mut String, c: char) {
    if c.is_ascii_control() {
        out.push_str(&format!("\\u{:04x}", u32::from(c)));
    } else {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeValue;

    proptest! {
        #[test]
        fn toml_reads_what_is_quoted(text in "(?s)([\"\\\\'\n\r\t\u{7f}]|.){0,20}") {
            for quoted in [super::line(&text), super::lines(&text)] {
                let value = DeValue::parse(&quoted).map(toml::Spanned::into_inner);
                prop_assert!(matches!(&value, Ok(DeValue::String(read)) if *read == text), "{quoted}: {value:?}");
            }
            prop_assert!(!super::line(&text).contains('\n'));
        }
    }
}
