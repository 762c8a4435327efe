//! The school's signing key, and what it signs: JSON Web Tokens with RS256, the algorithm that every reader of Open
//! Badges 3.0 has to know (§ 8.2 of its specification).
//!
//! `ring` alone works with the private half: the time that `rsa` takes to sign or decrypt tells of the key
//! (RUSTSEC-2023-0071). Of `rsa` only making, reading and writing keys is used, once in a key's life and with nobody
//! waiting who could measure it. `ring` makes no RSA keys, and what does otherwise, aws-lc and OpenSSL, would bring a
//! tool chain for C and a second library of cryptography for that one moment.

use std::{
    convert::Infallible,
    fmt,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::{SecureRandom, SystemRandom},
    rsa::{KeyPair, PublicKeyComponents},
    signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use rsa::{
    PrivateKey,
    pkcs1::DecodeRsaPrivateKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// Bits of a key that is made here.
const BITS: usize = 2048;
/// Bytes of a token that is looked at.
pub const MAX_TOKEN: usize = 16 * 1024;

/// Where the key lies. It is read, or made, when it is first needed: most commands never sign.
#[derive(Clone)]
pub struct Signer {
    file: Arc<Path>,
    key: Arc<tokio::sync::OnceCell<SigningKey>>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.file.display())
    }
}

impl Signer {
    #[must_use]
    pub fn new(file: PathBuf) -> Self {
        Self {
            file: file.into(),
            key: Arc::default(),
        }
    }

    /// # Errors
    /// `Error::Setup` for a file that cannot be read or holds no RSA key.
    pub(super) async fn key(&self) -> Result<&SigningKey> {
        let load = || async {
            let file = Arc::clone(&self.file);
            let loaded = tokio::task::spawn_blocking(move || SigningKey::open(&file)).await;
            loaded.map_err(Error::internal)?
        };
        self.key.get_or_try_init(load).await
    }
}

/// A key that signs. Its private half leaves this file nowhere.
pub(super) struct SigningKey {
    pair: KeyPair,
    pub public: PublicKey,
}

/// The public half, as a JWK holds it: base64url without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub modulus: String,
    pub exponent: String,
}

impl SigningKey {
    fn open(file: &Path) -> Result<Self> {
        let wrong = |what: &dyn fmt::Display| {
            Error::Setup(format!("signing_key_file: {}: {what}", file.display()))
        };
        let pem = match std::fs::read_to_string(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => make(file)?,
            read => read.map_err(|error| wrong(&error))?,
        };
        let key = PrivateKey::from_pkcs8_pem(&pem)
            .or_else(|_| PrivateKey::from_pkcs1_pem(&pem))
            .map_err(|_| wrong(&"holds no RSA key in PEM (PKCS#8)"))?;
        let der = key.to_pkcs8_der().map_err(|error| wrong(&error))?;
        // `ring` takes keys of 2048 to 4096 bits.
        let pair = KeyPair::from_pkcs8(der.as_bytes()).map_err(|error| wrong(&error))?;
        let public: PublicKeyComponents<Vec<u8>> = pair.public().into();
        let public = PublicKey {
            modulus: URL_SAFE_NO_PAD.encode(&public.n),
            exponent: URL_SAFE_NO_PAD.encode(&public.e),
        };
        Ok(Self { pair, public })
    }

    /// A JWT with these claims. `key_url` is where the public half can be had.
    pub fn sign(&self, key_url: &str, kind: &str, claims: &Value) -> Result<String> {
        let header = json!({ "alg": "RS256", "kid": key_url, "typ": kind });
        let [header, claims] =
            [&header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string()));
        let signed = format!("{header}.{claims}");
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .map_err(|_| Error::internal("the signing key does not sign"))?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// Makes a key that only its owner can read. Where another process was faster, its key is the school's.
fn make(file: &Path) -> Result<String> {
    let failed = |error: &dyn fmt::Display| {
        Error::Setup(format!(
            "signing_key_file: cannot make {}: {error}",
            file.display()
        ))
    };
    let key = PrivateKey::new(&mut System, BITS).map_err(|error| failed(&error))?;
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|error| failed(&error))?;
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    // Temporary files have mode 0600, and keep it under their name.
    let mut aside = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    aside
        .write_all(pem.as_bytes())
        .and_then(|()| aside.as_file().sync_all())
        .map_err(|error| failed(&error))?;
    match aside.persist_noclobber(file) {
        Ok(_) => {
            tracing::info!(file = %file.display(), "made a key to sign certificates with: keep a copy of it");
            Ok(pem.as_str().to_owned())
        }
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
            std::fs::read_to_string(file).map_err(|error| failed(&error))
        }
        Err(error) => Err(failed(&error.error)),
    }
}

/// The system's random numbers, as `rsa` wants to be given them.
struct System;

impl rsa::rand_core::TryRng for System {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        SystemRandom::new()
            .fill(bytes)
            .expect("the system has random numbers");
        Ok(())
    }
}

impl rsa::rand_core::TryCryptoRng for System {}

impl PublicKey {
    /// JWK thumbprint (RFC 7638): the same key has the same name everywhere.
    #[must_use]
    pub fn id(&self) -> String {
        let canonical = format!(
            r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#,
            self.exponent, self.modulus
        );
        URL_SAFE_NO_PAD.encode(Sha256::digest(canonical))
    }

    #[must_use]
    pub fn jwk(&self, key_url: &str) -> Value {
        json!({
            "kty": "RSA", "n": self.modulus, "e": self.exponent,
            "alg": "RS256", "use": "sig", "kid": key_url,
        })
    }

    /// Whether this key signed the token.
    #[must_use]
    pub fn has_signed(&self, token: &Token<'_>) -> bool {
        let part = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
        let (Some(n), Some(e)) = (part(&self.modulus), part(&self.exponent)) else {
            return false;
        };
        PublicKeyComponents { n, e }
            .verify(
                &RSA_PKCS1_2048_8192_SHA256,
                token.signed.as_bytes(),
                &token.signature,
            )
            .is_ok()
    }
}

/// A JWT, taken apart; nothing in it is proven yet.
#[derive(Debug)]
pub struct Token<'a> {
    signed: &'a str,
    signature: Vec<u8>,
    /// Last part of the key's address: its thumbprint, if the key is ours.
    pub key_id: Option<String>,
    pub claims: Value,
}

impl<'a> Token<'a> {
    /// `None` for what is no JWT with claims, or one of another algorithm than ours.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let header: Value = serde_json::from_slice(&decode(header)?).ok()?;
        let claims: Value = serde_json::from_slice(&decode(claims)?).ok()?;
        if text.len() > MAX_TOKEN || !header.is_object() || !claims.is_object() {
            return None;
        }
        let ours = header["alg"] == "RS256";
        let key_id = header["kid"]
            .as_str()
            .and_then(|url| url.rsplit(['/', '#']).next())
            .filter(|_| ours)
            .map(str::to_owned);
        Some(Self {
            signed,
            signature: decode(signature)?,
            key_id,
            claims,
        })
    }
}
