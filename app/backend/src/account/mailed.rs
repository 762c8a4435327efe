//! What a mailed link does: set a new password, confirm an address. Each works once, and not for long.

use std::time::Duration;

use domain::{
    account::{Email, User},
    ids::UserId,
};

use super::{SignedIn, Visitor, in_hours, mails, prove, store, token::SessionToken};
use crate::{Backend, Error, Result, rate_limit::Limit};

const RESET_HOURS: i64 = 1;
const CONFIRM_DAYS: i64 = 7;

const MAILS_TO: Limit = Limit {
    name: "mail-to",
    attempts: 5,
    window: Duration::from_secs(3600),
};
const MAILS_FROM: Limit = Limit {
    name: "mail-from",
    attempts: 20,
    window: Duration::from_secs(3600),
};
const TOKENS_FROM: Limit = Limit {
    name: "token-from",
    attempts: 30,
    window: Duration::from_secs(900),
};

impl Backend {
    /// Mails a link to set a new password, if there is an account. The answer is the same either way, and comes
    /// before the mail goes out.
    ///
    /// # Errors
    /// `Error::Invalid` for what is no address; `Error::TooManyAttempts`.
    pub async fn request_reset(&self, email: &str, visitor: &Visitor) -> Result<()> {
        let email = Email::parse(email).map_err(|error| Error::Invalid(vec![error]))?;
        self.attempt(MAILS_FROM, &visitor.address).await?;
        let known = {
            let mut tx = self.db.read().await?;
            store::user_by_email(&mut tx, &email.key()).await?
        };
        // The limit to one address must not tell either: beyond it nothing is sent.
        let allowed = self.attempt(MAILS_TO, &email.key()).await.is_ok();
        if let (Some((user, _)), true) = (known, allowed) {
            let backend = self.clone();
            tokio::spawn(async move {
                if let Err(error) = backend.mail_reset(&user).await {
                    tracing::error!(%error, "a password reset could not be prepared");
                }
            });
        }
        Ok(())
    }

    async fn mail_reset(&self, user: &User) -> Result<()> {
        let token = self
            .new_token(user, store::Purpose::Reset, RESET_HOURS)
            .await?;
        let link = format!("{}/reset-password/{}", self.public_url, token.as_str());
        self.mailer.send(mails::reset(user, &link)).await;
        Ok(())
    }

    /// Sets a new password by a mailed link, ends every session and begins one.
    ///
    /// # Errors
    /// `Error::Invalid` for a used or expired link or a weak password.
    pub async fn reset_password(
        &self,
        token: &str,
        new: &str,
        visitor: &Visitor,
    ) -> Result<SignedIn> {
        self.attempt(TOKENS_FROM, &visitor.address).await?;
        let used = || Error::invalid("", "error-link-used");
        let token = SessionToken::parse(token).ok_or_else(used)?;
        let now = self.clock.now();
        let user = {
            let mut tx = self.db.read().await?;
            store::token_user(&mut tx, &token.hash(), store::Purpose::Reset, now)
                .await?
                .ok_or_else(used)?
        };
        let new = self
            .hashing
            .strong(new, "password", &[user.name.as_str(), user.email.as_str()])
            .await?
            .map_err(|error| Error::Invalid(vec![error]))?;
        let hash = self.hashing.hash(new).await?;
        let mut tx = self.db.write().await?;
        // Whoever takes the token away may go on; everyone else came too late.
        if !store::take_token(&mut tx, &token.hash()).await? {
            return Err(used());
        }
        store::set_password(&mut tx, user.id, &hash).await?;
        store::delete_sessions(&mut tx, user.id).await?;
        store::delete_tokens(&mut tx, user.id, store::Purpose::Reset).await?;
        // The mail has reached its reader.
        prove(&mut tx, &user, now).await?;
        tx.commit().await?;
        self.begin_session(
            User {
                email_confirmed: true,
                ..user
            },
            visitor,
        )
        .await
    }

    /// Mails the link that confirms the address again.
    ///
    /// # Errors
    /// `Error::TooManyAttempts`.
    pub async fn request_confirmation(&self, user: UserId) -> Result<()> {
        let (user, _) = {
            let mut tx = self.db.read().await?;
            store::user(&mut tx, user).await?.ok_or(Error::NotFound)?
        };
        if user.email_confirmed {
            return Ok(());
        }
        self.attempt(MAILS_TO, &user.email.key()).await?;
        self.mail_confirmation(&user).await
    }

    pub(super) async fn mail_confirmation(&self, user: &User) -> Result<()> {
        let token = self
            .new_token(user, store::Purpose::Confirm, CONFIRM_DAYS * 24)
            .await?;
        let mail = mails::confirm(
            user,
            &format!("{}/confirm-email/{}", self.public_url, token.as_str()),
        );
        let mailer = self.mailer.clone();
        tokio::spawn(async move { mailer.send(mail).await });
        Ok(())
    }

    /// # Errors
    /// `Error::Invalid` for a used or expired link.
    pub async fn confirm_email(&self, token: &str) -> Result<()> {
        let used = || Error::invalid("", "error-link-used");
        let token = SessionToken::parse(token).ok_or_else(used)?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let user = store::token_user(&mut tx, &token.hash(), store::Purpose::Confirm, now)
            .await?
            .ok_or_else(used)?;
        store::take_token(&mut tx, &token.hash()).await?;
        prove(&mut tx, &user, now).await?;
        tx.commit().await
    }

    async fn new_token(
        &self,
        user: &User,
        purpose: store::Purpose,
        hours: i64,
    ) -> Result<SessionToken> {
        let token = SessionToken::random();
        let mut tx = self.db.write().await?;
        store::insert_token(
            &mut tx,
            &token.hash(),
            user,
            purpose,
            in_hours(self.clock.now(), hours),
        )
        .await?;
        tx.commit().await?;
        Ok(token)
    }
}
