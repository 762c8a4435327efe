//! Ways to be paid: one small port, a file for each gateway.
//!
//! A gateway takes an amount for an order on a page of its own, tells us with signed notices what happened, says on
//! demand how a payment stands, and pays back. Everything asked of it carries a key, so that asking twice does once.
//! None of it is asked inside a database transaction.

pub mod sandbox;
mod sandbox_store;
pub mod signature;
pub mod stripe;
#[cfg(test)]
mod tests;

use domain::{
    Timestamp,
    ids::{OrderId, PaymentId, RefundId},
    money::Money,
};
use http::HeaderMap;

use crate::{Error, Result};
use sandbox::Sandbox;
use stripe::Stripe;

/// The gateway with which this school is paid.
///
/// What every one of them promises: `Error::Busy` says that nothing is known and that the same may be asked again;
/// `Error::Invalid` that the payer can do something about it; `Error::Internal` that only the operator can.
#[derive(Clone, Debug)]
pub enum Gateway {
    /// Built in, for trying things out: no money moves.
    Sandbox(Sandbox),
    Stripe(Stripe),
}

impl Gateway {
    /// Its name in the database and in `/webhooks/{name}`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sandbox(_) => sandbox::NAME,
            Self::Stripe(_) => stripe::NAME,
        }
    }

    /// Whether no money moves. Every page that shows a price to pay, or an order, says so then.
    #[must_use]
    pub fn is_test(&self) -> bool {
        match self {
            Self::Sandbox(_) => true,
            Self::Stripe(stripe) => stripe.is_test(),
        }
    }

    /// # Errors
    /// `Error::NotFound` with a real gateway.
    pub fn sandbox(&self) -> Result<&Sandbox> {
        match self {
            Self::Sandbox(sandbox) => Ok(sandbox),
            Self::Stripe(_) => Err(Error::NotFound),
        }
    }

    /// Whether this amount can be asked for at all. Nothing is sent: what is taken may still be refused when it is
    /// begun, as an amount that is too small is.
    #[must_use]
    pub fn takes(&self, amount: Money) -> bool {
        match self {
            Self::Sandbox(_) => true,
            Self::Stripe(stripe) => stripe.takes(amount),
        }
    }

    /// Prepares the page on which the payer pays. The same payment again gives the same page.
    ///
    /// # Errors
    /// See [`Gateway`]; `Error::Invalid` for an amount that the gateway does not take.
    pub async fn begin(&self, payment: &Begin) -> Result<Begun> {
        match self {
            Self::Sandbox(sandbox) => sandbox.begin(payment).await,
            Self::Stripe(stripe) => stripe.begin(payment).await,
        }
    }

    /// # Errors
    /// See [`Gateway`]; `Error::NotFound` for a reference that it does not know.
    pub async fn standing(&self, reference: &str) -> Result<Standing> {
        match self {
            Self::Sandbox(sandbox) => sandbox.standing(reference).await,
            Self::Stripe(stripe) => stripe.standing(reference).await,
        }
    }

    /// Sees to it that the payment cannot be paid any more, and says how it stands: it may have been paid before.
    ///
    /// # Errors
    /// See [`Gateway::standing`].
    pub async fn end(&self, reference: &str) -> Result<Standing> {
        match self {
            Self::Sandbox(sandbox) => sandbox.end(reference).await,
            Self::Stripe(stripe) => stripe.end(reference).await,
        }
    }

    /// # Errors
    /// See [`Gateway`]. What the gateway will never do is no error but [`PaidBack::Refused`].
    pub async fn pay_back(&self, money: &PayBack) -> Result<PaidBack> {
        match self {
            Self::Sandbox(sandbox) => sandbox.pay_back(money).await,
            Self::Stripe(stripe) => stripe.pay_back(money).await,
        }
    }

    /// How a refund stands that was [`PaidBack::Pending`], by its reference.
    ///
    /// # Errors
    /// See [`Gateway::standing`].
    pub async fn paid_back(&self, reference: &str) -> Result<PaidBack> {
        match self {
            Self::Sandbox(sandbox) => sandbox.paid_back(reference).await,
            Self::Stripe(stripe) => stripe.paid_back(reference).await,
        }
    }

    /// Whether a notice is the gateway's own word: its id of the event. Only looks: nothing is asked or stored.
    ///
    /// # Errors
    /// [`BadNotice`].
    pub fn verify(
        &self,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<String, BadNotice> {
        match self {
            Self::Sandbox(sandbox) => sandbox.verify(headers, body, now),
            Self::Stripe(stripe) => stripe.verify(headers, body, now),
        }
    }

    /// What a stored body says, whose signature was right when it came.
    ///
    /// # Errors
    /// [`BadNotice::Content`].
    pub fn read(&self, body: &[u8]) -> Result<Notice, BadNotice> {
        match self {
            Self::Sandbox(_) => sandbox::read(body),
            Self::Stripe(_) => stripe::read(body),
        }
    }
}

/// Where who has paid goes back to: the order's page, which waits there for the gateway's word. Who has not goes to
/// `return_url` itself.
pub(crate) fn paid_url(return_url: &str) -> String {
    format!("{return_url}?paid=1")
}

/// A payment to be made.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Also the key with which it is begun once.
    pub payment: PaymentId,
    pub order: OrderId,
    pub amount: Money,
    pub description: String,
    pub email: String,
    /// Locale of the payer, a BCP 47 tag.
    pub language: String,
    /// Where the payer comes back to, paid or not: the order's page.
    pub return_url: String,
    pub expires_at: Timestamp,
}

/// What the gateway made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The gateway's name for the payment.
    pub reference: String,
    /// Where the payer goes: an absolute address, or a path of this site.
    pub url: String,
}

/// How a payment stands at the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// All of it has arrived: the gateway's word for it, which refunds name. Nothing, where the gateway asked for
    /// nothing.
    Captured {
        capture: String,
        amount: Money,
    },
    /// Expired or cancelled there: it cannot be paid any more.
    Ended,
}

/// Money to be paid back.
#[derive(Clone, Debug)]
pub struct PayBack {
    /// Also the key with which it is done once.
    pub refund: RefundId,
    /// Of [`Standing::Captured`].
    pub capture: String,
    pub amount: Money,
    /// How often it was asked for before.
    pub tries: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaidBack {
    Done {
        reference: String,
    },
    /// The gateway has taken the task and will send a notice.
    Pending {
        reference: String,
    },
    /// It never will.
    Refused {
        why: String,
    },
}

/// A notice whose signature is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The gateway's id of the event.
    pub event: String,
    pub news: News,
}

/// Which payment is meant. Ours is known even where we never learned the gateway's name for it, because the answer
/// to [`Gateway::begin`] was lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    pub reference: Option<String>,
    pub payment: Option<PaymentId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    Payment {
        which: Which,
        standing: Standing,
    },
    /// The payer or their bank said no. They may try again on the same page.
    Declined {
        which: Which,
    },
    Refund {
        /// The refund's name at the gateway.
        reference: String,
        /// Ours; `None` where somebody paid back at the gateway itself.
        refund: Option<RefundId>,
        /// Of [`Standing::Captured`].
        capture: Option<String>,
        amount: Money,
        /// `false`: it failed for good.
        done: bool,
    },
    DisputeOpened {
        capture: String,
        amount: Money,
    },
    DisputeClosed {
        capture: String,
        won: bool,
    },
    /// Nothing that concerns orders.
    Other,
}

/// Why a notice is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadNotice {
    #[error("unsigned, or signed by somebody else")]
    Signature,
    #[error("signed too long ago")]
    Stale,
    #[error("signed, but not understood")]
    Content,
}
