//! Promotions: prices that are lowered for everybody for a while.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Off, Scope, Window, checks};
use crate::{
    form::FieldError,
    ids::{PromotionId, Slug},
    money::Currency,
};

/// What a promotion does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Each course in scope costs less for a while.
    Price { off: Off },
    /// Spend and save: the highest tier that the courses in scope reach together.
    Tiers { tiers: Vec<Tier> },
    /// All of these courses in one basket cost less together.
    Bundle { courses: BTreeSet<Slug>, off: Off },
}

/// Who spends `spend` minor units saves `save` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tier {
    pub spend: i64,
    pub save: i64,
}

impl Effect {
    fn has_amounts(&self) -> bool {
        match self {
            Self::Price { off } | Self::Bundle { off, .. } => off.has_amount(),
            Self::Tiers { .. } => true,
        }
    }
}

impl Tier {
    fn is_possible(self) -> bool {
        checks::is_amount(self.spend) && (1..=self.spend).contains(&self.save)
    }

    /// Whoever spends more saves more.
    fn is_below(self, next: Self) -> bool {
        self.spend < next.spend && self.save < next.save
    }
}

/// A version of a promotion. Never changes once it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promotion {
    pub id: PromotionId,
    pub version: u32,
    pub name: String,
    pub effect: Effect,
    /// Of the amounts in `effect`; `None` where there are none.
    pub currency: Option<Currency>,
    pub scope: Scope,
    pub window: Window,
    /// Of several that apply, the highest are compared, and the one that saves most wins, unless a coupon cannot follow
    /// it and makes it cheaper without.
    pub priority: i32,
    /// Whether a coupon may lower the price further.
    pub with_coupons: bool,
    /// Look of the banner; `None`: there is no banner.
    pub theme: Option<Theme>,
    /// What the banner says, by BCP 47 tag.
    pub banner: BTreeMap<String, String>,
}

/// Occasions that have a look of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    Plain,
    NewYear,
    SpringFestival,
    BackToSchool,
    MidAutumn,
    Singles,
    YearEnd,
}

impl Theme {
    pub const ALL: [Self; 7] = [
        Self::Plain,
        Self::NewYear,
        Self::SpringFestival,
        Self::BackToSchool,
        Self::MidAutumn,
        Self::Singles,
        Self::YearEnd,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::NewYear => "new-year",
            Self::SpringFestival => "spring-festival",
            Self::BackToSchool => "back-to-school",
            Self::MidAutumn => "mid-autumn",
            Self::Singles => "singles",
            Self::YearEnd => "year-end",
        }
    }

    /// `None` for a word that is no theme.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == word)
    }
}

impl Promotion {
    /// Characters of a name.
    pub const MAX_NAME: usize = 80;
    const MAX_BANNER: usize = 200;
    const MAX_TIERS: usize = 10;
    const MAX_BUNDLE: usize = 20;
    const MAX_PRIORITY: i32 = 1_000;

    /// Everything that is wrong, by the fields `name`, `percent`, `cap`, `amount`, `to`, `tiers`, `courses`,
    /// `currency`, `ends`, `priority` and `banner`. A version is only written when there is nothing.
    #[must_use]
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        errors.extend(checks::name(&self.name, Self::MAX_NAME).err());
        self.check_effect(&mut errors);
        checks::currency(&mut errors, self.currency, self.effect.has_amounts());
        checks::window(&mut errors, self.window);
        let far = !(-Self::MAX_PRIORITY..=Self::MAX_PRIORITY).contains(&self.priority);
        checks::note(&mut errors, far, "priority", "error-rule-priority");
        let long =
            |text: &String| text.trim().is_empty() || text.chars().count() > Self::MAX_BANNER;
        let banner = self.banner.values().any(long) || self.banner.len() > 10;
        checks::note(&mut errors, banner, "banner", "error-rule-banner");
        errors
    }

    fn check_effect(&self, errors: &mut Vec<FieldError>) {
        match &self.effect {
            Effect::Price { off } => {
                checks::off(errors, *off);
                checks::scope(errors, &self.scope);
            }
            Effect::Tiers { tiers } => {
                let good = (1..=Self::MAX_TIERS).contains(&tiers.len())
                    && tiers.iter().all(|tier| tier.is_possible())
                    && tiers.windows(2).all(|pair| pair[0].is_below(pair[1]));
                checks::note(errors, !good, "tiers", "error-rule-tiers");
                checks::scope(errors, &self.scope);
            }
            Effect::Bundle { courses, off } => {
                checks::off(errors, *off);
                // Its courses are its scope.
                let good =
                    (2..=Self::MAX_BUNDLE).contains(&courses.len()) && self.scope == Scope::All;
                checks::note(errors, !good, "courses", "error-rule-bundle");
            }
        }
    }

    /// Whether it is about this course: a bundle about those that it names, others about their scope.
    #[must_use]
    pub fn covers(&self, course: &Slug) -> bool {
        match &self.effect {
            Effect::Bundle { courses, .. } => courses.contains(course),
            Effect::Price { .. } | Effect::Tiers { .. } => self.scope.holds(course),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::{Effect, Promotion, Theme, Tier};
    use crate::{
        checkout::{Off, Scope, Window},
        ids::{PromotionId, Slug},
        money::Currency,
    };

    fn promotion(effect: Effect, currency: Option<Currency>) -> Promotion {
        Promotion {
            id: PromotionId(
                "018f0000-0000-7000-8000-000000000001"
                    .parse()
                    .expect("an id"),
            ),
            version: 1,
            name: "Sale".into(),
            effect,
            currency,
            scope: Scope::All,
            window: Window::default(),
            priority: 0,
            with_coupons: true,
            theme: None,
            banner: BTreeMap::new(),
        }
    }

    fn fields(promotion: &Promotion) -> Vec<String> {
        promotion
            .check()
            .into_iter()
            .map(|error| error.field)
            .collect()
    }

    #[test]
    fn tiers_climb() {
        let with = |tiers: &[(i64, i64)]| {
            let tier = |&(spend, save)| Tier { spend, save };
            let tiers = tiers.iter().map(tier).collect();
            promotion(Effect::Tiers { tiers }, Some(Currency::CNY))
        };
        assert_eq!(fields(&with(&[(300, 30), (600, 80)])), Vec::<String>::new());
        for bad in [
            &[][..],
            &[(300, 301)],
            &[(0, 0)],
            &[(300, 30), (300, 40)],
            &[(300, 30), (600, 30)],
            &[(600, 80), (300, 30)],
        ] {
            assert_eq!(fields(&with(bad)), ["tiers"], "{bad:?}");
        }
    }

    #[test]
    fn a_bundle_is_of_several_courses() {
        let of = |slugs: &[&str]| Effect::Bundle {
            courses: slugs
                .iter()
                .map(|slug| Slug::parse(slug).expect("a slug"))
                .collect(),
            off: Off::To { minor: 900 },
        };
        let good = promotion(of(&["a", "b"]), Some(Currency::JPY));
        assert_eq!(fields(&good), Vec::<String>::new());
        assert_eq!(
            fields(&promotion(of(&["a"]), Some(Currency::JPY))),
            ["courses"]
        );
        assert_eq!(fields(&promotion(of(&["a", "b"]), None)), ["currency"]);
        let scoped = Promotion {
            scope: Scope::These(BTreeSet::from([Slug::parse("a").expect("a slug")])),
            ..good
        };
        assert_eq!(fields(&scoped), ["courses"]);
    }

    #[test]
    fn names_banners_and_priorities_have_limits() {
        let off = Off::Percent {
            percent: 20,
            cap: None,
        };
        let bad = Promotion {
            name: " ".into(),
            priority: 1_001,
            banner: BTreeMap::from([("en".to_owned(), "x".repeat(201))]),
            ..promotion(Effect::Price { off }, None)
        };
        assert_eq!(fields(&bad), ["name", "priority", "banner"]);
    }

    #[test]
    fn words_and_themes_are_one_to_one() {
        for theme in Theme::ALL {
            assert_eq!(Theme::from_word(theme.as_str()), Some(theme));
            assert_eq!(serde_json::to_value(theme).expect("JSON"), theme.as_str());
        }
    }
}
