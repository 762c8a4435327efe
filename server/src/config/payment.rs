//! Which gateway the school is paid by: Stripe where its keys are set, else the sandbox.

use backend::{
    Error,
    ports::payment::stripe::{API_BASE, Settings, Stripe},
};
use figment::{
    Figment,
    providers::{Format, Toml},
};

use super::Config;

/// Settings that may not stand where everybody reads them.
const SECRETS: [&str; 2] = ["stripe_secret_key", "stripe_webhook_secret"];

fn wrong(name: &str, why: &str) -> Error {
    Error::Setup(format!("{name}: {why}"))
}

/// Secrets come from the environment or from a file of their own.
pub(super) fn refuse_secrets_in(toml: &str) -> Result<(), Error> {
    let figment = Figment::from(Toml::file(toml));
    match SECRETS.into_iter().find(|name| figment.contains(name)) {
        None => Ok(()),
        Some(name) => Err(wrong(
            name,
            &format!(
                "a secret does not belong into {toml}: set WAYMARK_{} or {name}_file",
                name.to_uppercase()
            ),
        )),
    }
}

impl Config {
    /// Reads the files of Stripe's secrets.
    pub(super) fn read_stripe_files(&mut self) -> Result<(), Error> {
        let secrets = [
            (
                "stripe_secret_key_file",
                &self.stripe_secret_key_file,
                &mut self.stripe_secret_key,
            ),
            (
                "stripe_webhook_secret_file",
                &self.stripe_webhook_secret_file,
                &mut self.stripe_webhook_secret,
            ),
        ];
        for (name, file, secret) in secrets {
            if let Some(file) = file {
                let text = std::fs::read_to_string(file).map_err(|error| {
                    wrong(name, &format!("cannot read {}: {error}", file.display()))
                })?;
                *secret = Some(text.trim().to_owned());
            }
        }
        Ok(())
    }

    /// `None`: the school has not set it up.
    ///
    /// # Errors
    /// `Error::Setup` for half of it, or for what can be no key.
    pub fn stripe(&self) -> Result<Option<Stripe>, Error> {
        let key = self.stripe_secret_key.as_deref().unwrap_or_default().trim();
        let signing = self.stripe_webhook_secret.as_deref().unwrap_or_default();
        let secrets: Vec<String> = signing
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|secret| !secret.is_empty())
            .map(str::to_owned)
            .collect();
        match (key.is_empty(), secrets.is_empty()) {
            (true, true) if self.stripe_api_base.is_none() => return Ok(None),
            (true, _) => {
                return Err(wrong(
                    "stripe_secret_key",
                    "is missing, and the rest of Stripe is set",
                ));
            }
            (false, true) => {
                return Err(wrong(
                    "stripe_webhook_secret",
                    "is missing, and stripe_secret_key is set: without it no notice of a payment could be believed",
                ));
            }
            (false, false) => {}
        }
        if !(key.starts_with("sk_") || key.starts_with("rk_")) || key.contains(char::is_whitespace)
        {
            return Err(wrong(
                "stripe_secret_key",
                "is no secret key of Stripe: those begin with sk_ or rk_",
            ));
        }
        let stripe = Stripe::new(Settings {
            secret_key: key.to_owned(),
            webhook_secrets: secrets,
            api_base: self.stripe_api_base(key)?,
        })?;
        Ok(Some(stripe))
    }

    /// Another address only for tests against a stand-in; a key that moves money never goes there unencrypted.
    fn stripe_api_base(&self, key: &str) -> Result<String, Error> {
        let Some(base) = &self.stripe_api_base else {
            return Ok(API_BASE.to_owned());
        };
        let url = url::Url::parse(base).ok().filter(|url| {
            url.has_host() && matches!(url.scheme(), "http" | "https") && url.query().is_none()
        });
        let Some(url) = url else {
            return Err(wrong(
                "stripe_api_base",
                &format!("{base} is not of the form {API_BASE}"),
            ));
        };
        if url.scheme() == "http" && key.contains("_live_") {
            return Err(wrong("stripe_api_base", "a live key is only sent by https"));
        }
        Ok(base.trim_end_matches('/').to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(key: Option<&str>, secret: Option<&str>, base: Option<&str>) -> Config {
        Config {
            stripe_secret_key: key.map(str::to_owned),
            stripe_webhook_secret: secret.map(str::to_owned),
            stripe_api_base: base.map(str::to_owned),
            ..Config::default()
        }
    }

    #[test]
    fn stripe_is_set_up_whole_or_not_at_all() {
        assert!(with(None, None, None).stripe().expect("nothing").is_none());
        let stand_in = Some("http://127.0.0.1:8420/");
        for base in [None, stand_in] {
            let config = with(Some("sk_test_1"), Some("whsec_1, whsec_2"), base);
            assert!(config.stripe().expect("all of it").is_some());
        }
        for (config, setting) in [
            (
                with(Some("sk_test_1"), None, None),
                "stripe_webhook_secret: ",
            ),
            (
                with(Some("sk_test_1"), Some(" "), None),
                "stripe_webhook_secret: ",
            ),
            (with(None, Some("whsec_1"), None), "stripe_secret_key: "),
            (with(None, None, stand_in), "stripe_secret_key: "),
            (
                with(Some("pk_test_1"), Some("whsec_1"), None),
                "stripe_secret_key: ",
            ),
            (
                with(Some("sk_test_1 x"), Some("whsec_1"), None),
                "stripe_secret_key: ",
            ),
            (
                with(Some("sk_live_1"), Some("whsec_1"), stand_in),
                "stripe_api_base: ",
            ),
            (
                with(Some("sk_test_1"), Some("whsec_1"), Some("stripe")),
                "stripe_api_base: ",
            ),
        ] {
            let error = config.stripe().map(|_| ()).expect_err(setting).to_string();
            assert!(error.starts_with(setting), "{error}");
            assert!(!error.contains("sk_test_1"), "{error}");
        }
    }

    #[test]
    fn secrets_come_from_a_file_of_their_own_and_not_from_the_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, text).expect("written");
            file
        };
        let mut config = Config {
            stripe_secret_key_file: Some(file("key", "sk_test_1\n")),
            stripe_webhook_secret_file: Some(file("signing", "whsec_1\n")),
            ..Config::default()
        };
        config.read_stripe_files().expect("read");
        assert!(config.stripe().expect("all of it").is_some());
        config.stripe_secret_key_file = Some(folder.path().join("nowhere"));
        let error = config.read_stripe_files().expect_err("missing").to_string();
        assert!(error.starts_with("stripe_secret_key_file: "), "{error}");
        let toml = file("waymark.toml", "stripe_webhook_secret = \"whsec_1\"\n");
        let error = refuse_secrets_in(&toml.display().to_string()).expect_err("a secret");
        assert!(error.to_string().starts_with("stripe_webhook_secret: "));
        let toml = file("other.toml", "stripe_api_base = \"http://127.0.0.1:1\"\n");
        refuse_secrets_in(&toml.display().to_string()).expect("no secret");
    }
}
