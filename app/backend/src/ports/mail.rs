//! Mail: to a relay, or to a folder where none is set up.

use std::{
    path::{Path, PathBuf},
    sync::Mutex,
};

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, Header, HeaderName, HeaderValue},
    },
};

use crate::{Error, Result};

/// A mail in plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub attachments: Vec<Attachment>,
    /// Where mail programs stop further mails of this kind, with one click and without a browser (RFC 8058).
    pub unsubscribe: Option<String>,
    /// The same for every try to send it, so that mail programs show a mail once that came twice.
    pub id: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    pub name: String,
    /// Media type.
    pub kind: &'static str,
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Attachment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

impl Mail {
    #[must_use]
    pub fn plain(to: &str, subject: &str, text: &str) -> Self {
        Self {
            to: to.to_owned(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            ..Self::default()
        }
    }
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
        if let Err(error) = self.deliver(mail).await {
            tracing::error!(%error, "a mail could not be sent");
        }
    }

    /// Sends, or says why it could not.
    ///
    /// # Errors
    /// `Error::Internal` with what the relay said.
    pub async fn deliver(&self, mail: Mail) -> Result<()> {
        match self {
            Self::Smtp { transport, from } => {
                let sent = transport.send(message(from, mail)?).await;
                sent.map(drop).map_err(Error::internal)
            }
            Self::Folder {
                transport, from, ..
            } => {
                let sent = transport.send(message(from, mail)?).await;
                sent.map(drop).map_err(Error::internal)
            }
            Self::Memory(sent) => {
                sent.lock()
                    .unwrap_or_else(std::sync::PoisonError::into_inner)
                    .push(mail);
                Ok(())
            }
        }
    }
}

fn sender(from: &str) -> Result<Mailbox> {
    from.parse()
        .map_err(|error| Error::Setup(format!("WAYMARK_MAIL_FROM: {error}")))
}

fn message(from: &Mailbox, mail: Mail) -> Result<Message> {
    let mut builder = Message::builder()
        .from(from.clone())
        .to(mail.to.parse().map_err(Error::internal)?)
        .subject(mail.subject);
    if let Some(id) = mail.id {
        builder = builder.message_id(Some(format!("<{id}@{}>", from.email.domain())));
    }
    if let Some(url) = mail.unsubscribe {
        builder = builder
            .header(ListUnsubscribe(format!("<{url}>")))
            .header(ListUnsubscribePost("List-Unsubscribe=One-Click".to_owned()));
    }
    if mail.attachments.is_empty() {
        let plain = builder.header(ContentType::TEXT_PLAIN).body(mail.text);
        return plain.map_err(Error::internal);
    }
    let mut parts = MultiPart::mixed().singlepart(SinglePart::plain(mail.text));
    for Attachment {
        name,
        kind,
        content,
    } in mail.attachments
    {
        let kind = ContentType::parse(kind).map_err(Error::internal)?;
        let file = lettre::message::Attachment::new(name).body(content, kind);
        parts = parts.singlepart(file);
    }
    builder.multipart(parts).map_err(Error::internal)
}

/// A header whose value is sent as it stands.
macro_rules! headers {
    ($($name:ident: $text:literal),+) => {$(
        #[derive(Clone)]
        struct $name(String);

        impl Header for $name {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($text)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    )+};
}

headers! { ListUnsubscribe: "List-Unsubscribe", ListUnsubscribePost: "List-Unsubscribe-Post" }

#[cfg(test)]
mod tests {
    use super::*;

    fn written(mail: Mail) -> String {
        let from = sender("School <school@example.com>").expect("a sender");
        let message = message(&from, mail).expect("a message");
        String::from_utf8(message.formatted()).expect("text")
    }

    #[test]
    fn a_file_travels_with_the_text() {
        let plain = Mail::plain("mei@example.com", "收据", "你好");
        let mail = Mail {
            attachments: vec![Attachment {
                name: "receipt-A1.pdf".into(),
                kind: "application/pdf",
                content: b"%PDF-1.7".to_vec(),
            }],
            id: Some("42".into()),
            ..plain
        };
        let text = written(mail);
        for part in [
            "multipart/mixed",
            "Content-Type: application/pdf",
            "attachment; filename=\"receipt-A1.pdf\"",
            "Message-ID: <42@example.com>",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(!text.contains("List-Unsubscribe"));
    }

    #[test]
    fn a_reminder_can_be_stopped_with_one_click() {
        let plain = Mail::plain("mei@example.com", "An order", "Hello");
        let url = format!("https://school.example/unsubscribe/{}", "x".repeat(43));
        let text = written(Mail {
            unsubscribe: Some(url.clone()),
            ..plain
        });
        assert!(
            text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"),
            "{text}"
        );
        let unfolded = text.replace("\r\n ", "");
        assert!(
            unfolded.contains(&format!("List-Unsubscribe: <{url}>")),
            "{text}"
        );
    }
}
