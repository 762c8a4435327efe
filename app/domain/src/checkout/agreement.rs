//! The course agreement: what buyers agree to, and the refund rule in it. Versions are never changed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::refund::RefundRule;
use crate::form::FieldError;

/// A version of it in one language, for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    pub version: u32,
    /// The version that buyers accept today.
    pub latest: u32,
    /// Language of the text, a BCP 47 tag: not the reader's where the school has not written it in that one.
    pub language: String,
    pub html: String,
    pub refund: RefundRule,
    /// Valid for orders from this moment on.
    pub since: Timestamp,
}

/// What a new version is made of: Markdown by BCP 47 tag. `{days}` and `{percent}` in it become the rule's numbers, so
/// that text and rule never disagree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub texts: BTreeMap<String, String>,
    pub refund: RefundRule,
}

impl Draft {
    /// Languages that an agreement may be written in: those of the interface.
    pub const LANGUAGES: [&'static str; 3] = ["en", "zh-Hans", "zh-Hant"];
    /// Characters of one text.
    pub const MAX: usize = 40_000;
    pub const MAX_DAYS: u32 = 365;

    /// Everything that is wrong with it; the text's field is `text-LANGUAGE`.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        if self.texts.values().all(|text| text.trim().is_empty()) {
            faults.push(FieldError::new("text-en", "error-agreement-empty"));
        }
        for (language, text) in &self.texts {
            let field = format!("text-{language}");
            if !Self::LANGUAGES.contains(&language.as_str()) {
                faults.push(FieldError::new(&field, "error-agreement-language"));
            } else if text.chars().count() > Self::MAX {
                faults.push(FieldError::new(&field, "error-agreement-long"));
            }
        }
        if self.refund.days > Self::MAX_DAYS {
            faults.push(FieldError::new("days", "error-agreement-days"));
        }
        if self.refund.max_progress > 100 {
            faults.push(FieldError::new("percent", "error-agreement-percent"));
        }
        faults
    }

    /// Languages without a text are left out, and ends of lines are one kind.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.texts.retain(|_, text| !text.trim().is_empty());
        for text in self.texts.values_mut() {
            *text = format!("{}\n", text.replace("\r\n", "\n").trim());
        }
        self
    }

    /// The text for a reader of `language`, with the language that it is in: the other Chinese script rather than
    /// English, English rather than anything else.
    #[must_use]
    pub fn text_for(&self, language: &str) -> Option<(&str, String)> {
        let order = match language {
            "zh-Hans" => ["zh-Hans", "zh-Hant", "en"],
            "zh-Hant" => ["zh-Hant", "zh-Hans", "en"],
            _ => ["en", "zh-Hans", "zh-Hant"],
        };
        let found = order.iter().find_map(|tag| self.texts.get_key_value(*tag));
        let (language, text) = found?;
        let filled = text
            .replace("{days}", &self.refund.days.to_string())
            .replace("{percent}", &self.refund.max_progress.to_string());
        Some((language, filled))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(texts: &[(&str, &str)], days: u32, max_progress: u8) -> Draft {
        let texts = texts
            .iter()
            .map(|(tag, text)| ((*tag).into(), (*text).into()));
        Draft {
            texts: texts.collect(),
            refund: RefundRule { days, max_progress },
        }
    }

    #[test]
    fn text_and_rule_never_disagree() {
        let draft = draft(&[("en", "{days} days, {percent} %")], 7, 20);
        assert_eq!(draft.text_for("en"), Some(("en", "7 days, 20 %".into())));
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        let chinese = draft(&[("en", "e"), ("zh-Hant", "t")], 14, 30);
        for (asked, given) in [("zh-Hans", "zh-Hant"), ("zh-Hant", "zh-Hant"), ("fr", "en")] {
            assert_eq!(chinese.text_for(asked).map(|(tag, _)| tag), Some(given));
        }
        let only = draft(&[("zh-Hans", "s")], 14, 30);
        assert_eq!(only.text_for("en").map(|(tag, _)| tag), Some("zh-Hans"));
    }

    #[test]
    fn what_cannot_be_agreed_to_is_refused() {
        let messages = |draft: Draft| -> Vec<String> {
            let faults = draft.faults().into_iter();
            faults.map(|fault| fault.message).collect()
        };
        assert!(messages(draft(&[("en", "a")], 365, 100)).is_empty());
        assert_eq!(
            messages(draft(&[("en", " ")], 14, 30)),
            ["error-agreement-empty"]
        );
        assert_eq!(
            messages(draft(&[("en", "a"), ("fr", "b")], 366, 101)),
            [
                "error-agreement-language",
                "error-agreement-days",
                "error-agreement-percent"
            ]
        );
        let long = "a".repeat(Draft::MAX + 1);
        assert_eq!(
            messages(draft(&[("en", &long)], 14, 30)),
            ["error-agreement-long"]
        );
    }
}
