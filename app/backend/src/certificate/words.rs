//! The words of a certificate, in its course's language, from the files that translators edit.

use domain::Timestamp;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// One language's words.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Of the interface's language that is nearest to a course's.
    pub fn of(language: &str) -> Self {
        macro_rules! sources {
            ($language:literal) => {
                [
                    include_str!(concat!("../../../locales/", $language, "/portal.ftl")),
                    include_str!(concat!("../../../locales/", $language, "/certificate.ftl")),
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
        let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
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
}
