use std::fs;

use domain::course::Course;
use proptest::prelude::*;

use super::{arbitrary, fill};
use crate::{
    Bundle, File, Report, Source,
    native::{read, write, write_lesson},
};

fn bundle(course: Course) -> Bundle {
    let files = arbitrary::FILES.iter().map(|(path, content)| {
        (
            (*path).to_owned(),
            File::Memory(content.as_bytes().to_vec()),
        )
    });
    Bundle {
        course,
        files: files.collect(),
        report: Report::default(),
    }
}

fn content(file: &File) -> Vec<u8> {
    match file {
        File::Disk(path) => fs::read(path).expect("a file"),
        File::Memory(content) => content.clone(),
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(course in arbitrary::course()) {
        let folder = tempfile::tempdir().expect("a folder");
        let bundle = bundle(course);
        write(&bundle, folder.path()).expect("written");
        let read = read(&Source::open(folder.path()).expect("a folder"));
        let read = read.map_err(|problems| TestCaseError::fail(problems.to_string()))?;
        prop_assert_eq!(&read.course, &bundle.course);
        for (path, file) in &read.files {
            prop_assert_eq!(content(file), content(&bundle.files[path]));
        }
        let left_out = read.report.left_out.iter().map(|note| &note.file);
        let mut all: Vec<&String> = read.files.keys().chain(left_out).collect();
        all.sort();
        prop_assert_eq!(all, bundle.files.keys().collect::<Vec<_>>());
    }

    #[test]
    fn nothing_that_is_read_makes_a_panic(
        course in arbitrary::text(),
        section in arbitrary::text(),
        lesson in proptest::collection::vec(arbitrary::text(), 0..8),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let lesson = format!("+++\ntitle = \"A\"\n+++\n{}", lesson.join("\n"));
        fill(folder.path(), [
            ("course.toml", course.as_str()),
            ("01-a/section.toml", &section),
            ("01-a/01-a.md", &lesson),
            ("01-a/02-b.md", &section),
        ]);
        let read = read(&Source::open(folder.path()).expect("a folder"));
        prop_assert!(read.is_err_and(|problems| !problems.0.is_empty()));
    }

    #[test]
    fn broken_lessons_make_no_panic(
        lesson in arbitrary::lesson(),
        edits in proptest::collection::vec((any::<prop::sample::Index>(), proptest::option::of(arbitrary::text())), 1..4),
    ) {
        let written = write_lesson::activities(&lesson.activities, "01-a");
        let mut lines: Vec<&str> = written.split('\n').collect();
        for (at, text) in &edits {
            let at = at.index(lines.len());
            match text {
                Some(text) => lines.insert(at, text),
                None if lines.len() > 1 => { lines.remove(at); },
                None => {}
            }
        }
        // With problems or without: it says which.
        drop(super::with_lesson(&format!("+++\ntitle = \"A\"\n+++\n{}", lines.join("\n"))));
    }
}
