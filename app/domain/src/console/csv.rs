//! Lines of a CSV file (RFC 4180) that a spreadsheet opens without running anything.

/// Tells spreadsheets that the file is UTF-8.
pub const BOM: &str = "\u{feff}";

/// One line with its end. What a spreadsheet would take for a formula gets an apostrophe before it: buyers choose
/// their addresses, and a refund's reason is whatever somebody typed (OWASP, "CSV injection").
#[must_use]
pub fn row<T: AsRef<str>>(fields: &[T]) -> String {
    let fields: Vec<String> = fields.iter().map(|field| cell(field.as_ref())).collect();
    format!("{}\r\n", fields.join(","))
}

fn cell(text: &str) -> String {
    // Numbers may begin with a minus: nothing else of digits and dots is a formula.
    let number = !text.is_empty()
        && text
            .strip_prefix('-')
            .unwrap_or(text)
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let formula =
        !number && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains([',', ';', '"', '\r', '\n', '\t'])
        || safe.starts_with(' ')
        || safe.ends_with(' ')
    {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::row;

    #[test]
    fn formulas_are_text() {
        for (field, written) in [
            (
                "=HYPERLINK(\"http://evil\")",
                "\"'=HYPERLINK(\"\"http://evil\"\")\"\r\n",
            ),
            ("+1", "'+1\r\n"),
            ("-2+3", "'-2+3\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("\t=1", "\"'\t=1\"\r\n"),
            ("-19.90", "-19.90\r\n"),
            ("mei@example.com", "mei@example.com\r\n"),
            ("a, b", "\"a, b\"\r\n"),
            ("", "\r\n"),
        ] {
            assert_eq!(row(&[field]), written);
        }
    }

    /// What is between the quotes, as a reader of CSV takes it.
    fn read(line: &str) -> Vec<String> {
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut letters = line.trim_end_matches("\r\n").chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '"' if quoted && letters.peek() == Some(&'"') => {
                    field.push('"');
                    letters.next();
                }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                c => field.push(c),
            }
        }
        fields.push(field);
        fields
    }

    proptest! {
        #[test]
        fn every_field_comes_back(fields in prop::collection::vec("[^\r\n]{0,20}", 1..6)) {
            let back = read(&row(&fields));
            prop_assert_eq!(back.len(), fields.len());
            for (back, field) in back.iter().zip(&fields) {
                prop_assert!(back == field || *back == format!("'{field}"), "{back} {field}");
                prop_assert!(!back.starts_with(['=', '+', '@']));
            }
        }
    }
}
