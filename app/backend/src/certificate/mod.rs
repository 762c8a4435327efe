//! Certificates: issued once when a course is completed, signed, shown to whoever has the code, checked, revoked.

mod credential;
mod keys;
mod pdf;
mod qr;
mod store;
#[cfg(test)]
mod tests;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Timestamp,
    certificate::{Certificate, Code, Finding, Standing},
    ids::{CourseId, Slug, UserId},
};
use rand::TryRngCore;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    Backend, Error, Result, Tx,
    course::{self, Details, Viewer},
    ports::files::hex,
    rate_limit::Limit,
    words::Words,
};
use credential::Addresses;
use keys::{MAX_TOKEN, Token};
use store::CertificateRow;

pub use keys::Signer;
pub use store::Listed;

/// How often one address may have credentials checked.
const CHECKS: Limit = Limit {
    name: "certificate-check",
    attempts: 60,
    window: std::time::Duration::from_secs(600),
};
/// How often one address may have a certificate drawn: fonts are large.
const DRAWINGS: Limit = Limit {
    name: "certificate-pdf",
    attempts: 60,
    window: std::time::Duration::from_secs(600),
};
/// Characters of a reason to revoke.
const MAX_REASON: usize = 300;
/// Completions that get their certificate in one transaction.
const BATCH: i64 = 200;

/// Issues the certificate of a course that was completed in this transaction. Issuing again changes nothing, also
/// from two transactions at once.
pub(crate) async fn issue(tx: &mut Tx, user: UserId, course: CourseId) -> Result<()> {
    let Some(facts) = store::facts(tx, user, course).await? else {
        return Ok(());
    };
    let details: Details = serde_json::from_str(&facts.details).map_err(Error::internal)?;
    let names: Vec<String> = details
        .instructors
        .into_iter()
        .map(|person| person.name)
        .collect();
    let salt = URL_SAFE_NO_PAD.encode(&random()[..9]);
    let new = store::New {
        code: &Code::from_random(u128::from_be_bytes(random())),
        user,
        course,
        facts: &facts,
        instructors: &serde_json::to_string(&names).map_err(Error::internal)?,
        recipient_hash: &hex(&Sha256::digest(format!("{}{salt}", facts.email_key))),
        recipient_salt: &salt,
    };
    store::insert(tx, &new).await
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    rand::rngs::OsRng
        .try_fill_bytes(&mut bytes)
        .expect("the system has random numbers");
    bytes
}

impl Backend {
    /// Reads or makes the signing key, makes it known, and gives certificates to those who completed a course before
    /// there were any. Done once, before serving.
    ///
    /// # Errors
    /// `Error::Setup` for a key that cannot be used.
    pub async fn prepare_certificates(&self) -> Result<()> {
        let key = self.signer.key().await?;
        let mut tx = self.db.write().await?;
        store::remember_key(&mut tx, &key.public, self.clock.now()).await?;
        tx.commit().await?;
        loop {
            let mut tx = self.db.write().await?;
            let missing = store::missing(&mut tx, BATCH).await?;
            if missing.is_empty() {
                return Ok(());
            }
            for (user, course) in missing {
                issue(&mut tx, user, course).await?;
            }
            tx.commit().await?;
        }
    }

    /// The learner's certificate of a course, issued now if that was missed.
    ///
    /// # Errors
    /// `Error::NotFound` for those who have not completed it.
    pub async fn certificate_of(&self, user: UserId, course: &Slug) -> Result<Code> {
        let mut tx = self.db.read().await?;
        let course = course::course_by_slug(&mut tx, course)
            .await?
            .ok_or(Error::NotFound)?
            .id();
        let mut found = store::code_of(&mut tx, user, course).await?;
        drop(tx);
        if found.is_none() {
            let mut tx = self.db.write().await?;
            issue(&mut tx, user, course).await?;
            found = store::code_of(&mut tx, user, course).await?;
            tx.commit().await?;
        }
        let code = found.ok_or(Error::NotFound)?;
        Code::parse(&code).map_err(Error::internal)
    }

    /// # Errors
    /// `Error::NotFound` for a code that nobody was given.
    pub async fn certificate(&self, viewer: Viewer, code: &Code) -> Result<Certificate> {
        let (row, token) = self.signed(code).await?;
        self.shown(viewer, row, &token).await
    }

    /// The signed credential, and whether it was revoked.
    ///
    /// # Errors
    /// `Error::NotFound` for a code that nobody was given.
    pub async fn credential(&self, code: &Code) -> Result<String> {
        Ok(self.signed(code).await?.1)
    }

    /// The certificate on a sheet of A4, as PDF.
    ///
    /// # Errors
    /// `Error::NotFound` for a code that nobody was given, `Error::TooManyAttempts` for an address that draws often.
    pub async fn certificate_pdf(&self, code: &Code, address: &str) -> Result<Vec<u8>> {
        self.attempt(DRAWINGS, address).await?;
        let certificate = self.certificate(Viewer::default(), code).await?;
        let drawn = tokio::task::spawn_blocking(move || pdf::draw(&certificate));
        drawn.await.map_err(Error::internal)
    }

    /// Checks what somebody brought: a credential, a code, or the address of a certificate.
    ///
    /// # Errors
    /// `Error::Invalid` for nothing, or for more than a credential holds; `Error::TooManyAttempts`.
    pub async fn check_credential(
        &self,
        viewer: Viewer,
        text: &str,
        address: &str,
    ) -> Result<Finding> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::invalid("credential", "error-certificate-empty"));
        }
        if text.len() > MAX_TOKEN {
            return Err(Error::invalid("credential", "error-certificate-long"));
        }
        self.attempt(CHECKS, address).await?;
        let typed = text.rsplit('/').next().unwrap_or(text);
        if let Ok(code) = Code::parse(typed) {
            return self.found(viewer, &code).await;
        }
        // The envelope in which a token travels as JSON.
        let inner = serde_json::from_str::<Value>(text).ok();
        let enveloped = inner.as_ref().and_then(|json| {
            json["id"]
                .as_str()?
                .strip_prefix("data:application/vc+jwt,")
        });
        let Some(token) = Token::parse(enveloped.unwrap_or(text)) else {
            return Ok(Finding::Unreadable);
        };
        let mut tx = self.db.read().await?;
        let key = match &token.key_id {
            Some(id) => store::key(&mut tx, id).await?,
            None => None,
        };
        drop(tx);
        let Some(key) = key else {
            let issuer = token.claims["iss"].as_str();
            let issuer = issuer.map(|issuer| issuer.chars().take(200).collect());
            return Ok(Finding::Foreign { issuer });
        };
        if !key.has_signed(&token) {
            return Ok(Finding::Altered);
        }
        match credential::code(&token.claims).and_then(|code| Code::parse(code).ok()) {
            Some(code) => self.found(viewer, &code).await,
            None => Ok(Finding::Unknown),
        }
    }

    /// Takes a certificate back; it stays readable, with the reason.
    ///
    /// # Errors
    /// `Error::Setup` for a code that nobody was given, one that is revoked, or a reason of the wrong length.
    pub async fn revoke_certificate(&self, code: &Code, reason: &str) -> Result<()> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > MAX_REASON {
            return Err(Error::Setup(format!(
                "the reason must have 1 to {MAX_REASON} characters: it is shown to whoever checks the certificate"
            )));
        }
        let mut tx = self.db.write().await?;
        if store::by_code(&mut tx, code).await?.is_none() {
            return Err(Error::Setup(format!("there is no certificate {code}")));
        }
        if !store::revoke(&mut tx, code, reason, self.clock.now()).await? {
            return Err(Error::Setup(format!(
                "certificate {code} is revoked already"
            )));
        }
        tx.commit().await
    }

    /// The certificates of a course, the oldest first.
    ///
    /// # Errors
    /// `Error::Setup` for a course that is not there.
    pub async fn certificates(&self, course: &Slug) -> Result<Vec<Listed>> {
        let mut tx = self.db.read().await?;
        let row = course::course_by_slug(&mut tx, course)
            .await?
            .ok_or_else(|| Error::Setup(format!("there is no course {course}")))?;
        let rows = store::of_course(&mut tx, row.id()).await?;
        Ok(rows.into_iter().map(Listed::from).collect())
    }

    /// The school as an issuer. `language` is the reader's.
    #[must_use]
    pub fn issuer_profile(&self, language: &str) -> Value {
        let school = Words::of(language).say("school", &[]);
        credential::issuer(Addresses(&self.public_url), &school)
    }

    /// Every key that this school has signed with, as a JWK set.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn key_set(&self) -> Result<Value> {
        let mut tx = self.db.read().await?;
        let keys = store::keys(&mut tx).await?;
        let jwks: Vec<Value> = keys.iter().map(|key| self.jwk(key)).collect();
        Ok(json!({ "keys": jwks }))
    }

    /// One key, as a JWK.
    ///
    /// # Errors
    /// `Error::NotFound` for one that this school has never signed with.
    pub async fn public_key(&self, id: &str) -> Result<Value> {
        let mut tx = self.db.read().await?;
        let key = store::key(&mut tx, id).await?.ok_or(Error::NotFound)?;
        Ok(self.jwk(&key))
    }

    /// A list of revoked credentials, signed now.
    ///
    /// # Errors
    /// `Error::NotFound` for a list that no credential names.
    pub async fn status_list(&self, number: i64) -> Result<String> {
        let mut tx = self.db.read().await?;
        let lists = store::next_index(&mut tx).await? / credential::LIST_LENGTH;
        if !(0..=lists).contains(&number) {
            return Err(Error::NotFound);
        }
        let from = number * credential::LIST_LENGTH;
        let places = store::revoked_places(&mut tx, from, from + credential::LIST_LENGTH).await?;
        drop(tx);
        let places: Vec<i64> = places.into_iter().map(|place| place - from).collect();
        let addresses = Addresses(&self.public_url);
        let claims = credential::status_claims(addresses, number, &places, self.clock.now())?;
        self.sign(&claims).await
    }

    fn jwk(&self, key: &keys::PublicKey) -> Value {
        key.jwk(&Addresses(&self.public_url).key(&key.id()))
    }

    async fn sign(&self, claims: &Value) -> Result<String> {
        let key = self.signer.key().await?;
        let url = Addresses(&self.public_url).key(&key.public.id());
        key.sign(&url, "JWT", claims)
    }

    /// The certificate with its credential, which is signed when it is asked for first.
    async fn signed(&self, code: &Code) -> Result<(CertificateRow, String)> {
        let mut tx = self.db.read().await?;
        let row = store::by_code(&mut tx, code)
            .await?
            .ok_or(Error::NotFound)?;
        drop(tx);
        if let Some(token) = row.credential.clone() {
            return Ok((row, token));
        }
        let key = self.signer.key().await?;
        let mut tx = self.db.write().await?;
        store::remember_key(&mut tx, &key.public, self.clock.now()).await?;
        let index = store::take_index(&mut tx).await?;
        let claims = credential::claims(Addresses(&self.public_url), &row, index)?;
        let token = self.sign(&claims).await?;
        // Another reader may have been faster; then its signature stands, and this place stays free for the next.
        if store::set_credential(&mut tx, &row.code, index, &token).await? {
            tx.commit().await?;
            return Ok((row, token));
        }
        drop(tx);
        let mut tx = self.db.read().await?;
        let row = store::by_code(&mut tx, code)
            .await?
            .ok_or(Error::NotFound)?;
        let token = row
            .credential
            .clone()
            .ok_or_else(|| Error::internal("a certificate lost its credential"))?;
        Ok((row, token))
    }

    async fn found(&self, viewer: Viewer, code: &Code) -> Result<Finding> {
        match self.certificate(viewer, code).await {
            Ok(certificate) => Ok(Finding::Found {
                certificate: Box::new(certificate),
            }),
            Err(Error::NotFound) => Ok(Finding::Unknown),
            Err(error) => Err(error),
        }
    }

    /// As pages show it, with what its signature says today.
    async fn shown(&self, viewer: Viewer, row: CertificateRow, token: &str) -> Result<Certificate> {
        let standing = match row.revoked_at() {
            Some(at) => revoked(at, &row),
            None if self.is_proven(&row, token).await? => Standing::Valid,
            None => {
                tracing::error!(code = %row.code, "a certificate is not what was signed");
                Standing::Broken
            }
        };
        let url = Addresses(&self.public_url).certificate(&row.code);
        let number = |value: i64| u32::try_from(value).unwrap_or_default();
        Ok(Certificate {
            code: Code::parse(&row.code).map_err(Error::internal)?,
            mine: viewer.user == Some(row.user()),
            qr: qr::code(&url)?,
            url,
            course_slug: Slug::parse(&row.course_slug).map_err(Error::internal)?,
            instructors: serde_json::from_str(&row.instructors).map_err(Error::internal)?,
            lessons: number(row.lessons),
            minutes: number(row.minutes),
            version: number(row.version_number),
            completed_at: row.completed_at(),
            standing,
            learner: row.learner_name,
            course: row.course_title,
            language: row.language,
        })
    }

    /// Whether a key of ours signed the token, and the token says what the row says.
    async fn is_proven(&self, row: &CertificateRow, token: &str) -> Result<bool> {
        let Some(token) = Token::parse(token) else {
            return Ok(false);
        };
        let mut tx = self.db.read().await?;
        let key = match &token.key_id {
            Some(id) => store::key(&mut tx, id).await?,
            None => None,
        };
        Ok(key.is_some_and(|key| key.has_signed(&token)) && credential::agrees(&token.claims, row))
    }
}

fn revoked(at: Timestamp, row: &CertificateRow) -> Standing {
    Standing::Revoked {
        at,
        reason: row.revoked_reason.clone().unwrap_or_default(),
    }
}
