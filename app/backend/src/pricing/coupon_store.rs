//! SQL for coupons and their versions.

use domain::{
    Timestamp,
    checkout::{
        code::CodeKey,
        coupon::{Task, Terms},
    },
    ids::{CouponId, Slug, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::coupons::{CouponVersion, ListedCoupon};
use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

pub async fn insert_coupon(
    tx: &mut Tx,
    id: CouponId,
    name: &str,
    terms: &Terms,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO coupon (id, name, version, limit_total, limit_learner, held, redeemed, created_at)
         VALUES ($1, $2, 1, $3, $4, 0, 0, $5)",
        id.0,
        name,
        terms.limit.map(i64::from),
        terms.per_learner.map(i64::from),
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn insert_version(
    tx: &mut Tx,
    id: CouponId,
    version: u32,
    terms: &Terms,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO coupon_version (coupon_id, version, terms, created_by, created_at) VALUES ($1, $2, $3, $4, $5)",
        id.0,
        i64::from(version),
        serde_json::to_string(terms).map_err(Error::internal)?,
        by.map(|user| user.0),
        Micros::from(now),
    )?;
    Ok(())
}

/// Whether the code was free.
pub async fn insert_public_code(
    tx: &mut Tx,
    id: CouponId,
    code: &str,
    key: &CodeKey,
    now: Timestamp,
) -> Result<bool> {
    let inserted = execute!(
        tx,
        "INSERT INTO coupon_code (code_key, code, coupon_id, held, redeemed, created_at)
         VALUES ($1, $2, $3, 0, 0, $4) ON CONFLICT (code_key) DO NOTHING",
        key.as_str(),
        code,
        id.0,
        Micros::from(now),
    )?;
    Ok(inserted > 0)
}

/// Whether there is such a course, and such a lesson in it.
pub async fn is_task(tx: &mut Tx, task: &Task) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM course c WHERE c.slug = $1
             AND ($2 IS NULL OR EXISTS (SELECT 1 FROM lesson l WHERE l.version_id = c.version_id AND l.slug = $2)))",
        task.course.as_str(),
        task.lesson.as_ref().map(Slug::as_str),
    )
}

pub async fn insert_task(tx: &mut Tx, id: CouponId, task: &Task) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO coupon_task (coupon_id, course_id, lesson_slug) SELECT $1, id, $3 FROM course WHERE slug = $2",
        id.0,
        task.course.as_str(),
        task.lesson.as_ref().map(Slug::as_str),
    )?;
    Ok(())
}

/// Whether `from` was the current version.
pub async fn change(
    tx: &mut Tx,
    id: CouponId,
    from: u32,
    name: &str,
    terms: &Terms,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE coupon SET version = version + 1, name = $3, limit_total = $4, limit_learner = $5
         WHERE id = $1 AND version = $2",
        id.0,
        i64::from(from),
        name,
        terms.limit.map(i64::from),
        terms.per_learner.map(i64::from),
    )?;
    Ok(changed > 0)
}

pub async fn stop(tx: &mut Tx, id: CouponId, now: Timestamp) -> Result<u64> {
    execute!(
        tx,
        "UPDATE coupon SET stopped_at = COALESCE(stopped_at, $2) WHERE id = $1",
        id.0,
        Micros::from(now),
    )
}

pub async fn coupon_of_key(tx: &mut Tx, key: &CodeKey) -> Result<Option<CouponId>> {
    let id: Option<Uuid> = scalar!(
        tx,
        fetch_optional,
        "SELECT coupon_id FROM coupon_code WHERE code_key = $1",
        key.as_str(),
    )?;
    Ok(id.map(CouponId))
}

#[derive(Debug, FromRow)]
struct ListedRow {
    id: Uuid,
    name: String,
    version: i64,
    terms: String,
    code: Option<String>,
    held: i64,
    redeemed: i64,
    given: i64,
    task_course: Option<String>,
    task_lesson: Option<String>,
    created_at: Micros,
    stopped_at: Option<Micros>,
}

impl ListedRow {
    fn read(self) -> Result<ListedCoupon> {
        let slug =
            |text: Option<String>| text.map(|text| Slug::parse(&text).map_err(Error::internal));
        let (course, lesson) = (
            slug(self.task_course).transpose()?,
            slug(self.task_lesson).transpose()?,
        );
        Ok(ListedCoupon {
            id: CouponId(self.id),
            name: self.name,
            version: u32::try_from(self.version).map_err(Error::internal)?,
            code: self.code,
            terms: serde_json::from_str(&self.terms).map_err(Error::internal)?,
            held: self.held,
            redeemed: self.redeemed,
            given: self.given,
            task: course.map(|course| Task { course, lesson }),
            created_at: self.created_at.into(),
            stopped_at: self.stopped_at.map(Into::into),
        })
    }
}

/// One coupon, or all of them, the newest first.
pub async fn listed(tx: &mut Tx, only: Option<CouponId>) -> Result<Vec<ListedCoupon>> {
    let rows = rows!(
        tx,
        fetch_all as ListedRow,
        "SELECT c.id, c.name, c.version, v.terms, c.held, c.redeemed, c.created_at, c.stopped_at,
             (SELECT MIN(k.code) FROM coupon_code k WHERE k.coupon_id = c.id AND k.batch IS NULL) AS code,
             (SELECT COUNT(*) FROM coupon_gift g WHERE g.coupon_id = c.id) AS given,
             s.slug AS task_course, t.lesson_slug AS task_lesson
         FROM coupon c JOIN coupon_version v ON v.coupon_id = c.id AND v.version = c.version
         LEFT JOIN coupon_task t ON t.coupon_id = c.id LEFT JOIN course s ON s.id = t.course_id
         WHERE $1 OR c.id = $2 ORDER BY c.created_at DESC, c.id DESC",
        only.is_none(),
        only.map(|id| id.0),
    )?;
    rows.into_iter().map(ListedRow::read).collect()
}

#[derive(Debug, FromRow)]
struct VersionRow {
    version: i64,
    terms: String,
    created_at: Micros,
    name: Option<String>,
}

/// The newest first.
pub async fn versions(tx: &mut Tx, id: CouponId) -> Result<Vec<CouponVersion>> {
    let rows = rows!(
        tx,
        fetch_all as VersionRow,
        "SELECT v.version, v.terms, v.created_at, u.name FROM coupon_version v
         LEFT JOIN user_account u ON u.id = v.created_by WHERE v.coupon_id = $1 ORDER BY v.version DESC",
        id.0,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(CouponVersion {
                version: u32::try_from(row.version).map_err(Error::internal)?,
                terms: serde_json::from_str(&row.terms).map_err(Error::internal)?,
                at: row.created_at.into(),
                by: row.name,
            })
        })
        .collect()
}
