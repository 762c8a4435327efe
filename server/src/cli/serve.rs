//! Serving, from the first log line to the last.

use std::{sync::Arc, time::Duration};

use backend::{Backend, Error};
use leptos::config::LeptosOptions;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use server::{
    Host, Settings,
    config::{Config, LogFormat},
    listen,
};
use tokio::signal::unix::{SignalKind, signal};

/// What was written down to be mailed waits no longer than this.
const MAIL_EVERY: Duration = Duration::from_secs(3);
const PURGE_EVERY: Duration = Duration::from_secs(3600);
const CHECKOUT_EVERY: Duration = Duration::from_secs(2);
/// Upper bounds of the histogram's buckets, in seconds.
const BUCKETS: [f64; 8] = [0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 2.5];

pub async fn serve(config: Config) -> Result<(), Error> {
    log(&config)?;
    let backend = super::migrated(&config).await?;
    backend.prepare_certificates().await?;
    let host = host(&config, backend.clone())?;
    let listener = tokio::net::TcpListener::bind(config.addr)
        .await
        .map_err(|error| Error::Setup(format!("cannot listen on {}: {error}", config.addr)))?;
    tracing::info!(address = %config.addr, public_url = %host.settings.public_url, "serving");
    if config.smtp_url.is_none() {
        tracing::info!(folder = %config.mail_folder().display(), "no mail relay is set (WAYMARK_SMTP_URL): mails are written to a folder");
    }
    if backend.gateway.is_test() {
        tracing::info!(
            gateway = backend.gateway.name(),
            "payments are a test: no money moves (WAYMARK_STRIPE_SECRET_KEY)"
        );
    }
    let purge = tokio::spawn(purge(backend.clone()));
    let mails = tokio::spawn(mails(backend.clone()));
    let checkout = tokio::spawn(run_checkout(backend.clone()));
    listen::serve(listener, server::router(host), asked_to_end()).await;
    purge.abort();
    mails.abort();
    checkout.abort();
    backend.reports.end().await;
    backend.db.close().await;
    tracing::info!("ended");
    Ok(())
}

fn log(config: &Config) -> Result<(), Error> {
    let filter = tracing_subscriber::EnvFilter::try_new(&config.log_filter)
        .map_err(|error| Error::Setup(format!("log_filter: {error}")))?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.log {
        LogFormat::Text => builder.init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}

fn host(config: &Config, backend: Backend) -> Result<Host, Error> {
    let metrics = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &BUCKETS)
        .map_err(Error::internal)?
        .install_recorder()
        .map_err(Error::internal)?;
    let site = config.site();
    if !site.join("pkg").is_dir() {
        tracing::warn!(folder = %site.display(), "there is no built site here: pages will have no style sheet");
    }
    let leptos = LeptosOptions::builder()
        .output_name("waymark")
        .site_root(site.display().to_string())
        .site_pkg_dir("pkg")
        .hash_files(has_hashes())
        .build();
    let settings = Settings {
        public_url: config.public_url(),
        site,
        behind_proxy: config.behind_proxy,
    };
    Ok(Host {
        backend,
        leptos,
        settings: Arc::new(settings),
        metrics,
    })
}

/// The build writes the hashes of its files beside the program.
fn has_hashes() -> bool {
    std::env::current_exe().is_ok_and(|program| program.with_file_name("hash.txt").is_file())
}

/// Ctrl-C, or the SIGTERM of a service manager.
async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "SIGTERM will not drain");
            let _ = interrupted.await;
        }
    }
}

/// Mails about orders. By themselves, because a relay that does not answer must keep nothing else waiting.
async fn mails(backend: Backend) {
    let mut every = tokio::time::interval(MAIL_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        if let Err(error) = backend.due_reminders().await {
            tracing::warn!(%error, "reminders are written later");
        }
        if let Err(error) = backend.send_order_mails().await {
            tracing::warn!(%error, "mails about orders are sent later");
        }
    }
}

async fn purge(backend: Backend) {
    let mut every = tokio::time::interval(PURGE_EVERY);
    loop {
        every.tick().await;
        if let Err(error) = backend.purge().await {
            tracing::warn!(%error, "expired sessions and links could not be purged");
        }
    }
}

/// What orders need though nobody asks for it.
async fn run_checkout(backend: Backend) {
    let mut every = tokio::time::interval(CHECKOUT_EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        backend.run_checkout_jobs().await;
    }
}
