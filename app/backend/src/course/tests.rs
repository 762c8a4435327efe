use domain::{
    access::Access,
    account::Role,
    ids::{Slug, UserId},
    lesson::{Input, LessonKind, ShownBody, ShownSource},
    money::Money,
};
use formats::Bundle;

use super::{CatalogueFilter, ImportOptions, Viewer};
use crate::{
    Backend, Error,
    testing::{TestBackend, sample_course},
};

fn slug(text: &str) -> Slug {
    Slug::parse(text).expect("a slug")
}

async fn import(backend: &Backend, bundle: Bundle) -> super::Imported {
    let options = ImportOptions {
        publish: true,
        ..ImportOptions::default()
    };
    backend.import(bundle, options).await.expect("imported")
}

async fn learner(backend: &Backend, email: &str) -> UserId {
    backend
        .add_user(email, "Mei", Role::Learner, "walnut trail compass rain")
        .await
        .expect("an account")
        .id
}

fn viewer(user: UserId) -> Viewer {
    Viewer {
        user: Some(user),
        staff: false,
    }
}

const STAFF: Viewer = Viewer {
    user: None,
    staff: true,
};

#[tokio::test]
async fn importing_again_changes_nothing_or_makes_a_version() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let first = import(backend, sample_course("walk", None)).await;
        assert_eq!(
            (first.version, first.unchanged, first.published),
            (1, false, true),
            "{}",
            test.kind
        );
        let same = import(backend, sample_course("walk", None)).await;
        assert_eq!((same.version, same.unchanged), (1, true));
        let mut changed = sample_course("walk", None);
        changed.course.title = "A longer walk".into();
        let second = import(backend, changed).await;
        assert_eq!((second.version, second.unchanged), (2, false));
        let page = backend
            .course_page(Viewer::default(), &slug("walk"))
            .await
            .expect("a page");
        assert_eq!(page.card.title, "A longer walk");
    }
}

#[tokio::test]
async fn the_command_line_may_name_price_and_publish() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let price = Money::parse("199.00", "CNY").ok();
        let options = ImportOptions {
            slug: Some(slug("other")),
            price,
            publish: false,
        };
        let imported = backend
            .import(sample_course("walk", None), options)
            .await
            .expect("imported");
        assert!(!imported.published);
        let other = slug("other");
        assert!(
            matches!(
                backend.course_page(Viewer::default(), &other).await,
                Err(Error::NotFound)
            ),
            "nobody sees it yet"
        );
        assert_eq!(
            backend
                .course_page(STAFF, &other)
                .await
                .expect("staff")
                .card
                .price,
            price
        );
        assert!(
            backend
                .catalogue(STAFF, &CatalogueFilter::default())
                .await
                .expect("a list")
                .is_empty()
        );
    }
}

#[tokio::test]
async fn parallel_imports_of_one_course_end_in_one_version() {
    for test in TestBackend::both().await {
        let tries = (0..6).map(|_| {
            let backend = test.backend.clone();
            tokio::spawn(async move { import(&backend, sample_course("walk", None)).await })
        });
        let imported: Vec<_> = futures::future::join_all(tries)
            .await
            .into_iter()
            .map(|done| done.expect("imported"))
            .collect();
        assert!(
            imported.iter().all(|done| done.version == 1),
            "{}: {imported:?}",
            test.kind
        );
        assert_eq!(imported.iter().filter(|done| !done.unchanged).count(), 1);
    }
}

#[tokio::test]
async fn a_price_that_no_basket_could_hold_is_not_imported() {
    let test = TestBackend::sqlite().await;
    let dear = |price| sample_course("walk", Some(price));
    let options = ImportOptions::default;
    let refused = test.backend.import(dear("10000000000000.01"), options());
    let Err(Error::Setup(why)) = refused.await else {
        panic!("imported");
    };
    assert!(why.contains("walk costs more than there is"), "{why}");
    let most = test.backend.import(dear("10000000000000.00"), options());
    most.await.expect("imported");
}

#[tokio::test]
async fn several_courses_are_imported_together_or_not_at_all() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let bundle = |slug: &str| (sample_course(slug, None), ImportOptions::default());
        let twice = backend
            .import_all(vec![bundle("walk"), bundle("climb"), bundle("walk")])
            .await;
        assert!(matches!(twice, Err(Error::Setup(_))), "{}", test.kind);
        let none = backend.export(&slug("climb")).await;
        assert!(matches!(none, Err(Error::NotFound)));
        let both = backend
            .import_all(vec![bundle("walk"), bundle("climb")])
            .await;
        assert_eq!(both.expect("imported").len(), 2);
    }
}

#[tokio::test]
async fn an_export_is_what_was_imported() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        let original = sample_course("walk", Some("199.00"));
        import(backend, sample_course("walk", Some("199.00"))).await;
        let exported = backend.export(&slug("walk")).await.expect("exported");
        assert_eq!(exported.course, original.course, "{}", test.kind);
        assert_eq!(
            exported.files.keys().collect::<Vec<_>>(),
            original.files.keys().collect::<Vec<_>>()
        );
        assert!(matches!(
            backend.export(&slug("none")).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn the_catalogue_finds_by_words_category_and_level() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        import(backend, sample_course("walk", None)).await;
        backend.clock.advance(std::time::Duration::from_secs(1));
        let mut chinese = sample_course("excel", Some("199.00"));
        chinese.course.title = "30 分钟掌握 Excel 高阶函数".into();
        chinese.course.category = "办公".into();
        import(backend, chinese).await;
        let find = async |query: &str, category: Option<&str>| {
            let filter = CatalogueFilter {
                query: query.into(),
                category: category.map(str::to_owned),
                level: None,
                language: None,
            };
            let cards = backend
                .catalogue(Viewer::default(), &filter)
                .await
                .expect("a list");
            cards
                .into_iter()
                .map(|card| card.slug.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(find("", None).await, ["walk", "excel"], "{}", test.kind);
        assert_eq!(find("EXCEL 函数", None).await, ["excel"]);
        assert_eq!(
            find("film", None).await,
            ["walk", "excel"],
            "lessons' titles count"
        );
        assert_eq!(find("excel", Some("Testing")).await, Vec::<String>::new());
        assert_eq!(find("", Some("办公")).await, ["excel"]);
        assert_eq!(
            backend.categories().await.expect("a list"),
            ["Testing", "办公"]
        );
        assert_eq!(backend.sitemap().await.expect("a list").len(), 2);
    }
}

#[tokio::test]
async fn a_stranger_sees_the_trial_lesson_and_nothing_behind_it() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        import(backend, sample_course("walk", Some("199.00"))).await;
        let walk = slug("walk");
        let stranger = Viewer::default();
        let trial = backend
            .lesson_page(stranger, &walk, &slug("intro"))
            .await
            .expect("a page");
        assert_eq!(trial.access, Access::Trial, "{}", test.kind);
        assert_eq!(trial.next, Some(slug("film")));
        let ShownBody::Text { html } = &trial.activities[0].body else {
            panic!("a text")
        };
        assert!(
            html.contains("href=\"/courses/walk/lessons/film\""),
            "{html}"
        );

        let locked = backend
            .lesson_page(stranger, &walk, &slug("deep"))
            .await
            .expect("its title may be seen");
        assert_eq!(
            (locked.access, locked.activities.len()),
            (Access::Locked, 0)
        );
        for (lesson, path) in [
            ("film", "01-start/film.mp4"),
            ("deep", "02-more/dot.svg"),
            ("-", "02-more/dot.svg"),
            ("intro", "02-more/dot.svg"),
            ("intro", "../x"),
            ("intro", "\0"),
        ] {
            assert!(
                matches!(
                    backend.media(stranger, &walk, lesson, path).await,
                    Err(Error::NotFound)
                ),
                "{lesson} {path}"
            );
        }
        assert!(
            backend
                .media(STAFF, &walk, "film", "01-start/film.mp4")
                .await
                .is_ok()
        );
    }
}

#[tokio::test]
async fn enrolment_opens_every_lesson_and_its_media() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        import(backend, sample_course("walk", None)).await;
        let walk = slug("walk");
        let mei = learner(backend, "mei@example.com").await;
        backend.enrol(mei, &walk).await.expect("enrolled");
        backend.enrol(mei, &walk).await.expect("twice is once");
        let film = backend
            .lesson_page(viewer(mei), &walk, &slug("film"))
            .await
            .expect("a page");
        assert_eq!(film.access, Access::Enrolled, "{}", test.kind);
        let ShownBody::Media { media } = &film.activities[0].body else {
            panic!("a medium")
        };
        let ShownSource::File { url, mime, .. } = &media.source else {
            panic!("a file")
        };
        assert!(
            url.starts_with("/media/walk/film/01-start/film.mp4?v="),
            "{url}"
        );
        assert_eq!(
            (mime.as_str(), media.captions.len(), media.duration_ms),
            ("video/mp4", 1, Some(120_000))
        );
        let file = backend
            .media(viewer(mei), &walk, "film", "01-start/film.mp4")
            .await
            .expect("a file");
        assert_eq!((file.bytes, file.mime.as_str()), (1000, "video/mp4"));
        let captions = backend
            .media(viewer(mei), &walk, "film", "01-start/film.en.vtt")
            .await
            .expect("captions");
        assert_eq!(captions.mime, "text/vtt; charset=utf-8");
        // Another lesson's file, by a lesson that does not show it.
        assert!(
            backend
                .media(viewer(mei), &walk, "intro", "01-start/film.mp4")
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_quiz_is_shown_without_its_answers() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        import(backend, sample_course("walk", None)).await;
        let page = backend
            .lesson_page(STAFF, &slug("walk"), &slug("check"))
            .await
            .expect("a page");
        let ShownBody::Quiz { quiz } = &page.activities[0].body else {
            panic!("a quiz")
        };
        assert!(matches!(&quiz.questions[0].input, Input::Radio(options) if options.len() == 2));
        let sent = serde_json::to_string(&page).expect("JSON");
        for secret in ["42", "right\":", "The reason", "About b"] {
            assert!(!sent.contains(secret), "{secret} is in {sent}");
        }
        assert_eq!(page.syllabus[0].lessons[2].kind, LessonKind::Quiz);
    }
}

#[tokio::test]
async fn what_does_not_exist_is_not_found() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        import(backend, sample_course("walk", None)).await;
        assert!(matches!(
            backend.course_page(STAFF, &slug("none")).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            backend
                .lesson_page(STAFF, &slug("walk"), &slug("none"))
                .await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            backend.media(STAFF, &slug("walk"), "none", "x").await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn a_stranger_is_offered_the_trial_lesson_in_their_language() {
    for test in TestBackend::both().await {
        let backend = &test.backend;
        assert!(
            backend
                .trial_offer(Viewer::default(), "en")
                .await
                .expect("an answer")
                .is_none()
        );
        import(backend, sample_course("walk", None)).await;
        let mut chinese = sample_course("excel", Some("199.00"));
        chinese.course.language = "zh-Hans".into();
        import(backend, chinese).await;
        for (language, course) in [("en", "walk"), ("zh-Hant", "excel")] {
            let offer = backend
                .trial_offer(Viewer::default(), language)
                .await
                .expect("an answer")
                .expect("an offer");
            assert_eq!(offer.course.slug, slug(course), "{}", test.kind);
            assert_eq!(
                (offer.title.as_str(), offer.after.len()),
                ("Introduction", 2)
            );
        }
    }
}
