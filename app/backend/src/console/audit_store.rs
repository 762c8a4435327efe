//! SQL for what staff did.

use std::collections::BTreeMap;

use domain::{Timestamp, console::Audited};
use sqlx::FromRow;
use uuid::Uuid;

use super::{Deed, audit::FORM};
use crate::{
    Error, Result, Tx,
    db::{Micros, execute, rows},
};

/// `false`: a form with this key was sent before.
pub async fn begin(
    tx: &mut Tx,
    id: Uuid,
    deed: &Deed,
    form_key: Uuid,
    now: Timestamp,
) -> Result<bool> {
    let details = serde_json::to_string(&deed.details).map_err(Error::internal)?;
    let added = execute!(
        tx,
        "INSERT INTO audit (id, at, actor, action, kind, subject, details, form_key, done)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE)
         ON CONFLICT (form_key) DO NOTHING",
        id,
        Micros::from(now),
        deed.actor.0,
        deed.action,
        deed.kind,
        deed.subject.as_str(),
        details,
        form_key,
    )?;
    Ok(added == 1)
}

/// What came of a form.
#[derive(Debug)]
pub struct Done {
    pub actor: Option<Uuid>,
    pub action: String,
    pub subject: String,
    pub details: Details,
    pub done: bool,
}

type Details = BTreeMap<String, String>;

fn read(details: &str) -> Result<Details> {
    serde_json::from_str(details).map_err(Error::internal)
}

pub async fn by_form(tx: &mut Tx, form_key: Uuid) -> Result<Option<Done>> {
    let found = rows!(
        tx,
        fetch_optional as (Option<Uuid>, String, String, String, bool),
        "SELECT actor, action, subject, details, done FROM audit WHERE form_key = $1",
        form_key,
    )?;
    found
        .map(|(actor, action, subject, details, done)| {
            Ok(Done {
                actor,
                action,
                subject,
                details: read(&details)?,
                done,
            })
        })
        .transpose()
}

pub async fn finish(tx: &mut Tx, id: Uuid, subject: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE audit SET subject = $1, done = TRUE WHERE id = $2",
        subject,
        id,
    )?;
    Ok(())
}

pub async fn forget(tx: &mut Tx, id: Uuid) -> Result<()> {
    execute!(tx, "DELETE FROM audit WHERE id = $1 AND NOT done", id)?;
    Ok(())
}

#[derive(Debug, FromRow)]
struct AuditRow {
    at: Micros,
    name: Option<String>,
    action: String,
    details: String,
}

pub async fn of(tx: &mut Tx, kind: &str, subject: &str) -> Result<Vec<Audited>> {
    let found = rows!(
        tx,
        fetch_all as AuditRow,
        "SELECT a.at, u.name, a.action, a.details FROM audit a LEFT JOIN user_account u ON u.id = a.actor
         WHERE a.kind = $1 AND a.subject = $2 AND a.done ORDER BY a.at DESC, a.id DESC LIMIT 100",
        kind,
        subject,
    )?;
    found
        .into_iter()
        .map(|row| {
            let mut details = read(&row.details)?;
            details.remove(FORM);
            Ok(Audited {
                at: row.at.into(),
                by: row.name,
                action: row.action,
                details: details.into_iter().collect(),
            })
        })
        .collect()
}
