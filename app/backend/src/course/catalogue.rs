//! What everyone may know of the courses: the catalogue, the trial lesson on the front page, the sitemap.

use domain::{
    Timestamp,
    course::{Level, same_language},
    lesson::{CourseCard, ShownBody},
};
use uuid::Uuid;

use super::{
    store::{self, CourseRow},
    view::{Viewer, card, count, shown_activities},
};
use crate::{Backend, Result, blocks, progress as learning};

#[derive(Clone, Debug, Default)]
pub struct CatalogueFilter {
    pub query: String,
    pub category: Option<String>,
    pub level: Option<Level>,
    /// Tag of the reader's language: courses in it come first.
    pub language: Option<String>,
}

/// A trial lesson as the front page offers it.
#[derive(Clone, Debug)]
pub struct TrialOffer {
    pub course: CourseCard,
    pub title: String,
    pub minutes: u32,
    pub poster: Option<String>,
    /// Titles of the next lessons.
    pub after: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct SitemapEntry {
    pub path: String,
    pub changed_at: Timestamp,
}

impl Backend {
    /// Published courses that fit every word and filter, each with the viewer's progress.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn catalogue(
        &self,
        viewer: Viewer,
        filter: &CatalogueFilter,
    ) -> Result<Vec<CourseCard>> {
        let mut tx = self.db.read().await?;
        let mut cards = Vec::new();
        let words = filter.query.to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        for row in store::published_courses(&mut tx).await? {
            let card = card(&row)?;
            let fits = filter
                .category
                .as_ref()
                .is_none_or(|category| *category == card.category)
                && filter.level.is_none_or(|level| level == card.level)
                && words.iter().all(|word| row.search_text.contains(word));
            if fits {
                cards.push(card);
            }
        }
        if let Some(language) = &filter.language {
            cards.sort_by_key(|card| !same_language(&card.language, language));
        }
        if let Some(user) = viewer.user {
            learning::add_progress(&mut tx, user, &mut cards).await?;
        }
        Ok(cards)
    }

    /// Every category with a published course, in order of appearance.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn categories(&self) -> Result<Vec<String>> {
        let mut tx = self.db.read().await?;
        let mut categories = Vec::new();
        for row in store::published_courses(&mut tx).await? {
            if !categories.contains(&row.category) {
                categories.push(row.category);
            }
        }
        Ok(categories)
    }

    /// The trial lesson to show a stranger: of a course in their language where there is one.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn trial_offer(&self, viewer: Viewer, language: &str) -> Result<Option<TrialOffer>> {
        let mut tx = self.db.read().await?;
        let mut courses = store::published_courses(&mut tx).await?;
        courses.retain(|row| row.trial_lesson.is_some());
        let fits = |row: &&CourseRow| same_language(&row.language, language);
        let Some(row) = courses.iter().find(fits).or(courses.first()) else {
            return Ok(None);
        };
        let lessons = store::lessons(&mut tx, row.id(), row.version(), Uuid::nil()).await?;
        let Some(index) = lessons
            .iter()
            .position(|lesson| Some(&lesson.slug) == row.trial_lesson.as_ref())
        else {
            return Ok(None);
        };
        let sight = blocks::Sight {
            viewer,
            enrolled: false,
            course: row.id(),
            lesson: &lessons[index].slug,
        };
        let (activities, ..) = shown_activities(&mut tx, sight, row, &lessons[index]).await?;
        let poster = activities
            .into_iter()
            .find_map(|activity| match activity.body {
                ShownBody::Media { media } => media.poster,
                _ => None,
            });
        Ok(Some(TrialOffer {
            course: card(row)?,
            title: lessons[index].title.clone(),
            minutes: count(lessons[index].minutes),
            poster,
            after: lessons[index + 1..]
                .iter()
                .take(2)
                .map(|lesson| lesson.title.clone())
                .collect(),
        }))
    }

    /// What search engines may know of.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn sitemap(&self) -> Result<Vec<SitemapEntry>> {
        let mut tx = self.db.read().await?;
        let courses = store::published_courses(&mut tx).await?;
        Ok(courses
            .iter()
            .map(|row| SitemapEntry {
                path: format!("/courses/{}", row.slug),
                changed_at: row.changed_at(),
            })
            .collect())
    }
}
