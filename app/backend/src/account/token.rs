use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::TryRngCore;
use sha2::{Digest, Sha256};

use crate::ports::files::hex;

/// 32 random bytes that only their holder knows; the database holds their hash.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(String);

impl SessionToken {
    const BYTES: usize = 32;

    pub(super) fn random() -> Self {
        let mut bytes = [0; Self::BYTES];
        rand::rngs::OsRng
            .try_fill_bytes(&mut bytes)
            .expect("the system has random numbers");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// `None` for what can be no token.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == Self::BYTES).then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}
