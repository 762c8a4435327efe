use std::sync::Arc;

use domain::checkout::order::WhyReturned;

use super::*;
use crate::{
    ports::mail::Mailer,
    receipt::{MailKind, queue_mail},
};

#[tokio::test]
async fn a_buyer_is_mailed_the_receipt_and_the_way_in() {
    for test in schools().await {
        let backend = &test.backend;
        let order = buy(backend, guest("mei@example.com"), "walk", PRICE).await;
        assert_eq!(
            backend.send_order_mails().await.expect("sent"),
            1,
            "{}",
            test.kind
        );
        assert_eq!(backend.send_order_mails().await.expect("sent"), 0);
        let [mail] = &mails(backend, "mei@example.com", "Receipt for order")[..] else {
            panic!("not one mail");
        };
        let page = backend.order_page(&staff(), order).await.expect("an order");
        assert!(mail.subject.ends_with(&page.number));
        assert!(mail.text.contains("CN¥199.00") && mail.text.contains("- Course walk"));
        assert!(mail.text.starts_with("Hello,") && mail.text.ends_with("Waymark"));
        let [file] = &mail.attachments[..] else {
            panic!("not one file");
        };
        assert_eq!(file.name, format!("receipt-{}.pdf", page.number));
        assert!(file.content.starts_with(b"%PDF-"));
        assert!(mail.unsubscribe.is_none() && mail.id.is_some());
        assert!(!link(mail, "welcome/").is_empty());
        let key = link(mail, &format!("orders/{order}?key="));
        let seen = backend.order_page(&Asker::Guest { key }, order).await;
        assert!(seen.expect("the order").paid_at.is_some());
        let other = Asker::Guest {
            key: BuyerKey::random().as_str().to_owned(),
        };
        backend
            .order_page(&other, order)
            .await
            .expect_err("another key");
    }
}

#[tokio::test]
async fn who_has_an_account_signs_in_to_see_the_order() {
    for test in schools().await {
        let backend = &test.backend;
        let user = learner(backend, "mei@example.com").await;
        let order = buy(backend, by(&user), "walk", PRICE).await;
        backend.send_order_mails().await.expect("sent");
        let mail = &mails(backend, "mei@example.com", "Receipt")[0];
        assert!(mail.text.starts_with("Hello Mei Chen,"), "{}", test.kind);
        assert_eq!(link(mail, "orders/"), order.to_string());
        assert!(!mail.text.contains("/welcome/") && !mail.text.contains("key="));
    }
}

#[tokio::test]
async fn each_mail_is_sent_by_one_of_many_senders() {
    for test in schools().await {
        let backend = &test.backend;
        for number in 0..6 {
            let email = format!("guest{number}@example.com");
            buy(backend, guest(&email), "swim", 5_000).await;
        }
        let senders: Vec<_> = (0..8)
            .map(|_| {
                let backend = backend.clone();
                tokio::spawn(async move { backend.send_order_mails().await })
            })
            .collect();
        let mut sent = 0;
        for sender in senders {
            sent += sender.await.expect("a task").expect("sent");
        }
        assert_eq!(sent, 6, "{}", test.kind);
        assert_eq!(backend.mailer.sent().len(), 6);
    }
}

#[tokio::test]
async fn a_mail_that_no_relay_takes_is_sent_later() {
    for test in schools().await {
        let backend = &test.backend;
        buy(backend, guest("mei@example.com"), "swim", 5_000).await;
        // Nobody listens there.
        let gone = Mailer::smtp("smtp://127.0.0.1:9", "School <school@example.com>");
        let without = Backend {
            mailer: Arc::new(gone.expect("a relay")),
            ..backend.clone()
        };
        assert_eq!(without.send_order_mails().await.expect("tried"), 0);
        assert_eq!(
            backend.send_order_mails().await.expect("waits"),
            0,
            "{}",
            test.kind
        );
        backend.clock.advance(Duration::from_secs(61));
        assert_eq!(backend.send_order_mails().await.expect("sent"), 1);
    }
}

/// The process ended after it had taken the mail: the next takes it when its time is over.
#[tokio::test]
async fn a_mail_whose_sender_died_is_sent_by_the_next() {
    for test in schools().await {
        let backend = &test.backend;
        buy(backend, guest("mei@example.com"), "swim", 5_000).await;
        let now = backend.clock.now();
        let mut tx = backend.db.write().await.expect("a transaction");
        let due = crate::receipt::store::due_mails(&mut tx, now, 9).await;
        let due = due.expect("mails");
        let taken = crate::receipt::store::take_mail(&mut tx, &due[0], now + HOUR).await;
        assert!(taken.expect("taken"));
        let twice = crate::receipt::store::take_mail(&mut tx, &due[0], now + HOUR).await;
        assert!(!twice.expect("not again"));
        tx.commit().await.expect("committed");
        assert_eq!(
            backend.send_order_mails().await.expect("waits"),
            0,
            "{}",
            test.kind
        );
        backend.clock.advance(HOUR);
        assert_eq!(backend.send_order_mails().await.expect("sent"), 1);
    }
}

#[tokio::test]
async fn what_was_rolled_back_is_not_told() {
    for test in schools().await {
        let backend = &test.backend;
        let (order, _) = place(backend, guest("mei@example.com"), "swim", None, 5_000).await;
        let now = backend.clock.now();
        let mut tx = backend.db.write().await.expect("a transaction");
        let declined = MailKind::RefundDeclined {
            reason: "No.".into(),
        };
        queue_mail(&mut tx, order, &declined, now)
            .await
            .expect("queued");
        drop(tx);
        assert_eq!(
            backend.send_order_mails().await.expect("none"),
            0,
            "{}",
            test.kind
        );
    }
}

#[tokio::test]
async fn mails_about_money_say_why_in_the_buyer_s_language() {
    for test in schools().await {
        let backend = &test.backend;
        let buyer = Buyer {
            language: "zh-Hans".into(),
            ..guest("mei@example.com")
        };
        let order = buy(backend, buyer, "walk", PRICE).await;
        let now = backend.clock.now();
        let mut tx = backend.db.write().await.expect("a transaction");
        for kind in [
            MailKind::Refunded {
                amount: 5_000,
                reason: "课程没有字幕".into(),
            },
            MailKind::Returned {
                amount: PRICE,
                why: WhyReturned::PaidTwice,
            },
            MailKind::RefundDeclined {
                reason: "已学完".into(),
            },
            // Asked for once more, sent once.
            MailKind::Paid,
        ] {
            queue_mail(&mut tx, order, &kind, now)
                .await
                .expect("queued");
        }
        tx.commit().await.expect("committed");
        assert_eq!(
            backend.send_order_mails().await.expect("sent"),
            4,
            "{}",
            test.kind
        );
        let texts: Vec<String> = backend
            .mailer
            .sent()
            .into_iter()
            .map(|mail| format!("{}\n{}", mail.subject, mail.text))
            .collect();
        for words in [
            "的收据",
            "的 ¥50.00 正按原付款方式退回",
            "原因：课程没有字幕",
            "¥199.00 将原路退回：这个订单已经付过款",
            "学校没有同意",
            "原因：已学完",
        ] {
            let found = texts.iter().filter(|text| text.contains(words)).count();
            assert_eq!(found, 1, "{words} in {texts:?}");
        }
        assert!(
            texts
                .iter()
                .all(|text| !text.contains('{') && !text.contains("en,"))
        );
    }
}
