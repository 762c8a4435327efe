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
/// no longer published.
#[must_use]
pub fn decide(facts: Facts) -> Access {
    match facts {
        Facts { staff: true, .. } => Access::Staff,
        Facts { enrolled: true, .. } => Access::Enrolled,
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
                ..Facts::default()
            })
            .is_open()
        );
    }
}
