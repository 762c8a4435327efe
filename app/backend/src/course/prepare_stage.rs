//! A course's stages, ready to be written.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    course::{Activity, ActivityBody, Course, Lesson, Quiz, Section, Stage},
    ids::Slug,
};

use super::rendered::{LessonLinks, Rendered};
use crate::{Error, Result, ports::files::Stored, stage::RenderedStage};

pub struct PreparedStage {
    pub title: String,
    pub source: String,
    pub rendered: String,
}

/// The lesson whose address the pictures of a stage's questions have: files are open to whoever may see a lesson
/// that shows them. So it is, where there is one, a lesson that is not open to everyone.
pub fn carrier<'a>(course: &Course, section: &'a Section) -> Option<&'a Lesson> {
    let mut lessons = section.lessons.iter();
    let closed = lessons
        .find(|lesson| !lesson.preview && Some(&lesson.slug) != course.trial_lesson.as_ref());
    closed.or(section.lessons.first())
}

pub fn stages(
    course: &Course,
    files: &BTreeMap<String, Stored>,
) -> Result<BTreeMap<Slug, PreparedStage>> {
    let mut stages = BTreeMap::new();
    for (position, section) in course.sections.iter().enumerate() {
        if let Some(stage) = &section.stage {
            let teaching = course.sections.iter().take(position + 1);
            let ready = PreparedStage {
                title: stage.title.clone(),
                source: serde_json::to_string(stage).map_err(Error::internal)?,
                rendered: serde_json::to_string(&RenderedStage {
                    quiz: rendered(course, section, stage, files),
                    lessons: teachers(teaching, stage),
                })
                .map_err(Error::internal)?,
            };
            stages.insert(section.slug.clone(), ready);
        }
    }
    Ok(stages)
}

fn rendered(
    course: &Course,
    section: &Section,
    stage: &Stage,
    files: &BTreeMap<String, Stored>,
) -> Rendered {
    let hash = |path: &str| files.get(path).map(|file| file.sha256.clone());
    let slugs: BTreeSet<&str> = course
        .lessons()
        .map(|lesson| lesson.slug.as_str())
        .collect();
    // A section without lessons has no pictures to show either: their address would lead nowhere.
    let carrier = carrier(course, section).map_or(&section.slug, |lesson| &lesson.slug);
    let links = LessonLinks {
        course: &course.slug,
        lesson: carrier,
        folder: &section.folder,
        hash: &hash,
        has_lesson: &|slug| slugs.contains(slug),
    };
    let quiz = Quiz {
        title: stage.title.clone(),
        pass_percent: stage.rules.pass_percent,
        questions: stage.questions.clone(),
        cue: None,
    };
    links.render(&Activity {
        key: "stage".to_owned(),
        body: ActivityBody::Quiz { quiz },
    })
}

/// The lessons up to the stage whose own questions ask for one of its concepts: that is where it is taught.
fn teachers<'a>(
    sections: impl Iterator<Item = &'a Section>,
    stage: &Stage,
) -> Vec<(Slug, BTreeSet<String>)> {
    let asked: BTreeSet<&String> = stage
        .questions
        .iter()
        .flat_map(|question| &question.concepts)
        .collect();
    let lessons = sections.flat_map(|section| &section.lessons);
    let taught = lessons.map(|lesson| {
        let quizzes = lesson
            .activities
            .iter()
            .filter_map(|activity| match &activity.body {
                ActivityBody::Quiz { quiz } => Some(&quiz.questions),
                _ => None,
            });
        let concepts = quizzes.flatten().flat_map(|question| &question.concepts);
        let concepts = concepts.filter(|concept| asked.contains(concept)).cloned();
        (lesson.slug.clone(), concepts.collect::<BTreeSet<String>>())
    });
    taught
        .filter(|(_, concepts)| !concepts.is_empty())
        .collect()
}
