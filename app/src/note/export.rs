use domain::note::{Note, NoteKind};

use crate::i18n::{self, Locale};

/// All notes as one Markdown document: courses, lessons, and in them what was written, in its order.
#[must_use]
pub fn markdown(locale: Locale, notes: &[Note]) -> String {
    let say = |key| i18n::message(locale, key, &[]);
    let mut text = format!("# {}\n", say("my-notes"));
    let mut last: Option<&Note> = None;
    for note in notes {
        let same_course = last.is_some_and(|last| last.course == note.course);
        if !same_course {
            text.push_str(&format!("\n## {}\n", line(&note.course_title)));
        }
        if !same_course || last.is_some_and(|last| last.lesson != note.lesson) {
            text.push_str(&format!("\n### {}\n", line(&note.lesson_title)));
        }
        let mut head = vec![i18n::date(locale, note.edited_at)];
        head.extend(note.place.at_ms.map(i18n::clock));
        if note.kind == NoteKind::Bookmark {
            head.push(say("note-is-bookmark"));
        }
        text.push_str(&format!("\n**{}**\n", head.join(" · ")));
        if let Some(passage) = &note.place.passage {
            text.push('\n');
            for quoted in passage.quote.lines() {
                text.push_str(format!("> {quoted}").trim_end());
                text.push('\n');
            }
        }
        if !note.body.is_empty() {
            text.push_str(&format!("\n{}\n", note.body));
        }
        last = Some(note);
    }
    text
}

/// Headings have one line.
fn line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use domain::{
        Timestamp,
        ids::{NoteId, Slug},
        note::{NotePlace, Passage},
    };

    use super::*;

    fn note(lesson: &str, place: NotePlace, body: &str) -> Note {
        let slug = |text: &str| Slug::parse(text).expect("a slug");
        Note {
            id: NoteId(uuid::Uuid::nil()),
            kind: place.kind(body),
            course: slug("walk"),
            course_title: "Walk".into(),
            lesson: slug(lesson),
            lesson_title: lesson.into(),
            language: "en".into(),
            place,
            body: body.into(),
            html: String::new(),
            created_at: Timestamp::UNIX_EPOCH,
            edited_at: Timestamp::UNIX_EPOCH,
            lesson_exists: true,
        }
    }

    #[test]
    fn notes_stand_under_their_lessons() {
        let second = NotePlace {
            activity: Some("film".into()),
            at_ms: Some(192_000),
            passage: None,
        };
        let passage = NotePlace {
            passage: Some(Passage {
                quote: "two\nlines".into(),
                before: String::new(),
            }),
            ..NotePlace::default()
        };
        let notes = [
            note("intro", NotePlace::default(), "**first**"),
            note("intro", passage, ""),
            note("film", second, ""),
        ];
        let text = markdown(Locale::English, &notes);
        let date = i18n::date(Locale::English, Timestamp::UNIX_EPOCH);
        assert_eq!(
            text,
            format!(
                "# My notes\n\n## Walk\n\n### intro\n\n**{date}**\n\n**first**\n\n**{date}**\n\n> two\n> lines\n\n### film\n\n**{date} · 3:12 · Bookmark**\n"
            )
        );
    }
}
