//! Which rules hold together, and what each of them came to.

use std::cmp::{Ordering, Reverse};

use super::{
    Line, Outcome, Presented, Rule, weigh,
    weigh::{Cuts, Sale},
};
use crate::checkout::promotion::Promotion;

/// A basket with its rules applied.
pub struct Settled<'a> {
    /// Promotions that would lower the price, the first one before the others.
    able: Vec<Able<'a>>,
    /// Promotions that would not, and why.
    unable: Vec<(&'a Promotion, Outcome)>,
    /// Which of `able` holds.
    chosen: Option<usize>,
    /// What became of the coupon; `None` where none was presented.
    coupon: Option<Cuts>,
    /// The coupon, where it lowers the price and the promotion that comes first makes way for that.
    coupon_first: Option<&'a Presented>,
    /// What is to pay for each item.
    pub left: Vec<i64>,
}

/// A promotion that would lower the price, by itself.
struct Able<'a> {
    promotion: &'a Promotion,
    cuts: Vec<i64>,
}

impl Able<'_> {
    fn saves(&self) -> i64 {
        self.cuts.iter().sum()
    }

    /// Which of two comes first.
    fn rank(&self, other: &Self) -> Ordering {
        let key = |able: &Self| {
            let promotion = able.promotion;
            (
                Reverse(promotion.priority),
                Reverse(able.saves()),
                promotion.id,
                promotion.version,
            )
        };
        key(self).cmp(&key(other))
    }
}

/// A promotion, or none, with the coupon on what it leaves.
struct Combination {
    chosen: Option<usize>,
    coupon: Cuts,
    left: Vec<i64>,
}

impl Combination {
    fn total(&self) -> i64 {
        self.left.iter().sum()
    }
}

pub fn settle<'a>(sale: &Sale<'a>) -> Settled<'a> {
    let (mut able, mut unable) = (Vec::new(), Vec::new());
    for promotion in sale.promotions.iter().copied() {
        match weigh::promotion(sale, promotion) {
            Some(Ok(cuts)) => able.push(Able { promotion, cuts }),
            Some(Err(outcome)) => unable.push((promotion, outcome)),
            None => {}
        }
    }
    able.sort_by(Able::rank);
    unable.sort_by_key(|(promotion, _)| {
        (Reverse(promotion.priority), promotion.id, promotion.version)
    });
    let list = sale.list();
    let chosen = (!able.is_empty()).then_some(0);
    let mut settled = Settled {
        left: minus(&list, able.first().map(|first| first.cuts.as_slice())),
        able,
        unable,
        chosen,
        coupon: None,
        coupon_first: None,
    };
    if let Some(presented) = sale.coupon {
        settled.apply(sale, presented, &list);
    }
    settled
}

impl<'a> Settled<'a> {
    pub fn total(&self) -> i64 {
        self.left.iter().sum()
    }

    /// Whether this promotion lowers the price.
    pub fn uses(&self, promotion: &Promotion) -> bool {
        self.chosen
            .is_some_and(|index| self.able[index].promotion.id == promotion.id)
    }

    /// The coupon on what the first promotion leaves; where that cannot be, the first promotion against the cheapest
    /// that the coupon makes of the basket without it.
    fn apply(&mut self, sale: &Sale<'a>, presented: &'a Presented, list: &[i64]) {
        let alone = self
            .able
            .first()
            .filter(|first| !first.promotion.with_coupons);
        if alone.is_none() {
            let first = combine(sale, presented, list, &self.able, self.chosen);
            // The rules 1 compared nothing where the first promotion goes together with coupons.
            if first.coupon.is_ok() || sale.rules == 1 {
                self.take(first);
                return;
            }
        }
        let refused = match (alone, self.cheapest_with_coupon(sale, presented, list)) {
            (_, Some(rival)) if rival.total() < self.total() => {
                self.coupon_first = (rival.chosen != self.chosen).then_some(presented);
                self.take(rival);
                return;
            }
            (Some(alone), Some(_)) => Err(Outcome::NotTogether {
                with: alone.promotion.name.clone(),
            }),
            // It would not lower the price even alone: it says why, of the price without that promotion.
            (Some(_), None) => weigh::coupon(sale, presented, list),
            // It says why, of the price that holds.
            (None, _) => weigh::coupon(sale, presented, &self.left),
        };
        self.coupon = Some(refused);
    }

    fn take(&mut self, combination: Combination) {
        self.chosen = combination.chosen;
        self.coupon = Some(combination.coupon);
        self.left = combination.left;
    }

    /// Of all combinations in which the coupon does something: of equal ones the promotion that comes first, and the
    /// coupon without promotion last.
    fn cheapest_with_coupon(
        &self,
        sale: &Sale<'a>,
        presented: &Presented,
        list: &[i64],
    ) -> Option<Combination> {
        let with = self.able.iter().enumerate();
        let with = with.filter(|(_, able)| able.promotion.with_coupons);
        with.map(|(index, _)| Some(index))
            .chain([None])
            .map(|chosen| combine(sale, presented, list, &self.able, chosen))
            .filter(|combination| combination.coupon.is_ok())
            .min_by_key(Combination::total)
    }

    /// Every rule with its outcome: those that apply, then those that do not, the coupon before the promotions.
    pub fn lines(&self, sale: &Sale<'a>) -> Vec<Line> {
        let chosen = self.chosen.map(|index| &self.able[index]);
        let mut lines: Vec<Line> = chosen
            .map(|able| line(promotion_rule(able.promotion), &Ok(able.cuts.clone())))
            .into_iter()
            .collect();
        if let (Some(presented), Some(coupon)) = (sale.coupon, &self.coupon) {
            lines.push(line(coupon_rule(presented, coupon), coupon));
        }
        for (index, able) in self.able.iter().enumerate() {
            if Some(index) != self.chosen {
                let outcome = self.lost(able);
                lines.push(line(promotion_rule(able.promotion), &Err(outcome)));
            }
        }
        let unable = self.unable.iter();
        lines
            .extend(unable.map(|(promotion, outcome)| {
                line(promotion_rule(promotion), &Err(outcome.clone()))
            }));
        lines
    }

    /// Why a promotion that would lower the price does not: the first one holds, or where that makes way, the one that
    /// the coupon goes together with, or the coupon without any.
    fn lost(&self, able: &Able<'_>) -> Outcome {
        let winner = match (self.coupon_first, self.chosen) {
            (None, _) => 0,
            (Some(_), Some(chosen)) if able.promotion.with_coupons => chosen,
            (Some(presented), _) => {
                return Outcome::NotTogether {
                    with: presented.code.clone(),
                };
            }
        };
        Outcome::Beaten {
            by: self.able[winner].promotion.name.clone(),
        }
    }
}

fn combine(
    sale: &Sale<'_>,
    presented: &Presented,
    list: &[i64],
    able: &[Able<'_>],
    chosen: Option<usize>,
) -> Combination {
    let left = minus(list, chosen.map(|index| able[index].cuts.as_slice()));
    let coupon = weigh::coupon(sale, presented, &left);
    Combination {
        chosen,
        left: minus(&left, coupon.as_deref().ok()),
        coupon,
    }
}

fn minus(amounts: &[i64], cuts: Option<&[i64]>) -> Vec<i64> {
    match cuts {
        Some(cuts) => amounts
            .iter()
            .zip(cuts)
            .map(|(amount, cut)| amount - cut)
            .collect(),
        None => amounts.to_vec(),
    }
}

fn line(rule: Rule, cuts: &Cuts) -> Line {
    let (effect, outcome) = match cuts {
        Ok(cuts) => (-cuts.iter().sum::<i64>(), Outcome::Applied),
        Err(outcome) => (0, outcome.clone()),
    };
    Line {
        rule,
        effect,
        outcome,
    }
}

fn promotion_rule(promotion: &Promotion) -> Rule {
    Rule::Promotion {
        id: promotion.id,
        version: promotion.version,
        name: promotion.name.clone(),
        ends: promotion.window.ends,
    }
}

/// Of a coupon that cannot be used, not even its id is said.
fn coupon_rule(presented: &Presented, cuts: &Cuts) -> Rule {
    let known = presented.coupon.as_ref();
    let hidden = matches!(cuts, Err(Outcome::NotValid));
    Rule::Coupon {
        id: known.filter(|_| !hidden).map(|coupon| coupon.id),
        code: presented.code.clone(),
    }
}
