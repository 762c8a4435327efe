//! Nothing that a file may hold brings the reader down, and whatever is read keeps to the rules.

use proptest::prelude::*;

use super::fixture::{Fixture, check};

/// Pieces that mean something to the reader, in any order.
const PIECES: [&str; 48] = [
    "<p>",
    "</p>",
    "<div id='a'>",
    "</div>",
    "<br/>",
    "<",
    ">",
    "&",
    "&amp;",
    "&nope;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "\\(x",
    "\\)",
    "\\[",
    "$$",
    "`",
    "<problem>",
    "</problem>",
    "<multiplechoiceresponse>",
    "</multiplechoiceresponse>",
    "<choicegroup>",
    "<choice correct='true'>A</choice>",
    "<choice correct='false'>",
    "</choice>",
    "</choicegroup>",
    "<optionresponse><optioninput options=\"('a','b')\" correct='a'/></optionresponse>",
    "<stringresponse answer='a|b' type='regexp'><textline/></stringresponse>",
    "<numericalresponse answer='[1,2)'>",
    "</numericalresponse>",
    "<solution>",
    "</solution>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<iframe src='https://youtu.be/3-rAtHinTNU'>",
    "</iframe>",
    "<video src='/static/a.mp4'>",
    "</video>",
    "<img src='/static/a.png' alt='",
    "'>",
    "<a href='/jump_to_id/unit1'>",
    "</a>",
    "<script>",
    "</script>",
    "é学\u{0}\u{e000}",
    "\n\n",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => "\\PC{0,8}"];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn files_of_any_content_are_read(page in soup(), problem in soup(), other in soup(), overview in soup()) {
        let fixture = Fixture::unit("<html url_name='page'/><problem url_name='asks'/><problem url_name='other'/><video url_name='film'/><html>x</html>")
            .file("html/page.html", &page)
            .file("problem/asks.xml", format!("<problem>{problem}</problem>"))
            .file("problem/other.xml", &other)
            .file("video/film.xml", &page)
            .file("static/a.srt", &other)
            .file("static/a.png", "x")
            .file("static/a.mp4", "x")
            .file("about/overview.html", &overview)
            .file("policies/run/policy.json", &problem);
        check(&fixture.try_read().expect("a course, as there is a text in it"));
    }

    #[test]
    fn roots_of_any_content_are_read_or_refused(root in soup(), chapter in soup()) {
        let fixture = Fixture::new().file("course.xml", format!("<course url_name='r'>{root}<chapter url_name='c'/></course>")).file("chapter/c.xml", &chapter);
        if let Ok(bundle) = fixture.try_read() {
            check(&bundle);
        }
    }

    #[test]
    fn bytes_of_any_kind_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let fixture = Fixture::unit("<html url_name='page'/><problem url_name='asks'/><video transcripts='{\"en\": \"a.srt\"}' youtube_id_1_0='3-rAtHinTNU'/>")
            .file("html/page.html", &bytes)
            .file("problem/asks.xml", &bytes)
            .file("static/a.srt", &bytes);
        check(&fixture.try_read().expect("a course, as there is a video in it"));
    }
}

#[test]
fn control_characters_do_not_get_into_the_course() {
    let fixture = Fixture::unit(
        "<html url_name='h' display_name='a&#1;&#x7f;b'>&lt;p&gt;c\u{1}&amp;#2;d&lt;/p&gt;</html><problem url_name='q'><p>W\u{0}hy?</p><stringresponse answer='b&#1;c'><textline/></stringresponse></problem>",
    );
    let course = format!("{:?}", fixture.read().course);
    assert!(
        course.contains("<p>cd</p>") && course.contains("[\"bc\"]"),
        "{course}"
    );
    for escape in ["\\0", "\\u{"] {
        assert!(!course.contains(escape), "{course}");
    }
}
