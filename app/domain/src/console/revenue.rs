//! Money that came and went, by day, week or month. Currencies are never added up.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{Timestamp, money::Currency};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    #[default]
    Day,
    /// From Monday on.
    Week,
    Month,
}

impl Per {
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|per| per.as_str() == word)
    }

    /// How many periods a picture shows.
    #[must_use]
    pub fn shown(self) -> usize {
        match self {
            Self::Day => 14,
            Self::Week | Self::Month => 12,
        }
    }

    fn first_day(self, date: Date) -> Date {
        let back = match self {
            Self::Day => 0,
            Self::Week => i64::from(date.weekday().to_monday_zero_offset()),
            Self::Month => i64::from(date.day()) - 1,
        };
        date.saturating_sub(back.days())
    }

    fn next(self, first: Date) -> Date {
        match self {
            Self::Day => first.saturating_add(1.day()),
            Self::Week => first.saturating_add(7.days()),
            Self::Month => first.saturating_add(1.month()),
        }
    }

    fn before(self, first: Date) -> Date {
        self.first_day(first.saturating_sub(1.day()))
    }
}

/// Money of some minutes: what was paid and by how many orders, what went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    pub at: Timestamp,
    pub currency: Currency,
    pub paid: i64,
    pub orders: i64,
    pub refunded: i64,
}

/// Days of the school's zone, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub first: Date,
    pub last: Date,
    pub paid: i64,
    pub orders: i64,
    pub refunded: i64,
}

impl Period {
    #[must_use]
    pub fn net(&self) -> i64 {
        self.paid - self.refunded
    }
}

/// What one currency brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revenue {
    pub currency: Currency,
    /// The newest last.
    pub periods: Vec<Period>,
}

impl Revenue {
    /// Flows in their periods, the currency with the most paid orders first. Flows outside of the periods are left out.
    #[must_use]
    pub fn of(flows: &[Flow], zone: &TimeZone, per: Per, today: Date) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for flow in flows {
            let date = zone.to_datetime(flow.at).date();
            let index = found
                .iter()
                .position(|revenue| revenue.currency == flow.currency)
                .unwrap_or_else(|| {
                    found.push(Self {
                        currency: flow.currency,
                        periods: periods(per, today),
                    });
                    found.len() - 1
                });
            let period = found[index]
                .periods
                .iter_mut()
                .find(|period| (period.first..=period.last).contains(&date));
            if let Some(period) = period {
                period.paid += flow.paid;
                period.orders += flow.orders;
                period.refunded += flow.refunded;
            }
        }
        found.sort_by_key(|revenue| (-revenue.orders(), revenue.currency.code()));
        found
    }

    #[must_use]
    pub fn orders(&self) -> i64 {
        self.periods.iter().map(|period| period.orders).sum()
    }
}

/// The periods that end with today's, the newest last.
#[must_use]
pub fn periods(per: Per, today: Date) -> Vec<Period> {
    let mut first = per.first_day(today);
    let mut periods = Vec::new();
    for _ in 0..per.shown() {
        periods.push(Period {
            first,
            last: per.next(first).saturating_sub(1.day()),
            paid: 0,
            orders: 0,
            refunded: 0,
        });
        first = per.before(first);
    }
    periods.reverse();
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn flow(at: &str, currency: Currency, paid: i64, refunded: i64) -> Flow {
        Flow {
            at: at.parse().expect("a moment"),
            currency,
            paid,
            orders: i64::from(paid > 0),
            refunded,
        }
    }

    #[test]
    fn periods_touch_and_end_today() {
        for per in Per::ALL {
            let periods = periods(per, date("2026-03-31"));
            assert_eq!(periods.len(), per.shown());
            for pair in periods.windows(2) {
                assert_eq!(pair[0].last.saturating_add(1.day()), pair[1].first);
            }
            let last = periods.last().expect("one");
            assert!((last.first..=last.last).contains(&date("2026-03-31")));
        }
        let months = periods(Per::Month, date("2026-03-31"));
        assert_eq!(months[10].first, date("2026-02-01"));
        assert_eq!(months[10].last, date("2026-02-28"));
        let weeks = periods(Per::Week, date("2026-11-25"));
        assert_eq!(weeks[11].first, date("2026-11-23"));
    }

    #[test]
    fn a_day_is_the_school_s_and_currencies_stay_apart() {
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        let flows = [
            // Already the 25th in Shanghai.
            flow("2026-11-24T16:30:00Z", Currency::CNY, 19_900, 0),
            flow("2026-11-24T15:45:00Z", Currency::CNY, 100, 50),
            flow("2026-11-25T01:00:00Z", Currency::JPY, 1_500, 0),
            flow("2020-01-01T00:00:00Z", Currency::CNY, 1, 0),
        ];
        let found = Revenue::of(&flows, &zone, Per::Day, date("2026-11-25"));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].currency, Currency::CNY);
        let [.., before, today] = found[0].periods.as_slice() else {
            panic!("fourteen days");
        };
        assert_eq!((today.paid, today.orders), (19_900, 1));
        assert_eq!((before.paid, before.refunded, before.net()), (100, 50, 50));
        assert_eq!(found[1].periods[13].paid, 1_500);
    }
}
