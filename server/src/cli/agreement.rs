//! The course agreement: what buyers accept.

use std::{
    collections::BTreeMap,
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use backend::{Backend, Error};
use clap::Subcommand;
use domain::checkout::{agreement::Draft, refund::RefundRule};

#[derive(Debug, Subcommand)]
pub enum AgreementCommand {
    /// Print a version as it was written
    Show {
        /// The version's number [default: the latest]
        #[arg(long)]
        version: Option<u32>,
        /// en, zh-Hans or zh-Hant
        #[arg(long, default_value = "en", value_name = "TAG")]
        language: String,
        /// Report as one JSON document, with every language
        #[arg(long)]
        json: bool,
    },
    /// Make a new version for orders from now on; orders keep the version that they were placed under
    Set {
        /// A folder with the text in Markdown: en.md, zh-Hans.md, zh-Hant.md, one of them at least.
        /// {days} and {percent} in it become the numbers of the refund rule
        dir: PathBuf,
        /// Days after paying within which a learner may have the money back [default: as before]
        #[arg(long, value_name = "N")]
        refund_days: Option<u32>,
        /// Percent of the course beyond which they may not [default: as before]
        #[arg(long, value_name = "P")]
        refund_progress: Option<u8>,
    },
    /// List every version, with the number of orders under it
    List {
        /// Report as one JSON document
        #[arg(long)]
        json: bool,
    },
}

impl AgreementCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        match self {
            Self::Show {
                version,
                language,
                json,
            } => show(backend, version, &language, json).await,
            Self::Set {
                dir,
                refund_days,
                refund_progress,
            } => {
                let before = backend.agreement_terms().await?.refund;
                let draft = Draft {
                    texts: read(&dir)?,
                    refund: RefundRule {
                        days: refund_days.unwrap_or(before.days),
                        max_progress: refund_progress.unwrap_or(before.max_progress),
                    },
                };
                let version = backend.set_agreement(None, draft).await?;
                print(&format!("Orders are placed under version {version} now."))
            }
            Self::List { json } => list(backend, json).await,
        }
    }
}

async fn show(
    backend: &Backend,
    version: Option<u32>,
    language: &str,
    json: bool,
) -> Result<(), Error> {
    let draft = match backend.agreement_draft(version).await {
        Err(Error::NotFound) => Err(Error::Setup("there is no such version".to_owned())),
        other => other,
    }?;
    if json {
        return print(&serde_json::to_string_pretty(&draft).map_err(Error::internal)?);
    }
    let missing = || Error::Setup(format!("this version has no text in {language}"));
    print(draft.texts.get(language).ok_or_else(missing)?.trim_end())
}

async fn list(backend: &Backend, json: bool) -> Result<(), Error> {
    let versions = backend.agreements().await?;
    if json {
        return print(&serde_json::to_string_pretty(&versions).map_err(Error::internal)?);
    }
    let lines: Vec<String> = versions
        .iter()
        .map(|one| {
            let RefundRule { days, max_progress } = one.refund;
            let (since, languages) = (one.since, one.languages.join(", "));
            format!(
                "{}  since {since:.0}  refund within {days} days, up to {max_progress} %  {languages}  orders: {}",
                one.version, one.orders
            )
        })
        .collect();
    print(&lines.join("\n"))
}

/// The texts of a folder by language; other files in it are none of ours.
fn read(dir: &Path) -> Result<BTreeMap<String, String>, Error> {
    let mut texts = BTreeMap::new();
    for language in Draft::LANGUAGES {
        let file = dir.join(format!("{language}.md"));
        match fs::read_to_string(&file) {
            Ok(text) => {
                texts.insert(language.to_owned(), text);
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                let file = file.display();
                return Err(Error::Setup(format!("cannot read {file}: {error}")));
            }
        }
    }
    if texts.is_empty() {
        return Err(Error::Setup(format!(
            "{} holds none of en.md, zh-Hans.md, zh-Hant.md",
            dir.display()
        )));
    }
    Ok(texts)
}

/// A reader that has seen enough, such as `head`, is no error.
fn print(text: &str) -> Result<(), Error> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Setup(format!("cannot print the report: {error}")))
        }
        _ => Ok(()),
    }
}
