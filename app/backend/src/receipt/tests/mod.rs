mod mails;
mod papers;
mod reminders;
mod welcome;

use std::time::Duration;

use domain::{
    account::{Email, Role, User},
    ids::{OrderId, Slug},
};
use uuid::Uuid;

use crate::{
    Backend,
    account::{Join, SignedIn, Visitor},
    checkout::{Asker, Buyer, BuyerKey, Next, Place, take_in},
    course::ImportOptions,
    ports::{mail::Mail, payment::sandbox::Delivery},
    testing::{TestBackend, sample_course},
};

const PASSWORD: &str = "walnut trail compass rain";
const OTHER_PASSWORD: &str = "seven quiet lanterns above";
/// Minor units of what `walk` costs.
const PRICE: i64 = 19_900;

/// A school that sells `walk` for 199.00 CNY and `swim` for 50.00.
async fn schools() -> Vec<TestBackend> {
    let mut schools = Vec::new();
    for test in TestBackend::both().await {
        for (slug, price) in [("walk", "199.00"), ("swim", "50.00")] {
            let options = ImportOptions {
                publish: true,
                ..ImportOptions::default()
            };
            let course = sample_course(slug, Some(price));
            let imported = test.backend.import(course, options).await;
            imported.expect("imported");
        }
        test.backend.agreement_terms().await.expect("an agreement");
        schools.push(test);
    }
    schools
}

fn guest(email: &str) -> Buyer {
    Buyer {
        user: None,
        email: Email::parse(email).expect("an address"),
        key: BuyerKey::random(),
        language: "en".into(),
    }
}

fn by(user: &User) -> Buyer {
    Buyer {
        user: Some(user.clone()),
        ..guest(user.email.as_str())
    }
}

async fn learner(backend: &Backend, email: &str) -> User {
    let added = backend.add_user(email, "Mei Chen", Role::Learner, PASSWORD);
    added.await.expect("an account")
}

fn wish(buyer: Buyer, course: &str, code: Option<&str>, total: i64) -> Place {
    Place {
        buyer,
        courses: vec![Slug::parse(course).expect("a slug")],
        code: code.map(str::to_owned),
        expected_total: total,
        agreement: 1,
        form_key: Uuid::now_v7(),
        visitor: Visitor::default(),
    }
}

async fn place(
    backend: &Backend,
    buyer: Buyer,
    course: &str,
    code: Option<&str>,
    total: i64,
) -> (OrderId, Next) {
    let place = wish(buyer, course, code, total);
    let placed = backend.place_order(place).await.expect("placed");
    (placed.order, placed.next)
}

/// Pays at the sandbox, and hears of it.
async fn pay(backend: &Backend, next: &Next) {
    let Next::PayAt(url) = next else { return };
    let sandbox = backend.gateway.sandbox().expect("the sandbox");
    let reference = url.rsplit('/').next().unwrap_or_default();
    sandbox.pay(reference, Delivery::After).await.expect("paid");
    for (id, body) in sandbox.due().await.expect("notices") {
        let news = backend
            .gateway
            .read(body.as_bytes())
            .expect("a notice")
            .news;
        let mut tx = backend.db.write().await.expect("a transaction");
        let came = take_in(&mut tx, "sandbox", &news, backend.clock.now()).await;
        came.expect("taken in");
        tx.commit().await.expect("committed");
        sandbox.delivered(id).await.expect("delivered");
    }
}

async fn buy(backend: &Backend, buyer: Buyer, course: &str, total: i64) -> OrderId {
    let (order, next) = place(backend, buyer, course, None, total).await;
    pay(backend, &next).await;
    order
}

fn visitor() -> Visitor {
    Visitor {
        user_agent: "Test/1".into(),
        address: "203.0.113.7".into(),
        session: None,
    }
}

async fn join(backend: &Backend, email: &str) -> SignedIn {
    let join = Join {
        name: "Mei Chen".into(),
        email: email.into(),
        password: PASSWORD.into(),
        language: None,
    };
    backend.join(join, &visitor()).await.expect("joined")
}

/// Mails to an address whose subject begins so.
fn mails(backend: &Backend, to: &str, subject: &str) -> Vec<Mail> {
    let sent = backend.mailer.sent().into_iter();
    sent.filter(|mail| mail.to == to && mail.subject.starts_with(subject))
        .collect()
}

/// What follows `http://localhost/{path}` in a mail.
fn link(mail: &Mail, path: &str) -> String {
    let (_, rest) = mail
        .text
        .split_once(&format!("http://localhost/{path}"))
        .unwrap_or_else(|| panic!("no link to /{path} in {}", mail.text));
    rest.split_whitespace()
        .next()
        .unwrap_or_default()
        .to_owned()
}

async fn courses_of(backend: &Backend, user: &User) -> Vec<String> {
    let courses = backend.learning(user.id).await.expect("courses");
    courses.iter().map(|card| card.slug.to_string()).collect()
}

fn staff() -> Asker {
    Asker::Staff(domain::ids::UserId(Uuid::nil()))
}

const HOUR: Duration = Duration::from_secs(3600);
