//! A course's stages on one learner's way, for the gate.

use std::collections::{HashMap, HashSet};

use domain::{
    course::Stage,
    ids::{CourseId, Slug, UserId, VersionId},
    lesson::StageState,
    stage::{self, Post},
};

use super::store;
use crate::{
    Error, Result, Tx,
    course::{CourseRow, LessonRow, count},
};

/// What one learner has done at the stages of a course, and which sections they have begun.
#[derive(Debug, Default)]
pub struct Way {
    posts: Vec<Post>,
    /// Sections whose stage has an attempt going on.
    going: HashSet<u32>,
    begun: HashSet<u32>,
}

impl Way {
    /// `lessons` are the course's with the learner's marks. Nobody (the nil id) has done nothing.
    pub async fn of(
        tx: &mut Tx,
        user: UserId,
        course: &CourseRow,
        lessons: &[LessonRow],
    ) -> Result<Self> {
        let rows = store::posts(tx, user, course.id(), course.version()).await?;
        let going = rows.iter().filter(|row| row.going);
        let open_to_all = |lesson: &LessonRow| {
            lesson.preview || course.trial_lesson.as_deref() == Some(lesson.slug.as_str())
        };
        let begun = lessons
            .iter()
            .filter(|lesson| lesson.opened && !open_to_all(lesson));
        Ok(Self {
            going: going.map(|row| count(row.section_position)).collect(),
            begun: begun.map(|lesson| count(lesson.section_position)).collect(),
            posts: posts(rows)?,
        })
    }

    /// The stage that shuts a section.
    pub fn shut_by(&self, section: u32) -> Option<&Post> {
        stage::shut_by(&self.posts, section, self.begun.contains(&section))
    }

    pub fn leads_to(&self, section: u32) -> bool {
        self.shut_by(section).is_none()
    }

    pub fn post(&self, slug: &Slug) -> Option<&Post> {
        self.posts.iter().find(|post| post.slug == *slug)
    }

    /// Title and state of the stage that a section ends with.
    pub fn stage(&self, section: u32) -> Option<(String, StageState)> {
        let post = self.posts.iter().find(|post| post.section == section)?;
        let state = if post.cleared {
            StageState::Cleared
        } else if self.going.contains(&section) {
            StageState::Begun
        } else {
            StageState::Ahead
        };
        Some((post.title.clone(), state))
    }
}

fn posts(rows: Vec<store::PostRow>) -> Result<Vec<Post>> {
    rows.into_iter()
        .map(|row| {
            Ok(Post {
                section: count(row.section_position),
                slug: Slug::parse(&row.section_slug).map_err(Error::internal)?,
                title: row.title,
                cleared: row.passed || row.opened,
            })
        })
        .collect()
}

/// Whether no stage stands between an enrolled learner and a section: the gate's question for a single lesson.
pub async fn is_cleared(
    tx: &mut Tx,
    user: UserId,
    (course, version): (CourseId, VersionId),
    section_position: i64,
) -> Result<bool> {
    let posts = posts(store::posts(tx, user, course, version).await?)?;
    let section = count(section_position);
    // Most lessons have no stage before them: then nothing more is asked.
    if stage::shut_by(&posts, section, false).is_none() {
        return Ok(true);
    }
    let begun = store::has_begun(tx, user, course, version, section_position).await?;
    Ok(stage::shut_by(&posts, section, begun).is_none())
}

/// Title and section of the stages that keep a course from being complete: those of the version at enrolment that
/// the course still has and the learner has not cleared.
pub async fn left(
    tx: &mut Tx,
    user: UserId,
    course: CourseId,
    version: VersionId,
) -> Result<Vec<(Slug, String)>> {
    let rows = store::left(tx, user, Some((course, version))).await?;
    rows.into_iter()
        .map(|(_, section, title)| Ok((Slug::parse(&section).map_err(Error::internal)?, title)))
        .collect()
}

/// The learner's courses in which [`left`] is not empty.
pub async fn courses_with_stages_left(tx: &mut Tx, user: UserId) -> Result<HashSet<CourseId>> {
    let rows = store::left(tx, user, None).await?;
    Ok(rows.into_iter().map(|(id, _, _)| CourseId(id)).collect())
}

/// The stages of the learner's courses, in order.
pub async fn posts_of(tx: &mut Tx, user: UserId) -> Result<HashMap<CourseId, Vec<Post>>> {
    let mut posts: HashMap<CourseId, Vec<Post>> = HashMap::new();
    for (course, section, slug, title, cleared) in store::posts_of(tx, user).await? {
        posts.entry(CourseId(course)).or_default().push(Post {
            section: count(section),
            slug: Slug::parse(&slug).map_err(Error::internal)?,
            title,
            cleared,
        });
    }
    Ok(posts)
}

/// The stages of a version as they were written, by section.
pub async fn sources(tx: &mut Tx, version: VersionId) -> Result<HashMap<String, Stage>> {
    let rows = store::sources(tx, version).await?;
    rows.into_iter()
        .map(|(section, source)| {
            Ok((
                section,
                serde_json::from_str(&source).map_err(Error::internal)?,
            ))
        })
        .collect()
}
