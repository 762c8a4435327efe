//! The catalogue, a course, and its lessons.

mod api;
pub mod blocks;
mod catalogue;
mod cue;
mod lesson;
mod page;
mod player;
mod quiz;

pub use api::*;
pub use catalogue::{CatalogueItem, CataloguePage, CourseList};
pub use lesson::{LessonPage, text_id};
pub use page::{CoursePage, Stage};
pub use player::{SetPlayer, dom};
pub use quiz::question_view;
