//! One reminder of an order that was left, and none for those who want none.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{MailKind, key::Key, queue_mail, reminder_store as store, store as papers};
use crate::{Backend, Error, Result, ports::files::hex, rate_limit::Limit};

/// So long after an order ran out.
const AFTER: Duration = Duration::from_secs(3600);
/// An order that ran out longer ago is forgotten: nobody is reminded of what they began last month.
const FORGOTTEN: Duration = Duration::from_secs(3 * 86_400);
const AT_ONCE: i64 = 100;
/// Whoever types somebody else's address again and again does not reach them more often than this.
const TO_ONE_ADDRESS: i64 = 2;
const A_WEEK: Duration = Duration::from_secs(7 * 86_400);
const STOPS_FROM: Limit = Limit {
    name: "unsubscribe",
    attempts: 60,
    window: Duration::from_secs(900),
};

impl Backend {
    /// Writes down the reminders that are due; gives how many. Each order is decided about once, whoever asks.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn due_reminders(&self) -> Result<usize> {
        let now = self.clock.now();
        let left = {
            let mut tx = self.db.read().await?;
            store::left(&mut tx, now - FORGOTTEN, now - AFTER, AT_ONCE).await?
        };
        let mut reminded = 0;
        for (order, email_key) in left {
            let mut tx = self.db.write().await?;
            if let Some(number) = store::decide(&mut tx, order, now).await?
                && !store::is_stopped(&mut tx, &hash_of(&email_key)).await?
                && store::reminded_since(&mut tx, &email_key, now - A_WEEK).await? < TO_ONE_ADDRESS
            {
                store::note(&mut tx, order, number, now).await?;
                queue_mail(&mut tx, order, &MailKind::Reminder, now).await?;
                reminded += 1;
            }
            tx.commit().await?;
        }
        Ok(reminded)
    }

    /// No more reminders to the address that a mailed link came to. Doing it again changes nothing.
    ///
    /// # Errors
    /// `Error::Invalid` with `error-link-used` for a link that was never mailed; `Error::TooManyAttempts`.
    pub async fn stop_reminders(&self, token: &str, address: &str) -> Result<()> {
        self.attempt(STOPS_FROM, address).await?;
        let unknown = || Error::invalid("", "error-link-used");
        let hash = Key::hash_of(token).ok_or_else(unknown)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let order = papers::order_of_key(&mut tx, &hash, Key::STOP).await?;
        let order = papers::order(&mut tx, order.ok_or_else(unknown)?).await?;
        let email_key = order.ok_or_else(unknown)?.email_key;
        store::stop(&mut tx, &hash_of(&email_key), now).await?;
        tx.commit().await
    }

    /// Whether a reminder would still be of use.
    pub(super) async fn wants_reminder(&self, order: &papers::OrderRow) -> Result<bool> {
        if order.paid_at().is_some() {
            return Ok(false);
        }
        let mut tx = self.db.read().await?;
        Ok(!store::is_stopped(&mut tx, &hash_of(&order.email_key)).await?)
    }
}

/// The wish of an address outlives its orders; the address itself need not.
fn hash_of(email_key: &str) -> String {
    hex(&Sha256::digest(email_key.as_bytes()))
}
