//! Buying, as a browser without JavaScript does it.

use domain::{
    account::Role,
    checkout::{Off, Scope, Window, coupon::Terms},
    ids::Slug,
    money::Currency,
};

use crate::harness::{Browser, Page, TestApp};

const AGREED: (&str, &str) = ("agree", "1");

/// Two courses, for CNY 199 and 99.
async fn shop(app: &TestApp) {
    app.with_course("walk", Some("199.00")).await;
    app.with_course("climb", Some("99.00")).await;
}

async fn learner(app: &TestApp, email: &str) -> Browser {
    app.with_user(email, Role::Learner).await;
    app.signed_in(email).await
}

impl Page {
    pub fn total(&self) -> String {
        self.text("[data-testid=order-total]")
            .unwrap_or_else(|| panic!("no total: {}", self.body))
    }

    fn status(&self) -> String {
        self.attribute("[data-testid=order-status]", "data-state")
            .unwrap_or_else(|| panic!("{} is no order: {}", self.path, self.body))
    }

    /// Path of the order without what is asked beside.
    fn order(&self) -> String {
        assert!(
            self.path.starts_with("/orders/"),
            "{} {}",
            self.path,
            self.body
        );
        self.path
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

#[tokio::test]
async fn a_coupon_in_a_link_survives_joining_and_lowers_the_price() {
    for app in TestApp::both().await {
        shop(&app).await;
        app.with_coupon(
            "SPRING-20",
            Off::Percent {
                percent: 20,
                cap: None,
            },
        )
        .await;
        let browser = app.browser();
        let course = browser.get("/courses/walk?coupon=spring20").await;
        let buy = course
            .attribute(".offer-bar a", "href")
            .expect("a way to buy");
        assert_eq!(buy, "/checkout/walk?coupon=spring20", "{}", app.test.kind);
        let checkout = browser.get("/checkout/walk").await;
        assert_eq!(checkout.total(), "CN¥159.20");
        assert_eq!(
            checkout.texts("[data-testid=discount-line]"),
            ["Coupon spring20 −CN¥39.80"]
        );

        // Through the door and back, with everything.
        let door = checkout
            .attribute(".checkout-account a", "href")
            .expect("a way to sign in");
        let join = browser.get(&door.replace("/sign-in", "/join")).await;
        let back = join
            .submit(
                "Create account",
                &[
                    ("name", "Mei"),
                    ("email", "mei@example.com"),
                    ("password", crate::harness::PASSWORD),
                ],
            )
            .await;
        assert_eq!(back.path, "/checkout/walk?coupon=spring20");
        assert_eq!(back.total(), "CN¥159.20");
        assert!(back.has("mei@example.com"));

        let unread = back.submit("Place order", &[]).await;
        assert_eq!(unread.status, 422);
        assert!(
            unread
                .text("#agree-error")
                .is_some_and(|text| text.contains("tick the box"))
        );
        let bank = unread.submit("Place order", &[AGREED]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
        let order = bank.submit("Pay", &[]).await;
        let order = browser.get(&order.order()).await;
        assert_eq!(
            (order.status(), order.total()),
            ("paid".into(), "CN¥159.20".into())
        );
        assert!(browser.get("/courses/walk").await.has("Continue learning"));
        assert!(
            browser
                .get("/courses/walk/lessons/deep")
                .await
                .has("The secret")
        );
        let orders = browser.get("/orders").await;
        assert!(orders.has("Course walk") && orders.has("Test order"));
        // Who has it is not sold it again.
        assert_eq!(browser.get("/checkout/walk").await.path, "/courses/walk");
    }
}

#[tokio::test]
async fn a_guest_buys_and_only_the_guest_s_browser_sees_the_order() {
    for app in TestApp::both().await {
        shop(&app).await;
        let guest = app.browser();
        let checkout = guest.get("/checkout/walk").await;
        let wrong = checkout
            .submit("Place order", &[("email", "mei@nowhere"), AGREED])
            .await;
        assert_eq!(wrong.status, 422, "{}", app.test.kind);
        assert!(wrong.text("#email-error").is_some());
        assert_eq!(
            wrong.attribute("#email", "value").as_deref(),
            Some("mei@nowhere")
        );
        assert!(
            wrong.attribute("[name=agree]", "checked").is_some(),
            "what was ticked stays"
        );
        let bank = wrong
            .submit("Place order", &[("email", "mei@example.com")])
            .await;
        let path = bank.submit("Pay", &[]).await.order();
        let order = guest.get(&path).await;
        assert_eq!(order.status(), "paid");
        assert!(order.has("mei@example.com") && order.has("link that makes it"));

        for other in [app.browser(), learner(&app, "eve@example.com").await] {
            let seen = other.get(&path).await;
            assert_eq!(seen.status, 404);
            assert!(!seen.body.contains("mei@example.com"));
            // Not by a form that posts to it either.
            let id = path.trim_start_matches("/orders/").to_owned();
            for function in ["pay_order", "cancel_order", "request_refund"] {
                let fields = [
                    ("_fn".to_owned(), order_function(function)),
                    ("order".to_owned(), id.clone()),
                ];
                assert_eq!(other.post(&path, &fields).await.status, 404, "{function}");
            }
        }
        for nowhere in ["/orders/x", "/orders/00000000-0000-0000-0000-000000000000"] {
            assert_eq!(guest.get(nowhere).await.status, 404);
        }
        assert_eq!(guest.get(&format!("{path}?key=wrong")).await.status, 404);
    }
}

/// URL of a server function of orders.
fn order_function(name: &str) -> String {
    use leptos::server_fn::ServerFn;
    match name {
        "pay_order" => app::checkout::PayOrder::url(),
        "cancel_order" => app::checkout::CancelOrder::url(),
        _ => app::checkout::RequestRefund::url(),
    }
    .to_owned()
}

#[tokio::test]
async fn what_costs_nothing_is_there_at_once() {
    for app in TestApp::both().await {
        shop(&app).await;
        app.with_coupon(
            "ALL",
            Off::Percent {
                percent: 100,
                cap: None,
            },
        )
        .await;
        let mei = learner(&app, "mei@example.com").await;
        let checkout = mei
            .get("/checkout/climb")
            .await
            .submit("Apply", &[("coupon", "all"), ("then", "apply")])
            .await;
        assert_eq!(
            (checkout.total().as_str(), checkout.status.as_u16()),
            ("CN¥0", 200),
            "{}",
            app.test.kind
        );
        assert!(checkout.has("yours at once"));
        let order = checkout.submit("Place order", &[AGREED]).await;
        assert_eq!(order.status(), "paid");
        assert!(
            mei.get("/courses/climb/lessons/deep")
                .await
                .has("The secret")
        );
    }
}

#[tokio::test]
async fn a_code_that_does_nothing_says_why_beside_its_field() {
    for app in TestApp::both().await {
        shop(&app).await;
        app.with_coupon_for("climb", "CLIMB5", Off::Amount { minor: 500 })
            .await;
        let guest = app.browser();
        for (code, reason) in [("nonsense", "cannot be used"), ("climb5", "other courses")] {
            let page = guest
                .get("/checkout/walk")
                .await
                .submit("Apply", &[("coupon", code), ("then", "apply")])
                .await;
            assert_eq!(page.total(), "CN¥199", "{}", app.test.kind);
            assert!(
                page.text("#coupon-says")
                    .is_some_and(|text| text.contains(reason)),
                "{code}: {}",
                page.body
            );
            assert_eq!(page.attribute("#coupon", "value").as_deref(), Some(code));
        }
        // Off again, also what the link's cookie remembers.
        guest.get("/checkout/climb?coupon=climb5").await;
        let without = guest.get("/checkout/climb?coupon=").await;
        assert_eq!(without.total(), "CN¥99");
        assert_eq!(guest.get("/checkout/climb").await.total(), "CN¥99");
        for nowhere in ["/checkout/nowhere", "/checkout/a_b", "/checkout/WALK"] {
            assert_eq!(guest.get(nowhere).await.status, 404, "{nowhere}");
        }
        app.with_course("gift", None).await;
        assert_eq!(guest.get("/checkout/gift").await.status, 404);
    }
}

#[tokio::test]
async fn whoever_applies_a_code_keeps_what_they_typed() {
    for app in TestApp::both().await {
        shop(&app).await;
        let percent = Off::Percent {
            percent: 20,
            cap: None,
        };
        app.with_coupon("SPRING-20", percent).await;
        let guest = app.browser();
        let typed = [("email", "mei@example.com"), AGREED];
        let page = guest
            .get("/checkout/walk")
            .await
            .submit(
                "Apply",
                &[
                    typed[0],
                    typed[1],
                    ("coupon", "spring20"),
                    ("then", "apply"),
                ],
            )
            .await;
        assert_eq!(
            (page.status.as_u16(), page.total().as_str()),
            (200, "CN¥159.20"),
            "{}",
            app.test.kind
        );
        let email = page.attribute("#email", "value");
        assert_eq!(email.as_deref(), Some("mei@example.com"));
        assert!(page.attribute("[name=agree]", "checked").is_some());
        let bank = page.submit("Place order", &[]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
        assert_eq!(bank.total(), "CN¥159.20");
        // Taken out of its field, it is off, whatever a link has brought before.
        let with = guest.get("/checkout/walk?coupon=spring20").await;
        let off = with
            .submit("Apply", &[("coupon", ""), ("then", "apply")])
            .await;
        assert_eq!(off.total(), "CN¥199");
    }
}

#[tokio::test]
async fn nobody_pays_without_hearing_what_became_of_their_code() {
    for app in TestApp::both().await {
        shop(&app).await;
        let percent = Off::Percent {
            percent: 20,
            cap: None,
        };
        app.with_coupon("SPRING-20", percent).await;
        let mei = learner(&app, "mei@example.com").await;
        for (code, total, words) in [
            ("spring20", "CN¥159.20", "in the price now"),
            ("nonsense", "CN¥199", "cannot be used"),
        ] {
            let unheard = mei
                .get("/checkout/walk")
                .await
                .submit("Place order", &[AGREED, ("coupon", code)])
                .await;
            assert_eq!(unheard.status, 422, "{code} {}", app.test.kind);
            assert_eq!(unheard.total(), total, "{code}");
            let says = unheard.text("#coupon-says").unwrap_or_default();
            assert!(says.contains(words), "{says}");
            assert!(mei.get("/orders").await.texts(".orders-item").is_empty());
        }
        // Heard: what does nothing does not stand in the way, and the same is one order, however often it is wanted.
        let mut banks = Vec::new();
        for _ in 0..25 {
            let page = mei.get("/checkout/walk?coupon=nonsense").await;
            banks.push(page.submit("Place order", &[AGREED]).await.path);
        }
        banks.dedup();
        assert_eq!(banks.len(), 1, "{banks:?}");
        assert!(banks[0].starts_with("/sandbox/pay/"), "{}", banks[0]);
    }
}

#[tokio::test]
async fn a_form_that_is_sent_twice_places_one_order() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let checkout = mei.get("/checkout/walk").await;
        let (path, form) = checkout.form("Place order", &[AGREED]);
        let sent = futures_of(&mei, &path, &form).await;
        let banks: Vec<String> = sent.into_iter().map(|page| page.path).collect();
        assert!(
            banks
                .iter()
                .all(|bank| *bank == banks[0] && bank.starts_with("/sandbox/pay/")),
            "{banks:?}"
        );
        // Back, looked at again, and sent again: still the same.
        let again = mei
            .get("/checkout/walk")
            .await
            .submit("Place order", &[AGREED])
            .await;
        assert_eq!(again.path, banks[0], "{}", app.test.kind);
        let path_of_order = again.submit("Pay", &[]).await.order();
        // The form of before, when everything is over.
        let late = mei.post(&path, &form).await;
        assert_eq!(late.order(), path_of_order);
        assert_eq!(mei.get("/orders").await.texts(".orders-item").len(), 1);
    }
}

#[tokio::test]
async fn a_form_that_is_sent_again_at_another_price_charges_what_the_page_says() {
    for app in TestApp::both().await {
        shop(&app).await;
        let percent = Off::Percent {
            percent: 20,
            cap: None,
        };
        app.with_coupon("SPRING-20", percent).await;
        let mei = learner(&app, "mei@example.com").await;
        let checkout = mei.get("/checkout/walk").await;
        let (path, mut form) = checkout.form("Place order", &[AGREED]);
        let first = mei.post(&path, &form).await;
        assert!(first.path.starts_with("/sandbox/pay/"), "{}", first.path);
        // Back, and a coupon typed: the island rewrites these and nothing else.
        for (name, value) in &mut form {
            match name.as_str() {
                "coupon" | "code" | "spoken" => *value = "spring20".to_owned(),
                "expected" => *value = "15920".to_owned(),
                _ => {}
            }
        }
        let checkout = mei.get("/checkout/walk?coupon=spring20").await;
        assert_eq!(checkout.total(), "CN¥159.20");
        let refused = mei.post(&path, &form).await;
        assert_eq!(refused.status, 422, "{}", app.test.kind);
        assert_eq!(refused.total(), "CN¥159.20");
        let bank = refused.submit("Place order", &[]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
        assert_ne!(bank.path, first.path);
        assert_eq!(bank.total(), refused.total(), "what the page said");
        // Cancelled, the way back keeps the code.
        let order = bank.submit("Decline", &[]).await.order();
        let open = mei.get(&order).await;
        assert_eq!(open.total(), refused.total());
        let cancelled = open.submit("Cancel the order", &[]).await;
        let again = cancelled.attribute(".order .actions a", "href");
        assert_eq!(again.as_deref(), Some("/checkout/walk?coupon=spring20"));
    }
}

#[tokio::test]
async fn a_form_whose_order_is_over_places_another() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let checkout = mei.get("/checkout/walk").await;
        let (path, form) = checkout.form("Place order", &[AGREED]);
        let bank = mei.post(&path, &form).await;
        let order = bank.submit("Decline", &[]).await.order();
        let cancelled = mei.get(&order).await.submit("Cancel the order", &[]).await;
        assert_eq!(cancelled.status(), "cancelled");
        // Back to the page of before.
        let refused = mei.post(&path, &form).await;
        assert_eq!(refused.status, 422, "{}", app.test.kind);
        let bank = refused.submit("Place order", &[]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
    }
}

/// The same form four times at once, as a nervous finger sends it.
async fn futures_of(browser: &Browser, path: &str, form: &[(String, String)]) -> Vec<Page> {
    let (a, b, c, d) = tokio::join!(
        browser.post(path, form),
        browser.post(path, form),
        browser.post(path, form),
        browser.post(path, form)
    );
    vec![a, b, c, d]
}

#[tokio::test]
async fn a_price_that_changed_meanwhile_is_shown_and_nothing_is_ordered() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let checkout = mei.get("/checkout/walk").await;
        app.with_course("walk", Some("249.00")).await;
        let changed = checkout.submit("Place order", &[AGREED]).await;
        assert_eq!(changed.status, 422, "{}", app.test.kind);
        assert_eq!(changed.total(), "CN¥249");
        assert!(
            changed
                .alerts()
                .iter()
                .any(|text| text.contains("price changed")),
            "{:?}",
            changed.alerts()
        );
        assert!(mei.get("/orders").await.has("not bought anything"));
        let bank = changed.submit("Place order", &[]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
    }
}

#[tokio::test]
async fn a_declined_payment_is_tried_again_and_an_open_order_can_be_cancelled() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let bank = mei
            .get("/checkout/walk")
            .await
            .submit("Place order", &[AGREED])
            .await;
        let path = bank.submit("Decline", &[]).await.order();
        let open = mei.get(&path).await;
        assert_eq!(open.status(), "awaiting-payment", "{}", app.test.kind);
        assert!(open.has("kept for you until"));
        let bank = open.submit("Pay CN¥199", &[]).await;
        assert!(bank.path.starts_with("/sandbox/pay/"), "{}", bank.path);
        let cancelled = mei.get(&path).await.submit("Cancel the order", &[]).await;
        assert_eq!(cancelled.status(), "cancelled");
        assert!(cancelled.has("Nothing is charged"));
        assert!(
            !mei.get("/courses/walk/lessons/deep")
                .await
                .has("The secret")
        );
        let again = cancelled.attribute(".order .actions a", "href");
        assert_eq!(again.as_deref(), Some("/checkout/walk"));
    }
}

#[tokio::test]
async fn a_learner_asks_for_the_money_back() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let bank = mei
            .get("/checkout/walk")
            .await
            .submit("Place order", &[AGREED])
            .await;
        let path = bank.submit("Pay", &[]).await.order();
        let order = mei.get(&path).await;
        assert!(
            order.has("Money back") || order.has("money back"),
            "{}",
            app.test.kind
        );
        let asked = order
            .submit("Ask for a refund", &[("reason", "Not for <b>me</b>")])
            .await;
        assert_eq!(asked.status, 200);
        assert!(asked.has("You asked for a refund.") && asked.has("Not for <b>me</b>"));
        // The first page was still open, and its button is pressed again.
        let again = order
            .submit("Ask for a refund", &[("reason", "Not for me")])
            .await;
        assert_eq!((again.status.as_u16(), again.alerts().len()), (200, 0));
    }
}

#[tokio::test]
async fn a_refund_that_the_bank_never_makes_is_not_said_to_be_tried_again() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let bank = mei
            .get("/checkout/walk")
            .await
            .submit("Place order", &[AGREED])
            .await;
        let path = bank.submit("Pay", &[]).await.order();
        backend::testing::shop::empty_sandbox(&app.test.backend).await;
        let order = mei.get(&path).await;
        order
            .submit("Ask for a refund", &[("reason", "Not for me")])
            .await;
        let order = mei.get(&path).await;
        assert_eq!(order.status(), "paid", "{}", app.test.kind);
        assert!(
            order.has(
                "Paying back CN¥199 did not work. The school knows, and pays you in another way."
            ),
            "{}",
            order.body
        );
    }
}

#[tokio::test]
async fn several_courses_are_bought_together() {
    for app in TestApp::both().await {
        shop(&app).await;
        let mei = learner(&app, "mei@example.com").await;
        let both = mei.get("/checkout/walk?with=climb,walk,nowhere").await;
        // What cannot be bought with it is left out as a whole.
        assert_eq!(both.total(), "CN¥199", "{}", app.test.kind);
        let both = mei.get("/checkout/walk?with=climb").await;
        assert_eq!(both.total(), "CN¥298");
        let alone = both
            .attribute("[data-remove=climb]", "href")
            .expect("a way to leave it out");
        assert_eq!(mei.get(&alone).await.total(), "CN¥199");
        let bank = both.submit("Place order", &[AGREED]).await;
        let path = bank.submit("Pay", &[]).await.order();
        assert_eq!(mei.get(&path).await.texts(".basket .price-line").len(), 2);
        for course in ["walk", "climb"] {
            assert!(
                mei.get(&format!("/courses/{course}"))
                    .await
                    .has("Continue learning")
            );
        }
    }
}

impl TestApp {
    async fn with_coupon(&self, code: &str, off: Off) {
        self.coupon(code, off, Scope::All).await;
    }

    async fn with_coupon_for(&self, course: &str, code: &str, off: Off) {
        let course = Slug::parse(course).expect("a slug");
        self.coupon(code, off, Scope::These([course].into())).await;
    }

    async fn coupon(&self, code: &str, off: Off, scope: Scope) {
        let currency = matches!(off, Off::Amount { .. }).then_some(Currency::CNY);
        let terms = Terms {
            off,
            currency,
            scope,
            min_spend: None,
            window: Window::default(),
            limit: None,
            per_learner: None,
            new_learners: false,
        };
        backend::testing::shop::coupon(&self.test.backend, code, &terms).await;
    }
}
