//! Receipts, and the mails about orders.

mod outbox;
mod store;

pub use outbox::{MailKind, queue_mail};
