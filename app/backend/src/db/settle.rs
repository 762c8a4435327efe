//! Copying SQLite's write-ahead log into the database, aside.
//!
//! What was committed lies in the log until it is copied. By itself SQLite does that inside of a commit, every
//! thousand pages, and everybody who writes waits for the flush of pages from all over the file. Done by another
//! connection, commits go on meanwhile.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// Rows of learners' progress after which the log is copied; each is a few pages.
const ROWS: usize = 1_000;
/// Pages of the log at which a commit copies it all the same, so that it does not grow for ever: while commits never
/// pause, only one of them finds everything copied and begins the log anew. 16 MB.
pub const LONGEST: &str = "4000";

/// What waits to be copied.
#[derive(Clone, Debug, Default)]
pub struct Settling(Arc<State>);

#[derive(Debug, Default)]
struct State {
    rows: AtomicUsize,
    is_running: AtomicBool,
}

impl Settling {
    /// Whether it is time, and nobody else is at it.
    pub fn begin(&self, rows: usize) -> bool {
        let waiting = self.0.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let begins = waiting >= ROWS && !self.0.is_running.swap(true, Ordering::Relaxed);
        if begins {
            self.0.rows.store(0, Ordering::Relaxed);
        }
        begins
    }

    pub fn end(&self) {
        self.0.is_running.store(false, Ordering::Relaxed);
    }
}
