//! What stands before every route.

mod coupon;
pub mod headers;
pub mod log;
pub mod origin;
pub mod panic;
pub mod visit;
