//! Giving money back: first typed, then looked at again, then done, once.

use domain::console::Seat;
use leptos::{prelude::*, server_fn::ServerFn};
use serde::{Deserialize, Serialize};

use super::{
    api::{DeclineRefund, GiveBack},
    fields::{self, Typed},
    frame::section,
    order::ShownOrder,
    words::money,
};
use crate::{
    t,
    ui::{Field, Form, FormError, Hidden, Submit, TextArea},
};

/// A refund that waits for a second yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    /// Minor units.
    pub amount: i64,
    pub ends_access: bool,
}

/// For admins, while there is something to give back or a request to answer.
pub fn refund_view(seat: &Seat, shown: &ShownOrder) -> Option<AnyView> {
    let order = &shown.page;
    let something = shown.left > 0
        || (order.paid_at.is_some() && order.quote.total == 0 && order.state.is_paid());
    if !seat.admin || !(something || order.refund_requested) {
        return None;
    }
    let typed = Typed::of(GiveBack::url());
    let content = match typed.answer::<Weighed>() {
        Some(weighed) => sure(shown, &typed, weighed),
        None => view! {
            {something.then(|| ask(shown, &typed))}
            {order.refund_requested.then(|| decline(shown))}
        }
        .into_any(),
    };
    Some(section("refund", t!("console-give-back"), content))
}

fn ask(shown: &ShownOrder, typed: &Typed) -> AnyView {
    let order = &shown.page;
    let (id, key) = (order.id.to_string(), shown.form_keys[0].clone());
    let left = money(shown.left, order.currency);
    let code = order.currency.code();
    let open = typed.is_open() || order.refund_requested;
    let ends = typed.value("ends_access", "");
    let typed = typed.clone();
    view! {
        <details class="console-more" open=open>
            <summary>{t!("console-give-back-some", "left" => left.clone())}</summary>
            <Form action=GiveBack::url()>
                <FormError/>
                <Hidden name="order" value=id.clone()/>
                <Hidden name="form_key" value=key.clone()/>
                <Field
                    name="amount"
                    label=t!("console-amount-in", "currency" => code)
                    hint=t!("console-amount-hint", "left" => left.clone())
                    max=20
                    optional=true
                />
                <TextArea name="reason" label=t!("console-reason") hint=t!("console-reason-hint") rows=3 max=1000/>
                {fields::check(&typed, "ends_access", t!("console-end-access"), &ends)}
                <button class="button" type="submit" name="then" value="weigh">{t!("console-go-on")}</button>
            </Form>
        </details>
    }
    .into_any()
}

/// The same again with its amount in words, to be confirmed.
fn sure(shown: &ShownOrder, typed: &Typed, weighed: Weighed) -> AnyView {
    let order = &shown.page;
    let amount = money(weighed.amount, order.currency);
    let kept = ["order", "form_key", "amount", "reason", "ends_access"];
    let kept: Vec<(&'static str, String)> = kept.map(|name| (name, typed.value(name, ""))).to_vec();
    let reason = typed.value("reason", "");
    let access = if weighed.ends_access {
        t!("console-access-ends")
    } else {
        t!("console-access-stays")
    };
    let back = format!("/console/orders/{}", order.id);
    let email = order.email.clone();
    view! {
        <Form action=GiveBack::url()>
            <div class="notice notice-error" role="alert" id="sure">
                <p>{t!("console-sure", "amount" => amount.clone(), "email" => email.clone())}" "{access.clone()}</p>
            </div>
            <blockquote>{reason.clone()}</blockquote>
            {kept.iter().map(|(name, value)| view! { <Hidden name=name value=value.clone()/> }).collect_view()}
            <p class="actions">
                <button class="button button-main" type="submit" name="then" value="sure">{t!("console-give-back-amount", "amount" => amount.clone())}</button>
                <a class="button" href=back.clone()>{t!("console-back")}</a>
            </p>
        </Form>
    }
    .into_any()
}

fn decline(shown: &ShownOrder) -> AnyView {
    let (id, key) = (shown.page.id.to_string(), shown.form_keys[1].clone());
    view! {
        <details class="console-more" open=Typed::of(DeclineRefund::url()).is_open()>
            <summary>{t!("console-decline")}</summary>
            <Form action=DeclineRefund::url()>
                <FormError/>
                <Hidden name="order" value=id.clone()/>
                <Hidden name="form_key" value=key.clone()/>
                <TextArea name="reason" id="decline-reason" label=t!("console-reason") hint=t!("console-decline-hint") rows=3 max=1000/>
                <Submit label=t!("console-decline-now") class="button"/>
            </Form>
        </details>
    }
    .into_any()
}
