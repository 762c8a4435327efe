//! The time that learners were active.

mod calendar;
mod calendar_store;
#[cfg(test)]
mod calendar_tests;

pub use calendar::{Reach, SetStudy, ZoneChoice, zone_choices};
