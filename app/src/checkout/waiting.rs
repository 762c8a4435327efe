//! Until the bank has spoken.

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use crate::{course::dom::by_id, ui::look_again};

/// Milliseconds between two looks, and how many there are: two minutes.
const EVERY: u32 = 3_000;
const LOOKS: u32 = 40;

/// Looks whether an order that is waited for has another state, and shows it then.
#[island]
pub fn Waiting() -> impl IntoView {
    Effect::new(|_| {
        spawn_local(async {
            for _ in 0..LOOKS {
                if by_id("order-waiting").is_none() {
                    return;
                }
                TimeoutFuture::new(EVERY).await;
                // The next look may find the network again.
                let _ = look_again("order").await;
            }
        });
    });
}
