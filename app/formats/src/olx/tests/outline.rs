//! The tree: where blocks are written, what they are called, and what is not shown.

use super::fixture::{Fixture, notes, said};

fn titles(fixture: &Fixture) -> Vec<(String, String)> {
    let bundle = fixture.read();
    bundle
        .course
        .lessons()
        .map(|lesson| (lesson.slug.to_string(), lesson.title.clone()))
        .collect()
}

fn course(sequentials: &str) -> Fixture {
    Fixture::new().file("course.xml", format!("<course org=\"O\" course=\"C\" url_name=\"r\"><chapter display_name=\"One\">{sequentials}</chapter></course>"))
}

#[test]
fn titles_tell_units_apart() {
    let fixture = course(
        r#"<sequential display_name="Alone"><vertical url_name="u1" display_name="Whatever"><html>x</html></vertical></sequential>
        <sequential display_name="First"><vertical url_name="u2" display_name="Introduction"><html>x</html></vertical>
          <vertical url_name="u3" display_name="Unit"><html>x</html></vertical><vertical url_name="u4" display_name="First"><html>x</html></vertical></sequential>
        <sequential display_name="Second"><vertical url_name="u5" display_name="Introduction"><html>x</html></vertical>
          <vertical url_name="0123456789abcdef0123456789abcdef" display_name="Its own"><html>x</html></vertical></sequential>
        <sequential display_name="Loose"><html url_name="u6">x</html><html url_name="u7" display_name="Named">x</html></sequential>"#,
    );
    let expected = [
        ("u1", "Alone"),
        ("u2", "First: Introduction"),
        ("u3", "First"),
        ("u4", "First (2)"),
        ("u5", "Second: Introduction"),
        ("its-own-01234567", "Its own"),
        ("u6", "Loose"),
        ("u7", "Named"),
    ];
    assert_eq!(
        titles(&fixture),
        expected.map(|(slug, title)| (slug.to_owned(), title.to_owned()))
    );
}

#[test]
fn names_come_from_the_policy_where_the_xml_has_none() {
    let fixture = Fixture::new()
        .file("course.xml", r#"<course url_name="2012_Fall" org="edX" course="toy"/>"#)
        .file("course/2012_Fall.xml", r#"<course><chapter url_name="Overview"><videosequence url_name="Seq"><html url_name="secret:lab"/></videosequence></chapter></course>"#)
        .file("html/secret/lab.html", "<p>Lab</p>")
        .file(
            "policies/2012_Fall.json",
            r#"{"course/2012_Fall": {"display_name": "Toy", "language": "zh_CN"}, "chapter/Overview": {"display_name": "All of it"},
               "videosequence/Seq": {"display_name": "Steps"}, "checklists": []}"#,
        );
    let course = fixture.read().course;
    assert_eq!(
        (
            course.title.as_str(),
            course.language.as_str(),
            course.category.as_str()
        ),
        ("Toy", "zh-Hans", "edX")
    );
    assert_eq!(
        (
            course.sections[0].title.as_str(),
            course.sections[0].folder.as_str()
        ),
        ("All of it", "01-all-of-it")
    );
    assert_eq!(
        titles(&fixture),
        [("secret-lab".to_owned(), "Steps".to_owned())]
    );
}

#[test]
fn what_is_missing_or_broken_is_noted() {
    let fixture = course(
        r#"<sequential url_name="s1"/><sequential url_name="gone"/><sequential url_name="broken"/><sequential url_name="hostile"/><sequential display_name="Nothing"/>"#,
    )
    .file("sequential/s1.xml", r#"<sequential display_name="S"><vertical url_name="v1"/><vertical url_name="v2"/></sequential>"#)
    .file("vertical/v1.xml", r#"<vertical display_name="V"><html>x</html><problem url_name="lost"/><sequential url_name="s1"/></vertical>"#)
    .file("vertical/v2.xml", "<vertical display_name=\"W\">\n<html>fish & chips<br></html></vertical>")
    .file("sequential/broken.xml", "not at all")
    .file("sequential/hostile.xml", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><sequential>&x;</sequential>");
    let bundle = fixture.read();
    assert_eq!(bundle.course.lessons().count(), 2);
    for words in [
        "sequential/gone.xml: subsection — course.xml names it, but the file is missing",
        "problem/lost.xml: problem — vertical/v1.xml names it, but the file is missing",
        "sequential/s1.xml: subsection — refers to itself",
        "sequential/broken.xml: subsection — line 1: is no well-formed XML",
        "sequential/hostile.xml: subsection — line 1: declares a document type",
        "subsection “Nothing” — there is nothing in it",
    ] {
        assert!(
            said(&bundle.report.left_out, words),
            "{words}: {:#?}",
            notes(&bundle.report.left_out)
        );
    }
    assert!(
        said(
            &bundle.report.converted,
            "vertical/v2.xml: unit, mended — line 2"
        ),
        "{:#?}",
        notes(&bundle.report.converted)
    );
}

#[test]
fn what_only_some_see_is_left_out_or_shown_to_all() {
    let fixture = course(
        r#"<sequential display_name="Staff" visible_to_staff_only="true"><vertical><html>x</html></vertical></sequential>
        <sequential display_name="S"><vertical url_name="v" display_name="V">
          <html url_name="h" visible_to_staff_only="True">secret</html>
          <html url_name="y" visible_to_staff_only="yes">secret, by a word that is none</html>
          <html url_name="g" group_access="{&quot;1&quot;: [2]}">group</html>
          <conditional url_name="c" sources="x"><show sources="y"/><html>on a condition</html></conditional>
          <split_test url_name="t"><vertical><html>A</html></vertical><vertical><html>B</html></vertical></split_test>
          <randomize><html>C</html><html>D</html></randomize>
          <library_content url_name="l" max_count="1"><html>E</html><html>F</html></library_content>
          <poll url_name="p" display_name="Your view"/><lti_consumer url_name="t2"/><some-block url_name="z"/>
        </vertical></sequential>"#,
    );
    let (lesson, bundle) = fixture.lesson();
    let texts: Vec<String> = lesson
        .activities
        .iter()
        .map(super::fixture::outline)
        .collect();
    let texts: Vec<&str> = texts
        .iter()
        .filter_map(|text| text.split_once("text ").map(|(_, text)| text))
        .collect();
    assert_eq!(texts, ["on a condition", "A", "C", "E", "F"]);
    for words in [
        "“Staff” — its authors show it to the course's team only",
        "text “h” — its authors",
        "text “y” — its authors",
        "text “g” — its authors show it to some groups of learners only ({\"1\": [2]})",
        "poll “Your view” — its question or answers are those that every new poll begins with",
        "LTI",
        "component “some-block”",
    ] {
        assert!(
            said(&bundle.report.left_out, words),
            "{words}: {:#?}",
            notes(&bundle.report.left_out)
        );
    }
    for words in [
        "shown on a condition",
        "split_test “t” — each learner got one",
        "library_content “l” — each learner got some",
    ] {
        assert!(
            said(&bundle.report.converted, words),
            "{words}: {:#?}",
            notes(&bundle.report.converted)
        );
    }
}

#[test]
fn a_block_for_groups_is_shut_and_one_that_names_none_is_not() {
    let is_shown = |groups: &str| {
        let groups = groups.replace('"', "&quot;");
        let blocks = format!(
            r#"<html url_name="g" group_access="{groups}">group</html><html url_name="h">all</html>"#
        );
        Fixture::unit(&blocks).lesson().0.activities.len() == 2
    };
    for groups in [
        "",
        "null",
        "{}",
        r#"{"50": []}"#,
        r#"{"50": [], "51": null}"#,
    ] {
        assert!(is_shown(groups), "{groups}");
    }
    for groups in [
        r#"{"50": [1, 2]}"#,
        r#"{"50": [], "51": [1]}"#,
        r#"{"50": [1], "51": []}"#,
        r#"{"50": 1}"#,
        r#"{"50": {}}"#,
        "{50: [1]}",
        "{",
        "[]",
        "50",
        "no",
    ] {
        assert!(!is_shown(groups), "{groups}");
    }
}

#[test]
fn groups_shut_whole_sections_in_the_xml_and_in_the_policy() {
    let chapter = |name: &str, more: &str| {
        format!(
            r#"<chapter url_name="{name}" display_name="{name}"{more}><sequential display_name="S">
            <vertical url_name="u-{name}"><html>x</html></vertical></sequential></chapter>"#
        )
    };
    let chapters = [
        chapter("paid", r#" group_access="{&quot;50&quot;: [2]}""#),
        chapter("told", r#" group_access="{}""#),
        chapter("garbled", ""),
        chapter("open", ""),
    ];
    let fixture = Fixture::new()
        .file(
            "course.xml",
            format!(
                r#"<course org="O" course="C" url_name="r">{}</course>"#,
                chapters.concat()
            ),
        )
        .file(
            "policies/r/policy.json",
            r#"{"chapter/told": {"group_access": {"50": [2]}}, "chapter/garbled": {"group_access": "50"},
               "chapter/open": {"group_access": {"50": []}}}"#,
        );
    let bundle = fixture.read();
    let sections = bundle.course.sections.iter();
    let titles: Vec<&str> = sections.map(|section| section.title.as_str()).collect();
    assert_eq!(titles, ["open"]);
    for words in [
        "section “paid” — its authors show it to some groups of learners only ({\"50\": [2]}), and there are no groups",
        "section “told” — its authors show it to some groups of learners only ({\"50\":[2]})",
        "section “garbled” — its authors say which groups of learners may see it, but not so that it can be read (\"50\")",
    ] {
        assert!(
            said(&bundle.report.left_out, words),
            "{words}: {:#?}",
            notes(&bundle.report.left_out)
        );
    }
}

#[test]
fn slugs_outlive_changes_around_them() {
    let unit = |name: &str| {
        format!(
            r#"<vertical url_name="{name}" display_name="Introduction"><html>x</html></vertical>"#
        )
    };
    let (a, b) = (
        unit("0123456789abcdef0123456789abcdef"),
        unit("fedcba9876543210fedcba9876543210"),
    );
    let before = titles(&course(&format!(
        r#"<sequential display_name="S">{a}{a}</sequential>"#
    )));
    let after = titles(&course(&format!(
        r#"<sequential display_name="New">{b}{b}</sequential><sequential display_name="S">{a}</sequential>"#
    )));
    assert_eq!(before[0].0, "introduction-01234567");
    assert_eq!(after[2].0, before[0].0);
}

#[test]
fn a_link_to_an_empty_lesson_leads_nowhere() {
    let fixture = course(
        r#"<sequential display_name="S"><vertical url_name="full"><html><a href="/jump_to_id/empty">empty</a><a href="/jump_to_id/full">full</a></html></vertical>
        <vertical url_name="empty"><poll url_name="p"/></vertical></sequential>"#,
    );
    let (lesson, bundle) = fixture.lesson();
    assert_eq!(
        super::fixture::outline(&lesson.activities[0]),
        "html: text empty<a href=\"lesson:full\">full</a>"
    );
    assert!(said(
        &bundle.report.left_out,
        "nothing in it could be carried"
    ));
}

#[test]
fn courses_that_are_none_are_refused() {
    let message = |fixture: Fixture| fixture.try_read().expect_err("no course").to_string();
    assert!(message(Fixture::new()).contains("course.xml: is missing"));
    assert!(
        message(Fixture::new().file("course.xml", "<library/>"))
            .contains("course.xml:1: begins with <library>")
    );
    assert!(
        message(Fixture::new().file("course.xml", "<course url_name=\"run\"/>"))
            .contains("course/run.xml: is missing")
    );
    let empty = message(course("<sequential display_name=\"S\"/>"));
    assert!(
        empty.contains("course.xml: has no lesson that could be carried")
            && empty.contains("there is nothing in it"),
        "{empty}"
    );
    let nested = (0..40).fold("<html>x</html>".to_owned(), |inner, _| {
        format!("<vertical>{inner}</vertical>")
    });
    assert!(message(course(&nested)).contains("nests or holds more"));
}

#[test]
fn an_entrance_exam_shuts_nothing_and_the_report_says_so() {
    let fixture = Fixture::new().file(
        "course.xml",
        r#"<course org="O" course="C" url_name="r"><chapter display_name="Entry" is_entrance_exam="true">
          <sequential display_name="S"><vertical url_name="v"><html>x</html></vertical></sequential></chapter></course>"#,
    );
    let bundle = fixture.read();
    assert_eq!(bundle.course.sections[0].stage, None);
    let words = "entrance exam “Entry” — nothing is shut until it is passed";
    assert!(
        said(&bundle.report.left_out, words),
        "{:#?}",
        notes(&bundle.report.left_out)
    );
}
