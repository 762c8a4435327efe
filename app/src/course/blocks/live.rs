//! Results of polls, brought up to date while somebody looks at them.

use gloo_timers::callback::Interval;
use js_sys::{Array, JSON};
use leptos::{prelude::*, server_fn::ServerFn, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use super::api::PollCounts;

/// Seconds between two looks.
const EVERY: u32 = 10;

/// Asks for the figures of every result on the page. Reads the answer without serde: it is two numbers an option.
#[island]
pub fn LivePolls() -> impl IntoView {
    Effect::new(|_| {
        Interval::new(EVERY * 1000, || {
            if document().hidden() {
                return;
            }
            let Ok(found) = document().query_selector_all("[data-ask]") else {
                return;
            };
            for index in 0..found.length() {
                if let Some(results) = found.get(index).and_then(|node| node.dyn_into().ok()) {
                    spawn_local(async move {
                        // What cannot be asked now is asked the next time.
                        let _ = refresh(results).await;
                    });
                }
            }
        })
        // It lives as long as the page.
        .forget();
    });
}

async fn refresh(results: Element) -> Result<(), JsValue> {
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&results.get_attribute("data-ask").into());
    let headers = Array::of2(&"content-type".into(), &"application/json".into());
    init.set_headers(&Array::of1(&headers));
    let asked = window().fetch_with_str_and_init(PollCounts::PATH, &init);
    let response: web_sys::Response = JsFuture::from(asked).await?.dyn_into()?;
    if !response.ok() {
        return Ok(());
    }
    let text = JsFuture::from(response.text()?).await?.as_string();
    let figures: Array = JSON::parse(&text.unwrap_or_default())?.dyn_into()?;
    let mut total = 0.0;
    for (index, pair) in figures.iter().enumerate() {
        let pair = Array::from(&pair);
        let (count, share) = (pair.get(0).as_f64(), pair.get(1).as_f64());
        let line = format!(".poll-lines > :nth-child({})", index + 1);
        if let (Some(count), Some(share), Some(line)) =
            (count, share, results.query_selector(&line)?)
        {
            total += count;
            write(&line, "[data-count]", count as u32, "");
            write(&line, "[data-share]", share as u32, "%");
            if let Some(bar) = line.query_selector("progress")? {
                bar.set_attribute("value", &(share as u32).to_string())?;
            }
        }
    }
    write(&results, "[data-total]", total as u32, "");
    Ok(())
}

fn write(within: &Element, place: &str, number: u32, unit: &str) {
    if let Ok(Some(place)) = within.query_selector(place) {
        place.set_text_content(Some(&(number.to_string() + unit)));
    }
}
