//! The policy of a course's run: settings that are not in its XML.

use serde_json::{Map, Value};

use super::{
    json,
    shelf::{Record, Shelf},
};

/// `policies/RUN/policy.json`, by `TAG/URL_NAME`.
#[derive(Debug, Default)]
pub struct Policy {
    settings: Map<String, Value>,
}

/// The settings of one block.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a>(&'a Map<String, Value>);

impl Policy {
    /// An empty policy where the run has none or it cannot be read.
    pub fn read(shelf: &Shelf<'_>, run: &str, record: &mut Record) -> Self {
        let paths = [
            format!("policies/{run}/policy.json"),
            format!("policies/{run}.json"),
        ];
        let Some(path) = paths.iter().find(|path| shelf.has(path)) else {
            return Self::default();
        };
        let Some(text) = shelf.read_or_note(path, "policy", record) else {
            return Self::default();
        };
        match json::read(&text) {
            Ok(Value::Object(settings)) => Self { settings },
            Ok(_) => {
                record.left_out(path, "policy", "is no JSON object");
                Self::default()
            }
            Err(error) => {
                record.left_out(
                    path,
                    "policy",
                    &format!("line {}: is no JSON: {error}", error.line()),
                );
                Self::default()
            }
        }
    }

    #[must_use]
    pub fn of_block(&self, tag: &str, url_name: &str) -> Option<Settings<'_>> {
        self.settings
            .get(&format!("{tag}/{url_name}"))?
            .as_object()
            .map(Settings)
    }

    /// Those of the course, whatever its run is called.
    #[must_use]
    pub fn of_course(&self) -> Option<Settings<'_>> {
        let (_, settings) = self
            .settings
            .iter()
            .find(|(key, _)| key.starts_with("course/"))?;
        settings.as_object().map(Settings)
    }
}

impl<'a> Settings<'a> {
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// A text that says something.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0
            .get(name)?
            .as_str()
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }

    /// Whether it is said, and not as a plain no.
    #[must_use]
    pub fn is_not_false(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| {
            !(value.is_null() || value == false || value.as_str().is_some_and(is_no))
        })
    }

    #[must_use]
    pub fn is_true(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| {
            value == true
                || value
                    .as_str()
                    .is_some_and(|text| text.eq_ignore_ascii_case("true"))
        })
    }
}

/// An empty value says nothing.
pub fn is_no(value: &str) -> bool {
    let value = value.trim();
    value.is_empty() || value.eq_ignore_ascii_case("false")
}
