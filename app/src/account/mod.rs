//! Joining, signing in, and what belongs to a person.

mod api;
mod gate;
mod page;
mod study;

pub use api::*;
pub use gate::{ConfirmPage, ForgotPage, JoinPage, ResetPage, SignInPage, SignOutPage};
pub use page::AccountPage;
