//! SQL for reminders of orders that were left, and for those who want none.

use domain::{Timestamp, checkout::order::Event, ids::OrderId};
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// Orders that ran out between two moments, of whom nobody was reminded yet and of which nothing else came: no other
/// order for one of the courses, no access to one of them. With the buyers' addresses.
pub async fn left(
    tx: &mut Tx,
    from: Timestamp,
    to: Timestamp,
    limit: i64,
) -> Result<Vec<(OrderId, String)>> {
    let rows = rows!(
        tx,
        fetch_all as (Uuid, String),
        "SELECT p.id, p.email_key FROM purchase p
         WHERE p.state = 'expired' AND p.held_until > $1 AND p.held_until <= $2 AND p.reminded_at IS NULL
             AND NOT EXISTS (
                 SELECT 1 FROM purchase_item mine
                     JOIN purchase_item other ON other.course_id = mine.course_id AND other.purchase_id <> mine.purchase_id
                     JOIN purchase q ON q.id = other.purchase_id
                 WHERE mine.purchase_id = p.id AND q.email_key = p.email_key
                     AND (q.placed_at > p.placed_at OR q.paid_at IS NOT NULL))
             AND NOT EXISTS (
                 SELECT 1 FROM purchase_item i JOIN enrolment e ON e.course_id = i.course_id
                 WHERE i.purchase_id = p.id AND e.user_id = p.user_id AND e.ended_at IS NULL)
             AND NOT EXISTS (
                 SELECT 1 FROM purchase_item i JOIN course c ON c.id = i.course_id
                 WHERE i.purchase_id = p.id AND NOT c.published)
         ORDER BY p.held_until LIMIT $3",
        Micros::from(from),
        Micros::from(to),
        limit,
    )?;
    Ok(rows
        .into_iter()
        .map(|(order, email)| (OrderId(order), email))
        .collect())
}

/// Decides about an order's reminder, once; `None` where somebody else has, or where it was paid meanwhile. Gives the
/// number of the order's next event.
pub async fn decide(tx: &mut Tx, order: OrderId, now: Timestamp) -> Result<Option<i64>> {
    scalar!(
        tx,
        fetch_optional,
        "UPDATE purchase SET reminded_at = $2 WHERE id = $1 AND reminded_at IS NULL AND state = 'expired'
         RETURNING events",
        order.0,
        Micros::from(now),
    )
}

/// Notes in the order's life that its buyer is reminded, which changes nothing of its state. The row is this
/// transaction's: [`decide`] has changed it.
pub async fn note(tx: &mut Tx, order: OrderId, number: i64, now: Timestamp) -> Result<()> {
    let event = serde_json::to_string(&Event::Reminded).map_err(Error::internal)?;
    execute!(
        tx,
        "INSERT INTO purchase_event (purchase_id, number, at, event, state)
         SELECT id, $2, $3, $4, state FROM purchase WHERE id = $1",
        order.0,
        number,
        Micros::from(now),
        event,
    )?;
    execute!(
        tx,
        "UPDATE purchase SET events = $2 WHERE id = $1",
        order.0,
        number + 1,
    )?;
    Ok(())
}

/// How many reminders were written to an address since a moment.
pub async fn reminded_since(tx: &mut Tx, email_key: &str, since: Timestamp) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM purchase p JOIN order_mail m ON m.purchase_id = p.id AND m.once = 'reminder'
         WHERE p.email_key = $1 AND m.created_at > $2",
        email_key,
        Micros::from(since),
    )
}

pub async fn stop(tx: &mut Tx, email_hash: &str, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO reminder_stop (email_hash, stopped_at) VALUES ($1, $2) ON CONFLICT (email_hash) DO NOTHING",
        email_hash,
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn is_stopped(tx: &mut Tx, email_hash: &str) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM reminder_stop WHERE email_hash = $1)",
        email_hash,
    )
}
