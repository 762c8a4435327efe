//! Prices: baskets put together from the database, and the rules that lower prices.
//!
//! The price itself is [`domain::checkout::price::quote`], which knows nothing of this.

mod basket;
mod code_store;
mod codes;
mod coupon_store;
mod coupons;
mod history;
mod history_store;
mod promotion_store;
mod promotions;
mod shown;
mod store;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, time::Duration};

use domain::{
    checkout::{
        code::CodeKey,
        price::{Basket, Outcome, Quote, Rule},
    },
    ids::{CouponId, Slug, UserId},
};

pub use basket::price;
pub(crate) use codes::completed;
pub use codes::{Batch, MAX_BATCH};
pub use coupons::{CouponVersion, ListedCoupon, NewCoupon, Task, by_campaign};
pub use history::note_list_price;
pub(crate) use history::planned;
pub use promotions::{ListedPromotion, PromotionVersion};

use crate::{Backend, Result, Tx, account::Visitor, rate_limit::Limit};

/// Wrong codes from one address (a school's class may sit behind one), and by one account.
const WRONG_CODES_FROM: Limit = Limit {
    name: "coupon-from",
    attempts: 60,
    window: Duration::from_secs(900),
};
const WRONG_CODES_BY: Limit = Limit {
    name: "coupon-by",
    attempts: 20,
    window: Duration::from_secs(900),
};

/// Whose price is asked for, and of what.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ask<'a> {
    pub courses: &'a [Slug],
    /// A coupon's code as it was typed.
    pub code: Option<&'a str>,
    pub user: Option<UserId>,
    /// Of the address that was typed, where there is no account.
    pub email_key: Option<&'a str>,
    /// As `open_purchase` names the buyer: what their own open order holds does not stand in their way.
    pub buyer: Option<&'a str>,
}

/// A basket and its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    pub basket: Basket,
    pub quote: Quote,
    /// The coupon that lowers the price, if one does.
    pub coupon: Option<CouponUse>,
}

/// A coupon to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouponUse {
    pub id: CouponId,
    pub version: u32,
    pub code_key: CodeKey,
}

impl Backend {
    /// The price for a page. Wrong codes count against the limits of who typed them; right ones do not.
    ///
    /// # Errors
    /// As [`price`]; `Error::TooManyAttempts` after too many wrong codes, whatever this one is.
    pub async fn priced(&self, ask: &Ask<'_>, visitor: &Visitor) -> Result<Priced> {
        let account = ask.user.map(|user| user.to_string());
        let whom = [
            Some((WRONG_CODES_FROM, visitor.address.as_str())),
            account.as_deref().map(|account| (WRONG_CODES_BY, account)),
        ];
        if ask.code.is_some() {
            for (limit, whom) in whom.into_iter().flatten() {
                self.refuse_beyond(limit, whom).await?;
            }
        }
        let priced = {
            let mut tx = self.db.read().await?;
            price(&mut tx, ask, self.clock.now()).await?
        };
        if is_wrong_code(&priced.quote) {
            for (limit, whom) in whom.into_iter().flatten() {
                self.attempt(limit, whom).await?;
            }
        }
        Ok(priced)
    }
}

fn is_wrong_code(quote: &Quote) -> bool {
    let mut lines = quote.lines.iter();
    lines.any(|line| matches!(line.rule, Rule::Coupon { .. }) && line.outcome == Outcome::NotValid)
}

/// Whether all courses that a rule names exist. They need not be published yet.
async fn know_courses(tx: &mut Tx, named: Option<&BTreeSet<Slug>>) -> Result<bool> {
    let named: Vec<&Slug> = named.into_iter().flatten().collect();
    Ok(store::count_courses(tx, &named).await? == named.len())
}
