//! A course back in the form it is written in.

use std::collections::BTreeMap;

use domain::{
    course::{Activity, Course, Lesson, Section},
    ids::Slug,
};
use formats::{Bundle, File, Report};

use super::{import::Details, store, view};
use crate::{Backend, Error, Result, stage};

impl Backend {
    /// The shown version of a course with its files, as an importer would have read it.
    ///
    /// # Errors
    /// `Error::NotFound` for an unknown slug.
    pub async fn export(&self, slug: &Slug) -> Result<Bundle> {
        let mut tx = self.db.read().await?;
        let row = store::course_by_slug(&mut tx, slug)
            .await?
            .ok_or(Error::NotFound)?;
        let details: Details = serde_json::from_str(&row.details).map_err(Error::internal)?;
        let mut stages = stage::sources(&mut tx, row.version()).await?;
        let mut sections: Vec<Section> = Vec::new();
        for section in store::sections(&mut tx, row.version()).await? {
            sections.push(Section {
                slug: Slug::parse(&section.slug).map_err(Error::internal)?,
                title: section.title,
                folder: section.folder,
                lessons: Vec::new(),
                stage: stages.remove(&section.slug),
            });
        }
        for lesson in store::lesson_sources(&mut tx, row.version()).await? {
            let activities = store::activity_sources(&mut tx, row.version(), lesson.position)
                .await?
                .into_iter()
                .map(|(key, source)| {
                    Ok(Activity {
                        key,
                        body: serde_json::from_str(&source).map_err(Error::internal)?,
                    })
                })
                .collect::<Result<_>>()?;
            let section = usize::try_from(lesson.section_position)
                .ok()
                .and_then(|position| sections.get_mut(position));
            section
                .ok_or_else(|| Error::internal("a lesson without a section"))?
                .lessons
                .push(Lesson {
                    slug: Slug::parse(&lesson.slug).map_err(Error::internal)?,
                    title: lesson.title,
                    minutes: lesson
                        .author_minutes
                        .and_then(|minutes| u32::try_from(minutes).ok()),
                    preview: lesson.preview,
                    activities,
                });
        }
        let files: BTreeMap<String, File> = store::files(&mut tx, row.version())
            .await?
            .into_iter()
            .map(|(path, sha256)| (path, File::Disk(self.files.path(&sha256))))
            .collect();
        let card = view::card(&row)?;
        Ok(Bundle {
            course: Course {
                slug: card.slug,
                title: card.title,
                summary: card.summary,
                overview: details
                    .overview
                    .ok_or_else(|| Error::internal("a course without its overview"))?,
                language: card.language,
                level: card.level,
                category: card.category,
                outcomes: details.outcomes,
                prerequisites: details.prerequisites,
                instructors: details.instructors,
                trial_lesson: card.trial_lesson,
                price: card.price,
                sections,
            },
            files,
            report: Report::default(),
        })
    }
}
