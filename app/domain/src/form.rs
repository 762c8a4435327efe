//! What is wrong with an input, as values that every language can say.

use serde::{Deserialize, Serialize};

/// One thing that is wrong, named by the field it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// The form field's `name`; empty when the whole form is meant.
    pub field: String,
    /// Key of the message in the locales.
    pub message: String,
}

impl FieldError {
    #[must_use]
    pub fn new(field: &str, message: &str) -> Self {
        Self {
            field: field.to_owned(),
            message: message.to_owned(),
        }
    }
}
