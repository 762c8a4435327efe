use std::collections::BTreeMap;

use jiff::{SignedDuration, ToSpan, civil::date, tz::TimeZone};
use proptest::prelude::*;

use super::*;
use crate::Timestamp;

const COUNTS: Day = Day {
    active_ms: 0,
    lessons: 1,
    activities: 0,
};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone")
}

fn utc() -> Zones {
    Zones::always(TimeZone::UTC)
}

/// 2026-03-02 is a Monday.
fn march(days: impl IntoIterator<Item = i8>) -> BTreeMap<Date, Day> {
    days.into_iter()
        .map(|day| (date(2026, 3, day), COUNTS))
        .collect()
}

fn length(days: &BTreeMap<Date, Day>, rest: RestDays, today: Date) -> u32 {
    streak(days, &utc(), rest, today).days
}

#[test]
fn a_day_counts_by_something_completed_or_five_minutes() {
    let active = |active_ms| Day {
        active_ms,
        ..Day::default()
    };
    assert!(!active(ENOUGH_MS - 1).counts() && active(ENOUGH_MS).counts());
    assert!(COUNTS.counts());
    assert_eq!((active(1).minutes(), active(0).minutes()), (1, 0));
    assert_eq!(
        [0, 1, 15, 30, 60].map(|minutes| active(minutes * 60_000).level()),
        [0, 1, 2, 3, 4]
    );
    assert_eq!(COUNTS.level(), 1, "a lesson without measured time is seen");
}

#[test]
fn saturday_does_not_break_it() {
    let friday = march([4, 5, 6]);
    for today in 6..=9 {
        let today = date(2026, 3, today);
        assert_eq!(length(&friday, RestDays::WEEKEND, today), 3, "{today}");
    }
    assert_eq!(length(&friday, RestDays::WEEKEND, date(2026, 3, 10)), 0);
    assert_eq!(length(&friday, RestDays::NONE, date(2026, 3, 7)), 3);
    assert_eq!(length(&friday, RestDays::NONE, date(2026, 3, 8)), 0);
    // Learning on a rest day counts.
    assert_eq!(
        length(&march([4, 5, 6, 7, 9]), RestDays::WEEKEND, date(2026, 3, 9)),
        5
    );
}

#[test]
fn on_monday_morning_it_is_still_there() {
    let week = march([2, 3, 4, 5, 6]);
    let monday = date(2026, 3, 9);
    let streak = streak(&week, &utc(), RestDays::WEEKEND, monday);
    assert_eq!((streak.days, streak.today), (5, false));
    assert_eq!(streak.since, Some(date(2026, 3, 2)));
}

#[test]
fn a_day_that_arrives_late_repairs_it() {
    let broken = march([2, 3, 5, 6]);
    let friday = date(2026, 3, 6);
    assert_eq!(length(&broken, RestDays::NONE, friday), 2);
    assert_eq!(length(&march([2, 3, 4, 5, 6]), RestDays::NONE, friday), 5);
}

#[test]
fn nothing_is_no_streak() {
    assert_eq!(
        streak(
            &BTreeMap::new(),
            &utc(),
            RestDays::WEEKEND,
            date(2026, 3, 7)
        ),
        Streak::default()
    );
    assert!(
        RestDays::new(1..=7).is_none(),
        "seven free days keep nothing up"
    );
    assert!(RestDays::new([8]).is_none());
    assert_eq!(RestDays::new([6, 7]), Some(RestDays::WEEKEND));
}

/// Evidence at these moments, and the streak at the last of them.
fn streak_of(zones: &Zones, moments: &[&str]) -> Streak {
    let moments: Vec<Timestamp> = moments
        .iter()
        .map(|moment| moment.parse().expect("a moment"))
        .collect();
    let done: Vec<_> = moments.iter().map(|at| (*at, Done::Activity)).collect();
    let today = zones.day(*moments.last().expect("a moment"));
    streak(&days(zones, &[], &done), zones, RestDays::NONE, today)
}

#[test]
fn crossing_time_zones_does_not_break_it() {
    // In the morning of Monday in New York, late on Tuesday there; the next morning they move to Shanghai. Sorted by
    // Shanghai's clock alone, there was nothing on Tuesday.
    let moved = "2026-05-06T14:00:00Z".parse().expect("a moment");
    let zones = Zones::new(
        zone("America/New_York"),
        vec![(moved, zone("Asia/Shanghai"))],
    );
    let moments = [
        "2026-05-04T12:00:00Z",
        "2026-05-06T02:00:00Z",
        "2026-05-06T15:00:00Z",
        "2026-05-07T12:00:00Z",
    ];
    assert_eq!(streak_of(&zones, &moments).days, 4);
    // Monday in Los Angeles, then Wednesday in Auckland: there was no Tuesday to speak of.
    let landed = "2026-05-05T19:00:00Z".parse().expect("a moment");
    let zones = Zones::new(
        zone("America/Los_Angeles"),
        vec![(landed, zone("Pacific/Auckland"))],
    );
    let moments = ["2026-05-05T03:00:00Z", "2026-05-06T05:00:00Z"];
    assert_eq!(streak_of(&zones, &moments).days, 2);
    // Back: Tuesday in Auckland, then it is Monday again in Los Angeles.
    let landed = "2026-05-05T03:00:00Z".parse().expect("a moment");
    let zones = Zones::new(
        zone("Pacific/Auckland"),
        vec![(landed, zone("America/Los_Angeles"))],
    );
    let moments = [
        "2026-05-04T09:00:00Z",
        "2026-05-04T20:00:00Z",
        "2026-05-05T04:00:00Z",
    ];
    let streak = streak_of(&zones, &moments);
    assert_eq!((streak.days, streak.today), (2, true));
}

#[test]
fn daylight_saving_does_not_break_it() {
    let zones = Zones::always(zone("Europe/Berlin"));
    // Half past eleven in the evening, before and after each change.
    let spring = [
        "2026-03-27T22:30:00Z",
        "2026-03-28T22:30:00Z",
        "2026-03-29T21:30:00Z",
        "2026-03-30T21:30:00Z",
    ];
    let autumn = [
        "2026-10-23T21:30:00Z",
        "2026-10-24T21:30:00Z",
        "2026-10-25T22:30:00Z",
        "2026-10-26T22:30:00Z",
    ];
    assert_eq!(streak_of(&zones, &spring).days, 4);
    assert_eq!(streak_of(&zones, &autumn).days, 4);
}

#[test]
fn weeks_run_from_monday_to_sunday() {
    let weeks = weeks(&march([3, 5]), RestDays::WEEKEND, date(2026, 3, 5), 2);
    let states = weeks[1].map(|mark| mark.state);
    use DayState::{Ahead, Done, Empty, Rest};
    assert_eq!(states, [Empty, Done, Empty, Done, Ahead, Rest, Rest]);
    assert_eq!(weeks[0][0].date, date(2026, 2, 23));
    assert_eq!(weeks[1][6].date, date(2026, 3, 8));
}

fn any_days() -> impl Strategy<Value = BTreeMap<Date, Day>> {
    prop::collection::btree_set(0..60_i64, 0..60).prop_map(|offsets| {
        let day = |offset: i64| (date(2026, 1, 1) + offset.days(), COUNTS);
        offsets.into_iter().map(day).collect()
    })
}

fn any_rest() -> impl Strategy<Value = RestDays> {
    (0..127_u8).prop_map(|bits| RestDays::from_bits(bits).expect("not all seven"))
}

proptest! {
    #[test]
    fn more_evidence_never_shortens_it(days in any_days(), more in any_days(), rest in any_rest(), today in 0..70_i64) {
        let today = date(2026, 1, 1) + today.days();
        let all = days.iter().chain(&more).map(|(date, day)| (*date, *day)).collect();
        prop_assert!(length(&all, rest, today) >= length(&days, rest, today));
        prop_assert!(length(&days, rest, today) as usize <= days.len());
    }

    #[test]
    fn more_rest_never_shortens_it(days in any_days(), rest in any_rest(), more in any_rest(), today in 0..70_i64) {
        let today = date(2026, 1, 1) + today.days();
        if let Some(both) = RestDays::from_bits(rest.bits() | more.bits()) {
            prop_assert!(length(&days, both, today) >= length(&days, rest, today));
        }
    }

    #[test]
    fn today_breaks_nothing_as_long_as_it_lasts(days in any_days(), rest in any_rest(), today in 1..70_i64) {
        let today = date(2026, 1, 1) + today.days();
        let yesterday = today.yesterday().expect("a day");
        let until: BTreeMap<_, _> = days.range(..today).map(|(date, day)| (*date, *day)).collect();
        if until.contains_key(&yesterday) {
            prop_assert_eq!(length(&until, rest, today), length(&until, rest, yesterday));
        }
    }

    #[test]
    fn every_evening_makes_a_streak_in_every_zone(
        name in prop::sample::select(vec!["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Sydney", "Asia/Beirut"]),
        start in 0..4_000_i64,
        minutes in prop::collection::vec(0..1_439_i16, 1..40),
    ) {
        let zone = zone(name);
        let first = date(2015, 1, 1) + start.days();
        let moments: Vec<Timestamp> = (0_i64..).zip(&minutes).map(|(day, minute)| {
            let time = (first + day.days()).at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
            zone.to_zoned(time).expect("a moment").timestamp()
        }).collect();
        let zones = Zones::always(zone);
        let done: Vec<_> = moments.iter().map(|at| (*at, Done::Lesson)).collect();
        let today = zones.day(*moments.last().expect("one"));
        let streak = streak(&days(&zones, &[], &done), &zones, RestDays::NONE, today);
        prop_assert_eq!(streak.days as usize, minutes.len());
    }

    #[test]
    fn a_record_sums_to_its_evidence(stretches in prop::collection::vec((0..5_000_000_000_i64, 1..7_200_000_i64), 0..20)) {
        let moment = |ms| Timestamp::from_millisecond(ms).expect("a moment");
        let active: Vec<_> = stretches.iter().map(|(from, length)| (moment(*from), moment(from + length))).collect();
        let sum: i64 = stretches.iter().map(|(_, length)| length).sum();
        let totals: Totals = days(&Zones::always(zone("Europe/Berlin")), &active, &[]).into_values().collect();
        prop_assert_eq!(SignedDuration::from_millis(totals.active_ms as i64), SignedDuration::from_millis(sum));
    }
}
