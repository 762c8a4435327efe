//! What the demo school offers: a coupon for whoever is new, and a lowered price for a month.

use std::collections::{BTreeMap, BTreeSet};

use backend::{Backend, Error, pricing::NewCoupon};
use domain::{
    checkout::{
        Off, Scope, Window,
        coupon::Terms,
        promotion::{Effect, Promotion, Theme},
    },
    ids::{PromotionId, Slug},
    money::Currency,
};
use jiff::SignedDuration;
use uuid::Uuid;

const CODE: &str = "WELCOME10";
/// In the language of the course that it is for.
const NAME: &str = "上线特惠";
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Makes both, unless they were made before.
pub async fn add(backend: &Backend) -> Result<(), Error> {
    match backend.coupon_of_code(CODE).await {
        Err(Error::NotFound) => backend.add_coupon(welcome(), None).await.map(drop)?,
        known => known.map(drop)?,
    }
    let promotions = backend.promotions().await?;
    if !promotions.iter().any(|known| known.promotion.name == NAME) {
        backend.add_promotion(launch(backend)?, None).await?;
    }
    Ok(())
}

fn welcome() -> NewCoupon {
    NewCoupon {
        name: "Welcome".to_owned(),
        code: Some(CODE.to_owned()),
        terms: Terms {
            off: Off::Percent {
                percent: 10,
                cap: None,
            },
            currency: None,
            scope: Scope::All,
            min_spend: None,
            window: Window::default(),
            limit: None,
            per_learner: Some(1),
            new_learners: true,
        },
        task: None,
    }
}

fn launch(backend: &Backend) -> Result<Promotion, Error> {
    let now = backend.clock.now();
    let course = Slug::parse("excel-gaojie-hanshu").map_err(Error::internal)?;
    let banner = [
        ("en", "Launch price for 30 分钟掌握 Excel 高阶函数"),
        ("zh-Hans", "《30 分钟掌握 Excel 高阶函数》上线特惠"),
        ("zh-Hant", "《30 分钟掌握 Excel 高阶函数》上線優惠"),
    ];
    Ok(Promotion {
        id: PromotionId(Uuid::nil()),
        version: 0,
        name: NAME.to_owned(),
        effect: Effect::Price {
            off: Off::To { minor: 14_900 },
        },
        currency: Some(Currency::CNY),
        scope: Scope::These(BTreeSet::from([course])),
        window: Window {
            starts: Some(now),
            ends: Some(now + MONTH),
        },
        priority: 0,
        with_coupons: true,
        theme: Some(Theme::Plain),
        banner: banner
            .map(|(language, text)| (language.to_owned(), text.to_owned()))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
    })
}
