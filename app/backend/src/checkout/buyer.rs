//! Who buys, and who may see an order.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    account::{Email, User},
    ids::UserId,
};
use rand::TryRngCore;
use sha2::{Digest, Sha256};

use crate::ports::files::hex;

/// 32 random bytes that a browser holds in a cookie, or a mail in a link: they open the orders of a buyer without an
/// account. The database holds their hash.
#[derive(Clone, PartialEq, Eq)]
pub struct BuyerKey(String);

impl BuyerKey {
    const BYTES: usize = 32;

    /// # Panics
    /// Where the system has no random numbers.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; Self::BYTES];
        rand::rngs::OsRng
            .try_fill_bytes(&mut bytes)
            .expect("the system has random numbers");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// `None` for what can be no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == Self::BYTES).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Names the buyer in `open_purchase`, as an account's id does.
    #[must_use]
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for BuyerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BuyerKey(…)")
    }
}

/// Who buys. With an account it is the account's address that counts, whatever `email` says.
#[derive(Clone, Debug)]
pub struct Buyer {
    pub user: Option<User>,
    pub email: Email,
    /// What the browser holds. Of no use while there is an account.
    pub key: BuyerKey,
    /// Locale of pages and mails, a BCP 47 tag.
    pub language: String,
}

impl Buyer {
    pub(super) fn user_id(&self) -> Option<UserId> {
        self.user.as_ref().map(|user| user.id)
    }

    pub(super) fn address(&self) -> &Email {
        self.user.as_ref().map_or(&self.email, |user| &user.email)
    }

    /// What the database calls the buyer.
    pub(super) fn tag(&self) -> String {
        tag(self.user_id(), &self.key)
    }

    /// What opens the order without an account; with one, nothing does.
    pub(super) fn secret_hash(&self) -> String {
        match self.user {
            Some(_) => BuyerKey::random().hash(),
            None => self.key.hash(),
        }
    }
}

/// What `open_purchase` calls a buyer: [`crate::pricing::Ask::buyer`] takes it.
#[must_use]
pub fn tag(user: Option<UserId>, key: &BuyerKey) -> String {
    user.map_or_else(|| key.hash(), |user| user.to_string())
}

/// Who asks for an order.
#[derive(Clone, Debug)]
pub enum Asker {
    User(UserId),
    /// The key of a cookie or of a mailed link.
    Guest {
        key: String,
    },
    Staff(UserId),
}

#[cfg(test)]
mod tests {
    use super::BuyerKey;

    #[test]
    fn a_key_is_long_random_and_keeps_itself_secret() {
        let key = BuyerKey::random();
        assert_ne!(key.as_str(), BuyerKey::random().as_str());
        assert_eq!(BuyerKey::parse(key.as_str()), Some(key.clone()));
        assert_ne!(key.hash(), key.as_str());
        assert!(!format!("{key:?}").contains(key.as_str()));
        for bad in ["", "abc", &"x".repeat(44), "ünïcode"] {
            assert_eq!(BuyerKey::parse(bad), None, "{bad}");
        }
    }
}
