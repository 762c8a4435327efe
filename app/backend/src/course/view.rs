//! What a person is shown of the courses, through the gate.

use std::path::PathBuf;

use domain::{
    access::{self, Access, Facts},
    block::Cue,
    course::{ActivityBody, Quiz},
    ids::{Slug, UserId, VersionId},
    lesson::{
        CourseCard, CoursePage, LessonKind, LessonPage, LessonState, ShownActivity, ShownBlockBody,
        ShownBody, SyllabusLesson, SyllabusSection, SyllabusStage,
    },
    money::{Currency, Money},
    player::Preferences,
    progress::{self, StillLeft, Task},
};
use uuid::Uuid;

use super::{
    Rendered,
    import::Details,
    rendered,
    store::{self, CourseRow, LessonRow},
};
use crate::{Backend, Error, Result, Tx, blocks, note, progress as learning, stage};

/// Who looks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Viewer {
    pub user: Option<UserId>,
    pub staff: bool,
}

/// A file that may be sent.
#[derive(Clone, Debug)]
pub struct MediaFile {
    pub path: PathBuf,
    pub mime: String,
    pub bytes: u64,
    /// Hash of the content: the strongest validator there is.
    pub sha256: String,
}

impl Backend {
    /// # Errors
    /// `Error::NotFound` for a course that the viewer may not know of.
    pub async fn course_page(&self, viewer: Viewer, slug: &Slug) -> Result<CoursePage> {
        let mut tx = self.db.read().await?;
        let row = store::course_by_slug(&mut tx, slug)
            .await?
            .ok_or(Error::NotFound)?;
        let enrolled = enrolled(&mut tx, viewer, &row).await?;
        if !row.published && !enrolled && !viewer.staff {
            return Err(Error::NotFound);
        }
        let details: Details = serde_json::from_str(&row.details).map_err(Error::internal)?;
        let syllabus = syllabus(&mut tx, viewer, &row, enrolled).await?.0;
        let mut cards = [card(&row)?];
        if let Some(user) = viewer.user {
            learning::add_progress(&mut tx, user, &mut cards).await?;
        }
        let [mut card] = cards;
        card.ended = ended(&mut tx, viewer, &row).await?;
        Ok(CoursePage {
            card,
            overview_html: details.overview_html,
            outcomes: details.outcomes,
            prerequisites: details.prerequisites,
            instructors: details.instructors,
            syllabus,
            videos: details.videos,
            quizzes: details.quizzes,
            published: row.published,
        })
    }

    /// A lesson; a locked one comes without its activities.
    ///
    /// # Errors
    /// `Error::NotFound` for a lesson that the viewer may not know of.
    pub async fn lesson_page(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &Slug,
    ) -> Result<LessonPage> {
        let mut tx = self.db.read().await?;
        let row = store::course_by_slug(&mut tx, course)
            .await?
            .ok_or(Error::NotFound)?;
        let enrolled = enrolled(&mut tx, viewer, &row).await?;
        let (syllabus, lessons) = syllabus(&mut tx, viewer, &row, enrolled).await?;
        let index = lessons
            .iter()
            .position(|row| row.slug == lesson.as_str())
            .ok_or(Error::NotFound)?;
        let this = &lessons[index];
        // Decided with the syllabus, once for all of its lessons.
        let mut listed = syllabus.iter().flat_map(|section| &section.lessons);
        let access = listed
            .find(|listed| listed.slug == *lesson)
            .map_or(Access::Hidden, |listed| listed.access);
        if access == Access::Hidden {
            return Err(Error::NotFound);
        }
        let (mut activities, mut tasks, mut left) = Default::default();
        if access.is_open() {
            let sight = blocks::Sight {
                viewer,
                enrolled,
                course: row.id(),
                lesson: lesson.as_str(),
            };
            (activities, tasks, left) = shown_activities(&mut tx, sight, &row, this).await?;
        }
        let mut notes = None;
        if let (Some(user), true) = (viewer.user, access.is_open()) {
            let mine = note::of_lesson(&mut tx, user, course, lesson).await?;
            note::mark_texts(&mut activities, &mine.notes);
            notes = Some(mine);
        }
        let section = usize::try_from(this.section_position)
            .ok()
            .and_then(|position| syllabus.get(position));
        let neighbour = |index: Option<usize>| {
            index
                .and_then(|index| lessons.get(index))
                .map(|row| slug_of(&row.slug))
                .transpose()
        };
        let mut cards = [card(&row)?];
        if let Some(user) = viewer.user {
            learning::add_progress(&mut tx, user, &mut cards).await?;
        }
        let [mut course] = cards;
        course.ended = ended(&mut tx, viewer, &row).await?;
        Ok(LessonPage {
            course,
            slug: lesson.clone(),
            title: this.title.clone(),
            section: section
                .map(|section| section.title.clone())
                .unwrap_or_default(),
            number: count(this.position) + 1,
            minutes: count(this.minutes),
            access,
            activities,
            completion: progress::completion(&tasks),
            left,
            state: state(this),
            previous: neighbour(index.checked_sub(1))?,
            next: neighbour(index.checked_add(1))?,
            preferences: Preferences::default(),
            syllabus,
            notes,
        })
    }

    /// A file of a lesson; with `-` for the lesson, one of the course's own page.
    ///
    /// # Errors
    /// `Error::NotFound` for everything that the viewer may not have.
    pub async fn media(
        &self,
        viewer: Viewer,
        course: &Slug,
        lesson: &str,
        path: &str,
    ) -> Result<MediaFile> {
        let mut tx = self.db.read().await?;
        let file = if lesson == "-" {
            let facts = store::course_facts(&mut tx, course)
                .await?
                .ok_or(Error::NotFound)?;
            if !facts.published && !viewer.staff {
                return Err(Error::NotFound);
            }
            store::public_file(&mut tx, facts.version(), path).await?
        } else {
            let lesson = Slug::parse(lesson).map_err(|_| Error::NotFound)?;
            let open = require_open(&mut tx, viewer, course, &lesson).await?;
            store::lesson_file(&mut tx, open.version, &lesson, path).await?
        };
        let file = file.ok_or(Error::NotFound)?;
        Ok(MediaFile {
            path: self.files.path(&file.sha256),
            mime: file.mime,
            bytes: u64::try_from(file.bytes).map_err(Error::internal)?,
            sha256: file.sha256,
        })
    }
}

/// What the gate found out on the way to an open lesson.
#[derive(Clone, Debug)]
pub struct Open {
    pub course: domain::ids::CourseId,
    pub version: VersionId,
    pub lesson_position: i64,
    pub enrolled: bool,
}

/// Only lets pass who may see the lesson.
pub async fn require_open(
    tx: &mut Tx,
    viewer: Viewer,
    course: &Slug,
    lesson: &Slug,
) -> Result<Open> {
    let (open, access) = access(tx, viewer, course, lesson).await?;
    if access.is_open() {
        Ok(open)
    } else {
        Err(Error::NotFound)
    }
}

pub async fn access(
    tx: &mut Tx,
    viewer: Viewer,
    course: &Slug,
    lesson: &Slug,
) -> Result<(Open, Access)> {
    let facts = store::course_facts(tx, course)
        .await?
        .ok_or(Error::NotFound)?;
    let found = store::lesson_facts(tx, facts.version(), lesson)
        .await?
        .ok_or(Error::NotFound)?;
    let enrolled = match viewer.user {
        Some(user) => store::enrolled_version(tx, user, facts.id())
            .await?
            .is_some(),
        None => false,
    };
    let cleared = match viewer.user {
        Some(user) if enrolled => {
            let place = (facts.id(), facts.version());
            stage::is_cleared(tx, user, place, found.section_position).await?
        }
        _ => false,
    };
    let access = access::decide(Facts {
        published: facts.published,
        preview: found.preview,
        trial: facts.trial_lesson.as_deref() == Some(lesson.as_str()),
        enrolled,
        cleared,
        staff: viewer.staff,
    });
    let open = Open {
        course: facts.id(),
        version: facts.version(),
        lesson_position: found.position,
        enrolled,
    };
    Ok((open, access))
}

async fn enrolled(tx: &mut Tx, viewer: Viewer, row: &CourseRow) -> Result<bool> {
    match viewer.user {
        Some(user) => Ok(store::enrolled_version(tx, user, row.id()).await?.is_some()),
        None => Ok(false),
    }
}

async fn ended(tx: &mut Tx, viewer: Viewer, row: &CourseRow) -> Result<bool> {
    match viewer.user {
        Some(user) => store::has_ended(tx, user, row.id()).await,
        None => Ok(false),
    }
}

async fn syllabus(
    tx: &mut Tx,
    viewer: Viewer,
    course: &CourseRow,
    enrolled: bool,
) -> Result<(Vec<SyllabusSection>, Vec<LessonRow>)> {
    let user = viewer.user.map_or(Uuid::nil(), |user| user.0);
    let lessons = store::lessons(tx, course.id(), course.version(), user).await?;
    let way = stage::Way::of(tx, UserId(user), course, &lessons).await?;
    let mut sections: Vec<SyllabusSection> = Vec::new();
    for (position, section) in (0_u32..).zip(store::sections(tx, course.version()).await?) {
        sections.push(SyllabusSection {
            slug: slug_of(&section.slug)?,
            title: section.title,
            lessons: Vec::new(),
            stage: way.stage(position).map(|(title, state)| SyllabusStage {
                title,
                state,
                open: viewer.staff || (enrolled && way.leads_to(position)),
            }),
        });
    }
    for lesson in &lessons {
        let access = access::decide(Facts {
            published: course.published,
            preview: lesson.preview,
            trial: course.trial_lesson.as_deref() == Some(lesson.slug.as_str()),
            enrolled,
            cleared: enrolled && way.leads_to(count(lesson.section_position)),
            staff: viewer.staff,
        });
        let section = usize::try_from(lesson.section_position)
            .ok()
            .and_then(|position| sections.get_mut(position));
        section
            .ok_or_else(|| Error::internal("a lesson without a section"))?
            .lessons
            .push(SyllabusLesson {
                slug: slug_of(&lesson.slug)?,
                title: lesson.title.clone(),
                minutes: count(lesson.minutes),
                kind: kind_of(&lesson.kind)?,
                access,
                state: state(lesson),
                added: lesson.added,
            });
    }
    Ok((sections, lessons))
}

fn state(lesson: &LessonRow) -> LessonState {
    match lesson {
        LessonRow {
            completed: true, ..
        } => LessonState::Done,
        LessonRow { opened: true, .. } => LessonState::Begun,
        _ => LessonState::Ahead,
    }
}

pub async fn shown_activities(
    tx: &mut Tx,
    sight: blocks::Sight<'_>,
    course: &CourseRow,
    lesson: &LessonRow,
) -> Result<(Vec<ShownActivity>, Vec<Task>, Vec<StillLeft>)> {
    let rows = store::activities(tx, course.version(), lesson.position).await?;
    let marks = match sight.viewer.user {
        Some(user) => learning::marks(tx, user, course.id(), &lesson.slug).await?,
        None => learning::Marks::default(),
    };
    let mut activities = Vec::with_capacity(rows.len());
    let mut still_left = Vec::new();
    for row in &rows {
        let mut body = match (
            serde_json::from_str(&row.rendered).map_err(Error::internal)?,
            &row.source,
        ) {
            (Rendered::Quiz { mut quiz, remarks }, Some(source)) => {
                let given = marks.last_answers(&row.activity_key);
                quiz.result = given
                    .map(|given| {
                        Ok::<_, Error>(rendered::result(&quiz_source(source)?, &remarks, given))
                    })
                    .transpose()?;
                ShownBody::Quiz { quiz }
            }
            (other, _) => rendered::shown(other),
        };
        match &mut body {
            ShownBody::Media { media } => {
                (media.position_ms, media.coverage) = marks.watched(&row.activity_key);
            }
            ShownBody::Block { block } => {
                blocks::fill(tx, sight, row, marks.blocks(), block).await?;
            }
            ShownBody::Text { .. } | ShownBody::Quiz { .. } => {}
        }
        if let Some(left) = marks.left(row)? {
            still_left.push(StillLeft {
                activity: row.activity_key.clone(),
                title: title(&body),
                left,
            });
        }
        activities.push(ShownActivity {
            key: row.activity_key.clone(),
            body,
            transcript: None,
            cue: row.source.as_deref().map(cue).transpose()?.flatten(),
        });
    }
    let tasks = rows.iter().filter_map(|row| marks.task(row)).collect();
    Ok((activities, tasks, still_left))
}

fn title(body: &ShownBody) -> String {
    match body {
        ShownBody::Text { .. } => String::new(),
        ShownBody::Media { media } => media.title.clone(),
        ShownBody::Quiz { quiz } => quiz.title.clone(),
        ShownBody::Block { block } => match &block.body {
            ShownBlockBody::Reveal { title, .. } | ShownBlockBody::Cards { title, .. } => {
                title.clone()
            }
            ShownBlockBody::Poll { .. } | ShownBlockBody::Chain { .. } => String::new(),
        },
    }
}

/// When an activity interrupts a medium, by its source.
fn cue(source: &str) -> Result<Option<Cue>> {
    let body: ActivityBody = serde_json::from_str(source).map_err(Error::internal)?;
    Ok(body.cue().cloned())
}

/// The quiz in an activity's source.
pub fn quiz_source(source: &str) -> Result<Quiz> {
    match serde_json::from_str(source).map_err(Error::internal)? {
        ActivityBody::Quiz { quiz } => Ok(quiz),
        _ => Err(Error::internal("an activity that is no quiz")),
    }
}

pub fn card(row: &CourseRow) -> Result<CourseCard> {
    let price = match (row.price_minor, &row.currency) {
        (None, None) => None,
        (Some(minor), Some(code)) => {
            let currency =
                Currency::from_code(code).ok_or_else(|| Error::internal("an unknown currency"))?;
            Some(Money { minor, currency })
        }
        // Half a price must not become a free course.
        _ => {
            return Err(Error::internal(
                "a price without currency, or the other way round",
            ));
        }
    };
    Ok(CourseCard {
        slug: slug_of(&row.slug)?,
        title: row.title.clone(),
        summary: row.summary.clone(),
        language: row.language.clone(),
        level: serde_json::from_value(row.level.clone().into()).map_err(Error::internal)?,
        category: row.category.clone(),
        minutes: count(row.minutes),
        lessons: count(row.lessons),
        price,
        offer: None,
        ended: false,
        trial_lesson: row.trial_lesson.as_deref().map(slug_of).transpose()?,
        progress: None,
    })
}

fn slug_of(text: &str) -> Result<Slug> {
    Slug::parse(text).map_err(Error::internal)
}

fn kind_of(text: &str) -> Result<LessonKind> {
    serde_json::from_value(text.into()).map_err(Error::internal)
}

/// Counts in the database are never negative.
pub fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}
