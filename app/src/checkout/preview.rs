//! The price while one types and chooses. It renders nothing of its own: it finds the page's lines and writes them
//! anew with what `domain::checkout::price::quote` says, the function that the server charges by.

use std::{cell::RefCell, rc::Rc};

use domain::ids::Slug;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::{
    api::preview_price,
    lines::{Preview, address, slugs},
};
use crate::{
    course::dom::{by_id, closest, find, find_all, mark, on, on_instead, say, show, text},
    error::AppError,
    visit::encode,
};

/// Milliseconds of quiet after which a code counts as typed.
const PAUSE: u32 = 600;
/// A code is not asked for before it has so many characters; shorter ones need the button.
const SHORTEST: usize = 4;

/// `start`: JSON of [`Preview`]. `add`: what the link of a way to pay less says.
#[island]
pub fn PricePreview(start: String, add: String) -> impl IntoView {
    Effect::new(move |_| {
        if let Ok(preview) = serde_json::from_str::<Preview>(&start) {
            let shop = Shop {
                preview: Rc::new(RefCell::new(preview)),
                asked: Rc::default(),
                add: add.clone().into(),
            };
            shop.listen();
        }
    });
}

#[derive(Clone)]
struct Shop {
    preview: Rc<RefCell<Preview>>,
    /// Counts questions, so that an answer that comes late is let go.
    asked: Rc<RefCell<u32>>,
    add: Rc<str>,
}

impl Shop {
    fn listen(self) {
        let (Some(form), Some(basket)) = (by_id("coupon-form"), closest_block()) else {
            return;
        };
        let shop = self.clone();
        on(&form, "input", move |_| shop.ask_after(PAUSE));
        let shop = self.clone();
        on_instead(&form, "submit", move |event| {
            event.prevent_default();
            shop.ask_after(0);
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
        self.ask_after(0);
    }

    fn ask_after(&self, pause: u32) {
        let (shop, number) = (self.clone(), {
            let mut asked = self.asked.borrow_mut();
            *asked += 1;
            *asked
        });
        spawn_local(async move {
            TimeoutFuture::new(pause).await;
            let code = typed();
            let too_short = pause > 0 && !code.is_empty() && code.chars().count() < SHORTEST;
            if *shop.asked.borrow() != number || too_short {
                return;
            }
            let courses = join(&shop.preview.borrow().courses());
            let answer = preview_price(courses, code).await;
            if *shop.asked.borrow() != number {
                return;
            }
            match answer {
                Ok(preview) => {
                    *shop.preview.borrow_mut() = preview;
                    shop.show();
                }
                // Without an answer the form does it: it says what is wrong.
                Err(error) if pause == 0 => shop.fall_back(&error),
                // Whoever still types is not interrupted, and keeps what stands in the other form.
                Err(_) => {}
            }
        });
    }

    fn fall_back(&self, error: &AppError) {
        if !matches!(error, AppError::Offline)
            && let Some(form) = by_id("coupon-form")
                .and_then(|form| form.dyn_into::<web_sys::HtmlFormElement>().ok())
        {
            let _ = form.submit();
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
        if preview.is_about(&code) {
            coupon_says(&code, said.coupon.as_deref());
        } else {
            // Not asked yet: nothing is known of it.
            coupon_says("", None);
        }
        for (id, words) in [("order-total", &said.total), ("pay-next", &said.next)] {
            if let Some(place) = by_id(id) {
                say(&place, words);
            }
        }
        for (name, value) in [
            ("courses", join(&courses)),
            ("coupon", code.clone()),
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
