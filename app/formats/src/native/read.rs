//! Reads the folder of a course.

use std::{
    collections::{BTreeMap, HashMap},
    path::PathBuf,
};

use domain::{
    course::{Activity, ActivityBody, Course, Lesson, MediaKind, Section, Stage, Text},
    ids::Slug,
};

use super::{
    OVERVIEW_HTML, OVERVIEW_MARKDOWN, cue,
    fields::At,
    lesson::{self, Mention},
    log::Log,
    manifest::{self, Manifest},
    outline,
    references::{Library, Page},
    stage,
};
use crate::{Bundle, File, Note, Problem, Problems, Report, source::Source};

const MAX_LESSONS: usize = 2000;

/// # Errors
/// Everything that is wrong with the folder, with file and line.
pub fn read(source: &Source) -> Result<Bundle, Problems> {
    let files = source.files()?;
    let mut reader = Reader {
        source,
        library: Library::new(&files),
        problems: Vec::new(),
    };
    let course = reader.course(&files);
    let Reader {
        library, problems, ..
    } = reader;
    let Some(course) = course.filter(|_| problems.is_empty()) else {
        return Err(Problems(problems));
    };
    let (used, sources) = library.into_used_and_sources();
    let mut report = counted(&course);
    let mut shown = BTreeMap::new();
    for (path, file) in files {
        if used.contains(&path) {
            report.keep("file");
            shown.insert(path, File::Disk(file));
        } else if !sources.contains(&path) {
            report.left_out.push(left_out(path));
        }
    }
    Ok(Bundle {
        course,
        files: shown,
        report,
    })
}

struct Reader<'a> {
    source: &'a Source,
    library: Library<'a>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn course(&mut self, files: &BTreeMap<String, PathBuf>) -> Option<Course> {
        let mut names = Vec::new();
        let outline = outline::sections(files.keys().map(String::as_str), &mut names);
        self.know(&outline, files);

        let manifest = self.manifest();
        if let Some(manifest) = &manifest {
            self.library.dead_links.clone_from(&manifest.dead_links);
        }
        let overview = self.overview(manifest.as_ref(), files);
        self.problems.append(&mut names);

        let lessons = outline
            .iter()
            .map(|section| section.lessons.len())
            .sum::<usize>();
        if lessons == 0 {
            let message = "the course has no lesson: lessons are files like 01-first-steps/01-what-git-keeps.md";
            self.problems.push(Problem::new(".", None, message));
        } else if lessons > MAX_LESSONS {
            let message =
                format!("the course has {lessons} lessons, but at most {MAX_LESSONS} can be read");
            self.problems.push(Problem::new(".", None, message));
            return None;
        }
        let sections = self.sections(&outline);
        let manifest = manifest?;
        Some(Course {
            slug: manifest.slug?,
            title: manifest.title,
            summary: manifest.summary,
            overview,
            language: manifest.language,
            level: manifest.level,
            category: manifest.category,
            outcomes: manifest.outcomes,
            prerequisites: manifest.prerequisites,
            instructors: manifest.instructors,
            trial_lesson: manifest.trial.map(|trial| trial.value),
            price: manifest.price,
            sections,
        })
    }

    /// Tells the library what the names of files say.
    fn know(&mut self, outline: &[outline::Section], files: &BTreeMap<String, PathBuf>) {
        let lessons = || outline.iter().flat_map(|section| &section.lessons);
        let overviews = [OVERVIEW_MARKDOWN, OVERVIEW_HTML]
            .into_iter()
            .filter(|path| files.contains_key(*path));
        self.library.lessons = lessons().filter_map(|lesson| lesson.slug.clone()).collect();
        self.library.sources = lessons().map(|lesson| lesson.path.clone()).collect();
        self.library
            .sources
            .extend(outline.iter().map(outline::Section::file));
        self.library.sources.extend(overviews.map(str::to_owned));
        self.library.sources.insert(manifest::FILE.to_owned());
    }

    /// Reads a text file. Its problems are told in the order of its lines.
    fn page<T>(
        &mut self,
        path: &str,
        read: impl FnOnce(&str, &Library<'_>, &Log) -> T,
    ) -> Option<T> {
        match self.source.read_text(path) {
            Ok(text) => {
                let log = Log::new(path);
                for (line, content) in (1..).zip(text.split('\n')) {
                    log.refuse_controls(line, content);
                }
                let value = read(&text, &self.library, &log);
                self.problems.extend(log.into_problems());
                Some(value)
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn manifest(&mut self) -> Option<Manifest> {
        let name = self.source.name();
        let manifest = self.page(manifest::FILE, |text, library, log| {
            let manifest = manifest::read(text, name.as_deref(), log)?;
            if let Some(At { line, value }) = &manifest.trial
                && !library.lessons.contains(value)
            {
                let message = format!(
                    "there is no lesson `{value}` that could be the trial: name the slug of one"
                );
                log.say(*line, message);
            }
            Some(manifest)
        });
        manifest.flatten()
    }

    fn overview(&mut self, manifest: Option<&Manifest>, files: &BTreeMap<String, PathBuf>) -> Text {
        let given = manifest.and_then(|manifest| manifest.overview.clone());
        let there = |path: &str| files.contains_key(path);
        let number = [
            given.is_some(),
            there(OVERVIEW_MARKDOWN),
            there(OVERVIEW_HTML),
        ]
        .into_iter()
        .filter(|is| *is)
        .count();
        if number > 1 {
            let message = "there are two overviews: keep overview.md, overview.html or [overview]";
            self.problems
                .push(Problem::new(manifest::FILE, None, message));
        }
        let text = match given {
            Some(text) => self.text(manifest::FILE, |_| text),
            None if there(OVERVIEW_HTML) => self.text(OVERVIEW_HTML, |file| {
                Text::Html(overview_of(file).to_owned())
            }),
            None if there(OVERVIEW_MARKDOWN) => self.text(OVERVIEW_MARKDOWN, |file| {
                Text::Markdown(overview_of(file).to_owned())
            }),
            None => None,
        };
        text.unwrap_or(Text::Markdown(String::new()))
    }

    /// A text that stands in the course's own folder.
    fn text(&mut self, path: &str, read: impl FnOnce(&str) -> Text) -> Option<Text> {
        self.page(path, |source, library, log| {
            let value = read(source);
            let mention = Mention::Text(At {
                line: 1,
                value: value.clone(),
            });
            library.check(&[mention], "", &Page::new(source), log);
            value
        })
    }

    fn sections(&mut self, outline: &[outline::Section]) -> Vec<Section> {
        let mut known: HashMap<Slug, String> = HashMap::new();
        let mut sections = Vec::new();
        for section in outline {
            let head = self
                .page(&section.file(), |text, _, log| manifest::section(text, log))
                .flatten();
            let base = head.as_ref().and_then(|head| head.base.clone());
            let folder = base.unwrap_or_else(|| section.folder.clone());
            let lessons = self.lessons(section, &folder);
            let (title, given, stage) = head
                .map(|head| (head.title, head.slug, head.stage))
                .unwrap_or_default();
            let stage = stage.and_then(|head| self.stage(head, section, &folder));
            let Some(slug) = given.or_else(|| section.slug.clone()) else {
                continue;
            };
            if let Some(other) = known.insert(slug.clone(), section.folder.clone()) {
                let message =
                    format!("has the slug `{slug}`, as `{other}` has: each section needs its own");
                self.problems
                    .push(Problem::new(&section.folder, None, message));
            }
            sections.push(Section {
                slug,
                title,
                folder,
                lessons,
                stage,
            });
        }
        sections
    }

    /// The test of a section whose `section.toml` has a table for it.
    fn stage(
        &mut self,
        head: stage::Head,
        section: &outline::Section,
        base: &str,
    ) -> Option<Stage> {
        let path = section.stage_file();
        if !self.library.has(&path) {
            let message = "has a table [stage], but its questions are missing: write them in stage.md beside it";
            self.problems
                .push(Problem::new(section.file(), head.line, message));
            return None;
        }
        self.library.sources.insert(path.clone());
        self.page(&path, |text, library, log| {
            let (questions, mentions) = stage::questions(text, log);
            library.check(&mentions, base, &Page::new(text), log);
            stage::stage(head, questions, log)
        })
    }

    fn lessons(&mut self, section: &outline::Section, base: &str) -> Vec<Lesson> {
        let mut lessons = Vec::new();
        for file in &section.lessons {
            let draft = self.page(&file.path, |text, library, log| {
                let draft = lesson::read(text, &section.folder, log);
                cue::check(&draft.cues, &draft.activities, log);
                library.check(&draft.mentions, base, &Page::new(text), log);
                draft
            });
            let (Some(draft), Some(slug)) = (draft, file.slug.clone()) else {
                continue;
            };
            lessons.push(Lesson {
                slug,
                title: draft.title,
                minutes: draft.minutes,
                preview: draft.preview,
                activities: draft.activities,
            });
        }
        lessons
    }
}

/// The overview that a file holds: all of it but the end of its last line.
pub fn overview_of(file: &str) -> &str {
    file.strip_suffix('\n').unwrap_or(file)
}

fn counted(course: &Course) -> Report {
    let mut report = Report::default();
    for section in &course.sections {
        report.keep("section");
        for lesson in &section.lessons {
            report.keep("lesson");
            for activity in &lesson.activities {
                count(activity, &mut report);
            }
        }
        if let Some(stage) = &section.stage {
            report.keep("stage");
            stage.questions.iter().for_each(|_| report.keep("question"));
        }
    }
    report
}

fn count(activity: &Activity, report: &mut Report) {
    match &activity.body {
        ActivityBody::Text { .. } => report.keep("text"),
        ActivityBody::Media { media } => match media.kind {
            MediaKind::Video => report.keep("video"),
            MediaKind::Audio => report.keep("audio"),
        },
        ActivityBody::Quiz { quiz } => {
            report.keep("quiz");
            quiz.questions.iter().for_each(|_| report.keep("question"));
        }
        ActivityBody::Block { block } => report.keep(block.body.name()),
    }
}

fn left_out(file: String) -> Note {
    let is_page = file.ends_with(".md") && file.matches('/').count() == 1;
    let why = if is_page {
        "nothing refers to it, and it is no lesson: the name of a lesson begins with a number, like 01-intro.md"
    } else {
        "nothing refers to it"
    };
    Note {
        file,
        what: "file".to_owned(),
        why: why.to_owned(),
    }
}
