//! A price in words. One function for both sides: the server says the page's price with it, the browser its preview's.

use domain::{
    checkout::price::{self, Basket, Cheaper, Item, Line, MAX_COURSES, Outcome, Rule},
    ids::Slug,
    money::{Currency, Money},
};
use fluent_bundle::FluentValue;
use serde::{Deserialize, Serialize};

use crate::{
    i18n,
    visit::{encode, locale},
};

/// Names the sentences that a price is said with; in the order of [`SENTENCES`].
#[derive(Clone, Copy)]
enum Word {
    Money,
    Comma,
    Until,
    Coupon,
    Refused,
    NotValid,
    NotYet,
    OtherCourses,
    OtherCurrency,
    Below,
    Incomplete,
    New,
    Used,
    Beaten,
    NotTogether,
    MadeWay,
    NothingLeft,
    CheaperBundle,
    CheaperSpend,
    CheaperWait,
    PayNext,
    FreeNext,
}

/// Each with the names of what is filled in, in the order in which [`Said`] gives it. The first is made by hand.
const SENTENCES: [(&str, &[&str]); 21] = [
    ("list-comma", &[]),
    ("price-until", &["until"]),
    ("rule-coupon", &["code"]),
    ("rule-refused", &["rule", "reason"]),
    ("reason-not-valid", &[]),
    ("reason-not-yet", &["starts"]),
    ("reason-other-courses", &[]),
    ("reason-other-currency", &[]),
    ("reason-below", &["missing"]),
    ("reason-incomplete", &["courses"]),
    ("reason-new", &[]),
    ("reason-used", &[]),
    ("reason-beaten", &["name"]),
    ("reason-not-together", &["name"]),
    ("reason-made-way", &["name"]),
    ("reason-nothing-left", &[]),
    ("cheaper-bundle", &["courses", "name", "saves"]),
    ("cheaper-spend", &["missing", "name", "saves"]),
    ("cheaper-wait", &["starts", "name", "saves"]),
    ("checkout-pay-next", &[]),
    ("checkout-free-next", &[]),
];

/// Where something is filled in: characters that no text has.
const PLACES: [&str; 3] = ["\u{1}", "\u{2}", "\u{3}"];

/// What a price is worked out from and said with. The browser's preview needs nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    pub basket: Basket,
    /// There are other courses to buy, so that spending more is a way.
    pub grows: bool,
    /// Sentences in the reader's language, see [`SENTENCES`].
    pub words: Vec<String>,
    /// Moments of the basket (seconds since 1970), as the reader's clock shows them.
    pub moments: Vec<(i64, String)>,
}

/// A quote as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What lowered the price, with its effect.
    pub applied: Vec<(String, String)>,
    /// Promotions that did nothing, and why.
    pub refused: Vec<String>,
    /// Why a coupon that was typed does nothing.
    pub coupon: Option<String>,
    /// Ways to pay less, with the courses that they add.
    pub cheaper: Vec<(String, Vec<Slug>)>,
    pub total: String,
    /// In minor units: what the buyer has seen, and is charged or nothing is.
    pub minor: i64,
    pub next: String,
}

/// The sentences with their places left open. On the server.
#[must_use]
pub fn words(currency: Currency) -> Vec<String> {
    let money = i18n::amount(locale(), currency, PLACES[0]);
    let sentences = SENTENCES.iter().map(|(key, names)| {
        let places = names.iter().zip(PLACES);
        let places: Vec<_> = places
            .map(|(name, place)| (*name, FluentValue::from(place)))
            .collect();
        i18n::message(locale(), key, &places)
    });
    std::iter::once(money).chain(sentences).collect()
}

impl Preview {
    /// Puts these courses into the basket, as far as they are known, and leaves the others beside it.
    pub fn choose(&mut self, courses: &[Slug]) {
        let mut items = std::mem::take(&mut self.basket.items);
        items.append(&mut self.basket.more);
        (self.basket.items, self.basket.more) = items
            .into_iter()
            .partition(|item| courses.contains(&item.slug));
    }

    /// The code that it speaks of; empty where none was typed.
    #[must_use]
    pub fn code(&self) -> &str {
        let asked = self.basket.coupon.as_ref();
        asked.map_or("", |presented| &presented.code)
    }

    #[must_use]
    pub fn courses(&self) -> Vec<Slug> {
        self.basket
            .items
            .iter()
            .map(|item| item.slug.clone())
            .collect()
    }

    #[must_use]
    pub fn say(&self) -> Said {
        let quote = price::quote(&self.basket);
        let mut said = Said {
            applied: Vec::new(),
            refused: Vec::new(),
            coupon: None,
            cheaper: quote
                .cheaper
                .iter()
                .filter_map(|way| self.way(way))
                .collect(),
            total: self.money(quote.total),
            minor: quote.total,
            next: self.fill(
                if quote.total == 0 {
                    Word::FreeNext
                } else {
                    Word::PayNext
                },
                &[],
            ),
        };
        for line in &quote.lines {
            match (&line.outcome, &line.rule) {
                (Outcome::Applied, rule) => {
                    said.applied
                        .push((self.rule(rule), self.money(line.effect)));
                }
                (_, Rule::Coupon { .. }) => said.coupon = Some(self.refusal(line)),
                (_, Rule::Promotion { .. }) => said.refused.push(self.refusal(line)),
            }
        }
        said
    }

    fn fill(&self, word: Word, values: &[&str]) -> String {
        let mut text = self.words.get(word as usize).cloned().unwrap_or_default();
        for (place, value) in PLACES.iter().zip(values) {
            text = text.replace(place, value);
        }
        text
    }

    /// An amount of the basket's currency; discounts with their sign.
    #[must_use]
    pub fn money(&self, minor: i64) -> String {
        let amount = Money {
            minor: minor.abs(),
            currency: self.basket.currency,
        };
        let text = self.fill(Word::Money, &[&amount.written()]);
        if minor < 0 {
            format!("−{text}")
        } else {
            text
        }
    }

    fn known(&self) -> impl Iterator<Item = &Item> {
        self.basket.items.iter().chain(&self.basket.more)
    }

    fn moment(&self, at: domain::Timestamp) -> &str {
        let found = self
            .moments
            .iter()
            .find(|(second, _)| *second == at.as_second());
        found.map_or("", |(_, text)| text)
    }

    fn titles<'a>(&self, courses: impl IntoIterator<Item = &'a Slug>) -> String {
        let title = |slug: &'a Slug| {
            let item = self.known().find(|item| item.slug == *slug);
            item.map_or(slug.as_str(), |item| item.title.as_str())
                .to_owned()
        };
        let titles: Vec<String> = courses.into_iter().map(title).collect();
        titles.join(&self.fill(Word::Comma, &[]))
    }

    fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::Promotion {
                name,
                ends: Some(ends),
                ..
            } => {
                let until = self.fill(Word::Until, &[self.moment(*ends)]);
                format!("{name}{}{until}", self.fill(Word::Comma, &[]))
            }
            Rule::Promotion { name, .. } => name.clone(),
            Rule::Coupon { code, .. } => self.fill(Word::Coupon, &[code]),
        }
    }

    fn refusal(&self, line: &Line) -> String {
        let reason = match &line.outcome {
            // It says all that may be said.
            Outcome::Applied | Outcome::NotValid => return self.fill(Word::NotValid, &[]),
            Outcome::NotYet { starts } => self.fill(Word::NotYet, &[self.moment(*starts)]),
            Outcome::OtherCourses => self.fill(Word::OtherCourses, &[]),
            Outcome::OtherCurrency => self.fill(Word::OtherCurrency, &[]),
            Outcome::BelowMinimum { missing } => self.fill(Word::Below, &[&self.money(*missing)]),
            Outcome::Incomplete { missing } => {
                self.fill(Word::Incomplete, &[&self.titles(missing)])
            }
            Outcome::NewLearnersOnly => self.fill(Word::New, &[]),
            Outcome::AlreadyUsed => self.fill(Word::Used, &[]),
            Outcome::Beaten { by } => self.fill(Word::Beaten, &[by]),
            // Against a coupon only the promotion that comes first is weighed: others may have saved more.
            Outcome::NotTogether { with } => match line.rule {
                Rule::Coupon { .. } => self.fill(Word::NotTogether, &[with]),
                Rule::Promotion { .. } => self.fill(Word::MadeWay, &[with]),
            },
            Outcome::NothingLeft => self.fill(Word::NothingLeft, &[]),
        };
        let rule = match &line.rule {
            Rule::Promotion { name, .. } => name.clone(),
            coupon @ Rule::Coupon { .. } => self.rule(coupon),
        };
        self.fill(Word::Refused, &[&rule, &reason])
    }

    /// `None` for a way that the reader cannot go from here: a course that is not offered.
    fn way(&self, way: &Cheaper) -> Option<(String, Vec<Slug>)> {
        Some(match way {
            Cheaper::Bundle { name, add, saves } => {
                let known = |slug: &Slug| self.known().any(|item| item.slug == *slug);
                if !add.iter().all(known) {
                    return None;
                }
                let values = [&*self.titles(add), name, &self.money(*saves)];
                (
                    self.fill(Word::CheaperBundle, &values),
                    add.iter().cloned().collect(),
                )
            }
            Cheaper::SpendMore { .. } if !self.grows => return None,
            Cheaper::SpendMore {
                name,
                missing,
                saves,
            } => {
                let values = [&*self.money(*missing), name, &self.money(*saves)];
                (self.fill(Word::CheaperSpend, &values), Vec::new())
            }
            Cheaper::Wait {
                name,
                starts,
                saves,
            } => {
                let values = [self.moment(*starts), name, &self.money(*saves)];
                (self.fill(Word::CheaperWait, &values), Vec::new())
            }
        })
    }
}

/// `a,b` as a list of slugs; what is none is left out, and so is what comes twice. Of more than can be bought at once
/// there is one too many, whatever comes behind it.
#[must_use]
pub fn slugs(text: &str) -> Vec<Slug> {
    let mut slugs = Vec::new();
    for slug in text.split(',').filter_map(|slug| Slug::parse(slug).ok()) {
        if slugs.len() > MAX_COURSES {
            break;
        }
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    slugs
}

/// A checkout's address: its first course in the path, then what is bought with it, and the coupon.
#[must_use]
pub fn address(courses: &[Slug], code: Option<&str>) -> String {
    let (first, others) = courses
        .split_first()
        .map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
    let others: Vec<&str> = others.iter().map(Slug::as_str).collect();
    let with = (!others.is_empty()).then(|| format!("with={}", others.join(",")));
    let coupon = code.map(|code| format!("coupon={}", encode(code)));
    let query: Vec<String> = with.into_iter().chain(coupon).collect();
    if query.is_empty() {
        format!("/checkout/{first}")
    } else {
        format!("/checkout/{first}?{}", query.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use domain::checkout::price::Quote;

    use super::*;

    /// Baskets of every kind and of all rules, and what they cost.
    fn known() -> Vec<(Basket, Quote)> {
        let written = [
            include_str!("../../domain/src/checkout/price/rules_1.json"),
            include_str!("../../domain/src/checkout/price/rules_2.json"),
        ];
        let read = |file| -> Vec<_> { serde_json::from_str(file).expect("baskets and quotes") };
        written.into_iter().flat_map(read).collect()
    }

    fn preview(basket: &Basket) -> Preview {
        Preview {
            basket: basket.clone(),
            grows: true,
            words: words(basket.currency),
            moments: Vec::new(),
        }
    }

    #[test]
    fn what_is_said_is_what_is_charged() {
        for (basket, charged) in known() {
            assert_eq!(preview(&basket).say().minor, charged.total, "{basket:?}");
        }
    }

    #[test]
    fn what_is_said_after_choosing_is_what_is_charged_for_it() {
        for (basket, _) in known() {
            let all: Vec<Item> = [&basket.items[..], &basket.more].concat();
            // The first alone, and with every course beside it.
            for chosen in [&all[..1], &all] {
                let courses: Vec<Slug> = chosen.iter().map(|item| item.slug.clone()).collect();
                let mut preview = preview(&basket);
                preview.choose(&courses);
                assert_eq!(preview.courses(), courses);
                let asked = Basket {
                    items: chosen.to_vec(),
                    more: Vec::new(),
                    ..basket.clone()
                };
                assert_eq!(preview.say().minor, price::quote(&asked).total);
            }
        }
    }

    #[test]
    fn reasons_are_true_of_both_sides() {
        let said = |outcome, rule| {
            let (basket, _) = known().remove(0);
            preview(&basket).refusal(&Line {
                rule,
                effect: 0,
                outcome,
            })
        };
        let promotion = || Rule::Promotion {
            id: domain::ids::PromotionId(uuid::Uuid::nil()),
            version: 1,
            name: "Spring".into(),
            ends: None,
        };
        let coupon = Rule::Coupon {
            id: None,
            code: "TEN".into(),
        };
        let with = |name: &str| Outcome::NotTogether { with: name.into() };
        // The coupon lost to a promotion that costs no more; the promotion may have saved more, but come second.
        assert_eq!(
            said(with("Spring"), coupon),
            "Coupon TEN: does not go together with Spring, which saves no less"
        );
        assert_eq!(
            said(with("TEN"), promotion()),
            "Spring: does not go together with TEN"
        );
        let beaten = Outcome::Beaten {
            by: "Summer".into(),
        };
        assert_eq!(
            said(beaten, promotion()),
            "Spring: only one promotion holds, here Summer"
        );
    }

    #[test]
    fn a_basket_s_address_is_read_as_far_as_anybody_can_buy() {
        let text = |slugs: &[Slug]| slugs.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(text(&slugs("a,b,a,,B!,c")), ["a", "b", "c"]);
        let many: Vec<String> = (0..50_000).map(|n| format!("c{n}")).collect();
        assert_eq!(slugs(&many.join(",")).len(), MAX_COURSES + 1);
    }
}
