//! A small course with everything in it, as Studio exports one.

use domain::course::{Instructor, Level, Text};

use super::fixture::{Fixture, notes, outline, said};

const CHAPTER: &str = "1414ffd5143b4b508f739b563ab468b7";
const UNIT: &str = "4f6c1b4e316a419ab5b6bf30e6c708e9";

fn course() -> Fixture {
    Fixture::new()
        .file("course.xml", r#"<course url_name="2024" org="RiverU" course="Birds101"/>"#)
        .file(
            "course/2024.xml",
            format!(
                r#"<course display_name="Birds of the river" language="en" start="2024-01-01T00:00:00Z" course_image="cover_art.png"
                instructor_info="{{&quot;instructors&quot;: []}}" learning_info="[]">
                <chapter url_name="{CHAPTER}"/><chapter url_name="week2"/><wiki slug="RiverU.Birds101"/></course>"#
            ),
        )
        .file("policies/2024/policy.json", r#"{"course/2024": {"tabs": []}, "chapter/week2": {"display_name": "Songs"}}"#)
        .file("policies/2024/grading_policy.json", "{}")
        .file("policies/assets.json", "{}")
        .file(&format!("chapter/{CHAPTER}.xml"), r#"<chapter display_name="Watching"><sequential url_name="seq1"/></chapter>"#)
        .file("chapter/week2.xml", r#"<chapter><sequential url_name="seq2"/></chapter>"#)
        .file("sequential/seq1.xml", format!(r#"<sequential display_name="First steps"><vertical url_name="{UNIT}"/><vertical url_name="herons"/></sequential>"#))
        .file("sequential/seq2.xml", r#"<sequential display_name="Listening" due="2024-02-01T00:00:00Z"><vertical url_name="calls"/></sequential>"#)
        .file(
            &format!("vertical/{UNIT}.xml"),
            r#"<vertical display_name="Where to stand"><html url_name="bank"/><video url_name="film"/><html url_name="styles"/><discussion url_name="talk"/></vertical>"#,
        )
        .file("vertical/herons.xml", r#"<vertical display_name="Herons"><problem url_name="legs"/><openassessment url_name="essay"><prompts><prompt><description>Describe a heron.</description></prompt></prompts></openassessment></vertical>"#)
        .file("vertical/calls.xml", r#"<vertical display_name="Calls"><html url_name="calls_text"/></vertical>"#)
        .file("html/bank.xml", r#"<html filename="bank" display_name="Text"/>"#)
        .file("html/bank.html", r#"<p>Stand on the <a href="/jump_to_id/herons">quiet bank</a>.</p><p><img src="/static/river_map.png" alt="The river"/></p>"#)
        .file("html/styles.xml", r#"<html filename="styles" display_name="CSS" editor="raw"/>"#)
        .file("html/styles.html", r#"<link rel="stylesheet" href="/static/birds.css"/>"#)
        .file("html/calls_text.xml", r#"<html filename="calls_text"/>"#)
        .file("html/calls_text.html", "<p>Listen.</p>")
        .file("html/unused.html", "<p>Nobody reads this.</p>")
        .file(
            "video/film.xml",
            r#"<video url_name="film" display_name="A morning" youtube="1.00:3-rAtHinTNU" transcripts="{&quot;en&quot;: &quot;film-en.srt&quot;}"><transcript language="en" src="film-en.srt"/></video>"#,
        )
        .file("problem/legs.xml", r#"<problem display_name="Multiple Choice"><multiplechoiceresponse><label>How many legs?</label><choicegroup><choice correct="true">Two</choice><choice correct="false">Four</choice></choicegroup></multiplechoiceresponse></problem>"#)
        .file("static/river map.png", "png")
        .file("static/film-en.srt", "0\n00:00:01,000 --> 00:00:02,000\nQuiet now.\n")
        .file("static/birds.css", "p {}")
        .file("static/cover art.png", "png")
        .file("static/spare.pdf", "pdf")
        .file("drafts/vertical/next.xml", "<vertical/>")
        .file("tabs/syllabus.html", "<p>Syllabus</p>")
        .file("info/updates.html", "<p>News</p>")
        .file("about/short_description.html", "Learn to see herons before they see you.")
        .file("about/effort.html", "2 hours")
        .file(
            "about/overview.html",
            r#"<section class="about"><h2>About This Course</h2><p>Rivers are full of birds. Look.</p><h3>What you'll learn</h3><ul><li>Tell a heron from a crane</li><li>Sit still</li></ul></section>
            <section class="prerequisites"><h2>Requirements</h2><ul><li>Warm clothes</li></ul></section>
            <section class="course-staff"><h2>Course Staff</h2><article class="teacher"><div class="teacher-image"><img src="/static/face.png"/></div><h3>Ada Reed</h3><p>Ada counts birds.</p></article>
            <article class="teacher"><h3>Staff Member #2</h3><p>Biography of instructor/staff member #2</p></article></section>"#,
        )
        .file("README.md", "x")
}

#[test]
fn lessons_hold_what_units_held() {
    let bundle = course().read();
    let sections: Vec<(&str, &str)> = bundle
        .course
        .sections
        .iter()
        .map(|section| (section.folder.as_str(), section.title.as_str()))
        .collect();
    assert_eq!(
        sections,
        [("01-watching", "Watching"), ("02-songs", "Songs")]
    );
    let lessons: Vec<(&str, &str)> = bundle
        .course
        .lessons()
        .map(|lesson| (lesson.slug.as_str(), lesson.title.as_str()))
        .collect();
    assert_eq!(
        lessons,
        [
            ("where-to-stand-4f6c1b4e", "Where to stand"),
            ("herons", "Herons"),
            ("calls", "Listening")
        ]
    );
    let activities: Vec<String> = bundle
        .course
        .lessons()
        .flat_map(|lesson| &lesson.activities)
        .map(outline)
        .collect();
    assert_eq!(
        activities,
        [
            "bank: text <p>Stand on the <a href=\"lesson:herons\">quiet bank</a>.</p><p><img src=\"/static/river%20map.png\" alt=\"The river\"></p>",
            "film: media youtube 3-rAtHinTNU",
            "legs: quiz How many legs?",
            "essay: text <p>Describe a heron.</p>",
            "calls_text: text <p>Listen.</p>",
        ]
    );
    let files: Vec<&str> = bundle.files.keys().map(String::as_str).collect();
    assert_eq!(files, ["captions/film-en.vtt", "static/river map.png"]);
    let kept: Vec<(&str, u32)> = bundle
        .report
        .kept
        .iter()
        .map(|(kind, count)| (kind.as_str(), *count))
        .collect();
    assert_eq!(
        kept,
        [
            ("captions", 1),
            ("file", 1),
            ("lesson", 3),
            ("question", 1),
            ("quiz", 1),
            ("section", 2),
            ("text", 3),
            ("video", 1)
        ]
    );
}

#[test]
fn the_catalogue_knows_the_course() {
    let course = course().read().course;
    assert_eq!(
        (course.slug.as_str(), course.title.as_str()),
        ("birds101", "Birds of the river")
    );
    assert_eq!(
        (
            course.language.as_str(),
            course.category.as_str(),
            course.level
        ),
        ("en", "RiverU", Level::Beginner)
    );
    assert_eq!(course.summary, "Learn to see herons before they see you.");
    assert_eq!(course.outcomes, ["Tell a heron from a crane", "Sit still"]);
    assert_eq!(course.prerequisites, ["Warm clothes"]);
    assert_eq!(
        course.instructors,
        [Instructor {
            name: "Ada Reed".into(),
            credentials: String::new(),
            bio: "Ada counts birds.".into()
        }]
    );
    let overview = "<section><p>Rivers are full of birds. Look.</p></section>";
    assert_eq!(course.overview, Text::Html(overview.into()));
}

#[test]
fn studio_knows_more_than_the_overview() {
    let fixture = course().file("about/short_description.html", "").file(
        "course/2024.xml",
        format!(
            r#"<course display_name="河边的鸟" learning_info="[&quot;Sit&quot;]" instructor_info="{{&quot;instructors&quot;: [{{&quot;name&quot;: &quot;Bo&quot;, &quot;title&quot;: &quot;Ranger&quot;}}]}}"><chapter url_name="{CHAPTER}"/></course>"#
        ),
    );
    let course = fixture.read().course;
    assert_eq!(
        (
            course.outcomes,
            course.instructors[0].name.as_str(),
            course.instructors[0].credentials.as_str()
        ),
        (vec!["Sit".to_owned()], "Bo", "Ranger")
    );
    assert_eq!(
        (course.summary.as_str(), course.language.as_str()),
        ("Rivers are full of birds.", "zh-Hans")
    );
}

#[test]
fn every_file_is_accounted_for() {
    let bundle = course().read();
    let left_out = notes(&bundle.report.left_out);
    for words in [
        "drafts/vertical/next.xml: draft",
        "tabs/syllabus.html: page",
        "info/updates.html: news",
        "about/effort.html: part of the about page",
        "html/unused.html: text — nothing that was carried refers to it",
        "html/styles.html: text — it holds nothing but scripts and style sheets",
        "static/birds.css: page, script or style sheet",
        "static/spare.pdf: file — nothing that was carried refers to it",
        "static/cover art.png: picture — courses have no picture",
        "policies/2024/grading_policy.json: grading rules",
        "policies/assets.json: list of files",
        "discussion “talk” — lessons have no forum",
        "due date 2024-02-01T00:00:00Z",
        "course/2024.xml: wiki",
        "README.md: file",
    ] {
        assert!(
            said(&bundle.report.left_out, words),
            "{words}: {left_out:#?}"
        );
    }
    assert!(said(&bundle.report.converted, "essay"));
    // Once each.
    let mut unique = left_out.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), left_out.len(), "{left_out:#?}");
}

#[test]
fn reading_twice_gives_the_same_course() {
    let fixture = course();
    assert_eq!(fixture.read().course, fixture.read().course);
}
