//! What the player asks of the page.

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget};

/// Boxed, so that every listener is the same code.
type Act = Box<dyn FnMut(&Event)>;

/// Listens for as long as the page lives.
pub fn on(target: &EventTarget, event: &'static str, act: impl FnMut(&Event) + 'static) {
    listen(
        target,
        event,
        EventListenerOptions::default(),
        Box::new(act),
    );
}

/// Like [`on`], and may keep the browser from doing what it would.
pub fn on_instead(target: &EventTarget, event: &'static str, act: impl FnMut(&Event) + 'static) {
    let options = EventListenerOptions::enable_prevent_default();
    listen(target, event, options, Box::new(act));
}

/// Like [`on`], for events that do not bubble from what is inside of the target.
pub fn on_inside(target: &EventTarget, event: &'static str, act: impl FnMut(&Event) + 'static) {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: true,
    };
    listen(target, event, options, Box::new(act));
}

fn listen(target: &EventTarget, event: &'static str, options: EventListenerOptions, act: Act) {
    EventListener::new_with_options(target, event, options, act).forget();
}

pub fn find<T: JsCast>(root: &Element, selector: &str) -> Option<T> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

pub fn find_all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

pub fn by_id(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The nearest element from where an event happened outwards that fits.
pub fn closest(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()?
}

pub fn show(element: &Element, visible: bool) {
    let _ = element.toggle_attribute_with_force("hidden", !visible);
}

pub fn is_shown(element: &Element) -> bool {
    !element.has_attribute("hidden")
}

pub fn mark(element: &Element, attribute: &str, on: bool) {
    let _ = if on {
        element.set_attribute(attribute, "true")
    } else {
        element.remove_attribute(attribute)
    };
}

pub fn say(element: &Element, text: &str) {
    element.set_text_content(Some(text));
}

pub fn text(element: &Element, attribute: &str) -> String {
    element.get_attribute(attribute).unwrap_or_default()
}

/// A number in an attribute.
pub fn number(element: &Element, attribute: &str) -> Option<f64> {
    element
        .get_attribute(attribute)?
        .parse::<u64>()
        .ok()
        .map(|number| number as f64)
}

/// A property of an object that not every browser has.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &name.into(), value);
}

/// Calls a method that not every browser has; `None` where there is none, or where it fails at once.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let method = get(object, method).dyn_into::<js_sys::Function>().ok()?;
    let arguments: js_sys::Array = arguments.iter().collect();
    let result = js_sys::Reflect::apply(&method, object, &arguments).ok()?;
    quiet(&result);
    Some(result)
}

/// What a promise has to complain of is seen on the page already, or is no matter.
pub fn quiet(value: &JsValue) {
    if let Some(promise) = value.dyn_ref::<js_sys::Promise>() {
        let promise = promise.clone();
        leptos::task::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
    }
}
