//! What everything that makes activities works with.

use std::collections::BTreeMap;

use super::{
    links::{self, Links, Target},
    naming::Names,
    shelf::{Record, Shelf},
};

pub struct Context<'a> {
    pub shelf: &'a Shelf<'a>,
    pub links: &'a Links,
    pub record: Record,
    /// Files that the importer makes, so that none is made twice.
    pub made: Names,
    /// Captions that were converted already, by their file.
    pub captions: BTreeMap<String, String>,
    /// Title of the lesson at hand.
    pub lesson: String,
    /// Keys of activities in the lesson at hand.
    pub keys: Names,
    /// Keys of questions in the lesson at hand.
    pub questions: Names,
}

impl<'a> Context<'a> {
    pub fn new(shelf: &'a Shelf<'a>, links: &'a Links) -> Self {
        Self {
            shelf,
            links,
            record: Record::default(),
            made: Names::default(),
            captions: BTreeMap::new(),
            lesson: String::new(),
            keys: Names::default(),
            questions: Names::default(),
        }
    }

    /// Begins a lesson, in which names may be given that others have.
    pub fn begin(&mut self, lesson: &str) {
        lesson.clone_into(&mut self.lesson);
        self.keys = Names::default();
        self.questions = Names::default();
    }

    /// The reference to write instead of one that a course wrote, its file carried. `None`, with a note, where there is
    /// nothing to refer to.
    pub fn refer(&mut self, reference: &str, file: &str, what: &str) -> Option<String> {
        match self.links.target(reference) {
            Target::File(path) if links::is_active(&path) => {
                self.record.left_out(
                    file,
                    &format!("{what} {reference}"),
                    "pages and scripts of a course do not run in the portal",
                );
                None
            }
            Target::File(path) => {
                self.shelf.carry(&path, &mut self.record);
                Some(links::reference(&path))
            }
            Target::Lesson(slug) => Some(format!("lesson:{slug}")),
            Target::Address(address) => Some(address),
            Target::Here => Some(reference.to_owned()),
            Target::Lost(why) => {
                self.record
                    .left_out(file, &format!("{what} {}", shorten(reference)), why);
                None
            }
        }
    }
}

/// For notes.
#[must_use]
pub fn shorten(text: &str) -> String {
    if text.chars().count() <= 120 {
        text.to_owned()
    } else {
        text.chars().take(119).chain(['…']).collect()
    }
}
