//! The line that opens a block, e.g. `question choice #where concepts=index weight=2`.

use toml::de::DeValue;

use super::log::Log;

/// What stands behind the colons. Words and attributes are taken from it one by one.
#[derive(Debug)]
pub struct Head {
    pub line: usize,
    words: Vec<String>,
    id: Option<String>,
    pairs: Vec<(String, String)>,
}

impl Head {
    pub fn read(text: &str, line: usize, log: &Log) -> Self {
        let mut head = Self {
            line,
            words: Vec::new(),
            id: None,
            pairs: Vec::new(),
        };
        let mut rest = text.trim();
        while !rest.is_empty() {
            match head.next(rest, log) {
                Ok(behind) => rest = behind.trim_start(),
                Err(message) => {
                    log.say(line, message);
                    break;
                }
            }
        }
        head
    }

    /// Reads one word, `#id` or `name=value`, and gives what is behind it.
    fn next<'a>(&mut self, text: &'a str, log: &Log) -> Result<&'a str, String> {
        if let Some(behind) = text.strip_prefix('#') {
            let (id, rest) = value(behind)?;
            log.refuse_controls(self.line, &id);
            if id.trim().is_empty() {
                return Err("an id is missing behind #".to_owned());
            }
            if let Some(other) = self.id.replace(id) {
                return Err(format!("there are two ids, one of them #{other}"));
            }
            return Ok(rest);
        }
        let end = text
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        let Some(behind) = rest.strip_prefix('=') else {
            self.words.push(word.to_owned());
            return Ok(rest);
        };
        let (value, rest) = value(behind)?;
        log.refuse_controls(self.line, &value);
        if self.pairs.iter().any(|(name, _)| name == word) {
            return Err(format!("`{word}` is there twice"));
        }
        self.pairs.push((word.to_owned(), value));
        Ok(rest)
    }

    pub fn word(&mut self) -> Option<String> {
        (!self.words.is_empty()).then(|| self.words.remove(0))
    }

    pub fn id(&mut self) -> Option<String> {
        self.id.take()
    }

    pub fn value(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(known, _)| known == name)?;
        Some(self.pairs.remove(at).1)
    }

    /// Says what nobody asked for.
    pub fn finish(self, log: &Log) {
        let id = self.id.map(|id| format!("#{id}"));
        let names = self.pairs.into_iter().map(|(name, _)| format!("{name}=…"));
        for unknown in self.words.into_iter().chain(id).chain(names) {
            log.say(self.line, format!("`{unknown}` is not known in this place"));
        }
    }
}

/// A value at the start of a text, and what is behind it.
fn value(text: &str) -> Result<(String, &str), String> {
    if !text.starts_with('"') {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        let (word, rest) = text.split_at(end);
        return Ok((word.to_owned(), rest));
    }
    let mut escaped = false;
    let end = text[1..].find(|c: char| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let end = end.ok_or("a quoted value does not end: it needs a second \"")? + 2;
    let (quoted, rest) = text.split_at(end);
    match DeValue::parse(quoted).map(toml::Spanned::into_inner) {
        Ok(DeValue::String(value)) if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
            Ok((value.into_owned(), rest))
        }
        Ok(_) => Err(format!("a space is missing behind {quoted}")),
        Err(error) => Err(format!("{quoted} is no valid string: {}", error.message())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Head, String) {
        let log = Log::new("a.md");
        let head = Head::read(text, 7, &log);
        let problems = crate::Problems(log.into_problems());
        (head, problems.to_string())
    }

    #[test]
    fn words_id_and_attributes() {
        let (mut head, problems) =
            read(r#" question choice #a-b title="Say \"hi\" = #x" weight=2 "#);
        assert_eq!(problems, "");
        assert_eq!(head.word().as_deref(), Some("question"));
        assert_eq!(head.word().as_deref(), Some("choice"));
        assert_eq!(head.word(), None);
        assert_eq!(head.id().as_deref(), Some("a-b"));
        assert_eq!(head.value("title").as_deref(), Some("Say \"hi\" = #x"));
        assert_eq!(head.value("weight").as_deref(), Some("2"));
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("quiz #", "an id is missing behind #"),
            ("quiz #a #b", "there are two ids, one of them #a"),
            ("quiz pass=1 pass=2", "`pass` is there twice"),
            (
                "quiz title=\"a",
                "a quoted value does not end: it needs a second \"",
            ),
            ("quiz title=\"a\"b", "a space is missing behind \"a\""),
        ] {
            assert_eq!(read(text).1, format!("a.md:7: {message}"));
        }
        let log = Log::new("a.md");
        Head::read("quiz of #a b=c", 1, &log).finish(&log);
        assert_eq!(log.into_problems().len(), 4);
    }
}
