//! SQL for what coupons brought.

use domain::{ids::CouponId, money::Money};
use uuid::Uuid;

use super::{
    Tests,
    store::{currency, gateway},
};
use crate::{Result, Tx, db::rows};

/// What the orders of every coupon brought, less what went back.
pub async fn revenue(tx: &mut Tx, tests: Tests) -> Result<Vec<(CouponId, Money)>> {
    let found = rows!(
        tx,
        fetch_all as (Uuid, String, i64),
        concat!(
            "SELECT p.coupon_id, p.currency, CAST(SUM(p.total_minor - p.refunded_minor) AS BIGINT) FROM purchase p
             WHERE p.coupon_id IS NOT NULL AND p.paid_at IS NOT NULL AND ($1 OR ",
            gateway!(),
            " <> 'sandbox') GROUP BY 1, 2 ORDER BY 1, 2"
        ),
        tests.count(),
    )?;
    found
        .into_iter()
        .map(|(id, code, minor)| {
            let currency = currency(&code)?;
            Ok((CouponId(id), Money { minor, currency }))
        })
        .collect()
}

pub async fn revenue_of(tx: &mut Tx, coupon: CouponId, tests: Tests) -> Result<Vec<Money>> {
    let found = rows!(
        tx,
        fetch_all as (String, i64),
        concat!(
            "SELECT p.currency, CAST(SUM(p.total_minor - p.refunded_minor) AS BIGINT) FROM purchase p
             WHERE p.coupon_id = $1 AND p.paid_at IS NOT NULL AND ($2 OR ",
            gateway!(),
            " <> 'sandbox') GROUP BY 1 ORDER BY 1"
        ),
        coupon.0,
        tests.count(),
    )?;
    found
        .into_iter()
        .map(|(code, minor)| {
            let currency = currency(&code)?;
            Ok(Money { minor, currency })
        })
        .collect()
}
