//! Writes the folder of a course.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use domain::{
    course::{ActivityBody, Course, Instructor, Lesson, Section, Text},
    ids::Slug,
};

use super::{
    OVERVIEW_HTML, OVERVIEW_MARKDOWN, lesson::HEAD, manifest, outline, question, quote,
    read::overview_of, stage, write_lesson,
};
use crate::{Bundle, File, decode, render, resolve, source::MAX_TEXT};

/// Writes a course so that [`super::read`] gives the same course.
///
/// # Errors
/// Input and output errors; `folder` must be empty or absent; files whose names mean something in this form.
pub fn write(bundle: &Bundle, folder: &Path) -> io::Result<()> {
    let course = &bundle.course;
    let mut pages = BTreeMap::from([(manifest::FILE.to_owned(), course_toml(bundle))]);
    pages.extend(overview_file(&course.overview));
    for (section, directory) in course.sections.iter().zip(directories(course)) {
        pages.insert(
            format!("{directory}/section.toml"),
            section_toml(section, &directory),
        );
        if let Some(stage) = &section.stage {
            let path = format!("{directory}/stage.md");
            pages.insert(path, write_lesson::questions(&stage.questions));
        }
        for (number, lesson) in (1..).zip(&section.lessons) {
            let path = format!(
                "{directory}/{}.md",
                numbered(number, section.lessons.len(), &lesson.slug)
            );
            pages.insert(path, lesson_file(lesson, &directory));
        }
    }
    check(&pages, &bundle.files)?;

    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(
            ErrorKind::DirectoryNotEmpty,
            "the folder to write to is not empty",
        ));
    }
    for (path, text) in &pages {
        fs::write(placed(folder, path)?, text)?;
    }
    for (path, file) in &bundle.files {
        let mut target = fs::File::create(placed(folder, path)?)?;
        // Only the content: a store may keep its files from being written to.
        match file {
            File::Disk(source) => {
                io::copy(&mut fs::File::open(source)?, &mut target)?;
            }
            File::Memory(content) => target.write_all(content)?,
        }
    }
    Ok(())
}

/// The path below the folder, with all folders on the way made.
fn placed(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let path = folder.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    Ok(path)
}

/// Refuses what would be read in another way than it is meant.
fn check(pages: &BTreeMap<String, String>, files: &BTreeMap<String, File>) -> io::Result<()> {
    let refused = |path: &str, why: &str| {
        Err(io::Error::new(
            ErrorKind::InvalidInput,
            format!("{path} {why}"),
        ))
    };
    let reserved = [OVERVIEW_MARKDOWN, OVERVIEW_HTML];
    for path in files.keys() {
        let is_plain =
            |part: &str| !(part.is_empty() || part.starts_with('.') || part.ends_with('~'));
        if !path.split('/').all(is_plain) || path.contains(['\\', '\0']) {
            return refused(path, "is no name that a file of a course can have");
        }
        if pages.contains_key(path) || reserved.contains(&path.as_str()) {
            return refused(path, "has the name of one of the course's own pages");
        }
    }
    let outline = |paths: &mut dyn Iterator<Item = &String>| {
        outline::sections(paths.map(String::as_str), &mut Vec::new())
    };
    if outline(&mut pages.keys()) != outline(&mut pages.keys().chain(files.keys())) {
        return refused(
            "a file",
            "of the course has a name that would make it a lesson",
        );
    }
    match pages.iter().find(|(_, text)| text.len() as u64 > MAX_TEXT) {
        Some((path, _)) => refused(path, "would be larger than a page can be"),
        None => Ok(()),
    }
}

fn numbered(number: usize, of: usize, slug: &Slug) -> String {
    let width = of.to_string().len().max(2);
    format!("{number:0width$}-{slug}")
}

/// The sections' folders: those they have, if they are in order.
fn directories(course: &Course) -> Vec<String> {
    let sections = &course.sections;
    let number = |section: &Section| match outline::number_and_slug(&section.folder) {
        Some((number, Ok(_))) => Some(number),
        _ => None,
    };
    let numbers: Option<Vec<u64>> = sections.iter().map(number).collect();
    if numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1])) {
        return sections
            .iter()
            .map(|section| section.folder.clone())
            .collect();
    }
    let names = (1..)
        .zip(sections)
        .map(|(number, section)| numbered(number, sections.len(), &section.slug));
    names.collect()
}

fn course_toml(bundle: &Bundle) -> String {
    let course = &bundle.course;
    let level = manifest::LEVELS
        .iter()
        .find(|(_, level)| *level == course.level)
        .map_or("beginner", |(name, _)| name);
    let mut out = String::new();
    let mut pair =
        |key: &str, value: &str| out.push_str(&format!("{key} = {}\n", quote::lines(value)));
    pair("slug", course.slug.as_str());
    pair("title", &course.title);
    pair("summary", &course.summary);
    pair("language", &course.language);
    pair("level", level);
    pair("category", &course.category);
    out.push_str(&quote::list("outcomes", &course.outcomes));
    out.push_str(&quote::list("prerequisites", &course.prerequisites));
    let mut pair =
        |key: &str, value: &str| out.push_str(&format!("{key} = {}\n", quote::lines(value)));
    if let Some(trial) = &course.trial_lesson {
        pair("trial", trial.as_str());
    }
    if let Some(price) = course.price {
        pair("price", &price.decimal());
        pair("currency", price.currency.code());
    }
    let dead_links: Vec<String> = dead_links(bundle).into_iter().collect();
    out.push_str(&quote::list("dead_links", &dead_links));
    for instructor in &course.instructors {
        out.push_str(&instructor_table(instructor));
    }
    if overview_file(&course.overview).is_none() {
        let (form, text) = match &course.overview {
            Text::Markdown(text) => ("markdown", text),
            Text::Html(text) => ("html", text),
        };
        out.push_str(&format!("\n[overview]\n{form} = {}\n", quote::lines(text)));
    }
    out
}

fn instructor_table(instructor: &Instructor) -> String {
    let mut out = String::from("\n[[instructor]]\n");
    let Instructor {
        name,
        credentials,
        bio,
    } = instructor;
    for (key, value) in [("name", name), ("credentials", credentials), ("bio", bio)] {
        if !value.is_empty() {
            out.push_str(&format!("{key} = {}\n", quote::lines(value)));
        }
    }
    out
}

/// Path and content of the file for the overview, if one can hold it as it is.
fn overview_file(overview: &Text) -> Option<(String, String)> {
    let (path, text) = match overview {
        Text::Markdown(text) => (OVERVIEW_MARKDOWN, text),
        Text::Html(text) => (OVERVIEW_HTML, text),
    };
    let file = format!("{text}\n");
    let is_same =
        decode(path, file.clone().into_bytes()).is_ok_and(|read| overview_of(&read) == text);
    is_same.then(|| (path.to_owned(), file))
}

/// References in the course's texts that lead to no file and no lesson. Reading would take them for mistakes.
fn dead_links(bundle: &Bundle) -> BTreeSet<String> {
    let course = &bundle.course;
    let lessons: BTreeSet<&str> = course
        .lessons()
        .map(|lesson| lesson.slug.as_str())
        .collect();
    let leads = |reference: &str, base: &str| match reference.strip_prefix("lesson:") {
        Some(slug) => lessons.contains(slug.split('#').next().unwrap_or_default()),
        None => resolve(base, reference).is_some_and(|path| bundle.files.contains_key(&path)),
    };
    let mut dead = BTreeSet::new();
    let mut collect = |text: &Text, base: &str| {
        dead.extend(
            render::references(text)
                .into_iter()
                .filter(|reference| !leads(reference, base)),
        );
    };
    collect(&course.overview, "");
    for section in &course.sections {
        let asked = section.stage.iter().flat_map(|stage| &stage.questions);
        for text in asked.flat_map(question::texts) {
            collect(&Text::Markdown(text.clone()), &section.folder);
        }
        for activity in section.lessons.iter().flat_map(|lesson| &lesson.activities) {
            match &activity.body {
                ActivityBody::Text { text } => collect(text, &section.folder),
                ActivityBody::Media { .. } => {}
                ActivityBody::Quiz { quiz } => {
                    for text in quiz.questions.iter().flat_map(question::texts) {
                        collect(&Text::Markdown(text.clone()), &section.folder);
                    }
                }
                ActivityBody::Block { block } => {
                    for text in block.body.texts() {
                        collect(&Text::Markdown(text.clone()), &section.folder);
                    }
                }
            }
        }
    }
    dead
}

fn section_toml(section: &Section, directory: &str) -> String {
    let mut out = format!("title = {}\n", quote::lines(&section.title));
    let by_name = outline::number_and_slug(directory).and_then(|(_, slug)| slug.ok());
    if by_name.as_ref() != Some(&section.slug) {
        out.push_str(&format!("slug = \"{}\"\n", section.slug));
    }
    if section.folder != directory {
        out.push_str(&format!("base = {}\n", quote::line(&section.folder)));
    }
    if let Some(stage) = &section.stage {
        out.push_str(&stage::table(stage));
    }
    out
}

fn lesson_file(lesson: &Lesson, directory: &str) -> String {
    // On one line each, because a line may end the head.
    let mut out = format!("{HEAD}\ntitle = {}\n", quote::line(&lesson.title));
    if let Some(minutes) = lesson.minutes {
        out.push_str(&format!("minutes = {minutes}\n"));
    }
    if lesson.preview {
        out.push_str("preview = true\n");
    }
    out.push_str(HEAD);
    out.push('\n');
    out.push_str(&write_lesson::activities(&lesson.activities, directory));
    out
}
