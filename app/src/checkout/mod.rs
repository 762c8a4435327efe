//! Buying: the checkout page, orders, and prices wherever they are shown.

mod api;
pub mod lines;
mod order;
mod orders;
mod page;
mod preview;
pub mod price;
mod timeline;
mod waiting;

pub use api::*;
pub use order::OrderPage;
pub use orders::OrdersPage;
pub use page::{CheckoutPage, test_notice};
