//! What a certificate says to machines: an Open Badges 3.0 credential, and the list of those that were revoked.
//!
//! The words of the two documents are those of <https://www.imsglobal.org/spec/ob/v3p0/> and
//! <https://www.w3.org/TR/vc-bitstring-status-list/>.

use std::io::Write;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::Timestamp;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::store::CertificateRow;
use crate::{Error, Result, words::Words};

const VC: &str = "https://www.w3.org/ns/credentials/v2";
const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
const SCHEMA: &str =
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";
/// Places in one list: the fewest that the specification allows, so that a place says nothing about its holder.
pub const LIST_LENGTH: i64 = 131_072;

/// Where the documents of a school lie, below its address.
#[derive(Clone, Copy)]
pub struct Addresses<'a>(pub &'a str);

impl Addresses<'_> {
    pub fn certificate(self, code: &str) -> String {
        format!("{}/certificates/{code}", self.0)
    }

    pub fn issuer(self) -> String {
        format!("{}/school/issuer.json", self.0)
    }

    pub fn key(self, id: &str) -> String {
        format!("{}/certificates/keys/{id}", self.0)
    }

    pub fn status_list(self, number: i64) -> String {
        format!("{}/certificates/status/{number}", self.0)
    }
}

/// The school, as an issuer's profile.
pub fn issuer(addresses: Addresses<'_>, school: &str) -> Value {
    json!({
        "id": addresses.issuer(),
        "type": ["Profile"],
        "name": school,
        "url": addresses.0,
        "image": { "id": format!("{}/icon-512.png", addresses.0), "type": "Image" },
    })
}

/// The claims of a certificate's token: the credential itself and, beside it, the names that JWT has for its parts.
pub fn claims(addresses: Addresses<'_>, row: &CertificateRow, status_index: i64) -> Result<Value> {
    let id = addresses.certificate(&row.code);
    let words = Words::of(&row.language);
    let completed = row.completed_at();
    let status = addresses.status_list(status_index / LIST_LENGTH);
    let place = (status_index % LIST_LENGTH).to_string();
    let mut identifiers = vec![json!({
        "type": "IdentityObject", "identityType": "name", "hashed": false, "identityHash": row.learner_name,
    })];
    identifiers.push(json!({
        "type": "IdentityObject", "identityType": "emailAddress", "hashed": true,
        "identityHash": format!("sha256${}", row.recipient_hash), "salt": row.recipient_salt,
    }));
    Ok(json!({
        "@context": [VC, OPEN_BADGES],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": row.course_title,
        "issuer": issuer(addresses, &words.say("school", &[])),
        "validFrom": instant(completed),
        "awardedDate": instant(completed),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": identifiers,
            "achievement": {
                "id": format!("{}/courses/{}", addresses.0, row.course_slug),
                "type": ["Achievement"],
                "achievementType": "Course",
                "name": row.course_title,
                "description": row.course_summary,
                "criteria": { "narrative": words.criteria(row.lessons) },
                "inLanguage": row.language,
                "version": row.version_number.to_string(),
            },
        },
        "credentialStatus": {
            "id": format!("{status}#{place}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": place,
            "statusListCredential": status,
        },
        "credentialSchema": [{ "id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019" }],
        "iss": addresses.issuer(),
        "jti": id,
        "nbf": completed.as_second(),
    }))
}

/// Whether a token says what the row says.
pub fn agrees(claims: &Value, row: &CertificateRow) -> bool {
    let subject = &claims["credentialSubject"];
    code(claims) == Some(row.code.as_str())
        && subject["identifier"][0]["identityHash"] == row.learner_name.as_str()
        && subject["achievement"]["name"] == row.course_title.as_str()
        && claims["validFrom"] == instant(row.completed_at())
}

/// Code of the certificate that a credential is of.
pub fn code(claims: &Value) -> Option<&str> {
    claims["id"]
        .as_str()?
        .rsplit_once("/certificates/")
        .map(|(_, code)| code)
}

/// The claims of a list's token. `revoked`: places in this list.
pub fn status_claims(
    addresses: Addresses<'_>,
    number: i64,
    revoked: &[i64],
    now: Timestamp,
) -> Result<Value> {
    let id = addresses.status_list(number);
    Ok(json!({
        "@context": [VC],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer(),
        "validFrom": instant(now),
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstring(revoked)?,
        },
        "iss": addresses.issuer(),
        "jti": id,
        "nbf": now.as_second(),
    }))
}

/// Place 0 is the highest bit of the first byte; the whole is gzipped and written in base64url (multibase `u`).
fn bitstring(revoked: &[i64]) -> Result<String> {
    let length = usize::try_from(LIST_LENGTH / 8).map_err(Error::internal)?;
    let mut bits = vec![0_u8; length];
    for place in revoked
        .iter()
        .filter_map(|place| usize::try_from(*place).ok())
    {
        if let Some(byte) = bits.get_mut(place / 8) {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&bits).map_err(Error::internal)?;
    let packed = gzip.finish().map_err(Error::internal)?;
    Ok(format!("u{}", URL_SAFE_NO_PAD.encode(packed)))
}

/// Whole seconds, as both specifications write moments.
fn instant(moment: Timestamp) -> String {
    format!("{moment:.0}")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_revoked_place_is_one_bit_counted_from_the_left() {
        let text = bitstring(&[0, 9, LIST_LENGTH - 1]).expect("a list");
        let packed = URL_SAFE_NO_PAD
            .decode(text.strip_prefix('u').expect("multibase"))
            .expect("base64url");
        let mut bits = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut bits)
            .expect("gzip");
        assert_eq!(bits.len(), 16 * 1024);
        assert_eq!((bits[0], bits[1], bits[16 * 1024 - 1]), (0x80, 0x40, 1));
        assert_eq!(bits.iter().map(|byte| byte.count_ones()).sum::<u32>(), 3);
    }
}
