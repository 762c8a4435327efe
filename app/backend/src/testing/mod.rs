//! What tests stand on: a fresh database of each kind, a clock that they move, and a small course.

pub mod checkout;
mod cluster;
mod course;
pub mod shop;
mod stage;

use std::sync::{Arc, LazyLock, Mutex};

use domain::Timestamp;

pub use course::sample_course;
pub use shop::wrong_books;
pub use stage::with_stage;

use crate::{
    Backend, Clock, Db,
    certificate::Signer,
    ports::{
        files::Files,
        mail::Mailer,
        payment::{Gateway, sandbox::Sandbox},
    },
};

/// A backend over a fresh database, and the folders it writes to.
#[derive(Debug)]
pub struct TestBackend {
    pub backend: Backend,
    /// Name of the database's kind, for messages.
    pub kind: &'static str,
    pub folder: tempfile::TempDir,
    /// For a second process over the same database.
    pub database: String,
}

/// One key for all tests of a process, because making one takes a second.
fn signer() -> Signer {
    static SIGNER: LazyLock<(tempfile::TempDir, Signer)> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let signer = Signer::new(folder.path().join("signing-key.pem"));
        (folder, signer)
    });
    SIGNER.1.clone()
}

impl TestBackend {
    /// One on SQLite.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = format!("sqlite:{}", folder.path().join("waymark.db").display());
        Self::open("sqlite", folder, database).await
    }

    /// One on PostgreSQL.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Self::open("postgres", folder, cluster::new_database().await).await
    }

    /// One of each kind.
    pub async fn both() -> [Self; 2] {
        [Self::sqlite().await, Self::postgres().await]
    }

    async fn open(kind: &'static str, folder: tempfile::TempDir, database: String) -> Self {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("a moment");
        let db = Db::connect(&database).await.expect("a database");
        db.migrate().await.expect("migrations");
        let clock = Clock::Manual(Arc::new(Mutex::new(start)));
        let public_url: Arc<str> = "http://localhost".into();
        let sandbox = Sandbox::new(db.clone(), clock.clone(), public_url.clone(), None);
        let backend = Backend {
            db,
            clock,
            mailer: Arc::new(Mailer::memory()),
            files: Files::open(folder.path().join("media")).expect("a folder for media"),
            hashing: crate::account::Hashing::cheap(),
            lookups: crate::account::Lookups::default(),
            signer: signer(),
            reports: crate::progress::Reports::default(),
            gateway: Gateway::Sandbox(sandbox),
            school: Arc::default(),
            public_url,
            zone: domain::study::TimeZone::UTC,
        };
        Self {
            backend,
            kind,
            folder,
            database,
        }
    }
}
