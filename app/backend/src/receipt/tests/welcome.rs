use super::*;
use crate::{Error, Result, account::OpenAccount};

/// Buys as a guest and gives the key of the mailed link.
async fn mailed_key(backend: &Backend, email: &str) -> String {
    buy(backend, guest(email), "walk", PRICE).await;
    backend.send_order_mails().await.expect("sent");
    let mail = mails(backend, email, "Receipt").pop().expect("a mail");
    link(&mail, "welcome/")
}

fn form(key: &str, password: &str) -> OpenAccount {
    OpenAccount {
        key: key.to_owned(),
        name: "Mei Chen".into(),
        password: password.to_owned(),
    }
}

fn messages<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result {
        Err(Error::Invalid(fields)) => fields.into_iter().map(|field| field.message).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn the_mailed_link_makes_the_account_with_the_course_in_it() {
    for test in schools().await {
        let backend = &test.backend;
        let key = mailed_key(backend, "mei@example.com").await;
        let welcome = backend.welcome(&key).await.expect("a welcome");
        assert_eq!(welcome.titles, ["Course walk"], "{}", test.kind);
        assert!(!welcome.known && welcome.email == "mei@example.com");
        let weak = backend.open_account(form(&key, "short"), &visitor()).await;
        assert_eq!(messages(weak), ["error-password-short"]);
        let opened = backend.open_account(form(&key, PASSWORD), &visitor()).await;
        let (signed_in, course) = opened.expect("an account");
        assert_eq!(course.as_str(), "walk");
        assert!(signed_in.user.email_confirmed);
        assert_eq!(courses_of(backend, &signed_in.user).await, ["walk"]);
        let orders = backend.orders_of(signed_in.user.id).await.expect("orders");
        assert_eq!(orders.len(), 1, "the order is the account's");

        // A double click, and later the link once more.
        let again = backend.open_account(form(&key, PASSWORD), &visitor()).await;
        assert_eq!(again.expect("signed in").0.user.id, signed_in.user.id);
        let other = backend
            .open_account(form(&key, OTHER_PASSWORD), &visitor())
            .await;
        assert_eq!(messages(other), ["error-email-taken"]);
        assert!(backend.welcome(&key).await.expect("a welcome").known);
    }
}

#[tokio::test]
async fn nobody_gets_in_by_another_key() {
    for test in schools().await {
        let backend = &test.backend;
        let buyer = guest("mei@example.com");
        let browser = buyer.key.as_str().to_owned();
        // The answer to the form was lost, and it is sent once more by a browser that got another key.
        let again = guest("mei@example.com");
        let other = again.key.as_str().to_owned();
        let wish = wish(buyer, "walk", None, PRICE);
        let same = Place {
            buyer: again,
            ..wish.clone()
        };
        let placed = backend.place_order(wish).await.expect("placed");
        assert_eq!(
            backend.place_order(same).await.expect("the same"),
            placed,
            "{}",
            test.kind
        );
        pay(backend, &placed.next).await;
        let asker = Asker::Guest { key: other.clone() };
        let page = backend.order_page(&asker, placed.order).await;
        page.expect("both keys open the order");
        // The browser has paid, but who sits at it has not shown that the address is theirs.
        let random = BuyerKey::random();
        for key in [&browser, &other, "", "abc", random.as_str()] {
            let opened = backend.open_account(form(key, PASSWORD), &visitor()).await;
            assert_eq!(messages(opened), ["error-link-used"], "{}", test.kind);
            assert!(matches!(backend.welcome(key).await, Err(Error::NotFound)));
        }
        // A reminder's link opens its order; what was not paid makes no account.
        place(backend, guest("left@example.com"), "walk", None, PRICE).await;
        backend.clock.advance(HOUR * 2);
        backend.run_checkout_jobs().await;
        backend.due_reminders().await.expect("one");
        backend.send_order_mails().await.expect("sent");
        let mail = &mails(backend, "left@example.com", "Your order")[0];
        let link = link(mail, "orders/");
        let (_, key) = link.split_once("?key=").expect("a key");
        let opened = backend.open_account(form(key, PASSWORD), &visitor()).await;
        assert_eq!(messages(opened), ["error-link-used"]);
    }
}

/// Somebody joined with an address that is not theirs and waits for its owner to pay.
#[tokio::test]
async fn an_account_that_was_never_confirmed_becomes_its_owner_s() {
    for test in schools().await {
        let backend = &test.backend;
        let stranger = join(backend, "mei@example.com").await;
        let key = mailed_key(backend, "mei@example.com").await;
        assert!(
            courses_of(backend, &stranger.user).await.is_empty(),
            "{}",
            test.kind
        );
        assert!(!backend.welcome(&key).await.expect("a welcome").known);
        let opened = backend
            .open_account(form(&key, OTHER_PASSWORD), &visitor())
            .await;
        let (owner, _) = opened.expect("the owner's");
        assert_eq!(courses_of(backend, &owner.user).await, ["walk"]);
        let session = backend.session(stranger.token.as_str()).await;
        assert!(
            session.expect("a database").is_none(),
            "the stranger is out"
        );
        let back = backend
            .sign_in("mei@example.com", PASSWORD, &visitor())
            .await;
        assert_eq!(messages(back), ["error-sign-in-failed"]);
    }
}

#[tokio::test]
async fn the_link_opened_on_two_devices_makes_one_account() {
    for test in schools().await {
        let backend = &test.backend;
        let key = mailed_key(backend, "mei@example.com").await;
        let devices: Vec<_> = (0..4)
            .map(|_| {
                let (backend, key) = (backend.clone(), key.clone());
                tokio::spawn(
                    async move { backend.open_account(form(&key, PASSWORD), &visitor()).await },
                )
            })
            .collect();
        let mut users = std::collections::HashSet::new();
        for device in devices {
            let (signed_in, _) = device.await.expect("a task").expect("signed in");
            assert_eq!(courses_of(backend, &signed_in.user).await, ["walk"]);
            users.insert(signed_in.user.id);
        }
        assert_eq!(users.len(), 1, "{}", test.kind);
    }
}

#[tokio::test]
async fn a_course_waits_until_the_address_is_confirmed() {
    for test in schools().await {
        let backend = &test.backend;
        let buyer = guest("Mei@example.com");
        let key = buyer.key.as_str().to_owned();
        buy(backend, buyer, "walk", PRICE).await;
        let waiting = backend.waiting_titles(&key).await.expect("titles");
        assert_eq!(waiting, ["Course walk"], "{}", test.kind);
        let user = join(backend, "mei@example.com").await.user;
        assert!(courses_of(backend, &user).await.is_empty(), "not shown yet");

        let confirmation = async {
            for _ in 0..200 {
                if let Some(mail) = mails(backend, "mei@example.com", "Confirm").pop() {
                    return link(&mail, "confirm-email/");
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            panic!("no mail came")
        };
        let token = confirmation.await;
        let devices: Vec<_> = (0..4)
            .map(|_| {
                let (backend, token) = (backend.clone(), token.clone());
                tokio::spawn(async move { backend.confirm_email(&token).await })
            })
            .collect();
        let mut confirmed = 0;
        for device in devices {
            confirmed += usize::from(device.await.expect("a task").is_ok());
        }
        assert!(confirmed >= 1);
        assert_eq!(courses_of(backend, &user).await, ["walk"]);
        assert!(
            backend
                .waiting_titles(&key)
                .await
                .expect("titles")
                .is_empty()
        );
        // From now on what is bought with the address is theirs at once.
        buy(backend, guest("MEI@example.com"), "swim", 5_000).await;
        let mut courses = courses_of(backend, &user).await;
        courses.sort_unstable();
        assert_eq!(courses, ["swim", "walk"]);
    }
}
