//! SQL for access that orders grant.

use domain::{
    Timestamp,
    ids::{CourseId, OrderId, UserId},
};
use uuid::Uuid;

use crate::{
    Result, Tx,
    db::{Micros, execute, rows, scalar},
};

pub async fn grant(
    tx: &mut Tx,
    order: OrderId,
    course: CourseId,
    user: Option<UserId>,
    email_key: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO entitlement (purchase_id, course_id, user_id, email_key, granted_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (purchase_id, course_id) DO NOTHING",
        order.0,
        course.0,
        user.map(|user| user.0),
        email_key,
        Micros::from(now),
    )?;
    Ok(())
}

/// Enrols in the version that the course shows. An enrolment that had ended is opened again as it was.
pub async fn enrol(tx: &mut Tx, user: UserId, course: CourseId, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO enrolment (user_id, course_id, version_id, enrolled_at, last_seen_at)
         SELECT $1, id, version_id, $3, $3 FROM course WHERE id = $2 AND version_id IS NOT NULL
         ON CONFLICT (user_id, course_id) DO UPDATE SET ended_at = NULL WHERE enrolment.ended_at IS NOT NULL",
        user.0,
        course.0,
        Micros::from(now),
    )?;
    Ok(())
}

/// The account with this address, if its owner has proved it.
pub async fn confirmed_account(tx: &mut Tx, email_key: &str) -> Result<Option<UserId>> {
    let user: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT id FROM user_account WHERE email_key = $1 AND email_confirmed_at IS NOT NULL",
        email_key,
    )?;
    Ok(user.map(UserId))
}

pub async fn is_enrolled(tx: &mut Tx, user: UserId, course: CourseId) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM enrolment WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL)",
        user.0,
        course.0,
    )
}

/// Whether the course waits for an account with this address.
pub async fn is_waiting(tx: &mut Tx, email_key: &str, course: CourseId) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM entitlement
             WHERE email_key = $1 AND course_id = $2 AND user_id IS NULL AND ended_at IS NULL)",
        email_key,
        course.0,
    )
}

/// Ends what an order granted: the courses, and whose they were.
pub async fn end(
    tx: &mut Tx,
    order: OrderId,
    now: Timestamp,
) -> Result<Vec<(CourseId, Option<UserId>)>> {
    let ended = rows!(
        tx,
        fetch_all as (Uuid, Option<Uuid>),
        "UPDATE entitlement SET ended_at = $2 WHERE purchase_id = $1 AND ended_at IS NULL
         RETURNING course_id, user_id",
        order.0,
        Micros::from(now),
    )?;
    Ok(ended
        .into_iter()
        .map(|(course, user)| (CourseId(course), user.map(UserId)))
        .collect())
}

/// Unless another order keeps it open.
pub async fn end_enrolment(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE enrolment SET ended_at = $3
         WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM entitlement WHERE user_id = $1 AND course_id = $2 AND ended_at IS NULL)",
        user.0,
        course.0,
        Micros::from(now),
    )?;
    Ok(())
}

/// Gives the courses that became the account's just now. Orders that were never paid do not: anybody may have typed
/// the address.
pub async fn claim(tx: &mut Tx, user: UserId, email_key: &str) -> Result<Vec<CourseId>> {
    execute!(
        tx,
        "UPDATE purchase SET user_id = $1 WHERE email_key = $2 AND user_id IS NULL AND paid_at IS NOT NULL",
        user.0,
        email_key,
    )?;
    let courses = scalar!(
        tx,
        fetch_all,
        "UPDATE entitlement SET user_id = $1 WHERE email_key = $2 AND user_id IS NULL AND ended_at IS NULL
         RETURNING course_id",
        user.0,
        email_key,
    )?;
    Ok(courses.into_iter().map(CourseId).collect())
}

/// Accounts whose confirmed address something waits for.
pub async fn waiting_for_known(tx: &mut Tx, limit: i64) -> Result<Vec<(UserId, String)>> {
    let found = rows!(
        tx,
        fetch_all as (Uuid, String),
        "SELECT DISTINCT u.id, e.email_key FROM entitlement e JOIN user_account u ON u.email_key = e.email_key
         WHERE e.user_id IS NULL AND e.ended_at IS NULL AND u.email_confirmed_at IS NOT NULL
         LIMIT $1",
        limit,
    )?;
    Ok(found
        .into_iter()
        .map(|(user, email_key)| (UserId(user), email_key))
        .collect())
}
