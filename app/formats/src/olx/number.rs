//! Numbers as Open edX's grader writes them: arithmetic, constants, suffixes, ranges and tolerances.

use std::f64::consts;

/// Brackets within brackets.
const MAX_DEPTH: usize = 40;

/// What the grader forgives where the author says nothing: 0.001 %.
const DEFAULT_TOLERANCE: f64 = 1e-5;

/// A right answer and how far from it is still right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    pub value: f64,
    pub tolerance: f64,
}

/// `answer` is an expression such as `3*10^2` or a range such as `[1,5)`; `tolerance` such as `0.1` or `5%`.
#[must_use]
pub fn answer(answer: &str, tolerance: Option<&str>) -> Option<Answer> {
    let text = answer.trim();
    if let Some((low, high)) = range(text) {
        let (low, high) = (evaluate(low)?, evaluate(high)?);
        return (low <= high).then(|| Answer {
            value: f64::midpoint(low, high),
            tolerance: (high - low) / 2.0,
        });
    }
    let value = evaluate(text)?;
    let tolerance = match tolerance.map(str::trim).filter(|text| !text.is_empty()) {
        None => value.abs() * DEFAULT_TOLERANCE,
        Some(text) => match text.strip_suffix('%') {
            Some(percent) => value.abs() * evaluate(percent)? / 100.0,
            None => evaluate(text)?,
        },
    };
    (tolerance >= 0.0).then_some(Answer { value, tolerance })
}

/// Whether the ends of a range do not belong to it, which a tolerance cannot say.
#[must_use]
pub fn is_open_range(answer: &str) -> bool {
    let text = answer.trim();
    range(text).is_some() && (text.starts_with('(') || text.ends_with(')'))
}

fn range(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix(['[', '('])?
        .strip_suffix([']', ')'])?
        .split_once(',')
}

/// The value of an arithmetic expression; `None` for anything that is no plain, finite real number.
#[must_use]
pub fn evaluate(text: &str) -> Option<f64> {
    let mut parser = Parser {
        rest: text.trim(),
        depth: 0,
    };
    let value = parser.sum()?;
    (parser.rest.is_empty() && value.is_finite()).then_some(value)
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, symbol: char) -> bool {
        match self.rest.trim_start().strip_prefix(symbol) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> Option<f64> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut value = self.product()?;
        loop {
            if self.take('+') {
                value += self.product()?;
            } else if self.take('-') {
                value -= self.product()?;
            } else {
                self.depth -= 1;
                return Some(value);
            }
        }
    }

    fn product(&mut self) -> Option<f64> {
        let mut value = self.signed()?;
        loop {
            // Python's power, which some authors write.
            if self.rest.trim_start().starts_with("**") {
                return None;
            }
            if self.take('*') {
                value *= self.signed()?;
            } else if self.take('/') {
                value /= self.signed()?;
            } else {
                return Some(value);
            }
        }
    }

    fn signed(&mut self) -> Option<f64> {
        let mut sign = 1.0;
        loop {
            if self.take('-') {
                sign = -sign;
            } else if !self.take('+') {
                return self.power().map(|value| sign * value);
            }
        }
    }

    fn power(&mut self) -> Option<f64> {
        let base = self.atom()?;
        if !self.take('^') {
            return Some(base);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let exponent = self.signed()?;
        self.depth -= 1;
        Some(base.powf(exponent))
    }

    fn atom(&mut self) -> Option<f64> {
        if self.take('(') {
            let value = self.sum()?;
            return self.take(')').then_some(value);
        }
        if self
            .rest
            .starts_with(|c: char| c.is_ascii_digit() || c == '.')
        {
            return self.number();
        }
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        match name {
            "pi" => return Some(consts::PI),
            "e" => return Some(consts::E),
            _ => {}
        }
        let function = function(name)?;
        if !self.take('(') {
            return None;
        }
        let value = self.sum()?;
        self.take(')').then(|| function(value))
    }

    fn number(&mut self) -> Option<f64> {
        let bytes = self.rest.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = bytes
            .iter()
            .position(|b| !(b.is_ascii_digit() || *b == b'.'))
            .unwrap_or(bytes.len());
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if digit(end + 1 + sign) {
                end += 1 + sign;
                while digit(end) {
                    end += 1;
                }
            }
        }
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        let value: f64 = number.parse().ok()?;
        let suffix = rest
            .chars()
            .next()
            .and_then(suffix)
            .filter(|_| !rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric()));
        match suffix {
            Some(factor) => {
                self.rest = &rest[1..];
                Some(value * factor)
            }
            None => Some(value),
        }
    }
}

/// The grader's metric suffixes.
fn suffix(letter: char) -> Option<f64> {
    Some(match letter {
        '%' => 0.01,
        'k' => 1e3,
        'M' => 1e6,
        'G' => 1e9,
        'T' => 1e12,
        'c' => 1e-2,
        'm' => 1e-3,
        'u' => 1e-6,
        'n' => 1e-9,
        'p' => 1e-12,
        _ => return None,
    })
}

fn function(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "sqrt" => f64::sqrt,
        "exp" => f64::exp,
        "ln" => f64::ln,
        "log10" => f64::log10,
        "log2" => f64::log2,
        "abs" => f64::abs,
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tan" => f64::tan,
        "arcsin" => f64::asin,
        "arccos" => f64::acos,
        "arctan" => f64::atan,
        "sinh" => f64::sinh,
        "cosh" => f64::cosh,
        "tanh" => f64::tanh,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_understood() {
        for (text, value) in [
            ("42", 42.0),
            ("-0.5", -0.5),
            ("1/4", 0.25),
            ("2*3+4", 10.0),
            ("10^3", 1000.0),
            ("2*10^-3", 0.002),
            ("1.5e3", 1500.0),
            ("(1+2)*3", 9.0),
            ("-2^2", -4.0),
            ("sqrt(16)", 4.0),
            ("5k", 5000.0),
            ("3m", 0.003),
            ("50%", 0.5),
            ("2^3^2", 512.0),
        ] {
            assert_eq!(evaluate(text), Some(value), "{text}");
        }
        assert_eq!(evaluate("2*pi"), Some(consts::TAU));
        for text in [
            "",
            "x",
            "$y",
            "1+",
            "(1",
            "1/0",
            "2*x",
            "3 4",
            "i",
            "1..2",
            "sin",
            &"(".repeat(10_000),
            &"-".repeat(100_000),
            &"2^".repeat(10_000),
        ] {
            assert_eq!(evaluate(text), None, "{text}");
        }
    }

    #[test]
    fn tolerances_and_ranges_become_one_thing() {
        assert_eq!(
            answer("600", Some("5")),
            Some(Answer {
                value: 600.0,
                tolerance: 5.0
            })
        );
        assert_eq!(
            answer("200", Some("5%")),
            Some(Answer {
                value: 200.0,
                tolerance: 10.0
            })
        );
        assert_eq!(
            answer("[1,5)", None),
            Some(Answer {
                value: 3.0,
                tolerance: 2.0
            })
        );
        assert_eq!(
            answer("0", None),
            Some(Answer {
                value: 0.0,
                tolerance: 0.0
            })
        );
        assert!(is_open_range("[1,5)") && !is_open_range("[1,5]") && !is_open_range("(1+2)*3"));
        assert_eq!(answer("5", Some("$tol")), None);
    }
}
