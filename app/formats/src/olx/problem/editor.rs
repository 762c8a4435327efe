//! The Markdown of Studio's simple editor, for problems that are stored in no other form.

use super::super::{
    dom,
    xml::{Child, Element},
};

/// The problem that the text describes.
#[must_use]
pub fn parse(file: &str, text: &str) -> Element {
    let mut root = Element {
        file: file.into(),
        ..Element::new("problem", Vec::new())
    };
    for part in text.split("\n---") {
        root.children.extend(problem(part));
    }
    root
}

/// What a line is.
enum Line<'a> {
    Option {
        right: bool,
        several: bool,
        text: &'a str,
    },
    Answer {
        first: bool,
        text: &'a str,
    },
    Text(&'a str),
}

fn line(line: &str) -> Line<'_> {
    let text = line.trim();
    for (mark, right, several) in [
        ("(x)", true, false),
        ("( )", false, false),
        ("()", false, false),
        ("[x]", true, true),
        ("[ ]", false, true),
        ("[]", false, true),
    ] {
        let start = text
            .get(..mark.len())
            .filter(|start| start.eq_ignore_ascii_case(mark));
        if start.is_some() {
            return Line::Option {
                right,
                several,
                text: text[mark.len()..].trim(),
            };
        }
    }
    for mark in ["s=", "="] {
        if let Some(answer) = text.strip_prefix(mark) {
            return Line::Answer {
                first: true,
                text: answer.trim(),
            };
        }
    }
    match text.strip_prefix("or=") {
        Some(answer) => Line::Answer {
            first: false,
            text: answer.trim(),
        },
        None => Line::Text(text),
    }
}

#[derive(Default)]
struct Parts {
    prompt: String,
    options: Vec<Element>,
    several: bool,
    dropdown: bool,
    answers: Vec<String>,
    explanation: String,
    hints: Vec<Element>,
}

fn problem(text: &str) -> Vec<Child> {
    let mut parts = Parts::default();
    let mut explaining = false;
    let mut inside_dropdown = false;
    for written in text.lines() {
        let trimmed = written.trim();
        if trimmed.eq_ignore_ascii_case("[explanation]") {
            explaining = !explaining;
        } else if explaining {
            parts.explanation.push_str(written);
            parts.explanation.push('\n');
        } else if inside_dropdown || trimmed.starts_with("[[") {
            inside_dropdown = !trimmed.ends_with("]]");
            parts.dropdown = true;
            dropdown(
                trimmed.trim_start_matches("[[").trim_end_matches("]]"),
                &mut parts,
            );
        } else {
            parts.line(written);
        }
    }
    parts.children()
}

/// `(right), wrong, wrong`, on one line or one on each.
fn dropdown(text: &str, parts: &mut Parts) {
    for item in text
        .split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
    {
        let plain = item
            .strip_prefix('(')
            .and_then(|item| item.strip_suffix(')'));
        parts.options.push(option(
            "option",
            plain.is_some(),
            plain.unwrap_or(item),
            "optionhint",
        ));
    }
}

/// `text {{what is said to it}}`
fn option(tag: &str, right: bool, text: &str, hint: &str) -> Element {
    let (text, said) = match text.split_once("{{") {
        Some((text, said)) => (text.trim(), Some(said.trim_end_matches("}}").trim())),
        None => (text, None),
    };
    let mut option = Element::new(tag, html(text));
    option.set("correct", if right { "true" } else { "false" });
    for part in said.into_iter().flat_map(|said| said.split("}, {")) {
        let part = part.trim_matches(['{', '}', ' ']);
        let (selected, part) = match part.split_once(':') {
            Some(("s" | "selected", part)) => (Some("true"), part),
            Some(("u" | "unselected", part)) => (Some("false"), part),
            _ => (None, part),
        };
        let mut element = Element::new(hint, html(part.trim()));
        if let Some(selected) = selected {
            element.set("selected", selected);
        }
        option.children.push(Child::Element(element));
    }
    option
}

/// The editor lets HTML through.
fn html(text: &str) -> Vec<Child> {
    dom::parse("", text)
}

impl Parts {
    fn line(&mut self, written: &str) {
        match line(written) {
            Line::Option {
                right,
                several,
                text,
            } => {
                self.several |= several;
                // `(!x)` and `(@)` are about order, which is not kept.
                self.options
                    .push(option("choice", right, text, "choicehint"));
            }
            Line::Answer { first, text } if first || !self.answers.is_empty() => {
                self.answers
                    .push(text.split("{{").next().unwrap_or(text).trim().to_owned());
            }
            Line::Text(text)
                if text.len() > 4 && text.starts_with("||") && text.ends_with("||") =>
            {
                self.hints
                    .push(Element::new("hint", html(text.trim_matches('|').trim())));
            }
            Line::Text(text) | Line::Answer { text, .. } => {
                // `>>question||description<<`
                let plain = text.replace(">>", "").replace("<<", "").replace("||", " ");
                self.prompt.push_str(&plain);
                self.prompt.push('\n');
            }
        }
    }

    fn children(self) -> Vec<Child> {
        let mut children: Vec<Child> = Vec::new();
        for paragraph in self
            .prompt
            .split("\n\n")
            .filter(|paragraph| !paragraph.trim().is_empty())
        {
            children.push(Child::Element(Element::new("div", html(paragraph.trim()))));
        }
        let mut response = if self.dropdown {
            with(
                "optionresponse",
                Element::new("optioninput", wrap(self.options)),
            )
        } else if !self.options.is_empty() {
            let (tag, group) = if self.several {
                ("choiceresponse", "checkboxgroup")
            } else {
                ("multiplechoiceresponse", "choicegroup")
            };
            with(tag, Element::new(group, wrap(self.options)))
        } else if !self.answers.is_empty() {
            answers(&self.answers)
        } else {
            return children;
        };
        if !self.explanation.trim().is_empty() {
            response.children.push(Child::Element(Element::new(
                "solution",
                html(&self.explanation),
            )));
        }
        children.push(Child::Element(response));
        if !self.hints.is_empty() {
            children.push(Child::Element(Element::new("demandhint", wrap(self.hints))));
        }
        children
    }
}

fn wrap(elements: Vec<Element>) -> Vec<Child> {
    elements.into_iter().map(Child::Element).collect()
}

fn with(tag: &str, field: Element) -> Element {
    Element::new(tag, vec![Child::Element(field)])
}

/// `600 +- 5` is a number, anything else a text.
fn answers(answers: &[String]) -> Element {
    let (number, tolerance) = answers[0]
        .split_once("+-")
        .map_or((answers[0].as_str(), None), |(number, tolerance)| {
            (number.trim(), Some(tolerance.trim()))
        });
    let numerical = super::super::number::answer(number, tolerance).is_some();
    let mut response = with(
        if numerical {
            "numericalresponse"
        } else {
            "stringresponse"
        },
        Element::new("textline", Vec::new()),
    );
    response.set(
        "answer",
        if numerical {
            number
        } else {
            answers[0].trim_start_matches('|')
        },
    );
    if let Some(tolerance) = tolerance.filter(|_| numerical) {
        let mut parameter = Element::new("responseparam", Vec::new());
        parameter.set("type", "tolerance");
        parameter.set("default", tolerance);
        response.children.push(Child::Element(parameter));
    }
    if answers[0].starts_with('|') {
        response.set("type", "ci regexp");
    } else {
        response.set("type", "ci");
    }
    for answer in &answers[1..] {
        let mut additional = Element::new("additional_answer", Vec::new());
        additional.set("answer", answer);
        response.children.push(Child::Element(additional));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        parse("a.xml", text).inner_html()
    }

    #[test]
    fn options_become_responses() {
        let xml = written(
            ">>Which?||One.<<\n\n(x) A {{Yes}}\n( ) B\n\n[explanation]\nBecause.\n[explanation]\n\n||Think||",
        );
        assert_eq!(
            xml,
            "<div>Which? One.</div><multiplechoiceresponse><choicegroup><choice correct=\"true\">A<choicehint>Yes</choicehint></choice>\
             <choice correct=\"false\">B</choice></choicegroup><solution>Because.\n</solution></multiplechoiceresponse>\
             <demandhint><hint>Think</hint></demandhint>"
        );
        assert!(written("[x] A {{ {s: yes}, {u: no} }}\n[ ] B").contains("<choicehint selected=\"true\">yes</choicehint><choicehint selected=\"false\">no</choicehint>"));
        assert!(written("[[a, (b)]]").contains("<optioninput><option correct=\"false\">a</option><option correct=\"true\">b</option></optioninput>"));
        assert!(written("[[\na\n(b)\n]]").contains("<option correct=\"true\">b</option>"));
    }

    #[test]
    fn answers_become_responses() {
        assert!(written("= 600 +-5").contains("answer=\"600\""));
        assert!(written("= Doc\nor= Grumpy").contains("<stringresponse answer=\"Doc\" type=\"ci\"><textline></textline><additional_answer answer=\"Grumpy\">"));
        for text in [
            "",
            "(",
            "[[",
            "]]",
            "=",
            "or=",
            "{{",
            "(x)",
            "(x) {{",
            "---",
            "||",
            ">>",
            "[explanation]",
            "= +-",
        ] {
            let _ = written(text);
        }
    }
}
