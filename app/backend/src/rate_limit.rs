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

impl Backend {
    /// Counts an attempt by `whom`, e.g. an address.
    ///
    /// # Errors
    /// `Error::TooManyAttempts` once the limit is passed.
    pub(crate) async fn attempt(&self, limit: Limit, whom: &str) -> Result<()> {
        // Hashed, because addresses of people have no place in a log of attempts.
        let bucket = hex(&Sha256::digest(format!("{}:{whom}", limit.name)));
        let now = self.clock.now();
        let window = i64::try_from(limit.window.as_micros()).unwrap_or(i64::MAX);
        let mut tx = self.db.write().await?;
        let (start, attempts) = rows!(
            &mut tx,
            fetch_one as (Micros, i64),
            "INSERT INTO rate_limit (bucket, window_start, attempts) VALUES ($1, $2, 1)
             ON CONFLICT (bucket) DO UPDATE SET
                 attempts = CASE WHEN rate_limit.window_start <= $3 THEN 1 ELSE rate_limit.attempts + 1 END,
                 window_start = CASE WHEN rate_limit.window_start <= $3 THEN excluded.window_start ELSE rate_limit.window_start END
             RETURNING window_start, attempts",
            &bucket,
            Micros::from(now),
            now.as_microsecond() - window,
        )?;
        tx.commit().await?;
        if attempts <= limit.attempts {
            return Ok(());
        }
        let ends = Timestamp::from(start).as_microsecond() + window;
        let seconds = ((ends - now.as_microsecond()) / 1_000_000).max(1);
        Err(Error::TooManyAttempts {
            retry_after_seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        })
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
