use domain::console::{
    CourseChoice, FindingRow, OrderFilter, OrderList, Overview, Per, Revenue, Seat,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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
    let zone = crate::server::backend()?.zone;
    Ok(Seat {
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
    let draw = |revenue: &Revenue| crate::server::money_chart::revenue(revenue, per);
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
