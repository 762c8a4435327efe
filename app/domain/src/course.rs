//! A course as its authors wrote it: what every importer makes, what export writes, what lessons are shown from.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    block::{Block, Cue},
    ids::Slug,
    money::Money,
};

/// A whole course. Paths to files are relative to the course's folder, with `/` between names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    pub slug: Slug,
    pub title: String,
    /// One sentence for the catalogue.
    pub summary: String,
    pub overview: Text,
    /// BCP 47 tag: `en`, `zh-Hans`, …
    pub language: String,
    pub level: Level,
    pub category: String,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
    pub trial_lesson: Option<Slug>,
    /// `None`: the course is free.
    pub price: Option<Money>,
    pub sections: Vec<Section>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Beginner,
    Intermediate,
    Advanced,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instructor {
    pub name: String,
    pub credentials: String,
    pub bio: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub slug: Slug,
    pub title: String,
    /// Folder from which relative paths in the section's texts start, e.g. `01-first-steps`.
    pub folder: String,
    pub lessons: Vec<Lesson>,
    /// The test that opens the sections behind this one. Left out where there is none, so that a course without
    /// stages keeps its checksum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
}

/// The test at the end of a section: some questions of a pool, marked together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    pub title: String,
    pub rules: Rules,
    /// The pool, in the author's order.
    pub questions: Vec<Question>,
    /// What learners call the concepts, where the tags are no words of theirs.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

impl Stage {
    /// A concept in words for learners.
    #[must_use]
    pub fn name(&self, concept: &str) -> String {
        let name = self.names.get(concept).cloned();
        // Tags have dashes where readers expect spaces.
        name.unwrap_or_else(|| concept.replace('-', " "))
    }
}

/// How a stage is cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Questions of the pool in one attempt; `None`: all.
    pub draw: Option<u32>,
    /// Share of the weight, in percent, with which an attempt passes.
    pub pass_percent: u8,
    /// Attempts that a learner has; `None`: any number.
    pub attempts: Option<u32>,
    /// Between handing in one attempt and beginning the next.
    pub cool_down_minutes: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesson {
    /// Unique in the course. Progress hangs on it.
    pub slug: Slug,
    pub title: String,
    /// What the author says; `None`: estimate with [`Lesson::minutes`].
    pub minutes: Option<u32>,
    /// Open to everyone.
    pub preview: bool,
    pub activities: Vec<Activity>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// Unique in the lesson, stable across imports.
    pub key: String,
    pub body: ActivityBody,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ActivityBody {
    Text { text: Text },
    Media { media: Media },
    Quiz { quiz: Quiz },
    Block { block: Block },
}

/// Written text. References in it are relative to the section's folder, or `lesson:SLUG`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", content = "source", rename_all = "lowercase")]
pub enum Text {
    Markdown(String),
    Html(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub kind: MediaKind,
    pub title: String,
    pub source: MediaSource,
    pub poster: Option<String>,
    /// Length. Unknown for media that lives elsewhere.
    pub seconds: Option<u32>,
    /// Language tag to WebVTT file.
    pub captions: BTreeMap<String, String>,
    /// In the order of their time, no two at the same second.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chapters: Vec<Chapter>,
}

/// A part of a film that has a name. It ends where the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chapter {
    /// Second at which it begins.
    pub at: u32,
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaKind {
    Video,
    Audio,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "lowercase")]
pub enum MediaSource {
    /// Files of the course; `small` is for slow networks.
    File {
        src: String,
        small: Option<String>,
    },
    /// An absolute http(s) address.
    Link {
        url: String,
    },
    YouTube {
        id: String,
    },
}

/// Questions that are checked together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quiz {
    pub title: String,
    /// Share of the weight, in percent, with which the quiz is passed.
    pub pass_percent: u8,
    pub questions: Vec<Question>,
    /// When it interrupts a medium; `None`: it stands in the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cue: Option<Cue>,
}

impl Quiz {
    pub const DEFAULT_PASS_PERCENT: u8 = 70;
}

/// Prompt, hints, explanation, options and feedback are Markdown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in the lesson.
    pub key: String,
    pub prompt: String,
    pub answer: AnswerKey,
    pub hints: Vec<String>,
    pub explanation: Option<String>,
    pub concepts: Vec<String>,
    pub weight: u32,
}

/// What is asked for and what is right. Never sent to a browser before the answer was checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum AnswerKey {
    /// Exactly one option is right.
    Choice {
        options: Vec<Choice>,
    },
    Dropdown {
        options: Vec<Choice>,
    },
    /// Any number of options is right.
    Choices {
        options: Vec<Choice>,
    },
    /// Compared without letter case and outer spaces.
    Text {
        accepted: Vec<String>,
    },
    /// Right within `value ± tolerance`.
    Number {
        value: f64,
        tolerance: f64,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub text: String,
    pub right: bool,
    pub feedback: Option<String>,
}

/// Whether two BCP 47 tags name the same language, in whatever script and region.
#[must_use]
pub fn same_language(a: &str, b: &str) -> bool {
    let primary = |tag: &str| {
        tag.split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    primary(a) == primary(b)
}

impl Course {
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.sections.iter().flat_map(|section| &section.lessons)
    }
}

impl Lesson {
    /// Estimated minutes, at least one: media in full, reading at the speed of a careful reader, and half a
    /// minute for each question.
    #[must_use]
    pub fn minutes(&self) -> u32 {
        if let Some(minutes) = self.minutes {
            return minutes.max(1);
        }
        let seconds: f64 = self
            .activities
            .iter()
            .map(|activity| activity.body.seconds())
            .sum();
        // A lesson is at most days long, so the float holds it exactly and fits.
        ((seconds / 60.0).round() as u32).max(1)
    }
}

impl ActivityBody {
    /// Where it interrupts a medium of the lesson.
    #[must_use]
    pub fn cue(&self) -> Option<&Cue> {
        match self {
            Self::Quiz { quiz } => quiz.cue.as_ref(),
            Self::Block { block } => block.cue.as_ref(),
            Self::Text { .. } | Self::Media { .. } => None,
        }
    }

    fn seconds(&self) -> f64 {
        match self {
            Self::Text {
                text: Text::Markdown(source),
            } => reading_seconds(source),
            Self::Text {
                text: Text::Html(source),
            } => reading_seconds(&without_tags(source)),
            Self::Media { media } => media.seconds.map_or(0.0, f64::from),
            Self::Quiz { quiz } => quiz
                .questions
                .iter()
                .map(|question| 30.0 + reading_seconds(&question.prompt))
                .sum(),
            Self::Block { block } => {
                let texts = block.body.texts();
                let reading: f64 = texts.iter().map(|text| reading_seconds(text)).sum();
                block.body.seconds() + reading
            }
        }
    }
}

/// Reading speed per minute: 228 English words and 255 Chinese characters (International Reading Speed
/// Texts, Trauzettel-Klosinski & Dietz 2012). Chinese is not split into words, so its characters count.
fn reading_seconds(text: &str) -> f64 {
    const WORDS: f64 = 228.0;
    const CHARACTERS: f64 = 255.0;
    let characters = text.chars().filter(|&c| is_cjk(c)).count();
    let words = text
        .split(|c: char| c.is_whitespace() || is_cjk(c))
        .filter(|word| word.contains(char::is_alphanumeric))
        .count();
    (words as f64 / WORDS + characters as f64 / CHARACTERS) * 60.0
}

pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Good enough to count words: everything between `<` and `>` goes.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lesson(source: &str) -> Lesson {
        Lesson {
            slug: Slug::parse("a").expect("a slug"),
            title: String::new(),
            minutes: None,
            preview: false,
            activities: vec![Activity {
                key: "text-1".into(),
                body: ActivityBody::Text {
                    text: Text::Markdown(source.into()),
                },
            }],
        }
    }

    #[test]
    fn minutes_count_words_in_english_and_characters_in_chinese() {
        assert_eq!(lesson(&"word ".repeat(228 * 4)).minutes(), 4);
        assert_eq!(lesson(&"学".repeat(255 * 3)).minutes(), 3);
        assert_eq!(lesson("").minutes(), 1);
    }

    #[test]
    fn scripts_and_regions_are_no_languages() {
        assert!(same_language("zh-Hans", "zh-TW") && same_language("en", "EN-gb"));
        assert!(!same_language("en", "zh-Hans"));
    }

    #[test]
    fn the_author_knows_better() {
        assert_eq!(
            Lesson {
                minutes: Some(12),
                ..lesson("a")
            }
            .minutes(),
            12
        );
    }
}
