//! SQL for people and their sessions.

use std::sync::LazyLock;

use domain::{
    Timestamp,
    account::{Email, PersonName, User},
    ids::{SessionId, UserId},
};
use sqlx::FromRow;
use uuid::Uuid;

use super::{SessionInfo, Visitor};
use crate::{
    Error, Result, Tx,
    db::{ManyRows, Micros, execute, rows, rows_many},
};

/// What a mailed link is for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    Reset,
    Confirm,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Confirm => "confirm",
        }
    }
}

/// `false`: the address has an account.
pub async fn insert_user(
    tx: &mut Tx,
    user: &User,
    password_hash: &str,
    now: Timestamp,
) -> Result<bool> {
    let added = execute!(
        tx,
        "INSERT INTO user_account (id, email, email_key, name, role, password_hash, language, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (email_key) DO NOTHING",
        user.id.0,
        user.email.as_str(),
        user.email.key(),
        user.name.as_str(),
        user.role.as_str(),
        password_hash,
        user.language.as_deref(),
        Micros::from(now),
    )?;
    Ok(added == 1)
}

#[derive(Debug, FromRow)]
struct UserRow {
    id: Uuid,
    email: String,
    name: String,
    role: String,
    password_hash: String,
    email_confirmed_at: Option<Micros>,
    language: Option<String>,
}

impl UserRow {
    /// Fails closed: an unknown role is nobody's.
    fn user(self) -> Result<(User, String)> {
        let invalid =
            |what: &str| Error::internal(format!("account {} has an unknown {what}", self.id));
        let user = User {
            id: UserId(self.id),
            email: Email::parse(&self.email).map_err(|_| invalid("address"))?,
            name: PersonName::parse(&self.name).map_err(|_| invalid("name"))?,
            role: self.role.parse().map_err(|_| invalid("role"))?,
            email_confirmed: self.email_confirmed_at.is_some(),
            language: self.language,
        };
        Ok((user, self.password_hash))
    }
}

/// The person and their password's hash.
pub async fn user(tx: &mut Tx, id: UserId) -> Result<Option<(User, String)>> {
    let row = rows!(
        tx,
        fetch_optional as UserRow,
        "SELECT id, email, name, role, password_hash, email_confirmed_at, language FROM user_account WHERE id = $1",
        id.0,
    )?;
    row.map(UserRow::user).transpose()
}

pub async fn user_by_email(tx: &mut Tx, email_key: &str) -> Result<Option<(User, String)>> {
    let row = rows!(
        tx,
        fetch_optional as UserRow,
        "SELECT id, email, name, role, password_hash, email_confirmed_at, language FROM user_account WHERE email_key = $1",
        email_key,
    )?;
    row.map(UserRow::user).transpose()
}

pub async fn set_password(tx: &mut Tx, user: UserId, hash: &str) -> Result<()> {
    execute!(
        tx,
        "UPDATE user_account SET password_hash = $1 WHERE id = $2",
        hash,
        user.0
    )?;
    Ok(())
}

pub async fn set_name(tx: &mut Tx, user: UserId, name: &PersonName) -> Result<()> {
    execute!(
        tx,
        "UPDATE user_account SET name = $1 WHERE id = $2",
        name.as_str(),
        user.0
    )?;
    Ok(())
}

pub async fn set_language(tx: &mut Tx, user: UserId, language: Option<&str>) -> Result<()> {
    execute!(
        tx,
        "UPDATE user_account SET language = $1 WHERE id = $2",
        language,
        user.0
    )?;
    Ok(())
}

/// Only the address that the link was mailed to.
pub async fn confirm_email(
    tx: &mut Tx,
    user: UserId,
    email_key: &str,
    now: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE user_account SET email_confirmed_at = COALESCE(email_confirmed_at, $1) WHERE id = $2 AND email_key = $3",
        Micros::from(now),
        user.0,
        email_key,
    )?;
    Ok(())
}

/// Confirms an account's address; `false` where it was confirmed before.
pub async fn confirm_first(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<bool> {
    Ok(execute!(
        tx,
        "UPDATE user_account SET email_confirmed_at = $1 WHERE id = $2 AND email_confirmed_at IS NULL",
        Micros::from(now),
        user.0,
    )? == 1)
}

pub struct NewSession<'a> {
    pub id: SessionId,
    pub token_hash: String,
    pub user: UserId,
    pub visitor: &'a Visitor,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert_session(tx: &mut Tx, new: &NewSession<'_>) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO session (id, token_hash, user_id, user_agent, address, created_at, last_seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        new.id.0,
        &new.token_hash,
        new.user.0,
        &new.visitor.user_agent,
        &new.visitor.address,
        Micros::from(new.now),
        Micros::from(new.expires_at),
    )?;
    Ok(())
}

#[derive(Debug, FromRow)]
struct SessionUserRow {
    token_hash: String,
    session_id: Uuid,
    last_seen_at: Micros,
    #[sqlx(flatten)]
    user: UserRow,
}

/// A session, when it was seen last, and whose it is.
#[derive(Clone, Debug)]
pub struct Found {
    pub token_hash: String,
    pub session: SessionId,
    pub last_seen: Timestamp,
    pub user: User,
}

static SESSIONS: LazyLock<ManyRows> = LazyLock::new(|| {
    ManyRows::new(
        "SELECT s.token_hash, s.id AS session_id, s.last_seen_at, u.id, u.email, u.name, u.role, u.password_hash,
             u.email_confirmed_at, u.language
         FROM (",
        2,
        ") AS want
         JOIN session s ON s.token_hash = want.column1 AND s.expires_at > want.column2
         JOIN user_account u ON u.id = s.user_id",
    )
});

/// The sessions with these tokens, in any order.
pub async fn sessions_of_tokens(
    tx: &mut Tx,
    token_hashes: &[&str],
    now: Timestamp,
) -> Result<Vec<Found>> {
    let rows = rows_many!(
        tx,
        SessionUserRow,
        SESSIONS,
        token_hashes,
        |token_hash| *token_hash,
        Micros::from(now)
    );
    rows.into_iter()
        .map(|row| {
            Ok(Found {
                token_hash: row.token_hash,
                session: SessionId(row.session_id),
                last_seen: row.last_seen_at.into(),
                user: row.user.user()?.0,
            })
        })
        .collect()
}

pub async fn touch_session(
    tx: &mut Tx,
    session: SessionId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "UPDATE session SET last_seen_at = $1, expires_at = $2 WHERE id = $3",
        Micros::from(now),
        Micros::from(expires_at),
        session.0,
    )?;
    Ok(())
}

pub async fn sessions(tx: &mut Tx, user: UserId, now: Timestamp) -> Result<Vec<SessionInfo>> {
    let rows = rows!(
        tx,
        fetch_all as (Uuid, String, String, Micros, Micros),
        "SELECT id, user_agent, address, created_at, last_seen_at FROM session
         WHERE user_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id DESC",
        user.0,
        Micros::from(now),
    )?;
    Ok(rows
        .into_iter()
        .map(
            |(id, user_agent, address, created_at, last_seen_at)| SessionInfo {
                id: SessionId(id),
                user_agent,
                address,
                created_at: created_at.into(),
                last_seen_at: last_seen_at.into(),
            },
        )
        .collect())
}

pub async fn delete_session(tx: &mut Tx, session: SessionId) -> Result<()> {
    execute!(tx, "DELETE FROM session WHERE id = $1", session.0)?;
    Ok(())
}

/// `false`: there is none of this person's with that id.
pub async fn delete_session_of(tx: &mut Tx, user: UserId, session: SessionId) -> Result<bool> {
    Ok(execute!(
        tx,
        "DELETE FROM session WHERE id = $1 AND user_id = $2",
        session.0,
        user.0
    )? == 1)
}

pub async fn delete_sessions_except(tx: &mut Tx, user: UserId, keep: SessionId) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM session WHERE user_id = $1 AND id <> $2",
        user.0,
        keep.0
    )?;
    Ok(())
}

pub async fn delete_sessions(tx: &mut Tx, user: UserId) -> Result<()> {
    execute!(tx, "DELETE FROM session WHERE user_id = $1", user.0)?;
    Ok(())
}

pub async fn insert_token(
    tx: &mut Tx,
    token_hash: &str,
    user: &User,
    purpose: Purpose,
    expires_at: Timestamp,
) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO mailed_token (token_hash, user_id, purpose, email_key, expires_at) VALUES ($1, $2, $3, $4, $5)",
        token_hash,
        user.id.0,
        purpose.as_str(),
        user.email.key(),
        Micros::from(expires_at),
    )?;
    Ok(())
}

/// Whose link it is, as long as it is valid and mailed to the address that they still have.
pub async fn token_user(
    tx: &mut Tx,
    token_hash: &str,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<User>> {
    let row = rows!(
        tx,
        fetch_optional as UserRow,
        "SELECT u.id, u.email, u.name, u.role, u.password_hash, u.email_confirmed_at, u.language
         FROM mailed_token t JOIN user_account u ON u.id = t.user_id AND u.email_key = t.email_key
         WHERE t.token_hash = $1 AND t.purpose = $2 AND t.expires_at > $3",
        token_hash,
        purpose.as_str(),
        Micros::from(now),
    )?;
    row.map(|row| Ok(row.user()?.0)).transpose()
}

/// `false`: someone else was faster.
pub async fn take_token(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    Ok(execute!(
        tx,
        "DELETE FROM mailed_token WHERE token_hash = $1",
        token_hash
    )? == 1)
}

pub async fn delete_tokens(tx: &mut Tx, user: UserId, purpose: Purpose) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM mailed_token WHERE user_id = $1 AND purpose = $2",
        user.0,
        purpose.as_str()
    )?;
    Ok(())
}

pub async fn delete_expired(tx: &mut Tx, now: Timestamp) -> Result<()> {
    execute!(
        tx,
        "DELETE FROM session WHERE expires_at <= $1",
        Micros::from(now)
    )?;
    execute!(
        tx,
        "DELETE FROM mailed_token WHERE expires_at <= $1",
        Micros::from(now)
    )?;
    Ok(())
}

/// How many accounts there are, for tests.
#[cfg(test)]
pub async fn count_users(tx: &mut Tx) -> Result<i64> {
    crate::db::scalar!(tx, fetch_one, "SELECT COUNT(*) FROM user_account")
}
