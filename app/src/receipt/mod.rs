//! What mails about orders lead to, apart from the order itself.

mod stop;

pub use stop::*;
