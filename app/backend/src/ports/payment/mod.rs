//! Ways to be paid: one small port, a file for each gateway.
//!
//! A gateway takes an amount for an order on a page of its own, tells us with signed notices what happened, says on
//! demand how a payment stands, and pays back. Everything asked of it carries a key, so that asking twice does once.

use domain::{
    Timestamp,
    ids::{OrderId, PaymentId, RefundId},
    money::Money,
};

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
    /// Where the payer goes.
    pub url: String,
}

/// How a payment stands at the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Open,
    /// All of it has arrived: the gateway's word for it, which refunds name.
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something about the payment with this reference: ask [`Standing`], or use what the notice says.
    Payment {
        reference: String,
        standing: Standing,
    },
    Declined {
        reference: String,
    },
    Refund {
        /// The refund's reference at the gateway, and ours where the gateway gives it back.
        reference: String,
        refund: Option<RefundId>,
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
