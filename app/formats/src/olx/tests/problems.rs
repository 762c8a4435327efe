//! Each form of problem, and what becomes of it.

use domain::course::{ActivityBody, AnswerKey, Choice, Question, Quiz};

use super::fixture::{Fixture, notes, outline, said};

/// The quizzes of a course with this problem, and its notes.
fn read(problem: &str) -> (Vec<Quiz>, Vec<String>) {
    // A text beside it, so that there is a lesson whatever becomes of the problem.
    let (lesson, bundle) = Fixture::unit(&format!("<html>Text.</html>{problem}"))
        .file("static/map.png", "x")
        .lesson();
    let quizzes = lesson
        .activities
        .into_iter()
        .filter_map(|activity| match activity.body {
            ActivityBody::Quiz { quiz } => Some(quiz),
            _ => None,
        });
    let mut all = notes(&bundle.report.converted);
    all.extend(notes(&bundle.report.left_out));
    (quizzes.collect(), all)
}

fn question(problem: &str) -> Question {
    let (mut quizzes, notes) = read(problem);
    assert_eq!(quizzes.len(), 1, "{notes:#?}");
    quizzes.remove(0).questions.remove(0)
}

fn option(text: &str, right: bool, feedback: Option<&str>) -> Choice {
    Choice {
        text: text.into(),
        right,
        feedback: feedback.map(str::to_owned),
    }
}

#[test]
fn one_of_several_options() {
    let question = question(
        r#"<problem url_name="p1" display_name="Rome" weight="3.0"><multiplechoiceresponse>
        <p><img src="/static/map.png" alt="A map"/></p>
        <label>Which <b>animal</b> stood for \(R_0\)?</label><description>Only one.</description>
        <choicegroup type="MultipleChoice">
          <choice correct="true">The lion<choicehint>Indeed.</choicehint></choice>
          <choice correct="false"><p>A tiger</p></choice>
        </choicegroup>
        <solution><div class="detailed-solution"><p>Explanation</p><p>It was $5.</p></div></solution>
        </multiplechoiceresponse><demandhint><hint>Think.</hint><hint>Again.</hint></demandhint></problem>"#,
    );
    assert_eq!(question.key, "p1");
    assert_eq!(
        question.prompt,
        "![A map](/static/map.png)\n\nWhich **animal** stood for $R_0$?\n\n*Only one.*"
    );
    let options = vec![
        option("The lion", true, Some("Indeed.")),
        option("A tiger", false, None),
    ];
    assert_eq!(question.answer, AnswerKey::Choice { options });
    assert_eq!(question.explanation.as_deref(), Some("It was \\$5."));
    assert_eq!(
        (question.hints, question.weight),
        (vec!["Think.".to_owned(), "Again.".to_owned()], 3)
    );
}

#[test]
fn feedback_that_is_targeted_and_options_in_a_dropdown() {
    let targeted = question(
        r#"<problem><multiplechoiceresponse targeted-feedback=""><p>Q</p><choicegroup>
        <choice correct="true" explanation-id="a">A</choice><choice correct="false" explanation-id="b">B</choice></choicegroup>
        <targetedfeedbackset><targetedfeedback explanation-id="b"><div><p>Because.</p></div></targetedfeedback></targetedfeedbackset>
        <solutionset><solution explanation-id="a"><p>So.</p></solution></solutionset></multiplechoiceresponse></problem>"#,
    );
    let options = vec![
        option("A", true, None),
        option("B", false, Some("Because.")),
    ];
    assert_eq!(targeted.answer, AnswerKey::Choice { options });
    assert_eq!(targeted.explanation.as_deref(), Some("So."));
    let old = question(
        r#"<problem><p>Colour?</p><optionresponse><optioninput options="('red','dark_blue')" correct="dark_blue"/></optionresponse></problem>"#,
    );
    assert_eq!(
        old.answer,
        AnswerKey::Dropdown {
            options: vec![option("red", false, None), option("dark_blue", true, None)]
        }
    );
    let new = question(
        r#"<problem><optionresponse><label>Colour?</label><optioninput><option correct="True">red<optionhint>Yes</optionhint></option>
        <option correct="False">blue</option></optioninput></optionresponse></problem>"#,
    );
    assert_eq!(
        new.answer,
        AnswerKey::Dropdown {
            options: vec![
                option("red", true, Some("Yes")),
                option("blue", false, None)
            ]
        }
    );
}

#[test]
fn any_number_of_options() {
    let (quizzes, notes) = read(
        r#"<problem><choiceresponse partial_credit="EDC"><label>Which?</label><checkboxgroup>
        <choice correct="true">A<choicehint selected="true">Yes.</choicehint><choicehint selected="false">A counts.</choicehint></choice>
        <choice correct="false">B</choice><compoundhint value="A B">Both?</compoundhint></checkboxgroup></choiceresponse></problem>"#,
    );
    let question = &quizzes[0].questions[0];
    assert_eq!(
        question.answer,
        AnswerKey::Choices {
            options: vec![option("A", true, Some("Yes.")), option("B", false, None)]
        }
    );
    assert_eq!(question.explanation.as_deref(), Some("**A** A counts."));
    for words in [
        "part of the explanation",
        "combinations of options",
        "no partial credit",
    ] {
        assert!(
            notes.iter().any(|note| note.contains(words)),
            "{words}: {notes:#?}"
        );
    }
}

#[test]
fn texts_and_patterns() {
    let dwarfs = question(
        r#"<problem><stringresponse answer="Doc" type="ci"><label>Name a dwarf.</label><additional_answer answer="Dopey"/>
        <additional_answer>Happy</additional_answer><textline size="20"/><correcthint>Well done.</correcthint></stringresponse></problem>"#,
    );
    assert_eq!(
        dwarfs.answer,
        AnswerKey::Text {
            accepted: vec!["Doc".into(), "Dopey".into(), "Happy".into()]
        }
    );
    assert_eq!(dwarfs.explanation.as_deref(), Some("Well done."));
    let pattern = question(
        r#"<problem><p>Grey?</p><stringresponse answer="gr[ae]y|silver" type="ci regexp"><textline/></stringresponse></problem>"#,
    );
    assert_eq!(
        pattern.answer,
        AnswerKey::Text {
            accepted: vec!["gray".into(), "grey".into(), "silver".into()]
        }
    );
    let old = question(
        r#"<problem><p>Who?</p><stringresponse answer="a _or_ b" type="ci"><textline/></stringresponse></problem>"#,
    );
    assert_eq!(
        old.answer,
        AnswerKey::Text {
            accepted: vec!["a".into(), "b".into()]
        }
    );
    let (quizzes, notes) = read(
        r#"<problem display_name="Words"><p>Rhyme!</p><stringresponse answer="..bble" type="ci regexp"><textline/></stringresponse></problem>"#,
    );
    assert!(
        quizzes.is_empty()
            && notes
                .iter()
                .any(|note| note.contains("a pattern, not a few texts: ..bble")),
        "{notes:#?}"
    );
}

#[test]
fn numbers() {
    let number = |problem: &str| match question(problem).answer {
        AnswerKey::Number { value, tolerance } => (value, tolerance),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        number(
            r#"<problem><numericalresponse answer="4518"><label>502*9?</label><responseparam type="tolerance" default="10%"/><formulaequationinput/></numericalresponse></problem>"#
        ),
        (4518.0, 451.8)
    );
    assert_eq!(
        number(
            r#"<problem><p>Q</p><numericalresponse answer="[1,5)"><textline/></numericalresponse></problem>"#
        ),
        (3.0, 2.0)
    );
    assert_eq!(
        number(
            r#"<problem><p>Q</p><numericalresponse answer="2*10^2"><responseparam type="tolerance" default="5"/></numericalresponse></problem>"#
        ),
        (200.0, 5.0)
    );
    let (quizzes, notes) = read(
        r#"<problem><p>Q</p><numericalresponse answer="1"><additional_answer answer="2"/><formulaequationinput/></numericalresponse></problem>"#,
    );
    assert_eq!(quizzes.len(), 1);
    assert!(
        notes
            .iter()
            .any(|note| note.contains("further right answers of “problem”: 2")),
        "{notes:#?}"
    );
    let (quizzes, _) = read(
        r#"<problem><p>Q</p><numericalresponse answer="x+1"><textline/></numericalresponse></problem>"#,
    );
    assert!(quizzes.is_empty());
}

#[test]
fn several_questions_in_one_problem() {
    let (quizzes, _) = read(
        r#"<problem url_name="many" display_name="Many" weight="7"><p>For all:</p>
        <p>First?</p><numericalresponse answer="1"><textline/></numericalresponse><solution><p>One.</p></solution>
        <p>Second?</p><optionresponse><p>Left: <optioninput options="('a','b')" correct="a"/> cm</p><p>Right: <optioninput options="('a','b')" correct="b"/></p></optionresponse>
        <table><tr><th>City</th><th>Country</th></tr><tr><td>Oslo</td><td><optionresponse><optioninput options="('Norway','Chad')" correct="Norway"/></optionresponse></td></tr></table>
        </problem>"#,
    );
    let questions: Vec<(&str, &str, u32)> = quizzes[0]
        .questions
        .iter()
        .map(|question| {
            (
                question.key.as_str(),
                question.prompt.as_str(),
                question.weight,
            )
        })
        .collect();
    assert_eq!(
        questions,
        [
            ("many", "For all:\n\nFirst?", 1),
            ("many-2", "Second?\n\nLeft:", 1),
            ("many-3", "cm\n\nRight:", 1),
            ("many-4", "Oslo — Country", 1)
        ]
    );
    assert_eq!(quizzes[0].questions[0].explanation.as_deref(), Some("One."));
}

#[test]
fn what_cannot_be_answered_stays_to_be_read() {
    let (lesson, bundle) = Fixture::unit(
        r#"<problem url_name="trip" display_name="Trip"><script type="loncapa/python">def check(e, a): return True</script>
        <div><h3>A trip</h3><customresponse cfn="check"><p>How many?</p><textline/><jsdraw><state>secret</state></jsdraw></customresponse></div>
        <imageresponse><imageinput src="/static/map.png" alt="A map" rectangle="(1,1)-(2,2)"/></imageresponse>
        <multiplechoiceresponse><p>And?</p><choicegroup><choice correct="true">A</choice><choice correct="false">B</choice></choicegroup></multiplechoiceresponse>
        <p>The end.</p></problem>
        <problem url_name="drawing" display_name="Drawing"><schematicresponse><schematic/></schematicresponse><solution><p>x</p></solution></problem>
        <problem url_name="dice" display_name="Dice"><script>n = random.randint(1, 6)</script><p>Twice $n?</p><numericalresponse answer="$n"><textline/></numericalresponse></problem>
        <problem url_name="none" display_name="Neither"><multiplechoiceresponse><p>Q</p><choicegroup><choice correct="false">A</choice></choicegroup></multiplechoiceresponse></problem>
        <problem url_name="empty" display_name="Empty"/>"#,
    )
    .file("static/map.png", "x")
    .lesson();
    let outlines: Vec<String> = lesson.activities.iter().map(outline).collect();
    assert_eq!(outlines.len(), 4, "{outlines:#?}");
    assert!(
        outlines[0].starts_with("trip-text: text <h3>A trip</h3><p>How many?</p>")
            && outlines[0].contains("/static/map.png"),
        "{outlines:#?}"
    );
    assert!(!outlines[0].contains("secret"));
    assert_eq!(outlines[1], "trip: quiz And?");
    assert_eq!(outlines[2], "trip-text-2: text <p>The end.</p>");
    assert_eq!(outlines[3], "none: text <p>Q</p>");
    let left_out = &bundle.report.left_out;
    for words in [
        "a program of the course grades it",
        "a click on a picture",
        "Drawing” — nothing of it",
        "Dice” — a script makes",
        "none of its options is right",
    ] {
        assert!(said(left_out, words), "{words}: {:#?}", notes(left_out));
    }
    assert!(said(
        &bundle.report.converted,
        "Neither” — it has no question"
    ));
    assert!(
        said(left_out, "empty.xml") || said(left_out, "Empty"),
        "{:#?}",
        notes(left_out)
    );
}

#[test]
fn annotations_are_choices() {
    let question = question(
        r#"<problem><annotationresponse><annotationinput><title>Sonnet</title><text>zealous pilgrimage</text><comment>Your analysis?</comment>
        <tag_prompt>Where to?</tag_prompt><options><option choice="incorrect">Verona</option><option choice="correct">Nowhere</option></options>
        </annotationinput></annotationresponse></problem>"#,
    );
    assert_eq!(
        question.prompt,
        "Sonnet\n\n> zealous pilgrimage\n\nYour analysis?\n\nWhere to?"
    );
    assert_eq!(
        question.answer,
        AnswerKey::Choice {
            options: vec![option("Verona", false, None), option("Nowhere", true, None)]
        }
    );
}

#[test]
fn the_editors_markdown_will_do() {
    let question = question(
        "<problem url_name=\"m\" markdown=\"&gt;&gt;Which?&lt;&lt;&#10;&#10;(x) A {{Yes}}&#10;( ) B&#10;&#10;[explanation]&#10;Because.&#10;[explanation]\"/>",
    );
    assert_eq!(question.prompt, "Which?");
    assert_eq!(
        question.answer,
        AnswerKey::Choice {
            options: vec![option("A", true, Some("Yes")), option("B", false, None)]
        }
    );
    assert_eq!(question.explanation.as_deref(), Some("Because."));
}
