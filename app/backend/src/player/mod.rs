//! The player: how a learner likes it, and what it shows beside the film.

mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use domain::{
    ids::UserId,
    lesson::{LessonPage, ShownBody, ShownMedia, ShownSource},
    player::{self, Change, Preferences, Transcript},
};

use self::store::LessonFileRow;
use crate::{
    Backend, Result,
    course::{self, Viewer},
    rate_limit::Limit,
};

/// How often a learner may change what they like: more often than any hand can.
const CHANGES: Limit = Limit {
    name: "player",
    attempts: 600,
    window: std::time::Duration::from_secs(600),
};
/// Bytes of a caption file that is read; `formats` reads no larger text file either.
const MAX_CAPTIONS: i64 = 2 * 1024 * 1024;

/// What the reader says about how they want to see a lesson.
#[derive(Clone, Debug, Default)]
pub struct Asked<'a> {
    /// What a stranger's browser keeps; of learners the portal knows it.
    pub stranger: Preferences,
    /// Language of the transcript, for this once.
    pub transcript: Option<String>,
    /// Language of the interface.
    pub locale: &'a str,
}

impl Backend {
    /// # Errors
    /// `Error::Busy`.
    pub async fn player_preferences(&self, user: UserId) -> Result<Preferences> {
        let mut tx = self.db.read().await?;
        store::preferences(&mut tx, user).await
    }

    /// Changes what the change names; the rest stays, whatever another device does meanwhile.
    ///
    /// # Errors
    /// `Error::TooManyAttempts`, `Error::Busy`.
    pub async fn change_player(&self, user: UserId, change: &Change) -> Result<()> {
        self.attempt(CHANGES, &user.to_string()).await?;
        let mut tx = self.db.write().await?;
        store::change(&mut tx, user, change, self.clock.now()).await?;
        tx.commit().await
    }

    /// Adds to an open lesson what its players show beside the film: how the learner likes them, sizes of the files,
    /// and what is said, in the language that helps the reader most.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate.
    pub async fn equip_players(
        &self,
        viewer: Viewer,
        page: &mut LessonPage,
        asked: Asked<'_>,
    ) -> Result<()> {
        let plays = |body: &ShownBody| matches!(body, ShownBody::Media { .. });
        if !page.activities.iter().any(|activity| plays(&activity.body)) {
            return Ok(());
        }
        let mut tx = self.db.read().await?;
        let open = course::require_open(&mut tx, viewer, &page.course.slug, &page.slug).await?;
        page.preferences = match viewer.user {
            Some(user) => store::preferences(&mut tx, user).await?,
            None => asked.stranger,
        };
        let files = store::lesson_files(&mut tx, open.version, &page.slug).await?;
        drop(tx);
        let by_url: HashMap<String, LessonFileRow> = files
            .into_iter()
            .map(|file| {
                let (course, lesson) = (&page.course.slug, page.slug.as_str());
                let url = course::media_url(course, lesson, &file.path, &file.sha256);
                (url, file)
            })
            .collect();
        let wanted = asked.transcript.or(page.preferences.transcript.clone());
        for activity in &mut page.activities {
            if let ShownBody::Media { media } = &mut activity.body {
                add_sizes(media, &by_url);
                let course = &page.course.language;
                activity.transcript = self
                    .transcript(media, &by_url, wanted.as_deref(), asked.locale, course)
                    .await;
            }
        }
        Ok(())
    }

    /// What is said in a medium. One whose captions cannot be read has no transcript: the film still plays.
    async fn transcript(
        &self,
        media: &ShownMedia,
        files: &HashMap<String, LessonFileRow>,
        asked: Option<&str>,
        locale: &str,
        course: &str,
    ) -> Option<Transcript> {
        let languages: Vec<&str> = media
            .captions
            .iter()
            .map(|caption| caption.language.as_str())
            .collect();
        let index = player::transcript_language(&languages, asked, locale, course)?;
        let caption = media.captions.get(index)?;
        let file = files
            .get(&caption.url)
            .filter(|file| file.bytes <= MAX_CAPTIONS)?;
        let path = self.files.path(&file.sha256);
        let source = match tokio::fs::read(&path).await {
            Ok(source) => source,
            Err(error) => {
                tracing::error!(%error, path = %path.display(), "a caption file cannot be read");
                return None;
            }
        };
        let paragraphs = player::paragraphs(formats::vtt::cues(&source));
        (!paragraphs.is_empty()).then(|| Transcript {
            language: caption.language.clone(),
            languages: languages.into_iter().map(str::to_owned).collect(),
            paragraphs,
        })
    }
}

fn add_sizes(media: &mut ShownMedia, files: &HashMap<String, LessonFileRow>) {
    // Of a film in pieces nobody knows before how much will be loaded.
    if media.source.is_in_pieces() {
        return;
    }
    if let ShownSource::File { url, small, .. } = &media.source {
        let bytes = |url: &str| u64::try_from(files.get(url)?.bytes).ok();
        (media.bytes, media.small_bytes) = (bytes(url), small.as_deref().and_then(bytes));
    }
}
