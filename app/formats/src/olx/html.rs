//! HTML that a course wrote, made ready for a lesson: what would not work is taken out and said, references lead to
//! files and lessons, media stands apart.

use domain::course::Media;

use super::{
    cleaner::Cleaner,
    context::{Context, shorten},
    dom,
    pieces::{self, Piece, is_blank},
    xml::Child,
};

/// Cleaned HTML; [`Self::pieces`] takes it apart.
#[derive(Debug)]
pub struct Clean {
    children: Vec<Child>,
    media: Vec<Media>,
    found: Found,
}

/// What was found and taken out, to be said once a file.
#[derive(Debug, Default)]
pub struct Found {
    pub scripts: bool,
    pub styles: bool,
    pub controls: bool,
    pub drawings: bool,
    pub hidden: bool,
    pub ascii_math: bool,
    pub keywords: bool,
}

impl Clean {
    #[must_use]
    pub fn is_blank(&self) -> bool {
        is_blank(&self.children)
    }

    /// Whether all that is left is a short question whose buttons for an answer are gone.
    fn was_a_control(&self) -> bool {
        const SHORT: usize = 80;
        let only_text = self.media.is_empty() && !has_picture(&self.children);
        self.found.controls && !self.is_blank() && only_text && {
            let text = dom::visible_text(&self.children);
            text.chars().count() <= SHORT && text.ends_with(['?', '？', ':', '：'])
        }
    }

    /// Media on one side, the HTML without it on the other.
    #[must_use]
    pub fn apart(self) -> (Vec<Child>, Vec<Media>) {
        (pieces::without_markers(self.children), self.media)
    }

    #[must_use]
    pub fn pieces(self) -> Vec<Piece> {
        pieces::split(self.children, self.media)
    }
}

fn has_picture(children: &[Child]) -> bool {
    children.iter().any(|child| match child {
        Child::Element(element) => element.tag == "img" || has_picture(&element.children),
        Child::Text(_) => false,
    })
}

impl Found {
    fn note(&self, context: &mut Context<'_>, file: &str) {
        let said = [
            (
                self.scripts,
                "scripts",
                "scripts of a course do not run in the portal",
            ),
            (
                self.styles,
                "style sheets",
                "lessons look like the rest of the portal",
            ),
            (
                self.controls,
                "buttons and fields",
                "they do something only with a script or a site that is not there",
            ),
            (
                self.drawings,
                "drawings, formulas and maps written as SVG, MathML, canvas or areas",
                "only pictures and TeX are carried",
            ),
            (
                self.ascii_math,
                "AsciiMath between backticks",
                "only TeX is set as mathematics; the rest stays as it was written",
            ),
            (
                self.keywords,
                "%%KEYWORD%% placeholders",
                "Open edX fills them in for each learner; they stay as they were written",
            ),
        ];
        for (_, what, why) in said.into_iter().filter(|(found, ..)| *found) {
            context.record.left_out(file, what, why);
        }
        if self.hidden {
            context.record.converted(
                file,
                "hidden text",
                "a script showed it; now learners open it themselves",
            );
        }
    }
}

/// Cleans HTML of a file; `key` names the files that are made of pictures inside it.
pub fn clean(context: &mut Context<'_>, file: &str, key: &str, children: Vec<Child>) -> Clean {
    let clean = clean_quietly(context, file, key, children);
    clean.found.note(context, file);
    clean
}

/// Cleans HTML that is a component of its own. `None`, with a note, where nothing is left that a lesson could show.
pub fn clean_component(
    context: &mut Context<'_>,
    file: &str,
    key: &str,
    children: Vec<Child>,
) -> Option<Clean> {
    let clean = clean_quietly(context, file, key, children);
    if clean.was_a_control() {
        let what = format!("text “{}”", shorten(&dom::visible_text(&clean.children)));
        context.record.left_out(
            file,
            &what,
            "it asks to use buttons that work only with a script of the course",
        );
        return None;
    }
    if clean.is_blank() {
        let why = if clean.found.scripts || clean.found.styles {
            "it holds nothing but scripts and style sheets of the course"
        } else {
            "it is empty"
        };
        context.record.left_out(file, "text", why);
        return None;
    }
    clean.found.note(context, file);
    Some(clean)
}

fn clean_quietly(context: &mut Context<'_>, file: &str, key: &str, children: Vec<Child>) -> Clean {
    let (children, media, found) = Cleaner::new(context, file, key).clean(children);
    Clean {
        children,
        media,
        found,
    }
}
