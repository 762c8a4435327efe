//! Components without a counterpart of which something can still be read.

use super::fixture::{Fixture, notes, outline, said};

fn read(block: &str) -> (Vec<String>, Vec<String>) {
    let (lesson, bundle) = Fixture::unit(&format!("{block}<html>x</html>"))
        .file("static/guide.pdf", "x")
        .lesson();
    let mut outlines: Vec<String> = lesson.activities.iter().map(outline).collect();
    outlines.pop();
    (outlines, notes(&bundle.report.converted))
}

#[test]
fn tasks_of_essays_can_be_read() {
    let (outlines, converted) = read(
        "<openassessment url_name='essay'><title>Essay</title><prompts><prompt><description>&lt;p&gt;Write &lt;b&gt;well&lt;/b&gt;.&lt;/p&gt;</description></prompt>\
         <prompt><description>First.\n\nSecond.</description></prompt></prompts><rubric><criterion><prompt>How good?</prompt></criterion></rubric></openassessment>",
    );
    assert_eq!(
        outlines,
        ["essay: text <p>Write <b>well</b>.</p><p>First.</p><p>Second.</p>"]
    );
    assert!(
        converted.iter().any(|note| note.contains("no handing in")),
        "{converted:#?}"
    );
    let (_, bundle) = Fixture::unit("<openassessment url_name='e'/><html>x</html>").lesson();
    assert!(said(&bundle.report.left_out, "no task to be read"));
}

#[test]
fn remarks_stand_in_the_text() {
    let (outlines, _) = read(
        "<annotatable url_name='poem'><instructions><p>Read.</p></instructions><p>A <annotation title='T' body='A journey.' problem='0'>pilgrimage</annotation> to thee</p></annotatable>",
    );
    assert_eq!(
        outlines,
        ["poem: text <p>Read.</p><p>A <mark>pilgrimage</mark> (A journey.) to thee</p>"]
    );
}

#[test]
fn documents_are_linked() {
    let (outlines, _) =
        read("<pdf url_name='guide' display_name='The guide' url='/static/guide.pdf'/>");
    assert_eq!(
        outlines,
        ["guide: text <p><a href=\"/static/guide.pdf\">The guide</a></p>"]
    );
    let code = "&lt;iframe src='https://docs.example.org/d/1' title='Plan'&gt;&lt;/iframe&gt;";
    let (outlines, _) = read(&format!(
        "<google-document url_name='plan' embed_code=\"{code}\"/>"
    ));
    assert_eq!(
        outlines,
        ["plan: text <a href=\"https://docs.example.org/d/1\">Plan</a>"]
    );
}
