//! Coupons and promotions as they are typed into forms: every field a text, an amount in its currency's units, a moment
//! as the school's clock shows it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{civil::DateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    checkout::{
        Off, Scope, Window,
        coupon::{Task, Terms},
        promotion::{Effect, Promotion, Theme, Tier},
    },
    form::FieldError,
    ids::{PromotionId, Slug},
    money::{Currency, Money},
};

/// What both kinds of rule are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RuleForm {
    pub form_key: String,
    /// Of what is changed; empty for a new one.
    pub id: String,
    /// The version that was read before.
    pub version: String,
    pub name: String,
    /// `percent`, `amount` or `to`.
    pub off: String,
    pub percent: String,
    pub cap: String,
    pub amount: String,
    pub to: String,
    pub currency: String,
    /// `all`, `these` or `all-but`.
    pub scope: String,
    pub courses: Vec<String>,
    pub starts: String,
    pub ends: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CouponForm {
    #[serde(flatten)]
    pub rule: RuleForm,
    pub code: String,
    #[serde(rename = "min-spend")]
    pub min_spend: String,
    pub limit: String,
    #[serde(rename = "per-learner")]
    pub per_learner: String,
    /// Any value says yes.
    #[serde(rename = "new-learners")]
    pub new_learners: String,
    /// Of a new one: the [`Task`] for which it is handed out; empty: for none.
    pub task: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PromotionForm {
    #[serde(flatten)]
    pub rule: RuleForm,
    /// `price`, `tiers` or `bundle`.
    pub kind: String,
    /// A line for each tier: what is spent, what is saved.
    pub tiers: String,
    pub priority: String,
    /// Any value says yes.
    #[serde(rename = "with-coupons")]
    pub with_coupons: String,
    pub theme: String,
    #[serde(rename = "banner-en")]
    pub banner_en: String,
    #[serde(rename = "banner-zh-Hans")]
    pub banner_hans: String,
    #[serde(rename = "banner-zh-Hant")]
    pub banner_hant: String,
    /// `preview`: it is only looked at.
    pub then: String,
}

/// Takes fields apart and remembers which could not be.
struct Reader<'a> {
    form: &'a RuleForm,
    zone: &'a TimeZone,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn wrong(&mut self, field: &str, message: &str) {
        self.errors.push(FieldError::new(field, message));
    }

    /// Minor units of the form's currency; `None` for what is empty or no amount.
    fn amount(&mut self, field: &str, text: &str) -> Option<i64> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match Money::parse(text, &self.form.currency) {
            Ok(money) => Some(money.minor),
            Err(_) => {
                self.wrong(field, "error-rule-amount");
                None
            }
        }
    }

    fn number<T: std::str::FromStr>(
        &mut self,
        field: &str,
        text: &str,
        message: &str,
    ) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(field, message);
        }
        number
    }

    /// The clock is put forward over the times that daylight saving skips.
    fn moment(&mut self, field: &str, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let moment = text
            .parse::<DateTime>()
            .ok()
            .and_then(|at| at.to_zoned(self.zone.clone()).ok());
        if moment.is_none() {
            self.wrong(field, "error-console-moment");
        }
        moment.map(|at| at.timestamp())
    }

    fn window(&mut self) -> Window {
        let form = self.form;
        Window {
            starts: self.moment("starts", &form.starts),
            ends: self.moment("ends", &form.ends),
        }
    }

    fn off(&mut self) -> Off {
        let form = self.form;
        let missing = |reader: &mut Self, field: &str, before: usize| {
            if reader.errors.len() == before {
                reader.wrong(field, "error-rule-amount");
            }
            0
        };
        let before = self.errors.len();
        match form.off.as_str() {
            "amount" => {
                let minor = self.amount("amount", &form.amount);
                let minor = minor.unwrap_or_else(|| missing(self, "amount", before));
                Off::Amount { minor }
            }
            "to" => {
                let minor = self.amount("to", &form.to);
                let minor = minor.unwrap_or_else(|| missing(self, "to", before));
                Off::To { minor }
            }
            _ => {
                let percent = self.number("percent", &form.percent, "error-rule-percent");
                if percent.is_none() && self.errors.len() == before {
                    self.wrong("percent", "error-rule-percent");
                }
                Off::Percent {
                    percent: percent.unwrap_or(0),
                    cap: self.amount("cap", &form.cap),
                }
            }
        }
    }

    fn courses(&self) -> BTreeSet<Slug> {
        let courses = self.form.courses.iter();
        courses.filter_map(|text| Slug::parse(text).ok()).collect()
    }

    fn scope(&self) -> Scope {
        match self.form.scope.as_str() {
            "these" => Scope::These(self.courses()),
            "all-but" => Scope::AllBut(self.courses()),
            _ => Scope::All,
        }
    }

    /// Of amounts, where there are any.
    fn currency(&self, has_amounts: bool) -> Option<Currency> {
        Currency::from_code(&self.form.currency).filter(|_| has_amounts)
    }

    fn end<T>(self, read: T) -> Result<T, Vec<FieldError>> {
        if self.errors.is_empty() {
            Ok(read)
        } else {
            Err(self.errors)
        }
    }
}

impl CouponForm {
    /// # Errors
    /// What could not be read; what it means is for [`Terms::check`].
    pub fn terms(&self, zone: &TimeZone) -> Result<Terms, Vec<FieldError>> {
        let mut reader = Reader {
            form: &self.rule,
            zone,
            errors: Vec::new(),
        };
        let off = reader.off();
        let min_spend = reader.amount("min-spend", &self.min_spend);
        let terms = Terms {
            off,
            currency: reader.currency(off.has_amount() || min_spend.is_some()),
            scope: reader.scope(),
            min_spend,
            window: reader.window(),
            limit: reader.number("limit", &self.limit, "error-rule-limit"),
            per_learner: reader.number("per-learner", &self.per_learner, "error-rule-limit"),
            new_learners: !self.new_learners.is_empty(),
        };
        reader.end(terms)
    }

    /// # Errors
    /// For what is the name of no course.
    pub fn task(&self) -> Result<Option<Task>, FieldError> {
        let text = self.task.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let task = text.parse::<Task>().map(Some);
        task.map_err(|_| FieldError::new("task", "error-task-unknown"))
    }

    /// The form that these terms were typed into.
    #[must_use]
    pub fn of(name: &str, terms: &Terms, zone: &TimeZone) -> Self {
        let amount = |minor| decimal(minor, terms.currency);
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        Self {
            rule: RuleForm::of(
                name,
                Some(terms.off),
                terms.currency,
                &terms.scope,
                terms.window,
                zone,
            ),
            min_spend: terms.min_spend.map(amount).unwrap_or_default(),
            limit: number(terms.limit).unwrap_or_default(),
            per_learner: number(terms.per_learner).unwrap_or_default(),
            new_learners: if terms.new_learners { "1" } else { "" }.to_owned(),
            ..Self::default()
        }
    }
}

impl PromotionForm {
    /// `id` and `version` are for the caller to set.
    ///
    /// # Errors
    /// What could not be read; what it means is for [`Promotion::check`].
    pub fn promotion(&self, zone: &TimeZone) -> Result<Promotion, Vec<FieldError>> {
        let mut reader = Reader {
            form: &self.rule,
            zone,
            errors: Vec::new(),
        };
        let effect = match self.kind.as_str() {
            "tiers" => Effect::Tiers {
                tiers: self.tiers(&mut reader),
            },
            "bundle" => Effect::Bundle {
                courses: reader.courses(),
                off: reader.off(),
            },
            _ => Effect::Price { off: reader.off() },
        };
        let has_amounts = match &effect {
            Effect::Price { off } | Effect::Bundle { off, .. } => off.has_amount(),
            Effect::Tiers { .. } => true,
        };
        let banners = [
            ("en", &self.banner_en),
            ("zh-Hans", &self.banner_hans),
            ("zh-Hant", &self.banner_hant),
        ];
        let banners = banners
            .into_iter()
            .map(|(tag, text)| (tag.to_owned(), text.trim().to_owned()));
        let promotion = Promotion {
            id: PromotionId(uuid::Uuid::nil()),
            version: 1,
            name: self.rule.name.trim().to_owned(),
            scope: match effect {
                Effect::Bundle { .. } => Scope::All,
                _ => reader.scope(),
            },
            effect,
            currency: reader.currency(has_amounts),
            window: reader.window(),
            priority: reader
                .number("priority", &self.priority, "error-rule-priority")
                .unwrap_or(0),
            with_coupons: !self.with_coupons.is_empty(),
            theme: Theme::from_word(&self.theme),
            banner: banners.filter(|(_, text)| !text.is_empty()).collect(),
        };
        reader.end(promotion)
    }

    fn tiers(&self, reader: &mut Reader<'_>) -> Vec<Tier> {
        let mut tiers = Vec::new();
        for line in self
            .tiers
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(20)
        {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let amounts = match parts.as_slice() {
                [spend, save] => {
                    let amount = |text: &str| Money::parse(text, &self.rule.currency).ok();
                    amount(spend).zip(amount(save))
                }
                _ => None,
            };
            let Some((spend, save)) = amounts else {
                reader.wrong("tiers", "error-rule-tiers");
                return Vec::new();
            };
            tiers.push(Tier {
                spend: spend.minor,
                save: save.minor,
            });
        }
        tiers
    }

    /// The form that this promotion was typed into.
    #[must_use]
    pub fn of(promotion: &Promotion, zone: &TimeZone) -> Self {
        let scope = match &promotion.effect {
            Effect::Bundle { courses, .. } => Scope::These(courses.clone()),
            _ => promotion.scope.clone(),
        };
        let (kind, off, tiers) = match &promotion.effect {
            Effect::Price { off } => ("price", Some(*off), &[][..]),
            Effect::Tiers { tiers } => ("tiers", None, tiers.as_slice()),
            Effect::Bundle { off, .. } => ("bundle", Some(*off), &[][..]),
        };
        let amount = |minor| decimal(minor, promotion.currency);
        let tier = |tier: &Tier| format!("{} {}\n", amount(tier.spend), amount(tier.save));
        let banner = |tag: &str| promotion.banner.get(tag).cloned().unwrap_or_default();
        Self {
            rule: RuleForm::of(
                &promotion.name,
                off,
                promotion.currency,
                &scope,
                promotion.window,
                zone,
            ),
            kind: kind.to_owned(),
            tiers: tiers.iter().map(tier).collect(),
            priority: promotion.priority.to_string(),
            with_coupons: if promotion.with_coupons { "1" } else { "" }.to_owned(),
            theme: promotion.theme.map_or("", Theme::as_str).to_owned(),
            banner_en: banner("en"),
            banner_hans: banner("zh-Hans"),
            banner_hant: banner("zh-Hant"),
            then: String::new(),
        }
    }

    /// Texts of the banner by language.
    #[must_use]
    pub fn banners(&self) -> BTreeMap<&'static str, &str> {
        BTreeMap::from([
            ("en", self.banner_en.as_str()),
            ("zh-Hans", self.banner_hans.as_str()),
            ("zh-Hant", self.banner_hant.as_str()),
        ])
    }
}

impl RuleForm {
    fn of(
        name: &str,
        off: Option<Off>,
        currency: Option<Currency>,
        scope: &Scope,
        window: Window,
        zone: &TimeZone,
    ) -> Self {
        let amount = |minor| decimal(minor, currency);
        let (mut percent, mut cap, mut less, mut to) = Default::default();
        let off = match off {
            Some(Off::Amount { minor }) => {
                less = amount(minor);
                "amount"
            }
            Some(Off::To { minor }) => {
                to = amount(minor);
                "to"
            }
            Some(Off::Percent {
                percent: share,
                cap: most,
            }) => {
                percent = share.to_string();
                cap = most.map(amount).unwrap_or_default();
                "percent"
            }
            None => "percent",
        };
        let (scope, courses) = match scope {
            Scope::All => ("all", None),
            Scope::These(courses) => ("these", Some(courses)),
            Scope::AllBut(courses) => ("all-but", Some(courses)),
        };
        let moment = |at: Option<Timestamp>| {
            let shown = at.map(|at| zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string());
            shown.unwrap_or_default()
        };
        Self {
            name: name.to_owned(),
            off: off.to_owned(),
            percent,
            cap,
            amount: less,
            to,
            currency: currency.map_or("", |currency| currency.code()).to_owned(),
            scope: scope.to_owned(),
            courses: courses.into_iter().flatten().map(Slug::to_string).collect(),
            starts: moment(window.starts),
            ends: moment(window.ends),
            ..Self::default()
        }
    }
}

fn decimal(minor: i64, currency: Option<Currency>) -> String {
    currency.map_or_else(
        || minor.to_string(),
        |currency| Money { minor, currency }.decimal(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("Asia/Shanghai").expect("a zone")
    }

    fn coupon() -> CouponForm {
        CouponForm {
            rule: RuleForm {
                name: "Spring".into(),
                off: "percent".into(),
                percent: "20".into(),
                cap: "50.00".into(),
                currency: "CNY".into(),
                scope: "these".into(),
                courses: vec!["walk".into(), "Not A Slug".into()],
                starts: "2026-12-01T00:00".into(),
                ends: "2026-12-12T23:59".into(),
                ..RuleForm::default()
            },
            min_spend: "100".into(),
            limit: "50".into(),
            per_learner: "1".into(),
            new_learners: "1".into(),
            ..CouponForm::default()
        }
    }

    #[test]
    fn what_was_typed_comes_back() {
        let terms = coupon().terms(&zone()).expect("terms");
        assert_eq!(
            terms.off,
            Off::Percent {
                percent: 20,
                cap: Some(5_000)
            }
        );
        assert_eq!(terms.min_spend, Some(10_000));
        assert_eq!(
            terms.window.starts.expect("a start").to_string(),
            "2026-11-30T16:00:00Z"
        );
        assert_eq!(terms.check(), []);
        let again = CouponForm::of("Spring", &terms, &zone());
        assert_eq!(again.terms(&zone()).expect("terms"), terms);
    }

    #[test]
    fn a_coupon_may_be_for_a_course_that_is_completed() {
        let task = |text: &str| {
            let form = CouponForm {
                task: text.into(),
                ..coupon()
            };
            form.task()
                .map(|task| task.as_ref().map(ToString::to_string))
        };
        assert_eq!(task(" "), Ok(None));
        assert_eq!(task("walk"), Ok(Some("walk".into())));
        let wrong = task("Not A Slug").expect_err("no course");
        assert_eq!(wrong.field, "task");
    }

    #[test]
    fn an_amount_has_its_currency_s_places_and_a_percentage_none() {
        let mut form = coupon();
        form.rule.currency = "JPY".into();
        let fields: Vec<String> = form
            .terms(&zone())
            .expect_err("half a yen")
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, ["cap"]);
        form.rule.cap = String::new();
        form.min_spend = String::new();
        assert_eq!(form.terms(&zone()).expect("terms").currency, None);
    }

    #[test]
    fn everything_that_cannot_be_read_is_said() {
        let form = CouponForm {
            rule: RuleForm {
                off: "amount".into(),
                amount: "much".into(),
                starts: "tomorrow".into(),
                ..coupon().rule
            },
            limit: "-1".into(),
            ..coupon()
        };
        let errors = form.terms(&zone()).expect_err("errors");
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["amount", "starts", "limit"]);
        let nothing = CouponForm::default().terms(&zone()).expect_err("errors");
        assert_eq!(nothing[0].field, "percent");
    }

    #[test]
    fn promotions_of_every_kind_come_back() {
        let of = |kind: &str| PromotionForm {
            rule: coupon().rule,
            kind: kind.into(),
            tiers: "300 30\n\n600 80.50\n".into(),
            priority: "5".into(),
            with_coupons: "1".into(),
            theme: "singles".into(),
            banner_en: "Two for one".into(),
            ..PromotionForm::default()
        };
        for kind in ["price", "tiers", "bundle"] {
            let promotion = of(kind).promotion(&zone()).expect(kind);
            let again = PromotionForm::of(&promotion, &zone());
            assert_eq!(again.promotion(&zone()).expect(kind), promotion);
            assert_eq!(again.kind, kind);
        }
        let Effect::Tiers { tiers } = of("tiers").promotion(&zone()).expect("tiers").effect else {
            panic!("tiers");
        };
        assert_eq!(
            tiers[1],
            Tier {
                spend: 60_000,
                save: 8_050
            }
        );
        let bad = PromotionForm {
            tiers: "300".into(),
            ..of("tiers")
        };
        assert_eq!(
            bad.promotion(&zone()).expect_err("errors")[0].field,
            "tiers"
        );
    }
}
