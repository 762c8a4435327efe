//! Taking in what players report.

use std::sync::Arc;

use domain::{
    ids::{Slug, UserId},
    progress::watching::Report,
};

use super::{
    Watched,
    batch::{Job, Outcome, Place},
    memo::Asked,
    require_enrolled,
    watch_store::Key,
};
use crate::{
    Backend, Error, Result,
    course::{self, Viewer},
};

impl Backend {
    /// Takes in what a player reports, and comes back when it is written for good. Reports may come late, twice, in
    /// any order and from several devices; what of them counts, `domain::progress::ledger` says.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate, without enrolment or for an unknown medium; `Error::Invalid` for a
    /// report that no player makes; `Error::TooManyAttempts` for more of them than players send; `Error::Busy` when
    /// too many are waiting.
    pub async fn report_watching(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        report: Report,
    ) -> Result<Watched> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        report
            .check()
            .map_err(|_| Error::invalid("events", "error-report"))?;
        let asked = Asked {
            user,
            course: course.clone(),
            lesson: lesson.clone(),
            activity: activity.to_owned(),
        };
        // A second time if the course is imported anew in this very moment.
        for _ in 0..2 {
            let job = Job {
                place: self.place(viewer, &asked).await?,
                report: report.clone(),
                received: self.clock.now(),
            };
            match self.reports.write(&self.db, job).await? {
                Outcome::Taken(watched) => return Ok(watched),
                Outcome::Stale => self.reports.memo().forget(&asked),
            }
        }
        Err(Error::NotFound)
    }

    /// The medium, if the gate lets the learner through.
    async fn place(&self, viewer: Viewer, asked: &Asked) -> Result<Arc<Place>> {
        let now = self.clock.now();
        if let Some(place) = self.reports.memo().get(asked, now) {
            return Ok(place);
        }
        let Asked {
            user,
            course,
            lesson,
            activity,
        } = asked;
        let mut tx = self.db.read().await?;
        let open = require_enrolled(&mut tx, viewer, course, lesson).await?;
        let row = course::activity(&mut tx, open.version, open.lesson_position, activity)
            .await?
            .filter(|row| row.kind == "media")
            .ok_or(Error::NotFound)?;
        let place = Arc::new(Place {
            key: key(*user, &open, asked),
            lesson: lesson.clone(),
            duration_ms: row.duration_ms.and_then(|ms| u64::try_from(ms).ok()),
            open,
        });
        self.reports.memo().set(asked.clone(), place.clone(), now);
        Ok(place)
    }
}

fn key(user: UserId, open: &course::Open, asked: &Asked) -> Key {
    Key {
        user,
        course: open.course,
        lesson: asked.lesson.to_string(),
        activity: asked.activity.clone(),
    }
}
