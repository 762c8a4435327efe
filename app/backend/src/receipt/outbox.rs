//! Mails that are written down in the transaction which they tell of, and sent after it.

use std::time::Duration;

use domain::{Timestamp, checkout::order::WhyReturned, ids::OrderId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    key::Key,
    mails::Letter,
    store::{self, MailRow},
};
use crate::{
    Backend, Error, Result, Tx,
    ports::mail::{Attachment, Mail},
    words::Words,
};

/// Who has taken a mail has so long to send it, before others think that they are gone.
const LEASE: Duration = Duration::from_secs(300);
/// The first wait after a failure; each is twice the one before, up to [`LONGEST`].
const FIRST_WAIT: Duration = Duration::from_secs(60);
const LONGEST: Duration = Duration::from_secs(6 * 3600);
/// After so many failures, more than two days, nobody tries any more.
const TRIES: i64 = 18;
const AT_ONCE: i64 = 50;
const SENT: &str = "sent";
/// Nobody needs it any more.
const DROPPED: &str = "dropped";

/// What a mail tells of. Amounts are minor units of the order's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum MailKind {
    /// With the receipt, and for buyers without an account the link that makes it.
    Paid,
    /// The money is on its way back.
    Refunded {
        amount: i64,
        reason: String,
    },
    /// Money that came too late, twice or wrong is on its way back.
    Returned {
        amount: i64,
        why: WhyReturned,
    },
    RefundDeclined {
        reason: String,
    },
    /// Of an order that was left unpaid.
    Reminder,
}

impl MailKind {
    /// What an order sends once, however often it is asked for.
    fn once(&self) -> Option<&'static str> {
        match self {
            Self::Paid => Some("paid"),
            Self::Reminder => Some("reminder"),
            Self::Refunded { .. } | Self::Returned { .. } | Self::RefundDeclined { .. } => None,
        }
    }
}

/// Writes down a mail in the transaction of what it tells of: it is sent if and only if that is committed.
///
/// # Errors
/// `Error::Busy`.
pub async fn queue_mail(
    tx: &mut Tx,
    order: OrderId,
    kind: &MailKind,
    now: Timestamp,
) -> Result<()> {
    let id = Uuid::now_v7();
    let once = kind.once().map_or_else(|| id.to_string(), str::to_owned);
    let kind = serde_json::to_string(kind).map_err(Error::internal)?;
    store::insert_mail(tx, id, order, &once, &kind, now).await
}

impl Backend {
    /// Sends the mails that are due; gives how many. Several nodes may do so at once: each mail is taken by one. What
    /// cannot be sent now is tried again later.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn send_order_mails(&self) -> Result<usize> {
        let due = {
            let mut tx = self.db.read().await?;
            store::due_mails(&mut tx, self.clock.now(), AT_ONCE).await?
        };
        let mut sent = 0;
        for mail in due {
            let mut tx = self.db.write().await?;
            let mine = store::take_mail(&mut tx, &mail, self.clock.now() + LEASE).await?;
            tx.commit().await?;
            if !mine {
                continue;
            }
            match self.send_order_mail(&mail).await {
                Ok(state) => {
                    sent += usize::from(state == SENT);
                    let mut tx = self.db.write().await?;
                    store::end_mail(&mut tx, mail.id, state, self.clock.now()).await?;
                    tx.commit().await?;
                }
                Err(error) => {
                    self.try_again(&mail, &error).await?;
                    // The relay may be gone: the others need not wait for it one after the other.
                    break;
                }
            }
        }
        Ok(sent)
    }

    async fn try_again(&self, mail: &MailRow, error: &Error) -> Result<()> {
        let tries = mail.tries + 1;
        let doublings = u32::try_from(mail.tries).unwrap_or(u32::MAX).min(16);
        let wait = (FIRST_WAIT * 2_u32.pow(doublings)).min(LONGEST);
        let state = if tries < TRIES { "due" } else { "failed" };
        if state == "failed" {
            tracing::error!(%error, mail = %mail.id, order = %mail.order(), "a mail is given up");
        } else {
            tracing::warn!(%error, mail = %mail.id, order = %mail.order(), "a mail is sent later");
        }
        let mut tx = self.db.write().await?;
        store::retry_mail(&mut tx, mail.id, state, self.clock.now() + wait).await?;
        tx.commit().await
    }

    /// What became of it.
    async fn send_order_mail(&self, row: &MailRow) -> Result<&'static str> {
        let kind: MailKind = serde_json::from_str(&row.kind).map_err(Error::internal)?;
        let id = row.order();
        let mut tx = self.db.read().await?;
        let order = store::order(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let test = self.is_test_order(&mut tx, id).await?;
        drop(tx);
        if kind == MailKind::Reminder && !self.wants_reminder(&order).await? {
            return Ok(DROPPED);
        }
        let (open, stop) = (Key::random(), Key::random());
        let mut tx = self.db.write().await?;
        for (key, purpose) in [(&open, Key::OPEN), (&stop, Key::STOP)] {
            store::insert_key(&mut tx, &key.hash(), id, purpose, self.clock.now()).await?;
        }
        tx.commit().await?;
        // Words cannot wait for anything: they are bound to their thread.
        let mail = {
            let letter = Letter {
                id,
                order: &order,
                public_url: &self.public_url,
                school: &self.school,
                open: &open,
                stop: &stop,
                words: Words::of(&order.language),
                test,
            };
            letter.write(&kind)?
        };
        let attachments = match kind {
            MailKind::Paid => vec![self.receipt_file(id, &order.language).await?],
            _ => Vec::new(),
        };
        self.mailer
            .deliver(Mail {
                attachments,
                id: Some(row.id.to_string()),
                ..mail
            })
            .await?;
        Ok(SENT)
    }

    async fn receipt_file(&self, order: OrderId, language: &str) -> Result<Attachment> {
        let (receipt, content) = self.draw_receipt(None, order, language, None).await?;
        Ok(Attachment {
            name: format!("receipt-{}.pdf", receipt.number),
            kind: "application/pdf",
            content,
        })
    }
}
