//! SQL for what gateways told us.

use domain::Timestamp;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// Tries after which a notice is left to reconciliation. With the growing pauses between them it takes five hours.
pub const MAX_TRIES: i64 = 60;
/// Microseconds by which the pause grows with each try.
const PAUSE: i64 = 10_000_000;

/// Whether nothing is left to do about it.
pub async fn is_processed(tx: &mut Tx, gateway: &str, event: &str) -> Result<bool> {
    let found: i64 = scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM payment_notice WHERE gateway = $1 AND event_id = $2 AND processed_at IS NOT NULL",
        gateway,
        event,
    )?;
    Ok(found > 0)
}

/// Keeps it as it came; one that is there already stays as it is.
pub async fn keep(
    tx: &mut Tx,
    gateway: &str,
    event: &str,
    body: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO payment_notice (gateway, event_id, body, received_at, tries) VALUES ($1, $2, $3, $4, 0)
         ON CONFLICT (gateway, event_id) DO NOTHING",
        gateway,
        event,
        body,
        Micros::from(now),
    )?;
    Ok(())
}

/// Takes it to be processed, for as long as the transaction lasts. `None`: it has been.
pub async fn take(tx: &mut Tx, gateway: &str, event: &str) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "UPDATE payment_notice SET tries = tries + 1 WHERE gateway = $1 AND event_id = $2 AND processed_at IS NULL
         RETURNING body",
        gateway,
        event,
    )
}

pub async fn processed(
    tx: &mut Tx,
    gateway: &str,
    event: &str,
    outcome: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE payment_notice SET processed_at = $3, outcome = $4 WHERE gateway = $1 AND event_id = $2",
        gateway,
        event,
        Micros::from(now),
        outcome,
    )?;
    Ok(())
}

/// The transaction that processed it failed, and took its own count back. Gives how often it was tried.
pub async fn failed(tx: &mut Tx, gateway: &str, event: &str) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "UPDATE payment_notice SET tries = tries + 1, outcome = 'failed' WHERE gateway = $1 AND event_id = $2
         RETURNING tries",
        gateway,
        event,
    )
}

/// Those that wait for another try, the oldest first.
pub async fn to_do(tx: &mut Tx, gateway: &str, now: Timestamp) -> Result<Vec<String>> {
    let events = rows!(
        tx,
        fetch_all as (String,),
        "SELECT event_id FROM payment_notice
         WHERE gateway = $1 AND processed_at IS NULL AND received_at + (tries + 1) * tries / 2 * $2 + $2 <= $3
         ORDER BY received_at LIMIT 100",
        gateway,
        PAUSE,
        Micros::from(now),
    )?;
    Ok(events.into_iter().map(|(event,)| event).collect())
}
