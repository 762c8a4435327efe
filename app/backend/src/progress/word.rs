//! Completing a lesson by the learner's word.

use std::{collections::BTreeMap, ops::RangeInclusive};

use domain::{
    Timestamp,
    ids::{Slug, UserId},
    progress::{Coverage, Task, active, ledger::Ledger, watching::earliest},
};

use super::{
    Late, Marks, complete, marks, require_enrolled, store,
    watch_store::{self, Day, Key, Media, MediaRow},
};
use crate::{
    Backend, Error, Result, Tx,
    course::{self, ActivityRow, Open, Viewer},
    db::Micros,
    study,
};

impl Backend {
    /// Completes a lesson by the learner's word. Where there is a medium or a quiz, the word is taken only if the
    /// quizzes are passed and the media could have been watched since the lesson was opened, in time in which the
    /// learner watched nothing else: so a learner whose browser runs no script can finish too, and nobody in a second.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate or without enrolment, `Error::Invalid` when something is left to do.
    pub async fn complete_lesson(&self, user: Viewer, course: &Slug, lesson: &Slug) -> Result<()> {
        self.complete_lesson_late(user, course, lesson, Late::default())
            .await
    }

    /// The same for a word that a device may have kept for a while: it counts from when it was given.
    ///
    /// # Errors
    /// As [`Backend::complete_lesson`].
    pub async fn complete_lesson_late(
        &self,
        user: Viewer,
        course: &Slug,
        lesson: &Slug,
        late: Late,
    ) -> Result<()> {
        let viewer = user.user.ok_or(Error::SignInRequired)?;
        let mut tx = self.db.write().await?;
        let open = require_enrolled(&mut tx, user, course, lesson).await?;
        let now = late
            .moment(&mut tx, viewer, open.course, self.clock.now())
            .await?;
        study::lock(&mut tx, viewer).await?;
        let opened = store::open_lesson(&mut tx, viewer, open.course, lesson, now).await?;
        let activities = course::activities(&mut tx, open.version, open.lesson_position).await?;
        let marks = marks(&mut tx, viewer, open.course, lesson.as_str()).await?;
        let unwatched = unwatched(&marks, &activities)?;
        let mut films = films(&mut tx, viewer, &open, lesson, unwatched).await?;
        pay(&mut tx, viewer, &mut films, opened, now).await?;
        let last = store::last_done(&mut tx, viewer, open.course, lesson).await?;
        let done = last.map_or(now, |last| last.max(now));
        complete(&mut tx, viewer, &open, lesson, done).await?;
        study::act(&mut tx, viewer, now).await?;
        tx.commit().await
    }
}

/// The media that are not watched yet, with their lengths in milliseconds. Quizzes and blocks take more than a word.
fn unwatched<'a>(marks: &Marks, activities: &'a [ActivityRow]) -> Result<Vec<(&'a str, u64)>> {
    let (mut unwatched, mut unpassed, mut unanswered) = (Vec::new(), false, false);
    for row in activities {
        match marks.task(row) {
            Some(Task::Quiz { passed: false }) => unpassed = true,
            Some(Task::Block { answered: false }) => unanswered = true,
            Some(Task::Media { watched: false }) => {
                let duration = row.duration_ms.and_then(|ms| u64::try_from(ms).ok());
                // One of no length is never watched, and nothing in it is missed.
                if let Some(duration) = duration.filter(|ms| *ms > 0) {
                    unwatched.push((row.activity_key.as_str(), duration));
                }
            }
            _ => {}
        }
    }
    if unpassed {
        return Err(Error::invalid("", "error-pass-first"));
    }
    if unanswered {
        return Err(Error::invalid("", "error-answer-first"));
    }
    Ok(unwatched)
}

/// A medium of the lesson, and what is known of it.
struct Film {
    key: Key,
    row: MediaRow,
    duration: u64,
    coverage: Coverage,
}

impl Film {
    fn gaps(&self) -> Coverage {
        Coverage::from(vec![(0, self.duration)]).minus(&self.coverage)
    }

    /// Takes so many milliseconds of the gaps for watched, from the beginning.
    fn watch(&mut self, ms: u64) {
        self.coverage = self.coverage.union(&self.gaps().first(ms));
    }
}

async fn films(
    tx: &mut Tx,
    user: UserId,
    open: &Open,
    lesson: &Slug,
    unwatched: Vec<(&str, u64)>,
) -> Result<Vec<Film>> {
    let key = |(activity, _): &(&str, u64)| Key {
        user,
        course: open.course,
        lesson: lesson.to_string(),
        activity: (*activity).to_owned(),
    };
    let keys: Vec<Key> = unwatched.iter().map(key).collect();
    let rows = watch_store::media(tx, &keys.iter().collect::<Vec<_>>()).await?;
    let film = |((key, row), (_, duration)): ((Key, MediaRow), (&str, u64))| {
        Ok(Film {
            coverage: row.coverage()?,
            key,
            row,
            duration,
        })
    };
    keys.into_iter()
        .zip(rows)
        .zip(unwatched)
        .map(film)
        .collect()
}

/// Pays for the films with the learner's time since the lesson was opened: first for what makes each of them watched,
/// then for the rest as far as the time goes. In a lesson that is complete nothing is left to pay for.
async fn pay(
    tx: &mut Tx,
    user: UserId,
    films: &mut [Film],
    opened: Timestamp,
    now: Timestamp,
) -> Result<()> {
    if films.is_empty() || films.iter().any(|film| film.row.completed_at.is_some()) {
        return Ok(());
    }
    let (since, until) = (opened.as_millisecond(), now.as_millisecond());
    let mut days = Days::load(tx, user, since, until).await?;
    for film in &mut *films {
        let missing = film.coverage.missing(film.duration);
        film.watch(days.ledger.spend(missing, since, until));
    }
    if films
        .iter()
        .any(|film| !film.coverage.is_watched(film.duration))
    {
        return Err(Error::invalid("", "error-watch-first"));
    }
    for film in &mut *films {
        let rest = film.gaps().total();
        film.watch(days.ledger.spend(rest, since, until));
    }
    days.save(tx).await?;
    let now = Micros::from(now);
    let media: Vec<_> = films
        .iter()
        .map(|film| Media {
            key: &film.key,
            position: film.row.position_ms.unwrap_or(0),
            coverage: &film.coverage,
            watched_at: film.row.watched_at.or(Some(now)),
            updated_at: film.row.updated_at.unwrap_or(now),
        })
        .collect();
    watch_store::set_media(tx, &media).await
}

/// The learner's days in UTC from which a word may be paid.
struct Days {
    user: UserId,
    days: RangeInclusive<i64>,
    active: BTreeMap<i64, Coverage>,
    before: Ledger,
    ledger: Ledger,
}

impl Days {
    async fn load(tx: &mut Tx, user: UserId, since: i64, until: i64) -> Result<Self> {
        let (first, _) = active::day_of(earliest(since, until));
        let (last, _) = active::day_of(until);
        let wanted: Vec<_> = (first..=last).map(|day| (user, day)).collect();
        let (mut ledger, mut active) = (Ledger::default(), BTreeMap::new());
        for day in watch_store::days(tx, &wanted).await? {
            ledger.load(day.day, &day.claimed);
            active.insert(day.day, day.active);
        }
        Ok(Self {
            user,
            days: first..=last,
            active,
            before: ledger.clone(),
            ledger,
        })
    }

    async fn save(mut self, tx: &mut Tx) -> Result<()> {
        let mut changed = Vec::new();
        for day in self.days {
            let claimed = self.ledger.day(day);
            if claimed != self.before.day(day) {
                changed.push(Day {
                    user: self.user,
                    day,
                    active: self.active.remove(&day).unwrap_or_default(),
                    claimed,
                });
            }
        }
        watch_store::set_days(tx, &changed).await
    }
}
