//! Courses: importing them, and showing the catalogue, a course, a lesson and its media.

mod catalogue;
mod export;
mod import;
mod import_store;
mod prepare;
mod prepare_stage;
mod rendered;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use catalogue::{CatalogueFilter, SitemapEntry, TrialOffer};
pub(crate) use import::Details;
pub use import::{ImportOptions, Imported};
pub use view::{MediaFile, Viewer};

pub(crate) use prepare_stage::PreparedStage;
pub(crate) use rendered::{Remarks, Rendered, media_url, result};
pub(crate) use store::{
    ActivityRow, CourseRow, LessonRow, activities, activity, course_by_slug, courses_of,
    enrolled_version, lessons, sections, titles,
};
pub(crate) use view::{Open, card, count, quiz_source, require_open};
