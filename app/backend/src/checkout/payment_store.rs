//! SQL for payments, refunds and what was found out about them.

use std::collections::HashSet;

use domain::{
    Timestamp,
    checkout::finding::Finding,
    ids::{OrderId, PaymentId, RefundId, UserId},
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
    ports::payment::sandbox,
};

/// Waits for the payer.
pub const BEGUN: &str = "begun";
/// Paid the order.
pub const CAPTURED: &str = "captured";
/// Arrived, and goes back by itself: it paid nothing.
pub const RETURNED: &str = "returned";
/// Cannot be paid any more.
pub const ENDED: &str = "ended";

#[derive(Clone, Debug, FromRow)]
pub struct PaymentRow {
    id: Uuid,
    purchase_id: Uuid,
    pub gateway: String,
    pub reference: Option<String>,
    pub state: String,
    currency: String,
    pub url: Option<String>,
    pub capture_reference: Option<String>,
    checked_at: Micros,
}

impl PaymentRow {
    pub fn id(&self) -> PaymentId {
        PaymentId(self.id)
    }

    pub fn order(&self) -> OrderId {
        OrderId(self.purchase_id)
    }

    /// `minor` units of the payment's currency.
    pub fn money(&self, minor: i64) -> Result<Money> {
        let currency = Currency::from_code(&self.currency)
            .ok_or_else(|| Error::internal("an unknown currency"))?;
        Ok(Money { minor, currency })
    }
}

pub async fn insert(
    tx: &mut Tx,
    id: PaymentId,
    order: OrderId,
    gateway: &str,
    amount: Money,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO payment (id, purchase_id, gateway, state, amount_minor, currency, begun_at, checked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
        id.0,
        order.0,
        gateway,
        BEGUN,
        amount.minor,
        amount.currency.code(),
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn payment(tx: &mut Tx, id: PaymentId) -> Result<Option<PaymentRow>> {
    rows!(
        tx,
        fetch_optional as PaymentRow,
        "SELECT id, purchase_id, gateway, reference, state, currency, url, capture_reference, checked_at
         FROM payment WHERE id = $1",
        id.0,
    )
}

pub async fn by_reference(
    tx: &mut Tx,
    gateway: &str,
    reference: &str,
) -> Result<Option<PaymentRow>> {
    rows!(
        tx,
        fetch_optional as PaymentRow,
        "SELECT id, purchase_id, gateway, reference, state, currency, url, capture_reference, checked_at
         FROM payment WHERE gateway = $1 AND reference = $2",
        gateway,
        reference,
    )
}

pub async fn by_capture(tx: &mut Tx, gateway: &str, capture: &str) -> Result<Option<PaymentRow>> {
    rows!(
        tx,
        fetch_optional as PaymentRow,
        "SELECT id, purchase_id, gateway, reference, state, currency, url, capture_reference, checked_at
         FROM payment WHERE gateway = $1 AND capture_reference = $2",
        gateway,
        capture,
    )
}

/// Every attempt to pay an order, the latest first.
pub async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<PaymentRow>> {
    rows!(
        tx,
        fetch_all as PaymentRow,
        "SELECT id, purchase_id, gateway, reference, state, currency, url, capture_reference, checked_at
         FROM payment WHERE purchase_id = $1 ORDER BY begun_at DESC, id DESC",
        order.0,
    )
}

/// The learner's orders that the built-in gateway has, by the payment that paid them, else by the latest.
pub async fn tests_of_user(tx: &mut Tx, user: UserId) -> Result<HashSet<OrderId>> {
    let found: Vec<Uuid> = scalar!(
        tx,
        fetch_all,
        "SELECT p.id FROM purchase p WHERE p.user_id = $1 AND $2 = (
             SELECT y.gateway FROM payment y WHERE y.purchase_id = p.id
             ORDER BY y.state = $3 DESC, y.begun_at DESC, y.id DESC LIMIT 1)",
        user.0,
        sandbox::NAME,
        CAPTURED,
    )?;
    Ok(found.into_iter().map(OrderId).collect())
}

/// The gateway has it. `false`: that was known.
pub async fn set_begun(tx: &mut Tx, id: PaymentId, reference: &str, url: &str) -> Result<bool> {
    let begun = execute!(
        tx,
        "UPDATE payment SET reference = $2, url = $3 WHERE id = $1 AND reference IS NULL",
        id.0,
        reference,
        url,
    )?;
    Ok(begun > 0)
}

/// The money is there. `state`: [`CAPTURED`] or [`RETURNED`].
pub async fn set_captured(
    tx: &mut Tx,
    id: PaymentId,
    state: &str,
    capture: &str,
    amount: Money,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE payment SET state = $2, capture_reference = $3, captured_minor = $4, currency = $5, captured_at = $6
         WHERE id = $1",
        id.0,
        state,
        capture,
        amount.minor,
        amount.currency.code(),
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn set_ended(tx: &mut Tx, id: PaymentId) -> Result<()> {
    execute!(
        tx,
        "UPDATE payment SET state = $2 WHERE id = $1 AND state = $3",
        id.0,
        ENDED,
        BEGUN,
    )?;
    Ok(())
}

/// The payments at a gateway that nobody has asked about since a moment.
pub async fn to_check(
    tx: &mut Tx,
    gateway: &str,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<PaymentRow>> {
    rows!(
        tx,
        fetch_all as PaymentRow,
        "SELECT id, purchase_id, gateway, reference, state, currency, url, capture_reference, checked_at
         FROM payment WHERE state = $1 AND gateway = $2 AND checked_at <= $3 ORDER BY checked_at LIMIT $4",
        BEGUN,
        gateway,
        Micros::from(before),
        limit,
    )
}

/// Payments of an order that is over are asked about without waiting for silence.
pub async fn check_at_once(tx: &mut Tx, order: OrderId) -> Result<()> {
    execute!(
        tx,
        "UPDATE payment SET checked_at = 0 WHERE purchase_id = $1 AND state = $2",
        order.0,
        BEGUN,
    )?;
    Ok(())
}

/// Whether this node is the one that asks about it now.
pub async fn claim_check(tx: &mut Tx, payment: &PaymentRow, now: Timestamp) -> Result<bool> {
    let claimed = execute!(
        tx,
        "UPDATE payment SET checked_at = $3 WHERE id = $1 AND checked_at = $2",
        payment.id,
        payment.checked_at,
        Micros::from(now),
    )?;
    Ok(claimed > 0)
}

/// Money on its way back. `state`: due, sent (the gateway will say when it is there), done, failed.
#[derive(Clone, Debug, FromRow)]
pub struct RefundRow {
    id: Uuid,
    purchase_id: Uuid,
    payment_id: Uuid,
    pub amount_minor: i64,
    pub ends_access: bool,
    pub state: String,
    pub reference: Option<String>,
    actor: Option<Uuid>,
    next_try_at: Micros,
    pub tries: i64,
}

impl RefundRow {
    pub fn id(&self) -> RefundId {
        RefundId(self.id)
    }

    pub fn order(&self) -> OrderId {
        OrderId(self.purchase_id)
    }

    pub fn payment(&self) -> PaymentId {
        PaymentId(self.payment_id)
    }

    pub fn actor(&self) -> Option<UserId> {
        self.actor.map(UserId)
    }
}

pub struct NewRefund<'a> {
    pub id: RefundId,
    pub order: OrderId,
    pub payment: PaymentId,
    pub amount: i64,
    pub reason: &'a str,
    pub ends_access: bool,
    pub actor: Option<UserId>,
    pub now: Timestamp,
}

pub async fn insert_refund(tx: &mut Tx, new: &NewRefund<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO refund (id, purchase_id, payment_id, amount_minor, reason, ends_access, state, actor, created_at,
             next_try_at, tries)
         VALUES ($1, $2, $3, $4, $5, $6, 'due', $7, $8, $8, 0)",
        new.id.0,
        new.order.0,
        new.payment.0,
        new.amount,
        new.reason,
        new.ends_access,
        new.actor.map(|actor| actor.0),
        Micros::from(new.now),
    )?;
    Ok(())
}

pub async fn refund(tx: &mut Tx, id: RefundId) -> Result<Option<RefundRow>> {
    rows!(
        tx,
        fetch_optional as RefundRow,
        "SELECT id, purchase_id, payment_id, amount_minor, ends_access, state, reference, actor, next_try_at, tries
         FROM refund WHERE id = $1",
        id.0,
    )
}

/// One that was made at the gateway itself is known by its name there only.
pub async fn refund_by_reference(
    tx: &mut Tx,
    payment: PaymentId,
    reference: &str,
) -> Result<Option<RefundRow>> {
    rows!(
        tx,
        fetch_optional as RefundRow,
        "SELECT id, purchase_id, payment_id, amount_minor, ends_access, state, reference, actor, next_try_at, tries
         FROM refund WHERE payment_id = $1 AND reference = $2",
        payment.0,
        reference,
    )
}

/// Refunds to be sent, or asked about: those that a node took and never came back from too.
pub async fn due_refunds(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<RefundRow>> {
    rows!(
        tx,
        fetch_all as RefundRow,
        "SELECT id, purchase_id, payment_id, amount_minor, ends_access, state, reference, actor, next_try_at, tries
         FROM refund WHERE state IN ('due', 'sent') AND next_try_at <= $1 ORDER BY next_try_at LIMIT $2",
        Micros::from(now),
        limit,
    )
}

/// Whether this node is the one that tries it now; nobody else does before `again`.
pub async fn claim_refund(tx: &mut Tx, refund: &RefundRow, again: Timestamp) -> Result<bool> {
    let claimed = execute!(
        tx,
        "UPDATE refund SET next_try_at = $3, tries = tries + 1
         WHERE id = $1 AND next_try_at = $2 AND state IN ('due', 'sent')",
        refund.id,
        refund.next_try_at,
        Micros::from(again),
    )?;
    Ok(claimed > 0)
}

pub async fn set_refund(
    tx: &mut Tx,
    id: RefundId,
    state: &str,
    reference: Option<&str>,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE refund SET state = $2, reference = COALESCE($3, reference) WHERE id = $1",
        id.0,
        state,
        reference,
    )?;
    Ok(())
}

/// Minor units of an order that are on their way back: not yet there, and not given up.
pub async fn on_the_way(tx: &mut Tx, order: OrderId) -> Result<i64> {
    let sum: Option<i64> = scalar!(
        tx,
        fetch_one,
        "SELECT CAST(SUM(r.amount_minor) AS BIGINT) FROM refund r JOIN payment p ON p.id = r.payment_id
         WHERE r.purchase_id = $1 AND r.state IN ('due', 'sent') AND p.state = $2",
        order.0,
        CAPTURED,
    )?;
    Ok(sum.unwrap_or(0))
}

/// For staff.
pub async fn insert_finding(
    tx: &mut Tx,
    order: OrderId,
    finding: &Finding,
    now: Timestamp,
) -> Result<()> {
    let details = serde_json::to_string(finding).map_err(Error::internal)?;
    execute!(
        tx,
        "INSERT INTO payment_finding (id, purchase_id, at, kind, details, healed) VALUES ($1, $2, $3, $4, $5, $6)",
        Uuid::now_v7(),
        order.0,
        Micros::from(now),
        finding.kind(),
        details,
        finding.is_healed(),
    )?;
    Ok(())
}
