//! What is known about the request that a page answers.

use domain::{
    Timestamp,
    account::User,
    player::Preferences,
    study::{TimeZone, zone_of_language},
};
use leptos::prelude::use_context;

use crate::{
    error::AppError,
    i18n::{self, Locale},
    t,
};

/// One visit to one page. The host provides it as a context.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    pub user: Option<User>,
    /// Tells the user from others on the same device; see `backend::offline::account_tag`.
    pub account: Option<String>,
    pub locale: Locale,
    pub appearance: Appearance,
    /// Name of the time zone that the browser says it is in. Anybody may have written it.
    pub zone: Option<String>,
    /// How a stranger likes the player; of learners the portal keeps it.
    pub preferences: Preferences,
    /// The browser asks for little data.
    pub save_data: bool,
    /// The browser says that it is a phone's. Only what comes first hangs on it, never what there is.
    pub phone: bool,
    /// The server's clock when the request came.
    pub now: Timestamp,
    /// Code of a coupon that a link brought, to this page or to one of the last days. Anybody may have written it.
    pub coupon: Option<String>,
    /// Path without the query.
    pub path: String,
    /// Pairs of the query, decoded.
    pub query: Vec<(String, String)>,
    /// Scheme and host that links for others start with.
    pub origin: String,
    /// Names this request in the log, for the reader to quote.
    pub request_id: String,
    /// A form that was posted to this page and is shown again.
    pub form: Option<PostedForm>,
    /// Why the file that was asked for is not given: shown in its place.
    pub failure: Option<AppError>,
}

/// How the reader wants pages to look. Every value is one that the style sheet knows; absent: as the device says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    pub theme: Option<&'static str>,
    pub text: Option<&'static str>,
    pub motion: Option<&'static str>,
}

impl Appearance {
    pub const THEMES: [&'static str; 3] = ["light", "dark", "eye-care"];
    pub const TEXT_SIZES: [&'static str; 4] = ["s", "m", "l", "xl"];
    pub const MOTION: [&'static str; 1] = ["off"];
}

/// What a form held, and what came of it.
#[derive(Clone, Debug)]
pub struct PostedForm {
    /// URL of the server function.
    pub function: String,
    /// Fields as they were typed, passwords excepted.
    pub fields: Vec<(String, String)>,
    /// What the function said: JSON of its value, or why not.
    pub outcome: Result<String, AppError>,
}

impl Visit {
    /// # Panics
    /// Never: outside a request there is an empty visit.
    #[must_use]
    pub fn current() -> Self {
        use_context().unwrap_or_default()
    }

    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Path and query, for the way back after a form or signing in; the front page where that would lead astray.
    #[must_use]
    pub fn here(&self) -> String {
        let here = self.path_and_query();
        safe_next(&here)
            .or(safe_next(&self.path))
            .unwrap_or("/")
            .to_owned()
    }

    fn path_and_query(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let pairs: Vec<String> = self
            .query
            .iter()
            .map(|(key, value)| format!("{}={}", encode(key), encode(value)))
            .collect();
        format!("{}?{}", self.path, pairs.join("&"))
    }

    /// The form that was posted to this function, if this page shows it again.
    #[must_use]
    pub fn posted(&self, function: &str) -> Option<&PostedForm> {
        self.form.as_ref().filter(|form| form.function == function)
    }
}

impl PostedForm {
    #[must_use]
    pub fn value(&self, field: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, value)| value.as_str())
    }
}

#[must_use]
pub fn locale() -> Locale {
    use_context::<Visit>()
        .map(|visit| visit.locale)
        .unwrap_or_default()
}

/// Day and time of a moment by the clock on the reader's wall. Where that is only guessed, it says so.
#[must_use]
pub fn moment(at: Timestamp) -> String {
    let visit = Visit::current();
    let (zone, known) = zone(&visit);
    let at = at.to_zoned(zone.clone());
    let today = visit.now.to_zoned(zone).date();
    let text = i18n::moment(visit.locale, &at, today);
    if known {
        return text;
    }
    let minutes = at.offset().seconds() / 60;
    let offset = match (minutes / 60, minutes.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{hours:+}"),
        (hours, minutes) => format!("UTC{hours:+}:{minutes:02}"),
    };
    t!("moment-zone", "moment" => text, "zone" => offset)
}

/// Day of a moment by the calendar on the reader's wall.
#[must_use]
pub fn day(at: Timestamp) -> String {
    let visit = Visit::current();
    i18n::day(visit.locale, at.to_zoned(zone(&visit).0).date())
}

/// The zone that the browser says it is in, else the one that the language suggests; and whether it is the former.
fn zone(visit: &Visit) -> (TimeZone, bool) {
    let named = visit
        .zone
        .as_deref()
        .and_then(|name| TimeZone::get(name.trim()).ok());
    let known = named.is_some();
    let guess = || TimeZone::get(zone_of_language(visit.locale.tag())).unwrap_or(TimeZone::UTC);
    (named.unwrap_or_else(guess), known)
}

/// One component of a URL.
#[must_use]
pub fn encode(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Where to go after signing in: only a path of this site, else nowhere in particular.
#[must_use]
pub fn safe_next(next: &str) -> Option<&str> {
    let local = next.is_ascii()
        && next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r', '\t']);
    (local && next.len() <= 1_000 && !next.chars().any(char::is_control)).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn the_way_back_stays_on_this_site() {
        for good in ["/", "/courses/a?b=c#d"] {
            assert_eq!(safe_next(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/é",
        ] {
            assert_eq!(safe_next(bad), None, "{bad}");
        }
    }
}
