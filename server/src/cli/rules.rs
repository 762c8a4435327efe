//! Arguments that coupons and promotions share.

use std::{
    collections::BTreeSet,
    io::{ErrorKind, Write},
};

use backend::Error;
use clap::Args;
use domain::{
    Timestamp,
    checkout::{Off, Scope, Window},
    ids::Slug,
    money::{Currency, Money},
};
use jiff::{civil::Date, tz::TimeZone};

/// By how much a price is lowered.
#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "off")]
pub struct OffArgs {
    /// Percent off, 1 to 100
    #[arg(long, value_name = "P")]
    percent: Option<u8>,
    /// Amount off as a decimal, e.g. 20.00; never more than there is to pay
    #[arg(long, value_name = "A", requires = "currency")]
    amount: Option<String>,
    /// The price becomes this, where it is higher
    #[arg(long, value_name = "A", requires = "currency")]
    to: Option<String>,
}

impl OffArgs {
    pub fn read(&self, cap: Option<&str>, currency: Option<&str>) -> Result<Off, Error> {
        let minor = |amount: &str| minor(amount, currency);
        match (self.percent, &self.amount, &self.to) {
            (_, Some(amount), _) => Ok(Off::Amount {
                minor: minor(amount)?,
            }),
            (_, _, Some(amount)) => Ok(Off::To {
                minor: minor(amount)?,
            }),
            (percent, None, None) => Ok(Off::Percent {
                percent: percent.unwrap_or_default(),
                cap: cap.map(minor).transpose()?,
            }),
        }
    }
}

/// Courses that a rule is about.
#[derive(Debug, Args)]
pub struct ScopeArgs {
    /// Only for these courses [default: all]
    #[arg(long, value_name = "SLUG", num_args = 1.., conflicts_with = "all_but")]
    course: Vec<Slug>,
    /// For all courses but these
    #[arg(long, value_name = "SLUG", num_args = 1..)]
    all_but: Vec<Slug>,
}

impl ScopeArgs {
    pub fn read(self) -> Scope {
        let set = |slugs: Vec<Slug>| slugs.into_iter().collect::<BTreeSet<_>>();
        match (self.course.is_empty(), self.all_but.is_empty()) {
            (true, true) => Scope::All,
            (false, _) => Scope::These(set(self.course)),
            (true, false) => Scope::AllBut(set(self.all_but)),
        }
    }
}

/// When a rule holds.
#[derive(Clone, Copy, Debug, Args)]
pub struct WindowArgs {
    /// From then on: a moment (2026-03-01T08:00:00+08:00) or a day in UTC (2026-03-01)
    #[arg(long, value_name = "T", value_parser = start)]
    starts: Option<Timestamp>,
    /// Until just before that moment, or to the end of that day in UTC
    #[arg(long, value_name = "T", value_parser = end)]
    ends: Option<Timestamp>,
}

impl WindowArgs {
    pub fn read(self) -> Window {
        Window {
            starts: self.starts,
            ends: self.ends,
        }
    }
}

/// An amount in minor units of the currency that goes with it.
pub fn minor(amount: &str, currency: Option<&str>) -> Result<i64, Error> {
    let code = currency.ok_or_else(|| Error::Setup("an amount needs --currency".to_owned()))?;
    let money = Money::parse(amount, code).map_err(|error| Error::Setup(error.to_string()))?;
    Ok(money.minor)
}

/// # Errors
/// For a code that is none.
pub fn currency(code: Option<&str>) -> Result<Option<Currency>, Error> {
    let read = |code: &str| {
        let unknown = || Error::Setup(format!("{code} is not an ISO 4217 currency code"));
        Currency::from_code(code).ok_or_else(unknown)
    };
    code.map(read).transpose()
}

fn start(text: &str) -> Result<Timestamp, String> {
    moment(text, Some)
}

fn end(text: &str) -> Result<Timestamp, String> {
    moment(text, |day| day.tomorrow().ok())
}

fn moment(text: &str, of_day: fn(Date) -> Option<Date>) -> Result<Timestamp, String> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let day = text.parse().ok().and_then(of_day);
    let midnight = day.and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    midnight.map(|zoned| zoned.timestamp()).ok_or_else(|| {
        "write a moment such as 2026-03-01T08:00:00+08:00, or a day such as 2026-03-01".to_owned()
    })
}

/// What a rule lowers, for people.
pub fn said(off: Off, currency: Option<Currency>) -> String {
    let amount = |minor| decimal(minor, currency);
    match off {
        Off::Percent { percent, cap: None } => format!("{percent} % off"),
        Off::Percent {
            percent,
            cap: Some(cap),
        } => format!("{percent} % off, at most {}", amount(cap)),
        Off::Amount { minor } => format!("{} off", amount(minor)),
        Off::To { minor } => format!("for {}", amount(minor)),
    }
}

pub fn decimal(minor: i64, currency: Option<Currency>) -> String {
    match currency {
        Some(currency) => {
            let money = Money { minor, currency };
            format!("{} {}", currency.code(), money.decimal())
        }
        None => minor.to_string(),
    }
}

pub fn said_window(window: Window) -> String {
    let at = |moment: Option<Timestamp>, otherwise: &str| {
        moment.map_or_else(|| otherwise.to_owned(), |moment| format!("{moment:.0}"))
    };
    format!(
        "{} to {}",
        at(window.starts, "always"),
        at(window.ends, "further notice")
    )
}

/// A reader that has seen enough, such as `head`, is no error. Whether it wants more.
pub fn print(text: &str) -> Result<bool, Error> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Error::Setup(format!("cannot print the report: {error}"))),
    }
}

/// One JSON document, or lines for people.
pub fn report<T: serde::Serialize>(
    value: &T,
    json: bool,
    lines: impl FnOnce() -> Vec<String>,
) -> Result<(), Error> {
    let text = if json {
        let mut document = serde_json::to_value(value).map_err(Error::internal)?;
        write_windows(&mut document);
        serde_json::to_string_pretty(&document).map_err(Error::internal)?
    } else {
        lines().join("\n")
    };
    let end = if text.is_empty() { "" } else { "\n" };
    print(&format!("{text}{end}")).map(drop)
}

/// Windows are kept as microseconds; who reads a report gets moments.
fn write_windows(document: &mut serde_json::Value) {
    match document {
        serde_json::Value::Array(items) => items.iter_mut().for_each(write_windows),
        serde_json::Value::Object(fields) => {
            for (name, field) in fields {
                match (name.as_str(), field.as_object_mut()) {
                    ("window", Some(window)) => {
                        for moment in window.values_mut() {
                            let at = moment.as_i64().map(Timestamp::from_microsecond);
                            if let Some(Ok(at)) = at {
                                *moment = at.to_string().into();
                            }
                        }
                    }
                    _ => write_windows(field),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{end, start};

    #[test]
    fn a_day_is_meant_whole() {
        let text =
            |moment: Result<domain::Timestamp, String>| moment.map(|moment| moment.to_string());
        assert_eq!(
            text(start("2026-03-01")),
            Ok("2026-03-01T00:00:00Z".to_owned())
        );
        assert_eq!(
            text(end("2026-03-31")),
            Ok("2026-04-01T00:00:00Z".to_owned())
        );
        assert_eq!(
            text(end("2026-03-31T12:00:00+08:00")),
            Ok("2026-03-31T04:00:00Z".to_owned())
        );
        assert!(start("tomorrow").is_err());
    }
}
