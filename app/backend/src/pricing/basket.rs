//! Putting a basket together: all that its price depends on, as it is now.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    checkout::{
        code::{CodeKey, code_key},
        price::{Basket, Item, Learner, MAX_LIST, Outcome, Presented, Quote, RULES, Rule, quote},
        promotion::{Effect, Promotion},
    },
    ids::Slug,
    money::Currency,
};

use super::{
    Ask, CouponUse, Priced, promotion_store,
    store::{self, CodeRow},
};
use crate::{Error, Result, Tx};

/// Courses in one basket.
const MAX_COURSES: usize = 20;
/// Characters of a code that are kept with a basket.
const MAX_CODE: usize = 64;
/// Promotions that begin within so many days may be worth waiting for.
const AHEAD_DAYS: i64 = 7;

/// The price of courses for somebody, now. Courses that are asked for twice count once.
///
/// # Errors
/// `Error::NotFound` for courses that do not exist or are not published, and where nothing costs anything;
/// `Error::Invalid` for courses of several currencies, or too many.
pub async fn price(tx: &mut Tx, ask: &Ask<'_>, now: Timestamp) -> Result<Priced> {
    let (items, currency) = items(tx, ask.courses).await?;
    let learner = learner(tx, ask).await?;
    let promotions = promotions(tx, &items, currency, now).await?;
    let more = missing_of_bundles(tx, &items, &promotions, currency).await?;
    let (coupon, row) = presented(tx, ask, now).await?;
    let mut basket = Basket {
        rules: RULES,
        currency,
        items,
        more,
        promotions,
        coupon,
        learner,
        at: now,
    };
    let mut quote = quote(&basket);
    if row.as_ref().is_some_and(CodeRow::is_single) && tells_of_a_code(&quote) {
        if let Some(presented) = &mut basket.coupon {
            presented.coupon = None;
        }
        quote = domain::checkout::price::quote(&basket);
    }
    let coupon = row.filter(|_| uses_coupon(&quote)).map(|row| CouponUse {
        id: row.coupon(),
        version: row.version(),
        code_key: row.key(),
    });
    Ok(Priced {
        basket,
        quote,
        coupon,
    })
}

/// The courses as items, in the order in which they were asked for.
async fn items(tx: &mut Tx, courses: &[Slug]) -> Result<(Vec<Item>, Currency)> {
    let mut seen = BTreeSet::new();
    let courses: Vec<Slug> = courses
        .iter()
        .filter(|slug| seen.insert(*slug))
        .cloned()
        .collect();
    if courses.len() > MAX_COURSES {
        return Err(Error::invalid("", "error-basket-large"));
    }
    let mut known = sold(tx, &courses).await?;
    let mut items = Vec::with_capacity(courses.len());
    let mut currency = None;
    for slug in &courses {
        let (item, own) = known.remove(slug).ok_or(Error::NotFound)?;
        items.push(item);
        if own.is_some() && currency.is_some() && own != currency {
            return Err(Error::invalid("", "error-basket-currencies"));
        }
        currency = currency.or(own);
    }
    Ok((items, currency.ok_or(Error::NotFound)?))
}

/// Published courses as items; a free one has no currency.
async fn sold(tx: &mut Tx, courses: &[Slug]) -> Result<BTreeMap<Slug, (Item, Option<Currency>)>> {
    let mut sold = BTreeMap::new();
    for row in store::courses(tx, courses).await? {
        let (slug, price) = (row.slug()?, row.price()?);
        let list = price.map_or(0, |price| price.minor);
        if list > MAX_LIST {
            return Err(Error::internal(format!("{slug} costs more than there is")));
        }
        let item = Item {
            course: row.id(),
            slug: slug.clone(),
            title: row.title,
            list,
        };
        sold.insert(slug, (item, price.map(|price| price.currency)));
    }
    Ok(sold)
}

async fn learner(tx: &mut Tx, ask: &Ask<'_>) -> Result<Learner> {
    let email_key = email_key(tx, ask).await?;
    let new = !store::has_paid(tx, ask.user, email_key.as_deref()).await?;
    let enrolled = match ask.user {
        Some(user) => store::enrolled(tx, user).await?,
        // Whoever types an address must not learn what its owner has.
        None => BTreeSet::new(),
    };
    Ok(Learner { new, enrolled })
}

async fn email_key(tx: &mut Tx, ask: &Ask<'_>) -> Result<Option<String>> {
    match (ask.email_key, ask.user) {
        (Some(key), _) => Ok(Some(key.to_owned())),
        (None, Some(user)) => store::email_key(tx, user).await,
        (None, None) => Ok(None),
    }
}

/// Promotions that could matter: about these courses, in this currency, and in force now or soon.
async fn promotions(
    tx: &mut Tx,
    items: &[Item],
    currency: Currency,
    now: Timestamp,
) -> Result<Vec<Promotion>> {
    let soon = now + jiff::SignedDuration::from_hours(AHEAD_DAYS * 24);
    let mut promotions = promotion_store::until(tx, now, soon).await?;
    promotions.retain(|promotion| {
        promotion.currency.is_none_or(|own| own == currency)
            && items.iter().any(|item| promotion.covers(&item.slug))
    });
    Ok(promotions)
}

/// The courses that bundles would need beside those in the basket.
async fn missing_of_bundles(
    tx: &mut Tx,
    items: &[Item],
    promotions: &[Promotion],
    currency: Currency,
) -> Result<Vec<Item>> {
    let mut missing: BTreeSet<&Slug> = BTreeSet::new();
    for promotion in promotions {
        if let Effect::Bundle { courses, .. } = &promotion.effect {
            missing.extend(courses);
        }
    }
    let is_here = |slug: &Slug| items.iter().any(|item| item.slug == *slug);
    let missing: Vec<Slug> = missing
        .into_iter()
        .filter(|slug| !is_here(slug))
        .cloned()
        .collect();
    let sold = sold(tx, &missing).await?;
    let fits = |own: Option<Currency>| own.is_none_or(|own| own == currency);
    Ok(sold
        .into_values()
        .filter(|(_, own)| fits(*own))
        .map(|(item, _)| item)
        .collect())
}

/// What was typed, and the coupon that it names, if that can be used now. Of all others nothing leaves this place.
async fn presented(
    tx: &mut Tx,
    ask: &Ask<'_>,
    now: Timestamp,
) -> Result<(Option<Presented>, Option<CodeRow>)> {
    let Some(typed) = ask.code.map(str::trim).filter(|code| !code.is_empty()) else {
        return Ok((None, None));
    };
    let mut presented = Presented {
        code: typed.chars().take(MAX_CODE).collect(),
        coupon: None,
        used_up: false,
        by_learner: 0,
    };
    let Some(row) = usable(tx, ask, code_key(typed), now).await? else {
        return Ok((Some(presented), None));
    };
    let email_key = email_key(tx, ask).await?;
    let who = (ask.user, email_key.as_deref());
    presented.by_learner = store::uses(tx, row.coupon(), who, ask.buyer, now).await?;
    presented.coupon = Some(row.read()?);
    Ok((Some(presented), Some(row)))
}

/// The coupon of a code, unless it is stopped, out of its time or used up.
async fn usable(
    tx: &mut Tx,
    ask: &Ask<'_>,
    key: Option<CodeKey>,
    now: Timestamp,
) -> Result<Option<CodeRow>> {
    let Some(key) = key else { return Ok(None) };
    let Some(row) = store::code(tx, &key).await? else {
        return Ok(None);
    };
    let window = row.read()?.terms.window;
    if row.is_stopped() || window.place(now) != domain::checkout::Moment::Within {
        return Ok(None);
    }
    let own = match ask.buyer {
        Some(buyer) => store::own_holds(tx, buyer, row.coupon(), &key).await?,
        None => store::Own::default(),
    };
    Ok((!row.is_used_up(own)).then_some(row))
}

/// Says more of a code than that it is none: who does not meet the conditions of a code that works once must not
/// learn that it exists.
fn tells_of_a_code(quote: &Quote) -> bool {
    quote.lines.iter().any(|line| {
        matches!(line.rule, Rule::Coupon { .. })
            && !matches!(
                line.outcome,
                Outcome::Applied | Outcome::NotTogether { .. } | Outcome::NothingLeft
            )
    })
}

fn uses_coupon(quote: &Quote) -> bool {
    let mut lines = quote.lines.iter();
    lines.any(|line| matches!(line.rule, Rule::Coupon { .. }) && line.outcome == Outcome::Applied)
}
