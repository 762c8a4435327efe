//! Courses: importing them, and showing the catalogue, a course, a lesson and its media.

mod catalogue;
mod export;
mod import;
mod import_store;
mod prepare;
mod rendered;
mod store;
#[cfg(test)]
mod tests;
mod view;

pub use catalogue::{CatalogueFilter, SitemapEntry, TrialOffer};
pub(crate) use import::Details;
pub use import::{ImportOptions, Imported};
pub use view::{MediaFile, Viewer};

pub(crate) use rendered::{Rendered, result};
pub(crate) use store::{ActivityRow, activities, activity, course_by_slug, courses_of};
pub(crate) use view::{Open, card, quiz_source, require_open};
