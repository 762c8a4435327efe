//! The demo school: courses that travel inside the program.

mod offers;

use backend::{
    Backend, Error,
    course::{ImportOptions, Imported},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "demo/courses"]
struct Courses;

/// The order in which the catalogue shows them; what is not named follows.
const ORDER: [&str; 4] = [
    "learning-to-learn",
    "excel-gaojie-hanshu",
    "git-with-confidence",
    "beikao-si-zhou",
];

/// Imports every course of the demo school and publishes it, and makes its offers. What is there already stays as it
/// is.
///
/// # Errors
/// `Error::Setup` where the disk cannot take it, and whatever importing may meet.
pub async fn load(backend: &Backend) -> Result<Vec<Imported>, Error> {
    let folder = unpack()
        .map_err(|error| Error::Setup(format!("cannot unpack the demo school: {error}")))?;
    let mut imported = Vec::new();
    for slug in slugs() {
        let (_source, bundle) = formats::open(&folder.path().join(&slug))
            .map_err(|problems| Error::Setup(problems.to_string()))?;
        imported.push(
            backend
                .import(
                    bundle,
                    ImportOptions {
                        publish: true,
                        ..ImportOptions::default()
                    },
                )
                .await?,
        );
    }
    offers::add(backend).await?;
    Ok(imported)
}

/// The importer reads folders, so the courses become one for a moment.
fn unpack() -> std::io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    for path in Courses::iter() {
        let Some(file) = Courses::get(&path) else {
            continue;
        };
        let target = folder.path().join(path.as_ref());
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(target, file.data)?;
    }
    Ok(folder)
}

fn slugs() -> Vec<String> {
    let mut slugs: Vec<String> = Courses::iter()
        .filter_map(|path| Some(path.split_once('/')?.0.to_owned()))
        .collect();
    slugs.sort_by_key(|slug| {
        (
            ORDER
                .iter()
                .position(|known| known == slug)
                .unwrap_or(ORDER.len()),
            slug.clone(),
        )
    });
    slugs.dedup();
    slugs
}
