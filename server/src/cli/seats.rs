//! How many places a course has.

use backend::{Backend, Error};
use clap::Args;
use domain::ids::Slug;
use serde::Serialize;

use super::rules::report;

#[derive(Debug, Args)]
pub struct SeatsCommand {
    /// The course's slug
    course: Slug,
    /// A number, or `unlimited`. Who has a place keeps it, also beyond the number
    #[arg(value_name = "N|unlimited", value_parser = places)]
    places: Places,
    /// Report as one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places(Option<i64>);

fn places(text: &str) -> Result<Places, String> {
    if text == "unlimited" {
        return Ok(Places(None));
    }
    match text.parse() {
        Ok(count) if count >= 0 => Ok(Places(Some(count))),
        _ => Err("a whole number, zero or more, or `unlimited`".to_owned()),
    }
}

#[derive(Serialize)]
struct Set<'a> {
    course: &'a Slug,
    /// `null`: any number.
    seats: Option<i64>,
}

impl SeatsCommand {
    pub async fn run(self, backend: &Backend) -> Result<(), Error> {
        let (course, Places(seats)) = (&self.course, self.places);
        let set = backend.set_seats(course, seats).await;
        set.map_err(|error| match error {
            Error::NotFound => Error::Setup(format!("there is no course {course}")),
            other => other,
        })?;
        let said = match seats {
            Some(seats) => format!("{course} has {seats} places."),
            None => format!("{course} has any number of places."),
        };
        report(&Set { course, seats }, self.json, || vec![said])
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, places};

    #[test]
    fn places_are_a_number_or_unlimited() {
        assert_eq!(places("20"), Ok(Places(Some(20))));
        assert_eq!(places("0"), Ok(Places(Some(0))));
        assert_eq!(places("unlimited"), Ok(Places(None)));
        for wrong in ["-1", "", "many", "1.5"] {
            assert!(places(wrong).is_err(), "{wrong}");
        }
    }
}
