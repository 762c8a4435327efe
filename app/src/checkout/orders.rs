use domain::checkout::shown::OrderSummary;
use leptos::prelude::*;

use super::{api::my_orders, order::state_words};
use crate::{
    i18n, t,
    ui::{Page, page},
    visit,
};

/// Everything that somebody with an account has bought, the last one first.
#[component]
pub fn OrdersPage() -> impl IntoView {
    page(async {
        let orders = my_orders().await?;
        let none = orders.is_empty();
        let items: Vec<_> = orders
            .into_iter()
            .map(|order| view! { <Row order/> })
            .collect();
        Ok(view! {
            <Page title=t!("orders-title") private=true>
                <h1>{t!("orders-title")}</h1>
                {if none {
                    view! {
                        <div class="empty">
                            <p>{t!("orders-empty")}</p>
                            <p class="actions"><a class="button button-main" href="/courses">{t!("all-courses")}</a></p>
                        </div>
                    }.into_any()
                } else {
                    view! { <ul class="orders">{items}</ul> }.into_any()
                }}
            </Page>
        }
        .into_any())
    })
    .into_any()
}

#[component]
fn Row(order: OrderSummary) -> impl IntoView {
    let comma = t!("list-comma");
    view! {
        <li class="orders-item">
            <div class="basket-title">
                <h2 class="orders-title"><a href=format!("/orders/{}", order.id)>{order.titles.join(&comma)}</a></h2>
                <p class="meta">
                    <span>{t!("order-title", "number" => order.number)}</span>
                    <span>{t!("order-placed", "date" => visit::day(order.placed_at))}</span>
                    {order.test.then(|| view! { <span>{t!("order-test")}</span> })}
                </p>
            </div>
            <p class="orders-end">
                <b class="price">{i18n::money(visit::locale(), order.total)}</b>
                <span class="order-status" data-state=order.state.as_str()>{state_words(order.state)}</span>
            </p>
        </li>
    }
}
