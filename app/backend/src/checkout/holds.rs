//! What an order reserves: one use of its coupon, and a place in courses that have only so many.
//!
//! Locks are always taken in the same order, so that nothing deadlocks: orders (by id), coupons (by id), then their
//! codes and buyers, which nobody touches without the coupon's lock, then places (by course), and last of all, where
//! money is taken in, the buyer (`Tx::alone`: address, then account).

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    checkout::{Moment, coupon::Terms},
    ids::{CouponId, CourseId},
};

use super::{
    hold_store::{self as store, Change, CouponHold, HoldRow, Seat},
    store::OrderRow,
};
use crate::{Error, Result, Tx};

const HELD: &str = "held";
const COMMITTED: &str = "committed";
const RELEASED: &str = "released";
const COUPON: &str = "coupon";
const SEAT: &str = "seat";

/// Why something could not be reserved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    Coupon,
    Seat,
}

/// Locks everything that a transaction will count, at once and before it counts anything.
pub async fn lock(
    tx: &mut Tx,
    coupons: &BTreeSet<CouponId>,
    courses: &BTreeSet<CourseId>,
) -> Result<()> {
    for coupon in coupons {
        store::lock_coupon(tx, *coupon).await?;
    }
    for course in courses {
        store::lock_seats(tx, *course).await?;
    }
    Ok(())
}

fn coupon_of(order: &OrderRow) -> Option<CouponHold<'_>> {
    Some(CouponHold {
        coupon: order.coupon()?,
        code_key: order.code_key.as_deref()?,
        email_key: &order.email_key,
    })
}

/// Reserves the coupon and the places of a new order. When something is gone the transaction has to be given up.
pub async fn take(tx: &mut Tx, order: &OrderRow, courses: &[CourseId]) -> Result<Result<(), Gone>> {
    let change = Change { held: 1, used: 0 };
    take_as(tx, order, courses, change, HELD).await
}

/// Takes everything for good, if all of it is there: of an order that had let go of it and was paid nevertheless.
/// The locks have to be held, because it looks before it takes.
pub async fn take_late(
    tx: &mut Tx,
    order: &OrderRow,
    courses: &[CourseId],
) -> Result<Result<(), Gone>> {
    for course in courses {
        if !store::has_seat(tx, *course).await? {
            return Ok(Err(Gone::Seat));
        }
    }
    if let Some(coupon) = coupon_of(order)
        && !store::has_coupon(tx, coupon).await?
    {
        return Ok(Err(Gone::Coupon));
    }
    let change = Change { held: 0, used: 1 };
    match take_as(tx, order, courses, change, COMMITTED).await? {
        Ok(()) => Ok(Ok(())),
        Err(gone) => Err(Error::internal(format!("{gone:?} was there and is gone"))),
    }
}

async fn take_as(
    tx: &mut Tx,
    order: &OrderRow,
    courses: &[CourseId],
    change: Change,
    state: &str,
) -> Result<Result<(), Gone>> {
    let until = order.held_until();
    if let Some(coupon) = coupon_of(order) {
        if !store::take_coupon(tx, coupon, change).await? {
            return Ok(Err(Gone::Coupon));
        }
        store::set_hold(tx, order.id(), COUPON, coupon.coupon.0, state, until).await?;
    }
    let courses: BTreeSet<_> = courses.iter().collect();
    for course in courses {
        match store::take_seat(tx, *course, change).await? {
            Seat::Unlimited => {}
            Seat::Taken => {
                store::set_hold(tx, order.id(), SEAT, course.0, state, until).await?;
            }
            Seat::None => return Ok(Err(Gone::Seat)),
        }
    }
    Ok(Ok(()))
}

/// The order was paid: what it held is used.
pub async fn commit(tx: &mut Tx, order: &OrderRow) -> Result<()> {
    let change = Change { held: -1, used: 1 };
    move_all(tx, order, HELD, COMMITTED, change, |_| true).await
}

/// The order ended without being paid.
pub async fn release(tx: &mut Tx, order: &OrderRow) -> Result<()> {
    let change = Change { held: -1, used: 0 };
    move_all(tx, order, HELD, RELEASED, change, |_| true).await
}

/// Money went back. With all of it the coupon counts as not redeemed, unless nobody could use it any more; with the
/// access the place goes to somebody else.
pub async fn give_back(
    tx: &mut Tx,
    order: &OrderRow,
    all: bool,
    ends_access: bool,
    now: Timestamp,
) -> Result<()> {
    let coupon = all
        && match (order.coupon(), order.coupon_version) {
            (Some(coupon), Some(version)) => {
                let terms: Terms = store::terms(tx, coupon, version).await?;
                terms.window.place(now) != Moment::After
            }
            _ => false,
        };
    let change = Change { held: 0, used: -1 };
    let comes_back = |hold: &HoldRow| match hold.kind.as_str() {
        SEAT => ends_access,
        _ => coupon,
    };
    move_all(tx, order, COMMITTED, RELEASED, change, comes_back).await
}

async fn move_all(
    tx: &mut Tx,
    order: &OrderRow,
    from: &str,
    to: &str,
    change: Change,
    which: impl Fn(&HoldRow) -> bool,
) -> Result<()> {
    let holds = store::holds(tx, order.id()).await?;
    for hold in holds
        .iter()
        .filter(|hold| hold.state == from && which(hold))
    {
        match hold.kind.as_str() {
            COUPON => {
                let coupon =
                    coupon_of(order).ok_or_else(|| Error::internal("a hold without a coupon"))?;
                store::move_coupon(tx, coupon, change).await?;
            }
            SEAT => store::move_seat(tx, CourseId(hold.subject), change).await?,
            kind => return Err(Error::internal(format!("a hold of a {kind}"))),
        }
        store::set_hold_state(tx, order.id(), hold, to).await?;
    }
    Ok(())
}

/// What a locked order may have to count.
pub async fn lock_of(tx: &mut Tx, order: &OrderRow, courses: &[CourseId]) -> Result<()> {
    let coupons = order.coupon().into_iter().collect();
    let courses = courses.iter().copied().collect();
    lock(tx, &coupons, &courses).await
}
