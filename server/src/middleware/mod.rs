//! What stands before every route.

pub mod headers;
pub mod log;
pub mod origin;
pub mod panic;
pub mod visit;
