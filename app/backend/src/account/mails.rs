//! Mails to people, in their language, from the files that translators edit.

use domain::account::User;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

use crate::ports::mail::Mail;

pub fn confirm(user: &User, link: &str) -> Mail {
    mail(user, "confirm", link)
}

pub fn reset(user: &User, link: &str) -> Mail {
    mail(user, "reset", link)
}

fn mail(user: &User, kind: &str, link: &str) -> Mail {
    let source = match user.language.as_deref() {
        Some("zh-Hans") => include_str!("../../../locales/zh-Hans/mail.ftl"),
        Some("zh-Hant") => include_str!("../../../locales/zh-Hant/mail.ftl"),
        _ => include_str!("../../../locales/en/mail.ftl"),
    };
    let resource =
        FluentResource::try_new(source.to_owned()).expect("a test parses every locale file");
    let mut bundle = FluentBundle::default();
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    let mut args = FluentArgs::new();
    args.set("name", user.name.as_str());
    args.set("link", link);
    let say = |key: &str| {
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        pattern
            .map(|pattern| {
                bundle
                    .format_pattern(pattern, Some(&args), &mut Vec::new())
                    .into_owned()
            })
            .unwrap_or_default()
    };
    Mail::plain(
        user.email.as_str(),
        &say(&format!("mail-{kind}-subject")),
        &say(&format!("mail-{kind}-text")),
    )
}
