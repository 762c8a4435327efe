//! Joining, signing in, sessions and passwords. What goes by mail is in `mailed`.

mod lookup;
mod mailed;
mod mails;
mod password;
mod store;
#[cfg(test)]
mod tests;
mod token;
mod welcome;

use std::time::Duration;

use domain::{
    Timestamp,
    account::{Email, Password, PersonName, Role, User},
    ids::{SessionId, UserId},
};
use uuid::Uuid;

pub use lookup::Lookups;
pub use password::Hashing;
pub use token::SessionToken;
pub use welcome::OpenAccount;

use crate::{Backend, Error, Result, Tx, checkout, rate_limit::Limit};

/// The browser that asks, as its owner will recognise it.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    pub user_agent: String,
    pub address: String,
    /// The session that the browser holds so far. A new one takes its place.
    pub session: Option<SessionId>,
}

#[derive(Clone)]
pub struct Join {
    pub name: String,
    pub email: String,
    pub password: String,
    /// BCP 47 tag of the language that the mails are written in.
    pub language: Option<String>,
}

/// A session that has just begun. The token is known to the browser alone.
#[derive(Debug)]
pub struct SignedIn {
    /// The account was made with this very request.
    pub joined: bool,
    pub token: SessionToken,
    pub user: User,
}

#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub user: User,
}

#[derive(Clone, Debug)]
pub struct SessionInfo {
    pub id: SessionId,
    pub user_agent: String,
    pub address: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
}

const SESSION_DAYS: i64 = 30;
/// A session's last use is written at most this often.
const SEEN_EVERY: Duration = Duration::from_secs(600);
const MINUTE: Duration = Duration::from_secs(60);

/// A class behind one address may join and sign in within its first minutes.
const JOINS: Limit = Limit {
    name: "join",
    attempts: 100,
    window: Duration::from_secs(3600),
};
const SIGN_INS_FROM: Limit = Limit {
    name: "sign-in-from",
    attempts: 200,
    window: Duration::from_secs(900),
};
/// Wrong guesses at one account from one address, and from anywhere. Beyond them even the right password is
/// refused for a while; sessions go on, and a mailed link still lets its owner in.
const GUESSES_FROM: Limit = Limit {
    name: "guess-from",
    attempts: 8,
    window: Duration::from_secs(900),
};
const GUESSES: Limit = Limit {
    name: "guess",
    attempts: 100,
    window: Duration::from_secs(3600),
};

impl Backend {
    /// Makes an account and signs it in. Whoever joins again with the right password is simply signed in.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong; `Error::TooManyAttempts`.
    pub async fn join(&self, join: Join, visitor: &Visitor) -> Result<SignedIn> {
        self.attempt(JOINS, &visitor.address).await?;
        let name = PersonName::parse(&join.name);
        let email = Email::parse(&join.email);
        let about = [join.name.as_str(), join.email.as_str()];
        let password = self
            .hashing
            .strong(&join.password, "password", &about)
            .await?;
        let (name, email, password) = match (name, email, password) {
            (Ok(name), Ok(email), Ok(password)) => (name, email, password),
            (name, email, password) => {
                return Err(Error::Invalid(
                    [name.err(), email.err(), password.err()]
                        .into_iter()
                        .flatten()
                        .collect(),
                ));
            }
        };
        let hash = self.hashing.hash(password.clone()).await?;
        let user = User {
            id: UserId(Uuid::now_v7()),
            email,
            name,
            role: Role::Learner,
            email_confirmed: false,
            language: join.language,
        };
        let mut tx = self.db.write().await?;
        let added = store::insert_user(&mut tx, &user, &hash, self.clock.now()).await?;
        tx.commit().await?;
        if !added {
            let taken = || Error::invalid("email", "error-email-taken");
            return match self
                .sign_in(user.email.as_str(), password.reveal(), visitor)
                .await
            {
                Err(Error::Invalid(_)) => Err(taken()),
                other => other,
            };
        }
        self.mail_confirmation(&user).await?;
        let signed_in = self.begin_session(user, visitor).await?;
        Ok(SignedIn {
            joined: true,
            ..signed_in
        })
    }

    /// # Errors
    /// `Error::Invalid` with one message for every reason, so that nobody learns which addresses have accounts;
    /// `Error::TooManyAttempts`.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        visitor: &Visitor,
    ) -> Result<SignedIn> {
        let failed = || Error::invalid("", "error-sign-in-failed");
        self.attempt(SIGN_INS_FROM, &visitor.address).await?;
        let key = Email::parse(email)
            .map(|email| email.key())
            .unwrap_or_default();
        let from = format!("{key} {}", visitor.address);
        self.refuse_beyond(GUESSES, &key).await?;
        self.refuse_beyond(GUESSES_FROM, &from).await?;
        let known = {
            let mut tx = self.db.read().await?;
            store::user_by_email(&mut tx, &key).await?
        };
        // Work is done for unknown addresses too, else the time would tell.
        let hash = known.as_ref().map(|(_, hash)| hash.clone());
        let right = password.chars().count() <= Password::MAX
            && self.hashing.verify(password.to_owned(), hash).await?;
        match known {
            Some((user, _)) if right => self.begin_session(user, visitor).await,
            _ => {
                self.attempt(GUESSES, &key).await?;
                self.attempt(GUESSES_FROM, &from).await?;
                Err(failed())
            }
        }
    }

    async fn begin_session(&self, user: User, visitor: &Visitor) -> Result<SignedIn> {
        let token = SessionToken::random();
        let now = self.clock.now();
        let session = store::NewSession {
            id: SessionId(Uuid::now_v7()),
            token_hash: token.hash(),
            user: user.id,
            visitor,
            now,
            expires_at: in_hours(now, SESSION_DAYS * 24),
        };
        let mut tx = self.db.write().await?;
        store::insert_session(&mut tx, &session).await?;
        if let Some(old) = visitor.session {
            store::delete_session(&mut tx, old).await?;
        }
        tx.commit().await?;
        Ok(SignedIn {
            joined: false,
            token,
            user,
        })
    }

    /// Who holds the token; `None` for an unknown or expired one.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn session(&self, token: &str) -> Result<Option<Session>> {
        let Some(token) = SessionToken::parse(token) else {
            return Ok(None);
        };
        let now = self.clock.now();
        let found = self.lookups.session(&self.db, &token.hash(), now).await?;
        let Some(store::Found {
            session: id,
            last_seen,
            user,
            ..
        }) = found
        else {
            return Ok(None);
        };
        if now.duration_since(last_seen).unsigned_abs() >= SEEN_EVERY {
            // A page that can be read is shown even while nothing can be written.
            match self.touch_session(id, now).await {
                Err(Error::Busy(cause)) => tracing::warn!(%cause, "a session's use is not noted"),
                other => other?,
            }
        }
        Ok(Some(Session { id, user }))
    }

    async fn touch_session(&self, session: SessionId, now: Timestamp) -> Result<()> {
        let mut tx = self.db.write().await?;
        store::touch_session(&mut tx, session, now, in_hours(now, SESSION_DAYS * 24)).await?;
        tx.commit().await
    }

    /// # Errors
    /// `Error::Busy`.
    pub async fn sign_out(&self, session: SessionId) -> Result<()> {
        let mut tx = self.db.write().await?;
        store::delete_session(&mut tx, session).await?;
        tx.commit().await
    }

    /// The person's sessions, the last used first.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<SessionInfo>> {
        let mut tx = self.db.read().await?;
        store::sessions(&mut tx, user, self.clock.now()).await
    }

    /// # Errors
    /// `Error::NotFound` for a session that is not the person's own.
    pub async fn revoke_session(&self, user: UserId, session: SessionId) -> Result<()> {
        let mut tx = self.db.write().await?;
        if !store::delete_session_of(&mut tx, user, session).await? {
            return Err(Error::NotFound);
        }
        tx.commit().await
    }

    /// # Errors
    /// `Error::Busy`.
    pub async fn revoke_other_sessions(&self, user: UserId, keep: SessionId) -> Result<()> {
        let mut tx = self.db.write().await?;
        store::delete_sessions_except(&mut tx, user, keep).await?;
        tx.commit().await
    }

    /// Ends the person's other sessions too.
    ///
    /// # Errors
    /// `Error::Invalid` for a wrong current or a weak new password.
    pub async fn change_password(
        &self,
        user: UserId,
        session: SessionId,
        current: &str,
        new: &str,
    ) -> Result<()> {
        self.attempt(GUESSES_FROM, &user.to_string()).await?;
        let (known, hash) = {
            let mut tx = self.db.read().await?;
            store::user(&mut tx, user).await?.ok_or(Error::NotFound)?
        };
        if !self.hashing.verify(current.to_owned(), Some(hash)).await? {
            return Err(Error::invalid("current", "error-password-wrong"));
        }
        let new = self
            .hashing
            .strong(new, "new", &[known.name.as_str(), known.email.as_str()])
            .await?
            .map_err(|error| Error::Invalid(vec![error]))?;
        let hash = self.hashing.hash(new).await?;
        let mut tx = self.db.write().await?;
        store::set_password(&mut tx, user, &hash).await?;
        store::delete_sessions_except(&mut tx, user, session).await?;
        store::delete_tokens(&mut tx, user, store::Purpose::Reset).await?;
        tx.commit().await
    }

    /// # Errors
    /// `Error::Invalid` for an unfit name.
    pub async fn change_name(&self, user: UserId, name: &str) -> Result<()> {
        let name = PersonName::parse(name).map_err(|error| Error::Invalid(vec![error]))?;
        let mut tx = self.db.write().await?;
        store::set_name(&mut tx, user, &name).await?;
        tx.commit().await
    }

    /// # Errors
    /// `Error::Busy`.
    pub async fn change_language(&self, user: UserId, language: Option<&str>) -> Result<()> {
        let mut tx = self.db.write().await?;
        store::set_language(&mut tx, user, language).await?;
        tx.commit().await
    }

    /// An account from the command line, in any role, its address taken as confirmed.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong.
    pub async fn add_user(
        &self,
        email: &str,
        name: &str,
        role: Role,
        password: &str,
    ) -> Result<User> {
        let email = Email::parse(email);
        let person = PersonName::parse(name);
        let password = self.hashing.strong(password, "password", &[name]).await?;
        let (email, name, password) = match (email, person, password) {
            (Ok(email), Ok(name), Ok(password)) => (email, name, password),
            (email, name, password) => {
                return Err(Error::Invalid(
                    [email.err(), name.err(), password.err()]
                        .into_iter()
                        .flatten()
                        .collect(),
                ));
            }
        };
        let hash = self.hashing.hash(password).await?;
        let user = User {
            id: UserId(Uuid::now_v7()),
            email,
            name,
            role,
            email_confirmed: true,
            language: None,
        };
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if !store::insert_user(&mut tx, &user, &hash, now).await? {
            return Err(Error::invalid("email", "error-email-taken"));
        }
        prove(&mut tx, &user, now).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Throws away what has expired. Called now and then; nothing depends on it.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn purge(&self) -> Result<()> {
        let mut tx = self.db.write().await?;
        store::delete_expired(&mut tx, self.clock.now()).await?;
        tx.commit().await?;
        self.purge_attempts().await
    }
}

/// The person has shown that the address is theirs: what was bought with it becomes theirs too.
async fn prove(tx: &mut Tx, user: &User, now: Timestamp) -> Result<()> {
    let key = user.email.key();
    store::confirm_email(tx, user.id, &key, now).await?;
    checkout::claim(tx, user.id, &key, now).await?;
    Ok(())
}

fn in_hours(now: Timestamp, hours: i64) -> Timestamp {
    now + MINUTE * 60 * u32::try_from(hours).unwrap_or(u32::MAX)
}
