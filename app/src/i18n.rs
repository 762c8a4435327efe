//! The interface's words, in files that translators edit: `app/locales/{language}/*.ftl`.
//!
//! Used on the server only. Islands get their words as props, so that no dictionary travels to the browser.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use domain::{
    Timestamp,
    money::{Currency, Money},
    study::Date,
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use jiff::Zoned;
use unic_langid::LanguageIdentifier;

use crate::visit::Visit;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    #[default]
    English,
    Simplified,
    Traditional,
}

impl Locale {
    pub const ALL: [Self; 3] = [Self::English, Self::Simplified, Self::Traditional];

    /// BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Simplified => "zh-Hans",
            Self::Traditional => "zh-Hant",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Simplified => "简体中文",
            Self::Traditional => "繁體中文",
        }
    }

    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The best for an `Accept-Language` header, or English.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        let mut wanted: Vec<(f32, LanguageIdentifier)> = accept_language
            .split(',')
            .take(20)
            .filter_map(|part| {
                let (tag, quality) = part.split_once(";q=").unwrap_or((part, "1"));
                Some((
                    quality.trim().parse().ok()?,
                    with_script(tag.trim().parse().ok()?),
                ))
            })
            .collect();
        wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let wanted: Vec<LanguageIdentifier> = wanted.into_iter().map(|(_, tag)| tag).collect();
        let available: Vec<LanguageIdentifier> =
            Self::ALL.iter().map(|locale| locale.identifier()).collect();
        let found = negotiate_languages(&wanted, &available, None, NegotiationStrategy::Lookup);
        found
            .first()
            .and_then(|tag| Self::from_tag(&tag.to_string()))
            .unwrap_or_default()
    }

    fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().expect("the tags are well formed")
    }
}

/// Browsers name Chinese by region; the script is what readers care about.
fn with_script(mut tag: LanguageIdentifier) -> LanguageIdentifier {
    if tag.language.as_str() == "zh" {
        let traditional = match (&tag.script, &tag.region) {
            (Some(script), _) => script.as_str() == "Hant",
            (None, Some(region)) => matches!(region.as_str(), "TW" | "HK" | "MO"),
            (None, None) => false,
        };
        tag = if traditional {
            Locale::Traditional
        } else {
            Locale::Simplified
        }
        .identifier();
    }
    tag
}

type Bundle = FluentBundle<FluentResource>;

macro_rules! resources {
    ($language:literal) => {
        [
            include_str!(concat!("../locales/", $language, "/portal.ftl")),
            include_str!(concat!("../locales/", $language, "/account.ftl")),
            include_str!(concat!("../locales/", $language, "/learning.ftl")),
            include_str!(concat!("../locales/", $language, "/record.ftl")),
            include_str!(concat!("../locales/", $language, "/offline.ftl")),
            include_str!(concat!("../locales/", $language, "/player.ftl")),
            include_str!(concat!("../locales/", $language, "/errors.ftl")),
            include_str!(concat!("../locales/", $language, "/certificate.ftl")),
            include_str!(concat!("../locales/", $language, "/stage.ftl")),
            include_str!(concat!("../locales/", $language, "/note.ftl")),
            include_str!(concat!("../locales/", $language, "/blocks.ftl")),
            include_str!(concat!("../locales/", $language, "/checkout.ftl")),
            include_str!(concat!("../locales/", $language, "/price.ftl")),
            include_str!(concat!("../locales/", $language, "/agreement.ftl")),
            include_str!(concat!("../locales/", $language, "/receipt.ftl")),
            include_str!(concat!("../locales/", $language, "/order.ftl")),
            include_str!(concat!("../locales/", $language, "/console.ftl")),
            include_str!(concat!("../locales/", $language, "/payment.ftl")),
        ]
    };
}

static BUNDLES: LazyLock<HashMap<Locale, Bundle>> = LazyLock::new(|| {
    [
        (Locale::English, resources!("en")),
        (Locale::Simplified, resources!("zh-Hans")),
        (Locale::Traditional, resources!("zh-Hant")),
    ]
    .into_iter()
    .map(|(locale, sources)| (locale, bundle(locale, sources)))
    .collect()
});

fn bundle<const N: usize>(locale: Locale, sources: [&str; N]) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![locale.identifier()]);
    // The marks would be read aloud and copied; none of the languages is written from right to left.
    bundle.set_use_isolating(false);
    for source in sources {
        let resource =
            FluentResource::try_new(source.to_owned()).expect("a test parses every locale file");
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A message in a language. A key that is nowhere shows itself; a test keeps that from happening.
#[must_use]
pub fn message(locale: Locale, key: &str, args: &[(&'static str, FluentValue<'static>)]) -> String {
    let bundle = &BUNDLES[&locale];
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return key.to_owned();
    };
    let args: FluentArgs<'_> = args.iter().cloned().collect();
    bundle
        .format_pattern(pattern, Some(&args), &mut Vec::new())
        .into_owned()
}

/// Whether there is such a message.
#[must_use]
pub fn has_message(locale: Locale, key: &str) -> bool {
    BUNDLES[&locale].has_message(key)
}

/// A message in the reader's language: `t!("lessons", "count" => 3)`.
#[macro_export]
macro_rules! t {
    ($key:expr $(, $name:literal => $value:expr)* $(,)?) => {
        $crate::i18n::message($crate::visit::locale(), $key, &[$(($name, ::fluent_bundle::FluentValue::from($value))),*])
    };
}

/// An amount as the language writes it: `¥199`, `US$49.50`.
#[must_use]
pub fn money(locale: Locale, money: Money) -> String {
    amount(locale, money.currency, &money.written())
}

/// An amount that is written already, with its currency.
#[must_use]
pub fn amount(locale: Locale, currency: Currency, written: &str) -> String {
    let code = currency.code();
    let key = format!("currency-{}", code.to_lowercase());
    let key = if has_message(locale, &key) {
        Cow::Owned(key)
    } else {
        Cow::Borrowed("currency-other")
    };
    message(
        locale,
        &key,
        &[
            ("amount", FluentValue::from(written.to_owned())),
            ("code", FluentValue::from(code)),
        ],
    )
}

/// Name of a language, where it has one here, else its tag.
#[must_use]
pub fn language_name(locale: Locale, tag: &str) -> String {
    let key = format!("language-{}", tag.to_lowercase());
    if has_message(locale, &key) {
        message(locale, &key, &[])
    } else {
        tag.to_owned()
    }
}

/// A day as the language writes it, in UTC.
#[must_use]
pub fn date(locale: Locale, moment: Timestamp) -> String {
    day(locale, moment.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// A day as the language writes it.
#[must_use]
pub fn day(locale: Locale, day: Date) -> String {
    let month = message(locale, &format!("month-{}", day.month()), &[]);
    message(
        locale,
        "date",
        &[
            ("year", FluentValue::from(day.year().to_string())),
            ("month", FluentValue::from(month)),
            ("day", FluentValue::from(day.day().to_string())),
        ],
    )
}

/// Day and time of a moment in a zone. With its year where that is another one than `today`'s.
#[must_use]
pub fn moment(locale: Locale, moment: &Zoned, today: Date) -> String {
    let month = message(locale, &format!("month-{}", moment.month()), &[]);
    let key = if moment.year() == today.year() {
        "moment"
    } else {
        "moment-year"
    };
    let args = [
        ("year", FluentValue::from(moment.year().to_string())),
        ("month", FluentValue::from(month)),
        ("day", FluentValue::from(moment.day().to_string())),
        (
            "time",
            FluentValue::from(format!("{:02}:{:02}", moment.hour(), moment.minute())),
        ),
    ];
    message(locale, key, &args)
}

/// Minutes and seconds as players write them: `2:05`, `1:02:05`.
#[must_use]
pub fn clock(milliseconds: u64) -> String {
    domain::note::clock(milliseconds)
}

/// The same address in another language, for `hreflang`.
#[must_use]
pub fn in_language(visit: &Visit, locale: Locale) -> String {
    format!("{}{}?lang={}", visit.origin, visit.path, locale.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_languages_decide() {
        for (header, locale) in [
            ("", Locale::English),
            ("de-DE,de;q=0.9", Locale::English),
            ("zh-CN,zh;q=0.9,en;q=0.8", Locale::Simplified),
            ("zh", Locale::Simplified),
            ("zh-TW,zh;q=0.9", Locale::Traditional),
            ("zh-HK", Locale::Traditional),
            ("zh-Hant-CN", Locale::Traditional),
            ("de;q=0.9,zh-SG;q=0.5", Locale::Simplified),
            ("en;q=0.1,zh-TW;q=0.9", Locale::Traditional),
            (";;;q=x,,*", Locale::English),
        ] {
            assert_eq!(Locale::negotiate(header), locale, "{header}");
        }
    }

    #[test]
    fn money_is_written_as_the_language_writes_it() {
        let price = |amount, code| Money::parse(amount, code).expect("an amount");
        assert_eq!(money(Locale::Simplified, price("199.00", "CNY")), "¥199");
        assert_eq!(money(Locale::English, price("1234.50", "USD")), "$1,234.50");
        assert_eq!(money(Locale::English, price("1500", "JPY")), "JP¥1,500");
    }

    #[test]
    fn positions_read_like_a_clock() {
        assert_eq!(clock(143_900), "2:23");
        assert_eq!(clock(3_725_000), "1:02:05");
    }
}
