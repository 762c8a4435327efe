//! Tables of TOML. All that is wrong with one is told, each mistake with its line, where deserialising would stop
//! at the first.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use super::log::Log;

/// A value and the line it stands on.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    pub line: usize,
    pub value: T,
}

/// Turns offsets in a piece of a file into the file's lines.
#[derive(Debug)]
struct Lines {
    first: usize,
    breaks: Vec<usize>,
}

impl Lines {
    fn new(source: &str, first: usize) -> Self {
        Self {
            first,
            breaks: source.match_indices('\n').map(|(at, _)| at).collect(),
        }
    }

    fn of(&self, span: &Range<usize>) -> usize {
        self.first + self.breaks.partition_point(|at| *at < span.start)
    }
}

/// A table of which one key after the other is taken. What remains at the end is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    log: &'a Log,
    lines: &'a Lines,
    line: Option<usize>,
    table: DeTable<'a>,
    known: Vec<&'static str>,
}

/// Reads TOML whose first line is line `first` of the log's file. `line` is named where something is missing.
/// `None` when it is no TOML at all.
pub fn read<T>(
    source: &str,
    first: usize,
    line: Option<usize>,
    log: &Log,
    take: impl FnOnce(&mut Fields<'_>) -> T,
) -> Option<T> {
    let lines = Lines::new(source, first);
    match DeTable::parse(source) {
        Ok(table) => Some(taken(log, &lines, line, table.into_inner(), take)),
        Err(error) => {
            let line = error.span().map(|span| lines.of(&span));
            log.say(line, format!("this is no valid TOML: {}", error.message()));
            None
        }
    }
}

fn taken<T>(
    log: &Log,
    lines: &Lines,
    line: Option<usize>,
    table: DeTable<'_>,
    take: impl FnOnce(&mut Fields<'_>) -> T,
) -> T {
    let mut fields = Fields {
        log,
        lines,
        line,
        table,
        known: Vec::new(),
    };
    let value = take(&mut fields);
    let known = fields.known.join(", ");
    for key in fields.table.keys() {
        let line = lines.of(&key.span());
        log.say(
            line,
            format!("`{}` is not known here; known are {known}", key.get_ref()),
        );
    }
    value
}

impl<'a> Fields<'a> {
    /// Where the table stands.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Says that something is wrong with the whole table.
    pub fn say(&self, message: impl Into<String>) {
        self.log.say(self.line, message);
    }

    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        self.string(key, value)
    }

    /// A text that has to be there. It may be empty where nothing can be said.
    pub fn needed(&mut self, key: &'static str) -> Option<At<String>> {
        if !self.table.contains_key(key) {
            self.say(format!("`{key}` is missing: add a line {key} = \"…\""));
        }
        self.text(key)
    }

    /// A text that has to be there and to say something.
    pub fn said(&mut self, key: &'static str) -> String {
        let text = self.needed(key);
        if let Some(At { line, value }) = &text
            && value.trim().is_empty()
        {
            self.log.say(*line, format!("`{key}` is empty"));
        }
        text.map(|text| text.value).unwrap_or_default()
    }

    /// A whole number from 1.
    pub fn count(&mut self, key: &'static str) -> Option<u32> {
        self.whole(key, 1)
    }

    /// A whole number from 0.
    pub fn weight(&mut self, key: &'static str) -> Option<u32> {
        self.whole(key, 0)
    }

    fn whole(&mut self, key: &'static str, least: u32) -> Option<u32> {
        let read = |value: &DeValue<'_>| {
            let digits = value.as_integer()?;
            let number = u32::from_str_radix(digits.as_str(), digits.radix()).ok();
            number.filter(|number| *number >= least)
        };
        let wanted = format!("a whole number from {least}");
        let number = self.take(key, &wanted, |value| read(&value).ok_or(value))?;
        Some(number.value)
    }

    pub fn number(&mut self, key: &'static str) -> Option<f64> {
        let read = |value: &DeValue<'_>| match value {
            DeValue::Integer(digits) if digits.radix() == 10 => digits.as_str().parse().ok(),
            DeValue::Float(digits) => digits.as_str().parse().ok(),
            _ => None,
        };
        let number = self.take(key, "a number", |value| read(&value).ok_or(value))?;
        Some(number.value)
    }

    pub fn flag(&mut self, key: &'static str) -> Option<bool> {
        let read = |value: &DeValue<'_>| value.as_bool();
        let flag = self.take(key, "true or false", |value| read(&value).ok_or(value))?;
        Some(flag.value)
    }

    /// A list of texts; empty if it is not there.
    pub fn texts(&mut self, key: &'static str) -> Vec<String> {
        let found = self.take(key, "a list like [\"…\", \"…\"]", list);
        let items = found.into_iter().flat_map(|found| found.value);
        let texts = items.map(|item| self.string(key, item));
        texts.flatten().map(|text| text.value).collect()
    }

    /// A table of texts under names that the author chooses; empty if it is not there.
    pub fn named(&mut self, key: &'static str) -> Vec<(String, At<String>)> {
        let found = self.take(key, &format!("a table: write {key}.NAME = \"…\""), table);
        let items = found.into_iter().flat_map(|found| found.value);
        let texts = items.map(|(name, value)| {
            let value = self.string(key, value)?;
            self.log.refuse_controls(value.line, name.get_ref());
            Some((name.into_inner().into_owned(), value))
        });
        texts.flatten().collect()
    }

    pub fn table<T>(
        &mut self,
        key: &'static str,
        take: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<T> {
        let found = self.take(key, &format!("a table [{key}]"), table)?;
        Some(taken(
            self.log,
            self.lines,
            Some(found.line),
            found.value,
            take,
        ))
    }

    /// The tables of a list `[[key]]`, with their lines; empty if it is not there.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        take: impl Fn(&mut Fields<'_>) -> T,
    ) -> Vec<At<T>> {
        let wanted = format!("one or more tables [[{key}]]");
        let found = self.take(key, &wanted, list);
        let items = found.into_iter().flat_map(|found| found.value);
        let tables = items.map(|item| {
            let At { line, value } = self.convert(key, item, &wanted, table)?;
            let value = taken(self.log, self.lines, Some(line), value, &take);
            Some(At { line, value })
        });
        tables.flatten().collect()
    }

    /// A text, after it was said if it holds what none may hold.
    fn string(&self, key: &str, value: Spanned<DeValue<'a>>) -> Option<At<String>> {
        let found = self.convert(key, value, "text between quotes", text)?;
        self.log.refuse_controls(found.line, &found.value);
        Some(found)
    }

    /// Takes a value out of the table, if it is there and of the type that is wanted.
    fn take<T>(
        &mut self,
        key: &'static str,
        wanted: &str,
        convert: impl FnOnce(DeValue<'a>) -> Result<T, DeValue<'a>>,
    ) -> Option<At<T>> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        self.convert(key, value, wanted, convert)
    }

    fn convert<T>(
        &self,
        key: &str,
        value: Spanned<DeValue<'a>>,
        wanted: &str,
        convert: impl FnOnce(DeValue<'a>) -> Result<T, DeValue<'a>>,
    ) -> Option<At<T>> {
        let line = self.lines.of(&value.span());
        match convert(value.into_inner()) {
            Ok(value) => Some(At { line, value }),
            Err(value) => {
                let found = described(&value);
                self.log
                    .say(line, format!("`{key}` is {found}, but has to be {wanted}"));
                None
            }
        }
    }
}

fn text(value: DeValue<'_>) -> Result<String, DeValue<'_>> {
    match value {
        DeValue::String(text) => Ok(text.into_owned()),
        other => Err(other),
    }
}

fn list<'a>(value: DeValue<'a>) -> Result<DeArray<'a>, DeValue<'a>> {
    match value {
        DeValue::Array(items) => Ok(items),
        other => Err(other),
    }
}

fn table<'a>(value: DeValue<'a>) -> Result<DeTable<'a>, DeValue<'a>> {
    match value {
        DeValue::Table(table) => Ok(table),
        other => Err(other),
    }
}

fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "text".to_owned(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
