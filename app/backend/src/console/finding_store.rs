//! SQL for what was found about orders' money.

use domain::{
    Timestamp,
    checkout::finding::Details,
    console::{FindingRow, Settled},
    ids::{FindingId, OrderId, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// How many wait for somebody.
pub async fn open(tx: &mut Tx) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM payment_finding WHERE NOT healed AND settled_at IS NULL"
    )
}

#[derive(Debug, FromRow)]
struct Finding {
    id: Uuid,
    purchase_id: Uuid,
    number: String,
    at: Micros,
    kind: String,
    details: String,
    healed: bool,
    settled_at: Option<Micros>,
    name: Option<String>,
    settled_note: Option<String>,
}

impl From<Finding> for FindingRow {
    fn from(finding: Finding) -> Self {
        let typed = serde_json::from_str(&finding.details);
        let (by, note) = (finding.name, finding.settled_note);
        Self {
            id: FindingId(finding.id),
            order: OrderId(finding.purchase_id),
            number: finding.number,
            at: finding.at.into(),
            kind: finding.kind,
            details: typed.map_or(Details::Text(finding.details), Details::Typed),
            healed: finding.healed,
            settled: finding.settled_at.map(|at| Settled {
                at: at.into(),
                by,
                note,
            }),
        }
    }
}

/// The newest, those that wait for somebody first.
pub async fn findings(tx: &mut Tx, limit: i64) -> Result<Vec<FindingRow>> {
    let found = rows!(
        tx,
        fetch_all as Finding,
        "SELECT f.id, f.purchase_id, p.number, f.at, f.kind, f.details, f.healed, f.settled_at, u.name, f.settled_note
         FROM payment_finding f JOIN purchase p ON p.id = f.purchase_id
             LEFT JOIN user_account u ON u.id = f.settled_by
         ORDER BY (f.healed OR f.settled_at IS NOT NULL), f.at DESC, f.id DESC LIMIT $1",
        limit,
    )?;
    Ok(found.into_iter().map(Into::into).collect())
}

pub async fn findings_of(tx: &mut Tx, order: OrderId) -> Result<Vec<FindingRow>> {
    let found = rows!(
        tx,
        fetch_all as Finding,
        "SELECT f.id, f.purchase_id, p.number, f.at, f.kind, f.details, f.healed, f.settled_at, u.name, f.settled_note
         FROM payment_finding f JOIN purchase p ON p.id = f.purchase_id
             LEFT JOIN user_account u ON u.id = f.settled_by
         WHERE f.purchase_id = $1 ORDER BY f.at DESC, f.id DESC LIMIT 100",
        order.0,
    )?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// The order that a finding is about.
pub async fn order_of(tx: &mut Tx, id: FindingId) -> Result<Option<OrderId>> {
    let order: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT purchase_id FROM payment_finding WHERE id = $1",
        id.0,
    )?;
    Ok(order.map(OrderId))
}

/// `false`: nobody has to see to it any more. `note`: empty where there is none.
pub async fn settle(
    tx: &mut Tx,
    id: FindingId,
    by: UserId,
    note: &str,
    now: Timestamp,
) -> Result<bool> {
    let settled = execute!(
        tx,
        "UPDATE payment_finding SET settled_at = $2, settled_by = $3, settled_note = NULLIF($4, '')
         WHERE id = $1 AND NOT healed AND settled_at IS NULL",
        id.0,
        Micros::from(now),
        by.0,
        note,
    )?;
    Ok(settled == 1)
}
