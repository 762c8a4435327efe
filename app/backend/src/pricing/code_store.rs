//! SQL for codes that work once.

use std::sync::LazyLock;

use domain::{
    Timestamp,
    checkout::{code::CodeKey, coupon::Terms, offer::Gift},
    ids::{CouponId, CourseId, Slug, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::codes::{Batch, Code};
use crate::{
    Error, Result, Tx,
    db::{ManyRows, Micros, execute, execute_many, rows, scalar},
};

/// The batch of codes that were given to learners. No name of a batch that somebody typed has spaces at its ends.
pub const GIFTS: &str = " given ";

/// Keeps other batches out until the transaction ends. Whether there is such a coupon.
pub async fn lock(tx: &mut Tx, coupon: CouponId) -> Result<bool> {
    let touched = execute!(
        tx,
        "UPDATE coupon SET version = version WHERE id = $1",
        coupon.0
    )?;
    Ok(touched > 0)
}

pub async fn has_batch(tx: &mut Tx, coupon: CouponId, name: &str) -> Result<bool> {
    scalar!(
        tx,
        fetch_one,
        "SELECT EXISTS (SELECT 1 FROM coupon_code WHERE coupon_id = $1 AND batch = $2)",
        coupon.0,
        name,
    )
}

static INSERT_CODES: LazyLock<ManyRows> = LazyLock::new(|| {
    let head = "INSERT INTO coupon_code (code_key, code, coupon_id, batch, limit_total, held, redeemed, created_at)";
    ManyRows::new(head, 8, "")
});

/// Fails as a whole in the case, which nobody will see, that a code is there already.
pub async fn insert_codes(
    tx: &mut Tx,
    coupon: CouponId,
    batch: &str,
    codes: &[Code],
    now: Timestamp,
) -> Result<()> {
    execute_many!(
        tx,
        INSERT_CODES,
        codes,
        |code| code.key.as_str(),
        code.text.as_str(),
        coupon.0,
        batch,
        1_i64,
        0_i64,
        0_i64,
        Micros::from(now)
    );
    Ok(())
}

#[derive(Debug, FromRow)]
struct BatchRow {
    batch: String,
    codes: i64,
    held: i64,
    redeemed: i64,
    created_at: Micros,
}

pub async fn batches(tx: &mut Tx, coupon: CouponId) -> Result<Vec<Batch>> {
    let rows = rows!(
        tx,
        fetch_all as BatchRow,
        "SELECT batch, COUNT(*) AS codes, CAST(SUM(held) AS BIGINT) AS held,
             CAST(SUM(redeemed) AS BIGINT) AS redeemed, MIN(created_at) AS created_at
         FROM coupon_code WHERE coupon_id = $1 AND batch IS NOT NULL AND batch <> $2
         GROUP BY batch ORDER BY MIN(created_at) DESC, batch",
        coupon.0,
        GIFTS,
    )?;
    let batch = |row: BatchRow| Batch {
        name: row.batch,
        codes: row.codes,
        held: row.held,
        redeemed: row.redeemed,
        created_at: row.created_at.into(),
    };
    Ok(rows.into_iter().map(batch).collect())
}

#[derive(Debug, FromRow)]
pub struct PageRow {
    pub code_key: String,
    code: String,
    held: i64,
    redeemed: i64,
}

impl PageRow {
    /// Codes consist of letters, digits and dashes: nothing in them needs quotes.
    pub fn line(&self) -> String {
        let state = match (self.redeemed, self.held) {
            (0, 0) => "free",
            (0, _) => "held",
            _ => "redeemed",
        };
        format!("{},{state}\r\n", self.code)
    }
}

/// The next codes of a batch in the order of their keys.
pub async fn page(
    tx: &mut Tx,
    coupon: CouponId,
    batch: &str,
    after: &str,
    count: i64,
) -> Result<Vec<PageRow>> {
    rows!(
        tx,
        fetch_all as PageRow,
        "SELECT code_key, code, held, redeemed FROM coupon_code
         WHERE coupon_id = $1 AND batch = $2 AND code_key > $3 ORDER BY code_key LIMIT $4",
        coupon.0,
        batch,
        after,
        count,
    )
}

/// Terms of a coupon that is not stopped, and how many were given a code for it.
pub async fn to_give(tx: &mut Tx, coupon: CouponId) -> Result<Option<(Terms, i64)>> {
    let found = rows!(
        tx,
        fetch_optional as (String, i64),
        "SELECT v.terms, (SELECT COUNT(*) FROM coupon_gift g WHERE g.coupon_id = c.id)
         FROM coupon c JOIN coupon_version v ON v.coupon_id = c.id AND v.version = c.version
         WHERE c.id = $1 AND c.stopped_at IS NULL",
        coupon.0,
    )?;
    found
        .map(|(terms, given)| {
            Ok((
                serde_json::from_str(&terms).map_err(Error::internal)?,
                given,
            ))
        })
        .transpose()
}

/// Whether it is the first for this reason.
pub async fn insert_gift(
    tx: &mut Tx,
    user: UserId,
    coupon: CouponId,
    reason: &str,
    key: &CodeKey,
    now: Timestamp,
) -> Result<bool> {
    let inserted = execute!(
        tx,
        "INSERT INTO coupon_gift (user_id, coupon_id, reason, code_key, given_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (user_id, coupon_id, reason) DO NOTHING",
        user.0,
        coupon.0,
        reason,
        key.as_str(),
        Micros::from(now),
    )?;
    Ok(inserted > 0)
}

pub async fn gift(
    tx: &mut Tx,
    user: UserId,
    coupon: CouponId,
    reason: &str,
) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT k.code FROM coupon_gift g JOIN coupon_code k ON k.code_key = g.code_key
         WHERE g.user_id = $1 AND g.coupon_id = $2 AND g.reason = $3",
        user.0,
        coupon.0,
        reason,
    )
}

#[derive(Debug, FromRow)]
struct GiftRow {
    code: String,
    coupon_id: Uuid,
    terms: String,
    given_at: Micros,
}

/// Those whose code is not redeemed, of coupons that are not stopped or used up.
pub async fn gifts(tx: &mut Tx, user: UserId) -> Result<Vec<Gift>> {
    let rows = rows!(
        tx,
        fetch_all as GiftRow,
        "SELECT k.code, c.id AS coupon_id, v.terms, g.given_at
         FROM coupon_gift g JOIN coupon_code k ON k.code_key = g.code_key AND k.redeemed = 0
         JOIN coupon c ON c.id = g.coupon_id AND c.stopped_at IS NULL
             AND (c.limit_total IS NULL OR c.redeemed < c.limit_total)
         JOIN coupon_version v ON v.coupon_id = c.id AND v.version = c.version
         WHERE g.user_id = $1 ORDER BY g.given_at DESC, k.code LIMIT 50",
        user.0,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Gift {
                code: row.code,
                coupon: CouponId(row.coupon_id),
                terms: serde_json::from_str(&row.terms).map_err(Error::internal)?,
                given_at: row.given_at.into(),
            })
        })
        .collect()
}

/// Coupons that are given for this, with the slug of the course.
pub async fn tasks(
    tx: &mut Tx,
    course: CourseId,
    lesson: Option<&Slug>,
) -> Result<Vec<(CouponId, String)>> {
    let rows = rows!(
        tx,
        fetch_all as (Uuid, String),
        "SELECT t.coupon_id, c.slug FROM coupon_task t JOIN course c ON c.id = t.course_id
         WHERE t.course_id = $1 AND (t.lesson_slug = $2 OR ($3 AND t.lesson_slug IS NULL)) ORDER BY t.coupon_id",
        course.0,
        lesson.map(Slug::as_str),
        lesson.is_none(),
    )?;
    Ok(rows
        .into_iter()
        .map(|(id, slug)| (CouponId(id), slug))
        .collect())
}
