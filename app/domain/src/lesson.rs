//! Courses and lessons as pages show them. Made by the backend from what was imported and what was learned.

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    access::Access,
    block::Cue,
    checkout::offer::ShownPrice,
    course::{Chapter, Instructor, Level, MediaKind},
    ids::{EntryId, Slug},
    money::Money,
    note::LessonNotes,
    player::{Preferences, Transcript},
    progress::{Completion, Coverage, StillLeft},
    quiz::{Answers, Score},
};

/// A line of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourseCard {
    pub slug: Slug,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub level: Level,
    pub category: String,
    pub minutes: u32,
    pub lessons: u32,
    /// `None`: free.
    pub price: Option<Money>,
    /// What it costs now, where it was asked for: pages show it in place of `price`.
    #[serde(default)]
    pub offer: Option<ShownPrice>,
    pub trial_lesson: Option<Slug>,
    /// The one who looks had it, and their access has ended. Said by the pages of the course and its lessons.
    #[serde(default)]
    pub ended: bool,
    /// Of the one who looks, where they are enrolled.
    pub progress: Option<CourseProgress>,
}

/// How far a learner is in a course.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CourseProgress {
    pub done: u32,
    pub total: u32,
    /// 100 exactly when everything is done.
    pub percent: u8,
    pub enrolled_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub completed_at: Option<Timestamp>,
    /// Lessons that came after the learner had enrolled and are not done. They count neither way.
    pub added: u32,
    /// Where one tap leads: the lesson they were in, or the first that is not done.
    pub next: Option<NextLesson>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NextLesson {
    pub slug: Slug,
    pub title: String,
    /// Position in the lesson's medium, where it was begun.
    pub position_ms: Option<u64>,
    pub poster: Option<String>,
    /// The stage that stands before the lesson, or that alone is left: section and title.
    pub stage: Option<(Slug, String)>,
}

impl NextLesson {
    /// Where the step leads: to the lesson, or to the stage before it.
    #[must_use]
    pub fn path(&self, course: &Slug) -> String {
        match &self.stage {
            Some((section, _)) => format!("/courses/{course}/stages/{section}"),
            None => format!("/courses/{course}/lessons/{}", self.slug),
        }
    }

    /// What the step leads to.
    #[must_use]
    pub fn heading(&self) -> &str {
        match &self.stage {
            Some((_, title)) => title,
            None => &self.title,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoursePage {
    pub card: CourseCard,
    pub overview_html: String,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
    pub syllabus: Vec<SyllabusSection>,
    pub videos: u32,
    pub quizzes: u32,
    pub published: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyllabusSection {
    pub slug: Slug,
    pub title: String,
    pub lessons: Vec<SyllabusLesson>,
    /// The test at the section's end.
    #[serde(default)]
    pub stage: Option<SyllabusStage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyllabusStage {
    pub title: String,
    pub state: StageState,
    /// Whether the one who looks may open its page.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StageState {
    Ahead,
    /// An attempt waits to be handed in.
    Begun,
    /// Passed, or opened by the school.
    Cleared,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyllabusLesson {
    pub slug: Slug,
    pub title: String,
    pub minutes: u32,
    pub kind: LessonKind,
    pub access: Access,
    pub state: LessonState,
    /// Came after the learner had enrolled.
    pub added: bool,
}

/// What a lesson mostly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonKind {
    Video,
    Audio,
    Text,
    Quiz,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LessonState {
    Ahead,
    Begun,
    Done,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonPage {
    pub course: CourseCard,
    pub slug: Slug,
    pub title: String,
    pub section: String,
    /// From 1, through the course.
    pub number: u32,
    pub minutes: u32,
    pub access: Access,
    pub syllabus: Vec<SyllabusSection>,
    /// Empty when the lesson is locked.
    pub activities: Vec<ShownActivity>,
    pub completion: Completion,
    /// What is left of what can be measured.
    pub left: Vec<StillLeft>,
    pub state: LessonState,
    pub previous: Option<Slug>,
    pub next: Option<Slug>,
    /// Of the one who looks; `None` where nobody is signed in or the lesson is locked.
    pub notes: Option<LessonNotes>,
    /// Of the one who looks.
    #[serde(default)]
    pub preferences: Preferences,
}

/// The lessons of a course that a learner has not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourseLeft {
    pub lessons: Vec<LessonLeft>,
    /// Those that came after the learner had enrolled.
    pub added: Vec<LessonLeft>,
    /// Stages that are not cleared: the section that each ends, and its title.
    pub stages: Vec<(Slug, String)>,
}

/// How much of a lesson is left. Without anything to watch, pass or answer: to be marked as complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LessonLeft {
    pub slug: Slug,
    pub title: String,
    pub begun: bool,
    /// Milliseconds of media that have to be watched still.
    pub watch_ms: u64,
    pub quizzes: u32,
    /// Blocks that the lesson asks for.
    pub blocks: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownActivity {
    pub key: String,
    pub body: ShownBody,
    /// What is said in a medium that has captions.
    #[serde(default)]
    pub transcript: Option<Transcript>,
    /// When it interrupts a medium of the lesson.
    #[serde(default)]
    pub cue: Option<Cue>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum ShownBody {
    Text { html: String },
    Media { media: ShownMedia },
    Quiz { quiz: ShownQuiz },
    Block { block: ShownBlock },
}

/// A block, and what the one who looks did in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownBlock {
    pub body: ShownBlockBody,
    pub required: bool,
    #[serde(default)]
    pub answered: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "lowercase")]
pub enum ShownBlockBody {
    Poll {
        prompt_html: String,
        options: Vec<ShownOption>,
        /// Empty: nothing is said to those who have chosen.
        #[serde(default)]
        feedback_html: String,
        /// How the others chose is shown to staff only.
        #[serde(default)]
        private: bool,
        /// How many learners chose each option: only for those who have chosen themselves.
        #[serde(default)]
        counts: Option<Vec<u64>>,
        /// Key of the learner's own option.
        #[serde(default)]
        mine: Option<String>,
    },
    Chain {
        prompt_html: String,
        example_html: Option<String>,
        #[serde(default)]
        chain: Chain,
    },
    Reveal {
        title: String,
        html: String,
    },
    Cards {
        title: String,
        cards: Vec<ShownCard>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownOption {
    pub key: String,
    pub html: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownCard {
    pub key: String,
    pub front_html: String,
    pub back_html: String,
    /// What the learner said of it.
    #[serde(default)]
    pub known: Option<bool>,
}

/// The cases that learners have added, the latest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    pub entries: Vec<ChainEntry>,
    /// There are older ones behind this entry.
    pub older: Option<EntryId>,
    pub mine: Option<ChainEntry>,
    /// How many there are in all.
    pub total: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChainEntry {
    pub id: EntryId,
    pub text: String,
    /// First name; `None`: the learner chose not to be named.
    pub name: Option<String>,
    pub added_at: Timestamp,
    /// Staff have hidden it from the other learners.
    pub hidden: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownMedia {
    pub kind: MediaKind,
    pub title: String,
    pub source: ShownSource,
    pub poster: Option<String>,
    pub duration_ms: Option<u64>,
    pub captions: Vec<Caption>,
    #[serde(default)]
    pub chapters: Vec<Chapter>,
    /// Sizes of the file and of the small one, where they are ours.
    #[serde(default)]
    pub bytes: Option<u64>,
    #[serde(default)]
    pub small_bytes: Option<u64>,
    /// Of the learner.
    #[serde(default)]
    pub position_ms: u64,
    #[serde(default)]
    pub coverage: Coverage,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "lowercase")]
pub enum ShownSource {
    /// URLs of the same origin or absolute ones. `small` is for slow networks.
    File {
        url: String,
        mime: String,
        small: Option<String>,
    },
    YouTube {
        id: String,
    },
}

impl ShownSource {
    /// Media type of a playlist of HTTP Live Streaming (RFC 8216).
    pub const PLAYLIST: &str = "application/vnd.apple.mpegurl";

    /// Whether it comes in pieces, which the browser chooses by its connection.
    #[must_use]
    pub fn is_in_pieces(&self) -> bool {
        matches!(self, Self::File { mime, .. } if mime == Self::PLAYLIST)
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Caption {
    pub language: String,
    pub url: String,
}

/// A quiz without its answers, and the learner's last attempt with what it was worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownQuiz {
    pub title: String,
    pub pass_percent: u8,
    pub questions: Vec<ShownQuestion>,
    #[serde(default)]
    pub result: Option<QuizResult>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownQuestion {
    pub key: String,
    pub prompt_html: String,
    pub input: Input,
    pub hints_html: Vec<String>,
}

/// How a question is answered. Options are HTML, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "options", rename_all = "lowercase")]
pub enum Input {
    Radio(Vec<String>),
    Checkboxes(Vec<String>),
    /// Plain text, because a list's items hold no markup.
    Dropdown(Vec<String>),
    Text,
    Number,
}

/// What an attempt was worth, question by question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuizResult {
    pub score: Score,
    pub given: Answers,
    /// In the order of the questions.
    pub verdicts: Vec<Verdict>,
    /// Whether the lesson is complete now.
    #[serde(default)]
    pub lesson_done: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    pub right: bool,
    /// Shown once the question was answered right, or the quiz passed.
    pub explanation_html: Option<String>,
    /// In the order of the options; empty for typed answers.
    pub options: Vec<OptionVerdict>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionVerdict {
    pub mark: OptionMark,
    pub feedback_html: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OptionMark {
    /// Chosen, and right to choose.
    Right,
    /// Chosen, but wrong.
    Wrong,
    /// Nothing to say: not chosen.
    None,
}

/// Which of a lesson's films the second `?t=` in an address means: what is written behind it. Without it, all of them.
#[must_use]
pub fn of_film(activity: &str) -> String {
    // Of courses from elsewhere, a key may hold anything.
    let key = percent_encoding::utf8_percent_encode(activity, percent_encoding::NON_ALPHANUMERIC);
    format!("&film={key}")
}
