//! Mails that are written down in the transaction which they tell of, and sent after it.

use domain::{Timestamp, checkout::order::WhyReturned, ids::OrderId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store;
use crate::{Error, Result, Tx};

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
