//! HTML: links, pictures, media, and what does not work in a lesson.

use super::fixture::{Fixture, notes, outline, said};

fn page(html: &str) -> Fixture {
    Fixture::unit("<html url_name=\"page\"/><html url_name=\"other\">Other.</html>")
        .file(
            "html/page.xml",
            "<html filename=\"page\" display_name=\"Text\"/>",
        )
        .file("html/page.html", html)
        .file("static/Big picture.png", "x")
        .file("static/app.js", "x")
        .file("static/sim.html", "x")
        .file("static/film.mp4", "x")
}

/// The activities made of the page, without the one beside it.
fn read(html: &str) -> Vec<String> {
    let (lesson, _) = page(html).lesson();
    let mut outlines: Vec<String> = lesson.activities.iter().map(outline).collect();
    assert_eq!(outlines.pop().as_deref(), Some("other: text Other."));
    outlines
}

#[test]
fn references_lead_to_files_and_lessons() {
    let html = "<p class='x' style='color: red' onclick='f()'><a href='/static/Big_picture.png' target='_blank'>a</a> \
                <a href='/jump_to_id/unit1'>b</a> <a href='https://x.org/?a=1&amp;b=2'>c</a> <a href='/static/sim.html'>d</a> \
                <a href='/courses/O/C/R/wiki'>e</a> <a href='#'>f</a> <a href='#here'>g</a> <a name='here'>h</a></p>";
    assert_eq!(
        read(html),
        ["page: text <p><a href=\"/static/Big%20picture.png\">a</a> <a href=\"lesson:the-unit\">b</a> \
          <a href=\"https://x.org/?a=1&amp;b=2\">c</a> d e f <a href=\"#here\">g</a> <a id=\"here\">h</a></p>"]
            .map(|text| text.replace("lesson:the-unit", "lesson:unit1"))
    );
}

#[test]
fn pictures_are_carried_or_described() {
    let html = "<img src='/asset-v1:O+C+R+type@asset+block@Big_picture.png' width='30' alt='Big'><img src='/static/gone.png' alt='Gone'>\
                <img src='data:image/png;base64,iVBORw0KGgo='><img src='https://x.org/a.png' alt=''>";
    assert_eq!(
        read(html),
        [
            "page: text <img width=\"30\" src=\"/static/Big%20picture.png\" alt=\"Big\">Gone<img src=\"/images/page.png\" alt=\"\"><img src=\"https://x.org/a.png\" alt=\"\">"
        ]
    );
    let bundle = page(html).read();
    assert!(bundle.files.contains_key("images/page.png"));
    assert!(
        said(
            &bundle.report.left_out,
            "html/page.html: picture /static/gone.png"
        ),
        "{:#?}",
        notes(&bundle.report.left_out)
    );
    assert!(said(&bundle.report.left_out, "static/app.js"));
}

#[test]
fn media_stands_on_its_own() {
    let html = "<h2>Film</h2><p>Before <iframe src='https://www.youtube.com/embed/3-rAtHinTNU?rel=0'></iframe> after</p>\
                <video><source src='/static/film.mp4'></video><p><iframe title='A map' src='https://maps.example.org/x'></iframe></p>";
    assert_eq!(
        read(html),
        [
            "page: text <h2>Film</h2><p>Before </p>",
            "page-video: media youtube 3-rAtHinTNU",
            "page-2: text <p> after</p>",
            "page-video-2: media static/film.mp4",
            "page-3: text <p><a href=\"https://maps.example.org/x\">A map</a></p>"
        ]
    );
}

#[test]
fn what_needs_a_script_is_left_out_and_said_once() {
    let bundle = page("<script>f()</script><style>p{}</style><p>Text <button onclick='f()'>Go</button></p><svg></svg><script>g()</script>").read();
    for words in ["scripts —", "style sheets —", "buttons and fields —", "SVG"] {
        let found = notes(&bundle.report.left_out)
            .iter()
            .filter(|note| note.starts_with("html/page.html") && note.contains(words))
            .count();
        assert_eq!(found, 1, "{words}: {:#?}", notes(&bundle.report.left_out));
    }
    assert!(
        read(
            "<link rel='stylesheet' href='/static/app.css'><script src='/static/app.js'></script>"
        )
        .is_empty()
    );
    assert!(
        read("<div><p>Do you like this page?</p><button onclick='send(1)'>Yes</button></div>")
            .is_empty()
    );
    assert_eq!(
        read(
            "<p><span class='material-symbols-outlined'>menu_book</span>Read <noscript>this</noscript></p>"
        ),
        ["page: text <p>Read this</p>"]
    );
    assert_eq!(
        read("<div style='display: none'><p>Answer</p></div>"),
        ["page: text <details><summary>…</summary><div><p>Answer</p></div></details>"]
    );
}

#[test]
fn mathematics_stays_as_it_is() {
    let html = "<p>\\(a &lt; b\\), \\(a<b\\) and [mathjaxinline]x[/mathjaxinline]; `sum_i` and `x^2`, %%USER_ID%%</p><pre>`code` `too`</pre>";
    assert_eq!(
        read(html),
        [
            "page: text <p>\\(a &lt; b\\), \\(a&lt;b\\) and [mathjaxinline]x[/mathjaxinline]; `sum_i` and `x^2`, %%USER_ID%%</p><pre>`code` `too`</pre>"
        ]
    );
    let bundle = page(html).read();
    assert!(
        said(&bundle.report.left_out, "AsciiMath") && said(&bundle.report.left_out, "placeholders")
    );
    let bundle = page("<code>`a` `b`</code>").read();
    assert!(!said(&bundle.report.left_out, "AsciiMath"));
}

#[test]
fn content_is_found_wherever_it_is_written() {
    for (block, file) in [
        ("<html url_name=\"a\"><p>Here &amp; now</p></html>", None),
        (
            "<html url_name=\"a\"><![CDATA[<p>Here &amp; now</p>]]></html>",
            None,
        ),
        ("<html url_name=\"a\"/>", Some("html/a.html")),
        (
            "<html slug=\"a\" filename=\"sub/b\"/>",
            Some("html/sub/b.html"),
        ),
        ("<html url_name=\"sub:a\"/>", Some("html/sub/a.html")),
    ] {
        let fixture = Fixture::unit(block);
        let fixture = match file {
            Some(path) => fixture.file(path, "<p>Here &amp; now</p>"),
            None => fixture,
        };
        let (lesson, _) = fixture.lesson();
        assert!(
            outline(&lesson.activities[0]).ends_with("text <p>Here &amp; now</p>"),
            "{block}"
        );
    }
    let (_, bundle) = Fixture::unit("<html url_name=\"gone\"/><html>x</html>").lesson();
    assert!(
        said(&bundle.report.left_out, "html/gone.html, is missing"),
        "{:#?}",
        notes(&bundle.report.left_out)
    );
    let (_, bundle) = Fixture::unit("<html url_name=\"latin\"/><html>x</html>")
        .file("html/latin.html", b"caf\xe9")
        .lesson();
    assert!(
        said(
            &bundle.report.left_out,
            "html/latin.html: text — line 1: is not in UTF-8"
        ),
        "{:#?}",
        notes(&bundle.report.left_out)
    );
}
