mod findings;

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use domain::{
    account::Role,
    checkout::{Off, Scope, Window, coupon::Terms, order::State},
    console::{Moment, OrderFilter, Per, Standing},
    ids::UserId,
    money::Currency,
    study::TimeZone,
};
use uuid::Uuid;

use super::{Deed, Eyes};
use crate::{
    Backend, Error,
    course::ImportOptions,
    testing::{
        TestBackend,
        checkout::{WrittenOrder, write_order, write_refund, write_trouble},
        sample_course, shop,
    },
};

async fn school() -> [TestBackend; 2] {
    let tests = TestBackend::both().await;
    for test in &tests {
        for (slug, price) in [("walk", "199"), ("climb", "99")] {
            let options = ImportOptions {
                publish: true,
                ..ImportOptions::default()
            };
            test.backend
                .import(sample_course(slug, Some(price)), options)
                .await
                .expect("imported");
        }
    }
    tests
}

async fn person(backend: &Backend, role: Role) -> UserId {
    let email = format!("{role}@example.com");
    let user = backend
        .add_user(&email, "Ada", role, "walnut trail compass rain")
        .await;
    user.expect("an account").id
}

async fn numbers(backend: &Backend, eyes: Eyes, filter: OrderFilter) -> Vec<String> {
    let list = backend.console_orders(eyes, &filter).await.expect("a list");
    list.rows.into_iter().map(|row| row.number).collect()
}

fn search(text: &str) -> OrderFilter {
    OrderFilter {
        search: text.to_owned(),
        ..OrderFilter::default()
    }
}

#[tokio::test]
async fn an_order_is_found_by_whatever_is_known_of_it() {
    for test in school().await {
        let backend = &test.backend;
        for (number, email, course, reference) in [
            ("W-0001", "mei.chen@example.com", "walk", "cs_1"),
            ("W-0002", "Ada@example.com", "climb", "cs_2"),
        ] {
            backend.clock.advance(Duration::from_secs(60));
            let order = WrittenOrder {
                number,
                email,
                course,
                reference,
                ..WrittenOrder::default()
            };
            write_order(backend, order).await;
        }
        for (text, found) in [
            ("W-0001", vec!["W-0001"]),
            (" #w-0001 ", vec!["W-0001"]),
            ("ada@example.com", vec!["W-0002"]),
            ("cs_2", vec!["W-0002"]),
            ("capture-cs_1", vec!["W-0001"]),
            ("climb", vec!["W-0002"]),
            ("COURSE", vec!["W-0002", "W-0001"]),
            ("100%", vec![]),
            ("_", vec![]),
            ("\u{0}", vec!["W-0002", "W-0001"]),
            ("@example.com", vec!["W-0002", "W-0001"]),
        ] {
            let numbers = numbers(backend, Eyes::Admin, search(text)).await;
            assert_eq!(numbers, found, "{}: {text}", test.kind);
        }
        // A marketer meets nobody's address, and cannot feel for one.
        let list = backend
            .console_orders(Eyes::Marketer, &search("ada@example.com"))
            .await;
        assert_eq!(list.expect("a list").rows[0].email, "A…@example.com");
        assert!(
            numbers(backend, Eyes::Marketer, search("@example.com"))
                .await
                .is_empty()
        );
    }
}

#[tokio::test]
async fn filters_and_pages_lose_no_order_and_show_none_twice() {
    for test in school().await {
        let backend = &test.backend;
        for number in 0..120_u32 {
            // Three at each moment: the page ends among equals.
            if number % 3 == 0 {
                backend.clock.advance(Duration::from_secs(3_600));
            }
            let (name, reference) = (format!("W-{number:04}"), format!("r{number}"));
            let state = if number % 2 == 0 {
                State::Paid
            } else {
                State::Expired
            };
            let order = WrittenOrder {
                number: &name,
                reference: &reference,
                state,
                ..WrittenOrder::default()
            };
            write_order(backend, order).await;
        }
        let mut filter = OrderFilter::default();
        let (mut seen, mut pages) = (std::collections::BTreeSet::new(), 0);
        loop {
            let list = backend
                .console_orders(Eyes::Admin, &filter)
                .await
                .expect("a list");
            pages += 1;
            for row in &list.rows {
                assert!(seen.insert(row.number.clone()), "{}: twice", test.kind);
            }
            filter.after = list.next;
            if filter.after.is_none() {
                break;
            }
        }
        assert_eq!((seen.len(), pages), (120, 3), "{}", test.kind);

        let of = |standing| OrderFilter {
            standing: Some(standing),
            ..OrderFilter::default()
        };
        let piece = backend
            .console_orders_piece(Eyes::Admin, &of(Standing::EverPaid))
            .await;
        assert_eq!(piece.expect("a piece").rows.len(), 60);
        let piece = backend
            .console_orders_piece(Eyes::Admin, &of(Standing::Open))
            .await;
        assert_eq!(piece.expect("a piece").rows.len(), 0);
        // The clock began at 09:00, so fourteen hours are left of the day.
        let day = OrderFilter {
            to: Some("2026-03-02".parse().expect("a day")),
            ..OrderFilter::default()
        };
        let piece = backend.console_orders_piece(Eyes::Admin, &day).await;
        assert_eq!(piece.expect("a piece").rows.len(), 14 * 3);
    }
}

#[tokio::test]
async fn revenue_is_what_its_orders_say() {
    for mut test in school().await {
        test.backend.zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let backend = &test.backend;
        // 17:00 in Shanghai; then the next day there, still the same in Greenwich.
        let first = write_order(backend, WrittenOrder::default()).await;
        backend.clock.advance(Duration::from_secs(8 * 3_600));
        let second = WrittenOrder {
            number: "W-0002",
            reference: "ref-2",
            total: 9_900,
            ..WrittenOrder::default()
        };
        write_order(backend, second).await;
        let yen = WrittenOrder {
            number: "W-0003",
            reference: "ref-3",
            currency: "JPY",
            total: 1_500,
            ..WrittenOrder::default()
        };
        write_order(backend, yen).await;
        write_refund(backend, first, 5_000, 14_900).await;
        write_trouble(backend, first, backend.clock.now()).await;

        let overview = backend
            .console_overview(Eyes::Admin, Per::Day)
            .await
            .expect("an overview");
        assert_eq!(overview.revenue.len(), 2, "{}", test.kind);
        let yuan = &overview.revenue[0];
        assert_eq!(yuan.currency, Currency::CNY);
        let [.., before, today] = yuan.periods.as_slice() else {
            panic!("days");
        };
        assert_eq!(
            (before.paid, before.orders, before.refunded),
            (19_900, 1, 0)
        );
        assert_eq!(
            (today.paid, today.orders, today.refunded),
            (9_900, 1, 5_000)
        );
        assert_eq!((overview.asked_count, overview.findings), (1, Some(1)));
        assert_eq!(overview.asked[0].number, "W-0001");

        // Each figure leads to exactly its orders.
        let behind = |moment, day: &domain::console::Period| OrderFilter {
            moment,
            from: Some(day.first),
            to: Some(day.last),
            currency: Some(Currency::CNY),
            ..OrderFilter::default()
        };
        assert_eq!(
            numbers(backend, Eyes::Admin, behind(Moment::Paid, before)).await,
            ["W-0001"]
        );
        assert_eq!(
            numbers(backend, Eyes::Admin, behind(Moment::Paid, today)).await,
            ["W-0002"]
        );
        assert_eq!(
            numbers(backend, Eyes::Admin, behind(Moment::Refunded, today)).await,
            ["W-0001"]
        );
        assert!(
            numbers(backend, Eyes::Admin, behind(Moment::Refunded, before))
                .await
                .is_empty()
        );

        let marketer = backend
            .console_overview(Eyes::Marketer, Per::Month)
            .await
            .expect("an overview");
        assert_eq!((marketer.findings, marketer.revenue[0].orders()), (None, 2));
        let findings = backend.console_findings(Eyes::Marketer).await;
        assert!(matches!(findings, Err(Error::NotFound)));
        let findings = backend
            .console_findings(Eyes::Admin)
            .await
            .expect("findings");
        assert_eq!(findings[0].number, "W-0001");
    }
}

fn ten_percent() -> Terms {
    let off = Off::Percent {
        percent: 10,
        cap: None,
    };
    Terms {
        off,
        currency: None,
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit: None,
        per_learner: None,
        new_learners: false,
    }
}

/// What was paid today, by how many orders, what went back, and what the coupon brought.
async fn brought(backend: &Backend) -> (i64, i64, i64, i64) {
    let overview = backend.console_overview(Eyes::Admin, Per::Day).await;
    let overview = overview.expect("an overview");
    let today = overview.revenue[0].periods.last().expect("a day");
    let coupons = backend.console_coupons(Eyes::Admin).await;
    let coupon = coupons.expect("coupons").remove(0);
    let page = backend.console_coupon(Eyes::Admin, coupon.id).await;
    let page = page.expect("a coupon");
    assert_eq!(page.coupon.revenue, coupon.revenue);
    (
        today.paid,
        today.orders,
        today.refunded,
        coupon.revenue[0].minor,
    )
}

#[tokio::test]
async fn what_the_sandbox_was_paid_is_no_money_beside_a_real_gateway() {
    for mut test in school().await {
        let backend = &test.backend;
        shop::coupon(backend, "TEN", &ten_percent()).await;
        for (number, gateway, total) in [
            ("W-0001", "sandbox", 10_000),
            ("W-0002", "stripe", 5_000),
            ("W-0003", "sandbox", 0),
        ] {
            backend.clock.advance(Duration::from_secs(60));
            let order = WrittenOrder {
                number,
                gateway,
                total,
                reference: number,
                ..WrittenOrder::default()
            };
            let order = write_order(backend, order).await;
            if total > 0 {
                write_refund(backend, order, total / 10, total / 10 * 9).await;
            }
        }
        let used = "UPDATE purchase SET coupon_id = (SELECT id FROM coupon)";
        shop::run(backend, used).await;
        assert_eq!(brought(backend).await, (15_000, 3, 1_500, 13_500));

        test.backend.gateway = shop::silent_gateway();
        let backend = &test.backend;
        let left = brought(backend).await;
        assert_eq!(left, (5_000, 2, 500, 4_500), "{}", test.kind);
        // The figures lead to these orders and no others.
        let behind = |moment| OrderFilter {
            moment,
            from: Some(backend.school_day()),
            without_tests: true,
            ..OrderFilter::default()
        };
        let paid = numbers(backend, Eyes::Admin, behind(Moment::Paid)).await;
        assert_eq!(paid, ["W-0003", "W-0002"]);
        let refunded = numbers(backend, Eyes::Admin, behind(Moment::Refunded)).await;
        assert_eq!(refunded, ["W-0002"]);
        let all = backend
            .console_orders(Eyes::Admin, &OrderFilter::default())
            .await
            .expect("a list");
        let marked: Vec<bool> = all.rows.iter().map(|row| row.test).collect();
        assert_eq!(marked, [false, false, true]);
    }
}

#[tokio::test]
async fn one_form_is_done_once_however_often_it_is_sent() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let admin = person(backend, Role::Admin).await;
        let done = AtomicU32::new(0);
        let key = Uuid::now_v7();
        let once = || async {
            let deed = Deed::new(admin, "coupon-add", "coupon", "").with("name", "Spring");
            backend
                .once(deed, key, async {
                    done.fetch_add(1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    Ok("the-coupon".to_owned())
                })
                .await
        };
        let outcomes = futures::future::join_all((0..20).map(|_| once())).await;
        assert_eq!(done.load(Ordering::SeqCst), 1, "{}", test.kind);
        for outcome in outcomes {
            match outcome {
                Ok(subject) => assert_eq!(subject, "the-coupon"),
                Err(Error::Invalid(_)) => {}
                Err(other) => panic!("{}: {other}", test.kind),
            }
        }
        assert_eq!(once().await.expect("done before"), "the-coupon");

        // What failed can be sent again.
        let key = Uuid::now_v7();
        let deed = || Deed::new(admin, "coupon-stop", "coupon", "the-coupon");
        let failed = backend
            .once(deed(), key, async {
                Err(Error::invalid("x", "error-form"))
            })
            .await;
        assert!(failed.is_err());
        let again = backend
            .once(deed(), key, async { Ok("the-coupon".to_owned()) })
            .await;
        assert_eq!(again.expect("done"), "the-coupon");

        let audited = backend
            .audited("coupon", "the-coupon")
            .await
            .expect("a list");
        let actions: Vec<&str> = audited.iter().map(|one| one.action.as_str()).collect();
        assert_eq!(actions, ["coupon-stop", "coupon-add"], "{}", test.kind);
        assert_eq!(audited[1].by.as_deref(), Some("Ada"));
        assert_eq!(
            audited[1].details,
            [("name".to_owned(), "Spring".to_owned())]
        );
    }
}
