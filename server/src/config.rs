//! Settings: `waymark.toml`, over it `WAYMARK_*` variables, over them the command line.

mod payment;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use backend::{
    Backend, Error,
    ports::{mail::Mailer, payment::Gateway},
    receipt::School,
};
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// What the operator may set. Every key is also a variable: `smtp_url` is `WAYMARK_SMTP_URL`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `sqlite:FILE` or `postgres://user:password@host/name`.
    pub database: String,
    pub addr: SocketAddr,
    /// Folder for media and, where nothing else is set, for mails.
    pub data: PathBuf,
    /// Start of every absolute link. `PUBLIC_URL` is read too. Default: `http://` and the address.
    pub public_url: Option<String>,
    /// `smtp://host:port` or `smtps://user:password@host:port`.
    pub smtp_url: Option<String>,
    /// A file that holds `smtp_url`, so that the password need not be in the environment.
    pub smtp_url_file: Option<PathBuf>,
    /// Where mails are written while no relay is set. Default: `mail` in the data folder.
    pub mail_folder: Option<PathBuf>,
    pub mail_from: String,
    /// RSA key in PEM (PKCS#8) that signs certificates. Default: `signing-key.pem` in the data folder, made at the
    /// first start.
    pub signing_key_file: Option<PathBuf>,
    /// Where the school is, e.g. `Asia/Shanghai`: days and deadlines of the console are its.
    pub zone: String,
    /// Secret key of the Stripe account that the school is paid by. Without one the sandbox is the gateway.
    pub stripe_secret_key: Option<String>,
    pub stripe_secret_key_file: Option<PathBuf>,
    /// Signs Stripe's notices (`whsec_…`); two, with a space between, while one takes the place of the other.
    pub stripe_webhook_secret: Option<String>,
    pub stripe_webhook_secret_file: Option<PathBuf>,
    /// Where a stand-in for Stripe listens, in tests.
    pub stripe_api_base: Option<String>,
    /// As receipts and mails about orders name the school. Default: as its pages do.
    pub school_name: Option<String>,
    /// On receipts; may have several lines.
    pub school_address: Option<String>,
    /// On receipts, where the law asks for one.
    pub school_tax_id: Option<String>,
    /// Whether a proxy of ours sets `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Folder of style sheet, scripts and icons. Default: where the build put it, beside the program.
    pub site: Option<PathBuf>,
    pub log: LogFormat,
    /// Which messages are logged, e.g. `info,sqlx=debug`.
    pub log_filter: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    Text,
    Json,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database: "sqlite:waymark.db".to_owned(),
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data: "data".into(),
            public_url: None,
            smtp_url: None,
            smtp_url_file: None,
            mail_folder: None,
            mail_from: "Waymark <no-reply@localhost>".to_owned(),
            signing_key_file: None,
            zone: "UTC".to_owned(),
            stripe_secret_key: None,
            stripe_secret_key_file: None,
            stripe_webhook_secret: None,
            stripe_webhook_secret_file: None,
            stripe_api_base: None,
            school_name: None,
            school_address: None,
            school_tax_id: None,
            behind_proxy: false,
            site: None,
            log: LogFormat::Text,
            log_filter: "info".to_owned(),
        }
    }
}

/// What the command line says over everything else.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Overrides {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addr: Option<SocketAddr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
}

impl Config {
    /// # Errors
    /// `Error::Setup` with the setting's name and what is wrong with it.
    pub fn load(overrides: Overrides) -> Result<Self, Error> {
        payment::refuse_secrets_in("waymark.toml")?;
        let figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file("waymark.toml"))
            .merge(Env::raw().only(&["PUBLIC_URL"]))
            .merge(Env::prefixed("WAYMARK_"))
            .merge(Serialized::defaults(overrides));
        let mut config: Self = figment.extract().map_err(|error| setup(&error))?;
        config.check()?;
        Ok(config)
    }

    fn check(&mut self) -> Result<(), Error> {
        if let Some(file) = &self.smtp_url_file {
            let url = std::fs::read_to_string(file).map_err(|error| {
                Error::Setup(format!(
                    "smtp_url_file: cannot read {}: {error}",
                    file.display()
                ))
            })?;
            self.smtp_url = Some(url.trim().to_owned());
        }
        self.read_stripe_files()?;
        let Some(url) = self.public_url.as_mut() else {
            return Ok(());
        };
        let fits = url::Url::parse(url).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
        });
        if !fits {
            return Err(Error::Setup(format!(
                "public_url: {url} is not of the form https://school.example"
            )));
        }
        url.truncate(url.trim_end_matches('/').len());
        Ok(())
    }

    #[must_use]
    pub fn public_url(&self) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.addr))
    }

    /// A relay where one is set, else a folder.
    ///
    /// # Errors
    /// `Error::Setup` for a relay's address that cannot be understood, or a folder that cannot be written.
    pub fn mailer(&self) -> Result<Mailer, Error> {
        match &self.smtp_url {
            Some(url) => Mailer::smtp(url, &self.mail_from),
            None => Mailer::folder(&self.mail_folder(), &self.mail_from),
        }
    }

    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        self.mail_folder
            .clone()
            .unwrap_or_else(|| self.data.join("mail"))
    }

    #[must_use]
    pub fn signing_key_file(&self) -> PathBuf {
        self.signing_key_file
            .clone()
            .unwrap_or_else(|| self.data.join("signing-key.pem"))
    }

    /// What is set to nothing is not set.
    fn school(&self) -> School {
        let said = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        School {
            name: said(&self.school_name),
            address: said(&self.school_address),
            tax_id: said(&self.school_tax_id),
        }
    }

    /// # Errors
    /// `Error::Setup` for a name that no zone has.
    fn zone(&self) -> Result<TimeZone, Error> {
        TimeZone::get(&self.zone).map_err(|_| {
            Error::Setup(format!(
                "zone: {} is no time zone, write e.g. Asia/Shanghai",
                self.zone
            ))
        })
    }

    /// # Errors
    /// See [`Backend::open`].
    pub async fn backend(&self) -> Result<Backend, Error> {
        let zone = self.zone()?;
        // Looked at first: half a set-up shall not leave a database behind.
        let stripe = self.stripe()?;
        let mut backend = Backend::open(
            &self.database,
            self.data.clone(),
            self.mailer()?,
            self.signing_key_file(),
            &self.public_url(),
        )
        .await?;
        backend.zone = zone;
        if let Some(stripe) = stripe {
            backend.gateway = Gateway::Stripe(stripe);
        }
        backend.school = Arc::new(self.school());
        Ok(backend)
    }

    /// Where the build's style sheet and scripts are.
    #[must_use]
    pub fn site(&self) -> PathBuf {
        let beside = || {
            let program = std::env::current_exe().ok()?;
            let folder = program.parent()?;
            [folder.join("site"), folder.parent()?.join("site")]
                .into_iter()
                .find(|site| is_site(site))
        };
        self.site
            .clone()
            .or_else(beside)
            .unwrap_or_else(|| "target/site".into())
    }
}

fn is_site(folder: &Path) -> bool {
    folder.join("pkg").is_dir()
}

/// The first thing that is wrong, by the name that the operator knows.
fn setup(error: &figment::Error) -> Error {
    use figment::error::Kind;
    let key = error.path.join(".");
    let place = error
        .metadata
        .as_ref()
        .map_or_else(String::new, |metadata| format!(" (from {})", metadata.name));
    Error::Setup(match &error.kind {
        Kind::UnknownField(name, known) => format!(
            "{name}: there is no such setting{place}; there are: {}",
            known.join(", ")
        ),
        kind => format!("{key}: {kind}{place}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_a_bare_origin() {
        let with = |url: &str| Config {
            public_url: Some(url.to_owned()),
            ..Config::default()
        };
        for good in [
            "https://school.example",
            "https://school.example/",
            "http://127.0.0.1:3000",
        ] {
            let mut config = with(good);
            config.check().expect(good);
            assert_eq!(config.public_url(), good.trim_end_matches('/'));
        }
        for bad in [
            "school.example",
            "ftp://school.example",
            "https://school.example/path",
            "https://school.example?x",
            "",
        ] {
            assert!(with(bad).check().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_wrong_setting_is_named() {
        let load = |name: &str, value: &str| {
            let figment =
                Figment::from(Serialized::defaults(Config::default())).merge((name, value));
            setup(&figment.extract::<Config>().expect_err(value)).to_string()
        };
        assert!(load("addr", "nowhere").starts_with("addr: "));
        assert!(load("colour", "green").starts_with("colour: there is no such setting"));
    }
}
