//! `t=1700000000,v1=HEX`: a moment and HMAC-SHA-256 of `moment.body`, as Stripe signs its notices
//! (<https://docs.stripe.com/webhooks#verify-manually>). The sandbox signs in the same way.

use domain::Timestamp;
use ring::hmac::{HMAC_SHA256, Key, sign as hmac, verify as hmac_verify};

use super::BadNotice;
use crate::ports::files::hex;

/// Signed longer ago than this, or as far ahead of our clock: not taken. Stripe's libraries take five minutes too.
pub const TOLERANCE_SECONDS: i64 = 300;
/// Longest header that is looked at, and most signatures in it.
const MAX_HEADER: usize = 1024;
const MAX_SIGNATURES: usize = 8;

/// A header for the body.
#[must_use]
pub fn sign(secret: &[u8], body: &[u8], at: Timestamp) -> String {
    let moment = at.as_second();
    let tag = hmac(&Key::new(HMAC_SHA256, secret), &signed(moment, body));
    format!("t={moment},v1={}", hex(tag.as_ref()))
}

/// Several secrets while one takes the place of another; several signatures while the gateway changes its own.
///
/// # Errors
/// `Signature` for anything that was not signed with one of the secrets, `Stale` for what was, but too long ago.
pub fn check(
    header: &str,
    secrets: &[impl AsRef<[u8]>],
    body: &[u8],
    now: Timestamp,
) -> Result<(), BadNotice> {
    if header.len() > MAX_HEADER {
        return Err(BadNotice::Signature);
    }
    let parts = || {
        header
            .split(',')
            .filter_map(|part| part.trim().split_once('='))
    };
    let mut moments = parts().filter(|(name, _)| *name == "t");
    let moment: i64 = match (moments.next(), moments.next()) {
        (Some((_, moment)), None) => moment.parse().map_err(|_| BadNotice::Signature)?,
        _ => return Err(BadNotice::Signature),
    };
    let signed = signed(moment, body);
    let genuine = parts()
        .filter(|(name, _)| *name == "v1")
        .take(MAX_SIGNATURES)
        .filter_map(|(_, signature)| unhex(signature))
        .any(|signature| {
            secrets.iter().any(|secret| {
                // In constant time.
                hmac_verify(&Key::new(HMAC_SHA256, secret.as_ref()), &signed, &signature).is_ok()
            })
        });
    if !genuine {
        return Err(BadNotice::Signature);
    }
    // Only now: who cannot sign learns nothing about our clock.
    if now.as_second().abs_diff(moment) > TOLERANCE_SECONDS.unsigned_abs() {
        return Err(BadNotice::Stale);
    }
    Ok(())
}

fn signed(moment: i64, body: &[u8]) -> Vec<u8> {
    let mut signed = format!("{moment}.").into_bytes();
    signed.extend_from_slice(body);
    signed
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    let value = |digit: u8| char::from(digit).to_digit(16);
    if digits.len() != 64 {
        return None;
    }
    digits
        .chunks(2)
        .map(|pair| u8::try_from(value(pair[0])? * 16 + value(pair[1])?).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRETS: [&str; 2] = ["old", "new"];

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a moment")
    }

    #[test]
    fn the_owner_of_a_secret_is_believed_for_five_minutes() {
        let header = sign(b"new", b"{}", at(1000));
        for now in [1000, 1300, 700] {
            assert_eq!(check(&header, &SECRETS, b"{}", at(now)), Ok(()), "{now}");
        }
        for now in [1301, 699, 100_000] {
            let checked = check(&header, &SECRETS, b"{}", at(now));
            assert_eq!(checked, Err(BadNotice::Stale), "{now}");
        }
    }

    #[test]
    fn one_right_signature_of_several_is_enough() {
        let genuine = sign(b"old", b"{}", at(1000));
        let (moment, signature) = genuine.split_once(',').expect("two parts");
        let other = format!("v1={}", "0".repeat(64));
        for header in [
            format!("{moment},{other},{signature},v0=x"),
            format!("{moment}, {signature}, {other}"),
            format!("{signature},{moment}"),
        ] {
            assert_eq!(
                check(&header, &SECRETS, b"{}", at(1000)),
                Ok(()),
                "{header}"
            );
        }
    }

    #[test]
    fn whatever_else_is_not_believed() {
        let genuine = sign(b"new", b"{}", at(1000));
        let (moment, signature) = genuine.split_once(',').expect("two parts");
        let forged = sign(b"guessed", b"{}", at(1000));
        let schemes = signature.replace("v1", "v0");
        for header in [
            "",
            "t=1000",
            signature,
            "t=1000,v1=",
            "t=1000,v1=zz",
            &forged,
            &format!("{moment},{schemes}"),
            &format!("t=1001,{signature}"),
            &format!("t=1000,t=1001,{signature}"),
            &format!("t=abc,{signature}"),
            &format!("t=99999999999999999999,{signature}"),
            &format!("{moment},{signature}é"),
            &format!("{moment},{signature}{}", " ".repeat(2000)),
            &format!(
                "{moment},{}{signature}",
                "v1=00,".repeat(8).replace("00", &"0".repeat(64))
            ),
        ] {
            let checked = check(header, &SECRETS, b"{}", at(1000));
            assert_eq!(checked, Err(BadNotice::Signature), "{header}");
        }
        assert_eq!(
            check(&genuine, &SECRETS, b"{ }", at(1000)),
            Err(BadNotice::Signature),
            "another body"
        );
        assert_eq!(
            check(&genuine, &[""; 0], b"{}", at(1000)),
            Err(BadNotice::Signature),
            "no secret"
        );
    }
}
