//! The native form: a folder of TOML and Markdown. The crate's README describes it.

mod answer;
mod blocks;
mod chapters;
mod cue;
mod ends;
mod exact;
mod fence;
mod fields;
mod head;
mod interactive;
mod lesson;
mod log;
mod manifest;
mod media;
mod outline;
mod paths;
mod question;
mod quote;
mod read;
mod references;
mod stage;
#[cfg(test)]
mod tests;
mod write;
mod write_lesson;

pub use read::read;
pub use write::write;

/// Where the overview stands, by the form that its text has.
const OVERVIEW_MARKDOWN: &str = "overview.md";
const OVERVIEW_HTML: &str = "overview.html";
