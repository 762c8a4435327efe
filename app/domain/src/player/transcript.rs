//! What is said in a film, and when.

use serde::{Deserialize, Serialize};

use super::{position, same};

/// Words that are spoken in one stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    pub from_ms: u64,
    pub to_ms: u64,
    /// One line of plain text.
    pub text: String,
    pub speaker: Option<String>,
}

/// Cues that belong together, all of one speaker. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    pub speaker: Option<String>,
    pub cues: Vec<Cue>,
}

/// What is said in a film, in one of the languages that it is written down in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    pub language: String,
    pub languages: Vec<String>,
    pub paragraphs: Vec<Paragraph>,
}

/// A silence of this many milliseconds ends a paragraph.
const SILENCE_MS: u64 = 2_000;
/// Behind a sentence, a paragraph of this many characters is long enough; Chinese says three times as much in one.
const ENOUGH: usize = 320;
/// A paragraph of this many ends even within a sentence.
const TOO_MUCH: usize = 900;

/// Groups cues, in the order of their time, into paragraphs: a new one begins with another speaker, after a silence,
/// and behind a sentence once there is enough to read.
#[must_use]
pub fn paragraphs(cues: Vec<Cue>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut length = 0;
    for cue in cues {
        let goes_on = paragraphs.last().is_some_and(|paragraph| {
            let last = paragraph.cues.last();
            paragraph.speaker == cue.speaker
                && last.is_some_and(|last| {
                    cue.from_ms < last.to_ms + SILENCE_MS
                        && length < TOO_MUCH
                        && (length < ENOUGH || !ends_sentence(&last.text))
                })
        });
        if !goes_on {
            length = 0;
            paragraphs.push(Paragraph {
                speaker: cue.speaker.clone(),
                cues: Vec::new(),
            });
        }
        length += cue
            .text
            .chars()
            .map(|c| if is_wide(c) { 3 } else { 1 })
            .sum::<usize>();
        if let Some(paragraph) = paragraphs.last_mut() {
            paragraph.cues.push(cue);
        }
    }
    paragraphs
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）']);
    text.ends_with(['.', '!', '?', '…', '。', '！', '？'])
}

/// Whether two pieces of text that meet in `a` and `b` stand without a blank between them.
#[must_use]
pub fn joins_without_blank(a: char, b: char) -> bool {
    is_wide(a) && is_wide(b)
}

/// Chinese, Japanese and full-width signs.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Which of a film's languages a transcript is shown in: the one asked for, else the reader's, else the course's.
#[must_use]
pub fn transcript_language(
    languages: &[&str],
    asked: Option<&str>,
    locale: &str,
    course: &str,
) -> Option<usize> {
    let exact = |tag: &str| position(languages, tag);
    asked
        .and_then(|tag| exact(tag).or_else(|| same(languages, tag)))
        .or_else(|| exact(locale))
        .or_else(|| exact(course))
        .or_else(|| same(languages, locale))
        .or_else(|| (!languages.is_empty()).then_some(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn transcripts_are_in_the_language_that_helps_most() {
        let languages = ["de", "en", "zh-Hans"];
        let pick = |asked, locale| transcript_language(&languages, asked, locale, "de");
        assert_eq!(pick(Some("en"), "zh-Hans"), Some(1));
        assert_eq!(pick(None, "zh-Hans"), Some(2));
        assert_eq!(pick(None, "zh-Hant"), Some(0), "the course's own");
        assert_eq!(
            transcript_language(&["en"], Some("fr"), "zh-Hans", "fr"),
            Some(0)
        );
        assert_eq!(transcript_language(&[], None, "en", "en"), None);
    }

    fn cue(from_ms: u64, text: &str) -> Cue {
        Cue {
            from_ms,
            to_ms: from_ms + 1_000,
            text: text.into(),
            speaker: None,
        }
    }

    #[test]
    fn paragraphs_end_with_silences_speakers_and_sentences() {
        let long = format!("{}.", "word ".repeat(70));
        let mut other = cue(12_000, "Who asks?");
        other.speaker = Some("Mei".into());
        let found = paragraphs(vec![
            cue(0, "One"),
            cue(1_000, &long),
            cue(2_000, "Two"),
            cue(8_000, "Three"),
            other,
        ]);
        let counts: Vec<usize> = found.iter().map(|paragraph| paragraph.cues.len()).collect();
        assert_eq!(counts, [2, 1, 1, 1]);
    }

    proptest! {
        #[test]
        fn no_cue_is_lost(starts in prop::collection::vec(0..1_000_000_u64, 0..200)) {
            let mut starts = starts;
            starts.sort_unstable();
            let cues: Vec<Cue> = starts.into_iter().map(|from| cue(from, "One. two")).collect();
            let back: Vec<Cue> = paragraphs(cues.clone()).into_iter().flat_map(|paragraph| paragraph.cues).collect();
            prop_assert_eq!(back, cues);
        }
    }
}
