mod arbitrary;
mod interactive;
mod problems;
mod reading;
mod round_trip;
mod stages;
mod writing;

use std::{fs, path::Path};

use crate::{Bundle, Problems, Source};

/// Puts files into a folder.
fn fill<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
}

/// Reads a course whose folder is called `course`.
fn read(files: &[(&str, &str)]) -> Result<Bundle, Problems> {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("course");
    fill(&root, files.iter().copied());
    super::read(&Source::open(&root).expect("a folder"))
}

const COURSE: &str = r#"title = "T"
summary = "S"
language = "en"
level = "beginner"
category = "C"
"#;

/// A course of one lesson, with what it may refer to.
fn with_lesson(lesson: &str) -> Result<Bundle, Problems> {
    read(&[
        ("course.toml", COURSE),
        ("01-a/section.toml", "title = \"A\""),
        ("01-a/01-one.md", lesson),
        ("01-a/02-two.md", "+++\ntitle = \"Two\"\n+++\n"),
        ("01-a/a.mp4", ""),
        ("01-a/a.jpg", ""),
        ("01-a/a.en.vtt", "WEBVTT\n"),
        ("01-a/bad.vtt", "1\n00:00 --> 00:01\nHi\n"),
        ("static/Figure one.svg", "<svg/>"),
    ])
}
