//! Words of documents and mails, in the language of what they are about, from the files that translators edit.

use domain::{Timestamp, money::Money};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use jiff::tz::TimeZone;

/// One language's words.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Of the interface's language that is nearest to a course's.
    pub fn of(language: &str) -> Self {
        macro_rules! sources {
            ($language:literal) => {
                [
                    include_str!(concat!("../../locales/", $language, "/portal.ftl")),
                    include_str!(concat!("../../locales/", $language, "/certificate.ftl")),
                    include_str!(concat!("../../locales/", $language, "/checkout.ftl")),
                    include_str!(concat!("../../locales/", $language, "/receipt.ftl")),
                ]
            };
        }
        let sources = match domain::certificate::interface_language(language) {
            "zh-Hans" => sources!("zh-Hans"),
            "zh-Hant" => sources!("zh-Hant"),
            _ => sources!("en"),
        };
        let mut bundle = FluentBundle::default();
        bundle.set_use_isolating(false);
        for source in sources {
            let resource = FluentResource::try_new(source.to_owned())
                .expect("a test parses every locale file");
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    pub fn say(&self, key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
        let args: FluentArgs<'_> = args.iter().cloned().collect();
        let pattern = self.0.get_message(key).and_then(|message| message.value());
        let say = |pattern| {
            self.0
                .format_pattern(pattern, Some(&args), &mut Vec::new())
                .into_owned()
        };
        pattern.map(say).unwrap_or_default()
    }

    /// What had to be done.
    pub fn criteria(&self, lessons: i64) -> String {
        self.say("certificate-criteria", &[("count", lessons.into())])
    }

    /// A day as the language writes it, in UTC.
    pub fn date(&self, moment: Timestamp) -> String {
        self.day(moment, &TimeZone::UTC)
    }

    fn day(&self, moment: Timestamp, zone: &TimeZone) -> String {
        let day = zone.to_datetime(moment).date();
        let month = self.say(&format!("month-{}", day.month()), &[]);
        self.say(
            "date",
            &[
                ("year", day.year().to_string().into()),
                ("month", month.into()),
                ("day", day.day().to_string().into()),
            ],
        )
    }

    /// Day and minute on the reader's clock, with how far it is ahead of UTC: a paper is read anywhere.
    pub fn moment(&self, moment: Timestamp, zone: &TimeZone) -> String {
        let time = zone.to_datetime(moment).time();
        let minutes = zone.to_offset(moment).seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        self.say(
            "receipt-moment",
            &[
                ("date", self.day(moment, zone).into()),
                (
                    "clock",
                    format!("{:02}:{:02}", time.hour(), time.minute()).into(),
                ),
                ("offset", format!("UTC{sign}{hours:02}:{rest:02}").into()),
            ],
        )
    }

    /// An amount with all of its decimal places, as accounts are kept; below zero with a minus sign before it.
    pub fn money(&self, money: Money) -> String {
        let positive = Money {
            minor: money.minor.saturating_abs(),
            ..money
        };
        let code = money.currency.code();
        let amount = grouped(&positive.decimal());
        let say = |key: &str| {
            let args = [
                ("amount", FluentValue::from(amount.clone())),
                ("code", FluentValue::from(code)),
            ];
            self.say(key, &args)
        };
        let named = say(&format!("currency-{}", code.to_lowercase()));
        let said = if named.is_empty() {
            say("currency-other")
        } else {
            named
        };
        if money.minor < 0 {
            format!("−{said}")
        } else {
            said
        }
    }
}

/// Commas between thousands: all three languages write them so.
fn grouped(decimal: &str) -> String {
    let (whole, fraction) = decimal
        .split_once('.')
        .map_or((decimal, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: &str, code: &str) -> Money {
        Money::parse(amount, code).expect("an amount")
    }

    #[test]
    fn accounts_show_every_place() {
        let (english, chinese) = (Words::of("en"), Words::of("zh-Hans"));
        assert_eq!(english.money(money("1234", "USD")), "$1,234.00");
        assert_eq!(chinese.money(money("199", "CNY")), "¥199.00");
        assert_eq!(english.money(money("1500", "JPY")), "JP¥1,500");
        assert_eq!(english.money(money("1.25", "KWD")), "KWD 1.250");
        let back = Money {
            minor: -500,
            ..money("0", "USD")
        };
        assert_eq!(english.money(back), "−$5.00");
    }

    #[test]
    fn a_moment_is_on_the_reader_s_clock() {
        let moment = "2026-03-02T16:30:00Z".parse().expect("a moment");
        let zone = TimeZone::get("Asia/Shanghai").expect("a zone");
        assert_eq!(
            Words::of("en").moment(moment, &zone),
            "3 March 2026, 00:30 (UTC+08:00)"
        );
        assert_eq!(
            Words::of("zh-Hans").moment(moment, &TimeZone::UTC),
            "2026年3月2日 16:30（UTC+00:00）"
        );
        let newfoundland = TimeZone::get("America/St_Johns").expect("a zone");
        assert!(
            Words::of("en")
                .moment(moment, &newfoundland)
                .ends_with("13:00 (UTC-03:30)")
        );
    }
}
