//! Promotions: lowered prices, tiers, bundles.

use std::collections::BTreeMap;

use backend::{Backend, Error, pricing::ListedPromotion};
use clap::{Args, Subcommand};
use domain::{
    checkout::{
        Scope,
        promotion::{Effect, Promotion, Theme, Tier},
    },
    ids::{PromotionId, Slug},
    money::Currency,
};
use uuid::Uuid;

use super::rules::{self, OffArgs, ScopeArgs, WindowArgs, report};

#[derive(Debug, Subcommand)]
pub enum PromotionCommand {
    /// Lower the price of courses for a while
    AddPrice(Box<AddPrice>),
    /// Spend and save: who spends so much saves so much
    AddTiers(Box<AddTiers>),
    /// Courses that cost less together
    AddBundle(Box<AddBundle>),
    /// List promotions, the newest first
    List {
        /// Report as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// End a promotion now
    Stop {
        /// As it is listed
        id: PromotionId,
    },
}

/// What every promotion has.
#[derive(Debug, Args)]
struct Common {
    /// What buyers read beside the discount
    name: String,
    /// ISO 4217 code of the amounts, e.g. CNY
    #[arg(long, value_name = "C")]
    currency: Option<String>,
    #[command(flatten)]
    window: WindowArgs,
    /// Of several that apply, the highest wins
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    priority: i32,
    /// A coupon cannot lower the price further
    #[arg(long)]
    no_coupons: bool,
    /// Look of the banner: plain, new-year, spring-festival, back-to-school, mid-autumn, singles or year-end
    #[arg(long, value_name = "THEME", value_parser = theme, requires = "banner")]
    theme: Option<Theme>,
    /// What the banner says in a language, e.g. zh-Hans=开学季; once for each language
    #[arg(long, value_name = "LANG=TEXT", value_parser = banner)]
    banner: Vec<(String, String)>,
    /// Report as one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct AddPrice {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    off: OffArgs,
    /// The most that a percentage takes off a course
    #[arg(long, value_name = "A", requires = "percent", requires = "currency")]
    cap: Option<String>,
    #[command(flatten)]
    scope: ScopeArgs,
}

#[derive(Debug, Args)]
pub struct AddTiers {
    #[command(flatten)]
    common: Common,
    /// Who spends the first amount saves the second; once for each tier
    #[arg(
        long,
        value_name = "SPEND:SAVE",
        required = true,
        requires = "currency"
    )]
    tier: Vec<String>,
    #[command(flatten)]
    scope: ScopeArgs,
}

#[derive(Debug, Args)]
pub struct AddBundle {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    off: OffArgs,
    /// The courses of the bundle
    #[arg(long, value_name = "SLUG", num_args = 1.., required = true)]
    course: Vec<Slug>,
}

fn theme(word: &str) -> Result<Theme, String> {
    Theme::from_word(word).ok_or_else(|| {
        let words = Theme::ALL.map(Theme::as_str);
        format!("a theme is one of {}", words.join(", "))
    })
}

fn banner(text: &str) -> Result<(String, String), String> {
    let (language, words) = text
        .split_once('=')
        .ok_or("write the language, =, and the text")?;
    Ok((language.to_owned(), words.to_owned()))
}

impl PromotionCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        match self {
            Self::AddPrice(add) => {
                let off = add
                    .off
                    .read(add.cap.as_deref(), add.common.currency.as_deref())?;
                let effect = Effect::Price { off };
                add.common.add(backend, effect, add.scope.read()).await
            }
            Self::AddTiers(add) => {
                let tiers = tiers(&add.tier, add.common.currency.as_deref())?;
                let effect = Effect::Tiers { tiers };
                add.common.add(backend, effect, add.scope.read()).await
            }
            Self::AddBundle(add) => {
                let off = add.off.read(None, add.common.currency.as_deref())?;
                let courses = add.course.into_iter().collect();
                let effect = Effect::Bundle { courses, off };
                add.common.add(backend, effect, Scope::All).await
            }
            Self::List { json } => {
                let promotions = backend.promotions().await?;
                report(&promotions, json, || promotions.iter().map(line).collect())
            }
            Self::Stop { id } => {
                let stopped = backend.stop_promotion(id).await;
                stopped.map_err(|error| match error {
                    Error::NotFound => Error::Setup(format!("there is no promotion {id}")),
                    other => other,
                })?;
                rules::print(&format!("Promotion {id} is stopped.\n")).map(drop)
            }
        }
    }
}

impl Common {
    async fn add(self, backend: &Backend, effect: Effect, scope: Scope) -> Result<(), Error> {
        let banner: BTreeMap<String, String> = self.banner.into_iter().collect();
        let promotion = Promotion {
            id: PromotionId(Uuid::nil()),
            version: 0,
            name: self.name,
            effect,
            currency: rules::currency(self.currency.as_deref())?,
            scope,
            window: self.window.read(),
            priority: self.priority,
            with_coupons: !self.no_coupons,
            theme: self.theme.or((!banner.is_empty()).then_some(Theme::Plain)),
            banner,
        };
        let id = backend.add_promotion(promotion, None).await?;
        let (added, _) = backend.promotion(id).await?;
        report(&added, self.json, || vec![line(&added)])
    }
}

fn tiers(typed: &[String], currency: Option<&str>) -> Result<Vec<Tier>, Error> {
    let tier = |typed: &String| {
        let unreadable = || Error::Setup(format!("{typed} is no tier: write SPEND:SAVE"));
        let (spend, save) = typed.split_once(':').ok_or_else(unreadable)?;
        Ok(Tier {
            spend: rules::minor(spend, currency)?,
            save: rules::minor(save, currency)?,
        })
    };
    typed.iter().map(tier).collect()
}

fn line(listed: &ListedPromotion) -> String {
    let promotion = &listed.promotion;
    let state = match listed.stopped_at {
        Some(at) => format!("  stopped {at:.0}"),
        None => String::new(),
    };
    format!(
        "{}  {}  {}  {}  priority {}{state}",
        promotion.id,
        promotion.name,
        effect(&promotion.effect, promotion.currency),
        rules::said_window(promotion.window),
        promotion.priority,
    )
}

fn effect(effect: &Effect, currency: Option<Currency>) -> String {
    match effect {
        Effect::Price { off } => rules::said(*off, currency),
        Effect::Tiers { tiers } => {
            let amount = |minor| rules::decimal(minor, currency);
            let said = tiers
                .iter()
                .map(|tier| format!("spend {} save {}", amount(tier.spend), amount(tier.save)));
            said.collect::<Vec<_>>().join(", ")
        }
        Effect::Bundle { courses, off } => {
            let courses: Vec<&str> = courses.iter().map(Slug::as_str).collect();
            format!(
                "{} together {}",
                courses.join(" + "),
                rules::said(*off, currency)
            )
        }
    }
}
