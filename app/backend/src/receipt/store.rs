//! SQL for receipts and the mails about orders.

use domain::{
    Timestamp,
    checkout::finding::Finding,
    ids::{OrderId, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// An order, as its papers need it.
#[derive(Clone, Debug, FromRow)]
pub struct OrderRow {
    pub number: String,
    user_id: Option<Uuid>,
    /// Of the account, where there is one.
    pub name: Option<String>,
    pub email: String,
    pub email_key: String,
    pub language: String,
    pub total_minor: i64,
    pub refunded_minor: i64,
    pub basket: String,
    pub quote: String,
    pub agreement_version: i64,
    agreed_at: Micros,
    placed_at: Micros,
    paid_at: Option<Micros>,
}

impl OrderRow {
    pub fn user(&self) -> Option<UserId> {
        self.user_id.map(UserId)
    }

    pub fn agreed_at(&self) -> Timestamp {
        self.agreed_at.into()
    }

    pub fn placed_at(&self) -> Timestamp {
        self.placed_at.into()
    }

    pub fn paid_at(&self) -> Option<Timestamp> {
        self.paid_at.map(Timestamp::from)
    }
}

pub async fn order(tx: &mut Tx, order: OrderId) -> Result<Option<OrderRow>> {
    rows!(
        tx,
        fetch_optional as OrderRow,
        "SELECT p.number, p.user_id, u.name, p.email, p.email_key, p.language, p.total_minor, p.refunded_minor, p.basket,
             p.quote, p.agreement_version, p.agreed_at, p.placed_at, p.paid_at
         FROM purchase p LEFT JOIN user_account u ON u.id = p.user_id
         WHERE p.id = $1",
        order.0,
    )
}

#[derive(Clone, Debug, FromRow)]
pub struct PaymentRow {
    pub gateway: String,
    pub captured_minor: i64,
}

/// Payments whose money was kept, if only for a while.
pub async fn payments(tx: &mut Tx, order: OrderId) -> Result<Vec<PaymentRow>> {
    rows!(
        tx,
        fetch_all as PaymentRow,
        "SELECT gateway, captured_minor FROM payment
         WHERE purchase_id = $1 AND captured_minor IS NOT NULL AND state IN ('captured', 'refunded')
         ORDER BY captured_at",
        order.0,
    )
}

/// What happened: JSON of `domain::checkout::order::Event`.
pub async fn events(tx: &mut Tx, order: OrderId) -> Result<Vec<(Timestamp, String)>> {
    let rows = rows!(
        tx,
        fetch_all as (Micros, String),
        "SELECT at, event FROM purchase_event WHERE purchase_id = $1 ORDER BY number",
        order.0,
    )?;
    Ok(rows
        .into_iter()
        .map(|(at, event)| (at.into(), event))
        .collect())
}

/// Slugs and titles of an order's courses.
pub async fn items(tx: &mut Tx, order: OrderId) -> Result<Vec<(String, String)>> {
    rows!(
        tx,
        fetch_all as (String, String),
        "SELECT slug, title FROM purchase_item WHERE purchase_id = $1 ORDER BY position",
        order.0,
    )
}

/// A finding of a kind that an order has not yet; `false` where it has. One that was settled is told again only when
/// it says something else.
pub async fn find(tx: &mut Tx, order: OrderId, finding: &Finding, now: Timestamp) -> Result<bool> {
    let details = serde_json::to_string(finding).map_err(Error::internal)?;
    let found = execute!(
        tx,
        "INSERT INTO payment_finding (id, purchase_id, at, kind, details, healed)
         SELECT $1, id, $3, $4, $5, FALSE FROM purchase WHERE id = $2
             AND NOT EXISTS (SELECT 1 FROM payment_finding WHERE purchase_id = $2 AND kind = $4 AND NOT healed
                 AND (settled_at IS NULL OR details = $5))",
        Uuid::now_v7(),
        order.0,
        Micros::from(now),
        finding.kind(),
        details,
    )?;
    Ok(found == 1)
}

pub async fn insert_mail(
    tx: &mut Tx,
    id: Uuid,
    order: OrderId,
    once: &str,
    kind: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO order_mail (id, purchase_id, once, kind, state, created_at, next_try_at, tries)
         VALUES ($1, $2, $3, $4, 'due', $5, $5, 0) ON CONFLICT (purchase_id, once) DO NOTHING",
        id,
        order.0,
        once,
        kind,
        Micros::from(now),
    )?;
    Ok(())
}

/// A mail that is due.
#[derive(Clone, Debug, FromRow)]
pub struct MailRow {
    pub id: Uuid,
    purchase_id: Uuid,
    pub kind: String,
    next_try_at: Micros,
    pub tries: i64,
}

impl MailRow {
    pub fn order(&self) -> OrderId {
        OrderId(self.purchase_id)
    }
}

pub async fn due_mails(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<MailRow>> {
    rows!(
        tx,
        fetch_all as MailRow,
        "SELECT id, purchase_id, kind, next_try_at, tries FROM order_mail
         WHERE state = 'due' AND next_try_at <= $1 ORDER BY next_try_at, id LIMIT $2",
        Micros::from(now),
        limit,
    )
}

/// Takes a mail: nobody else tries it before `next`. `false`: somebody else was faster.
pub async fn take_mail(tx: &mut Tx, mail: &MailRow, next: Timestamp) -> Result<bool> {
    let taken = execute!(
        tx,
        "UPDATE order_mail SET next_try_at = $3, tries = tries + 1
         WHERE id = $1 AND state = 'due' AND next_try_at = $2",
        mail.id,
        mail.next_try_at,
        Micros::from(next),
    )?;
    Ok(taken == 1)
}

/// `state`: sent, or dropped for one that nobody needs any more.
pub async fn end_mail(tx: &mut Tx, mail: Uuid, state: &str, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE order_mail SET state = $2, sent_at = $3 WHERE id = $1",
        mail,
        state,
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn retry_mail(tx: &mut Tx, mail: Uuid, state: &str, next: Timestamp) -> Result<()> {
    execute!(
        tx,
        "UPDATE order_mail SET state = $2, next_try_at = $3 WHERE id = $1",
        mail,
        state,
        Micros::from(next),
    )?;
    Ok(())
}

/// What a link in a mail carries.
pub async fn insert_key(
    tx: &mut Tx,
    key_hash: &str,
    order: OrderId,
    purpose: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO order_key (key_hash, purchase_id, purpose, created_at) VALUES ($1, $2, $3, $4)",
        key_hash,
        order.0,
        purpose,
        Micros::from(now),
    )?;
    Ok(())
}

/// The order that a mailed key was made for.
pub async fn order_of_key(tx: &mut Tx, key_hash: &str, purpose: &str) -> Result<Option<OrderId>> {
    let order: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT purchase_id FROM order_key WHERE key_hash = $1 AND purpose = $2",
        key_hash,
        purpose,
    )?;
    Ok(order.map(OrderId))
}

/// Titles of what a browser bought without an account, and nobody has claimed yet.
pub async fn waiting_titles(tx: &mut Tx, secret_hash: &str) -> Result<Vec<String>> {
    scalar!(
        tx,
        fetch_all,
        "SELECT i.title FROM purchase p
             JOIN entitlement e ON e.purchase_id = p.id AND e.user_id IS NULL AND e.ended_at IS NULL
             JOIN purchase_item i ON i.purchase_id = p.id AND i.course_id = e.course_id
         WHERE p.secret_hash = $1 AND p.user_id IS NULL
         ORDER BY p.placed_at, i.position LIMIT 20",
        secret_hash,
    )
}
