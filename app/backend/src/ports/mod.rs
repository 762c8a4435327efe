//! Ways to the outside.

pub mod files;
pub mod mail;
pub mod payment;
