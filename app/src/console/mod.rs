//! The console: what those who run the school see and do. Plain pages and forms; no script takes part.

mod api;
mod behind;
mod coupons;
mod fields;
mod findings;
mod frame;
mod list;
mod order;
mod overview;
mod prices;
mod promotions;
mod refund;
mod rule;
mod words;

pub use coupons::{CouponListPage, CouponPage, NewCouponPage};
pub use findings::FindingsPage;
pub use frame::ConsoleLink;
pub use list::OrderListPage;
pub use order::OrderPage;
pub use overview::OverviewPage;
pub use prices::PricesPage;
pub use promotions::{NewPromotionPage, PromotionListPage, PromotionPage};
pub use words::orders_csv;
