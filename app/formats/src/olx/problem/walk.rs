//! Through a problem from its top to its end: what is read before a field is the prompt of its question.

use domain::course::AnswerKey;

use super::{
    super::{
        context::Context,
        pieces,
        xml::{Child, Element},
    },
    answers::{self, Place},
    parts::{annotation, description, label, readable},
    prose,
    table::{self, Step},
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

/// Parts of a response that say what is right or what is said to an answer, and scripts.
const UNREAD: [&str; 11] = [
    "responseparam",
    "additional_answer",
    "correcthint",
    "stringequalhint",
    "regexphint",
    "hintgroup",
    "numericalhint",
    "targetedfeedbackset",
    "script",
    "answer",
    "style",
];

struct Walker<'c, 'a> {
    context: &'c mut Context<'a>,
    place: Place<'c>,
    found: Found,
    /// What was read since the last question.
    pending: Vec<Child>,
    /// Where in it the elements begin that are read part by part, from the outermost in.
    open: Vec<usize>,
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
        open: Vec::new(),
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

pub fn holds(element: &Element, fits: impl Fn(&Element) -> bool) -> bool {
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
            "demandhint" => self.hints(element),
            "label" => self.pending.push(label(element)),
            _ if is_response(element) => self.response(element),
            "table" if holds(element, is_response) => {
                for step in table::steps(element, &is_response) {
                    let cell = self.context_of(step);
                    self.all(cell.map_or(&[], |cell| &cell.children));
                }
            }
            _ if holds(element, |inner| {
                is_response(inner) || matches!(inner.tag.as_str(), "solution" | "demandhint")
            }) =>
            {
                self.open.push(self.pending.len());
                self.all(&element.children);
                self.close(element);
            }
            _ => self.pending.push(Child::Element(element.clone())),
        }
    }

    fn hints(&mut self, element: &Element) {
        let hints = element.named("hint").map(|hint| hint.children.clone());
        self.found.hints.extend(hints);
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
            self.refuse(Some(response), answers::refusal(&response.tag));
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
        let after = self.take();
        if let Some(draft) = self
            .found
            .drafts
            .last_mut()
            .filter(|_| !pieces::is_blank(&after))
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
                "label" => self.pending.push(label(element)),
                "description" => self.pending.push(description(element)),
                tag if UNREAD.contains(&tag) => {}
                "demandhint" => self.hints(element),
                "table" if holds(element, is_field) => {
                    for step in table::steps(element, &is_field) {
                        let cell = self.context_of(step);
                        let children = cell.map_or(&[][..], |cell| &cell.children);
                        asked += self.inside(response, children, solutions);
                    }
                }
                _ if holds(element, is_field) => {
                    self.open.push(self.pending.len());
                    asked += self.inside(response, &element.children, solutions);
                    self.close(element);
                }
                _ => self.pending.push(Child::Element(element.clone())),
            }
        }
        asked
    }

    fn ask(&mut self, response: &Element, field: Option<&Element>) {
        match answers::answer(self.context, self.place, response, field) {
            Ok(answer) => {
                let mut prompt = self.take();
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
            Err(why) => self.refuse(None, &why),
        }
    }

    fn take(&mut self) -> Vec<Child> {
        self.open.fill(0);
        std::mem::take(&mut self.pending)
    }

    /// Ends an element that was read part by part: what is left of it stands apart from what follows.
    fn close(&mut self, element: &Element) {
        let rest = self.pending.split_off(self.open.pop().unwrap_or_default());
        let is_inline = matches!(
            element.tag.as_str(),
            "span" | "b" | "i" | "em" | "strong" | "text"
        );
        if is_inline || pieces::is_blank(&rest) {
            self.pending.extend(rest);
        } else {
            self.pending.push(Child::Element(Element::new("div", rest)));
        }
    }

    /// What stands around a cell of a table is read before it.
    fn context_of<'e>(&mut self, step: Step<'e>) -> Option<&'e Element> {
        let (text, cell) = match step {
            Step::Text(text) => (text, None),
            Step::Cell { context, cell } => (context, Some(cell)),
        };
        if !text.is_empty() {
            self.pending.push(prose::paragraph(&text));
        }
        cell
    }

    /// A question that cannot be carried: what was read before it, and what it says without its fields, is still to be
    /// read, but not as part of another question.
    fn refuse(&mut self, response: Option<&Element>, why: &str) {
        let what = format!("a question of problem “{}”", self.place.name);
        self.context.record.left_out(self.place.file, &what, why);
        let pending = self.take();
        let side = if self.found.drafts.is_empty() {
            &mut self.found.before
        } else {
            &mut self.found.after
        };
        side.extend(pending);
        side.extend(
            response
                .map(|response| readable(&response.children))
                .unwrap_or_default(),
        );
    }
}
