//! Opening stages by hand.

use backend::{Backend, Error, stage::Actor};
use clap::Subcommand;
use domain::ids::Slug;

#[derive(Debug, Subcommand)]
pub enum StageCommand {
    /// Let a learner go on behind a stage without its test; done twice, the first reason stays
    Open {
        /// The learner's address
        email: String,
        /// The course's slug
        course: Slug,
        /// The slug of the section that the stage ends
        section: Slug,
        /// Why, in one line; it is kept
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl StageCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        let Self::Open {
            email,
            course,
            section,
            reason,
        } = self;
        let place = (&course, &section);
        let opened = backend
            .open_stage(Actor::CommandLine, &email, place, &reason)
            .await;
        opened.map_err(|error| match error {
            Error::NotFound => Error::Setup(format!(
                "there is no stage at the end of a section {section} of a course {course}"
            )),
            other => other,
        })?;
        println!("What is behind the stage of {section} in {course} is open to {email}.");
        Ok(())
    }
}
