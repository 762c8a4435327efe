use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    account::Role,
    certificate::{Certificate, Code, Finding, Standing},
    ids::{Slug, UserId},
    quiz::Answers,
};
use serde_json::Value;

use super::{Signer, keys::Token, store};
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    testing::{TestBackend, sample_course},
};

const NOBODY: Viewer = Viewer {
    user: None,
    staff: false,
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

async fn publish(backend: &Backend) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend
        .import(sample_course("walk", None), options)
        .await
        .expect("imported");
}

/// A learner who has only the button of the last lesson before them.
async fn nearly_done(backend: &Backend, email: &str) -> UserId {
    let user = backend
        .add_user(
            email,
            "Mei Chen 陈美",
            Role::Learner,
            "walnut trail compass rain",
        )
        .await
        .expect("an account")
        .id;
    let walk = slug("walk");
    backend.enrol(user, &walk).await.expect("enrolled");
    backend
        .visit(viewer(user), &walk, &slug("film"))
        .await
        .expect("visited");
    backend.clock.advance(Duration::from_secs(130));
    for lesson in ["intro", "film"] {
        backend
            .complete_lesson(viewer(user), &walk, &slug(lesson))
            .await
            .expect("completed");
    }
    let given = Answers::from([
        ("0".into(), vec!["1".into()]),
        ("1".into(), vec!["42".into()]),
    ]);
    backend
        .answer_quiz(viewer(user), &walk, &slug("check"), "basics", given)
        .await
        .expect("passed");
    user
}

async fn finish(backend: &Backend, user: UserId) -> Certificate {
    backend
        .complete_lesson(viewer(user), &slug("walk"), &slug("deep"))
        .await
        .expect("completed");
    let code = backend
        .certificate_of(user, &slug("walk"))
        .await
        .expect("a certificate");
    backend
        .certificate(viewer(user), &code)
        .await
        .expect("a certificate")
}

async fn earned(backend: &Backend) -> Certificate {
    publish(backend).await;
    let mei = nearly_done(backend, "mei@example.com").await;
    finish(backend, mei).await
}

async fn check(backend: &Backend, text: &str) -> Finding {
    backend
        .check_credential(NOBODY, text, "203.0.113.7")
        .await
        .expect("an answer")
}

fn standing(finding: &Finding) -> &Standing {
    match finding {
        Finding::Found { certificate } => &certificate.standing,
        other => panic!("{other:?} is no certificate"),
    }
}

fn claims(token: &str) -> Value {
    Token::parse(token).expect("a token").claims
}

#[tokio::test]
async fn whoever_completes_a_course_has_one_certificate() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend).await;
        let mei = nearly_done(backend, "mei@example.com").await;
        let walk = slug("walk");
        let early = backend.certificate_of(mei, &walk).await;
        assert!(matches!(early, Err(Error::NotFound)), "{}", test.kind);
        let certificate = finish(backend, mei).await;
        assert_eq!(certificate.standing, Standing::Valid);
        assert_eq!(certificate.learner, "Mei Chen 陈美");
        assert_eq!(certificate.course, "Course walk");
        assert_eq!(certificate.instructors, ["Ada Reviewer"]);
        assert_eq!((certificate.lessons, certificate.version), (4, 1));
        assert!(certificate.mine);
        assert_eq!(
            certificate.url,
            format!("http://localhost/certificates/{}", certificate.code)
        );
        // Again, and the certificate is the same.
        assert_eq!(finish(backend, mei).await, certificate);
        let stranger = backend.certificate(NOBODY, &certificate.code).await;
        assert!(!stranger.expect("public by its code").mine);
        let unknown = backend.certificate(NOBODY, &Code::from_random(7)).await;
        assert!(matches!(unknown, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn completing_in_parallel_issues_once() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend).await;
        let mei = nearly_done(backend, "mei@example.com").await;
        let (walk, deep) = (slug("walk"), slug("deep"));
        let attempts = (0..12).map(|_| {
            let (backend, walk, deep) = (backend.clone(), walk.clone(), deep.clone());
            tokio::spawn(async move { backend.complete_lesson(viewer(mei), &walk, &deep).await })
        });
        for attempt in futures::future::join_all(attempts).await {
            attempt.expect("no panic").expect("completed");
        }
        let listed = backend.certificates(&walk).await.expect("a list");
        assert_eq!(listed.len(), 1, "{}", test.kind);
        // Signed by twelve readers at once: one credential, one place in the list.
        let code = backend.certificate_of(mei, &walk).await.expect("a code");
        let readers = (0..12).map(|_| {
            let (backend, code) = (backend.clone(), code.clone());
            tokio::spawn(async move { backend.credential(&code).await })
        });
        let mut tokens = Vec::new();
        for reader in futures::future::join_all(readers).await {
            tokens.push(reader.expect("no panic").expect("a credential"));
        }
        tokens.dedup();
        assert_eq!(tokens.len(), 1, "{}", test.kind);
        let mut tx = backend.db.read().await.expect("a transaction");
        assert_eq!(store::next_index(&mut tx).await.expect("a number"), 1);
    }
}

#[tokio::test]
async fn nothing_that_happens_later_changes_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let before = earned(backend).await;
        let mut other = sample_course("walk", Some("199.00"));
        other.course.title = "Another title".into();
        other.course.sections[1].lessons.clear();
        other.course.sections.truncate(1);
        let options = ImportOptions::default();
        backend.import(other, options).await.expect("imported");
        let mei = backend
            .sign_in(
                "mei@example.com",
                "walnut trail compass rain",
                &crate::account::Visitor::default(),
            )
            .await
            .expect("signed in");
        let user = backend
            .session(mei.token.as_str())
            .await
            .expect("a session")
            .expect("a session")
            .user;
        backend
            .change_name(user.id, "Somebody Else")
            .await
            .expect("changed");
        let after = backend
            .certificate(viewer(user.id), &before.code)
            .await
            .expect("still there");
        assert_eq!(after, before, "{}", test.kind);
        assert_eq!(
            backend.certificate_of(user.id, &slug("walk")).await.ok(),
            Some(before.code)
        );
    }
}

#[tokio::test]
async fn completions_from_before_there_were_certificates_get_theirs() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let first = earned(backend).await;
        let mut tx = backend.db.write().await.expect("a transaction");
        store::forget_all(&mut tx).await.expect("gone");
        tx.commit().await.expect("committed");
        backend.prepare_certificates().await.expect("prepared");
        let listed = backend.certificates(&slug("walk")).await.expect("a list");
        assert_eq!(listed.len(), 1, "{}", test.kind);
        assert_eq!(listed[0].completed_at, first.completed_at);
        assert_ne!(listed[0].code, first.code.as_str());
    }
}

#[tokio::test]
async fn the_credential_is_what_open_badges_ask_for() {
    let test = TestBackend::sqlite().await;
    let backend = &test.backend;
    let certificate = earned(backend).await;
    let token = backend
        .credential(&certificate.code)
        .await
        .expect("a token");
    let header = token.split('.').next().expect("a header");
    let header: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).expect("base64url")).expect("JSON");
    assert_eq!(
        (&header["alg"], &header["typ"]),
        (&"RS256".into(), &"JWT".into())
    );
    let claims = claims(&token);
    assert_eq!(claims["type"][1], "OpenBadgeCredential");
    assert_eq!(
        claims["@context"][0],
        "https://www.w3.org/ns/credentials/v2"
    );
    for (claim, value) in [("iss", &claims["issuer"]["id"]), ("jti", &claims["id"])] {
        assert_eq!(&claims[claim], value, "{claim}");
    }
    assert_eq!(claims["nbf"], certificate.completed_at.as_second());
    let subject = &claims["credentialSubject"];
    assert_eq!(subject["achievement"]["name"], "Course walk");
    assert_eq!(subject["identifier"][0]["identityHash"], "Mei Chen 陈美");
    // The recipient's address is there for those who know it, and for nobody else.
    assert!(!token_text(&claims).contains("mei@example.com"));
    let recipient = &subject["identifier"][1];
    let salt = recipient["salt"].as_str().expect("a salt");
    let hash = crate::ports::files::hex(&<sha2::Sha256 as sha2::Digest>::digest(format!(
        "mei@example.com{salt}"
    )));
    assert_eq!(recipient["identityHash"], format!("sha256${hash}"));
    // The key is where the header says.
    let id = header["kid"]
        .as_str()
        .and_then(|url| url.rsplit('/').next());
    let jwk = backend.public_key(id.expect("an id")).await.expect("a key");
    assert_eq!(jwk["kid"], header["kid"]);
    assert_eq!(backend.key_set().await.expect("keys")["keys"][0], jwk);
    assert_eq!(backend.issuer_profile("en")["id"], claims["iss"]);
}

fn token_text(claims: &Value) -> String {
    claims.to_string()
}

#[tokio::test]
async fn what_is_brought_is_really_checked() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let certificate = earned(backend).await;
        let token = backend
            .credential(&certificate.code)
            .await
            .expect("a token");
        let envelope = format!(r#"{{"id":"data:application/vc+jwt,{token}"}}"#);
        for good in [
            token.clone(),
            format!("  {token}\n"),
            envelope,
            certificate.code.grouped().to_uppercase(),
            certificate.url.clone(),
        ] {
            let finding = check(backend, &good).await;
            assert_eq!(standing(&finding), &Standing::Valid, "{} {good}", test.kind);
        }

        // One letter of the name is changed.
        let parts: Vec<&str> = token.split('.').collect();
        let body = URL_SAFE_NO_PAD.decode(parts[1]).expect("base64url");
        let body = String::from_utf8(body).expect("text").replace("Mei", "Lei");
        let forged = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(body), parts[2]);
        assert_eq!(check(backend, &forged).await, Finding::Altered);
        let unsigned = format!("{}.{}.", parts[0], parts[1]);
        assert_eq!(check(backend, &unsigned).await, Finding::Altered);

        // No algorithm, or one whose key everybody has.
        for alg in ["none", "HS256"] {
            let kid = format!("http://localhost/certificates/keys/{}", "x");
            let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{alg}","kid":"{kid}"}}"#));
            let token = format!("{header}.{}.{}", parts[1], parts[2]);
            assert!(
                matches!(check(backend, &token).await, Finding::Foreign { .. }),
                "{alg}"
            );
        }

        // The same words, signed with another's key.
        let other = Signer::new(test.folder.path().join("other.pem"));
        let key = other.key().await.expect("a key");
        let claims = claims(&token);
        let url = format!("http://localhost/certificates/keys/{}", key.public.id());
        let foreign = key.sign(&url, "JWT", &claims).expect("signed");
        assert!(matches!(
            check(backend, &foreign).await,
            Finding::Foreign { .. }
        ));
        // And with our key's name on it.
        let ours = backend.key_set().await.expect("keys")["keys"][0]["kid"].clone();
        let stolen = key
            .sign(ours.as_str().expect("a name"), "JWT", &claims)
            .expect("signed");
        assert_eq!(
            check(backend, &stolen).await,
            Finding::Altered,
            "{}",
            test.kind
        );

        for (text, finding) in [
            ("hello", Finding::Unreadable),
            ("a.b.c", Finding::Unreadable),
            ("{}", Finding::Unreadable),
            (Code::from_random(5).as_str(), Finding::Unknown),
        ] {
            assert_eq!(check(backend, text).await, finding, "{text}");
        }
        let long = "x".repeat(20_000);
        for wrong in ["", "  ", long.as_str()] {
            let refused = backend.check_credential(NOBODY, wrong, "203.0.113.7").await;
            assert!(matches!(refused, Err(Error::Invalid(_))));
        }
    }
}

#[tokio::test]
async fn checking_has_its_limit() {
    let test = TestBackend::sqlite().await;
    for _ in 0..60 {
        check(&test.backend, "hello").await;
    }
    let refused = test
        .backend
        .check_credential(NOBODY, "hello", "203.0.113.7")
        .await;
    assert!(matches!(refused, Err(Error::TooManyAttempts { .. })));
}

#[tokio::test]
async fn what_is_stored_is_checked_too() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let certificate = earned(backend).await;
        let mut tx = backend.db.write().await.expect("a transaction");
        store::rename(&mut tx, &certificate.code, "Eve")
            .await
            .expect("renamed");
        tx.commit().await.expect("committed");
        let shown = backend
            .certificate(NOBODY, &certificate.code)
            .await
            .expect("a certificate");
        assert_eq!(shown.standing, Standing::Broken, "{}", test.kind);
    }
}

#[tokio::test]
async fn a_new_key_leaves_what_the_old_one_signed() {
    for test in TestBackend::both().await {
        let mut backend = test.backend.clone();
        let first = earned(&backend).await;
        let token = backend.credential(&first.code).await.expect("a token");
        backend.signer = Signer::new(test.folder.path().join("next.pem"));
        backend.prepare_certificates().await.expect("prepared");
        assert_eq!(standing(&check(&backend, &token).await), &Standing::Valid);
        let li = nearly_done(&backend, "li@example.com").await;
        let second = finish(&backend, li).await;
        assert_eq!(second.standing, Standing::Valid, "{}", test.kind);
        let keys = backend.key_set().await.expect("keys");
        assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2));
    }
}

#[tokio::test]
async fn a_key_is_made_once_and_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("keys/signing-key.pem");
    let made = (0..3).map(|_| {
        let signer = Signer::new(file.clone());
        tokio::spawn(async move { signer.key().await.map(|key| key.public.clone()) })
    });
    let mut keys = Vec::new();
    for key in futures::future::join_all(made).await {
        keys.push(key.expect("no panic").expect("a key"));
    }
    keys.dedup();
    assert_eq!(keys.len(), 1, "three processes have one key");
    let mode = std::fs::metadata(&file)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    std::fs::write(&file, "nonsense").expect("written");
    let wrong = Signer::new(file.clone());
    let Err(Error::Setup(said)) = wrong.key().await.map(|_| ()) else {
        panic!("nonsense was taken for a key")
    };
    assert!(
        said.contains("signing-key.pem") && !said.contains("nonsense"),
        "{said}"
    );
}

#[tokio::test]
async fn a_certificate_is_taken_back_for_all_to_see() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let certificate = earned(backend).await;
        let token = backend
            .credential(&certificate.code)
            .await
            .expect("a token");
        let index = claims(&token)["credentialStatus"]["statusListIndex"].clone();
        assert_eq!(index, "0");
        assert_eq!(revoked_bits(backend).await, 0);
        for (code, reason) in [
            (&certificate.code, " "),
            (&certificate.code, &*"x".repeat(301)),
            (&Code::from_random(9), "no such"),
        ] {
            let refused = backend.revoke_certificate(code, reason).await;
            assert!(matches!(refused, Err(Error::Setup(_))));
        }
        backend
            .revoke_certificate(&certificate.code, "Taken by somebody else.")
            .await
            .expect("revoked");
        let finding = check(backend, &token).await;
        let Standing::Revoked { reason, .. } = standing(&finding) else {
            panic!("still valid on {}", test.kind)
        };
        assert_eq!(reason, "Taken by somebody else.");
        assert_eq!(revoked_bits(backend).await, 1);
        let again = backend
            .revoke_certificate(&certificate.code, "Again.")
            .await;
        assert!(matches!(again, Err(Error::Setup(_))));
        let listed = backend.certificates(&slug("walk")).await.expect("a list");
        assert!(listed[0].revoked_at.is_some());
        for number in [-1, 1] {
            let none = backend.status_list(number).await;
            assert!(matches!(none, Err(Error::NotFound)));
        }
    }
}

#[tokio::test]
async fn one_that_nobody_has_looked_at_is_taken_back_as_well() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        publish(backend).await;
        let mei = nearly_done(backend, "mei@example.com").await;
        backend
            .complete_lesson(viewer(mei), &slug("walk"), &slug("deep"))
            .await
            .expect("completed");
        let code = backend
            .certificate_of(mei, &slug("walk"))
            .await
            .expect("a code");
        backend
            .revoke_certificate(&code, "A test.")
            .await
            .expect("revoked");
        assert_eq!(revoked_bits(backend).await, 0, "nobody can have a copy");
        backend.credential(&code).await.expect("a credential");
        assert_eq!(revoked_bits(backend).await, 1, "{}", test.kind);
    }
}

/// How many credentials the public list says are revoked.
async fn revoked_bits(backend: &Backend) -> u32 {
    let token = backend.status_list(0).await.expect("a list");
    let claims = claims(&token);
    assert_eq!(claims["type"][1], "BitstringStatusListCredential");
    let list = claims["credentialSubject"]["encodedList"]
        .as_str()
        .and_then(|list| list.strip_prefix('u'))
        .expect("a list");
    let packed = URL_SAFE_NO_PAD.decode(list).expect("base64url");
    let mut bits = Vec::new();
    std::io::Read::read_to_end(
        &mut flate2::read::GzDecoder::new(packed.as_slice()),
        &mut bits,
    )
    .expect("gzip");
    bits.iter().map(|byte| byte.count_ones()).sum()
}

#[tokio::test]
async fn a_certificate_is_drawn() {
    let test = TestBackend::sqlite().await;
    let certificate = earned(&test.backend).await;
    let drawn = test
        .backend
        .certificate_pdf(&certificate.code, "203.0.113.7")
        .await
        .expect("a document");
    assert!(drawn.starts_with(b"%PDF-1.7"));
    assert!(
        drawn.len() < 200_000,
        "only letters that occur: {}",
        drawn.len()
    );
    if let Some(folder) = std::env::var_os("WAYMARK_KEEP_PDF") {
        std::fs::write(std::path::Path::new(&folder).join("certificate.pdf"), drawn).expect("kept");
    }
}
