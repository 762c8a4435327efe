//! Videos: where they play from, captions, handouts.

use domain::course::{ActivityBody, Media, MediaSource};

use super::fixture::{Fixture, notes, outline, said};
use crate::{Bundle, File};

fn read(video: &str) -> (Media, Bundle) {
    let (lesson, bundle) = Fixture::unit(&format!("{video}<html>x</html>"))
        .file("static/film.mp4", "x")
        .file("static/film.webm", "x")
        .file("static/hand out.pdf", "x")
        .file("static/en.srt", "1\n00:00:01,0 --> 00:00:02,0\nHello\n")
        .file(
            "static/subs_abc.srt.sjson",
            r#"{"start": [0], "end": [500], "text": ["Hi"]}"#,
        )
        .file("static/broken.srt", "nothing")
        .lesson();
    let media = lesson
        .activities
        .iter()
        .find_map(|activity| match &activity.body {
            ActivityBody::Media { media } => Some(media.clone()),
            _ => None,
        });
    (media.expect("a video"), bundle)
}

#[test]
fn a_file_before_an_address_before_youtube() {
    let youtube = MediaSource::YouTube {
        id: "3-rAtHinTNU".into(),
    };
    let file = MediaSource::File {
        src: "static/film.mp4".into(),
        small: None,
    };
    let link = MediaSource::Link {
        url: "https://x.org/film.mp4".into(),
    };
    for (video, source) in [
        (
            r#"<video youtube="0.75:xxxxxxxxxxx,1.00:3-rAtHinTNU"/>"#,
            &youtube,
        ),
        (
            r#"<video youtube_id_1_0="3-rAtHinTNU" html5_sources="[]"/>"#,
            &youtube,
        ),
        (
            r#"<video youtube_id_1_0="3-rAtHinTNU"><source src="old/film.mp4"/></video>"#,
            &youtube,
        ),
        (
            r#"<video youtube_id_1_0="3-rAtHinTNU"><source src="https://x.org/film.m3u8"/></video>"#,
            &youtube,
        ),
        (
            r#"<video youtube_id_1_0="3-rAtHinTNU"><source src="https://x.org/film.mp4"/></video>"#,
            &link,
        ),
        (
            r#"<video html5_sources="[&quot;https://x.org/film.mp4&quot;, &quot;/static/film.mp4&quot;]"/>"#,
            &file,
        ),
        (
            r#"<video><source src="/static/film.webm"/><source src="/static/film.mp4"/></video>"#,
            &file,
        ),
        (
            r#"<video edx_video_id="a"><video_asset duration="61.4"><encoded_video profile="youtube" url="3-rAtHinTNU"/><encoded_video profile="desktop_mp4" url="https://x.org/film.mp4"/></video_asset></video>"#,
            &link,
        ),
    ] {
        assert_eq!(&read(video).0.source, source, "{video}");
    }
    let (media, bundle) = read(
        r#"<video display_name="Talk" start_time="00:01:00" end_time="00:00:00"><source src="/static/film.mp4"/><source src="/static/film.webm"/><video_asset duration="61.4"/></video>"#,
    );
    assert_eq!((media.title.as_str(), media.seconds), ("Talk", Some(61)));
    assert!(
        said(
            &bundle.report.converted,
            "part of video “Talk” (00:01:00) — the whole video plays"
        ),
        "{:#?}",
        notes(&bundle.report.converted)
    );
    assert!(said(
        &bundle.report.left_out,
        "static/film.webm: second encoding"
    ));
    let (_, bundle) = Fixture::unit(
        r#"<video url_name="v" display_name="Lost" source="gone.mp4"/><html>x</html>"#,
    )
    .lesson();
    assert!(said(
        &bundle.report.left_out,
        "video “Lost” — it has neither"
    ));
}

#[test]
fn captions_come_from_everywhere() {
    let (media, bundle) = read(
        r#"<video youtube_id_1_0="3-rAtHinTNU" sub="abc" transcripts="{&quot;zh_cn&quot;: &quot;en.srt&quot;}">
        <transcript language="de" src="en.srt"/><transcript language="fr" src="gone.srt"/><transcript language="it" src="broken.srt"/></video>"#,
    );
    let captions: Vec<(&str, &str)> = media
        .captions
        .iter()
        .map(|(language, path)| (language.as_str(), path.as_str()))
        .collect();
    assert_eq!(
        captions,
        [
            ("de", "captions/en.vtt"),
            ("en", "captions/subs_abc.vtt"),
            ("zh-Hans", "captions/en.vtt")
        ]
    );
    let Some(File::Memory(vtt)) = bundle.files.get("captions/en.vtt") else {
        panic!("{:?}", bundle.files)
    };
    assert_eq!(
        String::from_utf8_lossy(vtt),
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nHello\n"
    );
    assert!(
        said(&bundle.report.left_out, "captions gone.srt")
            && said(&bundle.report.left_out, "static/broken.srt")
    );
    assert_eq!(bundle.report.kept.get("captions"), Some(&2));
}

#[test]
fn handouts_are_linked_below() {
    let (lesson, _) = Fixture::unit(
        r#"<video url_name="v" youtube_id_1_0="3-rAtHinTNU" handout="/static/hand_out.pdf"><handout src="/asset-v1:O+C+R+type@asset+block@hand_out.pdf"/><track src="/static/en.srt"/></video>"#,
    )
    .file("static/hand out.pdf", "x")
    .file("static/en.srt", "1\n00:00:01,0 --> 00:00:02,0\nHello\n")
    .lesson();
    let outlines: Vec<String> = lesson.activities.iter().map(outline).collect();
    assert_eq!(
        outlines,
        [
            "v: media youtube 3-rAtHinTNU",
            "v-handout: text <p><a href=\"/static/hand%20out.pdf\">hand out.pdf</a></p>"
        ]
    );
}
