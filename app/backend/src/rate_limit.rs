//! Limits on how often something may be tried, kept in the database, so that they hold over every process.

use std::time::Duration;

use domain::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    Backend, Error, Result,
    db::{Micros, execute, rows},
    ports::files::hex,
};

/// So many attempts in so long a window, which begins with the first.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub name: &'static str,
    pub attempts: i64,
    pub window: Duration,
}

impl Limit {
    /// Hashed, because addresses of people have no place in a log of attempts.
    fn bucket(&self, whom: &str) -> String {
        hex(&Sha256::digest(format!("{}:{whom}", self.name)))
    }

    fn micros(&self) -> i64 {
        i64::try_from(self.window.as_micros()).unwrap_or(i64::MAX)
    }

    /// How long the window that began at `start` has still to go; `None` once it is over.
    fn wait(&self, start: Timestamp, now: Timestamp) -> Option<Error> {
        let left = start.as_microsecond() + self.micros() - now.as_microsecond();
        (left > 0).then(|| Error::TooManyAttempts {
            retry_after_seconds: u32::try_from(left / 1_000_000).unwrap_or(u32::MAX).max(1),
        })
    }
}

impl Backend {
    /// Counts an attempt by `whom`, e.g. an address.
    ///
    /// # Errors
    /// `Error::TooManyAttempts` once the limit is passed.
    pub(crate) async fn attempt(&self, limit: Limit, whom: &str) -> Result<()> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let (start, attempts) = rows!(
            &mut tx,
            fetch_one as (Micros, i64),
            "INSERT INTO rate_limit (bucket, window_start, attempts) VALUES ($1, $2, 1)
             ON CONFLICT (bucket) DO UPDATE SET
                 attempts = CASE WHEN rate_limit.window_start <= $3 THEN 1 ELSE rate_limit.attempts + 1 END,
                 window_start = CASE WHEN rate_limit.window_start <= $3 THEN excluded.window_start ELSE rate_limit.window_start END
             RETURNING window_start, attempts",
            limit.bucket(whom),
            Micros::from(now),
            now.as_microsecond() - limit.micros(),
        )?;
        tx.commit().await?;
        if attempts <= limit.attempts {
            return Ok(());
        }
        limit.wait(start.into(), now).map_or(Ok(()), Err)
    }

    /// Counts nothing: only asks whether the limit has been reached.
    ///
    /// # Errors
    /// `Error::TooManyAttempts` if it has.
    pub(crate) async fn refuse_beyond(&self, limit: Limit, whom: &str) -> Result<()> {
        let mut tx = self.db.read().await?;
        let found = rows!(
            &mut tx,
            fetch_optional as (Micros, i64),
            "SELECT window_start, attempts FROM rate_limit WHERE bucket = $1",
            limit.bucket(whom),
        )?;
        match found {
            Some((start, attempts)) if attempts >= limit.attempts => limit
                .wait(start.into(), self.clock.now())
                .map_or(Ok(()), Err),
            _ => Ok(()),
        }
    }

    /// Forgets windows that ended long ago.
    pub(crate) async fn purge_attempts(&self) -> Result<()> {
        let mut tx = self.db.write().await?;
        let day_ago = self.clock.now().as_microsecond() - 86_400_000_000;
        execute!(
            &mut tx,
            "DELETE FROM rate_limit WHERE window_start < $1",
            day_ago
        )?;
        tx.commit().await
    }
}
