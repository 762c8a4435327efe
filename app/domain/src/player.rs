//! The player: how a learner likes it, what is said in a film and when, and what of it is still to be watched.

use serde::{Deserialize, Serialize};

use crate::progress::Coverage;

/// How fast a film plays, in percent of the speed at which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Speed(u16);

impl Speed {
    /// Those that are offered. The fastest is what `progress::MAX_RATE` believes.
    pub const ALL: [Self; 9] = [
        Self(50),
        Self(75),
        Self(100),
        Self(125),
        Self(150),
        Self(175),
        Self(200),
        Self(250),
        Self(300),
    ];

    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    #[must_use]
    pub fn from_percent(percent: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.0 == percent)
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(100)
    }
}

/// Which captions come up by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Captions {
    /// Those in the reader's language, or in its other script, where something else is spoken.
    #[default]
    Auto,
    Off,
    /// A BCP 47 tag.
    Language(String),
}

impl Captions {
    /// Which of these languages is shown to a reader of `locale`, in a film in which `spoken` is spoken.
    #[must_use]
    pub fn shown(&self, languages: &[&str], locale: &str, spoken: &str) -> Option<usize> {
        let tag = match self {
            Self::Off => return None,
            Self::Auto if crate::course::same_language(locale, spoken) => return None,
            Self::Auto => locale,
            Self::Language(tag) => tag,
        };
        position(languages, tag).or_else(|| same(languages, tag))
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "off" => Some(Self::Off),
            tag => is_tag(tag).then(|| Self::Language(tag.to_owned())),
        }
    }

    /// As forms and the database write it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Off => "off",
            Self::Language(tag) => tag,
        }
    }
}

/// Which of a film's two sizes is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// By the screen and the connection.
    #[default]
    Auto,
    /// The data saver.
    Small,
    Full,
}

impl Quality {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Small, Self::Full];

    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Small => "small",
            Self::Full => "full",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quality| quality.text() == text)
    }
}

/// How a learner likes the player, on every device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    pub speed: Speed,
    pub captions: Captions,
    /// Language of transcripts; `None`: the reader's own where there is one.
    pub transcript: Option<String>,
    pub quality: Quality,
    /// Goes on to the next lesson by itself.
    pub auto_next: bool,
    /// Single keys command the player (WCAG 2.1.4: they can be switched off).
    pub keys: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            speed: Speed::default(),
            captions: Captions::default(),
            transcript: None,
            quality: Quality::default(),
            auto_next: true,
            keys: true,
        }
    }
}

/// What of the preferences changes; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub speed: Option<Speed>,
    pub captions: Option<Captions>,
    pub transcript: Option<String>,
    pub quality: Option<Quality>,
    pub auto_next: Option<bool>,
    pub keys: Option<bool>,
}

/// A preference that the player does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

impl Change {
    /// Reads pairs of a name and a value, as forms send them.
    ///
    /// # Errors
    /// For a name or a value that is none.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Unknown> {
        let mut change = Self::default();
        for (name, value) in pairs {
            match name {
                "speed" => {
                    let speed = value.parse().ok().and_then(Speed::from_percent);
                    change.speed = Some(speed.ok_or(Unknown)?);
                }
                "captions" => change.captions = Some(Captions::parse(value).ok_or(Unknown)?),
                "transcript" if is_tag(value) => change.transcript = Some(value.to_owned()),
                "quality" => change.quality = Some(Quality::parse(value).ok_or(Unknown)?),
                "auto_next" => change.auto_next = Some(flag(value)?),
                "keys" => change.keys = Some(flag(value)?),
                _ => return Err(Unknown),
            }
        }
        Ok(change)
    }
}

fn flag(text: &str) -> Result<bool, Unknown> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Unknown),
    }
}

/// Letters, digits and hyphens, as in every BCP 47 tag; none is longer in practice.
fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Preferences {
    #[must_use]
    pub fn with(self, change: Change) -> Self {
        Self {
            speed: change.speed.unwrap_or(self.speed),
            captions: change.captions.unwrap_or(self.captions),
            transcript: change.transcript.or(self.transcript),
            quality: change.quality.unwrap_or(self.quality),
            auto_next: change.auto_next.unwrap_or(self.auto_next),
            keys: change.keys.unwrap_or(self.keys),
        }
    }

    /// For a cookie: `speed=150&captions=off&…`.
    #[must_use]
    pub fn text(&self) -> String {
        let on = |flag| if flag { "on" } else { "off" };
        let mut text = format!(
            "speed={}&captions={}&quality={}&auto_next={}&keys={}",
            self.speed.percent(),
            self.captions.text(),
            self.quality.text(),
            on(self.auto_next),
            on(self.keys),
        );
        if let Some(language) = &self.transcript {
            text.push_str("&transcript=");
            text.push_str(language);
        }
        text
    }

    /// What [`Preferences::text`] wrote; whatever is not understood is as if it had never been said.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        text.split('&')
            .take(20)
            .filter_map(|pair| Change::parse([pair.split_once('=')?]).ok())
            .fold(Self::default(), Self::with)
    }
}

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

fn position(languages: &[&str], tag: &str) -> Option<usize> {
    languages.iter().position(|language| *language == tag)
}

fn same(languages: &[&str], tag: &str) -> Option<usize> {
    let is_same = |language: &&str| crate::course::same_language(language, tag);
    languages.iter().position(is_same)
}

/// Milliseconds. What is shorter is no gap that anybody would want to see.
const MIN_GAP_MS: u64 = 1_000;

/// What of a medium was not watched yet, in order.
#[must_use]
pub fn gaps(coverage: &Coverage, duration_ms: u64) -> Vec<(u64, u64)> {
    let all = Coverage::from(vec![(0, duration_ms)]);
    let left: Vec<(u64, u64)> = all.minus(coverage).into();
    left.into_iter()
        .filter(|(from, to)| to - from >= MIN_GAP_MS)
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_speed_is_faster_than_what_is_believed() {
        for speed in Speed::ALL {
            assert!(u64::from(speed.percent()) <= crate::progress::MAX_RATE * 100);
        }
        assert_eq!(Speed::from_percent(110), None);
    }

    #[test]
    fn preferences_survive_a_cookie() {
        let likes = Preferences::default().with(
            Change::parse([
                ("speed", "175"),
                ("captions", "zh-Hans"),
                ("transcript", "zh-Hant"),
                ("quality", "small"),
                ("auto_next", "off"),
            ])
            .expect("a change"),
        );
        assert_eq!(Preferences::from_text(&likes.text()), likes);
        assert_eq!(
            Preferences::from_text("speed=9&x&captions=;drop&quality=full"),
            Preferences {
                quality: Quality::Full,
                ..Preferences::default()
            }
        );
    }

    #[test]
    fn what_is_no_preference_is_refused() {
        for pair in [
            ("speed", "1e3"),
            ("captions", "<b>"),
            ("keys", "yes"),
            ("colour", "red"),
        ] {
            assert_eq!(Change::parse([pair]), Err(Unknown), "{pair:?}");
        }
    }

    #[test]
    fn captions_come_up_for_those_who_need_them() {
        let both = ["en", "zh-Hans"];
        let auto = |locale| Captions::Auto.shown(&both, locale, "en");
        assert_eq!(auto("zh-Hans"), Some(1));
        assert_eq!(
            auto("zh-Hant"),
            Some(1),
            "another script is better than nothing"
        );
        assert_eq!(auto("en"), None, "who understands needs none");
        assert_eq!(Captions::Off.shown(&both, "zh-Hans", "en"), None);
        let liked = Captions::Language("zh-Hant".into());
        assert_eq!(
            liked.shown(&both, "en", "en"),
            Some(1),
            "what was asked for"
        );
    }

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

    #[test]
    fn gaps_are_what_is_not_covered() {
        let watched = Coverage::from(vec![(0, 10_000), (10_500, 60_000), (90_000, 120_000)]);
        assert_eq!(
            gaps(&watched, 130_000),
            [(60_000, 90_000), (120_000, 130_000)]
        );
        assert_eq!(gaps(&Coverage::default(), 5_000), [(0, 5_000)]);
        assert!(gaps(&Coverage::default(), 0).is_empty());
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

        #[test]
        fn gaps_and_coverage_do_not_overlap(stretches in prop::collection::vec((0..90_000_u64, 0..90_000_u64), 0..30), duration in 0..100_000_u64) {
            let coverage = Coverage::from(stretches);
            for (from, to) in gaps(&coverage, duration) {
                prop_assert!(to <= duration && from < to);
                prop_assert_eq!(Coverage::from(vec![(from, to)]).minus(&coverage).total(), to - from);
            }
        }
    }
}
