//! What learners write beside their lessons: notes, highlights and bookmarks.

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    form::FieldError,
    ids::{NoteId, Slug},
    lesson::of_film,
};

/// Characters of one note.
pub const MAX_BODY: usize = 20_000;
/// Characters of a passage.
pub const MAX_QUOTE: usize = 1_000;
/// Characters before a passage that tell it from the same words elsewhere.
pub const MAX_BEFORE: usize = 64;
/// Notes, highlights and bookmarks of one learner.
pub const MAX_NOTES: i64 = 5_000;
/// Characters in all notes of one learner, so that they can be handed out in one piece.
pub const MAX_TOTAL: i64 = 2_000_000;

/// What it is, which follows from what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    /// Has a text, and perhaps a passage or a second.
    Note,
    /// A passage without a text.
    Highlight,
    /// A place without a text.
    Bookmark,
}

impl NoteKind {
    pub const ALL: [Self; 3] = [Self::Note, Self::Highlight, Self::Bookmark];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Highlight => "highlight",
            Self::Bookmark => "bookmark",
        }
    }

    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Words of a lesson's text. Found again by what they say, so that they survive a new version of the course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    pub quote: String,
    /// What stands right before it, where the same words occur more than once.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
}

/// Where in its lesson a note belongs. All empty: to the lesson as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotePlace {
    /// Key of the medium or of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Milliseconds of the medium.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passage: Option<Passage>,
}

impl NotePlace {
    #[must_use]
    pub fn kind(&self, body: &str) -> NoteKind {
        match (body.is_empty(), &self.passage) {
            (false, _) => NoteKind::Note,
            (true, Some(_)) => NoteKind::Highlight,
            (true, None) => NoteKind::Bookmark,
        }
    }
}

/// A note as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub id: NoteId,
    pub kind: NoteKind,
    pub course: Slug,
    /// As course and lesson were called when it was written: it stays readable when they are gone.
    pub course_title: String,
    pub lesson: Slug,
    pub lesson_title: String,
    /// Of the course.
    pub language: String,
    #[serde(flatten)]
    pub place: NotePlace,
    /// Markdown; empty in highlights and bookmarks.
    pub body: String,
    /// The same, rendered and sanitised. Not part of what is handed out.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub html: String,
    pub created_at: Timestamp,
    pub edited_at: Timestamp,
    /// Whether the course still has the lesson.
    pub lesson_exists: bool,
}

impl Note {
    /// Path to its place: the second of the medium, the passage in the text, or the note beside the lesson.
    #[must_use]
    pub fn url(&self) -> String {
        let lesson = format!("/courses/{}/lessons/{}", self.course, self.lesson);
        match (&self.place, self.kind) {
            (
                NotePlace {
                    at_ms: Some(at),
                    activity,
                    ..
                },
                _,
            ) => {
                let of = activity.as_deref().map_or(String::new(), of_film);
                format!("{lesson}?t={}{of}", at / 1_000)
            }
            (
                NotePlace {
                    passage: Some(_), ..
                },
                _,
            ) => format!("{lesson}#mark-{}", self.id),
            (_, NoteKind::Bookmark) => lesson,
            _ => format!("{lesson}#note-{}", self.id),
        }
    }

    /// Path to the note beside its lesson, or to its passage there. `done` is what a form has just done.
    #[must_use]
    pub fn beside_lesson(&self, done: &str) -> String {
        let place = match self.kind {
            NoteKind::Note => format!("note-{}", self.id),
            NoteKind::Highlight => format!("mark-{}", self.id),
            NoteKind::Bookmark => "notes".to_owned(),
        };
        let (course, lesson) = (&self.course, &self.lesson);
        format!("/courses/{course}/lessons/{lesson}?noted={done}#{place}")
    }
}

/// A learner's notes in one lesson, in the order of their places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonNotes {
    /// Without the bookmark of the lesson as a whole.
    pub notes: Vec<Note>,
    pub bookmarked: bool,
    /// For what is written next: one for the form of notes, one for that of highlights.
    pub ids: [NoteId; 2],
}

/// One page of a learner's notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NotePage {
    pub notes: Vec<Note>,
    /// How many there are in all, whatever was searched for.
    pub total: u32,
    /// Courses with notes, by slug and title.
    pub courses: Vec<(Slug, String)>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// The text of a note as it is kept: with line ends of one kind, without control characters and without space at
/// its end.
///
/// # Errors
/// The message for the field `body`.
pub fn parse_body(text: &str) -> Result<String, FieldError> {
    let body = plain(text);
    let body = body.trim_end();
    // Space at the start of the first line means something in Markdown; empty lines before it do not.
    let body = body.trim_start_matches('\n');
    if body.chars().count() > MAX_BODY {
        return Err(FieldError::new("body", "error-note-long"));
    }
    Ok(body.to_owned())
}

/// The passage, `None` where there are no words.
///
/// # Errors
/// The message for the field `quote`.
pub fn parse_passage(quote: &str, before: &str) -> Result<Option<Passage>, FieldError> {
    let quote = plain(quote).trim().to_owned();
    if quote.is_empty() {
        return Ok(None);
    }
    if quote.chars().count() > MAX_QUOTE {
        return Err(FieldError::new("quote", "error-quote-long"));
    }
    let before = plain(before);
    let surplus = before.chars().count().saturating_sub(MAX_BEFORE);
    let before = before.chars().skip(surplus).collect();
    Ok(Some(Passage { quote, before }))
}

/// Milliseconds of a time as people write it: `75`, `1:15`, `1:02:05`, also with full-width signs. `None` where
/// nothing is written.
///
/// # Errors
/// The message for the field `time`.
pub fn parse_time(text: &str) -> Result<Option<u64>, FieldError> {
    let text: String = text.trim().chars().map(half_width).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || FieldError::new("time", "error-note-time");
    let parts: Vec<&str> = text.split(':').collect();
    if parts.len() > 3 {
        return Err(wrong());
    }
    let mut seconds = 0_u64;
    for (index, part) in parts.iter().enumerate() {
        let fits = !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit());
        let number: u64 = part.parse().map_err(|_| wrong())?;
        if !fits || (index > 0 && number > 59) {
            return Err(wrong());
        }
        seconds = seconds * 60 + number;
    }
    Ok(Some(seconds * 1_000))
}

/// Minutes and seconds as players write them: `2:05`, `1:02:05`. [`parse_time`] reads it back.
#[must_use]
pub fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Digits and colon as Chinese keyboards write them.
fn half_width(c: char) -> char {
    match c {
        '：' => ':',
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        _ => c,
    }
}

/// Forms send CR LF; no database holds NUL, and no page shows what else is taken out.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_as_people_write_them() {
        for (text, milliseconds) in [
            ("75", 75_000),
            ("3:12", 192_000),
            (" 03:12 ", 192_000),
            ("1:02:05", 3_725_000),
            ("３：１２", 192_000),
            ("0:00", 0),
        ] {
            assert_eq!(parse_time(text), Ok(Some(milliseconds)), "{text}");
        }
        assert_eq!(parse_time("  "), Ok(None));
        for wrong in [
            "x", "1:60", "1:2:3:4", ":5", "5:", "-1", "1.5", "+1", "999999",
        ] {
            assert!(parse_time(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_text_keeps_what_means_something() {
        assert_eq!(
            parse_body("\r\n    code\r\nend \r\n\0"),
            Ok("    code\nend".into())
        );
        assert_eq!(parse_body(" \n\t"), Ok(String::new()));
        assert!(parse_body(&"字".repeat(MAX_BODY)).is_ok());
        assert!(parse_body(&"字".repeat(MAX_BODY + 1)).is_err());
    }

    #[test]
    fn a_passage_has_words() {
        assert_eq!(parse_passage(" \n", "before"), Ok(None));
        let passage = parse_passage(" the words ", &"字".repeat(100))
            .expect("short")
            .expect("words");
        assert_eq!(passage.quote, "the words");
        assert_eq!(passage.before.chars().count(), MAX_BEFORE);
        assert!(parse_passage(&"x".repeat(MAX_QUOTE + 1), "").is_err());
    }

    #[test]
    fn what_it_holds_says_what_it_is() {
        let mut place = NotePlace::default();
        assert_eq!(place.kind(""), NoteKind::Bookmark);
        place.passage = parse_passage("words", "").expect("short");
        assert_eq!(place.kind(""), NoteKind::Highlight);
        assert_eq!(place.kind("text"), NoteKind::Note);
    }

    proptest! {
        #[test]
        fn what_was_kept_is_kept_as_it_is(text in "[ a-z\\r\\n\\t\\x00字]{0,40}") {
            let once = parse_body(&text).expect("short");
            prop_assert_eq!(parse_body(&once), Ok(once.clone()));
        }

        #[test]
        fn every_clock_is_read_back(seconds in 0_u64..360_000) {
            prop_assert_eq!(parse_time(&clock(seconds * 1_000)), Ok(Some(seconds * 1_000)));
        }

        #[test]
        fn no_time_makes_trouble(text in "\\PC{0,20}") {
            let _ = parse_time(&text);
        }
    }
}
