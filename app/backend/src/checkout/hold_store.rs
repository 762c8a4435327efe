//! SQL for what orders reserve. Every count changes by an update that carries its own condition, so the last one is
//! given once however many ask for it.

use domain::{
    Timestamp,
    checkout::coupon::Terms,
    ids::{CouponId, CourseId, OrderId},
};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// By how much the counts of a coupon or of a course's places change.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    pub held: i64,
    /// Redeemed, or taken.
    pub used: i64,
}

/// A coupon, the code by which it was asked for, and the buyer.
#[derive(Clone, Copy, Debug)]
pub struct CouponHold<'a> {
    pub coupon: CouponId,
    pub code_key: &'a str,
    pub email_key: &'a str,
}

/// Keeps the coupon's counts as they are until the transaction ends.
pub async fn lock_coupon(tx: &mut Tx, coupon: CouponId) -> Result<()> {
    execute!(tx, "UPDATE coupon SET held = held WHERE id = $1", coupon.0)?;
    Ok(())
}

pub async fn lock_seats(tx: &mut Tx, course: CourseId) -> Result<()> {
    execute!(
        tx,
        "UPDATE course_seats SET held = held WHERE course_id = $1",
        course.0
    )?;
    Ok(())
}

/// The coupon that a code is of.
pub async fn coupon_of_code(tx: &mut Tx, code_key: &str) -> Result<Option<CouponId>> {
    let coupon: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT coupon_id FROM coupon_code WHERE code_key = $1",
        code_key,
    )?;
    Ok(coupon.map(CouponId))
}

/// Takes one if everybody's limit, the code's and the buyer's allow: all three, or the transaction is given up.
pub async fn take_coupon(tx: &mut Tx, hold: CouponHold<'_>, change: Change) -> Result<bool> {
    let by_all = execute!(
        tx,
        "UPDATE coupon SET held = held + $2, redeemed = redeemed + $3
         WHERE id = $1 AND (limit_total IS NULL OR held + redeemed < limit_total)",
        hold.coupon.0,
        change.held,
        change.used,
    )?;
    if by_all == 0 {
        return Ok(false);
    }
    let by_code = execute!(
        tx,
        "UPDATE coupon_code SET held = held + $2, redeemed = redeemed + $3
         WHERE code_key = $1 AND coupon_id = $4 AND (limit_total IS NULL OR held + redeemed < limit_total)",
        hold.code_key,
        change.held,
        change.used,
        hold.coupon.0,
    )?;
    if by_code == 0 {
        return Ok(false);
    }
    let by_buyer = execute!(
        tx,
        "INSERT INTO coupon_buyer (coupon_id, email_key, held, redeemed)
         SELECT id, $2, $3, $4 FROM coupon WHERE id = $1 AND (limit_learner IS NULL OR limit_learner > 0)
         ON CONFLICT (coupon_id, email_key) DO UPDATE
             SET held = coupon_buyer.held + excluded.held, redeemed = coupon_buyer.redeemed + excluded.redeemed
             WHERE coupon_buyer.held + coupon_buyer.redeemed
                 < COALESCE((SELECT limit_learner FROM coupon WHERE id = $1), 9223372036854775807)",
        hold.coupon.0,
        hold.email_key,
        change.held,
        change.used,
    )?;
    Ok(by_buyer > 0)
}

/// Changes counts of something that is held or used already: no limit is asked.
pub async fn move_coupon(tx: &mut Tx, hold: CouponHold<'_>, change: Change) -> Result<()> {
    execute!(
        tx,
        "UPDATE coupon SET held = held + $2, redeemed = redeemed + $3 WHERE id = $1",
        hold.coupon.0,
        change.held,
        change.used,
    )?;
    execute!(
        tx,
        "UPDATE coupon_code SET held = held + $2, redeemed = redeemed + $3 WHERE code_key = $1",
        hold.code_key,
        change.held,
        change.used,
    )?;
    execute!(
        tx,
        "UPDATE coupon_buyer SET held = held + $3, redeemed = redeemed + $4 WHERE coupon_id = $1 AND email_key = $2",
        hold.coupon.0,
        hold.email_key,
        change.held,
        change.used,
    )?;
    Ok(())
}

/// Whether a place is left; courses without a number of places have none to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    Unlimited,
    Taken,
    None,
}

pub async fn take_seat(tx: &mut Tx, course: CourseId, change: Change) -> Result<Seat> {
    let taken = execute!(
        tx,
        "UPDATE course_seats SET held = held + $2, taken = taken + $3
         WHERE course_id = $1 AND held + taken < seats",
        course.0,
        change.held,
        change.used,
    )?;
    if taken > 0 {
        return Ok(Seat::Taken);
    }
    let limited: bool = scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM course_seats WHERE course_id = $1)",
        course.0,
    )?;
    Ok(if limited { Seat::None } else { Seat::Unlimited })
}

pub async fn move_seat(tx: &mut Tx, course: CourseId, change: Change) -> Result<()> {
    execute!(
        tx,
        "UPDATE course_seats SET held = held + $2, taken = taken + $3 WHERE course_id = $1",
        course.0,
        change.held,
        change.used,
    )?;
    Ok(())
}

/// Notes the places of who came while there was any number of them: orders did not reserve any then.
pub async fn note_seats(tx: &mut Tx, course: CourseId) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO hold (purchase_id, kind, subject, state, until)
         SELECT e.purchase_id, 'seat', e.course_id, 'committed', p.held_until
         FROM entitlement e JOIN purchase p ON p.id = e.purchase_id
         WHERE e.course_id = $1 AND e.ended_at IS NULL
         ON CONFLICT (purchase_id, kind, subject) DO UPDATE SET state = excluded.state",
        course.0,
    )?;
    execute!(
        tx,
        "INSERT INTO hold (purchase_id, kind, subject, state, until)
         SELECT p.id, 'seat', o.course_id, 'held', p.held_until
         FROM open_purchase o JOIN purchase p ON p.id = o.purchase_id
         WHERE o.course_id = $1
         ON CONFLICT (purchase_id, kind, subject) DO NOTHING",
        course.0,
    )?;
    Ok(())
}

/// `None`: any number again. Below what is held and taken nobody loses a place, and nobody gets one.
pub async fn set_seats(tx: &mut Tx, course: CourseId, seats: Option<i64>) -> Result<()> {
    match seats {
        Some(seats) => execute!(
            tx,
            "INSERT INTO course_seats (course_id, seats, held, taken)
             VALUES ($1, $2,
                 (SELECT COUNT(*) FROM hold WHERE kind = 'seat' AND subject = $1 AND state = 'held'),
                 (SELECT COUNT(*) FROM hold WHERE kind = 'seat' AND subject = $1 AND state = 'committed'))
             ON CONFLICT (course_id) DO UPDATE SET seats = excluded.seats",
            course.0,
            seats,
        )?,
        None => execute!(
            tx,
            "DELETE FROM course_seats WHERE course_id = $1",
            course.0
        )?,
    };
    Ok(())
}

/// What an order reserved. `kind`: coupon or seat; `state`: held, committed, released.
#[derive(Debug, FromRow)]
pub struct HoldRow {
    pub kind: String,
    pub subject: Uuid,
    pub state: String,
}

pub async fn holds(tx: &mut Tx, order: OrderId) -> Result<Vec<HoldRow>> {
    rows!(
        tx,
        fetch_all as HoldRow,
        "SELECT kind, subject, state FROM hold WHERE purchase_id = $1 ORDER BY kind, subject",
        order.0,
    )
}

pub async fn set_hold(
    tx: &mut Tx,
    order: OrderId,
    kind: &str,
    subject: Uuid,
    state: &str,
    until: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO hold (purchase_id, kind, subject, state, until) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (purchase_id, kind, subject) DO UPDATE SET state = excluded.state, until = excluded.until",
        order.0,
        kind,
        subject,
        state,
        Micros::from(until),
    )?;
    Ok(())
}

pub async fn set_hold_state(
    tx: &mut Tx,
    order: OrderId,
    hold: &HoldRow,
    state: &str,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE hold SET state = $4 WHERE purchase_id = $1 AND kind = $2 AND subject = $3",
        order.0,
        hold.kind.as_str(),
        hold.subject,
        state,
    )?;
    Ok(())
}

/// Whether [`take_coupon`] would succeed.
pub async fn has_coupon(tx: &mut Tx, hold: CouponHold<'_>) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (
             SELECT 1 FROM coupon c JOIN coupon_code k ON k.coupon_id = c.id AND k.code_key = $2
             LEFT JOIN coupon_buyer b ON b.coupon_id = c.id AND b.email_key = $3
             WHERE c.id = $1
                 AND (c.limit_total IS NULL OR c.held + c.redeemed < c.limit_total)
                 AND (k.limit_total IS NULL OR k.held + k.redeemed < k.limit_total)
                 AND (c.limit_learner IS NULL OR COALESCE(b.held + b.redeemed, 0) < c.limit_learner))",
        hold.coupon.0,
        hold.code_key,
        hold.email_key,
    )
}

/// Whether [`take_seat`] would not be refused.
pub async fn has_seat(tx: &mut Tx, course: CourseId) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT NOT EXISTS (SELECT 1 FROM course_seats WHERE course_id = $1 AND held + taken >= seats)",
        course.0,
    )
}

/// What a coupon promised in one of its versions.
pub async fn terms(tx: &mut Tx, coupon: CouponId, version: i64) -> Result<Terms> {
    let terms: String = scalar!(
        tx,
        fetch_one,
        "SELECT terms FROM coupon_version WHERE coupon_id = $1 AND version = $2",
        coupon.0,
        version,
    )?;
    serde_json::from_str(&terms).map_err(Error::internal)
}

/// Whether anything is held longer than it may be. Asked under the lock of what is missing, which letting go of it
/// needs too, so the answer is right.
pub async fn any_overdue(tx: &mut Tx, now: Timestamp) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM hold WHERE state = 'held' AND until <= $1)",
        Micros::from(now),
    )
}
