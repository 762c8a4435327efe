#![expect(clippy::too_many_arguments, reason = "they are the fields of forms")]

use domain::{
    checkout::{refund::RefundRule, shown::OrderPage},
    ids::{OrderId, Slug},
};
use leptos::{prelude::*, server_fn::codec::Json};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::lines::Preview;
use crate::error::AppError;

/// What the checkout page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checkout {
    pub price: Preview,
    /// Courses that could be bought too: slug, title, and list price in minor units.
    pub beside: Vec<(Slug, String, i64)>,
    /// What stands in the coupon's field.
    pub code: String,
    /// Why the code was not even looked at.
    pub refused: Option<AppError>,
    /// Version of the agreement that is accepted, and its rule.
    pub agreement: u32,
    pub refund: RefundRule,
    /// Names the form: it places one order, however often it is sent.
    pub form_key: Uuid,
    /// No money moves.
    pub test: bool,
}

/// `courses`: their slugs with commas, the one of the address first. `code`: as typed. `email`: of a buyer without an
/// account, once it is known.
#[server]
pub async fn checkout_content(
    courses: String,
    #[server(default)] code: String,
    #[server(default)] email: String,
) -> Result<Checkout, AppError> {
    crate::server::checkout::look(&super::lines::slugs(&courses), &code, &email).await
}

/// Ways to pay less for a course together with others: what each saves, and its checkout.
#[server]
pub async fn ways_to_pay_less(course: String) -> Result<Vec<(String, String)>, AppError> {
    crate::server::checkout::ways(&crate::course::slug(&course)?).await
}

/// What a course has cost, the latest first: since when, and how much. Empty where that never changed.
#[server]
pub async fn price_history(course: String) -> Result<Vec<(String, String)>, AppError> {
    crate::server::checkout::history(&crate::course::slug(&course)?).await
}

/// What the browser computes a price from. `grows`: as the page's own [`Preview`] says.
#[server(input = Json)]
pub async fn preview_price(
    courses: String,
    code: String,
    #[server(default)] grows: bool,
) -> Result<Preview, AppError> {
    crate::server::checkout::preview(&super::lines::slugs(&courses), &code, grows).await
}

/// `expected`: the total (minor units) that the buyer saw; `coupon`: what stands in its field, `spoken`: the code of
/// which the page spoke, `code`: the same where it lowers that total. With `then` = `apply` nothing is placed, and the
/// page is shown with the price of what was typed. Whether an order was placed.
#[server]
pub async fn place_order(
    courses: String,
    #[server(default)] coupon: String,
    #[server(default)] spoken: String,
    #[server(default)] code: String,
    expected: i64,
    agreement: u32,
    form_key: Uuid,
    #[server(default)] email: String,
    #[server(default)] agree: Option<String>,
    #[server(default)] then: String,
) -> Result<bool, AppError> {
    if then == "apply" {
        return Ok(false);
    }
    // Typed and not applied: nobody pays without hearing what became of it.
    if coupon.trim() != spoken.trim() {
        let unheard = domain::form::FieldError::new("coupon", "error-coupon-first");
        return Err(AppError::Invalid(vec![unheard]));
    }
    let buyer = crate::server::checkout::buyer(&email, agree.is_some())?;
    let place = backend::checkout::Place {
        buyer,
        courses: super::lines::slugs(&courses),
        code: Some(code).filter(|code| !code.trim().is_empty()),
        expected_total: expected,
        agreement,
        form_key,
        visitor: crate::server::client()?.visitor,
    };
    let placed = crate::server::backend()?.place_order(place).await?;
    crate::server::checkout::go_on(placed.order, placed.next);
    Ok(true)
}

/// `key`: of a mailed link.
#[server]
pub async fn my_order(
    order: OrderId,
    #[server(default)] key: Option<String>,
) -> Result<OrderPage, AppError> {
    crate::server::checkout::order_page(order, key).await
}

#[server]
pub async fn my_orders() -> Result<Vec<domain::checkout::shown::OrderSummary>, AppError> {
    let user = crate::server::learner()?;
    Ok(crate::server::backend()?.orders_of(user.id).await?)
}

#[server]
pub async fn pay_order(order: OrderId) -> Result<(), AppError> {
    let backend = crate::server::backend()?;
    let ask = |asker| {
        let backend = backend.clone();
        async move { backend.pay_order(&asker, order).await }
    };
    let next = crate::server::buyer::as_any(ask).await?;
    crate::server::checkout::go_on(order, next);
    Ok(())
}

/// Goes on with an order that ran out.
#[server]
pub async fn resume_order(order: OrderId) -> Result<(), AppError> {
    let backend = crate::server::backend()?;
    let ask = |asker| {
        let backend = backend.clone();
        async move { backend.resume_order(&asker, order).await }
    };
    let next = crate::server::buyer::as_any(ask).await?;
    crate::server::checkout::go_on(order, next);
    Ok(())
}

#[server]
pub async fn cancel_order(order: OrderId) -> Result<(), AppError> {
    let backend = crate::server::backend()?;
    let ask = |asker| {
        let backend = backend.clone();
        async move { backend.cancel_order(&asker, order).await }
    };
    crate::server::buyer::as_any(ask).await?;
    crate::server::redirect(&format!("/orders/{order}?notice=order-cancelled"));
    Ok(())
}

#[server]
pub async fn request_refund(
    order: OrderId,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let backend = crate::server::backend()?;
    let ask = |asker| {
        let (backend, reason) = (backend.clone(), reason.clone());
        async move { backend.request_refund(&asker, order, &reason).await }
    };
    crate::server::buyer::as_any(ask).await?;
    crate::server::redirect(&format!("/orders/{order}?notice=refund-asked"));
    Ok(())
}

/// The first course of an address, and those that come with it.
#[must_use]
pub fn asked(course: &str, with: Option<&str>) -> Vec<Slug> {
    let with = with.unwrap_or_default();
    super::lines::slugs(&format!("{course},{with}"))
}
