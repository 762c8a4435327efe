//! Many reports in one transaction: what is known of all their learners is read at once, computed in memory, and
//! written at once.
//!
//! Whoever writes a learner's progress locks the learner first, and several in the order of their ids: so neither two
//! writers nor two processes on one database lose an update or wait for each other for ever.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use domain::{
    Timestamp,
    ids::{Slug, UserId},
    progress::{
        Coverage,
        active::{self, JITTER_MS},
        ledger::Ledger,
        watching::{Claim, MAX_POSITION, Report, Seen},
    },
};

use super::{
    Watched,
    watch_store::{self as store, Day, Key, LearnerRow, Media, MediaRow},
};
use crate::{Error, Result, Tx, course::Open, db::Micros};

/// Stretches that are kept of one medium: more no learner makes, and pages carry them. Of what is watched then, only
/// what joins others counts.
pub(super) const MAX_KEPT: usize = 1_000;
/// Reports that a learner may send in a minute: a hundred times what a player sends, and an offline week goes into
/// far fewer. Beyond them the player is asked to wait, and keeps what it has.
pub const REPORTS_A_MINUTE: i64 = 1_200;
/// How old the note of a learner's place in a course may grow while they stay in the same lesson.
const PLACE_EVERY_MS: i64 = 60_000;

/// A medium that the gate has opened to a learner.
#[derive(Debug)]
pub struct Place {
    pub key: Key,
    pub open: Open,
    pub lesson: Slug,
    pub duration_ms: Option<u64>,
}

/// A report that waits to be written.
#[derive(Debug)]
pub struct Job {
    pub place: Arc<Place>,
    pub report: Report,
    pub received: Timestamp,
}

#[derive(Clone, Debug)]
pub enum Outcome {
    Taken(Watched),
    /// The enrolment ended, or the course was imported anew: the gate has to be asked again.
    Stale,
}

/// What is known of a learner, whatever they watch.
struct Learner {
    row: LearnerRow,
    seen: Seen,
    ledger: Ledger,
    active: BTreeMap<i64, Coverage>,
    changed: BTreeSet<i64>,
    /// So many more of their reports are taken in.
    left: i64,
}

/// What is known of a learner and a medium.
struct Standing {
    row: MediaRow,
    enrolled: i64,
    position: i64,
    coverage: Coverage,
    watched_at: Option<Micros>,
    updated_at: Option<Micros>,
    changed: bool,
    opened: Option<i64>,
    place: Option<i64>,
}

/// Takes in reports that were checked. An error concerns them all, and nothing may be committed then; those inside
/// concern one report each.
pub async fn take_in(tx: &mut Tx, jobs: &[Job]) -> Result<Vec<Result<Outcome>>> {
    let mut learners = lock(tx, jobs).await?;
    let keys: BTreeSet<&Key> = jobs.iter().map(|job| &job.place.key).collect();
    let keys: Vec<&Key> = keys.into_iter().collect();
    let mut standings = HashMap::new();
    for (key, row) in keys.iter().zip(store::media(tx, &keys).await?) {
        standings.insert(*key, Standing::new(row)?);
    }
    let claims: Vec<Vec<Claim>> = jobs
        .iter()
        .map(|job| {
            let enrolled = standings[&job.place.key].enrolled;
            job.report.claims(enrolled, job.received.as_millisecond())
        })
        .collect();
    load_days(tx, jobs, &claims, &mut learners).await?;

    let mut outcomes: Vec<Result<()>> = Vec::with_capacity(jobs.len());
    let mut stale = Vec::with_capacity(jobs.len());
    for (job, claims) in jobs.iter().zip(claims) {
        let key = &job.place.key;
        let (Some(standing), Some(learner)) = (standings.get_mut(key), learners.get_mut(&key.user))
        else {
            return Err(Error::internal("a learner who was not locked"));
        };
        let is_stale = !standing.is_of(&job.place);
        outcomes.push(if is_stale {
            Ok(())
        } else {
            learner
                .admit(job.received)
                .map(|()| apply(job, claims, standing, learner))
        });
        stale.push(is_stale);
    }
    save_media(tx, &standings).await?;
    complete(tx, jobs, &mut standings).await?;
    save_learners(tx, &learners).await?;

    let answer = |((job, outcome), stale): ((&Job, Result<()>), bool)| {
        outcome.map(|()| match (stale, standings.get(&job.place.key)) {
            (false, Some(standing)) => Outcome::Taken(Watched {
                coverage: standing.coverage.clone(),
                lesson_done: standing.row.completed_at.is_some(),
            }),
            _ => Outcome::Stale,
        })
    };
    Ok(jobs.iter().zip(outcomes).zip(stale).map(answer).collect())
}

async fn lock(tx: &mut Tx, jobs: &[Job]) -> Result<HashMap<UserId, Learner>> {
    let mut counts: BTreeMap<UserId, i64> = BTreeMap::new();
    for job in jobs {
        *counts.entry(job.place.key.user).or_default() += 1;
    }
    let now = jobs
        .iter()
        .map(|job| job.received)
        .max()
        .unwrap_or_default();
    let counted: Vec<_> = counts.iter().map(|(user, count)| (*user, *count)).collect();
    let rows = store::lock(tx, &counted, now.into()).await?;
    let learner = |row: LearnerRow| {
        let user = row.user();
        let before = row.reports - counts.get(&user).copied().unwrap_or_default();
        let learner = Learner {
            seen: Seen(row.seen.clone()),
            left: REPORTS_A_MINUTE - before,
            row,
            ledger: Ledger::default(),
            active: BTreeMap::new(),
            changed: BTreeSet::new(),
        };
        (user, learner)
    };
    Ok(rows.into_iter().map(learner).collect())
}

async fn load_days(
    tx: &mut Tx,
    jobs: &[Job],
    claims: &[Vec<Claim>],
    learners: &mut HashMap<UserId, Learner>,
) -> Result<()> {
    let mut wanted = BTreeSet::new();
    for (job, claims) in jobs.iter().zip(claims) {
        for claim in claims {
            let (first, last) = (active::day_of(claim.start).0, active::day_of(claim.end).0);
            wanted.extend((first..=last).map(|day| (job.place.key.user, day)));
        }
    }
    let wanted: Vec<_> = wanted.into_iter().collect();
    for day in store::days(tx, &wanted).await? {
        if let Some(learner) = learners.get_mut(&day.user) {
            learner.ledger.load(day.day, &day.claimed);
            learner.active.insert(day.day, day.active);
        }
    }
    Ok(())
}

/// Takes one report into what is known.
fn apply(job: &Job, claims: Vec<Claim>, standing: &mut Standing, learner: &mut Learner) {
    let (now, duration) = (job.received.as_millisecond(), job.place.duration_ms);
    let moment = job.report.moment(now).max(standing.enrolled);
    let (mut coverage, mut watched_at) = (standing.coverage.clone(), standing.watched_at);
    let (mut ledger, mut seen) = (learner.ledger.clone(), learner.seen.clone());
    let mut stretches: Vec<(i64, i64)> = Vec::with_capacity(claims.len());
    let is_watched = |coverage: &Coverage| duration.is_some_and(|ms| coverage.is_watched(ms));
    for mut claim in claims {
        claim.to = claim.to.min(duration.unwrap_or(MAX_POSITION));
        if claim.from >= claim.to || seen.contains(&claim.key) {
            continue;
        }
        seen.add(&claim.key);
        stretches.push((claim.start, claim.end));
        let mut spent = ledger.clone();
        let paid = spent.pay(&claim, &coverage, standing.enrolled, now);
        let more = coverage.union(&paid);
        let (kept, wanted) = (coverage.intervals().len(), more.intervals().len());
        if wanted > MAX_KEPT.max(kept) {
            // Nothing that was acknowledged makes room for it, and nothing between two stretches is given for it.
            continue;
        }
        (coverage, ledger) = (more, spent);
        if watched_at.is_none() && is_watched(&coverage) {
            watched_at = Some(micros(claim.end));
        }
    }
    if watched_at.is_none() && is_watched(&coverage) {
        // The medium became shorter.
        watched_at = Some(micros(moment));
    }
    standing.changed |= coverage != standing.coverage || watched_at != standing.watched_at;
    (standing.coverage, standing.watched_at) = (coverage, watched_at);
    standing.stand_at(job, moment);
    learner.ledger = ledger;
    learner.seen = seen;
    learner.be_active(&stretches);
}

impl Learner {
    /// Counts a report against what the learner may send.
    fn admit(&mut self, now: Timestamp) -> Result<()> {
        self.left -= 1;
        if self.left >= 0 {
            return Ok(());
        }
        let over = self.row.window_start.0 + 60_000_000 - now.as_microsecond();
        Err(Error::TooManyAttempts {
            retry_after_seconds: u32::try_from(over / 1_000_000).unwrap_or(0).max(1),
        })
    }

    fn be_active(&mut self, stretches: &[(i64, i64)]) {
        let mut days: BTreeMap<i64, Vec<(u64, u64)>> = BTreeMap::new();
        for &(start, end) in stretches {
            for (day, stretch) in active::by_day(start, end) {
                days.entry(day).or_default().push(stretch);
            }
            // A stretch of no length may still have been paid for.
            self.changed.insert(active::day_of(start).0);
        }
        for (day, stretches) in days {
            let active = self.active.entry(day).or_default();
            *active = active.union(&Coverage::from(stretches)).closed(JITTER_MS);
            self.changed.insert(day);
        }
    }
}

impl Standing {
    fn new(row: MediaRow) -> Result<Self> {
        let enrolled = row.enrolled_at.map_or(0, millis);
        Ok(Self {
            enrolled,
            position: row.position_ms.unwrap_or(0),
            coverage: row.coverage()?,
            watched_at: row.watched_at,
            updated_at: row.updated_at,
            changed: false,
            opened: None,
            place: None,
            row,
        })
    }

    /// Whether the gate still would say what it said.
    fn is_of(&self, place: &Place) -> bool {
        self.row.enrolled_at.is_some() && self.row.version() == Some(place.open.version)
    }

    /// The place where the learner is, unless a later report has said another.
    fn stand_at(&mut self, job: &Job, moment: i64) {
        let at = micros(moment);
        if self.updated_at.is_none_or(|updated| updated <= at) {
            let end = job.place.duration_ms.unwrap_or(MAX_POSITION);
            let position = job.report.position_ms.map(|ms| ms.min(end).cast_signed());
            if let Some(position) = position.filter(|ms| *ms != self.position) {
                self.position = position;
                self.changed = true;
            }
            self.updated_at = Some(at);
        }
        if self.row.opened_at.is_none() {
            self.opened = Some(self.opened.map_or(moment, |opened| opened.min(moment)));
        }
        let here = self.row.last_lesson.as_deref() == Some(job.place.lesson.as_str());
        let seen = self.row.last_seen_at.map_or(0, millis);
        if (!here && moment >= seen) || moment - seen >= PLACE_EVERY_MS {
            self.place = Some(self.place.map_or(moment, |place| place.max(moment)));
        }
    }
}

async fn save_media(tx: &mut Tx, standings: &HashMap<&Key, Standing>) -> Result<()> {
    let mut changed = Vec::new();
    for (key, standing) in standings {
        if let Some(opened) = standing.opened {
            store::open_lesson(tx, key, micros(opened)).await?;
        }
        if let Some(moment) = standing.place {
            store::be_in(tx, key, micros(moment)).await?;
        }
        if let (true, Some(updated_at)) = (standing.changed, standing.updated_at) {
            changed.push(Media {
                key,
                position: standing.position,
                coverage: &standing.coverage,
                watched_at: standing.watched_at,
                updated_at,
            });
        }
    }
    store::set_media(tx, &changed).await
}

/// Completes the lessons in which nothing else is left, at the moment at which that was so.
async fn complete(
    tx: &mut Tx,
    jobs: &[Job],
    standings: &mut HashMap<&Key, Standing>,
) -> Result<()> {
    for Job { place, .. } in jobs {
        let Some(standing) = standings.get_mut(&place.key) else {
            continue;
        };
        let (Some(watched), None) = (standing.watched_at, standing.row.completed_at) else {
            continue;
        };
        let (user, at) = (place.key.user, Timestamp::from(watched));
        if standing.is_of(place)
            && super::complete_if_done(tx, user, &place.open, &place.lesson, at).await?
        {
            standing.row.completed_at = Some(watched);
        }
    }
    Ok(())
}

async fn save_learners(tx: &mut Tx, learners: &HashMap<UserId, Learner>) -> Result<()> {
    let news = |(user, learner): (&UserId, &_)| {
        let Learner { row, seen, .. }: &Learner = learner;
        (row.seen != seen.0).then(|| (*user, seen.0.clone()))
    };
    let seen: Vec<(UserId, String)> = learners.iter().filter_map(news).collect();
    let seen: Vec<_> = seen
        .iter()
        .map(|(user, seen)| (*user, seen.as_str()))
        .collect();
    store::set_seen(tx, &seen).await?;
    let days: Vec<Day> = learners
        .iter()
        .flat_map(|(user, learner)| {
            learner.changed.iter().map(|&day| Day {
                user: *user,
                day,
                active: learner.active.get(&day).cloned().unwrap_or_default(),
                claimed: learner.ledger.day(day),
            })
        })
        .collect();
    store::set_days(tx, &days).await
}

fn micros(ms: i64) -> Micros {
    Micros(ms.saturating_mul(1_000))
}

fn millis(Micros(micros): Micros) -> i64 {
    micros.div_euclid(1_000)
}
