use domain::{
    account::Role,
    ids::{Slug, UserId},
    lesson::{LessonPage, ShownBody},
    player::{Beside, Captions, Change, Preferences, Quality},
};
use formats::{Bundle, File};

use super::Asked;
use crate::{
    Backend, Error,
    course::{ImportOptions, Viewer},
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

async fn learner(backend: &Backend, email: &str) -> UserId {
    let password = "walnut trail compass rain";
    let added = backend
        .add_user(email, "Mei", Role::Learner, password)
        .await;
    added.expect("an account").id
}

async fn publish(backend: &Backend, bundle: Bundle) {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported");
}

fn change(pairs: &[(&str, &str)]) -> Change {
    Change::parse(pairs.iter().copied()).expect("a change")
}

#[tokio::test]
async fn what_is_liked_is_kept_part_by_part() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let user = learner(backend, "mei@example.com").await;
        let liked = backend.player_preferences(user).await.expect("read");
        assert_eq!(liked, Preferences::default(), "{}", test.kind);
        for pairs in [
            &[("speed", "150"), ("captions", "zh-Hans")][..],
            &[("captions", "off"), ("auto_next", "off")],
            &[("quality", "small"), ("transcript", "en"), ("keys", "off")],
            &[("beside", "shut")],
            &[],
        ] {
            backend
                .change_player(user, &change(pairs))
                .await
                .expect("changed");
        }
        let liked = backend.player_preferences(user).await.expect("read");
        assert_eq!(liked.speed.percent(), 150);
        assert_eq!(liked.captions, Captions::Off);
        assert_eq!(liked.transcript.as_deref(), Some("en"));
        assert_eq!(liked.quality, Quality::Small);
        assert_eq!(liked.beside, Beside::Shut);
        assert!(!liked.auto_next && !liked.keys);
        let other = learner(backend, "bo@example.com").await;
        let theirs = backend.player_preferences(other).await.expect("read");
        assert_eq!(theirs, Preferences::default());
    }
}

#[tokio::test]
async fn devices_that_change_different_things_at_once_lose_nothing() {
    for test in TestBackend::both().await {
        let user = learner(&test.backend, "mei@example.com").await;
        let changes = [
            ("speed", "200"),
            ("captions", "en"),
            ("quality", "full"),
            ("auto_next", "off"),
            ("keys", "off"),
            ("transcript", "zh-Hans"),
            ("beside", "open"),
        ];
        let tasks: Vec<_> = changes
            .into_iter()
            .cycle()
            .take(28)
            .map(|pair| {
                let backend = test.backend.clone();
                tokio::spawn(async move { backend.change_player(user, &change(&[pair])).await })
            })
            .collect();
        for task in tasks {
            task.await.expect("no panic").expect("changed");
        }
        let liked = test.backend.player_preferences(user).await.expect("read");
        assert_eq!(
            liked,
            Preferences::default().with(change(&changes)),
            "{}",
            test.kind
        );
    }
}

/// The lesson `film` of the course `walk`, as staff see it.
async fn film(backend: &Backend, transcript: Option<&str>, locale: &str) -> LessonPage {
    let staff = Viewer {
        user: None,
        staff: true,
    };
    let mut page = backend
        .lesson_page(staff, &slug("walk"), &slug("film"))
        .await
        .expect("a lesson");
    let asked = Asked {
        transcript: transcript.map(str::to_owned),
        locale,
        ..Asked::default()
    };
    backend
        .equip_players(staff, &mut page, asked)
        .await
        .expect("equipped");
    page
}

#[tokio::test]
async fn a_lesson_brings_sizes_chapters_and_what_is_said() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let mut bundle = sample_course("walk", None);
        let lesson = &mut bundle.course.sections[0].lessons[1];
        let domain::course::ActivityBody::Media { media } = &mut lesson.activities[0].body else {
            panic!("a film")
        };
        let chinese = "01-start/film.zh-Hans.vtt";
        media.captions.insert("zh-Hans".into(), chinese.into());
        let words = "WEBVTT\n\n00:00.000 --> 00:02.000\n你好\n"
            .as_bytes()
            .to_vec();
        bundle.files.insert(chinese.into(), File::Memory(words));
        publish(backend, bundle).await;
        for (asked, locale, language, words) in [
            (None, "en", "en", "Hello"),
            (None, "zh-Hans", "zh-Hans", "你好"),
            (Some("zh-Hans"), "en", "zh-Hans", "你好"),
            (Some("fr"), "zh-Hant", "en", "Hello"),
        ] {
            let page = film(backend, asked, locale).await;
            let transcript = page.activities[0]
                .transcript
                .as_ref()
                .expect("a transcript");
            assert_eq!(transcript.language, language, "{asked:?} {locale}");
            assert_eq!(transcript.languages, ["en", "zh-Hans"]);
            assert_eq!(transcript.paragraphs[0].cues[0].text, words);
            let ShownBody::Media { media } = &page.activities[0].body else {
                panic!("a film")
            };
            assert_eq!((media.bytes, media.small_bytes), (Some(1_000), None));
            assert_eq!(media.chapters[1].at, 75);
        }
    }
}

#[tokio::test]
async fn a_locked_lesson_tells_nothing() {
    let test = TestBackend::sqlite().await;
    publish(&test.backend, sample_course("walk", Some("199.00"))).await;
    let stranger = Viewer::default();
    let mut page = test
        .backend
        .lesson_page(stranger, &slug("walk"), &slug("film"))
        .await
        .expect("a locked lesson");
    assert!(page.activities.is_empty());
    let asked = Asked::default;
    let equipped = test
        .backend
        .equip_players(stranger, &mut page, asked())
        .await;
    assert!(equipped.is_ok(), "there is nothing to equip");
    let staff = Viewer {
        user: None,
        staff: true,
    };
    let mut open = test
        .backend
        .lesson_page(staff, &slug("walk"), &slug("film"))
        .await
        .expect("an open lesson");
    let refused = test
        .backend
        .equip_players(stranger, &mut open, asked())
        .await;
    assert!(matches!(refused, Err(Error::NotFound)));
}

#[tokio::test]
async fn the_pieces_of_a_film_are_open_with_their_lesson() {
    let test = TestBackend::sqlite().await;
    let mut bundle = sample_course("walk", Some("199.00"));
    let lesson = &mut bundle.course.sections[0].lessons[1];
    let domain::course::ActivityBody::Media { media } = &mut lesson.activities[0].body else {
        panic!("a film")
    };
    media.source = domain::course::MediaSource::File {
        src: "01-start/film.m3u8".into(),
        small: None,
    };
    let playlist = b"#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:4,\n1.m4s\n".to_vec();
    for (path, content) in [
        ("film.m3u8", playlist),
        ("init.mp4", b"init".to_vec()),
        ("1.m4s", b"piece".to_vec()),
    ] {
        let path = format!("01-start/{path}");
        bundle.files.insert(path, File::Memory(content));
    }
    publish(&test.backend, bundle).await;
    let staff = Viewer {
        user: None,
        staff: true,
    };
    for (path, mime) in [
        ("01-start/film.m3u8", "application/vnd.apple.mpegurl"),
        ("01-start/init.mp4", "video/mp4"),
        ("01-start/1.m4s", "video/iso.segment"),
    ] {
        let file = test.backend.media(staff, &slug("walk"), "film", path).await;
        assert_eq!(file.expect("open").mime, mime);
        let locked = test
            .backend
            .media(Viewer::default(), &slug("walk"), "film", path)
            .await;
        assert!(matches!(locked, Err(Error::NotFound)), "{path}");
    }
}
