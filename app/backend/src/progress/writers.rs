//! Group commit. A commit that survives a power failure costs a disk's flush, whether it holds one report or hundreds.
//! So a few tasks write them all: what came in while one commit ran goes into the next. Who reports is answered after
//! the commit.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use super::{
    batch::{self, Job, Outcome},
    memo::Memo,
};
use crate::{Db, Error, Result};

/// Reports in one transaction: others wait for the writer's place too.
const MAX_BATCH: usize = 256;
/// Reports that wait for one writer. Beyond them the players are asked to come again.
const MAX_WAITING: usize = 2_048;

/// Where reports go. Copies share the writers, which begin with the first report.
#[derive(Clone, Debug)]
pub struct Reports(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    batch: usize,
    memo: Mutex<Memo>,
    writers: Mutex<Writers>,
}

#[derive(Debug)]
enum Writers {
    Idle,
    Writing(Vec<mpsc::Sender<Waiting>>, Vec<JoinHandle<()>>),
    Ended,
}

struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<Outcome>>,
}

impl Default for Reports {
    fn default() -> Self {
        Self::in_batches(MAX_BATCH)
    }
}

impl Reports {
    /// With at most so many reports in a transaction.
    #[must_use]
    pub fn in_batches(batch: usize) -> Self {
        Self(Arc::new(Shared {
            batch: batch.max(1),
            memo: Mutex::default(),
            writers: Mutex::new(Writers::Idle),
        }))
    }

    pub(super) fn memo(&self) -> MutexGuard<'_, Memo> {
        self.0.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writers(&self) -> MutexGuard<'_, Writers> {
        self.0
            .writers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a report together with others, and comes back after the commit.
    pub(super) async fn write(&self, db: &Db, job: Job) -> Result<Outcome> {
        let (answer, answered) = oneshot::channel();
        self.writer_of(db, &job)?
            .try_send(Waiting { job, answer })
            .map_err(|_| busy("too many reports are waiting"))?;
        answered
            .await
            .map_err(|_| busy("the report was not written"))?
    }

    /// One learner's reports go to one writer, so that writers do not wait for each other's locks.
    fn writer_of(&self, db: &Db, job: &Job) -> Result<mpsc::Sender<Waiting>> {
        let mut writers = self.writers();
        let is_broken = |writers: &Writers| match writers {
            Writers::Writing(senders, _) => senders.iter().any(mpsc::Sender::is_closed),
            Writers::Idle => true,
            Writers::Ended => false,
        };
        if is_broken(&writers) {
            let (senders, tasks) = (0..db.writers()).map(|_| start(db, self.0.batch)).unzip();
            *writers = Writers::Writing(senders, tasks);
        }
        let Writers::Writing(senders, _) = &*writers else {
            return Err(busy("the portal ends"));
        };
        let share = job.place.key.user.0.as_u128() % senders.len().max(1) as u128;
        let sender = usize::try_from(share)
            .ok()
            .and_then(|share| senders.get(share));
        sender
            .cloned()
            .ok_or_else(|| Error::internal("a database without writers"))
    }

    /// Takes in nothing more, and waits until everything is written.
    pub async fn end(&self) {
        let before = std::mem::replace(&mut *self.writers(), Writers::Ended);
        let Writers::Writing(senders, tasks) = before else {
            return;
        };
        drop(senders);
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a writer of reports broke");
            }
        }
    }
}

fn start(db: &Db, batch: usize) -> (mpsc::Sender<Waiting>, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel(MAX_WAITING);
    (sender, tokio::spawn(write_all(db.clone(), receiver, batch)))
}

/// Ends once nobody can send any more and everything is written.
async fn write_all(db: Db, mut receiver: mpsc::Receiver<Waiting>, batch: usize) {
    let mut waiting = Vec::with_capacity(batch);
    while receiver.recv_many(&mut waiting, batch).await > 0 {
        let (jobs, answers): (Vec<_>, Vec<_>) = waiting
            .drain(..)
            .map(|waiting| (waiting.job, waiting.answer))
            .unzip();
        for (outcome, answer) in write(&db, &jobs).await.into_iter().zip(answers) {
            // Who has gone away in the meantime sends it again, and it counts once.
            let _ = answer.send(outcome);
        }
        db.settle_soon(jobs.len());
    }
}

/// Writes all in one transaction, or, where that fails, each in one of its own: so no report is another's harm.
async fn write(db: &Db, jobs: &[Job]) -> Vec<Result<Outcome>> {
    let error = match write_together(db, jobs).await {
        Ok(outcomes) => return outcomes,
        Err(error) => error,
    };
    if jobs.len() == 1 {
        return vec![Err(error)];
    }
    tracing::warn!(%error, reports = jobs.len(), "reports are written one by one");
    let (mut outcomes, mut is_busy) = (Vec::with_capacity(jobs.len()), false);
    for job in jobs {
        outcomes.push(if is_busy {
            Err(busy("the database takes no reports"))
        } else {
            let alone = write_together(db, std::slice::from_ref(job)).await;
            alone.and_then(|mut outcomes| {
                outcomes
                    .pop()
                    .unwrap_or_else(|| Err(busy("the report was not written")))
            })
        });
        is_busy = is_busy || matches!(outcomes.last(), Some(Err(Error::Busy(_))));
    }
    outcomes
}

async fn write_together(db: &Db, jobs: &[Job]) -> Result<Vec<Result<Outcome>>> {
    let mut tx = db.write().await?;
    let outcomes = batch::take_in(&mut tx, jobs).await?;
    tx.commit().await?;
    Ok(outcomes)
}

fn busy(why: &str) -> Error {
    Error::Busy(why.into())
}
