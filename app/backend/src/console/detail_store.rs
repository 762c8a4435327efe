//! SQL for what stands behind an order.

use domain::{
    console::{NoticeRow, PaymentRow, RefundRow},
    ids::OrderId,
    money::Money,
};
use sqlx::FromRow;

use super::store::{currency, pattern};
use crate::{
    Result, Tx,
    db::{Micros, rows},
};

#[derive(Debug, FromRow)]
struct Payment {
    gateway: String,
    reference: Option<String>,
    capture_reference: Option<String>,
    state: String,
    amount_minor: i64,
    currency: String,
    captured_minor: Option<i64>,
    begun_at: Micros,
    captured_at: Option<Micros>,
    checked_at: Micros,
}

pub async fn payments(tx: &mut Tx, order: OrderId) -> Result<Vec<PaymentRow>> {
    let found = rows!(
        tx,
        fetch_all as Payment,
        "SELECT gateway, reference, capture_reference, state, amount_minor, currency, captured_minor, begun_at,
             captured_at, checked_at
         FROM payment WHERE purchase_id = $1 ORDER BY begun_at, id LIMIT 100",
        order.0,
    )?;
    found
        .into_iter()
        .map(|payment| {
            Ok(PaymentRow {
                gateway: payment.gateway,
                reference: payment.reference,
                capture: payment.capture_reference,
                state: payment.state,
                amount: Money {
                    minor: payment.amount_minor,
                    currency: currency(&payment.currency)?,
                },
                captured: payment.captured_minor,
                begun_at: payment.begun_at.into(),
                captured_at: payment.captured_at.map(Into::into),
                checked_at: payment.checked_at.into(),
            })
        })
        .collect()
}

#[derive(Debug, FromRow)]
struct Refund {
    amount_minor: i64,
    reason: String,
    ends_access: bool,
    state: String,
    reference: Option<String>,
    name: Option<String>,
    created_at: Micros,
    tries: i64,
    excess: bool,
}

pub async fn refunds(tx: &mut Tx, order: OrderId) -> Result<Vec<RefundRow>> {
    let found = rows!(
        tx,
        fetch_all as Refund,
        "SELECT r.amount_minor, r.reason, r.ends_access, r.state, r.reference, u.name, r.created_at, r.tries,
             y.state = 'returned' AS excess
         FROM refund r JOIN payment y ON y.id = r.payment_id LEFT JOIN user_account u ON u.id = r.actor
         WHERE r.purchase_id = $1 ORDER BY r.created_at, r.id LIMIT 200",
        order.0,
    )?;
    let row = |refund: Refund| RefundRow {
        amount: refund.amount_minor,
        reason: refund.reason,
        ends_access: refund.ends_access,
        state: refund.state,
        reference: refund.reference,
        by: refund.name,
        created_at: refund.created_at.into(),
        tries: refund.tries,
        excess: refund.excess,
    };
    Ok(found.into_iter().map(row).collect())
}

#[derive(Debug, FromRow)]
struct Notice {
    gateway: String,
    event_id: String,
    received_at: Micros,
    processed_at: Option<Micros>,
    outcome: Option<String>,
}

/// How long after its beginning a payment can still be heard of: a dispute comes within months.
const HEARD_OF: i64 = 200 * 86_400 * 1_000_000;

/// Notices that name one of the payments.
pub async fn notices(tx: &mut Tx, payments: &[PaymentRow]) -> Result<Vec<NoticeRow>> {
    let mut notices: Vec<NoticeRow> = Vec::new();
    for payment in payments.iter().take(10) {
        let begun = payment.begun_at.as_microsecond();
        let names = [&payment.reference, &payment.capture];
        for name in names.into_iter().flatten() {
            let found = rows!(
                tx,
                fetch_all as Notice,
                "SELECT gateway, event_id, received_at, processed_at, outcome FROM payment_notice
                 WHERE received_at >= $1 AND received_at < $2 AND gateway = $3 AND LOWER(body) LIKE $4 ESCAPE '!'
                 ORDER BY received_at, event_id LIMIT 100",
                begun,
                begun.saturating_add(HEARD_OF),
                payment.gateway.as_str(),
                pattern(name),
            )?;
            notices.extend(found.into_iter().map(|notice| NoticeRow {
                gateway: notice.gateway,
                event: notice.event_id,
                received_at: notice.received_at.into(),
                processed_at: notice.processed_at.map(Into::into),
                outcome: notice.outcome,
            }));
        }
    }
    notices.sort_by(|a, b| (a.received_at, &a.event).cmp(&(b.received_at, &b.event)));
    notices.dedup_by(|a, b| (&a.gateway, &a.event) == (&b.gateway, &b.event));
    Ok(notices)
}
