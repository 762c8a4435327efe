//! The browser's side. It wakes the islands and holds no logic of its own.

// Referring to the crate keeps its islands in the WASM.
use app as _;

#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
