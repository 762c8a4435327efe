mod access;
mod capturing;
mod limits;
mod notices;
mod placing;
mod refunding;
mod resuming;

use std::time::Duration;

use domain::{
    account::{Email, Role, User},
    checkout::{
        Off, Scope, Window,
        coupon::Terms,
        order::{Event, State},
        shown::OrderPage,
    },
    ids::{OrderId, Slug},
};
use uuid::Uuid;

use super::{Asker, Buyer, BuyerKey, Came, Next, Place, take_in};
use crate::{
    Backend, Error, Result,
    account::Visitor,
    course::ImportOptions,
    ports::payment::{
        News,
        sandbox::{Delivery, Sandbox},
    },
    testing::{TestBackend, sample_course, shop},
};

const PASSWORD: &str = "walnut trail compass rain";
/// Minor units of what `walk` costs.
const PRICE: i64 = 19_900;

/// A school with two courses for sale: `walk` for 199.00 CNY and `swim` for 50.00.
pub struct Shop {
    pub test: TestBackend,
}

impl Shop {
    pub async fn both() -> Vec<Self> {
        let mut shops = Vec::new();
        for test in TestBackend::both().await {
            for (slug, price) in [("walk", "199.00"), ("swim", "50.00")] {
                let options = ImportOptions {
                    publish: true,
                    ..ImportOptions::default()
                };
                let course = sample_course(slug, Some(price));
                test.backend
                    .import(course, options)
                    .await
                    .expect("imported");
            }
            test.backend
                .agreement(None, "en")
                .await
                .expect("an agreement");
            shops.push(Self { test });
        }
        shops
    }

    pub async fn learner(&self, name: &str) -> User {
        let email = format!("{name}@example.com");
        self.test
            .backend
            .add_user(&email, "Mei Chen", Role::Learner, PASSWORD)
            .await
            .expect("an account")
    }

    /// What an order for courses at a price needs.
    pub fn wish(buyer: Buyer, courses: &[&str], total: i64) -> Place {
        Place {
            buyer,
            courses: courses.iter().map(|course| slug(course)).collect(),
            code: None,
            expected_total: total,
            agreement: 1,
            form_key: Uuid::now_v7(),
            visitor: Visitor::default(),
        }
    }

    pub async fn place(&self, place: Place) -> (OrderId, Next) {
        let placed = self.test.backend.place_order(place).await.expect("placed");
        (placed.order, placed.next)
    }

    pub fn sandbox(&self) -> &Sandbox {
        self.test.backend.gateway.sandbox().expect("the sandbox")
    }

    /// The same school, paid by Stripe, where nobody answers.
    pub fn by_stripe(&self) -> Backend {
        Backend {
            gateway: shop::silent_gateway(),
            ..self.test.backend.clone()
        }
    }

    /// The payer presses **Pay**; nothing is heard of it yet.
    pub async fn pay(&self, next: &Next) {
        self.sandbox()
            .pay(&reference(next), Delivery::After)
            .await
            .expect("paid");
    }

    /// Everything that the sandbox has to say, in the order in which it happened.
    pub async fn news(&self) -> Vec<News> {
        let due = self.sandbox().due().await.expect("notices");
        let mut news = Vec::new();
        for (id, body) in due {
            let notice = self.test.backend.gateway.read(body.as_bytes());
            news.push(notice.expect("a notice").news);
            self.sandbox().delivered(id).await.expect("delivered");
        }
        news
    }

    pub async fn hear(&self, news: &News) -> Came {
        let backend = &self.test.backend;
        let mut tx = backend.db.write().await.expect("a transaction");
        let came = take_in(&mut tx, "sandbox", news, backend.clock.now())
            .await
            .expect("taken in");
        tx.commit().await.expect("committed");
        came
    }

    pub async fn hear_all(&self) -> Vec<Came> {
        let mut came = Vec::new();
        for news in self.news().await {
            came.push(self.hear(&news).await);
        }
        came
    }

    /// The whole way of one course.
    pub async fn buy(&self, buyer: Buyer, course: &str, total: i64) -> OrderId {
        let (order, next) = self.place(Self::wish(buyer, &[course], total)).await;
        self.pay(&next).await;
        assert!(self.hear_all().await.contains(&Came::Paid));
        order
    }

    pub async fn page(&self, order: OrderId) -> OrderPage {
        self.test
            .backend
            .order_page(&staff(), order)
            .await
            .expect("an order")
    }

    pub async fn state(&self, order: OrderId) -> State {
        self.page(order).await.state
    }

    pub async fn is_enrolled(&self, user: &User, course: &str) -> bool {
        let backend = &self.test.backend;
        let courses = backend.learning(user.id).await.expect("courses");
        courses.iter().any(|card| card.slug == slug(course))
    }

    pub fn wait(&self, time: Duration) {
        self.test.backend.clock.advance(time);
    }

    /// The payer has the page of another attempt in hand.
    pub async fn second_attempt(&self, order: OrderId) -> Next {
        let amount = self.page(order).await.total();
        Next::PayAt(shop::attempt(&self.test.backend, order, amount).await.url)
    }

    /// Minor units that the sandbox has paid back.
    pub async fn sandbox_refunded(&self) -> i64 {
        let sql = "SELECT CAST(COALESCE(SUM(refunded_minor), 0) AS BIGINT) FROM sandbox_payment";
        shop::number(&self.test.backend, sql).await
    }

    /// Nothing in the books contradicts anything else.
    pub async fn check(&self) {
        let backend = &self.test.backend;
        let wrong = crate::testing::wrong_books(backend, backend.clock.now()).await;
        assert_eq!(wrong, [], "{}", self.test.kind);
    }
}

pub fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

pub fn staff() -> Asker {
    Asker::Staff(domain::ids::UserId(Uuid::nil()))
}

pub fn by(user: &User) -> Buyer {
    Buyer {
        email: user.email.clone(),
        user: Some(user.clone()),
        key: BuyerKey::random(),
        language: "en".into(),
    }
}

pub fn guest(email: &str) -> Buyer {
    Buyer {
        user: None,
        email: Email::parse(email).expect("an address"),
        key: BuyerKey::random(),
        language: "zh-Hans".into(),
    }
}

pub fn key_of(buyer: &Buyer) -> Asker {
    Asker::Guest {
        key: buyer.key.as_str().to_owned(),
    }
}

pub fn reference(next: &Next) -> String {
    match next {
        Next::PayAt(url) => url.rsplit('/').next().unwrap_or_default().to_owned(),
        Next::Done => panic!("there is nothing to pay"),
    }
}

/// The message of a refusal.
pub fn refusal<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::Invalid(errors)) => errors[0].message.clone(),
        other => panic!("not refused: {other:?}"),
    }
}

pub fn percent_off(percent: u8) -> Terms {
    Terms {
        off: Off::Percent { percent, cap: None },
        currency: None,
        scope: Scope::All,
        min_spend: None,
        window: Window::default(),
        limit: None,
        per_learner: None,
        new_learners: false,
    }
}

pub fn kinds(page: &OrderPage) -> Vec<&Event> {
    page.timeline.iter().map(|step| &step.event).collect()
}
