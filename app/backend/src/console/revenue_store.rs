//! SQL for what was paid and what went back.

use domain::{Timestamp, checkout::order::Event, console::Flow};

use super::{
    Tests,
    store::{currency, gateway},
};
use crate::{
    Error, Result, Tx,
    db::{Micros, rows},
};

/// Every zone's days begin on a quarter of an hour, so quarters can be put into any zone's days.
const QUARTER: i64 = 15 * 60 * 1_000_000;

/// What was paid since `from`, in quarters of an hour.
pub async fn paid(tx: &mut Tx, from: Timestamp, tests: Tests) -> Result<Vec<Flow>> {
    let found = rows!(
        tx,
        fetch_all as (i64, String, i64, i64),
        concat!(
            "SELECT p.paid_at / $2, p.currency, CAST(SUM(p.total_minor) AS BIGINT), COUNT(*) FROM purchase p
             WHERE p.paid_at >= $1 AND ($3 OR ",
            gateway!(),
            " <> 'sandbox') GROUP BY 1, 2 ORDER BY 1, 2"
        ),
        Micros::from(from),
        QUARTER,
        tests.count(),
    )?;
    found
        .into_iter()
        .map(|(quarter, code, paid, orders)| {
            Ok(Flow {
                at: Micros(quarter * QUARTER).into(),
                currency: currency(&code)?,
                paid,
                orders,
                refunded: 0,
            })
        })
        .collect()
}

/// What went back since `from`, refund by refund: how much it was stands in the event.
pub async fn refunded(tx: &mut Tx, from: Timestamp, tests: Tests) -> Result<Vec<Flow>> {
    let found = rows!(
        tx,
        fetch_all as (Micros, String, String),
        concat!(
            "SELECT e.at, p.currency, e.event FROM purchase_event e JOIN purchase p ON p.id = e.purchase_id
             WHERE e.at >= $1 AND e.state IN ('partly-refunded', 'refunded')
             AND e.event LIKE '{\"kind\":\"refunded\"%' AND ($2 OR ",
            gateway!(),
            " <> 'sandbox') ORDER BY e.at"
        ),
        Micros::from(from),
        tests.count(),
    )?;
    let mut flows = Vec::new();
    for (at, code, event) in found {
        if let Event::Refunded { amount, .. } =
            serde_json::from_str(&event).map_err(Error::internal)?
        {
            flows.push(Flow {
                at: at.into(),
                currency: currency(&code)?,
                paid: 0,
                orders: 0,
                refunded: amount,
            });
        }
    }
    Ok(flows)
}
