//! One lesson: a head in TOML, then activities.

use std::collections::HashMap;

use domain::{
    block::Cue,
    course::{Activity, ActivityBody, MediaKind, Quiz, Text},
};

use super::{
    blocks::{self, Block, Item, Kind, Lines},
    cue, exact,
    fields::{self, At},
    head::Head,
    interactive,
    log::Log,
    media, question,
};

/// The line that begins and ends the head.
pub const HEAD: &str = "+++";

/// A lesson without its slug, which stands in the file's name.
#[derive(Debug, Default)]
pub struct Draft {
    pub title: String,
    pub minutes: Option<u32>,
    pub preview: bool,
    pub activities: Vec<Activity>,
    pub mentions: Vec<Mention>,
    /// Moments of media, by the lines that name them.
    pub cues: Vec<At<Cue>>,
}

/// What names files or other lessons, for a look whether they are there.
#[derive(Debug)]
pub enum Mention {
    /// The text stands on this line or below.
    Text(At<Text>),
    File(At<String>),
    Captions(At<String>),
}

/// `folder` is the folder that the lesson lies in.
pub fn read(source: &str, folder: &str, log: &Log) -> Draft {
    let lines: Vec<&str> = source.split('\n').collect();
    let mut lesson = Draft::default();
    let is_head = |line: &&str| line.trim_end() == HEAD;
    let mut body = 0;
    if lines.first().is_some_and(is_head) {
        let Some(end) = lines.iter().skip(1).position(is_head) else {
            log.say(
                1,
                "the head of the lesson does not end: close it with a line +++",
            );
            return lesson;
        };
        body = end + 2;
        let head = lines.get(1..=end).unwrap_or_default().join("\n");
        fields::read(&head, 2, Some(1), log, |fields| {
            lesson.title = fields.said("title");
            lesson.minutes = fields.count("minutes");
            lesson.preview = fields.flag("preview").unwrap_or(false);
        });
    } else {
        log.say(
            1,
            "a lesson begins with a line +++, a line title = \"…\" and another line +++",
        );
    }
    let all = lines.get(body..).unwrap_or_default();
    let mut reader = Reader::new(folder, log);
    for item in blocks::split(
        Lines {
            first: body + 1,
            all,
        },
        log,
    ) {
        reader.item(item);
    }
    lesson.activities = reader.activities;
    lesson.mentions = reader.mentions;
    lesson.cues = reader.cues;
    lesson
}

struct Reader<'a> {
    folder: &'a str,
    log: &'a Log,
    activities: Vec<Activity>,
    mentions: Vec<Mention>,
    cues: Vec<At<Cue>>,
    /// How many texts stand outside of blocks so far.
    runs: usize,
    /// Lines on which keys were given, of activities and of questions.
    keys: HashMap<String, usize>,
    questions: HashMap<String, usize>,
}

impl<'a> Reader<'a> {
    fn new(folder: &'a str, log: &'a Log) -> Self {
        Self {
            folder,
            log,
            activities: Vec::new(),
            mentions: Vec::new(),
            cues: Vec::new(),
            runs: 0,
            keys: HashMap::new(),
            questions: HashMap::new(),
        }
    }

    fn item(&mut self, item: Item<'_>) {
        match item {
            Item::Text { line, source } => {
                self.runs += 1;
                self.text(line, run_key(self.runs), Text::Markdown(source));
            }
            Item::Block(block) => match block.kind {
                Kind::Video => self.media(MediaKind::Video, block),
                Kind::Audio => self.media(MediaKind::Audio, block),
                Kind::Html => self.written(block, Text::Html),
                Kind::Text => self.written(block, Text::Markdown),
                Kind::Question => self.question(block),
                Kind::Quiz => self.quiz(block),
                Kind::Poll | Kind::Chain | Kind::Reveal | Kind::Cards => self.interactive(block),
            },
        }
    }

    fn add(&mut self, line: usize, key: String, body: ActivityBody) {
        unique(&mut self.keys, &key, line, self.log);
        let cue = body.cue().cloned();
        self.cues.extend(cue.map(|value| At { line, value }));
        self.activities.push(Activity { key, body });
    }

    fn text(&mut self, line: usize, key: String, text: Text) {
        self.mentions.push(Mention::Text(At {
            line,
            value: text.clone(),
        }));
        self.add(line, key, ActivityBody::Text { text });
    }

    fn written(&mut self, block: Block<'_>, form: impl FnOnce(String) -> Text) {
        let line = block.head.line;
        let key = self.id(block.head, "a text in a block");
        let source = if block.is_toml {
            exact::text(block.body, line, self.log)
        } else {
            block.body.join()
        };
        self.text(line, key, form(source));
    }

    /// The id, when nothing else is left in the head.
    fn id(&self, mut head: Head, what: &str) -> String {
        let id = head.id();
        if id.is_none() {
            let message = format!(
                "{what} needs an id: write a # and a name that nothing else in the lesson has"
            );
            self.log.say(head.line, message);
        }
        head.finish(self.log);
        id.unwrap_or_default()
    }

    fn media(&mut self, kind: MediaKind, block: Block<'_>) {
        let line = block.head.line;
        block.head.finish(self.log);
        let Some(named) = media::read(kind, block.body, line, self.folder, self.log) else {
            return;
        };
        self.mentions
            .extend(named.files.into_iter().map(Mention::File));
        self.mentions
            .extend(named.captions.into_iter().map(Mention::Captions));
        self.add(line, named.key, ActivityBody::Media { media: named.media });
    }

    fn interactive(&mut self, mut block: Block<'_>) {
        let line = block.head.line;
        let Some(read) = interactive::read(&mut block, self.log) else {
            return;
        };
        let key = self.id(block.head, "a block");
        for text in read.body.texts() {
            let value = Text::Markdown(text.clone());
            self.mentions.push(Mention::Text(At { line, value }));
        }
        self.add(line, key, ActivityBody::Block { block: read });
    }

    fn question(&mut self, mut block: Block<'_>) {
        let line = block.head.line;
        let cue = cue::read(&mut block.head, self.log);
        let mut quiz = Quiz {
            title: String::new(),
            pass_percent: Quiz::DEFAULT_PASS_PERCENT,
            questions: Vec::new(),
            cue,
        };
        self.ask(block, &mut quiz);
        let key = quiz.questions.first().map(|question| question.key.clone());
        if let Some(key) = key {
            self.add(line, key, ActivityBody::Quiz { quiz });
        }
    }

    fn quiz(&mut self, mut block: Block<'_>) {
        let line = block.head.line;
        let title = block.head.value("title").unwrap_or_default();
        let pass = block
            .head
            .value("pass")
            .map(|pass| percent(&pass, line, self.log));
        let cue = cue::read(&mut block.head, self.log);
        let key = self.id(block.head, "a quiz");
        if block.questions.is_empty() && block.body.all.iter().all(|line| line.trim().is_empty()) {
            self.log.say(line, "this quiz has no question");
        }
        let pass_percent = pass.unwrap_or(Quiz::DEFAULT_PASS_PERCENT);
        let mut quiz = Quiz {
            title,
            pass_percent,
            questions: Vec::new(),
            cue,
        };
        for question in block.questions {
            self.ask(question, &mut quiz);
        }
        self.add(line, key, ActivityBody::Quiz { quiz });
    }

    fn ask(&mut self, block: Block<'_>, quiz: &mut Quiz) {
        let line = block.head.line;
        let Some(question) = question::read(block, self.log) else {
            return;
        };
        unique(&mut self.questions, &question.key, line, self.log);
        for text in question::texts(&question) {
            let value = Text::Markdown(text.clone());
            self.mentions.push(Mention::Text(At { line, value }));
        }
        quiz.questions.push(question);
    }
}

/// Key of the text that stands outside of blocks, counted from 1.
pub fn run_key(number: usize) -> String {
    format!("text-{number}")
}

pub fn unique(known: &mut HashMap<String, usize>, key: &str, line: usize, log: &Log) {
    // An empty key is one that is missing, which was said.
    if key.is_empty() {
        return;
    }
    if let Some(other) = known.get(key) {
        log.say(
            line,
            format!("the id `{key}` is taken by line {other}: an id stands once in a lesson"),
        );
    } else {
        known.insert(key.to_owned(), line);
    }
}

pub fn percent(text: &str, line: usize, log: &Log) -> u8 {
    let number = text.strip_suffix('%').unwrap_or(text).parse().ok();
    number.filter(|number| *number <= 100).unwrap_or_else(|| {
        log.say(
            line,
            format!("pass is `{text}`, but has to be between 0% and 100%"),
        );
        Quiz::DEFAULT_PASS_PERCENT
    })
}
