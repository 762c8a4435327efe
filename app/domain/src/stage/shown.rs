//! A stage and its attempts as pages show them.

use serde::{Deserialize, Serialize};

use super::{Admission, ConceptScore};
use crate::{
    Timestamp,
    course::Rules,
    ids::Slug,
    lesson::{CourseCard, OptionMark, ShownQuestion},
    quiz::Score,
};

/// A stage's page as one person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StagePage {
    pub course: CourseCard,
    pub section: Slug,
    pub section_title: String,
    pub title: String,
    pub rules: Rules,
    /// Questions in one attempt.
    pub questions: u32,
    /// The one who looks may open the way for others.
    pub staff: bool,
    /// Of an enrolled learner to whom the section is open.
    pub standing: Option<Admission>,
    /// The title and the section of the stage that has to be cleared before this one.
    pub shut_by: Option<(Slug, String)>,
    /// The attempt that is going on. Holds nothing that tells what is right.
    pub sheet: Option<Sheet>,
    /// The last attempt that was handed in.
    pub last: Option<Reviewed>,
    /// When the page was made: what `standing` is meant at.
    pub now: Timestamp,
    /// Name of the time zone that the learner lives in.
    pub zone: String,
    /// The first lesson behind the stage: slug and title.
    pub behind: Option<(Slug, String)>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Of the attempt, from 1.
    pub number: u32,
    pub questions: Vec<ShownQuestion>,
}

/// An attempt that was handed in, and what can be learned from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    pub number: u32,
    pub submitted_at: Timestamp,
    pub score: Score,
    pub concepts: Vec<ConceptScore>,
    /// Lessons that teach what was missed: slug and title, in the order of the course.
    pub lessons: Vec<(Slug, String)>,
    pub questions: Vec<ReviewedQuestion>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewedQuestion {
    pub prompt_html: String,
    pub right: bool,
    /// What was answered, in the order in which it was shown; empty: nothing.
    pub given: Vec<ReviewedAnswer>,
    /// What would have been right and was not answered, unmarked.
    pub missed: Vec<ReviewedAnswer>,
    pub explanation_html: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewedAnswer {
    pub text: AnswerText,
    pub mark: OptionMark,
    pub feedback_html: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "form", content = "text", rename_all = "lowercase")]
pub enum AnswerText {
    Html(String),
    /// Typed, or from a list whose items hold no markup.
    Plain(String),
}
