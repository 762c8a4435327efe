use std::{path::PathBuf, sync::Arc};

use backend::Backend;
use leptos::config::LeptosOptions;

/// What every route may need.
#[derive(Clone, Debug)]
pub struct Host {
    pub backend: Backend,
    pub leptos: LeptosOptions,
    pub settings: Arc<Settings>,
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
}

#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme and host of absolute links, without a slash at the end.
    pub public_url: String,
    /// Folder of style sheet, scripts and icons.
    pub site: PathBuf,
    /// Whether `X-Forwarded-For` is set by a proxy of ours.
    pub behind_proxy: bool,
}

impl Settings {
    /// Whether browsers reach the portal by https.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
