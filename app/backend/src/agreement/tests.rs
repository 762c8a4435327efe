use std::collections::BTreeSet;

use domain::checkout::{agreement::Draft, refund::RefundRule};

use super::*;
use crate::testing::TestBackend;

fn draft(text: &str) -> Draft {
    Draft {
        texts: [("en".to_owned(), text.to_owned())].into(),
        refund: RefundRule {
            days: 7,
            max_progress: 20,
        },
    }
}

#[tokio::test]
async fn a_school_has_an_agreement_from_the_start() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        for (asked, words) in [
            ("en", "within 14 days of paying"),
            ("zh-Hans", "付款后 14 天内，只要课程完成度不超过 30%"),
            ("zh-Hant", "付款後 14 天內，只要課程完成度不超過 30%"),
        ] {
            let agreement = backend.agreement(None, asked).await.expect("an agreement");
            assert_eq!(
                (agreement.version, agreement.latest),
                (1, 1),
                "{}",
                test.kind
            );
            assert_eq!(agreement.language, asked);
            assert_eq!(agreement.refund, RefundRule::default());
            assert!(agreement.html.contains(words), "{}", agreement.html);
            assert!(agreement.html.contains("<h2"), "{}", agreement.html);
            assert!(!agreement.html.contains('{'), "{}", agreement.html);
        }
        let none = backend.agreement(Some(2), "en").await;
        assert!(matches!(none, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_change_is_a_new_version_and_the_old_one_stays() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let before = backend.agreement(None, "en").await.expect("an agreement");
        let text = "Ask within {days} days.\r\n<script>alert(1)</script>";
        let version = backend.set_agreement(None, draft(text)).await;
        assert_eq!(version.expect("a version"), 2, "{}", test.kind);
        let again = backend.set_agreement(None, draft(text)).await;
        assert_eq!(again.expect("the same"), 2, "nothing has changed");

        let latest = backend.agreement(None, "zh-Hans").await.expect("the new");
        assert_eq!((latest.version, latest.language.as_str()), (2, "en"));
        assert!(latest.html.contains("within 7 days") && !latest.html.contains("<script"));
        assert_eq!(
            backend.agreement_terms().await.expect("terms").refund.days,
            7
        );
        let old = backend.agreement(Some(1), "en").await.expect("the old");
        assert_eq!((old.html, old.latest), (before.html, 2));
        let mut tx = backend.db.read().await.expect("a transaction");
        assert_eq!(rule(&mut tx, 1).await.expect("a rule").days, 14);
        drop(tx);
        let refused = backend.set_agreement(None, draft(" ")).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        let listed = backend.agreements().await.expect("a list");
        assert_eq!(
            listed.iter().map(|one| one.version).collect::<Vec<_>>(),
            [1, 2]
        );
    }
}

#[tokio::test]
async fn versions_written_at_the_same_moment_are_all_kept() {
    for test in TestBackend::both().await {
        let writers: Vec<_> = (0..6)
            .map(|number| {
                let backend = test.backend.clone();
                tokio::spawn(async move {
                    let text = format!("Text {number}");
                    backend.set_agreement(None, draft(&text)).await
                })
            })
            .collect();
        let mut versions = BTreeSet::new();
        for writer in writers {
            versions.insert(writer.await.expect("a task").expect("a version"));
        }
        assert_eq!(versions, (2..=7).collect(), "{}", test.kind);
    }
}
