//! Regular expressions that mean a handful of plain answers, written out.

/// More answers than these are no plain answers.
const MAX: usize = 60;

/// Every text that the expression accepts; `None` where it accepts more than a few or is not understood.
#[must_use]
pub fn expand(pattern: &str) -> Option<Vec<String>> {
    let plain = pattern.strip_prefix('^').unwrap_or(pattern);
    let plain = plain
        .strip_suffix('$')
        .filter(|rest| !rest.ends_with('\\'))
        .unwrap_or(plain);
    let mut parser = Parser {
        rest: plain,
        depth: 0,
    };
    let mut texts = parser.alternatives()?;
    if !parser.rest.is_empty() {
        return None;
    }
    for text in &mut texts {
        *text = text.trim().to_owned();
    }
    texts.retain(|text| !text.is_empty());
    let mut seen = std::collections::BTreeSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    (!texts.is_empty()).then_some(texts)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn alternatives(&mut self) -> Option<Vec<String>> {
        self.depth += 1;
        if self.depth > 20 {
            return None;
        }
        let mut all = self.sequence()?;
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            all.extend(self.sequence()?);
        }
        self.depth -= 1;
        (all.len() <= MAX).then_some(all)
    }

    fn sequence(&mut self) -> Option<Vec<String>> {
        let mut texts = vec![String::new()];
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let mut atom = self.atom()?;
            match self.rest.chars().next() {
                Some('?') => {
                    self.next();
                    atom.push(String::new());
                }
                // Spaces may be repeated without end; a single one or none is what people type.
                Some('*') if atom == [" "] => {
                    self.next();
                    atom.push(String::new());
                }
                Some('+') if atom == [" "] => {
                    self.next();
                }
                Some('*' | '+' | '{') => return None,
                _ => {}
            }
            if texts.len() * atom.len() > MAX {
                return None;
            }
            texts = texts
                .iter()
                .flat_map(|text| atom.iter().map(move |end| format!("{text}{end}")))
                .collect();
        }
        Some(texts)
    }

    fn atom(&mut self) -> Option<Vec<String>> {
        match self.next()? {
            '(' => {
                self.rest = self.rest.strip_prefix("?:").unwrap_or(self.rest);
                let inside = self.alternatives()?;
                (self.next()? == ')').then_some(inside)
            }
            '[' => self.class(),
            '\\' => match self.next()? {
                's' => Some(vec![" ".to_owned()]),
                c if c.is_alphanumeric() => None,
                c => Some(vec![c.to_string()]),
            },
            '.' | '*' | '+' | '?' | '{' | '}' | '^' | '$' | ']' => None,
            c => Some(vec![c.to_string()]),
        }
    }

    /// `[abc]`, without ranges and exceptions.
    fn class(&mut self) -> Option<Vec<String>> {
        let (inside, rest) = self.rest.split_once(']')?;
        self.rest = rest;
        let plain = !inside.is_empty() && !inside.contains(['-', '^', '\\', '[']);
        plain.then(|| inside.chars().map(|c| c.to_string()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::expand;

    #[test]
    fn plain_answers_are_written_out() {
        for (pattern, texts) in [
            ("London", vec!["London"]),
            ("^colou?r$", vec!["colour", "color"]),
            ("cat|dog", vec!["cat", "dog"]),
            ("the (big|small) cat", vec!["the big cat", "the small cat"]),
            ("gr[ae]y", vec!["gray", "grey"]),
            ("3\\.5\\s*m", vec!["3.5 m", "3.5m"]),
            ("\\s*x\\s*", vec!["x"]),
        ] {
            assert_eq!(expand(pattern).expect(pattern), texts);
        }
    }

    #[test]
    fn others_are_refused() {
        let many = "(a|b)".repeat(20);
        let deep = "(".repeat(100_000);
        for pattern in [
            "..bble",
            ".*",
            "[a-z]",
            "a+",
            "a{2}",
            "\\d",
            "(a",
            "a)",
            "",
            "[",
            "\\",
            many.as_str(),
            deep.as_str(),
        ] {
            assert_eq!(expand(pattern), None, "{pattern}");
        }
    }
}
