//! Money that has arrived, and everything else that gateways tell. Called inside the transaction that remembers what
//! was told, for notices and for what was asked alike; every piece of news may come again, late and in any order.

use domain::{
    Timestamp,
    checkout::{
        finding::{Disputed, Finding},
        order::{Event, State, WhyReturned},
    },
    ids::{CourseId, RefundId},
    money::Money,
};
use uuid::Uuid;

use super::{
    entitlement, holds,
    payment_store::{self as payments, NewRefund, PaymentRow},
    place::end_open,
    refunds,
    store::{self, ItemRow, OrderRow},
};
use crate::{
    Error, Result, Tx,
    ports::payment::{News, Standing, Which},
    receipt::{self, MailKind},
};

/// What came of a piece of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// The order is paid by it.
    Paid,
    /// It came after the order had ended, which is paid nevertheless.
    PaidLate,
    /// The money goes back.
    Returned(WhyReturned),
    /// Written down.
    Noted,
    /// It was known.
    Known,
    /// Of a payment that is none of ours.
    Unknown,
}

impl Came {
    /// A word for staff.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::PaidLate => "paid-late",
            Self::Returned(WhyReturned::PaidTwice) => "returned-paid-twice",
            Self::Returned(WhyReturned::LimitReached) => "returned-limit-reached",
            Self::Returned(WhyReturned::WrongAmount) => "returned-wrong-amount",
            Self::Returned(WhyReturned::HasCourse) => "returned-has-course",
            Self::Noted => "noted",
            Self::Known => "known",
            Self::Unknown => "unknown",
        }
    }
}

/// Takes in what a gateway says.
///
/// # Errors
/// `Error::Busy`: the same may be tried again.
pub async fn take_in(tx: &mut Tx, gateway: &str, news: &News, now: Timestamp) -> Result<Came> {
    match news {
        News::Payment { which, standing } => match find(tx, gateway, which).await? {
            Some(payment) => stands(tx, &payment, standing, now).await,
            None => Ok(Came::Unknown),
        },
        News::Declined { which } => match find(tx, gateway, which).await? {
            Some(payment) => note(tx, &payment, &Event::Declined, now).await,
            None => Ok(Came::Unknown),
        },
        News::Refund { .. } => refunds::take_in(tx, gateway, news, now).await,
        News::DisputeOpened { capture, amount } => {
            let stage = Disputed::Opened { amount: *amount };
            dispute(tx, gateway, capture, stage, now).await
        }
        News::DisputeClosed { capture, won } => {
            let stage = if *won { Disputed::Won } else { Disputed::Lost };
            dispute(tx, gateway, capture, stage, now).await
        }
        News::Other => Ok(Came::Noted),
    }
}

/// By the gateway's name for it or, where we never heard that, by ours.
async fn find(tx: &mut Tx, gateway: &str, which: &Which) -> Result<Option<PaymentRow>> {
    if let Some(reference) = &which.reference
        && let Some(payment) = payments::by_reference(tx, gateway, reference).await?
    {
        return Ok(Some(payment));
    }
    let Some(id) = which.payment else {
        return Ok(None);
    };
    let found = payments::payment(tx, id).await?;
    Ok(found.filter(|payment| {
        payment.gateway == gateway
            && (payment.reference.is_none()
                || which.reference.is_none()
                || payment.reference == which.reference)
    }))
}

/// How a payment stands, by a notice or because it was asked for.
pub async fn stands(
    tx: &mut Tx,
    payment: &PaymentRow,
    standing: &Standing,
    now: Timestamp,
) -> Result<Came> {
    match standing {
        Standing::Open => Ok(Came::Known),
        Standing::Ended => {
            payments::set_ended(tx, payment.id()).await?;
            Ok(Came::Noted)
        }
        Standing::Captured { capture, amount } => {
            captured(tx, payment, capture, *amount, now).await
        }
    }
}

/// An event that changes no state. One that cannot happen any more, because news overtook each other, is left out.
async fn note(tx: &mut Tx, payment: &PaymentRow, event: &Event, now: Timestamp) -> Result<Came> {
    let mut order = locked(tx, payment).await?;
    if order.state()?.after(event).is_err() {
        return Ok(Came::Known);
    }
    order.record(tx, event, None, now).await?;
    store::save(tx, &order).await?;
    Ok(Came::Noted)
}

async fn dispute(
    tx: &mut Tx,
    gateway: &str,
    capture: &str,
    stage: Disputed,
    now: Timestamp,
) -> Result<Came> {
    let Some(payment) = payments::by_capture(tx, gateway, capture).await? else {
        return Ok(Came::Unknown);
    };
    let finding = Finding::Dispute { stage };
    payments::insert_finding(tx, payment.order(), &finding, now).await?;
    let mut order = locked(tx, &payment).await?;
    let event = match stage {
        Disputed::Opened { amount } => Event::DisputeOpened {
            amount: amount.minor,
        },
        Disputed::Won => Event::DisputeClosed { won: true },
        Disputed::Lost => Event::DisputeClosed { won: false },
    };
    order.record(tx, &event, None, now).await?;
    if stage == Disputed::Lost {
        refunds::lost(tx, &mut order, &payment, now).await?;
    }
    store::save(tx, &order).await?;
    Ok(Came::Noted)
}

async fn locked(tx: &mut Tx, payment: &PaymentRow) -> Result<OrderRow> {
    store::lock(tx, payment.order())
        .await?
        .ok_or_else(|| Error::internal("a payment without an order"))
}

/// Decides what money that has arrived is for.
async fn captured(
    tx: &mut Tx,
    payment: &PaymentRow,
    capture: &str,
    amount: Money,
    now: Timestamp,
) -> Result<Came> {
    let mut order = locked(tx, payment).await?;
    // Somebody else may have been faster, until now.
    let payment = payments::payment(tx, payment.id())
        .await?
        .ok_or_else(|| Error::internal("a payment that is gone"))?;
    if payment.state == payments::CAPTURED || payment.state == payments::RETURNED {
        return Ok(Came::Known);
    }
    if amount.minor == 0 {
        return nothing_came(tx, &payment, now).await;
    }
    let items = store::items(tx, order.id()).await?;
    let came = honour(tx, &mut order, &items, amount, now).await?;
    let state = match came {
        Came::Returned(_) => payments::RETURNED,
        _ => payments::CAPTURED,
    };
    payments::set_captured(tx, payment.id(), state, capture, amount, now).await?;
    if let Came::Returned(why) = came {
        give_back(tx, &mut order, &payment, amount, why, now).await?;
    }
    store::save(tx, &order).await?;
    Ok(came)
}

/// The gateway asked the payer for nothing, as after a discount that was made there. That does not pay the order,
/// because receipt, refunds and revenue all stand on the total that was agreed to here; and there is nothing to give
/// back. The school is told. Called under the order's lock.
async fn nothing_came(tx: &mut Tx, payment: &PaymentRow, now: Timestamp) -> Result<Came> {
    if payment.state == payments::ENDED {
        return Ok(Came::Known);
    }
    payments::set_ended(tx, payment.id()).await?;
    payments::insert_finding(tx, payment.order(), &Finding::NoPaymentRequired, now).await?;
    Ok(Came::Noted)
}

async fn honour(
    tx: &mut Tx,
    order: &mut OrderRow,
    items: &[ItemRow],
    amount: Money,
    now: Timestamp,
) -> Result<Came> {
    if amount != order.total()? {
        return Ok(Came::Returned(WhyReturned::WrongAmount));
    }
    let state = order.state()?;
    if !state.is_open() && !matches!(state, State::Cancelled | State::Expired) {
        return Ok(Came::Returned(WhyReturned::PaidTwice));
    }
    let courses: Vec<CourseId> = items.iter().map(ItemRow::course).collect();
    holds::lock_of(tx, order, &courses).await?;
    // Two orders of one buyer do not look past each other.
    tx.alone(&order.email_key).await?;
    let owner = entitlement::owner(tx, order).await?;
    if let Some(owner) = owner {
        tx.alone(&owner.to_string()).await?;
    }
    if entitlement::has_all(tx, order, owner, items).await? {
        if state.is_open() {
            end_open(tx, order, &Event::Cancelled, now).await?;
        }
        return Ok(Came::Returned(WhyReturned::HasCourse));
    }
    let amount = amount.minor;
    if state.is_open() {
        pay(tx, order, items, &Event::Captured { amount }, now).await?;
        return Ok(Came::Paid);
    }
    if holds::take_late(tx, order, &courses).await?.is_err() {
        return Ok(Came::Returned(WhyReturned::LimitReached));
    }
    pay(tx, order, items, &Event::LateCapture { amount }, now).await?;
    Ok(Came::PaidLate)
}

/// The order is paid, its courses open. The caller saves it.
pub async fn pay(
    tx: &mut Tx,
    order: &mut OrderRow,
    items: &[ItemRow],
    event: &Event,
    now: Timestamp,
) -> Result<()> {
    holds::commit(tx, order).await?;
    order.record(tx, event, None, now).await?;
    order.paid_at = Some(now.into());
    store::close(tx, order.id()).await?;
    entitlement::grant(tx, order, items, now).await?;
    receipt::queue_mail(tx, order.id(), &MailKind::Paid, now).await
}

async fn give_back(
    tx: &mut Tx,
    order: &mut OrderRow,
    payment: &PaymentRow,
    amount: Money,
    why: WhyReturned,
    now: Timestamp,
) -> Result<()> {
    let reason = serde_json::to_value(why).map_err(Error::internal)?;
    let refund = NewRefund {
        id: RefundId(Uuid::now_v7()),
        order: order.id(),
        payment: payment.id(),
        amount: amount.minor,
        reason: reason.as_str().unwrap_or_default(),
        ends_access: false,
        actor: None,
        now,
    };
    payments::insert_refund(tx, &refund).await?;
    let amount = amount.minor;
    order
        .record(tx, &Event::Returned { amount, why }, None, now)
        .await?;
    receipt::queue_mail(tx, order.id(), &MailKind::Returned { amount, why }, now).await
}
