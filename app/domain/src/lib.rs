//! Types and rules of the portal, compiled for the server and for the browser.
//!
//! Nothing here reads, writes, looks at a clock or throws dice: moments and seeds are arguments. What the
//! browser previews is therefore computed by the very function with which the server decides.

pub mod access;
pub mod account;
pub mod block;
pub mod certificate;
pub mod checkout;
pub mod console;
pub mod course;
pub mod form;
pub mod ids;
pub mod lesson;
pub mod money;
pub mod note;
pub mod offline;
pub mod player;
pub mod progress;
pub mod quiz;
pub mod stage;
pub mod study;

/// A moment. Stored as whole microseconds, the precision that both databases keep.
pub use jiff::Timestamp;
