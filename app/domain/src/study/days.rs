//! Evidence by day, and the streak that it makes.

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use super::{ENOUGH_MS, RestDays, Settings, Zones, weekday};
use crate::Timestamp;

/// Something that was completed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Lesson,
    /// A medium watched or a quiz passed.
    Activity,
}

/// What was learned on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    pub active_ms: u64,
    pub lessons: u32,
    /// Media watched and quizzes passed.
    pub activities: u32,
}

impl Day {
    /// Whether it keeps a streak: something completed, or five active minutes. Signing in is not learning.
    #[must_use]
    pub fn counts(self) -> bool {
        self.lessons + self.activities > 0 || self.active_ms >= ENOUGH_MS
    }

    /// Whole minutes; less than one, but some, is one.
    #[must_use]
    pub fn minutes(self) -> u64 {
        match self.active_ms {
            0 => 0,
            ms => (ms / 60_000).max(1),
        }
    }

    /// How dark its field in the calendar is: 0 for nothing, then up to a quarter of an hour, half an hour, an hour,
    /// and more.
    #[must_use]
    pub fn level(self) -> u8 {
        match (self.active_ms / 60_000, self.lessons + self.activities) {
            (60.., _) => 4,
            (30.., _) => 3,
            (15.., _) => 2,
            _ if self.active_ms > 0 || self.counts() => 1,
            _ => 0,
        }
    }
}

/// Sorts evidence into the learner's days. `active` are stretches that do not overlap.
#[must_use]
pub fn days(
    zones: &Zones,
    active: &[(Timestamp, Timestamp)],
    done: &[(Timestamp, Done)],
) -> BTreeMap<Date, Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (from, to) in active {
        for (date, length) in zones.split(*from, *to) {
            days.entry(date).or_default().active_ms += length;
        }
    }
    for (at, what) in done {
        let day = days.entry(zones.day(*at)).or_default();
        match what {
            Done::Lesson => day.lessons += 1,
            Done::Activity => day.activities += 1,
        }
    }
    days
}

/// Days of learning in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    pub days: u32,
    /// The first of them.
    pub since: Option<Date>,
    /// Whether today is one of them.
    pub today: bool,
}

/// Counts back from today the days that count. A rest day, a day that a journey cut short, and today as long as it
/// lasts, may be without learning; any other day ends it.
#[must_use]
pub fn streak(days: &BTreeMap<Date, Day>, zones: &Zones, rest: RestDays, today: Date) -> Streak {
    let counts = |date: Date| days.get(&date).is_some_and(|day| day.counts());
    let mut streak = Streak {
        today: counts(today),
        ..Streak::default()
    };
    let mut learned = days.iter().filter(|(_, day)| day.counts());
    let (Some((first, _)), last) = (learned.next(), learned.next_back()) else {
        return streak;
    };
    // Flying west over the date line, one meets today's date again after tomorrow's.
    let start = last.map_or(*first, |(date, _)| *date).max(today);
    let mut date = start.min(today.checked_add(1.day()).unwrap_or(today));
    while date >= *first {
        if counts(date) {
            streak.days += 1;
            streak.since = Some(date);
        } else if date < today && !rest.has(weekday(date)) && !zones.is_cut_short(date) {
            break;
        }
        let Ok(before) = date.yesterday() else { break };
        date = before;
    }
    streak
}

/// How a day stands on the trail of a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayState {
    /// It counts.
    Done,
    /// There was learning, too little to count.
    Begun,
    Empty,
    Rest,
    Today,
    Ahead,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayMark {
    pub date: Date,
    pub day: Day,
    pub state: DayState,
}

/// The last so many weeks from Monday to Sunday, this one last, with its days to come.
#[must_use]
pub fn weeks(
    days: &BTreeMap<Date, Day>,
    rest: RestDays,
    today: Date,
    count: u16,
) -> Vec<[DayMark; 7]> {
    let this = i64::from(weekday(today)) - 1;
    let week = |back: i64| {
        std::array::from_fn(|index| {
            let offset = i64::try_from(index).unwrap_or(0) - this - 7 * back;
            let date = today.checked_add(offset.days()).unwrap_or(today);
            let day = days.get(&date).copied().unwrap_or_default();
            DayMark {
                date,
                day,
                state: state(day, rest, date, today),
            }
        })
    };
    (0..i64::from(count)).rev().map(week).collect()
}

fn state(day: Day, rest: RestDays, date: Date, today: Date) -> DayState {
    if day.counts() {
        DayState::Done
    } else if date == today {
        DayState::Today
    } else if date > today {
        if rest.has(weekday(date)) {
            DayState::Rest
        } else {
            DayState::Ahead
        }
    } else if day.active_ms > 0 {
        DayState::Begun
    } else if rest.has(weekday(date)) {
        DayState::Rest
    } else {
        DayState::Empty
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub active_ms: u64,
    pub lessons: u32,
    /// Days that count.
    pub days: u32,
}

impl FromIterator<Day> for Totals {
    fn from_iter<I: IntoIterator<Item = Day>>(days: I) -> Self {
        days.into_iter().fold(Self::default(), |sum, day| Self {
            active_ms: sum.active_ms + day.active_ms,
            lessons: sum.lessons + day.lessons,
            days: sum.days + u32::from(day.counts()),
        })
    }
}

/// A learner's record as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub settings: Settings,
    /// Name of the learner's time zone today.
    pub zone: String,
    pub today: Date,
    /// `None`: the learner has switched it off.
    pub streak: Option<Streak>,
    /// The oldest first, this week last.
    pub weeks: Vec<[DayMark; 7]>,
    /// Of everything that was looked at: at least the weeks.
    pub totals: Totals,
}

impl Record {
    #[must_use]
    pub fn this_week(&self) -> Totals {
        let days = self.weeks.last().into_iter().flatten();
        days.map(|mark| mark.day).collect()
    }

    /// Whether nothing was ever learned, as far as was looked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.totals == Totals::default()
    }
}
