//! Courses in and out.

use std::{
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use backend::{
    Backend, Error,
    course::{ImportOptions, Imported},
};
use clap::Args;
use domain::{ids::Slug, money::Money};
use formats::{Bundle, Note, Report, Source};
use serde::Serialize;
use server::config::Config;

#[derive(Debug, Args)]
pub struct Import {
    /// Course folders (with course.toml or course.xml) or .tar.gz archives
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Name of the course in URLs, instead of its own
    #[arg(long)]
    slug: Option<Slug>,
    /// Price as a decimal, e.g. 199.00
    #[arg(long, requires = "currency", value_name = "AMOUNT")]
    price: Option<String>,
    /// ISO 4217 code of the price, e.g. CNY
    #[arg(long, requires = "price", value_name = "CODE")]
    currency: Option<String>,
    /// Show the course in the catalogue
    #[arg(long)]
    publish: bool,
    /// Report as one JSON document
    #[arg(long)]
    json: bool,
}

/// What became of one course.
#[derive(Debug, Serialize)]
pub struct Outcome<'a> {
    #[serde(flatten)]
    imported: &'a Imported,
    #[serde(flatten)]
    report: Option<&'a Report>,
}

impl<'a> Outcome<'a> {
    pub fn of(imported: &'a Imported) -> Self {
        Self {
            imported,
            report: None,
        }
    }
}

impl Import {
    pub async fn run(self, config: &Config) -> Result<(), Error> {
        if self.slug.is_some() && self.paths.len() > 1 {
            return Err(Error::Setup(
                "--slug names one course, but there are several paths".to_owned(),
            ));
        }
        let price = match (&self.price, &self.currency) {
            (Some(amount), Some(code)) => {
                Some(Money::parse(amount, code).map_err(|error| Error::Setup(error.to_string()))?)
            }
            _ => None,
        };
        // Everything is read before anything is written.
        let read: Vec<(Source, Bundle)> = self
            .paths
            .iter()
            .map(|path| formats::open(path).map_err(|problems| Error::Setup(problems.to_string())))
            .collect::<Result<_, _>>()?;
        let backend = super::migrated(config).await?;
        let (mut sources, mut reports, mut bundles) = (Vec::new(), Vec::new(), Vec::new());
        for (source, mut bundle) in read {
            // An unpacked archive lives as long as its source.
            sources.push(source);
            reports.push(std::mem::take(&mut bundle.report));
            let options = ImportOptions {
                slug: self.slug.clone(),
                price,
                publish: self.publish,
            };
            bundles.push((bundle, options));
        }
        let done = backend.import_all(bundles).await?;
        let outcomes: Vec<_> = done
            .iter()
            .zip(&reports)
            .map(|(imported, report)| Outcome {
                imported,
                report: Some(report),
            })
            .collect();
        print(&outcomes, self.json)
    }
}

pub async fn export(backend: &Backend, slug: &Slug, folder: &Path) -> Result<(), Error> {
    let bundle = backend.export(slug).await.map_err(|error| match error {
        Error::NotFound => Error::Setup(format!("there is no course {slug}")),
        other => other,
    })?;
    formats::native::write(&bundle, folder)
        .map_err(|error| Error::Setup(format!("cannot write {}: {error}", folder.display())))?;
    println!("Wrote {slug} to {}.", folder.display());
    Ok(())
}

/// # Errors
/// When standard output does not take it. A reader that has seen enough, such as `head`, is no error.
pub fn print(outcomes: &[Outcome<'_>], json: bool) -> Result<(), Error> {
    let mut text = if json {
        serde_json::to_string_pretty(outcomes).map_err(Error::internal)?
    } else {
        let lines: Vec<String> = outcomes.iter().flat_map(lines).collect();
        lines.join("\n")
    };
    text.push('\n');
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::Setup(format!("cannot print the report: {error}")))
        }
        _ => Ok(()),
    }
}

fn lines(outcome: &Outcome<'_>) -> Vec<String> {
    let Imported {
        slug,
        title,
        version,
        unchanged,
        published,
    } = outcome.imported;
    let state = if *unchanged { "unchanged" } else { "imported" };
    let shown = if *published {
        "published"
    } else {
        "not published (--publish shows it)"
    };
    let mut lines = vec![format!(
        "{slug}: {title}: {state}, version {version}, {shown}"
    )];
    let Some(report) = outcome.report else {
        return lines;
    };
    let kept = report.kept.iter();
    let kept: Vec<String> = kept
        .map(|(kind, count)| format!("{count} × {kind}"))
        .collect();
    lines.push(format!("  kept: {}", kept.join(", ")));
    for (title, notes) in [
        ("converted", &report.converted),
        ("left out", &report.left_out),
    ] {
        let said = |note: &Note| format!("  {title}: {}: {}: {}", note.file, note.what, note.why);
        lines.extend(notes.iter().map(said));
    }
    lines
}
