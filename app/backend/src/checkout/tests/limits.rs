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
