use backend::testing::checkout::write_finding;
use domain::{
    checkout::{
        finding::{Arrived, Disputed, Fault, Finding},
        order::WhyReturned,
    },
    ids::OrderId,
    money::{Currency, Money},
};

use crate::{console::staffed, harness::TestApp};

/// One of each kind, and of each way to say it.
fn findings() -> Vec<Finding> {
    let (currency, why) = (Currency::CNY, String::from("expired_or_canceled_card"));
    let money = |minor| Money { minor, currency };
    let missed = |came| Finding::MissedCapture { came };
    let dispute = |stage| Finding::Dispute { stage };
    vec![
        missed(Arrived::Paid),
        missed(Arrived::Late),
        missed(Arrived::Returned(WhyReturned::PaidTwice)),
        Finding::RefundRefused {
            amount: money(19_900),
            why: why.clone(),
        },
        Finding::RefundCameBack {
            amount: money(5_050),
            why: String::new(),
        },
        Finding::RefundWaits {
            amount: money(19_900),
            tries: 5,
            why,
        },
        Finding::RefundElsewhere {
            amount: money(19_900),
        },
        dispute(Disputed::Opened {
            amount: money(19_900),
        }),
        dispute(Disputed::Won),
        dispute(Disputed::Lost),
        Finding::ReceiptMismatch {
            currency,
            faults: vec![
                Fault::Price {
                    now: 100,
                    then: 200,
                },
                Fault::Price {
                    now: 200,
                    then: 200,
                },
                Fault::Total {
                    order: 200,
                    price: 300,
                },
                Fault::Kept { came: 0, due: 300 },
                Fault::Refunded {
                    events: 0,
                    order: 300,
                },
            ],
        },
    ]
}

#[tokio::test]
async fn findings_are_said_in_the_reader_s_words_with_their_amounts() {
    for app in TestApp::both().await {
        let [_, _, _, admin] = staffed(&app).await;
        let page = admin.get("/console/findings").await;
        // As an earlier program wrote it.
        assert!(page.has("The gateway has it."), "{}", page.body);
        let order = page.attribute("tbody th a", "href").expect("an order");
        let order: OrderId = order
            .rsplit('/')
            .next()
            .and_then(|id| id.parse().ok())
            .expect("its id");
        for finding in findings() {
            write_finding(&app.test.backend, order, &finding).await;
        }
        for (language, words) in [
            ("zh-Hans", "支付平台不退还 ¥199。"),
            ("zh-Hant", "金流平台不退還"),
            ("en", "The gateway does not pay back CN¥199."),
        ] {
            let page = admin
                .get(&format!("/console/findings?lang={language}"))
                .await;
            assert!(page.has(words), "{language}: {}", page.body);
            let rows = page.texts("tbody tr");
            assert_eq!(rows.len(), 12, "{language}");
            for row in rows {
                assert!(!row.contains("console-"), "{language}: {row}");
            }
        }
        let page = admin.get(&format!("/console/orders/{order}")).await;
        for words in [
            "Reason given: expired_or_canceled_card",
            "CN¥50.50 had been paid back, and came back to the school.",
            "Worked out again, the price is CN¥1 in place of CN¥2.",
            "and goes back: paid twice",
        ] {
            assert!(page.has(words), "{words}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn a_finding_is_settled_by_hand_with_a_note() {
    for app in TestApp::both().await {
        let [_, _, marketer, admin] = staffed(&app).await;
        let page = admin.get("/console/findings").await;
        let long = "so ".repeat(200);
        let wrong = page.submit("Mark as settled", &[("note", &long)]).await;
        assert_eq!(wrong.status, 422, "{}", app.test.kind);
        assert_eq!(wrong.alerts().len(), 1, "{:?}", wrong.alerts());
        assert!(wrong.texts("textarea")[0].starts_with("so so so"));

        let (path, fields) = page.form("Mark as settled", &[("note", "Sent\r\nby <post>")]);
        assert_eq!(marketer.post(&path, &fields).await.status, 404);
        let mut unknown = fields.clone();
        for (name, value) in &mut unknown {
            if name.as_str() == "finding" {
                *value = backend::new_key().to_string();
            }
        }
        assert_eq!(admin.post(&path, &unknown).await.status, 404);
        for _ in 0..2 {
            let done = admin.post(&path, &fields).await;
            assert_eq!(done.status, 200, "{}", done.body);
            assert!(done.has("It is marked as settled."), "{}", done.body);
            assert_eq!(done.text(".console-state").as_deref(), Some("Settled"));
            assert!(done.has("by Mei Chen") && done.has("Sent by <post>"));
            assert!(!done.has("Mark as settled"));
        }
        let page = admin.get("/console").await;
        assert_eq!(page.texts(".figures dd"), ["0", "1", "0"]);
    }
}

#[tokio::test]
async fn a_finding_is_settled_on_its_order_s_page_too() {
    for app in TestApp::both().await {
        let [_, _, _, admin] = staffed(&app).await;
        let list = admin.get("/console/findings").await;
        let order = list.attribute("tbody th a", "href").expect("an order");
        let page = admin.get(&order).await;
        let done = page.submit("Mark as settled", &[]).await;
        assert!(done.path.starts_with(&order), "{}", done.path);
        let settled = "section[aria-labelledby=findings] .console-state";
        assert_eq!(done.text(settled).as_deref(), Some("Settled"));
        let actions = done.texts("section[aria-labelledby=audit] tbody td:nth-child(3)");
        assert_eq!(actions, ["Finding settled"], "{}", app.test.kind);
    }
}
