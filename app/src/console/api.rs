use domain::{
    checkout::promotion::Promotion,
    console::{
        CouponForm, CouponPage, CouponRow, CourseChoice, FindingRow, OrderFilter, OrderList,
        Overview, Per, PriceTimeline, PromotionForm, PromotionPage, PromotionRow, Seat,
    },
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{order::ShownOrder, refund::Weighed};
use crate::{error::AppError, ui::Drawing};

/// The overview with a picture for each currency.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawnOverview {
    pub overview: Overview,
    pub drawings: Vec<Drawing>,
}

/// Lets those in to whom the console is open.
#[server]
pub async fn take_seat() -> Result<Seat, AppError> {
    let user = crate::server::marketer()?;
    let backend = crate::server::backend()?;
    let zone = backend.zone;
    Ok(Seat {
        test: backend.gateway.is_test(),
        admin: user.role == domain::account::Role::Admin,
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
    })
}

#[server]
pub async fn look_over(per: Per) -> Result<DrawnOverview, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    let overview = crate::server::backend()?
        .console_overview(eyes, per)
        .await?;
    let draw =
        |revenue: &domain::console::Revenue| crate::server::money_chart::revenue(revenue, per);
    let drawings = overview.revenue.iter().map(draw).collect();
    Ok(DrawnOverview { overview, drawings })
}

#[server]
pub async fn find_orders(filter: OrderFilter) -> Result<OrderList, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    Ok(crate::server::backend()?
        .console_orders(eyes, &filter)
        .await?)
}

#[server]
pub async fn course_choices() -> Result<Vec<CourseChoice>, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    Ok(crate::server::backend()?.console_courses(eyes).await?)
}

#[server]
pub async fn look_at_findings() -> Result<Vec<FindingRow>, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::admin()?)?;
    Ok(crate::server::backend()?.console_findings(eyes).await?)
}

/// Marks a finding as settled. `order`: on whose page the form stands; empty on the page of all findings.
#[server]
pub async fn settle_finding(
    finding: String,
    #[server(default)] note: String,
    #[server(default)] order: String,
) -> Result<(), AppError> {
    let user = crate::server::admin()?;
    let id = finding.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .settle_finding(&user, id, &note)
        .await?;
    let page = match order.parse::<domain::ids::OrderId>() {
        Ok(order) => format!("orders/{order}"),
        Err(_) => "findings".to_owned(),
    };
    crate::server::redirect(&format!("/console/{page}?notice=console-settled"));
    Ok(())
}

/// A key for a form: what it asks for is done once, however often it is sent.
#[server]
pub async fn new_form_key() -> Result<String, AppError> {
    crate::server::marketer()?;
    Ok(crate::server::new_key())
}

#[server]
pub async fn look_at_order(order: String) -> Result<ShownOrder, AppError> {
    let user = crate::server::marketer()?;
    let id = order.parse().map_err(|_| AppError::NotFound)?;
    let (page, behind) = crate::server::backend()?.console_order(&user, id).await?;
    let left = backend::Backend::left_of(&page, &behind);
    let form_keys = [crate::server::new_key(), crate::server::new_key()];
    Ok(ShownOrder {
        page,
        behind,
        left,
        form_keys,
    })
}

/// Gives money back. `amount` is in the order's currency, empty for all that is left; without `then` = `sure` it is
/// only weighed.
#[server]
pub async fn give_back(
    order: String,
    #[server(default)] amount: String,
    #[server(default)] ends_access: String,
    #[server(default)] reason: String,
    #[server(default)] then: String,
    form_key: String,
) -> Result<Option<Weighed>, AppError> {
    let user = crate::server::admin()?;
    let id = order.parse().map_err(|_| AppError::NotFound)?;
    let typed = backend::console::TypedRefund {
        amount,
        ends_access: !ends_access.is_empty(),
        reason,
        form_key,
    };
    let backend = crate::server::backend()?;
    if then != "sure" {
        let (amount, ends_access) = backend.weigh_refund(&user, id, &typed).await?;
        return Ok(Some(Weighed {
            amount,
            ends_access,
        }));
    }
    backend.refund_by(&user, id, &typed).await?;
    crate::server::redirect(&format!("/console/orders/{id}?notice=console-refunded"));
    Ok(None)
}

#[server]
pub async fn decline_refund(
    order: String,
    #[server(default)] reason: String,
    form_key: String,
) -> Result<(), AppError> {
    let user = crate::server::admin()?;
    let id = order.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .decline_refund_by(&user, id, &reason, &form_key)
        .await?;
    crate::server::redirect(&format!("/console/orders/{id}?notice=console-declined"));
    Ok(())
}

#[server]
pub async fn list_coupons() -> Result<Vec<CouponRow>, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    Ok(crate::server::backend()?.console_coupons(eyes).await?)
}

#[server]
pub async fn look_at_coupon(coupon: String) -> Result<CouponPage, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    let id = coupon.parse().map_err(|_| AppError::NotFound)?;
    Ok(crate::server::backend()?.console_coupon(eyes, id).await?)
}

#[server]
pub async fn save_coupon(#[server(flatten)] form: CouponForm) -> Result<(), AppError> {
    let user = crate::server::marketer()?;
    let id = crate::server::backend()?.save_coupon(&user, &form).await?;
    crate::server::redirect(&format!("/console/coupons/{id}?notice=console-saved"));
    Ok(())
}

#[server]
pub async fn stop_coupon(coupon: String, form_key: String) -> Result<(), AppError> {
    let user = crate::server::marketer()?;
    let id = coupon.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .stop_coupon_by(&user, id, &form_key)
        .await?;
    crate::server::redirect(&format!("/console/coupons/{id}?notice=console-stopped"));
    Ok(())
}

#[server]
pub async fn add_batch(
    coupon: String,
    name: String,
    count: String,
    form_key: String,
) -> Result<(), AppError> {
    let user = crate::server::marketer()?;
    let id = coupon.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .add_batch_by(&user, id, (&name, &count), &form_key)
        .await?;
    crate::server::redirect(&format!(
        "/console/coupons/{id}?notice=console-batch#batches"
    ));
    Ok(())
}

#[server]
pub async fn list_promotions() -> Result<Vec<PromotionRow>, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    Ok(crate::server::backend()?.console_promotions(eyes).await?)
}

#[server]
pub async fn look_at_promotion(promotion: String) -> Result<PromotionPage, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    let id = promotion.parse().map_err(|_| AppError::NotFound)?;
    Ok(crate::server::backend()?
        .console_promotion(eyes, id)
        .await?)
}

/// Saves a promotion, or with `then` = `preview` says what it would be.
#[server]
pub async fn save_promotion(
    #[server(flatten)] form: PromotionForm,
) -> Result<Option<Promotion>, AppError> {
    let user = crate::server::marketer()?;
    let backend = crate::server::backend()?;
    if form.then == "preview" {
        return Ok(Some(backend.read_promotion(&user, &form)?));
    }
    let id = backend.save_promotion(&user, &form).await?;
    crate::server::redirect(&format!("/console/promotions/{id}?notice=console-saved"));
    Ok(None)
}

#[server]
pub async fn stop_promotion(promotion: String, form_key: String) -> Result<(), AppError> {
    let user = crate::server::marketer()?;
    let id = promotion.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .stop_promotion_by(&user, id, &form_key)
        .await?;
    crate::server::redirect(&format!("/console/promotions/{id}?notice=console-stopped"));
    Ok(())
}

/// Prices with a picture for each course.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawnPrices {
    pub timelines: Vec<PriceTimeline>,
    pub drawings: Vec<Drawing>,
}

#[server]
pub async fn look_at_prices(
    #[server(default)] course: Option<String>,
) -> Result<DrawnPrices, AppError> {
    let eyes = backend::console::Eyes::of(&crate::server::marketer()?)?;
    let course = course
        .map(|course| crate::course::slug(&course))
        .transpose()?;
    let backend = crate::server::backend()?;
    let timelines = backend.price_calendar(eyes, course.as_ref()).await?;
    let now = backend.clock.now();
    let draw = |timeline: &PriceTimeline| {
        crate::server::price_chart::calendar(timeline, now, &backend.zone)
    };
    let drawings = timelines.iter().map(draw).collect();
    Ok(DrawnPrices {
        timelines,
        drawings,
    })
}
