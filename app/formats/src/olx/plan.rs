//! Which units become which lessons of which sections, and what they are called.

use std::collections::BTreeMap;

use domain::ids::Slug;

use super::{
    naming::{self, Names},
    outline::{Block, CHAPTERS, SELECTIONS, SEQUENCES, UNITS},
    shelf::Record,
};

#[derive(Debug)]
pub struct PlannedSection {
    pub title: String,
    pub slug: Slug,
    pub file: String,
    pub lessons: Vec<PlannedLesson>,
}

#[derive(Debug)]
pub struct PlannedLesson {
    pub title: String,
    pub slug: Slug,
    pub file: String,
    pub blocks: Vec<Block>,
}

/// A unit on its way to become a lesson.
struct Unit {
    url_name: Option<String>,
    title: String,
    subsection: String,
    file: String,
    blocks: Vec<Block>,
    /// The names by which links may call it, those of what is above it included.
    called: Vec<String>,
}

/// Which lesson each block is in, by `url_name`.
pub type Places = BTreeMap<String, Slug>;

pub fn plan(course: Block, record: &mut Record) -> (Vec<PlannedSection>, Places) {
    let (mut places, mut slugs, mut section_slugs) =
        (Places::new(), Names::default(), Names::default());
    let mut sections = Vec::new();
    for chapter in course.children {
        if !chapter.is(&CHAPTERS)
            && !chapter.is(&SEQUENCES)
            && !chapter.is(&UNITS)
            && !chapter.is(&["html", "video", "problem"])
        {
            beside_the_lessons(&chapter, record);
            continue;
        }
        let number = sections.len() + 1;
        let title = match (chapter.title.as_str(), chapter.url_name.as_deref()) {
            ("", Some(name)) if !naming::is_machine_made(name) => name.replace(['_', ':'], " "),
            ("", _) => format!("Section {number}"),
            (title, _) => title.to_owned(),
        };
        let fallback = chapter.url_name.as_deref().and_then(Slug::from_words);
        let slug = Slug::from_words(&title)
            .or(fallback)
            .unwrap_or_else(|| naming::slug(None, "section"));
        let slug = section_slugs.unique_slug(&slug);
        let file = chapter.file.clone();
        let mut units = Vec::new();
        let called: Vec<String> = chapter.url_name.clone().into_iter().collect();
        if chapter.is(&CHAPTERS) {
            for sequence in chapter.children {
                let name = sequence.title.clone();
                units_of(sequence, &name, &called, &mut units, record);
            }
        } else {
            units_of(chapter, &title, &called, &mut units, record);
        }
        let titles = titles(&units);
        let lessons = units
            .into_iter()
            .zip(titles)
            .map(|(unit, title)| lesson(unit, title, &mut slugs, &mut places))
            .collect();
        sections.push(PlannedSection {
            title,
            slug,
            file,
            lessons,
        });
    }
    (sections, places)
}

/// What a course holds besides its chapters.
fn beside_the_lessons(block: &Block, record: &mut Record) {
    let why = match block.tag.as_str() {
        "wiki" => "a course here has no wiki",
        "textbook" => "a course here has no textbooks beside its lessons",
        "static_tab" => "a course here has no pages beside its lessons",
        "discussion" => "a course here has no forum",
        _ => "it stands outside the course's chapters",
    };
    record.left_out(&block.file, &block.tag, why);
}

fn units_of(
    block: Block,
    subsection: &str,
    called: &[String],
    units: &mut Vec<Unit>,
    record: &mut Record,
) {
    let mut called = called.to_vec();
    called.extend(block.url_name.clone());
    if block.is(&SEQUENCES) {
        if let Some(due) = block.element.value("due") {
            let what = format!("due date {due} of “{}”", block.title);
            record.left_out(&block.file, &what, "learners plan their own dates here");
        }
        if block.children.is_empty() {
            record.left_out(
                &block.file,
                &format!("subsection “{}”", block.title),
                "there is nothing in it",
            );
        }
        for child in block.children {
            units_of(child, subsection, &called, units, record);
        }
        return;
    }
    // A unit that only one group sees stands in a test of its own.
    if block.is(&SELECTIONS) && block.children.iter().any(|child| child.is(&UNITS)) {
        for child in selected(&block, record) {
            units_of(child.clone(), subsection, &called, units, record);
        }
        return;
    }
    let (url_name, title, file) = (
        block.url_name.clone(),
        block.title.clone(),
        block.file.clone(),
    );
    let blocks = if block.is(&UNITS) {
        block.children
    } else {
        vec![block]
    };
    units.push(Unit {
        url_name,
        title,
        subsection: subsection.to_owned(),
        file,
        blocks,
        called,
    });
}

/// The blocks that every learner gets, of those of which Open edX shows each learner only some.
pub fn selected<'a>(block: &'a Block, record: &mut Record) -> &'a [Block] {
    let name = if block.title.is_empty() {
        block.url_name.as_deref().unwrap_or_default()
    } else {
        &block.title
    };
    let (children, why) = match block.tag.as_str() {
        "conditional" => (
            &block.children[..],
            "its content was shown on a condition; now everyone sees it",
        ),
        "split_test" | "randomize" => {
            let first = block.children.get(..1).unwrap_or_default();
            (
                first,
                "each learner got one of its variants; now everyone gets the first",
            )
        }
        _ => (
            &block.children[..],
            "each learner got some of its questions at random; now everyone gets all of them",
        ),
    };
    record.converted(&block.file, &format!("{} “{name}”", block.tag), why);
    children
}

/// A unit's own name, where it is the only one of that name in its section; otherwise the name of its subsection is
/// part of the title.
fn titles(units: &[Unit]) -> Vec<String> {
    let alone = |unit: &Unit| {
        units
            .iter()
            .filter(|other| other.subsection == unit.subsection)
            .count()
            == 1
    };
    let repeated = |title: &str| units.iter().filter(|other| other.title == title).count() > 1;
    let mut given = Names::default();
    let mut titles = Vec::new();
    for (index, unit) in units.iter().enumerate() {
        let subsection = unit.subsection.as_str();
        let title = if subsection.is_empty() || naming::is_generic_unit(subsection) {
            if naming::is_generic_unit(&unit.title) {
                format!("Lesson {}", index + 1)
            } else {
                unit.title.clone()
            }
        } else if naming::is_generic_unit(&unit.title) || unit.title == subsection || alone(unit) {
            subsection.to_owned()
        } else if repeated(&unit.title) {
            format!("{subsection}: {}", unit.title)
        } else {
            unit.title.clone()
        };
        let mut candidate = title.clone();
        let mut number = 1;
        while !given.is_new(&candidate) {
            number += 1;
            candidate = format!("{title} ({number})");
        }
        titles.push(candidate);
    }
    titles
}

fn lesson(unit: Unit, title: String, slugs: &mut Names, places: &mut Places) -> PlannedLesson {
    // Not the title that its neighbours have a say in: the slug has to outlive them.
    let own = if naming::is_generic_unit(&unit.title) {
        &unit.subsection
    } else {
        &unit.title
    };
    let slug = slugs.unique_slug(&naming::slug(unit.url_name.as_deref(), own));
    for name in unit.called {
        places.entry(name).or_insert_with(|| slug.clone());
    }
    place(&unit.blocks, &slug, places);
    PlannedLesson {
        title,
        slug,
        file: unit.file,
        blocks: unit.blocks,
    }
}

fn place(blocks: &[Block], slug: &Slug, places: &mut Places) {
    for block in blocks {
        if let Some(name) = &block.url_name {
            places.entry(name.clone()).or_insert_with(|| slug.clone());
        }
        place(&block.children, slug, places);
    }
}
