//! Through a problem from its top to its end: what is read before a field is the prompt of its question.

use domain::course::AnswerKey;

use super::{
    super::{
        context::Context,
        dom, html,
        xml::{Child, Element},
    },
    answers::{self, Place},
    prose,
};

/// A question that is still HTML.
pub struct Draft {
    pub prompt: Vec<Child>,
    /// What screen readers say of the field, for fields without a prompt.
    pub label: Option<String>,
    pub answer: AnswerKey,
    pub explanation: Vec<Child>,
    /// Markdown for the end of the explanation.
    pub remarks: Vec<String>,
}

pub struct Found {
    pub drafts: Vec<Draft>,
    pub hints: Vec<Vec<Child>>,
    /// What belongs to questions that cannot be carried and came before the first that can.
    pub before: Vec<Child>,
    /// The like after the first, and what follows the last.
    pub after: Vec<Child>,
}

struct Walker<'c, 'a> {
    context: &'c mut Context<'a>,
    place: Place<'c>,
    found: Found,
    /// What was read since the last question.
    pending: Vec<Child>,
    /// An explanation that came before any question.
    early: Vec<Child>,
}

pub fn walk(context: &mut Context<'_>, place: Place<'_>, root: &Element) -> Found {
    let found = Found {
        drafts: Vec::new(),
        hints: Vec::new(),
        before: Vec::new(),
        after: Vec::new(),
    };
    let mut walker = Walker {
        context,
        place,
        found,
        pending: Vec::new(),
        early: Vec::new(),
    };
    walker.all(&root.children);
    let Walker {
        mut found,
        pending,
        early,
        ..
    } = walker;
    found.after.extend(pending);
    if let Some(first) = found.drafts.first_mut()
        && first.explanation.is_empty()
    {
        first.explanation = early;
    }
    found
}

fn is_response(element: &Element) -> bool {
    element.tag.len() > "response".len() && element.tag.ends_with("response")
}

fn holds(element: &Element, fits: impl Fn(&Element) -> bool) -> bool {
    element.find(&fits).is_some()
}

impl Walker<'_, '_> {
    fn all(&mut self, children: &[Child]) {
        for child in children {
            match child {
                Child::Text(text) => self.pending.push(Child::Text(text.clone())),
                Child::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match element.tag.as_str() {
            "script" | "style" | "startouttext" | "endouttext" => {}
            "solution" => self.explain(element.children.clone()),
            "demandhint" => self
                .found
                .hints
                .extend(element.named("hint").map(|hint| hint.children.clone())),
            "label" => self.pending.push(Child::Element(Element::new(
                "p",
                trimmed(&element.children),
            ))),
            _ if is_response(element) => self.response(element),
            "table" if holds(element, is_response) => self.table(element, &mut Self::all),
            _ if holds(element, |inner| {
                is_response(inner) || matches!(inner.tag.as_str(), "solution" | "demandhint")
            }) =>
            {
                self.all(&element.children)
            }
            _ => self.pending.push(Child::Element(element.clone())),
        }
    }

    /// An explanation belongs to the question before it.
    fn explain(&mut self, children: Vec<Child>) {
        match self.found.drafts.last_mut() {
            Some(draft) => draft.explanation.extend(children),
            None => self.early.extend(children),
        }
    }

    fn response(&mut self, response: &Element) {
        let fields = answers::fields(&response.tag);
        let is_field = |element: &Element| fields.contains(&element.tag.as_str());
        let needs_field = !matches!(
            response.tag.as_str(),
            "stringresponse" | "numericalresponse"
        );
        if fields.is_empty() || (needs_field && !holds(response, is_field)) {
            self.refuse(response, answers::refusal(&response.tag));
            return;
        }
        let before = self.found.drafts.len();
        let mut solutions = Vec::new();
        let asked = self.inside(response, &response.children, &mut solutions);
        if asked == 0 && self.found.drafts.len() == before && !needs_field {
            self.ask(response, None);
        }
        if self.found.drafts.len() == before {
            // What it said with the answer would make no sense without it.
            return;
        }
        solutions
            .into_iter()
            .for_each(|solution| self.explain(solution));
        // Units and remarks behind the field belong to it.
        let after = std::mem::take(&mut self.pending);
        if let Some(draft) = self
            .found
            .drafts
            .last_mut()
            .filter(|_| !html::is_blank(&after))
        {
            draft.prompt.extend(after);
        }
    }

    /// Goes through a response. Gives how many fields were found.
    fn inside(
        &mut self,
        response: &Element,
        children: &[Child],
        solutions: &mut Vec<Vec<Child>>,
    ) -> usize {
        let fields = answers::fields(&response.tag);
        let is_field = |element: &Element| fields.contains(&element.tag.as_str());
        let mut asked = 0;
        for child in children {
            let Child::Element(element) = child else {
                self.pending.push(child.clone());
                continue;
            };
            match element.tag.as_str() {
                _ if is_field(element) => {
                    asked += 1;
                    self.ask(response, Some(element));
                }
                "solution" => solutions.push(element.children.clone()),
                "solutionset" => solutions.extend(
                    element
                        .named("solution")
                        .map(|solution| solution.children.clone()),
                ),
                "label" => self.pending.push(Child::Element(Element::new(
                    "p",
                    trimmed(&element.children),
                ))),
                "description" => {
                    let small = Element::new("em", trimmed(&element.children));
                    self.pending.push(Child::Element(Element::new(
                        "p",
                        vec![Child::Element(small)],
                    )));
                }
                "responseparam"
                | "additional_answer"
                | "correcthint"
                | "stringequalhint"
                | "regexphint"
                | "hintgroup"
                | "numericalhint"
                | "targetedfeedbackset"
                | "script"
                | "answer"
                | "style" => {}
                "demandhint" => self
                    .found
                    .hints
                    .extend(element.named("hint").map(|hint| hint.children.clone())),
                "table" if holds(element, is_field) => self
                    .table(element, &mut |walker, children| {
                        asked += walker.inside(response, children, solutions)
                    }),
                _ if holds(element, is_field) => {
                    asked += self.inside(response, &element.children, solutions)
                }
                _ => self.pending.push(Child::Element(element.clone())),
            }
        }
        asked
    }

    fn ask(&mut self, response: &Element, field: Option<&Element>) {
        match answers::answer(self.context, self.place, response, field) {
            Ok(answer) => {
                let mut prompt = std::mem::take(&mut self.pending);
                prompt.extend(
                    field
                        .filter(|field| field.tag == "annotationinput")
                        .into_iter()
                        .flat_map(annotation),
                );
                let label = field
                    .and_then(|field| field.value("label"))
                    .or_else(|| response.value("label"))
                    .map(str::to_owned);
                let remarks = answer.remarks;
                self.found.drafts.push(Draft {
                    prompt,
                    label,
                    answer: answer.key,
                    explanation: Vec::new(),
                    remarks,
                });
            }
            Err(why) => self.note(&why),
        }
    }

    fn note(&mut self, why: &str) {
        let what = format!("a question of problem “{}”", self.place.name);
        self.context.record.left_out(self.place.file, &what, why);
    }

    /// A response that cannot be carried: what it says without its fields is still to be read.
    fn refuse(&mut self, response: &Element, why: &str) {
        self.note(why);
        let side = if self.found.drafts.is_empty() {
            &mut self.found.before
        } else {
            &mut self.found.after
        };
        side.append(&mut self.pending);
        side.extend(readable(&response.children));
    }

    /// A table with fields in its cells: what is in the row and above in the column is the prompt of each.
    fn table(&mut self, table: &Element, cell: &mut dyn FnMut(&mut Self, &[Child])) {
        let mut rows = Vec::new();
        table.visit(&mut |element| rows.extend((element.tag == "tr").then_some(element)));
        let mut heads: Vec<String> = Vec::new();
        for row in rows {
            let cells: Vec<&Element> = row
                .elements()
                .filter(|cell| matches!(cell.tag.as_str(), "td" | "th"))
                .collect();
            let asks = |cell: &Element| holds(cell, |inner| is_response(inner) || is_input(inner));
            let texts: Vec<String> = cells
                .iter()
                .map(|cell| {
                    if asks(cell) {
                        String::new()
                    } else {
                        dom::visible_text(&cell.children)
                    }
                })
                .collect();
            if !cells.iter().any(|cell| asks(cell)) {
                if heads.is_empty() {
                    heads = texts;
                } else if texts.iter().any(|text| !text.is_empty()) {
                    self.pending.push(prose::paragraph(&texts.join(" ")));
                }
                continue;
            }
            let row_text = texts
                .iter()
                .filter(|text| !text.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" ");
            for (column, inner) in cells.iter().enumerate().filter(|(_, cell)| asks(cell)) {
                let head = heads.get(column).filter(|head| !head.is_empty()).cloned();
                let parts: Vec<String> =
                    [Some(row_text.clone()).filter(|text| !text.is_empty()), head]
                        .into_iter()
                        .flatten()
                        .collect();
                if !parts.is_empty() {
                    self.pending.push(prose::paragraph(&parts.join(" — ")));
                }
                cell(self, &inner.children);
            }
        }
    }
}

/// Without spaces at both ends, which would stand inside of emphasis.
fn trimmed(children: &[Child]) -> Vec<Child> {
    let mut children = children.to_vec();
    if let Some(Child::Text(text)) = children.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Child::Text(text)) = children.last_mut() {
        *text = text.trim_end().to_owned();
    }
    children
}

/// Elements in which learners answer.
fn is_input(element: &Element) -> bool {
    matches!(
        element.tag.as_str(),
        "textline"
            | "formulaequationinput"
            | "optioninput"
            | "choicegroup"
            | "checkboxgroup"
            | "radiogroup"
            | "textbox"
            | "codeinput"
            | "filesubmission"
            | "schematic"
            | "jsinput"
            | "imageinput"
            | "crystallography"
            | "vsepr_input"
            | "chemicalequationinput"
            | "drag_and_drop_input"
            | "editamoleculeinput"
            | "designprotein2dinput"
            | "editageneinput"
            | "annotationinput"
            | "matlabinput"
            | "radiotextgroup"
            | "checkboxtextgroup"
            | "javascriptinput"
            | "jsmeinput"
    )
}

/// Without fields, answers and scripts. The picture of a field that was a picture stays.
fn readable(children: &[Child]) -> Vec<Child> {
    let kept = children.iter().filter_map(|child| match child {
        Child::Text(text) => Some(Child::Text(text.clone())),
        Child::Element(element) if element.tag == "imageinput" => {
            let mut picture = Element::new("img", Vec::new());
            picture.set("src", element.value("src")?);
            picture.set("alt", element.value("alt").unwrap_or_default());
            Some(Child::Element(picture))
        }
        Child::Element(element) => {
            let gone = is_input(element)
                || matches!(
                    element.tag.as_str(),
                    "script"
                        | "answer"
                        | "responseparam"
                        | "solution"
                        | "solutionset"
                        | "hintgroup"
                        | "style"
                );
            let tag = if matches!(element.tag.as_str(), "label" | "description") {
                "p"
            } else {
                &element.tag
            };
            (!gone).then(|| {
                Child::Element(Element {
                    tag: tag.to_owned(),
                    children: readable(&element.children),
                    ..element.clone()
                })
            })
        }
    });
    kept.collect()
}

/// The questions of an annotation, around the text that it is about.
fn annotation(input: &Element) -> Vec<Child> {
    let mut prompt = Vec::new();
    for tag in ["title", "text", "comment", "comment_prompt", "tag_prompt"] {
        let Some(element) = input
            .named(tag)
            .next()
            .filter(|element| !element.is_empty())
        else {
            continue;
        };
        let tag = if tag == "text" { "blockquote" } else { "p" };
        prompt.push(Child::Element(Element::new(tag, element.children.clone())));
    }
    prompt
}
