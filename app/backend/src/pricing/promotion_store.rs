//! SQL for promotions and their versions.

use domain::{
    Timestamp,
    checkout::{history::Ran, promotion::Promotion},
    ids::{PromotionId, UserId},
};
use sqlx::FromRow;

use super::promotions::{ListedPromotion, PromotionVersion};
use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows},
};

pub async fn insert(tx: &mut Tx, promotion: &Promotion, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO promotion (id, version, starts_at, ends_at, created_at) VALUES ($1, $2, $3, $4, $5)",
        promotion.id.0,
        i64::from(promotion.version),
        promotion.window.starts.map(Micros::from),
        promotion.window.ends.map(Micros::from),
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn insert_version(
    tx: &mut Tx,
    promotion: &Promotion,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO promotion_version (promotion_id, version, terms, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        promotion.id.0,
        i64::from(promotion.version),
        serde_json::to_string(promotion).map_err(Error::internal)?,
        by.map(|user| user.0),
        Micros::from(now),
    )?;
    Ok(())
}

/// Whether `from` was the current version.
pub async fn change(tx: &mut Tx, promotion: &Promotion, from: u32) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE promotion SET version = $3, starts_at = $4, ends_at = $5 WHERE id = $1 AND version = $2",
        promotion.id.0,
        i64::from(from),
        i64::from(promotion.version),
        promotion.window.starts.map(Micros::from),
        promotion.window.ends.map(Micros::from),
    )?;
    Ok(changed > 0)
}

pub async fn stop(tx: &mut Tx, id: PromotionId, now: Timestamp) -> Result<u64> {
    execute!(
        tx,
        "UPDATE promotion SET stopped_at = COALESCE(stopped_at, $2) WHERE id = $1",
        id.0,
        Micros::from(now),
    )
}

fn read(terms: &str) -> Result<Promotion> {
    serde_json::from_str(terms).map_err(Error::internal)
}

/// One promotion, or all of them, the newest first.
pub async fn listed(tx: &mut Tx, only: Option<PromotionId>) -> Result<Vec<ListedPromotion>> {
    let rows = rows!(
        tx,
        fetch_all as (String, Micros, Option<Micros>),
        "SELECT v.terms, p.created_at, p.stopped_at FROM promotion p
         JOIN promotion_version v ON v.promotion_id = p.id AND v.version = p.version
         WHERE $1 OR p.id = $2 ORDER BY p.created_at DESC, p.id DESC",
        only.is_none(),
        only.map(|id| id.0),
    )?;
    rows.into_iter()
        .map(|(terms, created_at, stopped_at)| {
            Ok(ListedPromotion {
                promotion: read(&terms)?,
                created_at: created_at.into(),
                stopped_at: stopped_at.map(Into::into),
            })
        })
        .collect()
}

/// The newest first.
pub async fn versions(tx: &mut Tx, id: PromotionId) -> Result<Vec<PromotionVersion>> {
    let rows = rows!(
        tx,
        fetch_all as (String, Micros, Option<String>),
        "SELECT v.terms, v.created_at, u.name FROM promotion_version v
         LEFT JOIN user_account u ON u.id = v.created_by WHERE v.promotion_id = $1 ORDER BY v.version DESC",
        id.0,
    )?;
    rows.into_iter()
        .map(|(terms, at, by)| {
            Ok(PromotionVersion {
                promotion: read(&terms)?,
                at: at.into(),
                by,
            })
        })
        .collect()
}

/// Promotions that are in force at `now`, or begin before `soon`.
pub async fn until(tx: &mut Tx, now: Timestamp, soon: Timestamp) -> Result<Vec<Promotion>> {
    let terms = rows!(
        tx,
        fetch_all as (String,),
        "SELECT v.terms FROM promotion p
         JOIN promotion_version v ON v.promotion_id = p.id AND v.version = p.version
         WHERE p.stopped_at IS NULL AND (p.ends_at IS NULL OR p.ends_at > $1)
             AND (p.starts_at IS NULL OR p.starts_at <= $2)
         ORDER BY p.id",
        Micros::from(now),
        Micros::from(soon),
    )?;
    terms.iter().map(|(terms,)| read(terms)).collect()
}

#[derive(Debug, FromRow)]
struct RanRow {
    terms: String,
    created_at: Micros,
    stopped_at: Option<Micros>,
    /// When the next version took its place.
    replaced_at: Option<Micros>,
}

/// Every version of a promotion that may have been in force after `since`.
pub async fn ran(tx: &mut Tx, since: Timestamp, now: Timestamp) -> Result<Vec<Ran>> {
    let rows = rows!(
        tx,
        fetch_all as RanRow,
        "SELECT v.terms, v.created_at, p.stopped_at,
             (SELECT n.created_at FROM promotion_version n
              WHERE n.promotion_id = v.promotion_id AND n.version = v.version + 1) AS replaced_at
         FROM promotion p JOIN promotion_version v ON v.promotion_id = p.id
         WHERE p.created_at <= $2 AND (p.stopped_at IS NULL OR p.stopped_at > $1)
         ORDER BY v.promotion_id, v.version",
        Micros::from(since),
        Micros::from(now),
    )?;
    let mut ran = Vec::with_capacity(rows.len());
    for row in rows {
        let until = [row.stopped_at, row.replaced_at]
            .into_iter()
            .flatten()
            .min();
        let promotion = read(&row.terms)?;
        if promotion.window.ends.is_none_or(|ends| ends > since) {
            ran.push(Ran {
                promotion,
                from: row.created_at.into(),
                until: until.map(Into::into),
            });
        }
    }
    Ok(ran)
}
