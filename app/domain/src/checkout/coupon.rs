//! Coupons: what they give, to whom and until when.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Off, Scope, Window, checks};
use crate::{
    form::FieldError,
    ids::{CouponId, InvalidSlug, Slug},
    money::Currency,
};

/// What a coupon promises. A version of it never changes once it is written; orders point at one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub off: Off,
    /// Of the amounts in `off` and `min_spend`; `None` where there are none.
    pub currency: Option<Currency>,
    pub scope: Scope,
    /// Minor units that the courses in scope must cost together, after promotions.
    pub min_spend: Option<i64>,
    pub window: Window,
    /// Redemptions by everybody together.
    pub limit: Option<u32>,
    /// Redemptions by one learner.
    pub per_learner: Option<u32>,
    /// Only for who has never paid for a course.
    pub new_learners: bool,
}

/// A version of a coupon, as a basket and an order hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coupon {
    pub id: CouponId,
    pub version: u32,
    /// For people: the campaign's name.
    pub name: String,
    pub terms: Terms,
}

/// What earns a learner a code of their own when they complete it: a course, or a lesson of it. Written
/// `COURSE` or `COURSE/LESSON`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    pub course: Slug,
    pub lesson: Option<Slug>,
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lesson {
            Some(lesson) => write!(f, "{}/{lesson}", self.course),
            None => write!(f, "{}", self.course),
        }
    }
}

impl FromStr for Task {
    type Err = InvalidSlug;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (course, lesson) = match text.split_once('/') {
            Some((course, lesson)) => (course, Some(lesson)),
            None => (text, None),
        };
        Ok(Self {
            course: Slug::parse(course)?,
            lesson: lesson.map(Slug::parse).transpose()?,
        })
    }
}

impl Terms {
    /// Everything that is wrong, by the fields `percent`, `cap`, `amount`, `to`, `min-spend`, `currency`, `ends`,
    /// `courses`, `limit` and `per-learner`. A version is only written when there is nothing.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        checks::off(&mut errors, self.off);
        let least = self
            .min_spend
            .is_some_and(|least| !checks::is_amount(least));
        checks::note(&mut errors, least, "min-spend", "error-rule-amount");
        let has_amounts = self.off.has_amount() || self.min_spend.is_some();
        checks::currency(&mut errors, self.currency, has_amounts);
        checks::window(&mut errors, self.window);
        checks::scope(&mut errors, &self.scope);
        let limit = self.limit == Some(0);
        checks::note(&mut errors, limit, "limit", "error-rule-limit");
        let per_learner = self.per_learner == Some(0);
        checks::note(&mut errors, per_learner, "per-learner", "error-rule-limit");
        errors
    }
}

impl Coupon {
    /// Characters of a name.
    pub const MAX_NAME: usize = 80;

    /// The name as it is kept: 1 to 80 characters without line breaks.
    ///
    /// # Errors
    /// The message for the field `name`.
    pub fn name(typed: &str) -> Result<String, FieldError> {
        checks::name(typed, Self::MAX_NAME)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Task, Terms};
    use crate::{
        checkout::{Off, Scope, Window},
        money::Currency,
    };

    fn fields(terms: &Terms) -> Vec<String> {
        terms.check().into_iter().map(|error| error.field).collect()
    }

    #[test]
    fn a_task_is_written_as_it_is_read() {
        for good in ["walk", "walk/intro"] {
            let task: Task = good.parse().expect("a task");
            assert_eq!(task.to_string(), good);
        }
        for bad in ["", "/", "walk/", "/intro", "walk/intro/1", "Walk"] {
            assert!(bad.parse::<Task>().is_err(), "{bad}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let good = Terms {
            off: Off::Percent {
                percent: 10,
                cap: None,
            },
            currency: None,
            scope: Scope::All,
            min_spend: None,
            window: Window::default(),
            limit: Some(50),
            per_learner: Some(1),
            new_learners: true,
        };
        assert_eq!(fields(&good), Vec::<String>::new());
        let at = |text: &str| Some(text.parse().expect("a moment"));
        let bad = Terms {
            off: Off::Percent {
                percent: 101,
                cap: Some(0),
            },
            min_spend: Some(-1),
            scope: Scope::These(BTreeSet::new()),
            window: Window {
                starts: at("2026-03-02T00:00:00Z"),
                ends: at("2026-03-02T00:00:00Z"),
            },
            limit: Some(0),
            per_learner: Some(0),
            ..good.clone()
        };
        let all = [
            "percent",
            "cap",
            "min-spend",
            "currency",
            "ends",
            "courses",
            "limit",
            "per-learner",
        ];
        assert_eq!(fields(&bad), all);
        let without_amounts = Terms {
            currency: Some(Currency::CNY),
            ..good.clone()
        };
        assert_eq!(fields(&without_amounts), ["currency"]);
        let amount = Terms {
            off: Off::Amount { minor: 2_000 },
            currency: Some(Currency::CNY),
            ..good
        };
        assert_eq!(fields(&amount), Vec::<String>::new());
    }
}
