//! SQL for the course agreement.

use domain::{
    Timestamp,
    checkout::{agreement::Draft, refund::RefundRule},
    ids::UserId,
};
use sqlx::FromRow;

use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows, scalar},
};

#[derive(Debug, FromRow)]
pub struct VersionRow {
    version: i64,
    texts: String,
    refund_days: i64,
    refund_max_progress: i64,
    created_at: Micros,
}

impl VersionRow {
    /// Fails closed: a rule that is out of its bounds is a defect, and nobody is charged by it.
    pub fn parse(self) -> Result<(u32, Draft, Timestamp)> {
        let invalid = || Error::internal(format!("agreement {} is damaged", self.version));
        let draft = Draft {
            texts: serde_json::from_str(&self.texts).map_err(Error::internal)?,
            refund: RefundRule {
                days: u32::try_from(self.refund_days).map_err(|_| invalid())?,
                max_progress: u8::try_from(self.refund_max_progress).map_err(|_| invalid())?,
            },
        };
        let version = u32::try_from(self.version).map_err(|_| invalid())?;
        Ok((version, draft, self.created_at.into()))
    }
}

pub async fn version(tx: &mut Tx, version: u32) -> Result<Option<VersionRow>> {
    rows!(
        tx,
        fetch_optional as VersionRow,
        "SELECT version, texts, refund_days, refund_max_progress, created_at FROM agreement WHERE version = $1",
        i64::from(version),
    )
}

pub async fn latest(tx: &mut Tx) -> Result<Option<VersionRow>> {
    rows!(
        tx,
        fetch_optional as VersionRow,
        "SELECT version, texts, refund_days, refund_max_progress, created_at FROM agreement
         ORDER BY version DESC LIMIT 1",
    )
}

/// Without texts, which are long.
pub async fn latest_rule(tx: &mut Tx) -> Result<Option<(i64, i64, i64)>> {
    rows!(
        tx,
        fetch_optional as (i64, i64, i64),
        "SELECT version, refund_days, refund_max_progress FROM agreement ORDER BY version DESC LIMIT 1",
    )
}

pub async fn all(tx: &mut Tx) -> Result<Vec<VersionRow>> {
    rows!(
        tx,
        fetch_all as VersionRow,
        "SELECT version, texts, refund_days, refund_max_progress, created_at FROM agreement ORDER BY version",
    )
}

/// How many orders were placed under a version.
pub async fn orders(tx: &mut Tx, version: u32) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT COUNT(*) FROM purchase WHERE agreement_version = $1",
        i64::from(version),
    )
}

/// `false`: somebody else has written this version.
pub async fn insert(
    tx: &mut Tx,
    version: u32,
    draft: &Draft,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<bool> {
    let texts = serde_json::to_string(&draft.texts).map_err(Error::internal)?;
    let added = execute!(
        tx,
        "INSERT INTO agreement (version, texts, refund_days, refund_max_progress, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (version) DO NOTHING",
        i64::from(version),
        texts,
        i64::from(draft.refund.days),
        i64::from(draft.refund.max_progress),
        by.map(|user| user.0),
        Micros::from(now),
    )?;
    Ok(added == 1)
}
