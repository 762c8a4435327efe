//! Amounts as Stripe writes them: whole units of the smallest part, with exceptions to ISO 4217.
//!
//! Source: <https://docs.stripe.com/currencies>, “Zero-decimal currencies”, “Three-decimal currencies” and “Special
//! cases”. (HUF and TWD have exceptions there too, but for payouts only: payments have two decimal places.)

use domain::money::{Currency, Money};

/// Amounts without decimal places.
const ZERO: [&str; 15] = [
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
    "XOF", "XPF",
];
/// Without decimal places too, but written with two, which are zero.
const ZERO_WRITTEN_AS_TWO: [&str; 2] = ["ISK", "UGX"];
/// Three decimal places, the last of which must be zero.
const THREE: [&str; 5] = ["BHD", "JOD", "KWD", "OMR", "TND"];

/// How an amount is written: places of ours, places of theirs, and what theirs must be a multiple of.
struct Way {
    ours: u32,
    theirs: u32,
    multiple: i64,
}

fn way(currency: Currency) -> Way {
    let code = currency.code();
    let ours = u32::from(currency.exponent().unwrap_or(0));
    let (theirs, multiple) = if ZERO.contains(&code) {
        (0, 1)
    } else if ZERO_WRITTEN_AS_TWO.contains(&code) {
        (2, 100)
    } else if THREE.contains(&code) {
        (3, 10)
    } else {
        (2, 1)
    };
    Way {
        ours,
        theirs,
        multiple,
    }
}

/// `None` for what cannot be paid by Stripe, such as KWD 1.255 or MGA 0.20.
pub fn to_stripe(money: Money) -> Option<i64> {
    let way = way(money.currency);
    let amount = scale(money.minor, way.ours, way.theirs)?;
    (amount > 0 && amount % way.multiple == 0).then_some(amount)
}

/// `None` for a currency that there is not, or an amount that we cannot write.
pub fn from_stripe(amount: i64, code: &str) -> Option<Money> {
    let currency = Currency::from_code(&code.to_ascii_uppercase())?;
    let way = way(currency);
    let minor = scale(amount, way.theirs, way.ours)?;
    (amount >= 0).then_some(Money { minor, currency })
}

/// From so many decimal places to so many; nothing is rounded.
fn scale(amount: i64, from: u32, to: u32) -> Option<i64> {
    if from <= to {
        return amount.checked_mul(10_i64.checked_pow(to - from)?);
    }
    let part = 10_i64.checked_pow(from - to)?;
    (amount % part == 0).then_some(amount / part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: &str, code: &str) -> Money {
        Money::parse(amount, code).expect("an amount")
    }

    #[test]
    fn amounts_follow_stripes_list() {
        for (amount, code, written) in [
            ("199.00", "CNY", 19900),
            ("0.50", "USD", 50),
            ("1500", "JPY", 1500),
            ("1500", "KRW", 1500),
            ("5", "ISK", 500),
            ("5", "UGX", 500),
            ("1.250", "KWD", 1250),
            ("10.00", "HUF", 1000),
            ("10.45", "TWD", 1045),
            ("7.00", "MGA", 7),
        ] {
            let money = money(amount, code);
            assert_eq!(to_stripe(money), Some(written), "{amount} {code}");
            let back = from_stripe(written, &code.to_ascii_lowercase());
            assert_eq!(back, Some(money), "{amount} {code}");
        }
    }

    #[test]
    fn what_stripe_cannot_take_is_known_before() {
        for (amount, code) in [
            ("1.255", "KWD"),
            ("0.20", "MGA"),
            ("0", "JPY"),
            // Three places by ISO 4217, and not on Stripe's list.
            ("1.005", "LYD"),
        ] {
            assert_eq!(to_stripe(money(amount, code)), None, "{amount} {code}");
        }
        let large = Money {
            minor: i64::MAX,
            currency: Currency::ISK,
        };
        assert_eq!(to_stripe(large), None);
        assert_eq!(from_stripe(1, "isk"), None);
        assert_eq!(from_stripe(-1, "usd"), None);
        assert_eq!(from_stripe(1, "zzz"), None);
    }
}
