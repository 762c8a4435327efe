//! The course's folder, and the record of what became of each file in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use crate::{File, Note, Problem, Problems, Report, Source, plain::plain};

/// What is there to be read.
#[derive(Debug)]
pub struct Shelf<'a> {
    source: &'a Source,
    files: BTreeMap<String, PathBuf>,
}

/// What was read, carried and said so far.
#[derive(Debug, Default)]
pub struct Record {
    pub report: Report,
    pub files: BTreeMap<String, File>,
    /// Files whose content went into the course, or that were noted.
    seen: BTreeSet<String>,
    /// Notes by file, subject and reason: several units may use one file, and it is said once.
    said: BTreeSet<[String; 3]>,
}

impl<'a> Shelf<'a> {
    /// # Errors
    /// See [`Source::files`].
    pub fn new(source: &'a Source) -> Result<Self, Problems> {
        Ok(Self {
            source,
            files: source.files()?,
        })
    }

    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A text file, without control characters.
    ///
    /// # Errors
    /// See [`Source::read_text`].
    pub fn read(&self, path: &str, record: &mut Record) -> Result<String, Problem> {
        record.seen.insert(path.to_owned());
        let text = self.source.read_text(path)?;
        Ok(plain(&text).into_owned())
    }

    /// The text, or `None` with a note of why there is none.
    pub fn read_or_note(&self, path: &str, what: &str, record: &mut Record) -> Option<String> {
        match self.read(path, record) {
            Ok(text) => Some(text),
            Err(problem) => {
                record.left_out(path, what, &explain(&problem));
                None
            }
        }
    }

    /// Takes a file of the folder into the course.
    pub fn carry(&self, path: &str, record: &mut Record) {
        let Some(real) = self.files.get(path) else {
            return;
        };
        if record
            .files
            .insert(path.to_owned(), File::Disk(real.clone()))
            .is_none()
        {
            record.report.keep("file");
        }
        record.seen.insert(path.to_owned());
    }
}

/// A problem as the reason in a note, which names the file itself.
#[must_use]
pub fn explain(problem: &Problem) -> String {
    match problem.line {
        Some(line) => format!("line {line}: {}", problem.message),
        None => problem.message.clone(),
    }
}

impl Record {
    pub fn converted(&mut self, file: &str, what: &str, why: &str) {
        let note = self.note(file, what, why);
        self.report.converted.extend(note);
    }

    pub fn left_out(&mut self, file: &str, what: &str, why: &str) {
        let note = self.note(file, what, why);
        self.report.left_out.extend(note);
    }

    fn note(&mut self, file: &str, what: &str, why: &str) -> Option<Note> {
        self.seen.insert(file.to_owned());
        let is_new = self.said.insert([file, what, why].map(str::to_owned));
        is_new.then(|| Note {
            file: file.to_owned(),
            what: what.to_owned(),
            why: why.to_owned(),
        })
    }

    pub fn keep(&mut self, kind: &str) {
        self.report.keep(kind);
    }

    /// Takes a file into the course that the importer made.
    pub fn make(&mut self, path: &str, content: Vec<u8>) {
        self.files.insert(path.to_owned(), File::Memory(content));
    }

    #[must_use]
    pub fn has_seen(&self, path: &str) -> bool {
        self.seen.contains(path)
    }

    /// Adds what another record holds behind what this one holds.
    pub fn append(&mut self, other: Self) {
        for (kind, count) in other.report.kept {
            *self.report.kept.entry(kind).or_default() += count;
        }
        self.report.converted.extend(other.report.converted);
        self.report.left_out.extend(other.report.left_out);
        self.files.extend(other.files);
        self.seen.extend(other.seen);
        self.said.extend(other.said);
    }
}
