//! A learner's days: how long they learned, what they completed, and how many days in a row.
//!
//! Everything is computed from evidence, again each time, so that a report that comes late repairs what it belongs to.

mod days;
#[cfg(test)]
mod tests;
mod zones;

use serde::{Deserialize, Serialize};

pub use days::{Day, DayMark, DayState, Done, Record, Streak, Totals, days, streak, weeks};
pub use jiff::{civil::Date, tz::TimeZone};
pub use zones::Zones;

/// Milliseconds of activity that make a day count without anything completed.
pub const ENOUGH_MS: u64 = 5 * 60 * 1_000;

/// Weekdays, 1 (Monday) to 7, on which learning is not expected: they do not break a streak, and count if there was
/// learning all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestDays(u8);

impl RestDays {
    pub const NONE: Self = Self(0);
    /// What holds until a learner says otherwise: a streak does not ask for Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// `None` for what is no weekday, and for all seven: where every day is free, nothing is kept up.
    #[must_use]
    pub fn new(weekdays: impl IntoIterator<Item = u8>) -> Option<Self> {
        let mut bits = 0;
        for weekday in weekdays {
            bits |= match weekday {
                1..=7 => 1 << (weekday - 1),
                _ => return None,
            };
        }
        Self::from_bits(bits)
    }

    /// Bit 0 is Monday.
    #[must_use]
    pub fn from_bits(bits: u8) -> Option<Self> {
        (bits < 0b111_1111).then_some(Self(bits))
    }

    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Whether it rests on that weekday, 1 (Monday) to 7.
    #[must_use]
    pub fn has(self, weekday: u8) -> bool {
        matches!(weekday, 1..=7) && self.0 & (1 << (weekday - 1)) != 0
    }
}

/// How a learner wants their days counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub rest: RestDays,
    /// Whether the streak is shown.
    pub streak: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rest: RestDays::WEEKEND,
            streak: true,
        }
    }
}

/// Monday is 1, Sunday 7 (ISO 8601).
#[must_use]
pub fn weekday(date: Date) -> u8 {
    date.weekday().to_monday_one_offset().unsigned_abs()
}

/// The time zone to begin with, until the browser or the learner says better. Nearly everyone who reads Chinese in
/// either script lives eight hours east of Greenwich; other languages say nothing about the place.
#[must_use]
pub fn zone_of_language(tag: &str) -> &'static str {
    match tag {
        "zh-Hans" => "Asia/Shanghai",
        "zh-Hant" => "Asia/Taipei",
        _ => "UTC",
    }
}
