//! `course.toml` and `section.toml`.

use std::collections::BTreeSet;

use domain::{
    course::{Instructor, Level, Text},
    ids::{InvalidSlug, Slug},
    money::Money,
};

use super::{
    fields::{self, At, Fields},
    log::Log,
    media::is_language,
    stage,
};

pub const FILE: &str = "course.toml";

/// A course without its sections.
#[derive(Debug)]
pub struct Manifest {
    pub slug: Option<Slug>,
    pub title: String,
    pub summary: String,
    pub language: String,
    pub level: Level,
    pub category: String,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
    pub trial: Option<At<Slug>>,
    pub price: Option<Money>,
    /// Where a file could not hold it as it is.
    pub overview: Option<Text>,
    /// References that are known to lead nowhere.
    pub dead_links: BTreeSet<String>,
}

/// `folder` is the name of the course's folder, which may be its slug.
pub fn read(source: &str, folder: Option<&str>, log: &Log) -> Option<Manifest> {
    fields::read(source, 1, None, log, |fields| {
        let slug = match fields.text("slug") {
            Some(given) => slug(given, log).map(|slug| slug.value),
            None => {
                let slug = folder.and_then(|name| Slug::parse(name).ok());
                if slug.is_none() {
                    fields.say(format!(
                        "`slug` is missing, and the folder's name is none: {InvalidSlug}"
                    ));
                }
                slug
            }
        };
        Manifest {
            slug,
            title: fields.said("title"),
            summary: needed(fields, "summary"),
            language: language(fields, log),
            level: level(fields, log),
            category: needed(fields, "category"),
            outcomes: fields.texts("outcomes"),
            prerequisites: fields.texts("prerequisites"),
            trial: fields
                .text("trial")
                .and_then(|trial| self::slug(trial, log)),
            price: price(fields, log),
            instructors: instructors(fields),
            overview: fields.table("overview", overview).flatten(),
            dead_links: fields.texts("dead_links").into_iter().collect(),
        }
    })
}

fn needed(fields: &mut Fields<'_>, key: &'static str) -> String {
    fields
        .needed(key)
        .map(|text| text.value)
        .unwrap_or_default()
}

fn slug(text: At<String>, log: &Log) -> Option<At<Slug>> {
    match Slug::parse(&text.value) {
        Ok(value) => Some(At {
            line: text.line,
            value,
        }),
        Err(error) => {
            log.say(text.line, format!("`{}` is no slug: {error}", text.value));
            None
        }
    }
}

fn language(fields: &mut Fields<'_>, log: &Log) -> String {
    let Some(At { line, value }) = fields.needed("language") else {
        return String::new();
    };
    if !is_language(&value) {
        log.say(
            line,
            format!("`{value}` is no language tag: write one like en or zh-Hans"),
        );
    }
    value
}

fn level(fields: &mut Fields<'_>, log: &Log) -> Level {
    let Some(At { line, value }) = fields.needed("level") else {
        return Level::Beginner;
    };
    let known = LEVELS.into_iter().find(|(name, _)| *name == value);
    if known.is_none() {
        log.say(
            line,
            format!("`{value}` is no level: write beginner, intermediate or advanced"),
        );
    }
    known.map_or(Level::Beginner, |(_, level)| level)
}

/// Levels by the names they have in files.
pub const LEVELS: [(&str, Level); 3] = [
    ("beginner", Level::Beginner),
    ("intermediate", Level::Intermediate),
    ("advanced", Level::Advanced),
];

fn price(fields: &mut Fields<'_>, log: &Log) -> Option<Money> {
    match (fields.text("price"), fields.text("currency")) {
        (None, None) => None,
        (Some(price), Some(currency)) => match Money::parse(&price.value, &currency.value) {
            Ok(money) => Some(money),
            Err(error) => {
                log.say(price.line, error.to_string());
                None
            }
        },
        (Some(price), None) => {
            log.say(
                price.line,
                "a price needs a currency: add a line like currency = \"USD\"",
            );
            None
        }
        (None, Some(currency)) => {
            log.say(
                currency.line,
                "a currency needs a price: add a line like price = \"49.00\"",
            );
            None
        }
    }
}

fn instructors(fields: &mut Fields<'_>) -> Vec<Instructor> {
    let instructors = fields.tables("instructor", |fields| Instructor {
        name: fields.said("name"),
        credentials: fields
            .text("credentials")
            .map(|text| text.value)
            .unwrap_or_default(),
        bio: fields
            .text("bio")
            .map(|text| text.value)
            .unwrap_or_default(),
    });
    instructors
        .into_iter()
        .map(|instructor| instructor.value)
        .collect()
}

fn overview(fields: &mut Fields<'_>) -> Option<Text> {
    match (fields.text("markdown"), fields.text("html")) {
        (Some(markdown), None) => Some(Text::Markdown(markdown.value)),
        (None, Some(html)) => Some(Text::Html(html.value)),
        _ => {
            fields.say("an overview is either `markdown` or `html`");
            None
        }
    }
}

/// What stands in `section.toml`.
#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub slug: Option<Slug>,
    /// Where references in the section's texts start, if not in its folder.
    pub base: Option<String>,
    pub stage: Option<stage::Head>,
}

pub fn section(source: &str, log: &Log) -> Option<Section> {
    fields::read(source, 1, None, log, |fields| Section {
        title: fields.said("title"),
        slug: fields
            .text("slug")
            .and_then(|given| slug(given, log))
            .map(|slug| slug.value),
        base: fields.text("base").map(|base| base.value),
        stage: fields.table("stage", |fields| stage::head(fields, log)),
    })
}
