//! SQL for receipts and the mails about orders.

use domain::{Timestamp, ids::OrderId};
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{Micros, execute},
};

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
