//! The one gate: who may see a lesson and its media.

use serde::{Deserialize, Serialize};

/// What is known about a person and a lesson. The default knows nothing, and opens nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// The course is published.
    pub published: bool,
    /// The lesson is open to everyone.
    pub preview: bool,
    /// It is the course's trial lesson.
    pub trial: bool,
    pub enrolled: bool,
    /// No stage stands between the person and the lesson's section; see [`crate::stage::shut_by`].
    pub cleared: bool,
    /// The person works for the school.
    pub staff: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    Staff,
    Enrolled,
    Preview,
    Trial,
    /// Its title may be seen, its content not.
    Locked,
    /// As locked, for one who is enrolled: a stage opens it.
    Stage,
    /// Not even that it exists.
    Hidden,
}

impl Access {
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Staff | Self::Enrolled | Self::Preview | Self::Trial
        )
    }
}

/// Decides. Everything that is not said to be open is shut. Who was enrolled keeps access to a course that is
/// no longer published. A stage shuts lessons to the enrolled, but never those that are open to everyone.
#[must_use]
pub fn decide(facts: Facts) -> Access {
    match facts {
        Facts { staff: true, .. } => Access::Staff,
        Facts {
            enrolled: true,
            cleared,
            trial,
            preview,
            ..
        } => {
            if cleared || trial || preview {
                Access::Enrolled
            } else {
                Access::Stage
            }
        }
        Facts {
            published: false, ..
        } => Access::Hidden,
        Facts { trial: true, .. } => Access::Trial,
        Facts { preview: true, .. } => Access::Preview,
        _ => Access::Locked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knowing_nothing_opens_nothing() {
        assert_eq!(decide(Facts::default()), Access::Hidden);
        assert_eq!(
            decide(Facts {
                published: true,
                ..Facts::default()
            }),
            Access::Locked
        );
    }

    #[test]
    fn a_preview_of_an_unpublished_course_is_hidden() {
        assert_eq!(
            decide(Facts {
                preview: true,
                trial: true,
                ..Facts::default()
            }),
            Access::Hidden
        );
    }

    #[test]
    fn learners_keep_what_they_have() {
        assert!(
            decide(Facts {
                enrolled: true,
                cleared: true,
                ..Facts::default()
            })
            .is_open()
        );
    }

    #[test]
    fn a_stage_shuts_what_is_not_said_to_be_cleared() {
        let enrolled = Facts {
            published: true,
            enrolled: true,
            ..Facts::default()
        };
        assert_eq!(decide(enrolled), Access::Stage);
        assert!(!Access::Stage.is_open());
        for open in [
            Facts {
                trial: true,
                ..enrolled
            },
            Facts {
                preview: true,
                ..enrolled
            },
            Facts {
                staff: true,
                ..enrolled
            },
        ] {
            assert!(decide(open).is_open(), "{open:?}");
        }
        assert_eq!(
            decide(Facts {
                enrolled: false,
                cleared: true,
                ..enrolled
            }),
            Access::Locked,
            "a stage that was cleared is no enrolment"
        );
    }
}
