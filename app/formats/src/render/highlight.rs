//! Code in colours: classes for the style sheet, one a token.

use std::{borrow::Cow, collections::HashMap, fmt, sync::LazyLock};

use comrak::adapters::SyntaxHighlighterAdapter;
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

use super::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scopes that have a colour; the innermost decides.
const COLOURED: [&str; 9] = [
    "comment",
    "string",
    "keyword",
    "storage",
    "entity",
    "constant",
    "variable",
    "support",
    "punctuation",
];

/// Longer code stays plain: highlighting takes a regular expression at every step.
const MAX_CODE: usize = 100_000;

pub struct Highlighter;

impl SyntaxHighlighterAdapter for Highlighter {
    fn write_highlighted(
        &self,
        output: &mut dyn fmt::Write,
        language: Option<&str>,
        code: &str,
    ) -> fmt::Result {
        let token = language
            .and_then(|language| language.split([' ', ',', '{']).next())
            .unwrap_or_default();
        // The shell's sessions are what most courses show under these names.
        let token = if matches!(token, "shell" | "console" | "terminal") {
            "sh"
        } else {
            token
        };
        match SYNTAXES
            .find_syntax_by_token(token)
            .filter(|_| code.len() <= MAX_CODE && !token.is_empty())
        {
            Some(syntax) => match coloured(code, ParseState::new(syntax)) {
                Some(html) => output.write_str(&html),
                None => output.write_str(&escape(code)),
            },
            None => output.write_str(&escape(code)),
        }
    }

    fn write_pre_tag(
        &self,
        output: &mut dyn fmt::Write,
        _attributes: HashMap<&'static str, Cow<'_, str>>,
    ) -> fmt::Result {
        output.write_str("<pre>")
    }

    fn write_code_tag(
        &self,
        output: &mut dyn fmt::Write,
        attributes: HashMap<&'static str, Cow<'_, str>>,
    ) -> fmt::Result {
        match attributes.get("data-math-style") {
            Some(style) => write!(output, "<code data-math-style=\"{}\">", escape(style)),
            None => output.write_str("<code>"),
        }
    }
}

fn coloured(code: &str, mut state: ParseState) -> Option<String> {
    let mut stack = ScopeStack::new();
    let mut html = String::new();
    for line in syntect::util::LinesWithEndings::from(code) {
        let mut from = 0;
        for (to, operation) in state.parse_line(line, &SYNTAXES).ok()? {
            token(&mut html, &stack, &line[from..to]);
            from = to;
            stack.apply(&operation).ok()?;
        }
        token(&mut html, &stack, &line[from..]);
    }
    Some(html)
}

fn token(html: &mut String, stack: &ScopeStack, text: &str) {
    if text.is_empty() {
        return;
    }
    let class = stack.as_slice().iter().rev().find_map(|scope| {
        let name = scope.build_string();
        let first = name.split('.').next().unwrap_or_default();
        COLOURED.iter().find(|class| **class == first)
    });
    match class.filter(|_| !text.trim().is_empty()) {
        Some(class) => html.push_str(&format!(
            "<span class=\"hl-{class}\">{}</span>",
            escape(text)
        )),
        None => html.push_str(&escape(text)),
    }
}
