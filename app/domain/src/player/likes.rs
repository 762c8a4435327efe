//! How a learner likes the player.

use serde::{Deserialize, Serialize};

use super::{position, same};

/// How fast a film plays, in percent of the speed at which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Speed(u16);

impl Speed {
    /// Those that are offered. The fastest is what `progress::MAX_RATE` believes.
    pub const ALL: [Self; 9] = [
        Self(50),
        Self(75),
        Self(100),
        Self(125),
        Self(150),
        Self(175),
        Self(200),
        Self(250),
        Self(300),
    ];

    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    #[must_use]
    pub fn from_percent(percent: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|speed| speed.0 == percent)
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self(100)
    }
}

/// Which captions come up by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Captions {
    /// Those in the reader's language, or in its other script, where something else is spoken.
    #[default]
    Auto,
    Off,
    /// A BCP 47 tag.
    Language(String),
}

impl Captions {
    /// Which of these languages is shown to a reader of `locale`, in a film in which `spoken` is spoken.
    #[must_use]
    pub fn shown(&self, languages: &[&str], locale: &str, spoken: &str) -> Option<usize> {
        let tag = match self {
            Self::Off => return None,
            Self::Auto if crate::course::same_language(locale, spoken) => return None,
            Self::Auto => locale,
            Self::Language(tag) => tag,
        };
        position(languages, tag).or_else(|| same(languages, tag))
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "auto" => Some(Self::Auto),
            "off" => Some(Self::Off),
            tag => is_tag(tag).then(|| Self::Language(tag.to_owned())),
        }
    }

    /// As forms and the database write it.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Auto => "auto",
            Self::Off => "off",
            Self::Language(tag) => tag,
        }
    }
}

/// Which of a film's two sizes is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Quality {
    /// By the screen and the connection.
    #[default]
    Auto,
    /// The data saver.
    Small,
    Full,
}

impl Quality {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Small, Self::Full];

    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Small => "small",
            Self::Full => "full",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|quality| quality.text() == text)
    }
}

/// Whether the transcript stands open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Beside {
    /// Where there may be room for it beside the film; on a phone it is one tap away.
    #[default]
    Auto,
    Open,
    Shut,
}

impl Beside {
    pub const ALL: [Self; 3] = [Self::Auto, Self::Open, Self::Shut];

    #[must_use]
    pub fn is_open(self, phone: bool) -> bool {
        match self {
            Self::Auto => !phone,
            Self::Open => true,
            Self::Shut => false,
        }
    }

    /// What a learner has said who opens or shuts it. Back at what a device does by itself nothing is said, so that
    /// what is liked on one device leaves the others alone.
    #[must_use]
    pub fn after(open: bool, phone: bool) -> Self {
        match open {
            _ if open == Self::Auto.is_open(phone) => Self::Auto,
            true => Self::Open,
            false => Self::Shut,
        }
    }

    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Open => "open",
            Self::Shut => "shut",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|beside| beside.text() == text)
    }
}

/// How a learner likes the player, on every device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    pub speed: Speed,
    pub captions: Captions,
    /// Language of transcripts; `None`: the reader's own where there is one.
    pub transcript: Option<String>,
    pub beside: Beside,
    pub quality: Quality,
    /// Goes on to the next lesson by itself.
    pub auto_next: bool,
    /// Single keys command the player (WCAG 2.1.4: they can be switched off).
    pub keys: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            speed: Speed::default(),
            captions: Captions::default(),
            transcript: None,
            beside: Beside::default(),
            quality: Quality::default(),
            auto_next: true,
            keys: true,
        }
    }
}

/// What of the preferences changes; the rest stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub speed: Option<Speed>,
    pub captions: Option<Captions>,
    pub transcript: Option<String>,
    pub beside: Option<Beside>,
    pub quality: Option<Quality>,
    pub auto_next: Option<bool>,
    pub keys: Option<bool>,
}

/// A preference that the player does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

impl Change {
    /// Reads pairs of a name and a value, as forms send them.
    ///
    /// # Errors
    /// For a name or a value that is none.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Unknown> {
        let mut change = Self::default();
        for (name, value) in pairs {
            match name {
                "speed" => {
                    let speed = value.parse().ok().and_then(Speed::from_percent);
                    change.speed = Some(speed.ok_or(Unknown)?);
                }
                "captions" => change.captions = Some(Captions::parse(value).ok_or(Unknown)?),
                "transcript" if is_tag(value) => change.transcript = Some(value.to_owned()),
                "beside" => change.beside = Some(Beside::parse(value).ok_or(Unknown)?),
                "quality" => change.quality = Some(Quality::parse(value).ok_or(Unknown)?),
                "auto_next" => change.auto_next = Some(flag(value)?),
                "keys" => change.keys = Some(flag(value)?),
                _ => return Err(Unknown),
            }
        }
        Ok(change)
    }
}

fn flag(text: &str) -> Result<bool, Unknown> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Unknown),
    }
}

/// Letters, digits and hyphens, as in every BCP 47 tag; none is longer in practice.
fn is_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Preferences {
    #[must_use]
    pub fn with(self, change: Change) -> Self {
        Self {
            speed: change.speed.unwrap_or(self.speed),
            captions: change.captions.unwrap_or(self.captions),
            transcript: change.transcript.or(self.transcript),
            beside: change.beside.unwrap_or(self.beside),
            quality: change.quality.unwrap_or(self.quality),
            auto_next: change.auto_next.unwrap_or(self.auto_next),
            keys: change.keys.unwrap_or(self.keys),
        }
    }

    /// For a cookie: `speed=150&captions=off&…`.
    #[must_use]
    pub fn text(&self) -> String {
        let on = |flag| if flag { "on" } else { "off" };
        let mut text = format!(
            "speed={}&captions={}&beside={}&quality={}&auto_next={}&keys={}",
            self.speed.percent(),
            self.captions.text(),
            self.beside.text(),
            self.quality.text(),
            on(self.auto_next),
            on(self.keys),
        );
        if let Some(language) = &self.transcript {
            text.push_str("&transcript=");
            text.push_str(language);
        }
        text
    }

    /// What [`Preferences::text`] wrote; whatever is not understood is as if it had never been said.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        text.split('&')
            .take(20)
            .filter_map(|pair| Change::parse([pair.split_once('=')?]).ok())
            .fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_speed_is_faster_than_what_is_believed() {
        for speed in Speed::ALL {
            assert!(u64::from(speed.percent()) <= crate::progress::MAX_RATE * 100);
        }
        assert_eq!(Speed::from_percent(110), None);
    }

    #[test]
    fn preferences_survive_a_cookie() {
        let likes = Preferences::default().with(
            Change::parse([
                ("speed", "175"),
                ("captions", "zh-Hans"),
                ("transcript", "zh-Hant"),
                ("beside", "shut"),
                ("quality", "small"),
                ("auto_next", "off"),
            ])
            .expect("a change"),
        );
        assert_eq!(Preferences::from_text(&likes.text()), likes);
        assert_eq!(
            Preferences::from_text("speed=9&x&captions=;drop&quality=full"),
            Preferences {
                quality: Quality::Full,
                ..Preferences::default()
            }
        );
    }

    #[test]
    fn what_is_no_preference_is_refused() {
        for pair in [
            ("speed", "1e3"),
            ("captions", "<b>"),
            ("keys", "yes"),
            ("beside", "maybe"),
            ("colour", "red"),
        ] {
            assert_eq!(Change::parse([pair]), Err(Unknown), "{pair:?}");
        }
    }

    #[test]
    fn captions_come_up_for_those_who_need_them() {
        let both = ["en", "zh-Hans"];
        let auto = |locale| Captions::Auto.shown(&both, locale, "en");
        assert_eq!(auto("zh-Hans"), Some(1));
        assert_eq!(
            auto("zh-Hant"),
            Some(1),
            "another script is better than nothing"
        );
        assert_eq!(auto("en"), None, "who understands needs none");
        assert_eq!(Captions::Off.shown(&both, "zh-Hans", "en"), None);
        let liked = Captions::Language("zh-Hant".into());
        assert_eq!(
            liked.shown(&both, "en", "en"),
            Some(1),
            "what was asked for"
        );
    }

    #[test]
    fn a_transcript_stands_open_where_there_is_room() {
        assert!(Beside::Auto.is_open(false) && !Beside::Auto.is_open(true));
        for phone in [false, true] {
            for open in [false, true] {
                assert_eq!(Beside::after(open, phone).is_open(phone), open);
            }
        }
        assert_eq!(
            Beside::after(true, false),
            Beside::Auto,
            "nothing to remember"
        );
        assert_eq!(Beside::after(false, false), Beside::Shut);
        assert_eq!(Beside::after(true, true), Beside::Open);
    }
}
