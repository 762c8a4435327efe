//! The only place that knows that there are two databases.
//!
//! The SQL is one text for both: `$N` parameters, BIGINT microseconds for moments, BIGINT minor units for money,
//! JSON as TEXT, ids made by the application, `ON CONFLICT` for everything that may happen twice, no clock of the
//! database's own.

mod many;
mod settle;

use std::{
    fs::File,
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use domain::Timestamp;
use sqlx::{
    ConnectOptions, Connection, Database, PgPool, Postgres, Sqlite, SqlitePool, Transaction,
    migrate::Migrator,
    pool::{PoolConnection, PoolOptions},
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub(crate) use many::ManyRows;
use settle::Settling;

use crate::Error;

/// How long a use case waits for its turn. A rush of buyers at the minute of a sale waits, and is served; still less
/// than a request may take.
const PATIENCE: Duration = Duration::from_secs(15);

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// A connection that was not used for so long may have been lost.
const REST: Duration = Duration::from_secs(1);

/// A database, connected.
#[derive(Clone, Debug)]
pub enum Db {
    /// SQLite has one writer at a time: a pool of one connection lets writers queue instead of collide.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        log: Arc<WriteLog>,
        settling: Settling,
    },
    Postgres(PgPool),
}

/// An open transaction. Dropped without [`Tx::commit`], it is rolled back.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Lease<Sqlite>, Option<Arc<WriteLog>>),
    Postgres(Lease<Postgres>),
}

/// A connection, in a transaction or, for reading where a transaction would add nothing, without.
#[derive(Debug)]
pub enum Lease<DB: Database> {
    Transaction(Transaction<'static, DB>),
    Plain(PoolConnection<DB>),
}

impl<DB: Database> Deref for Lease<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Transaction(tx) => tx,
            Self::Plain(connection) => connection,
        }
    }
}

impl<DB: Database> DerefMut for Lease<DB> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match self {
            Self::Transaction(tx) => tx,
            Self::Plain(connection) => connection,
        }
    }
}

impl<DB: Database> Lease<DB> {
    async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Transaction(tx) => tx.commit().await,
            Self::Plain(_) => Ok(()),
        }
    }
}

/// SQLite's write-ahead log, flushed to the disk for many commits at once.
///
/// A commit is in the log when SQLite has written it, and durable when the log is flushed. Whoever commits waits for
/// that, as with `synchronous = FULL`, but the next may write meanwhile, and one flush serves all who wait: it covers
/// every commit that was written before it began.
#[derive(Debug)]
pub struct WriteLog {
    path: PathBuf,
    /// Commits that were written, and how many of them are known to be on the disk.
    written: AtomicU64,
    flushed: tokio::sync::Mutex<u64>,
}

impl WriteLog {
    fn beside(file: &str) -> Self {
        Self {
            path: format!("{file}-wal").into(),
            written: AtomicU64::new(0),
            flushed: tokio::sync::Mutex::new(0),
        }
    }

    async fn flush(&self) -> Result<(), Error> {
        let mine = self.written.fetch_add(1, Ordering::SeqCst) + 1;
        let mut flushed = self.flushed.lock().await;
        if *flushed >= mine {
            return Ok(());
        }
        let all = self.written.load(Ordering::SeqCst);
        let path = self.path.clone();
        let flush = move || match File::open(path) {
            Ok(log) => log.sync_data(),
            // Without a log everything is in the database itself, flushed when it was moved there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        };
        tokio::task::spawn_blocking(flush)
            .await
            .map_err(Error::internal)?
            .map_err(|error| Error::Busy(Box::new(error)))?;
        *flushed = all;
        Ok(())
    }
}

/// A moment as both databases hold it: microseconds since 1970 in a BIGINT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Micros(pub i64);

impl From<Timestamp> for Micros {
    fn from(moment: Timestamp) -> Self {
        Self(moment.as_microsecond())
    }
}

impl From<Micros> for Timestamp {
    fn from(Micros(micros): Micros) -> Self {
        // Every value was written from a `Timestamp`; a foreign one becomes the nearest that exists.
        Self::from_microsecond(micros).unwrap_or(if micros < 0 { Self::MIN } else { Self::MAX })
    }
}

impl Db {
    /// Connects to `sqlite:FILE` (made if it is missing) or `postgres://…`.
    ///
    /// # Errors
    /// `Error::Setup` with a sentence for the operator.
    pub async fn connect(url: &str) -> Result<Self, Error> {
        if let Some(file) = url.strip_prefix("sqlite:") {
            Self::connect_sqlite(file.trim_start_matches("//")).await
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)
                .map_err(unreachable)?
                .application_name("waymark");
            // A pool only says that it waited; a connection says for what.
            let first = options.connect().await.map_err(unreachable)?;
            first.close().await.map_err(unreachable)?;
            let pool = asked_after_a_rest(PgPoolOptions::new().max_connections(16))
                .acquire_timeout(PATIENCE)
                .connect_lazy_with(options);
            Ok(Self::Postgres(pool))
        } else {
            Err(Error::Setup(format!(
                "the database must be sqlite:FILE or postgres://…, not {}",
                scheme(url)
            )))
        }
    }

    async fn connect_sqlite(file: &str) -> Result<Self, Error> {
        if let Some(folder) = Path::new(file)
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            std::fs::create_dir_all(folder).map_err(|error| {
                Error::Setup(format!(
                    "cannot make the folder {}: {error}",
                    folder.display()
                ))
            })?;
        }
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // In WAL mode FULL flushes the log with every commit, and nobody writes meanwhile; NORMAL leaves that to
            // us. See `WriteLog`.
            .synchronous(SqliteSynchronous::Normal)
            .pragma("wal_autocheckpoint", settle::LONGEST)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        let pool = |connections| {
            asked_after_a_rest(SqlitePoolOptions::new().max_connections(connections))
                .acquire_timeout(PATIENCE)
                // When the disk is full SQLite ends a transaction by itself, and the rollback that follows fails:
                // such a connection counts as being in a transaction for ever. Another one takes its place.
                .after_release(|connection, _| {
                    Box::pin(async move {
                        connection.ping().await?;
                        Ok(!connection.is_in_transaction())
                    })
                })
        };
        let connect = |connections| pool(connections).connect_with(options.clone());
        let write = connect(1).await.map_err(unreachable)?;
        let read = connect(8).await.map_err(unreachable)?;
        let log = Arc::new(WriteLog::beside(file));
        Ok(Self::Sqlite {
            read,
            write,
            log,
            settling: Settling::default(),
        })
    }

    /// # Errors
    /// When a migration fails, or was changed after it had run.
    pub async fn migrate(&self) -> Result<(), Error> {
        let result = match self {
            Self::Sqlite { write, .. } => MIGRATIONS.run(write).await,
            Self::Postgres(pool) => MIGRATIONS.run(pool).await,
        };
        result.map_err(|error| Error::Setup(format!("the database could not be migrated: {error}")))
    }

    /// Whether the database answers and has every migration.
    ///
    /// # Errors
    /// `Error::Busy` when it does not answer.
    pub async fn is_ready(&self) -> Result<bool, Error> {
        let tx = &mut self.read().await?;
        let applied: i64 = scalar!(
            tx,
            fetch_one,
            "SELECT COUNT(*) FROM _sqlx_migrations WHERE success"
        )?;
        Ok(usize::try_from(applied).is_ok_and(|applied| applied >= MIGRATIONS.iter().count()))
    }

    /// For use cases that only read. On SQLite they see one state of the database; on PostgreSQL, whose default is a
    /// new one for each statement, a transaction would be two journeys to the server for nothing.
    ///
    /// # Errors
    /// `Error::Busy` when no connection is free in time.
    pub async fn read(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(Lease::Transaction(read.begin().await?), None),
            Self::Postgres(pool) => Tx::Postgres(Lease::Plain(pool.acquire().await?)),
        })
    }

    /// For a single statement that reads: what every request asks needs no transaction.
    ///
    /// # Errors
    /// `Error::Busy` when no connection is free in time.
    pub async fn look(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(Lease::Plain(read.acquire().await?), None),
            Self::Postgres(pool) => Tx::Postgres(Lease::Plain(pool.acquire().await?)),
        })
    }

    /// A transaction that writes. On SQLite it takes the writer's place at once, because a reader that turns
    /// into a writer fails when another was faster.
    ///
    /// # Errors
    /// `Error::Busy` when no connection is free in time.
    pub async fn write(&self) -> Result<Tx, Error> {
        Ok(match self {
            Self::Sqlite { write, log, .. } => Tx::Sqlite(
                Lease::Transaction(write.begin_with("BEGIN IMMEDIATE").await?),
                Some(log.clone()),
            ),
            Self::Postgres(pool) => Tx::Postgres(Lease::Transaction(pool.begin().await?)),
        })
    }

    /// How many may write at once to some use.
    pub(crate) fn writers(&self) -> usize {
        match self {
            Self::Sqlite { .. } => 1,
            Self::Postgres(_) => 4,
        }
    }

    /// To be called after a commit of many rows: comes back at once. PostgreSQL does this by itself. See [`settle`].
    pub(crate) fn settle_soon(&self, rows: usize) {
        let Self::Sqlite { settling, .. } = self else {
            return;
        };
        if settling.begin(rows) {
            let (db, settling) = (self.clone(), settling.clone());
            tokio::spawn(async move {
                if let Err(error) = db.settle().await {
                    tracing::warn!(%error, "the log of the database is not copied");
                }
                settling.end();
            });
        }
    }

    /// Copies from the log what can be copied without holding anybody up.
    async fn settle(&self) -> Result<(), Error> {
        let tx = &mut self.look().await?;
        scalar!(tx, fetch_one, "PRAGMA wal_checkpoint(PASSIVE)").map(|_: i64| ())
    }

    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Returns when no other transaction is here with the same words; none gets here until this one ends. On SQLite
    /// there is one writer anyway.
    ///
    /// # Errors
    /// `Error::Busy` when the database does not answer.
    pub(crate) async fn alone(&mut self, words: &str) -> Result<(), Error> {
        if let Self::Postgres(tx) = self {
            sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
                .bind(words)
                .execute(&mut **tx)
                .await?;
        }
        Ok(())
    }

    /// Returns when what was written would outlive a power failure.
    ///
    /// # Errors
    /// When the database refuses the commit; nothing was written then.
    pub async fn commit(self) -> Result<(), Error> {
        match self {
            Self::Sqlite(tx, log) => {
                tx.commit().await?;
                if let Some(log) = log {
                    log.flush().await?;
                }
            }
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// A connection is asked whether it is still there only after a rest, because the question is a journey of its own,
/// and every one is asked when it comes back anyway.
fn asked_after_a_rest<DB: Database>(pool: PoolOptions<DB>) -> PoolOptions<DB> {
    pool.test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= REST {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}

/// Why there is no database, for the operator.
fn unreachable(error: sqlx::Error) -> Error {
    Error::Setup(format!("cannot open the database: {error}"))
}

/// The part of a database's address that is no secret.
fn scheme(url: &str) -> &str {
    url.split(':').next().unwrap_or_default()
}

/// Runs a statement in a [`Tx`] and gives the number of rows that it touched:
/// `execute!(tx, "DELETE FROM session WHERE id = $1", id)?`.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => ::sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
            $crate::db::Tx::Postgres(tx) => ::sqlx::query($sql)$(.bind($bind))*.execute(&mut **tx).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::Error::from)
    };
}

/// Reads rows into a struct: `rows!(tx, fetch_all as Row, "SELECT …", id)?`.
macro_rules! rows {
    ($tx:expr, $fetch:ident as $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => ::sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.$fetch(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => ::sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.$fetch(&mut **tx).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Reads one column: `scalar!(tx, fetch_one, "SELECT COUNT(*) FROM session")?`.
macro_rules! scalar {
    ($tx:expr, $fetch:ident, $sql:expr $(, $bind:expr)* $(,)?) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(tx, _) => ::sqlx::query_scalar($sql)$(.bind($bind))*.$fetch(&mut **tx).await,
            $crate::db::Tx::Postgres(tx) => ::sqlx::query_scalar($sql)$(.bind($bind))*.$fetch(&mut **tx).await,
        }
        .map_err($crate::Error::from)
    };
}

/// Runs a [`ManyRows`] statement for every item, whose columns are bound in their order:
/// `execute_many!(tx, SAVE, &items, |item| item.id, item.name)`.
macro_rules! execute_many {
    ($tx:expr, $sql:expr, $items:expr, |$item:pat_param| $($bind:expr),+ $(,)?) => {
        for (sql, items) in $sql.chunks($items) {
            match &mut *$tx {
                $crate::db::Tx::Sqlite(tx, _) => {
                    let mut query = ::sqlx::query(sql);
                    for $item in items {
                        query = query$(.bind($bind))+;
                    }
                    query.execute(&mut **tx).await?;
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = ::sqlx::query(sql);
                    for $item in items {
                        query = query$(.bind($bind))+;
                    }
                    query.execute(&mut **tx).await?;
                }
            }
        }
    };
}

/// Reads the rows that a [`ManyRows`] statement gives for every item: a `Vec`.
macro_rules! rows_many {
    ($tx:expr, $row:ty, $sql:expr, $items:expr, |$item:pat_param| $($bind:expr),+ $(,)?) => {{
        let mut rows: Vec<$row> = Vec::new();
        for (sql, items) in $sql.chunks($items) {
            match &mut *$tx {
                $crate::db::Tx::Sqlite(tx, _) => {
                    let mut query = ::sqlx::query_as::<_, $row>(sql);
                    for $item in items {
                        query = query$(.bind($bind))+;
                    }
                    rows.extend(query.fetch_all(&mut **tx).await?);
                }
                $crate::db::Tx::Postgres(tx) => {
                    let mut query = ::sqlx::query_as::<_, $row>(sql);
                    for $item in items {
                        query = query$(.bind($bind))+;
                    }
                    rows.extend(query.fetch_all(&mut **tx).await?);
                }
            }
        }
        rows
    }};
}

pub(crate) use {execute, execute_many, rows, rows_many, scalar};

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::Db;
    use crate::{Error, testing::TestBackend};

    #[tokio::test]
    async fn a_commit_waits_until_it_is_on_the_disk() {
        let test = TestBackend::sqlite().await;
        let Db::Sqlite { log, .. } = test.backend.db.clone() else {
            panic!("SQLite was asked for");
        };
        let before = log.written.load(Ordering::SeqCst);
        let commits: Vec<_> = (0..40)
            .map(|number| {
                let (db, log) = (test.backend.db.clone(), log.clone());
                tokio::spawn(async move {
                    let mut tx = db.write().await?;
                    execute!(
                        &mut tx,
                        "INSERT INTO rate_limit (bucket, window_start, attempts) VALUES ($1, 0, 0)",
                        number.to_string(),
                    )?;
                    tx.commit().await?;
                    Ok::<_, Error>(*log.flushed.lock().await)
                })
            })
            .collect();
        let mut seen = Vec::new();
        for commit in commits {
            seen.push(commit.await.expect("a task").expect("committed"));
        }
        seen.sort_unstable();
        for (number, flushed) in (1..).zip(seen) {
            assert!(flushed >= before + number, "{flushed} flushed of {number}");
        }
        assert_eq!(
            *log.flushed.lock().await,
            log.written.load(Ordering::SeqCst)
        );
    }

    #[tokio::test]
    async fn a_full_disk_stops_nothing_but_what_needs_it() {
        let test = TestBackend::sqlite().await;
        let db = &test.backend.db;
        let fill = async || {
            let mut tx = db.write().await?;
            for number in 0..200 {
                execute!(
                    &mut tx,
                    "INSERT INTO rate_limit (bucket, window_start, attempts) VALUES ($1, 0, 0)",
                    format!("{number} {}", "x".repeat(10_000)),
                )?;
            }
            tx.commit().await
        };
        let mut tx = db.write().await.expect("a transaction");
        execute!(&mut tx, "PRAGMA max_page_count = 100").expect("a limit");
        drop(tx);
        assert!(
            matches!(fill().await, Err(Error::Busy(_))),
            "the disk is full"
        );
        // The connection that met the full disk is replaced, by one without the limit.
        fill().await.expect("there is room again");
    }
}
