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
        code::{CodeKey, code_key},
        price::{Basket, Quote},
    },
    ids::{CouponId, Slug, UserId},
};

pub use basket::price;
pub(crate) use codes::completed;
pub use codes::{Batch, MAX_BATCH};
pub use coupons::{CouponVersion, ListedCoupon, NewCoupon, by_campaign};
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

/// Addresses of people who are not new, heard from one address by codes for new learners.
const ADDRESSES_FROM: Limit = Limit {
    name: "paid-from",
    attempts: 60,
    window: Duration::from_secs(3_600),
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
    /// To be counted, see [`Backend::count_guess`].
    pub guess: Option<Guess>,
}

/// A coupon to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CouponUse {
    pub id: CouponId,
    pub version: u32,
    pub code_key: CodeKey,
}

/// What an answer told somebody who may be guessing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// That this code is none.
    Code,
    /// That who has the address that was typed, without an account, has paid before.
    Address,
}

impl Guess {
    /// What it counts against.
    fn limits(self, ask: &Ask<'_>, visitor: &Visitor) -> Vec<(Limit, String)> {
        let from = |limit| (limit, visitor.address.clone());
        let by = ask.user.map(|user| (WRONG_CODES_BY, user.to_string()));
        match self {
            Self::Code => [from(WRONG_CODES_FROM)].into_iter().chain(by).collect(),
            Self::Address => vec![from(ADDRESSES_FROM)],
        }
    }
}

impl Backend {
    /// The price for a page. Wrong codes count against the limits of who typed them; right ones do not.
    ///
    /// # Errors
    /// As [`price`] and [`Backend::refuse_guesses`].
    pub async fn priced(&self, ask: &Ask<'_>, visitor: &Visitor) -> Result<Priced> {
        self.refuse_guesses(ask, visitor).await?;
        let priced = {
            let mut tx = self.db.read().await?;
            price(&mut tx, ask, self.clock.now()).await?
        };
        self.count_guess(priced.guess, ask, visitor).await?;
        Ok(priced)
    }

    /// Asked before [`price`] wherever a code may be typed, and outside of its transaction.
    ///
    /// # Errors
    /// `Error::TooManyAttempts` after too many wrong codes, whatever this one is; of codes for new learners, also after
    /// too many addresses whose owners were none.
    pub(crate) async fn refuse_guesses(&self, ask: &Ask<'_>, visitor: &Visitor) -> Result<()> {
        let Some(code) = ask.code else { return Ok(()) };
        for (limit, whom) in Guess::Code.limits(ask, visitor) {
            self.refuse_beyond(limit, &whom).await?;
        }
        if ask.user.is_some() || ask.email_key.is_none() {
            return Ok(());
        }
        for (limit, whom) in Guess::Address.limits(ask, visitor) {
            let refused = self.refuse_beyond(limit, &whom).await;
            if refused.is_err() && self.is_for_new_learners(code).await? {
                return refused;
            }
        }
        Ok(())
    }

    /// # Errors
    /// `Error::TooManyAttempts` where it was one too many.
    pub(crate) async fn count_guess(
        &self,
        guess: Option<Guess>,
        ask: &Ask<'_>,
        visitor: &Visitor,
    ) -> Result<()> {
        let limits = guess.map(|guess| guess.limits(ask, visitor));
        for (limit, whom) in limits.into_iter().flatten() {
            self.attempt(limit, &whom).await?;
        }
        Ok(())
    }

    async fn is_for_new_learners(&self, code: &str) -> Result<bool> {
        let Some(key) = code_key(code) else {
            return Ok(false);
        };
        let row = store::code(&mut self.db.read().await?, &key).await?;
        Ok(match row {
            Some(row) => row.read()?.terms.new_learners,
            None => false,
        })
    }
}

/// Whether all courses that a rule names exist. They need not be published yet.
async fn know_courses(tx: &mut Tx, named: Option<&BTreeSet<Slug>>) -> Result<bool> {
    let named: Vec<&Slug> = named.into_iter().flatten().collect();
    Ok(store::count_courses(tx, &named).await? == named.len())
}
