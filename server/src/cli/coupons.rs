//! Coupons: making, listing and stopping them, and codes that work once.

use std::pin::pin;

use backend::{
    Backend, Error,
    pricing::{ListedCoupon, NewCoupon},
};
use clap::{Args, Subcommand};
use domain::{
    checkout::coupon::{Task, Terms},
    ids::CouponId,
};
use futures::TryStreamExt;

use super::rules::{self, OffArgs, ScopeArgs, WindowArgs, report};

#[derive(Debug, Subcommand)]
pub enum CouponCommand {
    /// Make a coupon
    Add(Box<Add>),
    /// List coupons, the newest first
    List {
        /// Report as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Nobody can use the coupon any more; orders that hold it keep it
    Stop {
        /// One of its codes, or its id
        coupon: String,
    },
    /// Make codes that each work once, and print them as CSV
    Batch {
        /// One of the coupon's codes, or its id
        coupon: String,
        /// Name of the batch, e.g. where its codes go
        #[arg(long, value_name = "NAME")]
        name: String,
        /// How many, 1 to 10,000
        #[arg(long, value_name = "N")]
        count: u32,
        /// Report as one JSON document, without the codes
        #[arg(long)]
        json: bool,
    },
    /// Print a batch again, with what became of each code, as CSV
    Codes {
        /// One of the coupon's codes, or its id
        coupon: String,
        /// Name of the batch
        #[arg(long, value_name = "NAME")]
        batch: String,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// What people type: 1 to 32 letters and digits. Case, spaces, dashes and look-alikes make no difference. Without
    /// one, the coupon is for batches and gifts
    #[arg(required_unless_present = "name")]
    code: Option<String>,
    /// The campaign that it is counted by [default: the code]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    off: OffArgs,
    /// ISO 4217 code of the amounts, e.g. CNY
    #[arg(long, value_name = "C")]
    currency: Option<String>,
    /// The most that a percentage takes off
    #[arg(long, value_name = "A", requires = "percent", requires = "currency")]
    cap: Option<String>,
    #[command(flatten)]
    scope: ScopeArgs,
    /// What the courses it is for have to cost together
    #[arg(long, value_name = "A", requires = "currency")]
    min_spend: Option<String>,
    /// How often it can be used in all
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
    /// How often one learner can use it
    #[arg(long, value_name = "N")]
    per_learner: Option<u32>,
    #[command(flatten)]
    window: WindowArgs,
    /// Only for who has never paid for a course
    #[arg(long)]
    new_learners: bool,
    /// Give whoever completes this a code of their own
    #[arg(long, value_name = "COURSE[/LESSON]")]
    for_completing: Option<Task>,
    /// Report as one JSON document
    #[arg(long)]
    json: bool,
}

impl CouponCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        match self {
            Self::Add(add) => add.run(backend).await,
            Self::List { json } => {
                let coupons = backend.coupons().await?;
                report(&coupons, json, || coupons.iter().map(line).collect())
            }
            Self::Stop { coupon } => {
                let id = find(backend, &coupon).await?;
                backend.stop_coupon(id).await?;
                rules::print(&format!("Coupon {coupon} is stopped.\n")).map(drop)
            }
            Self::Batch {
                coupon,
                name,
                count,
                json,
            } => {
                let id = find(backend, &coupon).await?;
                let batch = backend.add_batch(id, &name, count).await?;
                if json {
                    return report(&batch, true, Vec::new);
                }
                codes(backend, id, &batch.name).await
            }
            Self::Codes { coupon, batch } => {
                let id = find(backend, &coupon).await?;
                let known = backend.batches(id).await?;
                if !known.iter().any(|known| known.name == batch) {
                    return Err(Error::Setup(format!("{coupon} has no batch {batch}")));
                }
                codes(backend, id, &batch).await
            }
        }
    }
}

impl Add {
    async fn run(self, backend: &Backend) -> Result<(), Error> {
        let currency = self.currency.as_deref();
        let min_spend = self.min_spend.as_deref();
        let terms = Terms {
            off: self.off.read(self.cap.as_deref(), currency)?,
            currency: rules::currency(currency)?,
            scope: self.scope.read(),
            min_spend: min_spend
                .map(|amount| rules::minor(amount, currency))
                .transpose()?,
            window: self.window.read(),
            limit: self.limit,
            per_learner: self.per_learner,
            new_learners: self.new_learners,
        };
        let name = self.name.or(self.code.clone()).unwrap_or_default();
        let new = NewCoupon {
            name,
            code: self.code,
            terms,
            task: self.for_completing,
        };
        let id = backend.add_coupon(new, None).await?;
        let (coupon, _) = backend.coupon(id).await?;
        report(&coupon, self.json, || vec![line(&coupon)])
    }
}

async fn find(backend: &Backend, coupon: &str) -> Result<CouponId, Error> {
    let unknown = || Error::Setup(format!("there is no coupon {coupon}"));
    let found = match coupon.parse::<CouponId>() {
        Ok(id) => backend.coupon(id).await.map(|_| id),
        Err(_) => backend.coupon_of_code(coupon).await,
    };
    found.map_err(|error| match error {
        Error::NotFound => unknown(),
        other => other,
    })
}

async fn codes(backend: &Backend, coupon: CouponId, batch: &str) -> Result<(), Error> {
    let mut pieces = pin!(backend.batch_csv(coupon, batch));
    while let Some(piece) = pieces.try_next().await? {
        if !rules::print(&piece)? {
            break;
        }
    }
    Ok(())
}

fn line(coupon: &ListedCoupon) -> String {
    let terms = &coupon.terms;
    let code = coupon.code.clone().unwrap_or_else(|| coupon.id.to_string());
    let limit = terms
        .limit
        .map_or_else(String::new, |limit| format!(" of {limit}"));
    let state = match coupon.stopped_at {
        Some(at) => format!("  stopped {at:.0}"),
        None => String::new(),
    };
    format!(
        "{code}  {}  {}  {}  redeemed {}{limit}, held {}{state}",
        coupon.name,
        rules::said(terms.off, terms.currency),
        rules::said_window(terms.window),
        coupon.redeemed,
        coupon.held,
    )
}
