//! Use cases, storage and ports to the outside. Knows neither leptos nor axum.
//!
//! Each feature is a folder: `mod.rs` holds the use cases, which own the transaction; `store.rs` the SQL over
//! `&mut Tx`; `tests.rs` runs both on both databases.

pub mod account;
pub mod agreement;
pub mod blocks;
pub mod certificate;
pub mod checkout;
mod clock;
pub mod console;
pub mod course;
mod db;
mod error;
pub mod note;
pub mod offline;
mod pdf;
pub mod player;
pub mod ports;
pub mod pricing;
pub mod progress;
mod rate_limit;
pub mod receipt;
pub mod stage;
pub mod study;
#[cfg(feature = "testing")]
pub mod testing;
mod words;

use std::{path::PathBuf, sync::Arc};

pub use clock::Clock;
pub use db::{Db, Tx};
pub use error::Error;
use ports::{
    files::Files,
    mail::Mailer,
    payment::{Gateway, sandbox::Sandbox},
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A key for a form: what one form asks for is done once.
#[must_use]
pub fn new_key() -> uuid::Uuid {
    uuid::Uuid::now_v7()
}

/// Everything that the use cases need, composed once at the start.
#[derive(Clone, Debug)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    pub mailer: Arc<Mailer>,
    pub files: Files,
    pub hashing: account::Hashing,
    pub lookups: account::Lookups,
    /// Signs certificates.
    pub signer: certificate::Signer,
    /// What players report waits here to be written.
    pub reports: progress::Reports,
    /// By which the school is paid.
    pub gateway: Gateway,
    /// Where the school is: days and deadlines of the console are its.
    pub zone: domain::study::TimeZone,
    /// As receipts and mails about orders name the school.
    pub school: Arc<receipt::School>,
    /// Start of every absolute link, without a slash at the end.
    pub public_url: Arc<str>,
}

impl Backend {
    /// `signing_key`: the file with the key that signs certificates; made when it is needed and missing.
    ///
    /// # Errors
    /// When the database cannot be reached or the data folder cannot be written.
    pub async fn open(
        database: &str,
        data: PathBuf,
        mailer: Mailer,
        signing_key: PathBuf,
        public_url: &str,
    ) -> Result<Self> {
        let (db, clock) = (Db::connect(database).await?, Clock::System);
        let public_url: Arc<str> = public_url.trim_end_matches('/').into();
        let gateway = Gateway::Sandbox(Sandbox::new(
            db.clone(),
            clock.clone(),
            public_url.clone(),
            Some(data.join("sandbox-key")),
        ));
        Ok(Self {
            db,
            clock,
            mailer: Arc::new(mailer),
            files: Files::open(data.join("media"))?,
            hashing: account::Hashing::default(),
            lookups: account::Lookups::default(),
            signer: certificate::Signer::new(signing_key),
            reports: progress::Reports::default(),
            gateway,
            school: Arc::default(),
            public_url,
            zone: domain::study::TimeZone::UTC,
        })
    }
}
