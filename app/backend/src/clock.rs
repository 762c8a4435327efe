use std::sync::{Arc, Mutex};

use domain::Timestamp;

/// Where the moment comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Stands still until a test moves it.
    Manual(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// Now, in whole microseconds, as the databases keep it.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let moment = match self {
            Self::System => Timestamp::now(),
            Self::Manual(moment) => *moment
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        };
        crate::db::Micros::from(moment).into()
    }

    /// Moves a manual clock. The system's goes its own way.
    pub fn advance(&self, by: std::time::Duration) {
        if let Self::Manual(moment) = self {
            let mut moment = moment
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            *moment += by;
        }
    }
}
