//! What did not agree, and that somebody saw to it.

use domain::{
    account::User,
    checkout::finding::{Details, Finding},
    console::FindingRow,
    ids::FindingId,
    money::Money,
};

use super::*;
use crate::testing::checkout::write_finding;

async fn named(backend: &Backend, name: &str, role: Role) -> User {
    let email = format!("{name}@example.com");
    let added = backend.add_user(&email, name, role, "walnut trail compass rain");
    added.await.expect("an account")
}

async fn findings(backend: &Backend) -> Vec<FindingRow> {
    let found = backend.console_findings(Eyes::Admin).await;
    found.expect("findings")
}

#[tokio::test]
async fn a_finding_is_settled_once_by_whoever_is_first() {
    for test in school().await {
        let backend = &test.backend;
        let order = write_order(backend, WrittenOrder::default()).await;
        write_trouble(backend, order, backend.clock.now()).await;
        let admins = [
            named(backend, "Ada", Role::Admin).await,
            named(backend, "Ben", Role::Admin).await,
        ];
        let id = findings(backend).await[0].id;
        let marketer = named(backend, "Mo", Role::Marketer).await;
        for (who, id) in [(&marketer, id), (&admins[0], FindingId(Uuid::now_v7()))] {
            let refused = backend.settle_finding(who, id, "").await;
            assert!(matches!(refused, Err(Error::NotFound)), "{}", test.kind);
        }
        let long = "好".repeat(501);
        let refused = backend.settle_finding(&admins[0], id, &long).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
        assert!(findings(backend).await[0].is_open());

        let each_twice = admins.iter().chain(&admins);
        let settle = each_twice.map(|who| backend.settle_finding(who, id, who.name.as_str()));
        for settled in futures::future::join_all(settle).await {
            settled.expect("settled, now or before");
        }
        let found = findings(backend).await.remove(0);
        let settled = found.settled.clone().expect("settled");
        assert!(!found.is_open() && !found.healed);
        assert_eq!(settled.note, settled.by, "{}: of one person", test.kind);
        let overview = backend.console_overview(Eyes::Admin, Per::Day).await;
        assert_eq!(overview.expect("an overview").findings, Some(0));
        let done = backend.audited("order", &order.to_string()).await;
        let done = done.expect("a list");
        assert_eq!(done.len(), 1, "{}: {done:?}", test.kind);
        assert_eq!(
            (done[0].action.as_str(), &done[0].by),
            ("finding-settle", &settled.by)
        );
    }
}

#[tokio::test]
async fn findings_are_typed_and_those_that_are_open_come_first() {
    for test in school().await {
        let backend = &test.backend;
        let order = write_order(backend, WrittenOrder::default()).await;
        write_trouble(backend, order, backend.clock.now()).await;
        let amount = Money {
            minor: 5_000,
            currency: Currency::CNY,
        };
        let refused = Finding::RefundRefused {
            amount,
            why: String::new(),
        };
        let elsewhere = Finding::RefundElsewhere { amount };
        for finding in [&refused, &elsewhere] {
            backend.clock.advance(Duration::from_secs(1));
            write_finding(backend, order, finding).await;
        }
        let text = Details::Text("The gateway has it.".to_owned());
        let found = findings(backend).await;
        let details: Vec<Details> = found.iter().map(|one| one.details.clone()).collect();
        let [refused, elsewhere] = [refused, elsewhere].map(Details::Typed);
        assert_eq!(details, [refused, text, elsewhere], "{}", test.kind);

        // What has healed stays as it is.
        let admin = named(backend, "Ada", Role::Admin).await;
        let settled = backend.settle_finding(&admin, found[2].id, "by hand").await;
        settled.expect("nothing to do");
        let settled = backend.settle_finding(&admin, found[0].id, " \r\n").await;
        settled.expect("settled");
        let found = findings(backend).await;
        let standing = |one: &FindingRow| (one.is_open(), one.healed, one.settled.is_some());
        let standing: Vec<_> = found.iter().map(standing).collect();
        assert_eq!(
            standing,
            [
                (true, false, false),
                (false, true, false),
                (false, false, true)
            ],
            "{}",
            test.kind
        );
        let settled = found[2].settled.as_ref().expect("settled");
        assert_eq!(settled.note, None);
    }
}
