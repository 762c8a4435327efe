//! SQL for what coupons brought.

use domain::{ids::CouponId, money::Money};
use uuid::Uuid;

use super::store::currency;
use crate::{Result, Tx, db::rows};

/// What the orders of every coupon brought, less what went back.
pub async fn revenue(tx: &mut Tx) -> Result<Vec<(CouponId, Money)>> {
    let found = rows!(
        tx,
        fetch_all as (Uuid, String, i64),
        "SELECT coupon_id, currency, CAST(SUM(total_minor - refunded_minor) AS BIGINT) FROM purchase
         WHERE coupon_id IS NOT NULL AND paid_at IS NOT NULL GROUP BY coupon_id, currency ORDER BY 1, 2",
    )?;
    found
        .into_iter()
        .map(|(id, code, minor)| {
            let currency = currency(&code)?;
            Ok((CouponId(id), Money { minor, currency }))
        })
        .collect()
}

pub async fn revenue_of(tx: &mut Tx, coupon: CouponId) -> Result<Vec<Money>> {
    let found = rows!(
        tx,
        fetch_all as (String, i64),
        "SELECT currency, CAST(SUM(total_minor - refunded_minor) AS BIGINT) FROM purchase
         WHERE coupon_id = $1 AND paid_at IS NOT NULL GROUP BY currency ORDER BY 1",
        coupon.0,
    )?;
    found
        .into_iter()
        .map(|(code, minor)| {
            let currency = currency(&code)?;
            Ok(Money { minor, currency })
        })
        .collect()
}
