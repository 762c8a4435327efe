//! Importing a course: all or nothing, and a new version only where something changed.

use domain::{
    Timestamp,
    checkout::price::MAX_LIST,
    course::{Instructor, Text},
    ids::{CourseId, Slug, VersionId},
    money::Money,
};
use formats::Bundle;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    import_store as store,
    prepare::{Prepared, prepare},
};
use crate::{Backend, Error, Result, Tx, pricing};

/// What the command line may say over the course's own words.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    pub slug: Option<Slug>,
    pub price: Option<Money>,
    pub publish: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub slug: Slug,
    pub title: String,
    pub version: i64,
    /// The import was the same as the version that is there.
    pub unchanged: bool,
    pub published: bool,
}

/// What the course page shows beside the columns of `course_version`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Details {
    pub overview_html: String,
    /// As written, for export.
    pub overview: Option<Text>,
    pub outcomes: Vec<String>,
    pub prerequisites: Vec<String>,
    pub instructors: Vec<Instructor>,
    pub videos: u32,
    pub quizzes: u32,
}

impl Backend {
    /// Stores a course that was read; see [`Backend::import_all`].
    ///
    /// # Errors
    /// As there.
    pub async fn import(&self, bundle: Bundle, options: ImportOptions) -> Result<Imported> {
        let imported = self.import_all(vec![(bundle, options)]).await?;
        imported
            .into_iter()
            .next()
            .ok_or_else(|| Error::internal("one course in, none out"))
    }

    /// Stores courses, all or none of them. Learners keep their progress: it hangs on the lessons' slugs.
    ///
    /// # Errors
    /// `Error::Setup` for two courses of one name, or a price above [`MAX_LIST`]; `Error::Busy` when disk or database cannot take it. Nothing is
    /// changed then.
    pub async fn import_all(&self, bundles: Vec<(Bundle, ImportOptions)>) -> Result<Vec<Imported>> {
        let mut all: Vec<(Prepared, bool)> = Vec::with_capacity(bundles.len());
        for (mut bundle, options) in bundles {
            if let Some(slug) = options.slug {
                bundle.course.slug = slug;
            }
            if options.price.is_some() {
                bundle.course.price = options.price;
            }
            let slug = &bundle.course.slug;
            if all.iter().any(|(other, _)| other.course.slug == *slug) {
                return Err(Error::Setup(format!(
                    "two of these courses are called {slug}"
                )));
            }
            if bundle
                .course
                .price
                .is_some_and(|price| price.minor > MAX_LIST)
            {
                return Err(Error::Setup(format!(
                    "{slug} costs more than there is: at most {MAX_LIST} minor units"
                )));
            }
            all.push((prepare(bundle, &self.files)?, options.publish));
        }
        let mut tx = self.db.write().await?;
        let mut imported = Vec::with_capacity(all.len());
        for (prepared, publish) in &all {
            imported.push(write(&mut tx, prepared, *publish, self.clock.now()).await?);
        }
        tx.commit().await?;
        Ok(imported)
    }
}

async fn write(
    tx: &mut Tx,
    prepared: &Prepared,
    publish: bool,
    now: Timestamp,
) -> Result<Imported> {
    let slug = &prepared.course.slug;
    let course = store::course_or_new(tx, slug, CourseId(Uuid::now_v7()), now).await?;
    let newest = store::newest_version(tx, course.id).await?;
    let unchanged = newest
        .as_ref()
        .is_some_and(|(_, known)| *known == prepared.checksum);
    let version = newest.map_or(0, |(number, _)| number) + i64::from(!unchanged);
    if !unchanged {
        write_version(tx, course.id, version, prepared, now).await?;
    }
    let published = course.published || publish;
    if published {
        // Nobody could buy it at what it was to cost before.
        pricing::note_list_price(tx, course.id, prepared.course.price, now).await?;
    }
    if published != course.published {
        store::set_published(tx, course.id, published).await?;
    }
    Ok(Imported {
        slug: slug.clone(),
        title: prepared.course.title.clone(),
        version,
        unchanged,
        published,
    })
}

async fn write_version(
    tx: &mut Tx,
    course: CourseId,
    number: i64,
    prepared: &Prepared,
    now: Timestamp,
) -> Result<()> {
    let version = VersionId(Uuid::now_v7());
    let new = store::NewVersion {
        id: version,
        course,
        number,
        checksum: &prepared.checksum,
        details: &prepared.details,
        search_text: &prepared.search_text,
        now,
    };
    store::insert_version(tx, &new, &prepared.course).await?;
    for (path, file) in &prepared.files {
        let public = prepared.overview_files.contains(path);
        store::insert_file(tx, version, path, file, public).await?;
    }
    let mut lessons = (0_i64..).zip(&prepared.lessons);
    for (section_position, section) in (0_i64..).zip(&prepared.course.sections) {
        store::insert_section(tx, version, section_position, section).await?;
        if let Some(stage) = prepared.stages.get(&section.slug) {
            crate::stage::store::insert(tx, version, section_position, &section.slug, stage)
                .await?;
        }
        for (lesson, (position, ready)) in section.lessons.iter().zip(&mut lessons) {
            let at = store::At {
                version,
                section: section_position,
                lesson: position,
            };
            store::insert_lesson(tx, &at, lesson, ready.kind).await?;
            for activity in &ready.activities {
                store::insert_activity(tx, &at, activity).await?;
            }
            for path in &ready.files {
                store::insert_lesson_file(tx, version, &lesson.slug, path).await?;
            }
        }
    }
    store::show_version(tx, course, version).await
}
