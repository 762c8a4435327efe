//! Joining, signing in, and what belongs to a person.

mod api;
mod gate;
mod page;
mod study;
mod welcome;

pub use api::*;
pub use gate::{ConfirmPage, ForgotPage, JoinPage, ResetPage, SignInPage, SignOutPage};
pub use page::AccountPage;
pub use welcome::{OpenAccount, WaitingTitles, WelcomePage};
