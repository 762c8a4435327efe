//! Coupons and places that there are only so many of.

use super::*;
use crate::checkout::HOLD;

/// Everybody at once. How many orders were placed at the lower price; the others were told of the new one.
async fn rush(shop: &Shop, buyers: Vec<Buyer>, code: &str, total: i64) -> usize {
    let tasks: Vec<_> = buyers
        .into_iter()
        .map(|buyer| {
            let backend = shop.test.backend.clone();
            let wish = Place {
                code: Some(code.to_owned()),
                ..Shop::wish(buyer, &["walk"], total)
            };
            tokio::spawn(async move { backend.place_order(wish).await })
        })
        .collect();
    let mut placed = 0;
    for task in tasks {
        match task.await.expect("a task") {
            Ok(_) => placed += 1,
            refused => assert_eq!(refusal(refused), "error-price-changed"),
        }
    }
    placed
}

#[tokio::test]
async fn eight_parallel_redemptions_of_a_coupon_for_three() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let terms = Terms {
            limit: Some(3),
            ..percent_off(50)
        };
        let coupon = shop::coupon(backend, "THREE", &terms).await;
        let buyers = (0..8)
            .map(|n| guest(&format!("g{n}@example.com")))
            .collect();
        assert_eq!(
            rush(&shop, buyers, "three", PRICE / 2).await,
            3,
            "{}",
            shop.test.kind
        );
        assert_eq!(shop::counts(backend, coupon).await.held, 3);
        // What they do not pay goes to the next who ask.
        shop.wait(HOLD);
        let buyers = (8..16)
            .map(|n| guest(&format!("g{n}@example.com")))
            .collect();
        assert_eq!(rush(&shop, buyers, "three", PRICE / 2).await, 3);
        assert_eq!(shop::counts(backend, coupon).await.held, 3);
        shop.check().await;
    }
}

#[tokio::test]
async fn one_learner_uses_a_coupon_once_however_many_forms_they_send() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let terms = Terms {
            per_learner: Some(1),
            ..percent_off(50)
        };
        let coupon = shop::coupon(backend, "ONCE", &terms).await;
        // Without accounts, from several browsers: the address is the same.
        let buyers = (0..6).map(|_| guest("li@example.com")).collect();
        assert_eq!(
            rush(&shop, buyers, "ONCE", PRICE / 2).await,
            1,
            "{}",
            shop.test.kind
        );
        assert_eq!(shop::counts(backend, coupon).await.held, 1);
        shop.check().await;
    }
}

#[tokio::test]
async fn switching_between_two_coupons_locks_nobody_out() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let one = shop::coupon(backend, "ONE", &percent_off(50)).await;
        let two = shop::coupon(backend, "TWO", &percent_off(50)).await;
        let tasks: Vec<_> = (0..8)
            .map(|n| {
                let (backend, buyer) = (backend.clone(), guest(&format!("g{n}@example.com")));
                tokio::spawn(async move {
                    for round in 0..6 {
                        let code = if (n + round) % 2 == 0 { "ONE" } else { "TWO" };
                        let wish = Place {
                            code: Some(code.into()),
                            ..Shop::wish(buyer.clone(), &["walk"], PRICE / 2)
                        };
                        backend.place_order(wish).await.expect("placed");
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("a task");
        }
        let held = shop::counts(backend, one).await.held + shop::counts(backend, two).await.held;
        assert_eq!(held, 8);
        shop.check().await;
    }
}

#[tokio::test]
async fn the_last_place_in_a_course_is_sold_once() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        backend
            .set_seats(&slug("walk"), Some(2))
            .await
            .expect("set");
        let tasks: Vec<_> = (0..6)
            .map(|n| {
                let backend = backend.clone();
                let buyer = guest(&format!("g{n}@example.com"));
                let wish = Shop::wish(buyer, &["swim", "walk"], PRICE + 5_000);
                tokio::spawn(async move { backend.place_order(wish).await })
            })
            .collect();
        let mut placed = Vec::new();
        for task in tasks {
            match task.await.expect("a task") {
                Ok(order) => placed.push(order),
                refused => assert_eq!(refusal(refused), "error-seats-taken"),
            }
        }
        assert_eq!(placed.len(), 2, "{}", shop.test.kind);
        assert_eq!(shop::seats(backend, &slug("walk")).await, (2, 0));
        shop.pay(&placed[0].next).await;
        shop.hear_all().await;
        assert_eq!(shop::seats(backend, &slug("walk")).await, (1, 1));
        shop.wait(HOLD);
        backend.run_checkout_jobs().await;
        assert_eq!(shop::seats(backend, &slug("walk")).await, (0, 1));
        let staff = shop.learner("staff").await;
        let order = placed[0].order;
        let refund = backend
            .refund_order(staff.id, order, None, true, "moved away")
            .await;
        refund.expect("refunded");
        assert_eq!(shop::seats(backend, &slug("walk")).await, (0, 0));
        shop.check().await;
    }
}

/// A visitor's address and the code that they type.
fn typed(buyer: Buyer, from: &str, code: &str, total: i64) -> Place {
    Place {
        code: Some(code.to_owned()),
        visitor: Visitor {
            address: from.to_owned(),
            ..Visitor::default()
        },
        ..Shop::wish(buyer, &["walk"], total)
    }
}

#[tokio::test]
async fn placing_orders_is_no_way_to_guess_codes() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        shop::coupon(backend, "TEN", &percent_off(10)).await;
        let lower = PRICE * 9 / 10;
        let mei = shop.learner("mei").await;
        for guess in 0..20 {
            // A wrong code is told by the price that holds, whichever was expected.
            let total = if guess % 2 == 0 { lower } else { PRICE };
            let wish = typed(by(&mei), "203.0.113.7", &format!("GUESS{guess}"), total);
            let placed = backend.place_order(wish).await;
            assert_eq!(placed.is_ok(), total == PRICE, "{placed:?}");
        }
        let elsewhere = typed(by(&mei), "203.0.113.8", "TEN", lower);
        let refused = backend.place_order(elsewhere).await;
        assert!(
            matches!(refused, Err(Error::TooManyAttempts { .. })),
            "{refused:?}"
        );
        for guess in 0..40 {
            let buyer = guest(&format!("g{guess}@example.com"));
            let wish = typed(buyer, "203.0.113.7", &format!("GUESS{guess}"), lower);
            assert_eq!(
                refusal(backend.place_order(wish).await),
                "error-price-changed"
            );
        }
        let right = typed(guest("bo@example.com"), "203.0.113.7", "TEN", lower);
        let refused = backend.place_order(right.clone()).await;
        assert!(matches!(refused, Err(Error::TooManyAttempts { .. })));
        let without = Place {
            code: None,
            expected_total: PRICE,
            ..right
        };
        shop.place(without).await;
        shop.check().await;
    }
}

#[tokio::test]
async fn a_whole_school_behind_one_address_may_type_the_right_code() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let terms = Terms {
            limit: Some(3),
            ..percent_off(10)
        };
        shop::coupon(backend, "THREE", &terms).await;
        shop::coupon(backend, "TEN", &percent_off(10)).await;
        let lower = PRICE * 9 / 10;
        for n in 0..70 {
            let buyer = guest(&format!("g{n}@example.com"));
            let wish = typed(buyer, "203.0.113.7", "THREE", lower);
            match backend.place_order(wish).await {
                Ok(_) => assert!(n < 3),
                refused => assert_eq!(refusal(refused), "error-price-changed"),
            }
        }
        let other = typed(guest("bo@example.com"), "203.0.113.7", "TEN", lower);
        shop.place(other).await;
    }
}

/// Everybody in the school opens the link of last month.
#[tokio::test]
async fn a_link_to_a_campaign_that_is_over_shuts_nobody_out() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let over = Terms {
            window: Window {
                starts: None,
                ends: Some(backend.clock.now()),
            },
            ..percent_off(10)
        };
        shop::coupon(backend, "OVER", &over).await;
        shop::coupon(backend, "TEN", &percent_off(10)).await;
        let walk = [slug("walk")];
        let visitor = typed(guest("li@example.com"), "203.0.113.7", "TEN", PRICE).visitor;
        let ask = |code| crate::pricing::Ask {
            courses: &walk,
            code: Some(code),
            ..crate::pricing::Ask::default()
        };
        for _ in 0..70 {
            let priced = backend.priced(&ask("OVER"), &visitor).await;
            assert_eq!(priced.expect("a price").quote.total, PRICE);
        }
        let priced = backend.priced(&ask("TEN"), &visitor).await;
        let total = priced.expect("a price").quote.total;
        assert_eq!(total, PRICE * 9 / 10, "{}", shop.test.kind);
    }
}

#[tokio::test]
async fn what_another_open_order_holds_is_not_promised_again() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let once = Terms {
            per_learner: Some(1),
            ..percent_off(50)
        };
        shop::coupon(backend, "ONCE", &once).await;
        let single = Terms {
            limit: Some(1),
            ..percent_off(50)
        };
        shop::coupon(backend, "SINGLE", &single).await;
        for (name, code) in [("mei", "ONCE"), ("bo", "SINGLE")] {
            let user = shop.learner(name).await;
            let walk = typed(by(&user), "203.0.113.7", code, PRICE / 2);
            let (first, _) = shop.place(walk).await;
            let priced = async |courses: &[Slug]| {
                let tag = user.id.to_string();
                let ask = crate::pricing::Ask {
                    courses,
                    code: Some(code),
                    user: Some(user.id),
                    email_key: None,
                    buyer: Some(&tag),
                };
                let priced = backend.priced(&ask, &Visitor::default()).await;
                priced.expect("a price").quote.total
            };
            let swim = priced(&[slug("swim")]).await;
            assert_eq!(swim, 5_000, "{code} {}", shop.test.kind);
            // What the page says is what is placed, and the first order stays.
            let wish = Place {
                courses: vec![slug("swim")],
                ..typed(by(&user), "203.0.113.7", code, swim)
            };
            let (second, _) = shop.place(wish).await;
            assert!(shop.state(first).await.is_open());
            // For a course of that order it is let go of.
            assert_eq!(priced(&[slug("walk")]).await, PRICE / 2);
            let both = priced(&[slug("swim"), slug("walk")]).await;
            assert_eq!(both, (PRICE + 5_000) / 2);
            let wish = Place {
                courses: vec![slug("swim"), slug("walk")],
                ..typed(by(&user), "203.0.113.7", code, both)
            };
            shop.place(wish).await;
            for ended in [first, second] {
                assert_eq!(shop.state(ended).await, State::Cancelled);
            }
        }
        shop.check().await;
    }
}

#[tokio::test]
async fn whether_an_address_has_paid_is_told_to_nobody_often() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let new = Terms {
            new_learners: true,
            ..percent_off(50)
        };
        shop::coupon(backend, "NEW", &new).await;
        shop::coupon(backend, "TEN", &percent_off(10)).await;
        shop.buy(guest("mei@example.com"), "swim", 5_000).await;
        let priced = async |email: &str, code: Option<&str>| {
            let courses = [slug("walk")];
            let ask = crate::pricing::Ask {
                courses: &courses,
                code,
                email_key: Some(email),
                ..Default::default()
            };
            backend.priced(&ask, &Visitor::default()).await
        };
        for code in [None, Some("TEN")] {
            let mei = priced("mei@example.com", code).await.expect("a price");
            assert!(mei.basket.learner.new, "said of nobody without need");
        }
        for n in 0..70 {
            let bo = priced(&format!("bo{n}@example.com"), Some("NEW")).await;
            assert_eq!(bo.expect("a price").quote.total, PRICE / 2, "the new");
        }
        for _ in 0..60 {
            let mei = priced("mei@example.com", Some("NEW")).await;
            assert_eq!(mei.expect("a price").quote.total, PRICE);
        }
        for email in ["mei@example.com", "bo@example.com"] {
            let refused = priced(email, Some("NEW")).await;
            assert!(matches!(refused, Err(Error::TooManyAttempts { .. })));
            priced(email, Some("TEN")).await.expect("another code");
        }
    }
}

#[tokio::test]
async fn who_came_while_there_was_any_number_of_places_has_one() {
    for shop in Shop::both().await {
        let backend = &shop.test.backend;
        let staff = shop.learner("staff").await;
        let back = shop.buy(guest("a@example.com"), "walk", PRICE).await;
        shop.buy(guest("b@example.com"), "walk", PRICE).await;
        let wish = Shop::wish(guest("c@example.com"), &["walk"], PRICE);
        let (_, open) = shop.place(wish).await;
        let walk = slug("walk");
        backend.set_seats(&walk, Some(3)).await.expect("set");
        assert_eq!(
            shop::seats(backend, &walk).await,
            (1, 2),
            "{}",
            shop.test.kind
        );
        let wish = || Shop::wish(guest("d@example.com"), &["walk"], PRICE);
        let full = backend.place_order(wish()).await;
        assert_eq!(refusal(full), "error-seats-taken");
        // Their places come and go as all others.
        shop.pay(&open).await;
        shop.hear_all().await;
        assert_eq!(shop::seats(backend, &walk).await, (0, 3));
        let refund = backend.refund_order(staff.id, back, None, true, "moved away");
        refund.await.expect("refunded");
        assert_eq!(shop::seats(backend, &walk).await, (0, 2));
        backend.set_seats(&walk, None).await.expect("set");
        shop.place(wish()).await;
        backend.set_seats(&walk, Some(3)).await.expect("set");
        assert_eq!(shop::seats(backend, &walk).await, (1, 2));
        shop.check().await;
    }
}
