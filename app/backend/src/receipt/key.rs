//! What links in mails carry: only their reader knows it, the database holds its hash.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::TryRngCore;
use sha2::{Digest, Sha256};

use crate::ports::files::hex;

/// 32 random bytes.
pub struct Key(String);

impl Key {
    const BYTES: usize = 32;
    /// Opens an order, and makes its buyer's account.
    pub const OPEN: &'static str = "open";
    /// Stops reminders.
    pub const STOP: &'static str = "stop";

    pub fn random() -> Self {
        let mut bytes = [0; Self::BYTES];
        rand::rngs::OsRng
            .try_fill_bytes(&mut bytes)
            .expect("the system has random numbers");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// `None` for what can be no key.
    pub fn hash_of(text: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == Self::BYTES).then(|| hex(&Sha256::digest(text.as_bytes())))
    }
}
