//! Putting a basket together: all that its price depends on, as it is now.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    checkout::{
        Moment,
        code::code_key,
        price::{
            Basket, Item, Learner, Line, MAX_COURSES, MAX_LIST, Outcome, Presented, Quote, RULES,
            Rule, WAIT, quote,
        },
        promotion::{Effect, Promotion},
    },
    ids::{Slug, UserId},
    money::Currency,
};

use super::{
    Ask, CouponUse, Guess, Priced, promotion_store,
    store::{self, CodeRow, Own},
};
use crate::{Error, Result, Tx};

/// The account, and the key of its address or of the one that was typed.
type Who<'a> = (Option<UserId>, Option<&'a str>);

/// What the code that was typed turned out to be.
enum Found {
    /// Nothing, or nothing that may be talked about.
    Nothing,
    /// A code that everybody may know, and that is over: used as often as it may be, stopped, or out of its time. It is
    /// answered as if there were none, but typing it is no guess: links to a campaign outlive it.
    Over,
    /// With what placing an order for these courses lets go of.
    Usable(CodeRow, Own),
}

/// The price of courses for somebody, now. Courses that are asked for twice count once.
///
/// # Errors
/// `Error::NotFound` for courses that do not exist or are not published, and where nothing costs anything;
/// `Error::Invalid` for courses of several currencies, or too many.
pub async fn price(tx: &mut Tx, ask: &Ask<'_>, now: Timestamp) -> Result<Priced> {
    let (items, currency) = items(tx, ask.courses).await?;
    let mut promotions = promotions(tx, &items, currency, now).await?;
    let more = missing_of_bundles(tx, &items, &promotions, currency).await?;
    drop_incomplete(&mut promotions, &items, &more);
    let email_key = email_key(tx, ask).await?;
    let who = (ask.user, email_key.as_deref());
    let found = found(tx, ask, &items, now).await?;
    let coupon = presented(tx, ask, who, &found, now).await?;
    let learner = learner(tx, who, coupon.as_ref()).await?;
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
    let mut answer = quote(&basket);
    if matches!(&found, Found::Usable(row, _) if row.is_single()) && tells_of_a_code(&answer) {
        // To the last field as if nobody knew the code.
        basket.coupon = typed(ask).map(Presented::unknown);
        basket.learner = self::learner(tx, who, None).await?;
        answer = quote(&basket);
    }
    let guess = match outcome_of_coupon(&answer) {
        Some(Outcome::NotValid) if !matches!(found, Found::Over) => Some(Guess::Code),
        Some(Outcome::NewLearnersOnly) if ask.user.is_none() => Some(Guess::Address),
        _ => None,
    };
    let coupon = match found {
        Found::Usable(row, _) if outcome_of_coupon(&answer) == Some(&Outcome::Applied) => {
            Some(CouponUse {
                id: row.coupon(),
                version: row.version(),
                code_key: row.key(),
            })
        }
        _ => None,
    };
    Ok(Priced {
        basket,
        quote: answer,
        coupon,
        guess,
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

/// Whoever types an address must not learn what its owner has, and that they have bought only where a coupon asks.
async fn learner(tx: &mut Tx, who: Who<'_>, coupon: Option<&Presented>) -> Result<Learner> {
    let asked = who.0.is_some() || coupon.is_some_and(Presented::is_for_new_learners);
    let new = !asked || !store::has_paid(tx, who.0, who.1).await?;
    let enrolled = match who.0 {
        Some(user) => store::enrolled(tx, user).await?,
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
    let mut promotions = promotion_store::until(tx, now, now + WAIT).await?;
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

/// A bundle that cannot be bought is no offer, and would name a course that nobody may know of yet.
fn drop_incomplete(promotions: &mut Vec<Promotion>, items: &[Item], more: &[Item]) {
    let known: BTreeSet<&Slug> = items.iter().chain(more).map(|item| &item.slug).collect();
    promotions.retain(|promotion| match &promotion.effect {
        Effect::Bundle { courses, .. } => courses.iter().all(|course| known.contains(course)),
        Effect::Price { .. } | Effect::Tiers { .. } => true,
    });
}

fn typed<'a>(ask: &Ask<'a>) -> Option<&'a str> {
    ask.code.map(str::trim).filter(|code| !code.is_empty())
}

/// What was typed, and the coupon that it names, if that can be used now. Of all others nothing leaves this place.
async fn presented(
    tx: &mut Tx,
    ask: &Ask<'_>,
    who: Who<'_>,
    found: &Found,
    now: Timestamp,
) -> Result<Option<Presented>> {
    let Some(mut presented) = typed(ask).map(Presented::unknown) else {
        return Ok(None);
    };
    if let Found::Usable(row, own) = found {
        let uses = store::uses(tx, row.coupon(), who, now).await?;
        let others = uses.iter().filter(|order| !own.holds(**order)).count();
        presented.by_learner = u32::try_from(others).unwrap_or(u32::MAX);
        presented.coupon = Some(row.read()?);
    }
    Ok(Some(presented))
}

/// The coupon of the code, unless it is stopped, out of its time or used up.
async fn found(tx: &mut Tx, ask: &Ask<'_>, items: &[Item], now: Timestamp) -> Result<Found> {
    let Some(key) = typed(ask).and_then(code_key) else {
        return Ok(Found::Nothing);
    };
    let Some(row) = store::code(tx, &key).await? else {
        return Ok(Found::Nothing);
    };
    let window = row.read()?.terms.window;
    let over = || match row.is_single() {
        true => Found::Nothing,
        false => Found::Over,
    };
    match window.place(now) {
        _ if row.is_stopped() => return Ok(over()),
        Moment::After => return Ok(over()),
        Moment::Before(_) => return Ok(Found::Nothing),
        Moment::Within => {}
    }
    let own = match ask.buyer {
        Some(buyer) => store::own_holds(tx, buyer, row.coupon(), items).await?,
        None => Own::default(),
    };
    Ok(match row.is_used_up(&own) {
        false => Found::Usable(row, own),
        true => over(),
    })
}

/// Says more of a code than that it is none: who does not meet the conditions of a code that works once must not
/// learn that it exists.
fn tells_of_a_code(quote: &Quote) -> bool {
    outcome_of_coupon(quote).is_some_and(|outcome| {
        !matches!(
            outcome,
            Outcome::Applied | Outcome::NotTogether { .. } | Outcome::NothingLeft
        )
    })
}

fn outcome_of_coupon(quote: &Quote) -> Option<&Outcome> {
    let is_coupon = |line: &&Line| matches!(line.rule, Rule::Coupon { .. });
    quote.lines.iter().find(is_coupon).map(|line| &line.outcome)
}
