//! Activities as they are stored ready to be shown. Rendering costs milliseconds, so it happens once, on import.

use domain::{
    block::{self, Block, BlockBody},
    course::{Activity, ActivityBody, AnswerKey, Choice, Media, MediaSource, Question, Quiz, Text},
    ids::Slug,
    lesson::{
        Caption, Chain, Input, OptionMark, OptionVerdict, QuizResult, ShownBlock, ShownBlockBody,
        ShownBody, ShownCard, ShownMedia, ShownOption, ShownQuestion, ShownQuiz, ShownSource,
        Verdict,
    },
    quiz::{self, Answers},
};
use formats::render::{self, Links};
use serde::{Deserialize, Serialize};

use super::import_store::mime;

/// What the database holds of an activity, beside its source.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Rendered {
    Text {
        html: String,
    },
    Media {
        media: ShownMedia,
    },
    /// The remarks stay on the server until there is an answer.
    Quiz {
        quiz: ShownQuiz,
        remarks: Vec<Remarks>,
    },
    Block {
        block: ShownBlock,
    },
}

/// What is said about the answer to one question.
#[derive(Debug, Serialize, Deserialize)]
pub struct Remarks {
    explanation_html: Option<String>,
    /// One an option.
    feedback_html: Vec<Option<String>>,
}

impl Remarks {
    pub fn explanation(&self) -> Option<&String> {
        self.explanation_html.as_ref()
    }

    /// About one option, by the author's number.
    pub fn feedback(&self, option: usize) -> Option<&String> {
        self.feedback_html.get(option)?.as_ref()
    }
}

/// Turns references of a lesson's texts into URLs.
pub struct LessonLinks<'a> {
    pub course: &'a Slug,
    pub lesson: &'a Slug,
    pub folder: &'a str,
    /// Hash of a file of the course.
    pub hash: &'a (dyn Fn(&str) -> Option<String> + Sync),
    pub has_lesson: &'a (dyn Fn(&str) -> bool + Sync),
}

impl LessonLinks<'_> {
    fn resolve(&self, reference: &str) -> Option<String> {
        if let Some(slug) = reference.strip_prefix("lesson:") {
            let (slug, fragment) = slug
                .split_once('#')
                .map_or((slug, String::new()), |(slug, id)| (slug, format!("#{id}")));
            return (self.has_lesson)(slug)
                .then(|| format!("/courses/{}/lessons/{slug}{fragment}", self.course));
        }
        self.file(&formats::resolve(self.folder, reference)?)
    }

    fn file(&self, path: &str) -> Option<String> {
        (self.hash)(path).map(|hash| media_url(self.course, self.lesson.as_str(), path, &hash))
    }

    pub fn render(&self, activity: &Activity) -> Rendered {
        let links: Links<'_> = &|reference| self.resolve(reference);
        match &activity.body {
            ActivityBody::Text { text } => Rendered::Text {
                html: render::text(text, links, &activity.key),
            },
            ActivityBody::Media { media } => Rendered::Media {
                media: self.media(media),
            },
            ActivityBody::Quiz { quiz } => Rendered::Quiz {
                quiz: ShownQuiz {
                    title: quiz.title.clone(),
                    pass_percent: quiz.pass_percent,
                    questions: quiz
                        .questions
                        .iter()
                        .map(|question| shown_question(question, links))
                        .collect(),
                    result: None,
                },
                remarks: quiz
                    .questions
                    .iter()
                    .map(|question| remarks(question, links))
                    .collect(),
            },
            ActivityBody::Block { block } => Rendered::Block {
                block: shown_block(block, links, &activity.key),
            },
        }
    }

    fn media(&self, media: &Media) -> ShownMedia {
        let source = match &media.source {
            MediaSource::File { src, small } => ShownSource::File {
                // Import has checked that the file is there.
                url: self.file(src).unwrap_or_default(),
                mime: mime(src),
                // A film in pieces has all its sizes in itself.
                small: small
                    .as_deref()
                    .filter(|_| !formats::hls::is_playlist(src))
                    .and_then(|small| self.file(small)),
            },
            MediaSource::Link { url } => ShownSource::File {
                url: url.clone(),
                mime: mime(url.split(['?', '#']).next().unwrap_or_default()),
                small: None,
            },
            MediaSource::YouTube { id } => ShownSource::YouTube { id: id.clone() },
        };
        ShownMedia {
            kind: media.kind,
            title: media.title.clone(),
            source,
            poster: media.poster.as_deref().and_then(|poster| self.file(poster)),
            duration_ms: measurable(media),
            captions: media
                .captions
                .iter()
                .filter_map(|(language, path)| {
                    Some(Caption {
                        language: language.clone(),
                        url: self.file(path)?,
                    })
                })
                .collect(),
            chapters: media.chapters.clone(),
            bytes: None,
            small_bytes: None,
            position_ms: 0,
            coverage: domain::progress::Coverage::default(),
        }
    }
}

/// Length in milliseconds of a medium whose watching can be measured.
pub fn measurable(media: &Media) -> Option<u64> {
    match media.source {
        MediaSource::YouTube { .. } => None,
        MediaSource::File { .. } | MediaSource::Link { .. } => {
            media.seconds.map(|seconds| u64::from(seconds) * 1000)
        }
    }
}

/// URL of a course's file as one lesson shows it; `-` stands for the course's own page.
pub fn media_url(course: &Slug, lesson: &str, path: &str, hash: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const PATH: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    let version = hash.get(..12).unwrap_or(hash);
    format!(
        "/media/{course}/{lesson}/{}?v={version}",
        utf8_percent_encode(path, PATH)
    )
}

fn shown_block(block: &Block, links: Links<'_>, key: &str) -> ShownBlock {
    let markdown =
        |text: &String, prefix: &str| render::text(&Text::Markdown(text.clone()), links, prefix);
    let body = match &block.body {
        BlockBody::Poll {
            prompt,
            options,
            feedback,
            private,
        } => ShownBlockBody::Poll {
            prompt_html: render::inline(prompt, links, key),
            options: options
                .iter()
                .map(|option| ShownOption {
                    key: block::key(option),
                    html: render::inline(option, links, key),
                })
                .collect(),
            feedback_html: feedback
                .as_ref()
                .map(|said| markdown(said, &format!("{key}-feedback")))
                .unwrap_or_default(),
            private: *private,
            counts: None,
            mine: None,
        },
        BlockBody::Chain { prompt, example } => ShownBlockBody::Chain {
            prompt_html: markdown(prompt, key),
            example_html: example
                .as_ref()
                .map(|example| markdown(example, &format!("{key}-example"))),
            chain: Chain::default(),
        },
        BlockBody::Reveal { title, text } => ShownBlockBody::Reveal {
            title: title.clone(),
            html: markdown(text, key),
        },
        BlockBody::Cards { title, cards } => ShownBlockBody::Cards {
            title: title.clone(),
            cards: (1..)
                .zip(cards)
                .map(|(number, card)| ShownCard {
                    key: block::key(&card.front),
                    front_html: render::inline(&card.front, links, &format!("{key}-{number}")),
                    back_html: markdown(&card.back, &format!("{key}-{number}-back")),
                    known: None,
                })
                .collect(),
        },
    };
    ShownBlock {
        body,
        required: block.required,
        answered: false,
    }
}

fn shown_question(question: &Question, links: Links<'_>) -> ShownQuestion {
    let options = |options: &[Choice]| {
        options
            .iter()
            .map(|option| render::inline(&option.text, links, &question.key))
            .collect()
    };
    let input = match &question.answer {
        AnswerKey::Choice { options: choices } => Input::Radio(options(choices)),
        AnswerKey::Choices { options: choices } => Input::Checkboxes(options(choices)),
        AnswerKey::Dropdown { options } => {
            Input::Dropdown(options.iter().map(|option| option.text.clone()).collect())
        }
        AnswerKey::Text { .. } => Input::Text,
        AnswerKey::Number { .. } => Input::Number,
    };
    ShownQuestion {
        key: question.key.clone(),
        prompt_html: render::inline(&question.prompt, links, &question.key),
        input,
        hints_html: question
            .hints
            .iter()
            .map(|hint| render::inline(hint, links, &question.key))
            .collect(),
    }
}

fn remarks(question: &Question, links: Links<'_>) -> Remarks {
    let markdown = |text: &String| render::inline(text, links, &question.key);
    Remarks {
        explanation_html: question.explanation.as_ref().map(markdown),
        feedback_html: options(&question.answer)
            .iter()
            .map(|option| option.feedback.as_ref().map(markdown))
            .collect(),
    }
}

fn options(answer: &AnswerKey) -> &[Choice] {
    match answer {
        AnswerKey::Choice { options }
        | AnswerKey::Choices { options }
        | AnswerKey::Dropdown { options } => options,
        AnswerKey::Text { .. } | AnswerKey::Number { .. } => &[],
    }
}

/// Marks an attempt and says about it what may be said: which choices were right and why, but not which were
/// missed, so that another attempt is worth making.
pub fn result(quiz: &Quiz, remarks: &[Remarks], given: Answers) -> QuizResult {
    let score = quiz::mark(quiz, &given);
    let nothing = Vec::new();
    let verdicts = quiz
        .questions
        .iter()
        .zip(remarks)
        .map(|(question, remarks)| {
            let given = given.get(&question.key).unwrap_or(&nothing);
            verdict(question, remarks, given, score.passed)
        })
        .collect();
    QuizResult {
        score,
        given,
        verdicts,
        lesson_done: false,
    }
}

fn verdict(question: &Question, remarks: &Remarks, given: &[String], passed: bool) -> Verdict {
    let right = quiz::is_right(&question.answer, given);
    let options = options(&question.answer)
        .iter()
        .zip(&remarks.feedback_html)
        .enumerate()
        .map(|(number, (option, feedback))| {
            let chosen = given.iter().any(|given| *given == number.to_string());
            let mark = match (chosen, option.right) {
                (true, true) => OptionMark::Right,
                (true, false) => OptionMark::Wrong,
                (false, _) => OptionMark::None,
            };
            OptionVerdict {
                mark,
                feedback_html: feedback.clone().filter(|_| chosen),
            }
        });
    Verdict {
        right,
        explanation_html: remarks.explanation_html.clone().filter(|_| right || passed),
        options: options.collect(),
    }
}

/// What a person without any progress is shown.
pub fn shown(rendered: Rendered) -> ShownBody {
    match rendered {
        Rendered::Text { html } => ShownBody::Text { html },
        Rendered::Media { media } => ShownBody::Media { media },
        Rendered::Quiz { quiz, .. } => ShownBody::Quiz { quiz },
        Rendered::Block { block } => ShownBody::Block { block },
    }
}
