//! Stages: taking the test at the end of a section, and opening the way without it.

mod shown;
pub(crate) mod store;
#[cfg(test)]
mod tests;
mod way;

use domain::{
    account::Email,
    course::{Question, Stage},
    form::FieldError,
    ids::{Slug, UserId},
    quiz::Answers,
    stage::{self, Admission, Drawn, History, Post, StagePage},
};

use crate::{
    Backend, Error, Result, Tx,
    course::{self, CourseRow, LessonRow, Viewer},
    progress,
    rate_limit::Limit,
};

pub(crate) use shown::RenderedStage;
pub(crate) use way::{Way, courses_with_stages_left, is_cleared, left, posts_of, sources};

/// An attempt as a form hands it in.
#[derive(Clone, Debug, Default)]
pub struct HandedIn {
    /// Of the attempt, from 1.
    pub number: u32,
    /// By the question's place on the page, from 0; options by their place, too.
    pub given: Answers,
    /// The learner knows that questions are left out.
    pub with_blanks: bool,
}

/// Who opens a stage for a learner.
#[derive(Clone, Copy, Debug)]
pub enum Actor {
    CommandLine,
    Staff(UserId),
}

/// How often a learner may begin and hand in attempts, whatever the stages allow.
const STEPS: Limit = Limit {
    name: "stage",
    attempts: 120,
    window: std::time::Duration::from_secs(600),
};
/// Characters of an answer that is kept.
const MAX_ANSWER: usize = 2_000;
/// Characters of the reason for opening a stage.
const MAX_REASON: usize = 500;

impl Actor {
    /// # Errors
    /// `Error::NotFound` for whoever is no staff: to them there is nothing to do here.
    pub fn staff(viewer: Viewer) -> Result<Self> {
        viewer
            .user
            .filter(|_| viewer.staff)
            .map(Self::Staff)
            .ok_or(Error::NotFound)
    }

    fn name(self) -> String {
        match self {
            Self::CommandLine => "command line".to_owned(),
            Self::Staff(user) => user.to_string(),
        }
    }
}

impl Backend {
    /// What there is to know of a stage, with the attempt that is going on and the last one that was handed in.
    ///
    /// # Errors
    /// `Error::NotFound` where there is no stage, or no course that the viewer may know of.
    pub async fn stage_page(
        &self,
        viewer: Viewer,
        course: &Slug,
        section: &Slug,
    ) -> Result<StagePage> {
        let mut tx = self.db.read().await?;
        let row = course::course_by_slug(&mut tx, course)
            .await?
            .ok_or(Error::NotFound)?;
        let place = Place::find(&mut tx, viewer, row, section).await?;
        shown::page(&mut tx, viewer, &place, self.clock.now()).await
    }

    /// Begins an attempt. Where one is going on, or none is needed, nothing changes.
    ///
    /// # Errors
    /// `Error::NotFound` behind a shut gate or without enrolment; `Error::Invalid` while it is too early, or when
    /// every attempt was used.
    pub async fn start_stage(&self, viewer: Viewer, course: &Slug, section: &Slug) -> Result<()> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        self.attempt(STEPS, &user.to_string()).await?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let place = Place::locked(&mut tx, viewer, course, section).await?;
        let whose = place.whose(user);
        match place.admission(&mut tx, user, now).await? {
            Admission::Passed | Admission::Opened | Admission::Going => return Ok(()),
            Admission::Waiting { .. } => return Err(Error::invalid("", "error-stage-early")),
            Admission::Spent => return Err(Error::invalid("", "error-stage-spent")),
            Admission::Ready { .. } => {}
        }
        let version = place.course.version();
        store::start(&mut tx, whose, version, rand::random(), now).await?;
        tx.commit().await
    }

    /// Marks an attempt, once: handing in again changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound` for an attempt that there is not; `Error::Invalid` for questions that are left out, until
    /// the learner says that they mean it, and for answers too long. Nothing is marked then.
    pub async fn submit_stage(
        &self,
        viewer: Viewer,
        course: &Slug,
        section: &Slug,
        handed_in: HandedIn,
    ) -> Result<()> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        refuse_long(&handed_in.given)?;
        self.attempt(STEPS, &user.to_string()).await?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let place = Place::locked(&mut tx, viewer, course, section).await?;
        let whose = place.whose(user);
        let attempt = store::attempt(&mut tx, whose, handed_in.number)
            .await?
            .ok_or(Error::NotFound)?;
        if attempt.submitted_at().is_some() {
            return Ok(());
        }
        let (stage, _) = place.stage(&mut tx, attempt.version()).await?;
        let drawn = stage::draw(&stage, attempt.seed());
        let answers = answers(&stage, &drawn, &handed_in)?;
        let (score, concepts) = stage::mark(&stage, &drawn, &answers);
        let submitted = store::Submitted {
            number: handed_in.number,
            answers: &serde_json::to_string(&answers).map_err(Error::internal)?,
            score,
            concepts: &serde_json::to_string(&concepts).map_err(Error::internal)?,
        };
        store::submit(&mut tx, whose, &submitted, now).await?;
        if score.passed {
            progress::complete_course_if_done(&mut tx, user, place.course.id(), now).await?;
        }
        tx.commit().await
    }

    /// Opens what is behind a stage for one learner, without the test, and remembers who did it and why. Doing it
    /// again changes nothing.
    ///
    /// # Errors
    /// `Error::NotFound` for an unknown stage; `Error::Invalid` for an address that is no enrolled learner's, or
    /// without a reason.
    pub async fn open_stage(
        &self,
        actor: Actor,
        email: &str,
        (course, section): (&Slug, &Slug),
        reason: &str,
    ) -> Result<()> {
        let reason = reason.trim();
        let fits = (1..=MAX_REASON).contains(&reason.chars().count());
        if !fits || reason.chars().any(char::is_control) {
            return Err(Error::invalid("reason", "error-stage-reason"));
        }
        let unknown = || Error::invalid("email", "error-stage-learner");
        let email = Email::parse(email).map_err(|_| unknown())?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let row = course::course_by_slug(&mut tx, course)
            .await?
            .ok_or(Error::NotFound)?;
        store::stage(&mut tx, row.version(), section)
            .await?
            .ok_or(Error::NotFound)?;
        let user = store::learner(&mut tx, &email.key(), row.id())
            .await?
            .ok_or_else(unknown)?;
        let whose = store::Whose {
            user,
            course: row.id(),
            section,
        };
        store::open(&mut tx, whose, reason, &actor.name(), now).await?;
        progress::complete_course_if_done(&mut tx, user, row.id(), now).await?;
        tx.commit().await
    }
}

/// A stage that somebody looks at.
struct Place {
    course: CourseRow,
    enrolled: bool,
    lessons: Vec<LessonRow>,
    way: Way,
    post: Post,
}

impl Place {
    async fn find(tx: &mut Tx, viewer: Viewer, course: CourseRow, section: &Slug) -> Result<Self> {
        let user = viewer.user.unwrap_or(UserId(uuid::Uuid::nil()));
        let enrolled = course::enrolled_version(tx, user, course.id())
            .await?
            .is_some();
        if !course.published && !enrolled && !viewer.staff {
            return Err(Error::NotFound);
        }
        let lessons = course::lessons(tx, course.id(), course.version(), user.0).await?;
        let way = Way::of(tx, user, &course, &lessons).await?;
        let post = way.post(section).cloned().ok_or(Error::NotFound)?;
        Ok(Self {
            course,
            enrolled,
            lessons,
            way,
            post,
        })
    }

    /// One that an enrolled learner may act on; their attempts wait for the end of this transaction.
    async fn locked(tx: &mut Tx, viewer: Viewer, course: &Slug, section: &Slug) -> Result<Self> {
        let user = viewer.user.ok_or(Error::SignInRequired)?;
        let row = course::course_by_slug(tx, course)
            .await?
            .ok_or(Error::NotFound)?;
        if !store::lock(tx, user, row.id()).await? {
            return Err(Error::NotFound);
        }
        let place = Self::find(tx, viewer, row, section).await?;
        if place.way.leads_to(place.post.section) || viewer.staff {
            Ok(place)
        } else {
            Err(Error::NotFound)
        }
    }

    fn whose(&self, user: UserId) -> store::Whose<'_> {
        store::Whose {
            user,
            course: self.course.id(),
            section: &self.post.slug,
        }
    }

    /// The stage as a version has it.
    async fn stage(
        &self,
        tx: &mut Tx,
        version: domain::ids::VersionId,
    ) -> Result<(Stage, RenderedStage)> {
        let row = store::stage(tx, version, &self.post.slug)
            .await?
            .ok_or(Error::NotFound)?;
        Ok((
            serde_json::from_str(&row.source).map_err(Error::internal)?,
            serde_json::from_str(&row.rendered).map_err(Error::internal)?,
        ))
    }

    async fn admission(
        &self,
        tx: &mut Tx,
        user: UserId,
        now: domain::Timestamp,
    ) -> Result<Admission> {
        let whose = self.whose(user);
        let (stage, _) = self.stage(tx, self.course.version()).await?;
        let posts = store::posts(tx, user, self.course.id(), self.course.version()).await?;
        let post = posts
            .iter()
            .find(|post| post.section_slug == self.post.slug.as_str())
            .ok_or(Error::NotFound)?;
        let last = store::last(tx, whose).await?;
        let history = History {
            submitted: course::count(store::count_submitted(tx, whose).await?),
            last_submitted_at: last.and_then(|last| last.submitted_at()),
            going: post.going,
            passed: post.passed,
            opened: post.opened,
        };
        Ok(stage::admission(&stage.rules, &history, now))
    }
}

fn refuse_long(given: &Answers) -> Result<()> {
    let too_long = |answers: &Vec<String>| {
        answers.len() > 100
            || answers
                .iter()
                .any(|answer| answer.chars().count() > MAX_ANSWER)
    };
    if given.values().any(too_long) {
        return Err(Error::invalid("", "error-answer-long"));
    }
    Ok(())
}

/// The answers by the questions' keys and the author's numbers of the options.
fn answers(stage: &Stage, drawn: &[Drawn], handed_in: &HandedIn) -> Result<Answers> {
    let nothing = Vec::new();
    let (mut answers, mut blanks) = (Answers::new(), Vec::new());
    for (place, drawn) in drawn.iter().enumerate() {
        let question: &Question = stage
            .questions
            .get(drawn.question)
            .ok_or_else(|| Error::internal("a question that was never asked"))?;
        let shown = handed_in.given.get(&place.to_string()).unwrap_or(&nothing);
        let given = drawn.given(&question.answer, shown);
        if Drawn::is_blank(&question.answer, &given) {
            blanks.push(FieldError::new(
                &format!("answers[{place}][]"),
                "error-stage-blank",
            ));
        }
        answers.insert(question.key.clone(), given);
    }
    if blanks.is_empty() || handed_in.with_blanks {
        Ok(answers)
    } else {
        blanks.push(FieldError::new("", "error-stage-blanks"));
        Err(Error::Invalid(blanks))
    }
}
