//! Who holds a session, asked for many requests at once: each asks it first, and players report thousands of times a
//! second. While one question is with the database, those who come next gather, and the next one asks for all of them.
//! An answer is as fresh as if it had been asked for alone.

use std::sync::{Arc, Mutex, PoisonError};

use domain::Timestamp;
use tokio::sync::oneshot;

use super::store::{self, Found};
use crate::{Db, Error, Result};

/// Where questions gather. Copies share it.
#[derive(Clone, Debug, Default)]
pub struct Lookups(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Vec<Waiting>>,
    /// Who holds it asks.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    token_hash: String,
    answer: oneshot::Sender<Result<Option<Found>>>,
}

impl Lookups {
    pub(super) async fn session(
        &self,
        db: &Db,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<Option<Found>> {
        let (answer, mut answered) = oneshot::channel();
        self.waiting().push(Waiting {
            token_hash: token_hash.to_owned(),
            answer,
        });
        let turn = self.0.turn.lock().await;
        match answered.try_recv() {
            Ok(found) => return found,
            Err(oneshot::error::TryRecvError::Empty) => {}
            // Who asked for this one too was cut off while asking.
            Err(oneshot::error::TryRecvError::Closed) => {
                drop(turn);
                return one(db, token_hash, now).await;
            }
        }
        let all = std::mem::take(&mut *self.waiting());
        let hashes: Vec<&str> = all.iter().map(|one| one.token_hash.as_str()).collect();
        let found = ask(db, &hashes, now).await;
        for Waiting { token_hash, answer } in all {
            let found = match &found {
                Ok(found) => Ok(found
                    .iter()
                    .find(|one| one.token_hash == token_hash)
                    .cloned()),
                Err(error) => Err(Error::Busy(error.to_string().into())),
            };
            // Who has gone away wants no answer.
            let _ = answer.send(found);
        }
        drop(turn);
        answered.await.map_err(Error::internal)?
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.0
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

async fn one(db: &Db, token_hash: &str, now: Timestamp) -> Result<Option<Found>> {
    Ok(ask(db, &[token_hash], now).await?.pop())
}

async fn ask(db: &Db, token_hashes: &[&str], now: Timestamp) -> Result<Vec<Found>> {
    store::sessions_of_tokens(&mut db.look().await?, token_hashes, now).await
}
