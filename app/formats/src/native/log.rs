//! Where mistakes are written down while one file is read, so that all of them are told at once.

use std::cell::RefCell;

use crate::{Problem, plain::is_plain};

#[derive(Debug)]
pub struct Log {
    file: String,
    found: RefCell<Vec<Problem>>,
}

impl Log {
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: RefCell::default(),
        }
    }

    pub fn say(&self, line: impl Into<Option<usize>>, message: impl Into<String>) {
        self.add(Problem::new(&self.file, line, message));
    }

    pub fn add(&self, problem: Problem) {
        self.found.borrow_mut().push(problem);
    }

    /// Says which control character is in a text of this line, if there is one.
    pub fn refuse_controls(&self, line: usize, text: &str) {
        if let Some(c) = text.chars().find(|c| !is_plain(*c)) {
            let message = format!(
                "holds the control character U+{:04X}, which no page can show: take it out",
                u32::from(c)
            );
            self.say(line, message);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    /// The problems in the order of their lines.
    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.found.into_inner();
        problems.sort_by_key(|problem| problem.line);
        problems
    }
}
