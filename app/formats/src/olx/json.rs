//! JSON, in which escapes can write any character.

use serde::de::DeserializeOwned;
use serde_json::{Error, Value, from_str, from_value};

use crate::plain::plain;

/// # Errors
/// What is no JSON, or not of the type that is wanted.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_value(cleaned(from_str(text)?))
}

/// The value without control characters. It is as deep as the parser lets it be.
fn cleaned(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(&text).into_owned()),
        Value::Array(items) => items.into_iter().map(cleaned).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (plain(&name).into_owned(), cleaned(value)))
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_dropped_wherever_they_stand() {
        let read: Value = read(r#"{"a\u0000": ["b\u0001\n", 1]}"#).expect("JSON");
        assert_eq!(read, serde_json::json!({"a": ["b\n", 1]}));
    }
}
