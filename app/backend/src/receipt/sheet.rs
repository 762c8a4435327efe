//! A receipt on sheets of A4.

use domain::checkout::price::{Line, Outcome, Rule};

use super::{School, figures::Receipt};
use crate::{
    pdf::{About, Colour, ERROR, INK, LINE, MUTED, PINE, Sheet, fonts::Fonts},
    words::Words,
};

// Points: 72 to an inch.
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 62.0;
const RIGHT: f32 = WIDTH - 62.0;
const TOP: f32 = HEIGHT - 70.0;
const BOTTOM: f32 = 84.0;
/// Where values stand beside their labels.
const VALUES: f32 = LEFT + 110.0;
/// Where the column of amounts begins at the latest.
const AMOUNTS: f32 = RIGHT - 120.0;

/// Draws it with the machine's fonts; if one of them cannot be embedded, with the reader's.
pub fn draw(receipt: &Receipt, school: &School) -> Vec<u8> {
    let language = domain::certificate::interface_language(&receipt.language);
    let drawn = document(receipt, school, Fonts::of_system(language));
    drawn
        .or_else(|| document(receipt, school, Fonts::of_reader(language)))
        .unwrap_or_default()
}

/// `None` where a font could not be embedded.
pub fn document(receipt: &Receipt, school: &School, fonts: Fonts) -> Option<Vec<u8>> {
    let words = Words::of(&receipt.language);
    let name = school.name_or(&words);
    let mut paper = Paper {
        sheet: Sheet::new(fonts),
        words,
        y: TOP,
    };
    paper.head(&name);
    paper.facts(receipt);
    paper.columns();
    paper.items(receipt);
    paper.totals(receipt);
    paper.refused(receipt);
    paper.foot(receipt, school, &name);
    let said = paper.words.say("receipt-title", &[]);
    paper.sheet.finish(&About {
        title: &format!("{said} {}", receipt.number),
        author: &name,
        language: &receipt.language,
        size: (WIDTH, HEIGHT),
    })
}

struct Paper {
    sheet: Sheet,
    words: Words,
    /// Where the last line stands.
    y: f32,
}

impl Paper {
    /// Goes down, if need be on a new page.
    fn down(&mut self, by: f32) {
        self.keep(by);
        self.y -= by;
    }

    /// Begins a new page where there is no room for so much.
    fn keep(&mut self, height: f32) {
        if self.y - height < BOTTOM {
            self.sheet.turn();
            let page = self.sheet.pages().to_string();
            let said = self.words.say("receipt-page", &[("page", page.into())]);
            self.sheet.line_to(&said, RIGHT, TOP, 9.0, MUTED);
            self.y = TOP - 30.0;
        }
    }

    fn head(&mut self, school: &str) {
        self.sheet.blaze(LEFT + 5.0, TOP + 5.0, 7.0, PINE);
        let title = self.words.say("receipt-title", &[]);
        let width = (AMOUNTS - LEFT) * 1000.0 / 13.0;
        let shown = self.sheet.lines(school, width, 1).concat();
        self.sheet.line(&shown, LEFT + 22.0, TOP, 13.0, PINE);
        self.down(54.0);
        let y = self.y;
        self.sheet
            .heading(|sheet| sheet.line(&title, LEFT, y, 27.0, INK));
        self.down(14.0);
    }

    /// A label and its value, which may take several lines.
    fn fact(&mut self, label: &str, value: &str) {
        let label = self.words.say(label, &[]);
        let lines = self.sheet.lines(value, (RIGHT - VALUES) * 100.0, 4);
        for (number, line) in lines.iter().enumerate() {
            self.down(16.0);
            if number == 0 {
                self.sheet.line(&label, LEFT, self.y, 10.0, MUTED);
            }
            self.sheet.line(line, VALUES, self.y, 10.0, INK);
        }
    }

    fn facts(&mut self, receipt: &Receipt) {
        if receipt.gateway.as_deref() == Some("sandbox") {
            let test = self.words.say("receipt-test", &[]);
            self.down(20.0);
            self.sheet.line(&test, LEFT, self.y, 10.5, ERROR);
            self.down(4.0);
        }
        let moment = |at| self.words.moment(at, &receipt.zone);
        let (placed, paid) = (moment(receipt.placed_at), moment(receipt.paid_at));
        let agreed = moment(receipt.agreed_at);
        let means = receipt.gateway.as_deref().unwrap_or("nothing");
        let known = self.words.say(&format!("receipt-means-{means}"), &[]);
        let means = if known.is_empty() {
            means.to_owned()
        } else {
            known
        };
        let buyer = match &receipt.name {
            Some(name) => format!("{name} · {}", receipt.email),
            None => receipt.email.clone(),
        };
        let agreement = self.words.say(
            "receipt-agreement-version",
            &[
                ("version", receipt.agreement.to_string().into()),
                ("date", agreed.into()),
            ],
        );
        self.fact("receipt-number", &receipt.number);
        self.fact("receipt-placed", &placed);
        self.fact("receipt-paid", &paid);
        self.fact("receipt-buyer", &buyer);
        self.fact("receipt-means", &means);
        self.fact("receipt-agreement", &agreement);
    }

    fn rule(&mut self) {
        let y = self.y;
        self.sheet.draw(|content| {
            let [r, g, b] = LINE;
            content
                .set_line_width(0.8)
                .set_stroke_rgb(r, g, b)
                .move_to(LEFT, y)
                .line_to(RIGHT, y)
                .stroke();
        });
    }

    fn columns(&mut self) {
        self.down(44.0);
        let what = self.words.say("receipt-what", &[]);
        let amount = self.words.say("receipt-amount", &[]);
        self.sheet.line(&what, LEFT, self.y, 9.5, MUTED);
        self.sheet.line_to(&amount, RIGHT, self.y, 9.5, MUTED);
        self.down(8.0);
        self.rule();
    }

    /// A text, in as many lines as it takes, and the amount beside its first.
    fn row(&mut self, text: &str, amount: &str, size: f32, colour: Colour) {
        let lines = self.sheet.lines(text, (AMOUNTS - LEFT) * 1000.0 / size, 4);
        self.keep(size * 1.9 + size * 1.35 * 3.0);
        for (number, line) in lines.iter().enumerate() {
            self.down(if number == 0 { size * 1.9 } else { size * 1.35 });
            self.sheet.line(line, LEFT, self.y, size, colour);
            if number == 0 {
                self.sheet.line_to(amount, RIGHT, self.y, size, colour);
            }
        }
    }

    fn items(&mut self, receipt: &Receipt) {
        for (title, list) in &receipt.items {
            let amount = self.words.money(receipt.money(*list));
            self.row(title, &amount, 11.0, INK);
        }
        self.down(11.0);
        self.rule();
    }

    /// From the list price to what was paid, and what went back.
    fn totals(&mut self, receipt: &Receipt) {
        let applied = receipt.lines.iter().filter(|line| line.effect < 0);
        let applied: Vec<_> = applied.collect();
        if !applied.is_empty() {
            let list = self.words.say("receipt-list", &[]);
            let amount = self.words.money(receipt.money(receipt.list));
            self.row(&list, &amount, 10.0, MUTED);
        }
        for line in applied {
            let name = self.rule_name(&line.rule);
            let amount = self.words.money(receipt.money(line.effect));
            self.row(&name, &amount, 10.0, INK);
        }
        let total = self.words.say("receipt-total", &[]);
        let amount = self.words.money(receipt.money(receipt.total));
        self.row(&total, &amount, 14.0, INK);
        let mut left = receipt.total;
        for (at, amount) in &receipt.refunds {
            left -= amount;
            let date = self.words.moment(*at, &receipt.zone);
            let said = self.words.say("receipt-refunded", &[("date", date.into())]);
            let amount = self.words.money(receipt.money(-amount));
            self.row(&said, &amount, 10.0, INK);
        }
        if !receipt.refunds.is_empty() {
            let said = self.words.say("receipt-left", &[]);
            let amount = self.words.money(receipt.money(left));
            self.row(&said, &amount, 12.0, INK);
        }
    }

    fn rule_name(&self, rule: &Rule) -> String {
        match rule {
            Rule::Promotion { name, .. } => name.clone(),
            Rule::Coupon { code, .. } => self
                .words
                .say("rule-coupon", &[("code", code.clone().into())]),
        }
    }

    /// Rules that could have mattered and did nothing, each with its reason.
    fn refused(&mut self, receipt: &Receipt) {
        let refused = receipt.lines.iter().filter_map(|line| {
            let reason = self.reason(receipt, line)?;
            let rule = self.rule_name(&line.rule);
            let args = [("rule", rule.into()), ("reason", reason.into())];
            Some(self.words.say("rule-refused", &args))
        });
        let refused: Vec<String> = refused.collect();
        if refused.is_empty() {
            return;
        }
        self.down(14.0);
        let head = self.words.say("receipt-refused", &[]);
        self.row(&head, "", 9.0, MUTED);
        for line in refused {
            self.row(&line, "", 9.0, MUTED);
        }
    }

    /// `None` for what applied, and for rules about other things than these courses at that moment.
    fn reason(&self, receipt: &Receipt, line: &Line) -> Option<String> {
        let say = |key: &str| Some(self.words.say(key, &[]));
        let named = |key: &str, name: &str| {
            let args = [("name", name.to_owned().into())];
            Some(self.words.say(key, &args))
        };
        match &line.outcome {
            Outcome::Applied
            | Outcome::NotYet { .. }
            | Outcome::OtherCourses
            | Outcome::OtherCurrency
            | Outcome::Incomplete { .. } => None,
            Outcome::NotValid => say("reason-not-valid"),
            Outcome::BelowMinimum { missing } => {
                let missing = self.words.money(receipt.money(*missing));
                let args = [("missing", missing.into())];
                Some(self.words.say("reason-below", &args))
            }
            Outcome::NewLearnersOnly => say("reason-new"),
            Outcome::AlreadyUsed => say("reason-used"),
            Outcome::Beaten { by } => named("reason-beaten", by),
            Outcome::NotTogether { with } => match line.rule {
                Rule::Coupon { .. } => named("reason-not-together", with),
                Rule::Promotion { .. } => named("reason-made-way", with),
            },
            Outcome::NothingLeft => say("reason-nothing-left"),
        }
    }

    /// Who gave it out, and where the order lives.
    fn foot(&mut self, receipt: &Receipt, school: &School, name: &str) {
        let mut lines = vec![name.to_owned()];
        let address = school.address.as_deref().unwrap_or_default();
        lines.extend(address.lines().map(|line| line.trim().to_owned()));
        if let Some(tax_id) = &school.tax_id {
            let label = self.words.say("receipt-tax-id", &[]);
            lines.push(format!("{label} {tax_id}"));
        }
        lines.push(receipt.url.clone());
        lines.retain(|line| !line.is_empty());
        lines.truncate(8);
        self.down(40.0);
        self.rule();
        for line in lines {
            let shown = self.sheet.lines(&line, (RIGHT - LEFT) * 1000.0 / 9.0, 1);
            self.down(13.0);
            self.sheet.line(&shown.concat(), LEFT, self.y, 9.0, MUTED);
        }
    }
}
