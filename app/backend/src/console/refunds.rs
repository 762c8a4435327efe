//! Giving money back, from the console.

use domain::{
    account::{Role, User},
    checkout::shown::OrderPage,
    console::Behind,
    ids::OrderId,
    money::Money,
};

use super::{
    Deed, Eyes, masked_page,
    offers::{WRITES, form_key},
};
use crate::{Backend, Error, Result, checkout::Asker};

/// Letters of a reason.
const MAX_REASON: usize = 1_000;

/// What a refund's form says.
#[derive(Clone, Debug, Default)]
pub struct TypedRefund {
    /// In the order's currency; empty: all that is left.
    pub amount: String,
    pub ends_access: bool,
    pub reason: String,
    pub form_key: String,
}

impl Backend {
    /// An order as staff sees it.
    ///
    /// # Errors
    /// `Error::NotFound`.
    pub async fn console_order(&self, user: &User, id: OrderId) -> Result<(OrderPage, Behind)> {
        let eyes = Eyes::of(user)?;
        let page = self.order_page(&Asker::Staff(user.id), id).await?;
        let behind = self.console_behind(eyes, id).await?;
        Ok((masked_page(eyes, page), behind))
    }

    /// Minor units that can still be given back.
    #[must_use]
    pub fn left_of(page: &OrderPage, behind: &Behind) -> i64 {
        if page.paid_at.is_none() {
            return 0;
        }
        let on_the_way = |state: &str| matches!(state, "due" | "sent");
        let waiting = behind
            .refunds
            .iter()
            .filter(|one| !one.excess && on_the_way(&one.state));
        let waiting: i64 = waiting.map(|one| one.amount).sum();
        (page.quote.total - page.refunded - waiting).max(0)
    }

    /// What a refund would be, before it is confirmed: its amount, and whether access ends with it.
    ///
    /// # Errors
    /// `Error::Invalid` for `amount` and `reason`; `Error::NotFound` for who may not.
    pub async fn weigh_refund(
        &self,
        user: &User,
        id: OrderId,
        typed: &TypedRefund,
    ) -> Result<(i64, bool)> {
        if user.role != Role::Admin {
            return Err(Error::NotFound);
        }
        let (page, behind) = self.console_order(user, id).await?;
        let left = Self::left_of(&page, &behind);
        let amount = match typed.amount.trim() {
            "" => left,
            text => {
                Money::parse(text, page.currency.code())
                    .map_err(|_| Error::invalid("amount", "error-refund-amount"))?
                    .minor
            }
        };
        if amount > left || amount < left.min(1) {
            return Err(Error::invalid("amount", "error-refund-amount"));
        }
        check_reason(&typed.reason)?;
        Ok((amount, typed.ends_access || amount == left))
    }

    /// Gives money back, once however often the form is sent. `amount`: as it was weighed.
    ///
    /// # Errors
    /// As [`Backend::refund_order`]; `Error::NotFound` for who may not.
    pub async fn refund_by(&self, user: &User, id: OrderId, typed: &TypedRefund) -> Result<()> {
        if user.role != Role::Admin {
            return Err(Error::NotFound);
        }
        self.attempt(WRITES, &user.id.to_string()).await?;
        let key = form_key(&typed.form_key)?;
        let deed = Deed::new(user.id, "order-refund", "order", &id.to_string())
            .with("amount", typed.amount.trim())
            .with("reason", typed.reason.trim())
            .said(&(&typed.amount, typed.ends_access, &typed.reason))?;
        let refund = async {
            let (amount, ends_access) = self.weigh_refund(user, id, typed).await?;
            self.refund_order(user.id, id, Some(amount), ends_access, &typed.reason)
                .await?;
            Ok(id.to_string())
        };
        self.once(deed, key, refund).await?;
        Ok(())
    }

    /// Says no to a request.
    ///
    /// # Errors
    /// As [`Backend::decline_refund`]; `Error::NotFound` for who may not.
    pub async fn decline_refund_by(
        &self,
        user: &User,
        id: OrderId,
        reason: &str,
        form: &str,
    ) -> Result<()> {
        if user.role != Role::Admin {
            return Err(Error::NotFound);
        }
        check_reason(reason)?;
        let deed = Deed::new(user.id, "order-decline", "order", &id.to_string())
            .with("reason", reason)
            .said(&reason)?;
        let decline = async {
            self.decline_refund(user.id, id, reason).await?;
            Ok(id.to_string())
        };
        self.once(deed, form_key(form)?, decline).await?;
        Ok(())
    }
}

fn check_reason(reason: &str) -> Result<()> {
    match reason.trim().chars().count() {
        0 => Err(Error::invalid("reason", "error-reason-missing")),
        1..=MAX_REASON => Ok(()),
        _ => Err(Error::invalid("reason", "error-reason-long")),
    }
}
