use domain::lesson::Chain;
use leptos::{prelude::*, server_fn::codec::Json};

use crate::error::AppError;

/// An answer to a poll, a card (`part`), or what is shown on demand. Of those who are not enrolled nothing is kept:
/// they are told how many learners chose each of a poll's options. `waited_ms` is added by the service worker.
#[server]
pub async fn answer_block(
    course: String,
    lesson: String,
    activity: String,
    #[server(default)] part: String,
    #[server(default)] choice: String,
    #[server(default)] waited_ms: u64,
) -> Result<Option<Vec<u64>>, AppError> {
    use backend::blocks::Answered;
    let viewer = crate::server::viewer();
    let given = domain::block::Given {
        part: &part,
        choice: &choice,
    };
    let answered = crate::server::backend()?
        .answer_block_late(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
            given,
            backend::progress::Late::waited(waited_ms),
        )
        .await?;
    Ok(match answered {
        Answered::Kept { .. } => {
            crate::server::redirect(&block_path(&course, &lesson, &activity));
            None
        }
        Answered::Counts(counts) => Some(counts),
    })
}

/// `waited_ms` is added by the service worker.
#[server]
pub async fn put_entry(
    course: String,
    lesson: String,
    activity: String,
    #[server(default)] entry: String,
    #[server(default)] named: bool,
    #[server(default)] waited_ms: u64,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let viewer = crate::server::viewer();
    let case = backend::blocks::Case {
        text: &entry,
        named,
        late: backend::progress::Late::waited(waited_ms),
    };
    crate::server::backend()?
        .put_entry(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
            case,
        )
        .await?;
    crate::server::redirect(&block_path(&course, &lesson, &activity));
    Ok(())
}

/// `waited_ms` is added by the service worker.
#[server]
pub async fn remove_entry(
    course: String,
    lesson: String,
    activity: String,
    #[server(default)] waited_ms: u64,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let viewer = crate::server::viewer();
    crate::server::backend()?
        .remove_entry(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
            backend::progress::Late::waited(waited_ms),
        )
        .await?;
    crate::server::redirect(&block_path(&course, &lesson, &activity));
    Ok(())
}

/// For staff only. `part` is the entry's id.
#[server]
pub async fn hide_entry(
    course: String,
    lesson: String,
    activity: String,
    part: String,
    #[server(default)] hidden: bool,
) -> Result<(), AppError> {
    crate::server::learner()?;
    let viewer = crate::server::viewer();
    let entry = part.parse().map_err(|_| AppError::NotFound)?;
    crate::server::backend()?
        .hide_entry(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
            entry,
            hidden,
        )
        .await?;
    Ok(())
}

/// What stands in a chain behind the entry `before`.
#[server]
pub async fn older_entries(
    course: String,
    lesson: String,
    activity: String,
    before: String,
) -> Result<Chain, AppError> {
    let before = before.parse().map_err(|_| AppError::NotFound)?;
    let viewer = crate::server::viewer();
    Ok(crate::server::backend()?
        .older_entries(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
            before,
        )
        .await?)
}

/// For each of a poll's options, in order: how many learners chose it, and which share in percent they are.
#[server(input = Json)]
pub async fn poll_counts(
    course: String,
    lesson: String,
    activity: String,
) -> Result<Vec<(u64, u8)>, AppError> {
    let viewer = crate::server::viewer();
    let counts = crate::server::backend()?
        .poll_counts(
            viewer,
            &crate::course::slug(&course)?,
            &crate::course::slug(&lesson)?,
            &activity,
        )
        .await?;
    let shares = domain::block::shares(&counts);
    Ok(counts.into_iter().zip(shares).collect())
}

/// Where a block stands, for the way back after a form.
#[must_use]
pub fn block_path(course: &str, lesson: &str, activity: &str) -> String {
    let id = super::form::element_id(activity);
    format!("/courses/{course}/lessons/{lesson}#{id}")
}
