//! An order, for who placed it.

use domain::{
    checkout::{
        order::State,
        price::{Line, Outcome, Rule},
        refund::Refundable,
        shown::{OrderItem, OrderPage as Order},
    },
    ids::OrderId,
    money::Money,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{CancelOrder, PayOrder, RequestRefund, ResumeOrder, my_order},
    lines::address,
    page::test_notice,
    timeline::Timeline,
    waiting::Waiting,
};
use crate::{
    error::AppError,
    i18n, param, t,
    ui::{Form, FormError, Hidden, Icon, IconName, Page, Submit, TextArea, error_text, page},
    visit::{self, Visit},
};

/// How often the page asks again by itself, without scripts.
const LOOKS: u8 = 6;

#[component]
pub fn OrderPage() -> impl IntoView {
    let id = param("order");
    page(async move {
        let id: OrderId = id.parse().map_err(|_| AppError::NotFound)?;
        let visit = Visit::current();
        let key = visit.query("key").map(str::to_owned);
        let order = my_order(id, key.clone()).await?;
        // The key is in a cookie now; it does not stay in the address.
        if key.is_some() {
            crate::ui::redirect(&format!("/orders/{id}"));
            return Ok(().into_any());
        }
        let state = order.state.as_str();
        let title = t!("order-title", "number" => order.number.clone());
        Ok(view! {
            <Page title=title.clone() private=true>
                <article class="order" id="order" data-state=state>
                    <header class="order-head">
                        <h1>{title}</h1>
                        <p class="order-status" role="status" data-testid="order-status" data-state=state>
                            {state_words(order.state)}
                        </p>
                        {order.test.then(test_notice)}
                    </header>
                    <Next order=order.clone()/>
                    <Items order=order.clone()/>
                    <Refund order=order.clone()/>
                    <Details order/>
                </article>
                <Waiting/>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

pub fn state_words(state: State) -> String {
    t!(format!("order-state-{}", state.as_str()).as_str())
}

fn money(order: &Order, minor: i64) -> String {
    i18n::money(
        visit::locale(),
        Money {
            minor,
            currency: order.currency,
        },
    )
}

/// What to do now, or what is waited for.
#[component]
fn Next(order: Order) -> impl IntoView {
    let visit = Visit::current();
    if !order.state.is_open() {
        return ended(&order);
    }
    let looks: Option<u8> = visit
        .query("paid")
        .map(|count| count.parse().unwrap_or(LOOKS));
    // The payer has come back before the bank has told us.
    let waiting = looks.is_some();
    let refresh = looks.filter(|count| *count < LOOKS).map(|count| {
        let content = format!(
            "{};url=/orders/{}?paid={}",
            2 + count * 2,
            order.id,
            count + 1
        );
        view! { <noscript><meta http-equiv="refresh" content=content/></noscript> }
    });
    let id = order.id.to_string();
    let pay = t!("order-pay", "amount" => money(&order, order.quote.total));
    let main = if waiting {
        "button"
    } else {
        "button button-main"
    };
    let held = order
        .held_until
        .map(|until| t!("order-held", "until" => visit::moment(until)));
    view! {
        <section class="order-next">
            {waiting.then(|| view! { <p class="order-waiting" id="order-waiting">{t!("order-waiting")}</p> })}
            {refresh}
            {held.map(|held| view! { <p>{held}</p> })}
            <div class="actions order-actions">
                <Form action=PayOrder::url() class="order-form">
                    <FormError/>
                    <Hidden name="order" value=id.clone()/>
                    <Submit label=pay.clone() class=main/>
                </Form>
                <Form action=CancelOrder::url() class="order-form">
                    <FormError/>
                    <Hidden name="order" value=order.id.to_string()/>
                    <Submit label=t!("order-cancel") class="button button-quiet"/>
                </Form>
            </div>
        </section>
    }
    .into_any()
}

/// An order that is over, one way or the other.
fn ended(order: &Order) -> AnyView {
    let courses: Vec<_> = order.items.iter().map(|item| item.slug.clone()).collect();
    let again = matches!(
        order.state,
        State::Cancelled | State::Expired | State::Refunded
    );
    let guest = order.guest && order.state.is_paid();
    let code = order.quote.lines.iter().find_map(|line| match &line.rule {
        Rule::Coupon { code, .. } if line.outcome == Outcome::Applied => Some(code.as_str()),
        _ => None,
    });
    // It ended while somebody was about to pay or to cancel it: the forms that would say so are gone.
    let visit = Visit::current();
    let missed = [PayOrder::url(), CancelOrder::url()]
        .iter()
        .find_map(|url| visit.posted(url))
        .and_then(|form| form.outcome.as_ref().err())
        .map(error_text);
    view! {
        {missed.map(|error| view! { <div class="notice notice-error" role="alert"><p>{error}</p></div> })}
        {guest.then(|| view! {
            <div class="notice"><Icon name=IconName::Mail/><p>{t!("order-guest", "email" => order.email.clone())}</p></div>
        })}
        {again.then(|| again_or_on(order, address(&courses, code)))}
    }
    .into_any()
}

/// One that ran out goes on as the same order; besides, and of the others, the same can be bought anew. `again`: the
/// checkout's address for that.
fn again_or_on(order: &Order, again: String) -> AnyView {
    if order.state != State::Expired {
        return view! { <p class="actions"><a class="button" href=again>{t!("order-again")}</a></p> }
            .into_any();
    }
    let id = order.id.to_string();
    let resume = t!("order-resume", "amount" => money(order, order.quote.total));
    view! {
        <section class="order-next">
            <p>{t!("order-resume-text")}</p>
            <div class="actions order-actions">
                <Form action=ResumeOrder::url() class="order-form">
                    <FormError/>
                    <Hidden name="order" value=id.clone()/>
                    <Submit label=resume.clone()/>
                </Form>
                <a class="button button-quiet" href=again>{t!("order-again-today")}</a>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Items(order: Order) -> impl IntoView {
    let title = if order.paid_at.is_some() {
        t!("order-items")
    } else {
        t!("order-items-open")
    };
    let items: Vec<_> = order
        .items
        .iter()
        .map(|item| item_row(&order, item))
        .collect();
    let lines: Vec<_> = order
        .quote
        .lines
        .iter()
        .filter(|line| line.outcome == Outcome::Applied)
        .map(|line| discount(&order, line))
        .collect();
    let refunded = (order.refunded > 0)
        .then(|| t!("order-refunded-part", "amount" => money(&order, order.refunded)));
    let receipt = order
        .paid_at
        .map(|_| format!("/orders/{}/receipt.pdf", order.id));
    view! {
        <section class="checkout-block" aria-labelledby="items">
            <h2 class="checkout-head" id="items">{title}</h2>
            <ul class="basket">{items}</ul>
            <ul class="price-lines">{lines}</ul>
            <p class="price-line order-sum">
                <span>{t!("checkout-total")}</span>
                <b class="price checkout-total" data-testid="order-total">{money(&order, order.quote.total)}</b>
            </p>
            {refunded.map(|words| view! { <p>{words}</p> })}
            {receipt.map(|url| view! {
                <p><a class="order-receipt" href=url rel="external"><Icon name=IconName::FileText/>{t!("order-receipt")}</a></p>
            })}
        </section>
    }
}

fn discount(order: &Order, line: &Line) -> AnyView {
    let words = match &line.rule {
        Rule::Promotion { name, .. } => name.clone(),
        Rule::Coupon { code, .. } => t!("rule-coupon", "code" => code.clone()),
    };
    view! {
        <li class="price-line" data-testid="discount-line">
            <span data-testid="price-reason">{words}</span>
            " "
            <b class="price">"−"{money(order, line.effect.abs())}</b>
        </li>
    }
    .into_any()
}

fn item_row(order: &Order, item: &OrderItem) -> AnyView {
    let url = format!("/courses/{}", item.slug);
    let ended = order.state.is_paid() && !item.open && !order.guest;
    view! {
        <li class="price-line">
            <span class="basket-title">
                <a href=url.clone()>{item.title.clone()}</a>
                {item.open.then(|| view! { <a class="button button-main" href=url>{t!("order-start")}</a> })}
                {ended.then(|| view! { <span class="meta">{t!("order-access-ended")}</span> })}
            </span>
            <span class="price">{money(order, item.list)}</span>
        </li>
    }
    .into_any()
}

/// What the rule promises, and the way to ask.
#[component]
fn Refund(order: Order) -> impl IntoView {
    let rule = order.agreement.refund;
    let words = match order.refundable? {
        Refundable::Until(until) => {
            t!("refund-until", "until" => visit::moment(until), "percent" => rule.max_progress)
        }
        Refundable::TooLate { since } => t!("refund-late", "since" => visit::moment(since)),
        Refundable::TooFar { percent: None } => t!("refund-far-guest"),
        Refundable::TooFar {
            percent: Some(percent),
        } => t!("refund-far", "percent" => percent),
    };
    let id = order.id.to_string();
    let body = if order.refund_requested {
        view! { <div class="notice"><Icon name=IconName::CircleCheck/><p>{t!("refund-asked")}</p></div> }
            .into_any()
    } else {
        view! {
            <p>{words}</p>
            <Form action=RequestRefund::url()>
                <FormError/>
                <Hidden name="order" value=id.clone()/>
                <TextArea name="reason" label=t!("refund-reason") hint=t!("refund-reason-hint") rows=3 max=1000/>
                <Submit label=t!("refund-ask") class="button"/>
            </Form>
        }
        .into_any()
    };
    let visit = Visit::current();
    let open = order.refund_requested || visit.posted(RequestRefund::url()).is_some();
    Some(view! {
        <details class="order-refund" open=open>
            <summary>{t!("refund-title")}</summary>
            <div class="order-refund-body">{body}</div>
        </details>
    })
}

#[component]
fn Details(order: Order) -> impl IntoView {
    let agreement = t!(
        "order-agreement",
        "version" => order.agreement.version,
        "date" => visit::day(order.agreement.accepted_at)
    );
    view! {
        <section class="checkout-block" aria-labelledby="timeline">
            <h2 class="checkout-head" id="timeline">{t!("order-timeline")}</h2>
            <Timeline happened=order.timeline currency=order.currency/>
            <p class="meta">
                <span>{t!("order-for", "email" => order.email)}</span>
                <span><a href=format!("/agreement/{}", order.agreement.version)>{agreement}</a></span>
            </p>
        </section>
    }
}
