use super::*;

#[tokio::test]
async fn an_order_that_was_left_is_reminded_of_once() {
    for test in schools().await {
        let backend = &test.backend;
        let (order, _) = place(backend, guest("mei@example.com"), "walk", None, PRICE).await;
        backend.clock.advance(HOUR / 2);
        backend.run_checkout_jobs().await;
        assert_eq!(backend.due_reminders().await.expect("too early"), 0);
        backend.clock.advance(HOUR);
        let askers: Vec<_> = (0..6)
            .map(|_| {
                let backend = backend.clone();
                tokio::spawn(async move { backend.due_reminders().await })
            })
            .collect();
        let mut reminded = 0;
        for asker in askers {
            reminded += asker.await.expect("a task").expect("reminders");
        }
        assert_eq!(reminded, 1, "{}", test.kind);
        backend.clock.advance(HOUR);
        assert_eq!(backend.due_reminders().await.expect("none"), 0);
        assert_eq!(backend.send_order_mails().await.expect("sent"), 1);
        let mail = &mails(backend, "mei@example.com", "Your order is not finished")[0];
        assert!(mail.subject.ends_with("Course walk") && mail.attachments.is_empty());
        let key = link(mail, &format!("orders/{order}?key="));
        let asker = Asker::Guest { key };
        let page = backend.order_page(&asker, order).await;
        let page = page.expect("the way back into the same order");
        let last = page.timeline.last().expect("an event");
        assert_eq!(last.event, domain::checkout::order::Event::Reminded);
        let way = backend.resume_order(&asker, order).await;
        assert!(matches!(way, Ok(Next::PayAt(_))), "it goes on");
        let stop = mail.unsubscribe.clone().expect("a way to stop");
        assert!(mail.text.contains(&stop));
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_what_they_bought_or_want_no_more() {
    for test in schools().await {
        let backend = &test.backend;
        // Bought with another order, also from another browser.
        place(backend, guest("bought@example.com"), "walk", None, PRICE).await;
        buy(backend, guest("bought@example.com"), "walk", PRICE).await;
        // Cancelled.
        let buyer = guest("cancelled@example.com");
        let asker = Asker::Guest {
            key: buyer.key.as_str().to_owned(),
        };
        let (order, _) = place(backend, buyer, "walk", None, PRICE).await;
        backend
            .cancel_order(&asker, order)
            .await
            .expect("cancelled");
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        assert_eq!(
            backend.due_reminders().await.expect("none"),
            0,
            "{}",
            test.kind
        );
        // Long ago.
        place(backend, guest("late@example.com"), "walk", None, PRICE).await;
        backend.clock.advance(HOUR * 24 * 5);
        backend.run_checkout_jobs().await;
        assert_eq!(backend.due_reminders().await.expect("none"), 0);
    }
}

#[tokio::test]
async fn who_unsubscribed_is_reminded_of_nothing_any_more() {
    for test in schools().await {
        let backend = &test.backend;
        place(backend, guest("mei@example.com"), "walk", None, PRICE).await;
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        assert_eq!(backend.due_reminders().await.expect("one"), 1);
        backend.send_order_mails().await.expect("sent");
        let mail = &mails(backend, "mei@example.com", "Your order")[0];
        let token = link(mail, "unsubscribe/");
        for _ in 0..2 {
            backend
                .stop_reminders(&token, "203.0.113.7")
                .await
                .expect("stopped");
        }
        for wrong in ["", "abc", BuyerKey::random().as_str()] {
            let refused = backend.stop_reminders(wrong, "203.0.113.7").await;
            refused.expect_err("never mailed");
        }
        // Whatever the letters of the address.
        let (order, next) = place(backend, guest("MEI@example.com"), "swim", None, 5_000).await;
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        assert_eq!(
            backend.due_reminders().await.expect("none"),
            0,
            "{}",
            test.kind
        );
        assert!(
            !backend
                .order_page(&staff(), order)
                .await
                .expect("it")
                .timeline
                .is_empty()
        );
        drop(next);
        // Receipts still come.
        buy(backend, guest("mei@example.com"), "walk", PRICE).await;
        assert_eq!(backend.send_order_mails().await.expect("sent"), 1);
    }
}

/// Somebody types another's address, over and over.
#[tokio::test]
async fn an_address_is_reminded_seldom() {
    for test in schools().await {
        let backend = &test.backend;
        for number in 0..5 {
            let course = if number % 2 == 0 { "walk" } else { "swim" };
            let total = if number % 2 == 0 { PRICE } else { 5_000 };
            place(backend, guest("mei@example.com"), course, None, total).await;
            backend.clock.advance(HOUR * 2);
            backend.run_checkout_jobs().await;
            backend.due_reminders().await.expect("decided");
        }
        assert_eq!(
            backend.send_order_mails().await.expect("sent"),
            2,
            "{}",
            test.kind
        );
    }
}

/// It was paid between the reminder's writing and its sending.
#[tokio::test]
async fn a_reminder_that_came_too_late_is_dropped() {
    for test in schools().await {
        let backend = &test.backend;
        let (order, next) = place(backend, guest("mei@example.com"), "walk", None, PRICE).await;
        let mut tx = backend.db.write().await.expect("a transaction");
        let kind = crate::receipt::MailKind::Reminder;
        let queued = crate::receipt::queue_mail(&mut tx, order, &kind, backend.clock.now()).await;
        queued.expect("queued");
        tx.commit().await.expect("committed");
        pay(backend, &next).await;
        assert_eq!(
            backend.send_order_mails().await.expect("sent"),
            1,
            "{}",
            test.kind
        );
        assert!(mails(backend, "mei@example.com", "Your order").is_empty());
        assert_eq!(mails(backend, "mei@example.com", "Receipt").len(), 1);
    }
}
