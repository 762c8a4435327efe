//! Open edX's OLX: a folder or an archive of XML files.
//!
//! # How the outline is carried
//!
//! | Open edX | here |
//! |---|---|
//! | course | course; slug from the course's number, category from its organisation |
//! | chapter | section |
//! | sequential (subsection) | not a level of its own; its name lives on in titles, as below |
//! | vertical (unit) | lesson |
//! | component | one activity or more, in order |
//!
//! A lesson is called like its unit. Where the unit is the only one of its subsection, or its name says nothing
//! (“Unit”) or repeats the subsection's, it is called like the subsection; where several units of a section share a
//! name, the subsection's name stands before it. A component that stands in a subsection without a unit around it is a
//! lesson of its own, as it is a page of its own in Open edX.
//!
//! A lesson's slug comes from the unit's `url_name`, which Open edX never changes; see [`naming::slug`]. Keys of
//! activities and questions come from the `url_name` of their component. So learners keep their progress when a course
//! is imported again.
//!
//! # What stays shut
//!
//! A block that its authors show to the course's team or to some groups of learners only is left out, with all that is
//! in it, because there are no such groups here; so is one of which this cannot be read.
//!
//! # What is never lost in silence
//!
//! Every file of the folder is carried, read, or named in the report with the reason; so is every component and every
//! part of one that has no counterpart here. A file that cannot be read costs what is in it, not the course.

mod about;
mod access;
mod account;
mod blocks;
mod cleaner;
mod components;
mod context;
mod dom;
mod embed;
mod entities;
mod html;
mod json;
mod links;
pub(crate) mod markup;
mod naming;
mod number;
mod outline;
mod overview;
mod pieces;
mod plan;
mod policy;
mod poll;
mod problem;
mod shelf;
#[cfg(test)]
mod tests;
mod transcript;
mod video;
mod xml;

use std::collections::BTreeSet;

use domain::{
    course::{Course, Lesson, Level, Section, Text},
    ids::Slug,
};

use crate::{Bundle, Problem, Problems, source::Source};
use about::About;
use context::Context;
use links::Links;
use outline::Reader;
use plan::{Places, PlannedSection};
use policy::Policy;
use shelf::{Record, Shelf};
use xml::Element;

/// More than a course may have.
const MAX_LESSONS: usize = 2_000;

/// # Errors
/// Only for what makes the whole course unreadable; everything else that cannot be carried is in the report.
pub fn read(source: &Source) -> Result<Bundle, Problems> {
    let shelf = Shelf::new(source)?;
    let mut record = Record::default();
    let (root, run) = root(&shelf, &mut record)?;
    let policy = Policy::read(&shelf, &run, &mut record);
    let attributes = Element {
        children: Vec::new(),
        ..root.clone()
    };
    let outline = Reader::new(&shelf, &policy, &mut record).course(root);
    let (planned, places) = plan::plan(outline, &mut record);
    let (sections, links, made) = sections(&shelf, &planned, places);
    record.append(made);
    check(&sections, &record)?;
    let course = course(
        &shelf,
        &links,
        &attributes,
        (&policy, &run),
        sections,
        &mut record,
    );
    let image = about::setting(&attributes, &policy, "course_image");
    account::rest(
        &shelf,
        image.as_ref().and_then(|image| image.as_str()),
        &mut record,
    );
    Ok(Bundle {
        course,
        files: record.files,
        report: record.report,
    })
}

/// The root of the course with its children, and the name of its run.
fn root(shelf: &Shelf<'_>, record: &mut Record) -> Result<(Element, String), Problem> {
    let mut root = parse_root(shelf, "course.xml", record)?;
    let run = outline::url_name(&root).map(str::to_owned);
    if let Some(run) = run.as_ref().filter(|_| root.is_empty()) {
        let path = format!("course/{}.xml", outline::path_of(run));
        let mut definition = parse_root(shelf, &path, record)?;
        for (name, value) in &root.attributes {
            if definition.value(name).is_none() {
                definition.set(name, value);
            }
        }
        root = definition;
    }
    Ok((root, run.unwrap_or_default()))
}

fn parse_root(shelf: &Shelf<'_>, path: &str, record: &mut Record) -> Result<Element, Problem> {
    let text = shelf.read(path, record)?;
    let (root, problem) = xml::parse(path, &text)?;
    if root.tag != "course" {
        return Err(Problem::new(
            path,
            root.line,
            format!("begins with <{}> instead of <course>", root.tag),
        ));
    }
    if let Some(problem) = problem {
        record.converted(path, "course, mended", &shelf::explain(&problem));
    }
    Ok(root)
}

/// The sections with their lessons. Links to lessons that turn out to be empty lead nowhere, which is known only after
/// all were made; then they are made once more.
fn sections(
    shelf: &Shelf<'_>,
    planned: &[PlannedSection],
    mut places: Places,
) -> (Vec<Section>, Links, Record) {
    loop {
        let links = Links::new(shelf, places.clone());
        let mut context = Context::new(shelf, &links);
        let sections = convert(&mut context, planned);
        let record = context.record;
        let kept: BTreeSet<&Slug> = sections
            .iter()
            .flat_map(|section: &Section| &section.lessons)
            .map(|lesson| &lesson.slug)
            .collect();
        let before = places.len();
        places.retain(|_, slug| kept.contains(slug));
        if places.len() == before {
            return (sections, links, record);
        }
    }
}

fn convert(context: &mut Context<'_>, planned: &[PlannedSection]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for section in planned {
        let mut lessons = Vec::new();
        for lesson in &section.lessons {
            context.begin(&lesson.title);
            let activities = blocks::activities(context, &lesson.blocks);
            if activities.is_empty() {
                context.record.left_out(
                    &lesson.file,
                    &format!("unit “{}”", lesson.title),
                    "nothing in it could be carried",
                );
                continue;
            }
            context.record.keep("lesson");
            let (slug, title) = (lesson.slug.clone(), lesson.title.clone());
            lessons.push(Lesson {
                slug,
                title,
                minutes: None,
                preview: false,
                activities,
            });
        }
        if lessons.is_empty() {
            context.record.left_out(
                &section.file,
                &format!("section “{}”", section.title),
                "it has no lesson that could be carried",
            );
            continue;
        }
        context.record.keep("section");
        let folder = format!("{:02}-{}", sections.len() + 1, section.slug);
        sections.push(Section {
            stage: None,
            slug: section.slug.clone(),
            title: section.title.clone(),
            folder,
            lessons,
        });
    }
    sections
}

/// A course without lessons, or with more than there may be, is no course.
fn check(sections: &[Section], record: &Record) -> Result<(), Problems> {
    let lessons: usize = sections.iter().map(|section| section.lessons.len()).sum();
    if lessons > MAX_LESSONS {
        return Err(Problem::new(
            "course.xml",
            None,
            format!("has {lessons} lessons; a course has at most {MAX_LESSONS}"),
        )
        .into());
    }
    if lessons > 0 {
        return Ok(());
    }
    let first = Problem::new("course.xml", None, "has no lesson that could be carried");
    let reasons = record
        .report
        .left_out
        .iter()
        .map(|note| Problem::new(&note.file, None, format!("{}: {}", note.what, note.why)));
    Err(Problems(std::iter::once(first).chain(reasons).collect()))
}

fn course(
    shelf: &Shelf<'_>,
    links: &Links,
    root: &Element,
    (policy, run): (&Policy, &str),
    sections: Vec<Section>,
    record: &mut Record,
) -> Course {
    let number = root.value("course");
    let title = about::title(root, policy)
        .or_else(|| number.map(str::to_owned))
        .unwrap_or_else(|| "Course".to_owned());
    let slug = number
        .and_then(Slug::from_words)
        .or_else(|| Slug::from_words(&title))
        .unwrap_or_else(|| naming::slug(None, "course"));
    let mut context = Context::new(shelf, links);
    let About {
        summary,
        overview,
        language,
        outcomes,
        prerequisites,
        instructors,
    } = about::read(&mut context, root, policy, run, &title);
    context.record.left_out(
        &root.file,
        "dates, grading, tabs and other settings of the run",
        "learners plan their own dates, and quizzes are passed one by one",
    );
    context.record.converted(&root.file, "subsections", "each unit is a lesson of its section; the name of its subsection stays where it is the lesson's title or part of it");
    record.append(context.record);
    Course {
        slug,
        title,
        summary,
        overview: Text::Html(overview),
        language,
        level: Level::Beginner,
        category: root.value("org").unwrap_or("General").to_owned(),
        outcomes,
        prerequisites,
        instructors,
        trial_lesson: None,
        price: None,
        sections,
    }
}
