//! Certificates: who has one, and taking one back.

use std::io::{ErrorKind, Write};

use backend::{Backend, Error, certificate::Listed};
use clap::Subcommand;
use domain::{certificate::Code, ids::Slug};

#[derive(Debug, Subcommand)]
pub enum CertificateCommand {
    /// List the certificates of a course, the oldest first
    List {
        /// The course's slug
        #[arg(long, value_name = "SLUG")]
        course: Slug,
        /// Report as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Take a certificate back; whoever checks it is told, with the reason
    Revoke {
        /// As it stands on the certificate
        code: Code,
        /// Shown to whoever checks the certificate
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl CertificateCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        match self {
            Self::List { course, json } => {
                let listed = backend.certificates(&course).await?;
                let text = if json {
                    serde_json::to_string_pretty(&listed).map_err(Error::internal)?
                } else {
                    let lines: Vec<String> = listed.iter().map(line).collect();
                    lines.join("\n")
                };
                print(&text)
            }
            Self::Revoke { code, reason } => {
                backend.revoke_certificate(&code, &reason).await?;
                print(&format!("Certificate {code} is revoked."))
            }
        }
    }
}

fn line(listed: &Listed) -> String {
    let Listed {
        code,
        learner,
        email,
        completed_at,
        revoked_at,
        revoked_reason,
    } = listed;
    let state = match (revoked_at, revoked_reason) {
        (Some(at), reason) => format!("revoked {at:.0}: {}", reason.as_deref().unwrap_or_default()),
        (None, _) => "valid".to_owned(),
    };
    format!("{code}  {completed_at:.0}  {learner} <{email}>  {state}")
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
