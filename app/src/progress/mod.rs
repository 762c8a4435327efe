//! A learner's courses and how far they are.

mod page;

pub use page::{LearningPage, Resume};
