//! A learner's days: the week, the streak, the calendar.

use domain::study::{Date, DayMark, DayState, Record, Totals, weekday};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    i18n, t,
    ui::{Chart, Drawing},
    visit::locale,
};

/// A learner's record, with the picture of this week.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MyRecord {
    pub record: Record,
    pub week: Drawing,
}

#[server]
pub async fn my_days() -> Result<MyRecord, AppError> {
    let user = crate::server::learner()?;
    let zone = crate::visit::Visit::current().zone;
    // The calendar shows half a year.
    let reach = backend::study::Reach::Everything { weeks: 26 };
    let record = crate::server::backend()?
        .record(&user, zone.as_deref(), reach)
        .await?;
    let week = crate::server::chart::week(&record);
    Ok(MyRecord { record, week })
}

/// This week alone, for the front page.
#[server]
pub async fn my_week() -> Result<Record, AppError> {
    let user = crate::server::learner()?;
    let zone = crate::visit::Visit::current().zone;
    let reach = backend::study::Reach::Weeks(1);
    Ok(crate::server::backend()?
        .record(&user, zone.as_deref(), reach)
        .await?)
}

fn name(date: Date) -> String {
    t!(format!("weekday-{}", weekday(date)).as_str())
}

pub fn short_name(date: Date) -> String {
    t!(format!("weekday-short-{}", weekday(date)).as_str())
}

/// Hours and minutes in words.
pub fn time(milliseconds: u64) -> String {
    let minutes = match milliseconds {
        0 => 0,
        ms => (ms / 60_000).max(1),
    };
    t!("study-time", "hours" => minutes / 60, "minutes" => minutes % 60)
}

fn lessons(count: u32) -> String {
    t!("study-lessons", "count" => count)
}

/// A week as a trail of seven blazes.
#[component]
pub fn WeekTrail(week: [DayMark; 7], today: Date) -> impl IntoView {
    let days = week.map(|mark| {
        let state = match mark.state {
            DayState::Done => "done",
            DayState::Begun => "begun",
            DayState::Rest => "rest",
            DayState::Today => "here",
            DayState::Empty | DayState::Ahead => "ahead",
        };
        let told = format!(
            "{}{}{}",
            name(mark.date),
            t!("list-colon"),
            told(mark, today)
        );
        view! {
            <li class="week-day" aria-current=(mark.date == today).then_some("date")>
                <span class="blaze" data-state=state aria-hidden="true"></span>
                <span class="week-name" aria-hidden="true">{short_name(mark.date)}</span>
                <span class="visually-hidden">{told}</span>
            </li>
        }
    });
    view! { <ol class="week" aria-label=t!("this-week")>{days.collect_view()}</ol> }
}

fn told(mark: DayMark, today: Date) -> String {
    let state = match mark.state {
        DayState::Rest => t!("day-rest"),
        DayState::Ahead => t!("day-ahead"),
        DayState::Today => t!("day-today"),
        DayState::Empty => t!("day-empty"),
        DayState::Done if mark.date == today => t!("day-done-today"),
        DayState::Done => t!("day-done"),
        DayState::Begun => t!("day-begun"),
    };
    if mark.day.active_ms == 0 && mark.day.lessons == 0 {
        return state;
    }
    let parts = [state, time(mark.day.active_ms), lessons(mark.day.lessons)];
    parts.join(&t!("list-comma"))
}

/// Days in a row, where they come from, and what keeps them.
#[component]
pub fn StreakLine(record: Record) -> impl IntoView {
    let streak = record.streak?;
    let rests = record.settings.rest.has(weekday(record.today));
    let next = match (streak.today, streak.days, rests) {
        (true, ..) => t!("streak-today-done"),
        (false, 0, _) => t!("streak-begin"),
        (false, _, true) => t!("streak-today-rest"),
        (false, _, false) => t!("streak-today-open"),
    };
    let since = streak
        .since
        .filter(|_| streak.days > 1)
        .map(|since| t!("streak-since", "date" => i18n::day(locale(), since)));
    Some(view! {
        <div class="streak">
            <p class="figure">
                <b data-testid="streak-days">{streak.days}</b>
                " "
                <span>{t!("streak-days", "count" => streak.days)}</span>
            </p>
            <p class="streak-note">{since}" "{next}</p>
        </div>
    })
}

/// What this week was, in numbers.
#[component]
fn WeekFigures(totals: Totals) -> impl IntoView {
    view! {
        <dl class="figures">
            <div class="figure"><dt>{t!("week-time")}</dt><dd>{time(totals.active_ms)}</dd></div>
            <div class="figure"><dt>{t!("week-lessons")}</dt><dd>{totals.lessons}</dd></div>
        </dl>
    }
}

/// This week on "my learning": figures, streak, trail and picture, with the same in a table.
#[component]
pub fn ThisWeek(mine: MyRecord) -> impl IntoView {
    let MyRecord { record, week } = mine;
    let this = record.weeks.last().copied();
    let rows = this
        .into_iter()
        .flatten()
        .filter(|mark| mark.date <= record.today)
        .map(|mark| {
            view! {
                <tr>
                    <th scope="row">{name(mark.date)}</th>
                    <td>{time(mark.day.active_ms)}</td>
                    <td>{mark.day.lessons}</td>
                </tr>
            }
        })
        .collect_view();
    let today = record.today;
    let totals = record.this_week();
    view! {
        <section class="page-section" aria-labelledby="this-week">
            <h2 id="this-week">{t!("this-week")}</h2>
            <div class="this-week">
                <div class="this-week-told">
                    <WeekFigures totals/>
                    <StreakLine record=record.clone()/>
                    {this.map(|week| view! { <WeekTrail week today/> })}
                </div>
                <div>
                    <Chart drawing=week/>
                    <p class="chart-key"><span class="chart-key-blaze" aria-hidden="true"></span>{t!("chart-key")}</p>
                    <div class="visually-hidden">
                        <table>
                            <caption>{t!("week-table")}</caption>
                            <thead><tr><th scope="col">{t!("day")}</th><th scope="col">{t!("week-time")}</th><th scope="col">{t!("week-lessons")}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </div>
            </div>
        </section>
    }
}

/// The week in one line, for the front page.
#[component]
pub fn WeekInShort(record: Record) -> impl IntoView {
    let totals = record.this_week();
    let week = record.weeks.last().copied();
    let today = record.today;
    let told = if totals.active_ms == 0 && totals.lessons == 0 {
        t!("week-empty")
    } else {
        format!(
            "{}{}{}",
            time(totals.active_ms),
            t!("list-comma"),
            lessons(totals.lessons)
        )
    };
    let streak = record
        .streak
        .filter(|streak| streak.days > 0)
        .map(|streak| {
            view! {
                <span>
                    <b data-testid="streak-days">{streak.days}</b>
                    " "
                    {t!("streak-days", "count" => streak.days)}
                </span>
            }
        });
    view! {
        <section class="week-short" aria-labelledby="week-title">
            <h2 class="week-short-title" id="week-title"><a href="/learning">{t!("this-week")}</a></h2>
            {week.map(|week| view! { <WeekTrail week today/> })}
            <p class="meta"><span>{told}</span>{streak}</p>
        </section>
    }
}

/// Half a year of days: a table whose fields are as dark as the day was long.
#[component]
pub fn Calendar(record: Record) -> impl IntoView {
    let weeks = &record.weeks;
    let mut month = 0;
    let heads = weeks
        .iter()
        .map(|week| {
            let first = week[0].date;
            // The month stands above the first week that begins in it.
            let label = (first.month() != month).then(|| {
                month = first.month();
                t!(format!("month-short-{month}").as_str())
            });
            view! {
                <th scope="col">
                    <span aria-hidden="true">{label}</span>
                    <span class="visually-hidden">{t!("week-of", "date" => i18n::day(locale(), first))}</span>
                </th>
            }
        })
        .collect_view();
    let rows = (0..7)
        .map(|index| {
            let date = weeks.first().map(|week| week[index].date);
            let fields: Vec<_> = weeks.iter().map(|week| field(week[index], record.today)).collect();
            view! {
                <tr>
                    <th scope="row">
                        <span aria-hidden="true">{date.filter(|_| index % 2 == 0).map(short_name)}</span>
                        <span class="visually-hidden">{date.map(name)}</span>
                    </th>
                    {fields}
                </tr>
            }
        })
        .collect_view();
    let totals = record.totals;
    view! {
        <section class="page-section" aria-labelledby="calendar-title">
            <div class="section-head">
                <h2 id="calendar-title">{t!("calendar")}</h2>
                <a href="/account#learning">{t!("study-settings-link")}</a>
            </div>
            <p class="meta">
                <span>{t!("total-time", "time" => time(totals.active_ms))}</span>
                <span>{lessons(totals.lessons)}</span>
                <span>{t!("total-days", "count" => totals.days)}</span>
                <span>{t!("in-zone", "zone" => record.zone.replace('_', " "))}</span>
            </p>
            <table class="calendar">
                <caption class="visually-hidden">{t!("calendar-caption")}</caption>
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {legend()}
        </section>
    }
}

fn field(mark: DayMark, today: Date) -> AnyView {
    if mark.date > today {
        return view! { <td></td> }.into_any();
    }
    let minutes = t!("minutes", "count" => mark.day.minutes());
    let told = match mark.day.lessons {
        0 => minutes,
        count => format!("{minutes}{}{}", t!("list-comma"), lessons(count)),
    };
    let title = format!(
        "{}{}{told}",
        i18n::day(locale(), mark.date),
        t!("list-colon")
    );
    view! {
        <td data-level=mark.day.level() data-today=(mark.date == today).then_some("true") title=title>
            <span class="visually-hidden">{told}</span>
        </td>
    }
    .into_any()
}

/// What the shades mean. Screen readers have the minutes themselves.
fn legend() -> impl IntoView {
    let steps = [0, 1, 2, 3, 4]
        .map(|level| view! { <span class="calendar-step" data-level=level></span> })
        .collect_view();
    view! { <p class="calendar-legend" aria-hidden="true">{t!("calendar-less")} {steps} {t!("calendar-more")}</p> }
}
