//! The price while one types and chooses. It renders nothing of its own: it finds the page's lines and writes them
//! anew with what `domain::checkout::price::quote` says, the function that the server charges by.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use domain::ids::Slug;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement};

use super::{
    api::preview_price,
    lines::{Preview, address, slugs},
};
use crate::{
    course::dom::{by_id, closest, find, find_all, mark, on, on_instead, say, show, text},
    error::AppError,
    visit::encode,
};

/// `start`: JSON of [`Preview`]. `add`: what the link of a way to pay less says; `offline`: that there is no network.
#[island]
pub fn PricePreview(start: String, add: String, offline: String) -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(preview) = serde_json::from_str::<Preview>(&start) {
            let shop = Shop {
                preview: Rc::new(RefCell::new(preview)),
                asked: Rc::default(),
                waits: Rc::default(),
                add: add.clone().into(),
                offline: offline.clone().into(),
            };
            shop.listen();
        }
    });
}

#[derive(Clone)]
struct Shop {
    preview: Rc<RefCell<Preview>>,
    /// Counts questions, so that an answer that comes late is let go.
    asked: Rc<Cell<u32>>,
    waits: Rc<RefCell<Waits>>,
    add: Rc<str>,
    offline: Rc<str>,
}

/// What an answer is waited for with.
#[derive(Default)]
struct Waits {
    /// The code that is asked about.
    code: Option<String>,
    /// The order is placed when the answer is there; with the total (minor units) that the buyer saw.
    place: Option<i64>,
}

impl Shop {
    fn listen(self) {
        let (Some(form), Some(basket), Some(field), Some(apply)) = (
            by_id("place"),
            closest_block(),
            by_id("coupon"),
            by_id("coupon-apply"),
        ) else {
            return;
        };
        // Not with every letter: each question about a code that is none counts as a guess.
        let shop = self.clone();
        on(&field, "change", move |_| shop.ask_about_code());
        let shop = self.clone();
        on_instead(&apply, "click", move |event| {
            event.prevent_default();
            if is_typing_elsewhere() {
                press("#place .button-main");
            } else {
                shop.ask_about_code();
            }
        });
        let shop = self.clone();
        on_instead(&form, "submit", move |event| {
            let mut waits = shop.waits.borrow_mut();
            if waits.code.is_some() {
                event.prevent_default();
                waits.place = Some(shop.preview.borrow().say().minor);
            }
        });
        on_instead(&basket, "click", move |event| self.choose(event));
    }

    /// Puts a course into the basket or takes it out, as the link would.
    fn choose(&self, event: &Event) {
        let Some(link) = closest(event, "[data-add], [data-remove]") else {
            return;
        };
        let add = slugs(&text(&link, "data-add"));
        // A course that came to the basket's others since the page was made has no line to show: the link makes a page
        // with it.
        if !add.iter().all(is_listed) {
            return;
        }
        event.prevent_default();
        let remove = slugs(&text(&link, "data-remove"));
        {
            let mut preview = self.preview.borrow_mut();
            let mut courses = preview.courses();
            courses.retain(|slug| !remove.contains(slug));
            courses.extend(add);
            preview.choose(&courses);
        }
        self.show();
        // What else goes together with what is bought now, the server knows.
        self.ask();
    }

    fn ask_about_code(&self) {
        let code = typed();
        if self.waits.borrow().code.as_ref() == Some(&code) {
            return;
        }
        if self.preview.borrow().code() == code {
            self.show();
        } else {
            self.ask();
        }
    }

    fn ask(&self) {
        let (shop, code) = (self.clone(), typed());
        let number = self.asked.get() + 1;
        self.asked.set(number);
        self.waits.borrow_mut().code = Some(code.clone());
        let (courses, grows) = {
            let preview = self.preview.borrow();
            (join(&preview.courses()), preview.grows)
        };
        spawn_local(async move {
            let answer = preview_price(courses, code, grows).await;
            if shop.asked.get() == number {
                let Waits { place, .. } = shop.waits.take();
                shop.hear(answer, place);
            }
        });
    }

    fn hear(&self, answer: Result<Preview, AppError>, place: Option<i64>) {
        match answer {
            Ok(preview) => {
                let said = preview.say();
                *self.preview.borrow_mut() = preview;
                self.show();
                // What the buyer saw was not less, and nothing was refused.
                if place.is_some_and(|seen| said.minor <= seen) && said.coupon.is_none() {
                    press("#place .button-main");
                } else if let (Some(_), Some(field)) = (place, by_id("coupon")) {
                    let _ = field.unchecked_into::<HtmlElement>().focus();
                }
            }
            Err(AppError::Offline) => coupon_says("", Some(&self.offline)),
            // The page says what is wrong.
            Err(_) => send_with("coupon-apply"),
        }
    }

    fn show(&self) {
        let preview = self.preview.borrow();
        let said = preview.say();
        let courses = preview.courses();
        let code = typed();
        show_items(&courses);
        list(
            "price-applied",
            said.applied.iter().map(|(reason, effect)| {
                let line = make("li", "price-line", "");
                let _ = line.set_attribute("data-testid", "discount-line");
                let words = make("span", "", reason);
                let _ = words.set_attribute("data-testid", "price-reason");
                let _ = line.append_with_node_2(&words, &make("b", "price", effect));
                line
            }),
        );
        list(
            "price-cheaper",
            said.cheaper.iter().map(|(words, add)| {
                let line = make("li", "", words);
                if !add.is_empty() {
                    let link = make("a", "", &self.add);
                    let _ = link.set_attribute(
                        "href",
                        &address(&[&courses[..], add].concat(), code_of(&code)),
                    );
                    let _ = link.set_attribute("data-add", &join(add));
                    let _ = line.append_with_str_1(" ");
                    let _ = line.append_child(&link);
                }
                line
            }),
        );
        if let Some(refused) = by_id("price-refused") {
            show(&refused, !said.refused.is_empty());
            if let Some(place) = find::<Element>(&refused, "ul") {
                fill(
                    &place,
                    said.refused.iter().map(|words| {
                        let line = make("li", "", words);
                        let _ = line.set_attribute("data-testid", "price-reason");
                        line
                    }),
                );
            }
        }
        // What has been typed since is not asked yet: nothing is known of it.
        let is_known = preview.code() == code;
        coupon_says(
            if is_known { &code } else { "" },
            said.coupon.as_deref().filter(|_| is_known),
        );
        for (id, words) in [("order-total", &said.total), ("pay-next", &said.next)] {
            if let Some(place) = by_id(id) {
                say(&place, words);
            }
        }
        let lowers = Some(preview.code()).filter(|_| said.coupon.is_none());
        for (name, value) in [
            ("courses", join(&courses)),
            ("code", lowers.unwrap_or_default().to_owned()),
            ("spoken", preview.code().to_owned()),
            ("expected", said.minor.to_string()),
        ] {
            set_field("place", name, &value);
        }
        remember(&courses, &code);
    }
}

fn closest_block() -> Option<Element> {
    by_id("basket")?.parent_element()
}

/// Enter in a field presses the form's first button, which is the coupon's.
fn is_typing_elsewhere() -> bool {
    document().active_element().is_some_and(|element| {
        element.tag_name().eq_ignore_ascii_case("input") && element.id() != "coupon"
    })
}

fn press(button: &str) {
    let main = by_id("main");
    if let Some(button) = main.and_then(|main| find::<HtmlElement>(&main, button)) {
        button.click();
    }
}

/// Sends the form to the server as this button does where there are no scripts.
fn send_with(button: &str) {
    let form = by_id("place").and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let button = by_id(button).and_then(|button| button.dyn_into::<HtmlElement>().ok());
    if let Some(form) = form {
        let _ = form.request_submit_with_submitter(button.as_ref());
    }
}

fn join(courses: &[Slug]) -> String {
    let courses: Vec<&str> = courses.iter().map(Slug::as_str).collect();
    courses.join(",")
}

fn typed() -> String {
    let field = by_id("coupon").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map_or_else(String::new, |field| field.value().trim().to_owned())
}

fn code_of(code: &str) -> Option<&str> {
    Some(code).filter(|code| !code.is_empty())
}

fn is_listed(course: &Slug) -> bool {
    by_id("basket").is_some_and(|basket| {
        let mut lines = find_all(&basket, "[data-course]").into_iter();
        lines.any(|line| text(&line, "data-course") == course.as_str())
    })
}

fn show_items(courses: &[Slug]) {
    let Some(basket) = by_id("basket") else {
        return;
    };
    let _ = basket.toggle_attribute_with_force("data-several", courses.len() > 1);
    for item in find_all(&basket, "[data-course]") {
        let slug = text(&item, "data-course");
        show(&item, courses.iter().any(|course| course.as_str() == slug));
    }
}

fn coupon_says(code: &str, refusal: Option<&str>) {
    let (Some(place), Some(field)) = (by_id("coupon-says"), by_id("coupon")) else {
        return;
    };
    let words = match refusal {
        Some(words) => {
            let words = make("p", "field-error", words);
            let _ = words.set_attribute("role", "alert");
            let _ = words.set_attribute("data-testid", "price-reason");
            Some(words)
        }
        None if !code.is_empty() => {
            let words = make("p", "field-hint", &text(&place, "data-applied"));
            let _ = words.set_attribute("role", "status");
            Some(words)
        }
        None => None,
    };
    mark(&field, "aria-invalid", refusal.is_some());
    fill(&place, words.into_iter());
}

/// The address says what the page shows: reloading, signing in and coming back keep it.
fn remember(courses: &[Slug], code: &str) {
    // Empty: also what a link once brought is not wanted any more.
    let here = address(courses, Some(code));
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&here));
    }
    if let Some(main) = by_id("main") {
        for link in find_all(&main, "[data-back]") {
            let _ = link.set_attribute(
                "href",
                &format!("{}{}", text(&link, "data-back"), encode(&here)),
            );
        }
    }
}

fn set_field(form: &str, name: &str, value: &str) {
    let field =
        by_id(form).and_then(|form| find::<HtmlInputElement>(&form, &format!("[name={name}]")));
    if let Some(field) = field {
        field.set_value(value);
    }
}

fn list(id: &str, lines: impl Iterator<Item = Element>) {
    if let Some(place) = by_id(id) {
        fill(&place, lines);
    }
}

fn fill(place: &Element, lines: impl Iterator<Item = Element>) {
    say(place, "");
    for line in lines {
        let _ = place.append_child(&line);
    }
}

fn make(tag: &str, class: &str, words: &str) -> Element {
    let element = document().create_element(tag).expect("a tag");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    say(&element, words);
    element
}
