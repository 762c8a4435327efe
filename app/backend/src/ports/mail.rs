//! Mail: to a relay, or to a folder where none is set up.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use crate::{Error, Result};

/// A mail in plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Debug)]
pub enum Mailer {
    Smtp {
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        from: Mailbox,
    },
    /// One `.eml` file a mail.
    Folder {
        transport: AsyncFileTransport<Tokio1Executor>,
        from: Mailbox,
        folder: PathBuf,
    },
    /// Keeps what was sent, for tests.
    Memory(Mutex<Vec<Mail>>),
}

impl Mailer {
    /// `smtp://host:port` (STARTTLS where the relay offers it) or `smtps://user:password@host:port`.
    ///
    /// # Errors
    /// `Error::Setup` for an address that cannot be understood.
    pub fn smtp(url: &str, from: &str) -> Result<Self> {
        let with_tls = match url.strip_prefix("smtp://") {
            Some(_) if !url.contains('?') => format!("{url}?tls=opportunistic"),
            _ => url.to_owned(),
        };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&with_tls)
            .map_err(|error| Error::Setup(format!("WAYMARK_SMTP_URL: {error}")))?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        Ok(Self::Smtp {
            transport: Box::new(transport),
            from: sender(from)?,
        })
    }

    /// # Errors
    /// `Error::Setup` when the folder cannot be made.
    pub fn folder(folder: &Path, from: &str) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| {
            Error::Setup(format!(
                "cannot write to the mail folder {}: {error}",
                folder.display()
            ))
        })?;
        Ok(Self::Folder {
            transport: AsyncFileTransport::new(folder),
            from: sender(from)?,
            folder: folder.to_owned(),
        })
    }

    #[must_use]
    pub fn memory() -> Self {
        Self::Memory(Mutex::default())
    }

    /// What was sent, by a [`Mailer::memory`].
    #[must_use]
    pub fn sent(&self) -> Vec<Mail> {
        match self {
            Self::Memory(sent) => sent
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner)
                .clone(),
            _ => Vec::new(),
        }
    }

    /// Sends, or logs that it could not: a mail that fails must not undo what it tells of.
    pub async fn send(&self, mail: Mail) {
        let result = match self {
            Self::Smtp { transport, from } => match message(from, &mail) {
                Ok(message) => transport
                    .send(message)
                    .await
                    .map(drop)
                    .map_err(Error::internal),
                Err(error) => Err(error),
            },
            Self::Folder {
                transport, from, ..
            } => match message(from, &mail) {
                Ok(message) => transport
                    .send(message)
                    .await
                    .map(drop)
                    .map_err(Error::internal),
                Err(error) => Err(error),
            },
            Self::Memory(sent) => {
                sent.lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .push(mail);
                Ok(())
            }
        };
        if let Err(error) = result {
            tracing::error!(%error, "a mail could not be sent");
        }
    }
}

fn sender(from: &str) -> Result<Mailbox> {
    from.parse()
        .map_err(|error| Error::Setup(format!("WAYMARK_MAIL_FROM: {error}")))
}

fn message(from: &Mailbox, mail: &Mail) -> Result<Message> {
    Message::builder()
        .from(from.clone())
        .to(mail.to.parse().map_err(Error::internal)?)
        .subject(&mail.subject)
        .header(ContentType::TEXT_PLAIN)
        .body(mail.text.clone())
        .map_err(Error::internal)
}
