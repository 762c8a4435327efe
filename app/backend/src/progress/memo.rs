//! What the gate said lately, so that it is not asked again for every few seconds of a film.

use std::{collections::HashMap, sync::Arc};

use domain::{
    Timestamp,
    ids::{Slug, UserId},
};

use super::batch::Place;

/// How long the gate's word is believed. That the enrolment and the course's version are still the same is seen with
/// every report.
const BELIEVED_MS: i64 = 60_000;
/// Words that are remembered, at most twice: when the younger half is full, the older one is forgotten.
const MAX_HALF: usize = 10_000;

/// Who asked for which medium.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    pub user: UserId,
    pub course: Slug,
    pub lesson: Slug,
    pub activity: String,
}

#[derive(Debug, Default)]
pub struct Memo {
    young: HashMap<Asked, (Arc<Place>, Timestamp)>,
    old: HashMap<Asked, (Arc<Place>, Timestamp)>,
}

impl Memo {
    pub fn get(&self, asked: &Asked, now: Timestamp) -> Option<Arc<Place>> {
        let (place, said) = self.young.get(asked).or_else(|| self.old.get(asked))?;
        let age = now.as_millisecond() - said.as_millisecond();
        (0..BELIEVED_MS).contains(&age).then(|| place.clone())
    }

    pub fn set(&mut self, asked: Asked, place: Arc<Place>, now: Timestamp) {
        if self.young.len() >= MAX_HALF {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(asked, (place, now));
    }

    pub fn forget(&mut self, asked: &Asked) {
        self.young.remove(asked);
        self.old.remove(asked);
    }
}
