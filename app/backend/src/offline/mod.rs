//! Courses that a device keeps, and whose they are there.

mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use domain::{
    ids::{Slug, UserId},
    lesson::ShownSource,
    offline::{KeepFile, KeepList, Size},
};
use sha2::{Digest, Sha256};

use crate::{
    Backend, Error, Result,
    course::{self, Rendered, Viewer},
    ports::files::hex,
};

/// Names an account to the devices that it is signed in on. It is not the account's id, and nothing can be done
/// with it: it only tells one from another.
#[must_use]
pub fn account_tag(user: UserId) -> String {
    let digest = hex(&Sha256::digest(format!("device:{user}")));
    digest[..16].to_owned()
}

impl Backend {
    /// Pages and files of a course, for a learner who is enrolled in it. Lessons that are shut are left out.
    ///
    /// # Errors
    /// `Error::NotFound` for everybody else.
    pub async fn keep_list(&self, viewer: Viewer, slug: &Slug) -> Result<KeepList> {
        let user = viewer.user.ok_or(Error::NotFound)?;
        let page = self.course_page(viewer, slug).await?;
        if page.card.progress.is_none() {
            return Err(Error::NotFound);
        }
        let open: Vec<&str> = page
            .syllabus
            .iter()
            .flat_map(|section| &section.lessons)
            .filter(|lesson| lesson.access.is_open())
            .map(|lesson| lesson.slug.as_str())
            .collect();
        let mut tx = self.db.read().await?;
        let row = course::course_by_slug(&mut tx, slug)
            .await?
            .ok_or(Error::NotFound)?;
        let files = store::files_of_lessons(&mut tx, row.version()).await?;
        let media = store::media_of_lessons(&mut tx, row.version()).await?;
        let smaller = two_sizes(&media)?;
        let is_open = |lesson: &str| open.contains(&lesson);
        let course = format!("/courses/{slug}");
        let lessons = open
            .iter()
            .map(|lesson| format!("{course}/lessons/{lesson}"));
        Ok(KeepList {
            account: account_tag(user),
            course: slug.to_string(),
            title: page.card.title,
            language: page.card.language,
            version: format!("{}-{}", row.version().0.simple(), open.len()),
            pages: std::iter::once(course.clone()).chain(lessons).collect(),
            files: files
                .iter()
                .filter(|file| is_open(&file.lesson_slug))
                .map(|file| keep_file(slug, file, &smaller))
                .collect::<Result<_>>()?,
            smaller: smaller.into_iter().collect(),
        })
    }
}

/// URL of the full medium to that of the small one.
fn two_sizes(rendered: &[String]) -> Result<HashMap<String, String>> {
    let mut found = HashMap::new();
    for text in rendered {
        let Rendered::Media { media } = serde_json::from_str(text).map_err(Error::internal)? else {
            continue;
        };
        if let ShownSource::File {
            url,
            small: Some(small),
            ..
        } = media.source
        {
            found.insert(url, small);
        }
    }
    Ok(found)
}

fn keep_file(
    course: &Slug,
    file: &store::LessonFileRow,
    smaller: &HashMap<String, String>,
) -> Result<KeepFile> {
    let url = course::media_url(course, &file.lesson_slug, &file.path, &file.sha256);
    let size = if smaller.contains_key(&url) {
        Size::Full
    } else if smaller.values().any(|small| *small == url) {
        Size::Small
    } else {
        Size::Both
    };
    Ok(KeepFile {
        url,
        bytes: u64::try_from(file.bytes).map_err(Error::internal)?,
        size,
    })
}
