//! Blocks in which learners take part: polls, chains of cases, cards, what is shown on demand.

mod store;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use domain::{
    block::{self, Block, BlockBody, Given},
    course::ActivityBody,
    ids::{CourseId, EntryId, Slug, UserId},
    lesson::{Chain, ChainEntry, ShownBlock, ShownBlockBody},
    progress::Task,
};
use store::Place;
use uuid::Uuid;

use crate::{
    Backend, Error, Result, Tx,
    course::{self, ActivityRow, Open, Viewer},
    progress::{self, Late},
    rate_limit::Limit,
};

/// Entries of a chain that are shown at once.
const PAGE: usize = 20;
/// How often a learner may answer: a deck of cards takes many answers.
const ANSWERS: Limit = Limit {
    name: "block",
    attempts: 600,
    window: Duration::from_secs(600),
};
/// How often a learner may write.
const ENTRIES: Limit = Limit {
    name: "chain",
    attempts: 30,
    window: Duration::from_secs(600),
};

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    Kept {
        lesson_done: bool,
    },
    /// Of those who are not enrolled nothing is kept: they only see how many learners chose each of a poll's options;
    /// nothing of a poll whose results are for staff.
    Counts(Vec<u64>),
}

/// A learner's case for a chain.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    pub text: &'a str,
    /// Whether the others see the learner's first name.
    pub named: bool,
    pub late: Late,
}

impl Backend {
    /// Takes an answer to a poll, a card or what is shown on demand; the last one counts.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate or for a block that takes no such answers, `Error::Invalid` for none of
    /// its options.
    pub async fn answer_block(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        given: Given<'_>,
    ) -> Result<Answered> {
        self.answer_block_late(viewer, course, lesson, activity, given, Late::default())
            .await
    }

    /// The same for an answer that a device may have kept for a while: it counts from when it was given, unless there
    /// is a later one.
    ///
    /// # Errors
    /// As [`Backend::answer_block`].
    pub async fn answer_block_late(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        given: Given<'_>,
        late: Late,
    ) -> Result<Answered> {
        let mut tx = match viewer.user {
            Some(user) => {
                self.attempt(ANSWERS, &user.to_string()).await?;
                self.db.write().await?
            }
            None => self.db.read().await?,
        };
        let (open, block) = find(&mut tx, viewer, course, lesson, activity).await?;
        if matches!(block.body, BlockBody::Chain { .. }) {
            return Err(Error::NotFound);
        }
        if !block.body.takes(given) {
            let message = if given.choice.is_empty() {
                "error-choice-none"
            } else {
                "error-choice-gone"
            };
            return Err(Error::invalid("", message));
        }
        let place = Place {
            course: open.course,
            lesson: lesson.as_str(),
            activity,
        };
        let (Some(user), true) = (viewer.user, open.enrolled) else {
            return match &block.body {
                BlockBody::Poll { private: true, .. } if !viewer.staff => {
                    Ok(Answered::Counts(Vec::new()))
                }
                BlockBody::Poll { options, .. } => {
                    Ok(Answered::Counts(counts(&mut tx, place, options).await?))
                }
                _ => Err(Error::NotFound),
            };
        };
        let now = late
            .moment(&mut tx, user, open.course, self.clock.now())
            .await?;
        store::answer(&mut tx, user, place, given, now).await?;
        let lesson_done = progress::took_part(&mut tx, user, &open, lesson, now).await?;
        tx.commit().await?;
        Ok(Answered::Kept { lesson_done })
    }

    /// How many learners chose each of a poll's options, in their order: for staff and, unless it is for staff only, for
    /// learners who have chosen.
    ///
    /// # Errors
    /// `Error::NotFound` for everybody else.
    pub async fn poll_counts(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
    ) -> Result<Vec<u64>> {
        let mut tx = self.db.read().await?;
        let (open, block) = find(&mut tx, viewer, course, lesson, activity).await?;
        let BlockBody::Poll {
            options, private, ..
        } = &block.body
        else {
            return Err(Error::NotFound);
        };
        let chosen = match viewer.user {
            Some(user) if !private => {
                let answers = answers(&mut tx, user, open.course, lesson.as_str()).await?;
                answers.is_answered(activity, &block.body)
            }
            _ => false,
        };
        if !chosen && !viewer.staff {
            return Err(Error::NotFound);
        }
        let place = Place {
            course: open.course,
            lesson: lesson.as_str(),
            activity,
        };
        counts(&mut tx, place, options).await
    }

    /// Adds the learner's case to a chain, or changes it, unless they did so later than this.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate, without enrolment or for something that is no chain; `Error::Invalid` for
    /// a text that is empty or too long.
    pub async fn put_entry(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        case: Case<'_>,
    ) -> Result<()> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        let entry = block::entry(case.text).map_err(|message| Error::invalid("entry", message))?;
        self.attempt(ENTRIES, &user.to_string()).await?;
        let mut tx = self.db.write().await?;
        let (open, place) = chain(&mut tx, viewer, course, lesson, activity).await?;
        if !open.enrolled {
            return Err(Error::NotFound);
        }
        let now = case
            .late
            .moment(&mut tx, user, open.course, self.clock.now())
            .await?;
        let new = store::NewEntry {
            id: EntryId(Uuid::now_v7()),
            entry: &entry,
            named: case.named,
        };
        store::put_entry(&mut tx, user, place, &new, now).await?;
        progress::took_part(&mut tx, user, &open, lesson, now).await?;
        tx.commit().await
    }

    /// Takes the learner's case out of a chain; where there is none, or one that was written later, nothing happens.
    ///
    /// # Errors
    /// As [`Backend::put_entry`].
    pub async fn remove_entry(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        late: Late,
    ) -> Result<()> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        self.attempt(ENTRIES, &user.to_string()).await?;
        let mut tx = self.db.write().await?;
        let (open, place) = chain(&mut tx, viewer, course, lesson, activity).await?;
        if !open.enrolled {
            return Err(Error::NotFound);
        }
        let now = late
            .moment(&mut tx, user, open.course, self.clock.now())
            .await?;
        store::remove_entry(&mut tx, user, place, now).await?;
        tx.commit().await
    }

    /// Staff hide an entry from the other learners, or show it again.
    ///
    /// # Errors
    /// `Error::NotFound` for everybody but staff, and for an entry of another chain.
    pub async fn hide_entry(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        entry: EntryId,
        hidden: bool,
    ) -> Result<()> {
        let staff = viewer.user.filter(|_| viewer.staff);
        let staff = staff.ok_or(Error::NotFound)?;
        let mut tx = self.db.write().await?;
        let (_, place) = chain(&mut tx, viewer, course, lesson, activity).await?;
        let hidden = hidden.then(|| (staff, self.clock.now()));
        if !store::hide_entry(&mut tx, place, entry, hidden).await? {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }

    /// What stands in a chain behind an entry.
    ///
    /// # Errors
    /// `Error::NotFound` for everybody but enrolled learners and staff.
    pub async fn older_entries(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
        activity: &str,
        before: EntryId,
    ) -> Result<Chain> {
        let mut tx = self.db.read().await?;
        let (open, place) = chain(&mut tx, viewer, course, lesson, activity).await?;
        let user = viewer.user.filter(|_| open.enrolled || viewer.staff);
        let user = user.ok_or(Error::NotFound)?;
        let reader = store::Reader {
            user,
            staff: viewer.staff,
        };
        page(&mut tx, place, reader, before).await
    }
}

/// A block behind the gate.
async fn find(
    tx: &mut Tx,
    viewer: Viewer,
    course: &Slug,
    lesson: &Slug,
    activity: &str,
) -> Result<(Open, Block)> {
    let open = course::require_open(tx, viewer, course, lesson).await?;
    let row = course::activity(tx, open.version, open.lesson_position, activity)
        .await?
        .filter(|row| row.kind == KIND)
        .ok_or(Error::NotFound)?;
    let block = source(&row)?;
    Ok((open, block))
}

async fn chain<'a>(
    tx: &mut Tx,
    viewer: Viewer,
    course: &Slug,
    lesson: &'a Slug,
    activity: &'a str,
) -> Result<(Open, Place<'a>)> {
    let (open, block) = find(tx, viewer, course, lesson, activity).await?;
    if !matches!(block.body, BlockBody::Chain { .. }) {
        return Err(Error::NotFound);
    }
    let place = Place {
        course: open.course,
        lesson: lesson.as_str(),
        activity,
    };
    Ok((open, place))
}

/// How activities of this kind are called in the database.
pub const KIND: &str = "block";

fn source(row: &ActivityRow) -> Result<Block> {
    parse(row.source.as_deref().unwrap_or_default())
}

fn parse(source: &str) -> Result<Block> {
    match serde_json::from_str(source).map_err(Error::internal)? {
        ActivityBody::Block { block } => Ok(block),
        _ => Err(Error::internal("an activity that is no block")),
    }
}

async fn counts(tx: &mut Tx, place: Place<'_>, options: &[String]) -> Result<Vec<u64>> {
    let found: HashMap<String, i64> = store::counts(tx, place).await?.into_iter().collect();
    let of = |option: &String| found.get(&block::key(option)).copied().unwrap_or(0);
    Ok(options
        .iter()
        .map(|option| u64::try_from(of(option)).unwrap_or(0))
        .collect())
}

async fn page(
    tx: &mut Tx,
    place: Place<'_>,
    reader: store::Reader,
    before: EntryId,
) -> Result<Chain> {
    // One more than is shown tells whether there are more.
    let limit = PAGE as i64 + 1;
    let mut rows = store::entries(tx, place, reader, before, limit).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let mine = store::entry_of(tx, reader.user, place).await?;
    let total = store::total(tx, place).await?;
    Ok(Chain {
        older: rows.last().filter(|_| more).map(store::EntryRow::id),
        entries: rows.iter().map(entry).collect(),
        mine: mine.as_ref().map(entry),
        total: u32::try_from(total).unwrap_or(u32::MAX),
    })
}

fn entry(row: &store::EntryRow) -> ChainEntry {
    ChainEntry {
        id: row.id(),
        text: row.entry.clone(),
        name: row
            .named
            .then(|| block::first_name(&row.name).to_owned())
            .filter(|name| !name.is_empty()),
        added_at: row.added_at(),
        hidden: row.hidden,
    }
}

/// What a learner did in the blocks of one lesson.
#[derive(Debug, Default)]
pub struct Answers {
    given: HashMap<String, Vec<(String, String)>>,
    entered: HashSet<String>,
}

pub async fn answers(tx: &mut Tx, user: UserId, course: CourseId, lesson: &str) -> Result<Answers> {
    let mut answers = Answers::default();
    for row in store::given(tx, user, course, lesson).await? {
        let given = answers.given.entry(row.activity_key).or_default();
        given.push((row.part, row.choice));
    }
    let entered = store::entered(tx, user, course, lesson).await?;
    answers.entered = entered.into_iter().collect();
    Ok(answers)
}

/// Whether the lesson asks for the block whose source this is.
pub fn is_required(source: &str) -> bool {
    // What cannot be read is said where it is shown.
    parse(source).is_ok_and(|block| block.required)
}

impl Answers {
    fn of(&self, activity: &str) -> impl Iterator<Item = Given<'_>> {
        let given = self.given.get(activity).into_iter().flatten();
        given.map(|(part, choice)| Given { part, choice })
    }

    fn is_answered(&self, activity: &str, body: &BlockBody) -> bool {
        body.is_answered(self.of(activity), self.entered.contains(activity))
    }

    /// What has to be done in a block, if it is required.
    pub fn task(&self, activity: &str, source: &str) -> Option<Task> {
        // What cannot be read is said where it is shown.
        let block = parse(source).ok().filter(|block| block.required)?;
        Some(Task::Block {
            answered: self.is_answered(activity, &block.body),
        })
    }
}

/// Who looks at a block, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    pub viewer: Viewer,
    pub enrolled: bool,
    pub course: CourseId,
    pub lesson: &'a str,
}

/// Adds to a block what the one who looks did in it, and what they may see of the others.
pub async fn fill(
    tx: &mut Tx,
    sight: Sight<'_>,
    row: &ActivityRow,
    answers: &Answers,
    shown: &mut ShownBlock,
) -> Result<()> {
    let block = source(row)?;
    let activity = row.activity_key.as_str();
    let place = Place {
        course: sight.course,
        lesson: sight.lesson,
        activity,
    };
    shown.answered = answers.is_answered(activity, &block.body);
    let staff = sight.viewer.staff;
    let given = || {
        answers
            .of(activity)
            .filter(|given| block.body.takes(*given))
    };
    match (&mut shown.body, &block.body) {
        (
            ShownBlockBody::Poll { counts, mine, .. },
            BlockBody::Poll {
                options, private, ..
            },
        ) => {
            *mine = given().next().map(|given| given.choice.to_owned());
            if staff || (mine.is_some() && !private) {
                *counts = Some(self::counts(tx, place, options).await?);
            }
        }
        (ShownBlockBody::Chain { chain, .. }, _) => {
            let reader = sight.viewer.user.filter(|_| sight.enrolled || staff);
            if let Some(user) = reader {
                let reader = store::Reader { user, staff };
                *chain = page(tx, place, reader, EntryId(Uuid::max())).await?;
            }
        }
        (ShownBlockBody::Cards { cards, .. }, _) => {
            for card in cards {
                let said = given().find(|given| given.part == card.key);
                card.known = said.map(|given| given.choice == block::KNOWN);
            }
        }
        _ => {}
    }
    Ok(())
}
