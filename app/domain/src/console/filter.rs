//! Which orders are looked for. One reading of an address for the page and for the file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Timestamp,
    checkout::order::State,
    ids::{CouponId, OrderId, Slug},
    money::Currency,
};

/// Letters of a search: nobody looks for more.
const MAX_SEARCH: usize = 200;

/// Orders by how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Is(State),
    /// Draft or awaiting payment.
    Open,
    /// A refund was asked for, and nobody has answered.
    Asked,
    /// Was paid at some time, whatever became of it.
    EverPaid,
}

impl Standing {
    pub const WORDS: [&'static str; 10] = [
        "open",
        "refund-asked",
        "ever-paid",
        "draft",
        "awaiting-payment",
        "paid",
        "partly-refunded",
        "refunded",
        "cancelled",
        "expired",
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Is(state) => state.as_str(),
            Self::Open => "open",
            Self::Asked => "refund-asked",
            Self::EverPaid => "ever-paid",
        }
    }

    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "open" => Some(Self::Open),
            "refund-asked" => Some(Self::Asked),
            "ever-paid" => Some(Self::EverPaid),
            other => State::from_word(other).map(Self::Is),
        }
    }
}

/// Which moment of an order lies between the two days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    #[default]
    Placed,
    Paid,
    /// Money went back.
    Refunded,
}

impl Moment {
    pub const ALL: [Self; 3] = [Self::Placed, Self::Paid, Self::Refunded];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
        }
    }
}

/// Where the last page ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub placed_at: Timestamp,
    pub id: OrderId,
}

impl Cursor {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (moment, id) = text.split_once('.')?;
        Some(Self {
            placed_at: Timestamp::from_microsecond(moment.parse().ok()?).ok()?,
            id: OrderId(id.parse::<Uuid>().ok()?),
        })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.placed_at.as_microsecond(), self.id.0)
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFilter {
    /// A number, an address, a course, a coupon's code or a gateway's reference.
    pub search: String,
    pub standing: Option<Standing>,
    pub moment: Moment,
    /// Days of the school's zone, both included.
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub course: Option<Slug>,
    pub coupon: Option<CouponId>,
    pub currency: Option<Currency>,
    /// Orders that the built-in gateway has are left out.
    pub without_tests: bool,
    pub after: Option<Cursor>,
}

impl OrderFilter {
    /// Of the pairs of an address; what makes no sense is left out.
    #[must_use]
    pub fn of(query: &[(String, String)]) -> Self {
        let of = |name: &str| {
            let pair = query.iter().find(|(key, _)| key == name);
            pair.map(|(_, value)| value.trim())
                .filter(|value| !value.is_empty())
        };
        let moment = |word: &str| Moment::ALL.into_iter().find(|one| one.as_str() == word);
        Self {
            search: of("q")
                .unwrap_or_default()
                .chars()
                .take(MAX_SEARCH)
                .collect(),
            standing: of("state").and_then(Standing::from_word),
            moment: of("by").and_then(moment).unwrap_or_default(),
            from: of("from").and_then(|text| text.parse().ok()),
            to: of("to").and_then(|text| text.parse().ok()),
            course: of("course").and_then(|text| Slug::parse(text).ok()),
            coupon: of("coupon").and_then(|text| text.parse().ok()),
            currency: of("currency").and_then(Currency::from_code),
            without_tests: of("tests") == Some("no"),
            after: of("after").and_then(Cursor::parse),
        }
    }

    /// What [`OrderFilter::of`] reads, without what is as it would be anyway.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let moment = (self.moment != Moment::default()).then(|| self.moment.as_str().to_owned());
        let pairs = [
            (
                "q",
                Some(self.search.clone()).filter(|text| !text.is_empty()),
            ),
            (
                "state",
                self.standing.map(|standing| standing.as_str().to_owned()),
            ),
            ("by", moment),
            ("from", self.from.map(|day| day.to_string())),
            ("to", self.to.map(|day| day.to_string())),
            ("course", self.course.as_ref().map(Slug::to_string)),
            ("coupon", self.coupon.map(|id| id.to_string())),
            (
                "currency",
                self.currency.map(|currency| currency.code().to_owned()),
            ),
            ("tests", self.without_tests.then(|| "no".to_owned())),
            ("after", self.after.map(|cursor| cursor.to_string())),
        ];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// Whether it leaves anything out.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.pairs().iter().all(|(name, _)| *name == "after")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn a_filter_survives_its_address() {
        let query = pairs(&[
            ("q", " mei@example.com "),
            ("state", "refund-asked"),
            ("by", "paid"),
            ("from", "2026-11-01"),
            ("to", "2026-11-30"),
            ("course", "walk"),
            ("coupon", "018f2f3c-0000-7000-8000-000000000001"),
            ("currency", "CNY"),
            ("tests", "no"),
            (
                "after",
                "1764000000000000.018f2f3c-0000-7000-8000-000000000002",
            ),
        ]);
        let filter = OrderFilter::of(&query);
        assert_eq!(filter.search, "mei@example.com");
        let again: Vec<(String, String)> = filter
            .pairs()
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        assert_eq!(again.len(), query.len());
        assert_eq!(OrderFilter::of(&again), filter);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let query = pairs(&[
            ("state", "lost"),
            ("by", "moon"),
            ("from", "31.12.2026"),
            ("course", "Not A Slug"),
            ("coupon", "x"),
            ("currency", "XXQ"),
            ("tests", "maybe"),
            ("after", "x.y"),
        ]);
        assert!(OrderFilter::of(&query).is_everything());
    }

    #[test]
    fn every_word_of_a_standing_is_one() {
        for word in Standing::WORDS {
            assert_eq!(Standing::from_word(word).map(Standing::as_str), Some(word));
        }
    }
}
