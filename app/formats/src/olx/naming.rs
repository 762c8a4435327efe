//! Names that stay the same when a course is imported again: slugs, keys, folders.

use std::collections::BTreeSet;

use domain::ids::Slug;

/// Names given so far, so that none is given twice.
#[derive(Debug, Default)]
pub struct Names {
    given: BTreeSet<String>,
}

impl Names {
    /// The name itself, or with the first number from 2 that makes it new.
    pub fn unique(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 1;
        while !self.given.insert(candidate.clone()) {
            number += 1;
            candidate = format!("{name}-{number}");
        }
        candidate
    }

    /// Whether it was not given before; from now on it is.
    pub fn is_new(&mut self, name: &str) -> bool {
        self.given.insert(name.to_owned())
    }

    pub fn unique_slug(&mut self, slug: &Slug) -> Slug {
        // Room for the number.
        let short = slug.as_str().get(..Slug::MAX - 6).unwrap_or(slug.as_str());
        let taken = self.given.contains(slug.as_str());
        let name = self.unique(if taken {
            short.trim_end_matches('-')
        } else {
            slug.as_str()
        });
        Slug::parse(&name).unwrap_or_else(|_| slug.clone())
    }
}

/// What a unit is called in URLs. A `url_name` that people can read is kept. Of one that a machine made, the first
/// eight digits make a slug from the title unique.
#[must_use]
pub fn slug(url_name: Option<&str>, title: &str) -> Slug {
    let words = Slug::from_words(title);
    let named = match url_name {
        None => words,
        Some(name) => match machine_made(name) {
            None => Slug::from_words(name).or(words),
            Some(digits) => {
                let title = words.as_ref().map_or("lesson", |words| words.as_str());
                let title = title.get(..60).unwrap_or(title).trim_end_matches('-');
                Slug::parse(&format!("{title}-{}", &digits[..8])).ok()
            }
        },
    };
    let fallback = || Slug::parse("lesson").ok();
    named.or_else(fallback).expect("“lesson” is a slug")
}

/// The digits of names such as `9fca584977d04885bc911ea76a9ef29e` and `vertical_98cf62510471`.
fn machine_made(name: &str) -> Option<&str> {
    let digits = name.rsplit(['_', ':', '/', '@']).next()?;
    let kind = &name[..name.len() - digits.len()];
    let hex = digits.len() >= 12
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let plain = kind
        .trim_end_matches(['_', ':', '/', '@'])
        .bytes()
        .all(|byte| byte.is_ascii_lowercase());
    (hex && plain).then_some(digits)
}

/// Whether a name was made by a machine, and so tells people nothing.
#[must_use]
pub fn is_machine_made(name: &str) -> bool {
    machine_made(name).is_some()
}

/// For HTML ids and the database: `a-z`, `0-9`, `_` and `-`.
#[must_use]
pub fn key(name: &str) -> String {
    let key: String = name
        .chars()
        .map(|c| c.to_ascii_lowercase())
        .map(|c| {
            if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .take(100)
        .collect();
    let key = key.trim_matches('-');
    if key.is_empty() {
        "block".to_owned()
    } else {
        key.to_owned()
    }
}

/// Titles of units that tell a learner nothing.
#[must_use]
pub fn is_generic_unit(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    matches!(
        plain,
        "" | "unit" | "new unit" | "vertical" | "untitled" | "untitled unit"
    ) || is_machine_made(&lower)
}

/// Titles that Studio gives to components by itself.
#[must_use]
pub fn is_generic_component(title: &str) -> bool {
    const GENERIC: [&str; 20] = [
        "",
        "problem",
        "blank problem",
        "blank common problem",
        "blank advanced problem",
        "common problem",
        "multiple choice",
        "single select",
        "multi-select",
        "checkboxes",
        "dropdown",
        "numerical input",
        "text input",
        "multiple choice problem",
        "checkbox problem",
        "video",
        "question",
        "exercise",
        "option response",
        "quiz",
    ];
    let lower = title.trim().to_lowercase();
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let template = plain
        .strip_suffix(" with hints and feedback")
        .unwrap_or(plain);
    GENERIC.contains(&template) || is_machine_made(&lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_names_are_kept_and_others_get_the_title() {
        for (name, title, expected) in [
            (
                Some("Lesson_1_Getting_Started"),
                "Welcome",
                "lesson-1-getting-started",
            ),
            (
                Some("9fca584977d04885bc911ea76a9ef29e"),
                "How it works",
                "how-it-works-9fca5849",
            ),
            (Some("vertical_98cf62510471"), "Zooming", "zooming-98cf6251"),
            (
                Some("9fca584977d04885bc911ea76a9ef29e"),
                "学习",
                "lesson-9fca5849",
            ),
            (Some("学习"), "Learning", "learning"),
            (Some("decade"), "x", "decade"),
            (None, "Two words", "two-words"),
            (None, "", "lesson"),
        ] {
            assert_eq!(slug(name, title).as_str(), expected);
        }
        assert!(
            slug(
                Some("9fca584977d04885bc911ea76a9ef29e"),
                &"word ".repeat(40)
            )
            .as_str()
            .len()
                <= Slug::MAX
        );
    }

    #[test]
    fn names_are_given_once() {
        let mut names = Names::default();
        let long = Slug::from_words(&"a".repeat(80)).expect("a slug");
        assert_eq!(names.unique("a"), "a");
        assert_eq!(names.unique("a"), "a-2");
        assert_eq!(names.unique("a-2"), "a-2-2");
        let both = [names.unique_slug(&long), names.unique_slug(&long)];
        assert_ne!(both[0], both[1]);
    }

    #[test]
    fn keys_stand_in_html() {
        assert_eq!(key("Week 1: Intro/Video"), "week-1--intro-video");
        assert_eq!(key("课"), "block");
    }

    #[test]
    fn titles_that_say_nothing_are_known() {
        for title in ["Unit", "unit 3", "0123456789abcdef", " "] {
            assert!(
                is_generic_unit(title) && !is_generic_unit("Unit conversion"),
                "{title}"
            );
        }
        for title in [
            "Multiple Choice",
            "Problem 12",
            "Checkboxes with Hints and Feedback",
            "",
        ] {
            assert!(
                is_generic_component(title) && !is_generic_component("Multiple Choice Mania"),
                "{title}"
            );
        }
    }
}
