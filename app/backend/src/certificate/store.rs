//! SQL for certificates and the keys that signed them.

use domain::{
    Timestamp,
    certificate::Code,
    ids::{CourseId, UserId},
};
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

use super::keys::PublicKey;
use crate::{
    Result, Tx,
    db::{Micros, execute, rows, scalar},
};

/// What is known on the day of completion.
#[derive(Debug, FromRow)]
pub struct FactsRow {
    version_id: Uuid,
    pub version_number: i64,
    pub learner_name: String,
    pub email_key: String,
    pub course_slug: String,
    pub course_title: String,
    pub course_summary: String,
    pub language: String,
    pub details: String,
    pub lessons: i64,
    pub minutes: i64,
    completed_at: Micros,
}

/// `None` where the course is not completed.
pub async fn facts(tx: &mut Tx, user: UserId, course: CourseId) -> Result<Option<FactsRow>> {
    rows!(
        tx,
        fetch_optional as FactsRow,
        "SELECT e.version_id, v.number AS version_number, u.name AS learner_name, u.email_key, c.slug AS course_slug,
             v.title AS course_title, v.summary AS course_summary, v.language, v.details, v.lessons, v.minutes,
             e.completed_at
         FROM enrolment e
         JOIN user_account u ON u.id = e.user_id
         JOIN course c ON c.id = e.course_id
         JOIN course_version v ON v.id = e.version_id
         WHERE e.user_id = $1 AND e.course_id = $2 AND e.completed_at IS NOT NULL",
        user.0,
        course.0,
    )
}

pub struct New<'a> {
    pub code: &'a Code,
    pub user: UserId,
    pub course: CourseId,
    pub facts: &'a FactsRow,
    pub instructors: &'a str,
    pub recipient_hash: &'a str,
    pub recipient_salt: &'a str,
}

/// Does nothing where the learner has a certificate of this course.
pub async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO certificate (code, user_id, course_id, version_id, version_number, learner_name, recipient_hash,
             recipient_salt, course_slug, course_title, course_summary, language, instructors, lessons, minutes, completed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (user_id, course_id) DO NOTHING",
        new.code.as_str(),
        new.user.0,
        new.course.0,
        new.facts.version_id,
        new.facts.version_number,
        &new.facts.learner_name,
        new.recipient_hash,
        new.recipient_salt,
        &new.facts.course_slug,
        &new.facts.course_title,
        &new.facts.course_summary,
        &new.facts.language,
        new.instructors,
        new.facts.lessons,
        new.facts.minutes,
        new.facts.completed_at,
    )?;
    Ok(())
}

/// Completions without a certificate, of times before there were any.
pub async fn missing(tx: &mut Tx, limit: i64) -> Result<Vec<(UserId, CourseId)>> {
    let found = rows!(
        tx,
        fetch_all as (Uuid, Uuid),
        "SELECT e.user_id, e.course_id FROM enrolment e
         WHERE e.completed_at IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM certificate x WHERE x.user_id = e.user_id AND x.course_id = e.course_id)
         ORDER BY e.completed_at, e.user_id
         LIMIT $1",
        limit,
    )?;
    Ok(found
        .into_iter()
        .map(|(user, course)| (UserId(user), CourseId(course)))
        .collect())
}

#[derive(Debug, FromRow)]
pub struct CertificateRow {
    pub code: String,
    user_id: Uuid,
    pub version_number: i64,
    pub learner_name: String,
    pub recipient_hash: String,
    pub recipient_salt: String,
    pub course_slug: String,
    pub course_title: String,
    pub course_summary: String,
    pub language: String,
    pub instructors: String,
    pub lessons: i64,
    pub minutes: i64,
    completed_at: Micros,
    pub credential: Option<String>,
    revoked_at: Option<Micros>,
    pub revoked_reason: Option<String>,
}

impl CertificateRow {
    pub fn user(&self) -> UserId {
        UserId(self.user_id)
    }

    pub fn completed_at(&self) -> Timestamp {
        self.completed_at.into()
    }

    pub fn revoked_at(&self) -> Option<Timestamp> {
        self.revoked_at.map(Into::into)
    }
}

pub async fn by_code(tx: &mut Tx, code: &Code) -> Result<Option<CertificateRow>> {
    rows!(
        tx,
        fetch_optional as CertificateRow,
        "SELECT code, user_id, version_number, learner_name, recipient_hash, recipient_salt, course_slug, course_title,
             course_summary, language, instructors, lessons, minutes, completed_at, credential, revoked_at, revoked_reason
         FROM certificate WHERE code = $1",
        code.as_str(),
    )
}

pub async fn code_of(tx: &mut Tx, user: UserId, course: CourseId) -> Result<Option<String>> {
    scalar!(
        tx,
        fetch_optional,
        "SELECT code FROM certificate WHERE user_id = $1 AND course_id = $2",
        user.0,
        course.0,
    )
}

/// Takes the next place in the list of revoked credentials; the row stays locked until the transaction ends.
pub async fn take_index(tx: &mut Tx) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "UPDATE certificate_counter SET next_index = next_index + 1 WHERE id = 1 RETURNING next_index - 1",
    )
}

/// Whether there is a list with this number: the first is there from the beginning.
pub async fn next_index(tx: &mut Tx) -> Result<i64> {
    scalar!(
        tx,
        fetch_one,
        "SELECT next_index FROM certificate_counter WHERE id = 1",
    )
}

/// Keeps the signed credential unless there is one. Gives whether it was kept.
pub async fn set_credential(
    tx: &mut Tx,
    code: &str,
    status_index: i64,
    credential: &str,
) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE certificate SET credential = $1, status_index = $2 WHERE code = $3 AND credential IS NULL",
        credential,
        status_index,
        code,
    )?;
    Ok(changed == 1)
}

/// A certificate is revoked once; moment and reason stay. Gives whether this did it.
pub async fn revoke(tx: &mut Tx, code: &Code, reason: &str, now: Timestamp) -> Result<bool> {
    let changed = execute!(
        tx,
        "UPDATE certificate SET revoked_at = $1, revoked_reason = $2 WHERE code = $3 AND revoked_at IS NULL",
        Micros::from(now),
        reason,
        code.as_str(),
    )?;
    Ok(changed == 1)
}

/// Places of revoked credentials from `from` up to `to`.
pub async fn revoked_places(tx: &mut Tx, from: i64, to: i64) -> Result<Vec<i64>> {
    scalar!(
        tx,
        fetch_all,
        "SELECT status_index FROM certificate
         WHERE status_index >= $1 AND status_index < $2 AND revoked_at IS NOT NULL",
        from,
        to,
    )
}

/// A line of the register.
#[derive(Debug, FromRow)]
pub struct ListedRow {
    pub code: String,
    pub learner_name: String,
    pub email: String,
    completed_at: Micros,
    revoked_at: Option<Micros>,
    pub revoked_reason: Option<String>,
}

/// The same for the one who runs the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    pub code: String,
    pub learner: String,
    pub email: String,
    pub completed_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub revoked_reason: Option<String>,
}

impl From<ListedRow> for Listed {
    fn from(row: ListedRow) -> Self {
        Self {
            code: row.code,
            learner: row.learner_name,
            email: row.email,
            completed_at: row.completed_at.into(),
            revoked_at: row.revoked_at.map(Into::into),
            revoked_reason: row.revoked_reason,
        }
    }
}

/// The oldest first.
pub async fn of_course(tx: &mut Tx, course: CourseId) -> Result<Vec<ListedRow>> {
    rows!(
        tx,
        fetch_all as ListedRow,
        "SELECT x.code, x.learner_name, u.email, x.completed_at, x.revoked_at, x.revoked_reason
         FROM certificate x JOIN user_account u ON u.id = x.user_id
         WHERE x.course_id = $1
         ORDER BY x.completed_at, x.code",
        course.0,
    )
}

/// Remembers a key; one that is known stays as it is.
pub async fn remember_key(tx: &mut Tx, key: &PublicKey, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO signing_key (id, modulus, exponent, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING",
        key.id(),
        &key.modulus,
        &key.exponent,
        Micros::from(now),
    )?;
    Ok(())
}

pub async fn key(tx: &mut Tx, id: &str) -> Result<Option<PublicKey>> {
    let found = rows!(
        tx,
        fetch_optional as (String, String),
        "SELECT modulus, exponent FROM signing_key WHERE id = $1",
        id,
    )?;
    Ok(found.map(|(modulus, exponent)| PublicKey { modulus, exponent }))
}

/// The newest first.
pub async fn keys(tx: &mut Tx) -> Result<Vec<PublicKey>> {
    let found = rows!(
        tx,
        fetch_all as (String, String),
        "SELECT modulus, exponent FROM signing_key ORDER BY created_at DESC, id",
    )?;
    Ok(found
        .into_iter()
        .map(|(modulus, exponent)| PublicKey { modulus, exponent })
        .collect())
}

/// As if there had never been any.
#[cfg(test)]
pub async fn forget_all(tx: &mut Tx) -> Result<()> {
    execute!(tx, "DELETE FROM certificate")?;
    Ok(())
}

/// What nobody may do: another name under the same signature.
#[cfg(test)]
pub async fn rename(tx: &mut Tx, code: &Code, name: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE certificate SET learner_name = $1 WHERE code = $2",
        name,
        code.as_str(),
    )?;
    Ok(())
}
