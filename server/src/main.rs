//! The `waymark` program: takes the command line apart and hands the work on.

mod cli;

use std::process::ExitCode;

use app::i18n::{self, Locale};
use backend::Error;
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match cli::run(cli).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("waymark: {}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// One clear line for the person at the prompt.
fn sentence(error: &Error) -> String {
    match error {
        Error::Invalid(fields) => {
            let said = fields.iter().map(|field| {
                let message = i18n::message(Locale::English, &field.message, &[]);
                if field.field.is_empty() {
                    message
                } else {
                    format!("{}: {message}", field.field)
                }
            });
            said.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}
