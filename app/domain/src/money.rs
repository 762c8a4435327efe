//! Money as whole minor units (cents, fen, yen) of an ISO 4217 currency. No floating point anywhere.

pub use iso_currency::Currency;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units, e.g. 19900 for CNY 199.00 and 199 for JPY 199.
    pub minor: i64,
    pub currency: Currency,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidMoney {
    #[error("{0} is not an ISO 4217 currency code")]
    Currency(String),
    #[error(
        "{amount} is not an amount of {code}: write digits with at most {places} decimal places"
    )]
    Amount {
        amount: String,
        code: &'static str,
        places: usize,
    },
}

impl Money {
    /// Parses a decimal such as `199.00` and a code such as `CNY`.
    ///
    /// # Errors
    /// `InvalidMoney` for unknown codes, signs, exponents, or more decimal places than the currency has.
    pub fn parse(amount: &str, code: &str) -> Result<Self, InvalidMoney> {
        let currency =
            Currency::from_code(code).ok_or_else(|| InvalidMoney::Currency(code.to_owned()))?;
        let places = exponent(currency);
        let invalid = || InvalidMoney::Amount {
            amount: amount.to_owned(),
            code: currency.code(),
            places,
        };
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > places {
            return Err(invalid());
        }
        format!("{whole}{fraction:0<places$}")
            .parse()
            .map(|minor| Self { minor, currency })
            .map_err(|_| invalid())
    }

    /// The decimal without the currency: `199.00`, `1500`, `1.250`. [`Money::parse`] reads it back.
    #[must_use]
    pub fn decimal(self) -> String {
        let places = exponent(self.currency);
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        if fraction.is_empty() {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }
}

impl Money {
    /// The amount as people read it: commas between thousands, and whole units without their zeros. All three
    /// languages of the interface write it so.
    #[must_use]
    pub fn written(self) -> String {
        let decimal = self.decimal();
        let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
        let digits = whole.trim_start_matches('-');
        let mut text = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        if fraction.bytes().any(|digit| digit != b'0') {
            text.push('.');
            text.push_str(fraction);
        }
        if self.minor < 0 {
            text.insert(0, '−');
        }
        text
    }
}

/// How many decimal places the currency's minor unit has (ISO 4217): JPY 0, CNY 2, KWD 3.
fn exponent(currency: Currency) -> usize {
    usize::from(currency.exponent().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_follow_the_currency() {
        for (amount, code, minor) in [
            ("199.00", "CNY", 19900),
            ("199", "CNY", 19900),
            ("1500", "JPY", 1500),
            ("1.25", "KWD", 1250),
        ] {
            let money = Money::parse(amount, code).expect("an amount");
            assert_eq!(money.minor, minor);
            assert_eq!(Money::parse(&money.decimal(), code), Ok(money));
        }
        assert_eq!(
            Money::parse("0.05", "USD").expect("an amount").decimal(),
            "0.05"
        );
    }

    #[test]
    fn amounts_are_written_for_people() {
        for (minor, code, text) in [
            (19_900, "CNY", "199"),
            (123_456_750, "USD", "1,234,567.50"),
            (-100_000, "USD", "−1,000"),
            (1500, "JPY", "1,500"),
            (1250, "KWD", "1.250"),
            (5, "USD", "0.05"),
        ] {
            let currency = Currency::from_code(code).expect("a currency");
            assert_eq!(Money { minor, currency }.written(), text);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (amount, code) in [
            ("1.5", "JPY"),
            ("-1", "USD"),
            ("1e3", "USD"),
            ("", "USD"),
            (".5", "USD"),
            ("1.999", "USD"),
            ("99999999999999999999", "USD"),
            ("1", "XXQ"),
        ] {
            assert!(Money::parse(amount, code).is_err(), "{amount} {code}");
        }
    }
}
