//! A learner's courses and how far they are.

mod gifts;
mod left;
mod page;
mod record;

pub use left::{LeftOfCourse, LeftOfLesson, whats_left};
pub use page::{ContinuePage, LearningPage, Resume};
pub use record::{WeekInShort, my_week, short_name};
