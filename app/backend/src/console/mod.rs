//! The console: orders, money and findings as those see them who run the school, and what was done there.

mod audit;
mod audit_store;
mod detail_store;
mod finding_store;
mod findings;
mod offer_store;
mod offers;
mod prices;
mod refunds;
mod revenue_store;
mod store;
#[cfg(test)]
mod tests;

use domain::{
    Timestamp,
    account::{Role, User},
    checkout::{code::code_key, shown::OrderPage},
    console::{
        Behind, CourseChoice, Cursor, OrderFilter, OrderList, Overview, Per, Revenue, Standing,
        masked, periods,
    },
    ids::OrderId,
    study::Date,
};

use crate::{Backend, Error, Result, Tx};

pub use audit::Deed;
pub use prices::DAYS;
pub use refunds::TypedRefund;
use store::Between;

/// Orders on one page, and in one piece of a file.
const PAGE: usize = 50;
const PIECE: usize = 500;
/// Refund requests that the overview names.
const NAMED: i64 = 5;

/// How much somebody at the console sees. Holding one is the proof that they may sit there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Eyes {
    /// No buyer's address as a whole.
    Marketer,
    Admin,
}

impl Eyes {
    /// # Errors
    /// `Error::NotFound` for everybody else: the console does not exist for them.
    pub fn of(user: &User) -> Result<Self> {
        match user.role {
            Role::Admin => Ok(Self::Admin),
            Role::Marketer => Ok(Self::Marketer),
            Role::Learner | Role::Instructor => Err(Error::NotFound),
        }
    }
}

/// Whether what the built-in gateway was paid is revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tests {
    Count,
    LeftOut,
}

impl Tests {
    fn count(self) -> bool {
        self == Self::Count
    }
}

/// What the words of a search turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Needle {
    Anything,
    /// The order with this number.
    Order(String),
    Email(String),
    /// A pattern that fits the address.
    EmailPart(String),
    Code(String),
    /// Slug of a course, or words of its title.
    Course(String),
}

impl Backend {
    /// The newest orders that fit, a page of them.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_orders(&self, eyes: Eyes, filter: &OrderFilter) -> Result<OrderList> {
        self.orders_in_pieces(eyes, filter, PAGE).await
    }

    /// The same in larger pieces, for a file.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_orders_piece(
        &self,
        eyes: Eyes,
        filter: &OrderFilter,
    ) -> Result<OrderList> {
        self.orders_in_pieces(eyes, filter, PIECE).await
    }

    async fn orders_in_pieces(
        &self,
        eyes: Eyes,
        filter: &OrderFilter,
        size: usize,
    ) -> Result<OrderList> {
        let mut tx = self.db.read().await?;
        let needle = needle(&mut tx, eyes, &filter.search).await?;
        let between = store::has_days(filter).then(|| self.between(filter));
        // One more than is shown says whether there is a next page.
        let limit = i64::try_from(size + 1).map_err(Error::internal)?;
        let mut rows = store::orders(&mut tx, eyes, filter, between, &needle, limit).await?;
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|row| Cursor {
            placed_at: row.placed_at,
            id: row.id,
        });
        Ok(OrderList { rows, next })
    }

    /// Days of the school's zone as moments.
    fn between(&self, filter: &OrderFilter) -> Between {
        let start = |day: Date| {
            day.to_zoned(self.zone.clone())
                .ok()
                .map(|day| day.timestamp())
        };
        let from = filter.from.and_then(start).unwrap_or(Timestamp::MIN);
        let end = filter.to.and_then(|day| day.tomorrow().ok());
        Between(from, end.and_then(start).unwrap_or(Timestamp::MAX))
    }

    /// Today, where the school is.
    #[must_use]
    pub fn school_day(&self) -> Date {
        self.zone.to_datetime(self.clock.now()).date()
    }

    /// # Errors
    /// `Error::Busy`.
    pub async fn console_overview(&self, eyes: Eyes, per: Per) -> Result<Overview> {
        let revenue = self.revenue(per).await?;
        let due = self.due_coupons().await?;
        let mut tx = self.db.read().await?;
        let (open, asked_count) = store::waiting(&mut tx).await?;
        let filter = OrderFilter {
            standing: Some(Standing::Asked),
            ..OrderFilter::default()
        };
        let asked = match asked_count {
            0 => Vec::new(),
            _ => store::orders(&mut tx, eyes, &filter, None, &Needle::Anything, NAMED).await?,
        };
        let findings = match eyes {
            Eyes::Admin => Some(finding_store::open(&mut tx).await?),
            Eyes::Marketer => None,
        };
        Ok(Overview {
            revenue,
            tests_left_out: !self.tests().count(),
            open,
            asked,
            asked_count,
            findings,
            due,
        })
    }

    /// Without a real gateway tests are all that there is to show; beside one they are no money.
    fn tests(&self) -> Tests {
        match self.gateway.sandbox() {
            Ok(_) => Tests::Count,
            Err(_) => Tests::LeftOut,
        }
    }

    /// What was paid and what went back, currency by currency. Tests count as long as there are no other orders.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn revenue(&self, per: Per) -> Result<Vec<Revenue>> {
        let today = self.school_day();
        let first = periods(per, today)
            .first()
            .map_or(today, |period| period.first);
        let from = first
            .to_zoned(self.zone.clone())
            .map_err(Error::internal)?
            .timestamp();
        let mut tx = self.db.read().await?;
        let mut flows = revenue_store::paid(&mut tx, from, self.tests()).await?;
        flows.extend(revenue_store::refunded(&mut tx, from, self.tests()).await?);
        Ok(Revenue::of(&flows, &self.zone, per, today))
    }

    /// What stands behind an order. Gateways' notices and what was found are for admins.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_behind(&self, eyes: Eyes, order: OrderId) -> Result<Behind> {
        let mut tx = self.db.read().await?;
        let payments = detail_store::payments(&mut tx, order).await?;
        let (mut notices, mut findings) = (Vec::new(), Vec::new());
        if eyes == Eyes::Admin {
            notices = detail_store::notices(&mut tx, &payments).await?;
            findings = finding_store::findings_of(&mut tx, order).await?;
        }
        Ok(Behind {
            refunds: detail_store::refunds(&mut tx, order).await?,
            audit: audit_store::of(&mut tx, "order", &order.to_string()).await?,
            payments,
            notices,
            findings,
        })
    }

    /// Courses that filters and rules can name.
    ///
    /// # Errors
    /// `Error::Busy`.
    pub async fn console_courses(&self, _: Eyes) -> Result<Vec<CourseChoice>> {
        let found = store::courses(&mut self.db.read().await?).await?;
        let choice = |(_, slug, title, price)| CourseChoice { slug, title, price };
        Ok(found.into_iter().map(choice).collect())
    }
}

/// Without the buyer's address and name, for who may not see them.
fn masked_page(eyes: Eyes, page: OrderPage) -> OrderPage {
    match eyes {
        Eyes::Admin => page,
        Eyes::Marketer => OrderPage {
            email: masked(&page.email),
            name: None,
            ..page
        },
    }
}

/// Each kind of thing has an index of its own, so what is meant is found out first. An address is looked for as a
/// whole by who may not see it, or it could be guessed letter by letter.
async fn needle(tx: &mut Tx, eyes: Eyes, search: &str) -> Result<Needle> {
    // Not every database can be asked for every control character.
    let search = search.replace(char::is_control, " ");
    let words = search.trim();
    if words.is_empty() {
        return Ok(Needle::Anything);
    }
    if words.contains('@') {
        let key = words.to_lowercase();
        let whole = !key.starts_with('@') && !key.ends_with('@');
        return Ok(match eyes {
            Eyes::Admin if !whole => Needle::EmailPart(store::pattern(&key)),
            _ => Needle::Email(key),
        });
    }
    let number = words.trim_start_matches('#').to_uppercase();
    if store::number_exists(tx, &number).await? {
        return Ok(Needle::Order(number));
    }
    if let Some(number) = store::number_of_reference(tx, words).await? {
        return Ok(Needle::Order(number));
    }
    if let Some(key) = code_key(words)
        && store::code_exists(tx, key.as_str()).await?
    {
        return Ok(Needle::Code(key.as_str().to_owned()));
    }
    Ok(Needle::Course(words.to_lowercase()))
}
