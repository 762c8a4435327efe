//! What the names of files say: which folders are sections, which files lessons, and their order.

use std::collections::{BTreeMap, HashMap};

use domain::ids::{InvalidSlug, Slug};

use crate::Problem;

const SECTION: &str = "section.toml";
const STAGE: &str = "stage.md";

#[derive(Debug, PartialEq)]
pub struct Section {
    pub folder: String,
    /// What the folder's name gives; `section.toml` may give another. `None` when a problem says what is wrong.
    pub slug: Option<Slug>,
    pub lessons: Vec<Lesson>,
}

#[derive(Debug, PartialEq)]
pub struct Lesson {
    pub path: String,
    /// `None` when a problem says what is wrong with the name.
    pub slug: Option<Slug>,
}

impl Section {
    /// The file that holds the section's title.
    pub fn file(&self) -> String {
        format!("{}/{SECTION}", self.folder)
    }

    /// The file that holds the questions of its stage, where it has one.
    pub fn stage_file(&self) -> String {
        format!("{}/{STAGE}", self.folder)
    }
}

/// Splits `01-first-steps` into number and name.
fn numbered(name: &str) -> Option<(u64, &str)> {
    let (digits, rest) = name.split_once('-')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some((digits.parse().ok().filter(|_| is_number)?, rest))
}

/// The number and the slug that a name of a folder or a lesson without `.md` gives.
pub fn number_and_slug(name: &str) -> Option<(u64, Result<Slug, InvalidSlug>)> {
    numbered(name).map(|(number, slug)| (number, Slug::parse(slug)))
}

/// A folder is a section if it holds `section.toml`, or is numbered and holds Markdown.
pub fn sections<'a>(
    paths: impl Iterator<Item = &'a str>,
    problems: &mut Vec<Problem>,
) -> Vec<Section> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (folder, file) in paths.filter_map(|path| path.split_once('/')) {
        folders.entry(folder).or_default().push(file);
    }
    let mut sections = Vec::new();
    for (folder, files) in folders {
        let number = number_and_slug(folder);
        let holds_lessons = files.iter().any(|file| stem(file).is_some());
        if !(files.contains(&SECTION) || number.is_some() && holds_lessons) {
            continue;
        }
        let (number, slug) = named("section", folder, folder, problems);
        let lessons = lessons(folder, &files, problems);
        let section = Section {
            folder: folder.to_owned(),
            slug,
            lessons,
        };
        sections.push((number, section));
    }
    let sections = in_order(sections, |section| &section.folder, problems);
    one_lesson_a_slug(&sections, problems);
    sections
}

/// Name of a Markdown file that lies directly in the folder.
fn stem(file: &str) -> Option<&str> {
    file.strip_suffix(".md").filter(|stem| !stem.contains('/'))
}

fn lessons(folder: &str, files: &[&str], problems: &mut Vec<Problem>) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    for stem in files.iter().filter_map(|file| stem(file)) {
        if !stem.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let path = format!("{folder}/{stem}.md");
        let (number, slug) = named("lesson", stem, &path, problems);
        lessons.push((number, Lesson { path, slug }));
    }
    in_order(lessons, |lesson| &lesson.path, problems)
}

fn named(what: &str, name: &str, path: &str, problems: &mut Vec<Problem>) -> (u64, Option<Slug>) {
    let (number, slug) = match number_and_slug(name) {
        Some((number, slug)) => (number, slug.ok()),
        None => (u64::MAX, None),
    };
    if slug.is_none() {
        let message = format!(
            "the name of a {what} is a number and its slug, like 01-first-steps; {InvalidSlug}"
        );
        problems.push(Problem::new(path, None, message));
    }
    (number, slug)
}

fn in_order<T>(
    mut items: Vec<(u64, T)>,
    name: impl Fn(&T) -> &String,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    items.sort_by(|(one, a), (two, b)| (one, name(a)).cmp(&(two, name(b))));
    for pair in items.windows(2) {
        if let [(one, a), (two, b)] = pair
            && one == two
            && *one != u64::MAX
        {
            let message = format!(
                "has the same number as `{}`: which one comes first?",
                name(a)
            );
            problems.push(Problem::new(name(b), None, message));
        }
    }
    items.into_iter().map(|(_, item)| item).collect()
}

fn one_lesson_a_slug(sections: &[Section], problems: &mut Vec<Problem>) {
    let mut known: HashMap<&Slug, &str> = HashMap::new();
    for lesson in sections.iter().flat_map(|section| &section.lessons) {
        let Some(slug) = &lesson.slug else { continue };
        if let Some(other) = known.insert(slug, &lesson.path) {
            let message =
                format!("has the slug `{slug}`, as `{other}` has: each lesson needs its own");
            problems.push(Problem::new(&lesson.path, None, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paths: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut problems = Vec::new();
        let sections = sections(paths.iter().copied(), &mut problems);
        let names = sections.into_iter().flat_map(|section| {
            let lessons = section.lessons.into_iter().map(|lesson| lesson.path);
            std::iter::once(section.folder).chain(lessons)
        });
        (
            names.collect(),
            problems.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn numbers_make_the_order() {
        let (names, problems) = read(&[
            "10-last/section.toml",
            "2-first/section.toml",
            "2-first/10-b.md",
            "2-first/9-a.md",
            "2-first/notes.md",
            "2-first/a.mp4",
            "course.toml",
            "static/page.md",
            "2024-pictures/a.png",
        ]);
        assert_eq!(
            names,
            ["2-first", "2-first/9-a.md", "2-first/10-b.md", "10-last"]
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn names_that_give_no_order_or_no_slug_are_problems() {
        let (_, problems) = read(&[
            "a/section.toml",
            "01-a/01-One.md",
            "01-a/02.md",
            "01-a/03-x.md",
            "01-a/03-y.md",
            "01-b/01-x.md",
        ]);
        assert_eq!(
            problems,
            [
                "01-a/01-One.md: the name of a lesson is a number and its slug, like 01-first-steps; a slug consists of a-z, 0-9 and -, at most 80 characters",
                "01-a/02.md: the name of a lesson is a number and its slug, like 01-first-steps; a slug consists of a-z, 0-9 and -, at most 80 characters",
                "01-a/03-y.md: has the same number as `01-a/03-x.md`: which one comes first?",
                "a: the name of a section is a number and its slug, like 01-first-steps; a slug consists of a-z, 0-9 and -, at most 80 characters",
                "01-b: has the same number as `01-a`: which one comes first?",
                "01-b/01-x.md: has the slug `x`, as `01-a/03-x.md` has: each lesson needs its own",
            ]
        );
    }
}
