//! What a page would lose if it were closed this moment.

use leptos::prelude::*;

/// Leaves a call of a server function with the service worker, which sends it should the page be gone before it does
/// so itself. A later draft takes the place of an earlier one, and so does the call.
///
/// `body`: JSON of the call's arguments. Gives whether it was taken: without a service worker nobody does.
pub fn leave_draft(path: &str, body: &str) -> bool {
    let draft = serde_json::json!({ "path": path, "body": body }).to_string();
    let Ok(event) = web_sys::CustomEvent::new("waymark-draft") else {
        return false;
    };
    event.init_custom_event_with_can_bubble_and_cancelable_and_detail(
        "waymark-draft",
        false,
        true,
        &draft.into(),
    );
    // Who takes it cancels the event.
    document().dispatch_event(&event) == Ok(false)
}
