//! The account that a mail about an order makes: who holds its link has shown that the address is theirs.

use std::time::Duration;

use domain::{
    account::{PersonName, Role, User},
    ids::{Slug, UserId},
};
use uuid::Uuid;

use super::{SignedIn, Visitor, store};
use crate::{
    Backend, Error, Result, checkout,
    rate_limit::Limit,
    receipt::{self, Bought, Welcome},
};

const OPENED_FROM: Limit = Limit {
    name: "welcome-from",
    attempts: 60,
    window: Duration::from_secs(900),
};

/// What the page of the link asks for.
#[derive(Clone)]
pub struct OpenAccount {
    /// Of the mailed link.
    pub key: String,
    pub name: String,
    pub password: String,
}

impl Backend {
    /// What a mailed link offers.
    ///
    /// # Errors
    /// `Error::NotFound` for one that was never mailed, or about an order that was not paid.
    pub async fn welcome(&self, key: &str) -> Result<Welcome> {
        let mut tx = self.db.read().await?;
        let bought = receipt::bought_with(&mut tx, key)
            .await?
            .ok_or(Error::NotFound)?;
        let account = store::user_by_email(&mut tx, &bought.email.key()).await?;
        Ok(Welcome {
            email: bought.email.as_str().to_owned(),
            titles: bought.courses.into_iter().map(|(_, title)| title).collect(),
            known: account.is_some_and(|(user, _)| user.email_confirmed),
        })
    }

    /// Makes the account with the address that the link went to, confirmed, with everything that was bought with it,
    /// and signs it in. Gives the first course too.
    ///
    /// Somebody may have joined with this address and never confirmed it; nobody knows who that was. The account is
    /// its owner's from now on: with another name and password, and no session that was open stays so. Sending the
    /// form twice signs in twice.
    ///
    /// # Errors
    /// `Error::Invalid` with everything that is wrong, also for a link that was never mailed and for an address that
    /// has an account of its owner's; `Error::TooManyAttempts`.
    pub async fn open_account(
        &self,
        open: OpenAccount,
        visitor: &Visitor,
    ) -> Result<(SignedIn, Slug)> {
        self.attempt(OPENED_FROM, &visitor.address).await?;
        let unknown = || Error::invalid("", "error-link-used");
        let bought = {
            let mut tx = self.db.read().await?;
            let bought = receipt::bought_with(&mut tx, &open.key).await?;
            bought.ok_or_else(unknown)?
        };
        let name = PersonName::parse(&open.name);
        let about = [open.name.as_str(), bought.email.as_str()];
        let password = self
            .hashing
            .strong(&open.password, "password", &about)
            .await?;
        let (name, password) = match (name, password) {
            (Ok(name), Ok(password)) => (name, password),
            (name, password) => {
                let faults = [name.err(), password.err()];
                return Err(Error::Invalid(faults.into_iter().flatten().collect()));
            }
        };
        let (course, _) = bought.courses.first().ok_or_else(unknown)?.clone();
        let hash = self.hashing.hash(password.clone()).await?;
        match self.prove(&bought, name, &hash).await? {
            Some(user) => Ok((self.begin_session(user, visitor).await?, course)),
            None => {
                let email = bought.email.as_str();
                match self.sign_in(email, password.reveal(), visitor).await {
                    Err(Error::Invalid(_)) => Err(Error::invalid("", "error-email-taken")),
                    other => Ok((other?, course)),
                }
            }
        }
    }

    /// `None`: the address has an account of its owner's.
    async fn prove(&self, bought: &Bought, name: PersonName, hash: &str) -> Result<Option<User>> {
        let now = self.clock.now();
        let key = bought.email.key();
        let new = User {
            id: UserId(Uuid::now_v7()),
            email: bought.email.clone(),
            name,
            role: Role::Learner,
            email_confirmed: true,
            language: Some(bought.language.clone()),
        };
        let mut tx = self.db.write().await?;
        let user = if store::insert_user(&mut tx, &new, hash, now).await? {
            new
        } else {
            let found = store::user_by_email(&mut tx, &key).await?;
            let gone = || Error::internal("an account went while it was looked at");
            let (known, _) = found.ok_or_else(gone)?;
            // Whoever changes the row first is the one who proves it; the second finds it confirmed.
            if !store::confirm_first(&mut tx, known.id, now).await? {
                return Ok(None);
            }
            store::set_name(&mut tx, known.id, &new.name).await?;
            store::set_password(&mut tx, known.id, hash).await?;
            store::delete_sessions(&mut tx, known.id).await?;
            store::delete_tokens(&mut tx, known.id, store::Purpose::Reset).await?;
            store::delete_tokens(&mut tx, known.id, store::Purpose::Confirm).await?;
            User {
                name: new.name,
                email_confirmed: true,
                ..known
            }
        };
        store::confirm_email(&mut tx, user.id, &key, now).await?;
        checkout::claim(&mut tx, user.id, &key, now).await?;
        tx.commit().await?;
        Ok(Some(user))
    }
}
