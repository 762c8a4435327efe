//! Whether what a course refers to is there.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

use domain::{course::Text, ids::Slug};

use super::{fields::At, lesson::Mention, log::Log};
use crate::{Problem, decode, hls, render, resolve, source::MAX_TEXT};

/// What a course can refer to.
#[derive(Debug)]
pub struct Library<'a> {
    files: &'a BTreeMap<String, PathBuf>,
    /// What the course itself is written in. Learners are not shown it.
    pub sources: BTreeSet<String>,
    pub lessons: BTreeSet<Slug>,
    pub dead_links: BTreeSet<String>,
    used: RefCell<BTreeSet<String>>,
}

impl<'a> Library<'a> {
    pub fn new(files: &'a BTreeMap<String, PathBuf>) -> Self {
        Self {
            files,
            sources: BTreeSet::new(),
            lessons: BTreeSet::new(),
            dead_links: BTreeSet::new(),
            used: RefCell::default(),
        }
    }

    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The files that were referred to, and those that the course is written in.
    pub fn into_used_and_sources(self) -> (BTreeSet<String>, BTreeSet<String>) {
        (self.used.into_inner(), self.sources)
    }

    /// Says of everything in a page that it leads nowhere, if it does. References in texts start from `base`.
    pub fn check(&self, mentions: &[Mention], base: &str, page: &Page<'_>, log: &Log) {
        for mention in mentions {
            match mention {
                Mention::Text(text) => self.text(text, base, page, log),
                Mention::File(path) => self.file(path, log),
                Mention::Captions(path) => {
                    self.file(path, log);
                    self.captions(path, log);
                }
            }
        }
    }

    fn text(&self, text: &At<Text>, base: &str, page: &Page<'_>, log: &Log) {
        for reference in render::references(&text.value) {
            let Err(message) = self.follow(&reference, base) else {
                continue;
            };
            if !self.dead_links.contains(&reference) {
                log.say(page.line_of(&reference, text.line), message);
            }
        }
    }

    /// Where a reference in a text leads; else why it leads nowhere.
    fn follow(&self, reference: &str, base: &str) -> Result<(), String> {
        if let Some(lesson) = reference.strip_prefix("lesson:") {
            let slug = lesson.split('#').next().unwrap_or_default();
            let is_there = Slug::parse(slug).is_ok_and(|slug| self.lessons.contains(&slug));
            return if is_there {
                Ok(())
            } else {
                Err(format!("there is no lesson `{slug}`"))
            };
        }
        match resolve(base, reference) {
            None if reference.is_empty() => {
                Err("a link leads nowhere: its address is empty".to_owned())
            }
            None => Err(format!("`{reference}` leads out of the course's folder")),
            Some(path) => self.look_up(&path),
        }
    }

    fn file(&self, path: &At<String>, log: &Log) {
        if let Err(message) = self.look_up(&path.value) {
            log.say(path.line, message);
        } else if hls::is_playlist(&path.value) {
            self.pieces(path, log);
        }
    }

    /// The files that a film in pieces consists of.
    fn pieces(&self, path: &At<String>, log: &Log) {
        let read = |path: &str| {
            let file = self.files.get(path)?;
            let small = fs::metadata(file).is_ok_and(|about| about.len() <= MAX_TEXT);
            small
                .then(|| decode(path, fs::read(file).ok()?).ok())
                .flatten()
        };
        let found = hls::pieces(&path.value, &read);
        for reference in found.foreign {
            let message = format!(
                "`{}` plays `{reference}`, which is no file of the course",
                path.value
            );
            log.say(path.line, message);
        }
        for file in found.files {
            if let Err(message) = self.look_up(&file) {
                log.say(path.line, message);
            }
        }
    }

    fn look_up(&self, path: &str) -> Result<(), String> {
        if self.sources.contains(path) {
            return Err(format!(
                "`{path}` is the source of a page, not a file to show; link to a lesson with lesson:SLUG"
            ));
        }
        if self.files.contains_key(path) {
            self.used.borrow_mut().insert(path.to_owned());
            return Ok(());
        }
        let folded = path.to_lowercase();
        let similar = self.files.keys().find(|file| file.to_lowercase() == folded);
        let hint = similar.map(|file| format!("; there is `{file}`, but letter case counts"));
        Err(format!(
            "there is no file `{path}`{}",
            hint.unwrap_or_default()
        ))
    }

    fn captions(&self, path: &At<String>, log: &Log) {
        if let Some(file) = self.files.get(&path.value)
            && let Err(problem) = web_vtt(&path.value, file)
        {
            log.say(path.line, format!("`{}` {}", problem.file, problem.message));
        }
    }
}

fn web_vtt(path: &str, file: &Path) -> Result<(), Problem> {
    let broken = |error: std::io::Error| Problem::new(path, None, error.to_string());
    if fs::metadata(file).map_err(broken)?.len() > MAX_TEXT {
        return Err(Problem::new(
            path,
            None,
            format!("is larger than {} MiB", MAX_TEXT >> 20),
        ));
    }
    let text = decode(path, fs::read(file).map_err(broken)?)?;
    match text.strip_prefix("WEBVTT") {
        Some(rest) if rest.is_empty() || rest.starts_with([' ', '\t', '\n']) => Ok(()),
        _ => Err(Problem::new(
            path,
            None,
            "is not WebVTT: captions begin with a line WEBVTT",
        )),
    }
}

/// A text file, in which the lines of references can be found again.
#[derive(Debug)]
pub struct Page<'a> {
    source: &'a str,
    words: OnceCell<HashMap<&'a str, Vec<usize>>>,
}

impl<'a> Page<'a> {
    pub fn new(source: &'a str) -> Self {
        Self {
            source,
            words: OnceCell::new(),
        }
    }

    /// The line of a reference that stands on line `from` or below; `from` where it is written in another way.
    fn line_of(&self, reference: &str, from: usize) -> usize {
        let words = self.words.get_or_init(|| words(self.source));
        let name = without_dots(reference);
        let decoded = resolve("", name).unwrap_or_default();
        let lines = [name, &decoded]
            .into_iter()
            .filter_map(|word| words.get(word));
        let below = lines.filter_map(|lines| lines.iter().find(|line| **line >= from));
        below.min().copied().unwrap_or(from)
    }
}

/// A reference without the steps to other folders that it begins with.
fn without_dots(reference: &str) -> &str {
    reference.trim_start_matches(['.', '/'])
}

/// What stands between the marks that enclose references in Markdown and HTML, and on which lines.
fn words(source: &str) -> HashMap<&str, Vec<usize>> {
    let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, line) in (1..).zip(source.split('\n')) {
        let is_mark = |c: char| c.is_whitespace() || "()<>[]\"'=".contains(c);
        for word in line.split(is_mark).filter(|word| !word.is_empty()) {
            words.entry(without_dots(word)).or_default().push(number);
        }
        // A name with blanks stands between angles.
        for word in line
            .split(['<', '>', '"'])
            .filter(|word| word.contains(' '))
        {
            words.entry(without_dots(word)).or_default().push(number);
        }
    }
    words
}
