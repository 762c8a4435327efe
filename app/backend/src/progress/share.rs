//! How much of a course a learner has had, as the refund rule counts it.

use domain::{
    ids::{CourseId, UserId},
    progress,
};

use super::{share_store, store};
use crate::{Result, Tx};

/// Percent of one course that the learner has had, also where their access has ended; 0 without enrolment. The share
/// of lessons that are complete or that of the films' time that was watched, whichever is larger: who watches every
/// film and leaves each quiz open completes nothing, and has had the course.
pub async fn percent_of(tx: &mut Tx, user: UserId, course: CourseId) -> Result<u8> {
    let lessons = store::lessons_of(tx, user, Some(course)).await?;
    let pinned = lessons.iter().filter(|row| row.pinned);
    let done = pinned.clone().filter(|row| row.completed).count();
    let completed = progress::percent(done as u64, pinned.count() as u64);
    let (mut watched, mut whole) = (0_u64, 0_u64);
    for film in share_store::films(tx, user, course).await? {
        let duration = film.duration();
        watched += film.coverage()?.within(duration).total();
        whole += duration;
    }
    Ok(completed.max(progress::percent(watched, whole)))
}
