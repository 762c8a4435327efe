//! SQL of the sandbox's own books.

use domain::{
    Timestamp,
    ids::PaymentId,
    money::{Currency, Money},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Begin, PayBack};
use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// A payment as the books have it.
#[derive(Debug)]
pub struct Payment {
    pub payment: PaymentId,
    pub state: String,
    pub amount: Money,
    pub description: String,
    pub return_url: String,
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct PaymentRow {
    idempotency_key: String,
    state: String,
    amount_minor: i64,
    currency: String,
    description: String,
    success_url: String,
    expires_at: Micros,
}

/// The reference of the payment with this key: the given one, or that of the first time.
pub async fn begin(tx: &mut Tx, begin: &Begin, reference: &str, now: Timestamp) -> Result<String> {
    scalar!(
        tx,
        fetch_one,
        "INSERT INTO sandbox_payment (reference, idempotency_key, state, amount_minor, refunded_minor, currency,
             description, success_url, cancel_url, expires_at, created_at)
         VALUES ($1, $2, 'open', $3, 0, $4, $5, $6, $6, $7, $8)
         ON CONFLICT (idempotency_key) DO UPDATE SET idempotency_key = excluded.idempotency_key
         RETURNING reference",
        reference,
        begin.payment.to_string(),
        begin.amount.minor,
        begin.amount.currency.code(),
        &begin.description,
        &begin.return_url,
        Micros::from(begin.expires_at),
        Micros::from(now),
    )
}

pub async fn find(tx: &mut Tx, reference: &str) -> Result<Payment> {
    let row = rows!(
        tx,
        fetch_optional as PaymentRow,
        "SELECT idempotency_key, state, amount_minor, currency, description, success_url, expires_at
         FROM sandbox_payment WHERE reference = $1",
        reference,
    )?
    .ok_or(Error::NotFound)?;
    let currency = Currency::from_code(&row.currency)
        .ok_or_else(|| Error::internal(format!("{} is no currency", row.currency)))?;
    Ok(Payment {
        payment: row.idempotency_key.parse().map_err(Error::internal)?,
        state: row.state,
        amount: Money {
            minor: row.amount_minor,
            currency,
        },
        description: row.description,
        return_url: row.success_url,
        expires_at: row.expires_at.into(),
    })
}

/// From open to `state`; `false`: it was not open, or is over.
pub async fn settle(tx: &mut Tx, reference: &str, state: &str, after: Timestamp) -> Result<bool> {
    let settled = execute!(
        tx,
        "UPDATE sandbox_payment SET state = $1 WHERE reference = $2 AND state = 'open' AND expires_at > $3",
        state,
        reference,
        Micros::from(after),
    )?;
    Ok(settled == 1)
}

/// `false`: it was done before.
pub async fn note_refund(tx: &mut Tx, money: &PayBack) -> Result<bool> {
    let noted = execute!(
        tx,
        "INSERT INTO sandbox_refund (idempotency_key, reference, amount_minor) VALUES ($1, $2, $3)
         ON CONFLICT (idempotency_key) DO NOTHING",
        money.refund.to_string(),
        &money.capture,
        money.amount.minor,
    )?;
    Ok(noted == 1)
}

/// `false`: there is not so much left of it, or it is no payment in this currency that was paid.
pub async fn take_back(tx: &mut Tx, money: &PayBack) -> Result<bool> {
    let taken = execute!(
        tx,
        "UPDATE sandbox_payment SET refunded_minor = refunded_minor + $1
         WHERE reference = $2 AND state = 'paid' AND currency = $3 AND refunded_minor + $1 <= amount_minor",
        money.amount.minor,
        &money.capture,
        money.amount.currency.code(),
    )?;
    Ok(taken == 1)
}

pub async fn has_refund(tx: &mut Tx, key: &str) -> Result<bool> {
    let found: i64 = scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM sandbox_refund WHERE idempotency_key = $1",
        key,
    )?;
    Ok(found > 0)
}

pub async fn send_later(tx: &mut Tx, notice: Uuid, body: &str, due_at: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO sandbox_notice (id, body, due_at) VALUES ($1, $2, $3)",
        notice,
        body,
        Micros::from(due_at),
    )?;
    Ok(())
}

/// Notices to be delivered now, the oldest first.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<(Uuid, String)>> {
    rows!(
        tx,
        fetch_all as (Uuid, String),
        "SELECT id, body FROM sandbox_notice WHERE due_at <= $1 ORDER BY due_at, id LIMIT 100",
        Micros::from(now),
    )
}

pub async fn delivered(tx: &mut Tx, notice: Uuid) -> Result<()> {
    execute!(tx, "DELETE FROM sandbox_notice WHERE id = $1", notice)?;
    Ok(())
}
