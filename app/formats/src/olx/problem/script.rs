//! Scripts in problems. They are not run; a problem that needs one to be read cannot be carried.

use super::super::xml::{Child, Element};

/// Whether texts or answers hold names that a script gives values to, like `$x`.
#[must_use]
pub fn has_variables(problem: &Element) -> bool {
    let mut script = String::new();
    problem.visit(&mut |element| {
        if element.tag == "script" {
            script.push_str(&element.text());
        }
    });
    !script.trim().is_empty() && uses(problem, &script)
}

fn uses(element: &Element, script: &str) -> bool {
    let in_attributes = element
        .attributes
        .iter()
        .filter(|(name, _)| name != "markdown")
        .any(|(_, value)| mentions(value, script));
    in_attributes
        || element.children.iter().any(|child| match child {
            Child::Text(text) => mentions(text, script),
            Child::Element(inner) => {
                !matches!(inner.tag.as_str(), "script" | "answer") && uses(inner, script)
            }
        })
}

/// `$name` or `${name}` of something that the script assigns to.
fn mentions(text: &str, script: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let rest = text[at + 1..].trim_start_matches('{');
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let name = &rest[..end];
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && has_word(script, name)
    })
}

fn has_word(script: &str, name: &str) -> bool {
    script
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .any(|word| word == name)
}

#[cfg(test)]
mod tests {
    use super::{super::super::xml, *};

    fn check(problem: &str) -> bool {
        has_variables(&xml::parse("a.xml", problem).expect("a problem").0)
    }

    #[test]
    fn variables_are_found_wherever_they_are_used() {
        assert!(check(
            "<problem><script>x = 1</script><p>Is $x right?</p></problem>"
        ));
        assert!(check(
            "<problem><script>z = 1</script><numericalresponse answer=\"$z\"/></problem>"
        ));
        assert!(check(
            "<problem><script>lst = []</script><p>${lst[0]}</p></problem>"
        ));
        assert!(!check(
            "<problem><script>def grade(a): pass</script><p>It costs $5, \\($y$\\)</p></problem>"
        ));
        assert!(!check("<problem><p>$x</p></problem>"));
    }
}
