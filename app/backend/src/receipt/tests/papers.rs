use std::{io::Write, process::Stdio, sync::Arc};

use super::*;
use crate::{
    Error,
    receipt::School,
    testing::shop::{coupon, number, run},
};

/// What a reader finds in the document, by another program than ours.
fn text_of(pdf: &[u8]) -> String {
    let mut program = std::process::Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext, which .ci/setup.sh installs");
    let mut input = program.stdin.take().expect("its input");
    input.write_all(pdf).expect("written");
    drop(input);
    let output = program.wait_with_output().expect("its end");
    let text = String::from_utf8(output.stdout).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn keep(name: &str, document: &[u8]) {
    if let Some(folder) = std::env::var_os("WAYMARK_KEEP_PDF") {
        std::fs::write(std::path::Path::new(&folder).join(name), document).expect("kept");
    }
}

fn tenth_off() -> domain::checkout::coupon::Terms {
    domain::checkout::coupon::Terms {
        off: domain::checkout::Off::Percent {
            percent: 10,
            cap: None,
        },
        currency: None,
        scope: domain::checkout::Scope::All,
        min_spend: None,
        window: domain::checkout::Window::default(),
        limit: None,
        per_learner: None,
        new_learners: false,
    }
}

#[tokio::test]
async fn a_receipt_says_what_was_bought_charged_and_given_back() {
    for test in schools().await {
        let school = School {
            name: Some("山路学校".into()),
            address: Some("杭州市西湖区学院路 1 号\nHangzhou".into()),
            tax_id: Some("91330106MA2".into()),
        };
        let backend = &Backend {
            school: Arc::new(school),
            ..test.backend.clone()
        };
        coupon(backend, "SPRING", &tenth_off()).await;
        let buyer = guest("mei@example.com");
        let asker = Asker::Guest {
            key: buyer.key.as_str().to_owned(),
        };
        let (order, next) = place(backend, buyer, "walk", Some("spring"), 17_910).await;
        let early = backend.receipt_pdf(&asker, order, "en", None).await;
        assert!(matches!(early, Err(Error::NotFound)), "not paid yet");
        pay(backend, &next).await;
        let stranger = Asker::Guest {
            key: BuyerKey::random().as_str().to_owned(),
        };
        let refused = backend.receipt_pdf(&stranger, order, "en", None).await;
        assert!(matches!(refused, Err(Error::NotFound)));

        let admin = learner(backend, "ada@example.com").await;
        let back = backend.refund_order(admin.id, order, Some(1_000), false, "A late start");
        back.await.expect("refunded");
        backend.run_checkout_jobs().await;
        let page = backend.order_page(&staff(), order).await.expect("an order");
        assert_eq!(page.refunded, 1_000, "{}", test.kind);
        for (language, zone, words) in [
            (
                "en",
                Some("Europe/Berlin"),
                [
                    "Receipt",
                    "2 March 2026, 10:00 (UTC+01:00)",
                    "Coupon spring",
                    "−CN¥19.90",
                    "CN¥179.10",
                    "−CN¥10.00",
                    "CN¥169.10",
                ],
            ),
            (
                "zh-Hans",
                None,
                [
                    "收据",
                    "2026年3月2日 17:00（UTC+08:00）",
                    "优惠券 spring",
                    "−¥19.90",
                    "¥179.10",
                    "−¥10.00",
                    "¥169.10",
                ],
            ),
            (
                "zh-Hant",
                None,
                [
                    "收據",
                    "測試訂單",
                    "優惠券 spring",
                    "−CN¥19.90",
                    "CN¥179.10",
                    "−CN¥10.00",
                    "CN¥169.10",
                ],
            ),
        ] {
            let drawn = backend.receipt_pdf(&asker, order, language, zone).await;
            let drawn = drawn.expect("a receipt");
            keep(&format!("receipt-{language}.pdf"), &drawn);
            let text = text_of(&drawn);
            for word in words {
                assert!(text.contains(word), "{word} is not in {text}");
            }
            for word in [
                &page.number,
                "mei@example.com",
                "Course walk",
                "山路学校",
                "91330106MA2",
            ] {
                assert!(text.contains(word), "{word} is not in {text}");
            }
        }
        let sql = "SELECT COUNT(*) FROM payment_finding";
        assert_eq!(number(backend, sql).await, 0, "everything agrees");
    }
}

#[tokio::test]
async fn a_receipt_that_does_not_agree_with_its_order_is_found() {
    for test in schools().await {
        let backend = &test.backend;
        let order = buy(backend, guest("mei@example.com"), "walk", PRICE).await;
        let mut tx = backend.db.write().await.expect("a transaction");
        crate::db::execute!(
            &mut tx,
            "UPDATE purchase SET basket = REPLACE(basket, '19900', '18900') WHERE id = $1",
            order.0,
        )
        .expect("a defect");
        tx.commit().await.expect("committed");
        for _ in 0..2 {
            let drawn = backend.receipt_pdf(&staff(), order, "en", None).await;
            assert!(
                text_of(&drawn.expect("drawn")).contains("CN¥199.00"),
                "as charged"
            );
        }
        let sql = "SELECT COUNT(*) FROM payment_finding WHERE kind = 'receipt-mismatch'";
        assert_eq!(number(backend, sql).await, 1, "said once on {}", test.kind);
        // Settled by hand, the same is not said again, and what is new is.
        let draw = || async {
            let drawn = backend.receipt_pdf(&staff(), order, "en", None).await;
            drawn.expect("drawn");
            number(backend, sql).await
        };
        run(backend, "UPDATE payment_finding SET settled_at = 0").await;
        assert_eq!(draw().await, 1, "{}", test.kind);
        run(backend, "UPDATE purchase SET refunded_minor = 1").await;
        assert_eq!(draw().await, 2, "{}", test.kind);
    }
}

#[tokio::test]
async fn what_cost_nothing_has_a_receipt_too() {
    for test in schools().await {
        let backend = &test.backend;
        let free = domain::checkout::coupon::Terms {
            off: domain::checkout::Off::Percent {
                percent: 100,
                cap: None,
            },
            ..tenth_off()
        };
        coupon(backend, "GIFT", &free).await;
        let user = learner(backend, "mei@example.com").await;
        let (order, next) = place(backend, by(&user), "walk", Some("gift"), 0).await;
        assert_eq!(next, Next::Done);
        let asker = Asker::User(user.id);
        let drawn = backend.receipt_pdf(&asker, order, "en", None).await;
        let text = text_of(&drawn.expect("drawn"));
        for word in [
            "Mei Chen · mei@example.com",
            "Nothing was to pay",
            "CN¥0.00",
        ] {
            assert!(
                text.contains(word),
                "{word} is not in {text} on {}",
                test.kind
            );
        }
        backend.send_order_mails().await.expect("sent");
        let mail = &mails(backend, "mei@example.com", "Receipt")[0];
        assert!(mail.text.contains("There was nothing to pay"));
    }
}

/// A basket that no checkout makes, with and without the machine's fonts.
#[test]
fn a_long_receipt_goes_on_on_the_next_page() {
    use crate::{
        pdf::fonts::Fonts,
        receipt::{figures::Receipt, sheet::document},
    };
    let at = "2026-03-02T09:00:00Z".parse().expect("a moment");
    let title = "备考四周：从焦虑到有数，每天一小时的学习计划与错题复盘方法，".repeat(3);
    let receipt = Receipt {
        number: "A1B2C3D4".into(),
        name: None,
        email: "mei@example.com".into(),
        placed_at: at,
        paid_at: at,
        zone: jiff::tz::TimeZone::UTC,
        language: "zh-Hans".into(),
        currency: domain::money::Currency::CNY,
        items: vec![(title, 1_000); 40],
        list: 40_000,
        lines: Vec::new(),
        total: 40_000,
        refunds: Vec::new(),
        gateway: Some("stripe".into()),
        agreement: 1,
        agreed_at: at,
        url: "https://school.example/orders/1".into(),
    };
    let drawn = document(&receipt, &School::default(), Fonts::of_system("zh-Hans"));
    let drawn = drawn.expect("a document");
    keep("receipt-long.pdf", &drawn);
    // The program that reads it sets blanks beside Chinese as it likes.
    let text = text_of(&drawn).replace(' ', "");
    for word in ["第2页", "第3页", "¥400.00", "Stripe", "Waymark路标"] {
        assert!(text.contains(word), "{word} is not in {text}");
    }
    assert!(!text.contains("测试订单"));
    let readers = document(&receipt, &School::default(), Fonts::of_reader("zh-Hans"));
    assert!(readers.expect("a document").len() < drawn.len());
}

#[tokio::test]
async fn the_receipt_of_a_key_does_not_name_the_account() {
    for test in schools().await {
        let backend = &test.backend;
        let mei = learner(backend, "mei@example.com").await;
        // Anybody may type the address.
        let buyer = guest("mei@example.com");
        let order = buy(backend, buyer.clone(), "walk", PRICE).await;
        let key = buyer.key.as_str().to_owned();
        let text = async |asker| {
            let pdf = backend.receipt_pdf(&asker, order, "en", None).await;
            text_of(&pdf.expect("a receipt"))
        };
        assert!(text(Asker::User(mei.id)).await.contains("Mei Chen"));
        let by_key = text(Asker::Guest { key }).await;
        assert!(!by_key.contains("Mei Chen"), "{}: {by_key}", test.kind);
    }
}
