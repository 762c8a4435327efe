//! What a device sends later than it was done.

use domain::{
    Timestamp,
    ids::{CourseId, UserId},
};
use uuid::Uuid;

use super::store;
use crate::{Result, Tx};

/// What a device says of something that it sends later than it was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Late {
    /// Made once by the device: a repeat brings the same.
    pub attempt: Option<Uuid>,
    /// Milliseconds between doing and sending. A difference, so the device's clock may be wrong.
    pub waited_ms: u64,
}

impl Late {
    /// Days. What waited longer counts as done this long ago.
    const MAX_DAYS: i64 = 31;

    /// What has no key because it is harmless twice.
    #[must_use]
    pub fn waited(waited_ms: u64) -> Self {
        Self {
            attempt: None,
            waited_ms,
        }
    }

    /// When it was done by the server's clock. Nobody did anything in a course before they were enrolled.
    pub async fn moment(
        self,
        tx: &mut Tx,
        user: UserId,
        course: CourseId,
        now: Timestamp,
    ) -> Result<Timestamp> {
        if self.waited_ms == 0 {
            return Ok(now);
        }
        let enrolled = store::enrolled_at(tx, user, course).await?;
        Ok(self.before(now).max(enrolled.unwrap_or(now)).min(now))
    }

    fn before(self, now: Timestamp) -> Timestamp {
        let longest = Self::MAX_DAYS * 86_400_000_000;
        let waited = i64::try_from(self.waited_ms.saturating_mul(1_000)).unwrap_or(longest);
        Timestamp::from_microsecond(now.as_microsecond() - waited.min(longest)).unwrap_or(now)
    }
}
