//! One page to buy on. Everything works by plain forms; the island computes the price while one types.

use domain::{checkout::price::Item, ids::Slug};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{Checkout, PlaceOrder, asked, checkout_content},
    lines::{Preview, Said, address},
    preview::PricePreview,
};
use crate::{
    error::AppError,
    param, t,
    ui::{Field, Form, FormError, Hidden, Icon, IconName, Page, error_text, field_error, page},
    visit::{PostedForm, Visit, encode},
};

#[component]
pub fn CheckoutPage() -> impl IntoView {
    let first = param("course");
    page(async move {
        let visit = Visit::current();
        let courses = asked(&first, visit.query("with"));
        let form = posted(&visit);
        let code = form.and_then(|form| form.value("coupon"));
        let code = code.or(visit.coupon.as_deref()).unwrap_or_default();
        let typed = form.and_then(|form| form.value("email"));
        let courses: Vec<&str> = courses.iter().map(Slug::as_str).collect();
        let mut view = checkout_content(
            courses.join(","),
            code.trim().to_owned(),
            typed.unwrap_or_default().to_owned(),
        )
        .await?;
        // What a link left behind days ago is not insisted on.
        let forgets = view.refused.is_some() || view.price.say().coupon.is_some();
        if forgets && form.is_none() && visit.query("coupon").is_none() {
            view.code.clear();
            view.refused = None;
            view.price.basket.coupon = None;
        }
        // Bought already, or in another window meanwhile.
        let has = |slug: &Slug| view.price.basket.learner.enrolled.contains(slug);
        if courses
            .first()
            .and_then(|slug| Slug::parse(slug).ok())
            .is_some_and(|slug| has(&slug))
        {
            crate::ui::redirect(&format!("/courses/{first}"));
            return Ok(().into_any());
        }
        let said = view.price.say();
        let test = view.test;
        Ok(view! {
            <Page title=t!("checkout-title") private=true>
                <div class="checkout">
                    <h1>{t!("checkout-title")}</h1>
                    {test.then(test_notice)}
                    <Basket view=view.clone() said=said.clone()/>
                    <Place view=view.clone() said/>
                    <PricePreview
                        start=serde_json::to_string(&view.price).unwrap_or_default()
                        add=t!("checkout-add")
                        offline=t!("error-offline")
                    />
                </div>
            </Page>
        }
        .into_any())
    })
    .into_any()
}

fn posted(visit: &Visit) -> Option<&PostedForm> {
    visit.posted(PlaceOrder::url())
}

/// Said wherever there is something to pay or an order, while the built-in gateway stands in.
pub fn test_notice() -> impl IntoView {
    view! { <p class="checkout-test"><Icon name=IconName::CircleAlert/>{t!("checkout-test")}</p> }
}

/// What is bought, and why it costs what it costs.
#[component]
fn Basket(view: Checkout, said: Said) -> impl IntoView {
    let Checkout {
        price,
        code,
        beside: others,
        ..
    } = view;
    let courses = price.courses();
    let several = courses.len() > 1;
    let basket = &price.basket;
    let code = Some(code).filter(|code| !code.is_empty());
    // In the order in which they were asked for; the browser's preview shows and hides the others.
    let bought = basket.items.iter().map(|item| (item, true));
    let beside = basket.more.iter().map(|item| (item, false));
    let items: Vec<_> = bought
        .chain(beside)
        .enumerate()
        .map(|(place, (item, chosen))| {
            let others: Vec<Slug> = courses
                .iter()
                .filter(|slug| **slug != item.slug)
                .cloned()
                .collect();
            let remove = (place > 0).then(|| address(&others, code.as_deref()));
            basket_item(&price, item, chosen, remove)
        })
        .collect();
    let applied: Vec<_> = said
        .applied
        .into_iter()
        .map(|(text, effect)| {
            view! {
                <li class="price-line" data-testid="discount-line">
                    <span data-testid="price-reason">{text}</span>
                    " "
                    <b class="price">{effect}</b>
                </li>
            }
        })
        .collect();
    let none_refused = said.refused.is_empty();
    let refused: Vec<_> = said
        .refused
        .into_iter()
        .map(|text| view! { <li data-testid="price-reason">{text}</li> })
        .collect();
    let cheaper: Vec<_> = said
        .cheaper
        .into_iter()
        .map(|(text, add)| {
            let added = courses.iter().chain(&add).cloned().collect::<Vec<_>>();
            let slugs: Vec<&str> = add.iter().map(Slug::as_str).collect();
            let link = (!add.is_empty()).then(|| view! {
                " "
                <a href=address(&added, code.as_deref()) rel="nofollow" data-add=slugs.join(",")>{t!("checkout-add")}</a>
            });
            view! { <li>{text}{link}</li> }
        })
        .collect();
    let others = (!others.is_empty()).then(|| {
        let others: Vec<_> = others
            .into_iter()
            .map(|(slug, title, list)| {
                let with: Vec<Slug> = courses.iter().cloned().chain([slug]).collect();
                view! {
                    <li class="price-line">
                        <a href=address(&with, code.as_deref()) rel="nofollow">{title}</a>
                        <span class="price">{price.money(list)}</span>
                    </li>
                }
            })
            .collect();
        view! {
            <details class="basket-others">
                <summary>{t!("checkout-others")}</summary>
                <ul>{others}</ul>
            </details>
        }
    });
    view! {
        <section class="checkout-block" aria-labelledby="what">
            <h2 class="checkout-head" id="what">{t!("checkout-what")}</h2>
            <ul class="basket" id="basket" data-several=several>{items}</ul>
            <ul class="price-lines" id="price-applied">{applied}</ul>
            <ul class="price-cheaper" id="price-cheaper" aria-label=t!("make-cheaper")>{cheaper}</ul>
            {others}
            <details class="price-refused" id="price-refused" hidden=none_refused>
                <summary>{t!("why-not-cheaper")}</summary>
                <ul>{refused}</ul>
            </details>
        </section>
    }
}

/// `remove`: the address without it.
fn basket_item(price: &Preview, item: &Item, chosen: bool, remove: Option<String>) -> AnyView {
    let (slug, title) = (item.slug.to_string(), item.title.clone());
    let list = price.money(item.list);
    let remove = remove.map(|url| {
        view! {
            <a class="basket-remove" href=url rel="nofollow" data-remove=slug.clone()>
                {t!("checkout-remove")} <span class="visually-hidden">{title.clone()}</span>
            </a>
        }
    });
    view! {
        <li class="price-line" data-course=slug.clone() hidden=!chosen>
            <span class="basket-title">
                <a href=format!("/courses/{slug}")>{title}</a>
                {remove}
            </span>
            <span class="price">{list}</span>
        </li>
    }
    .into_any()
}

/// Part of the form, so that whoever applies a code keeps what they typed elsewhere.
#[component]
fn Coupon(view: Checkout, said: Said) -> impl IntoView {
    let visit = Visit::current();
    let courses = view.price.courses();
    let refused = match &view.refused {
        Some(error) => Some(error_text(error)),
        None => said.coupon,
    };
    let applied = refused.is_none() && !view.code.is_empty();
    // Placed before it was heard of: no fault of the code's.
    let unheard = field_error(posted(&visit), "coupon").filter(|_| applied);
    let role = if unheard.is_some() { "alert" } else { "status" };
    let off = format!(
        "{}{}coupon=",
        address(&courses, None),
        if courses.len() > 1 { "&" } else { "?" }
    );
    view! {
        <div class="field coupon">
            <label for="coupon">{t!("coupon-code")}</label>
            <div class="coupon-row">
                <input
                    id="coupon"
                    name="coupon"
                    type="text"
                    value=view.code.clone()
                    maxlength="40"
                    autocomplete="off"
                    autocapitalize="characters"
                    spellcheck="false"
                    enterkeyhint="done"
                    aria-describedby="coupon-says"
                    aria-invalid=refused.is_some().then_some("true")
                />
                <button class="button" id="coupon-apply" type="submit" name="then" value="apply" formnovalidate>{t!("coupon-apply")}</button>
            </div>
            <div id="coupon-says" data-applied=t!("coupon-applied")>
                {refused.map(|error| view! { <p class="field-error" role="alert" data-testid="price-reason">{error}</p> })}
                {applied.then(|| view! {
                    <p class="field-hint" role=role>
                        {unheard.unwrap_or_else(|| t!("coupon-applied"))} " "
                        <a href=off rel="nofollow">{t!("coupon-off")}</a>
                    </p>
                })}
            </div>
        </div>
    }
}

/// Whether the form's key may be that of an order which is not the one wanted now: over, or at another price. With it
/// the form would be answered the same for ever.
fn is_used_up(form: &PostedForm) -> bool {
    let Err(AppError::Invalid(errors)) = &form.outcome else {
        return false;
    };
    errors.iter().any(|error| {
        matches!(
            error.message.as_str(),
            "error-order-over" | "error-price-changed"
        )
    })
}

/// For whom, under which agreement, and the button.
#[component]
fn Place(view: Checkout, said: Said) -> impl IntoView {
    let visit = Visit::current();
    let form_key = posted(&visit)
        .filter(|form| !is_used_up(form))
        .and_then(|form| form.value("form_key"))
        .map_or_else(|| view.form_key.to_string(), str::to_owned);
    let courses = view.price.courses();
    let slugs: Vec<&str> = courses.iter().map(Slug::as_str).collect();
    let slugs = slugs.join(",");
    let (expected, agreement) = (said.minor, view.agreement);
    // A code that does nothing is not sent: it would count as one more guess, and as another order than the one before.
    let lowers = said.coupon.is_none() && view.refused.is_none();
    let code = Some(view.code.clone())
        .filter(|_| lowers)
        .unwrap_or_default();
    let back = address(
        &courses,
        Some(&view.code)
            .filter(|code| !code.is_empty())
            .map(String::as_str),
    );
    view! {
        <Form action=PlaceOrder::url() class="checkout-form" id="place">
            <FormError/>
            <Coupon view=view.clone() said=said.clone()/>
            <Hidden name="courses" value=slugs.clone()/>
            <Hidden name="code" value=code.clone()/>
            <Hidden name="spoken" value=view.code.clone()/>
            <Hidden name="expected" value=expected.to_string()/>
            <Hidden name="agreement" value=agreement.to_string()/>
            <Hidden name="form_key" value=form_key.clone()/>
            <Who back=back.clone()/>
            <Agreement view=view.clone()/>
            <div class="checkout-bar">
                <p class="checkout-sum">
                    <span class="checkout-label">{t!("checkout-total")}</span>
                    <output class="checkout-total price" data-testid="order-total" id="order-total" for="coupon">{said.total.clone()}</output>
                    <span class="checkout-label" id="pay-next">{said.next.clone()}</span>
                </p>
                <button class="button button-main" type="submit">{t!("place-order")}</button>
            </div>
        </Form>
    }
}

#[component]
fn Who(back: String) -> impl IntoView {
    let user = Visit::current().user;
    let body = match user {
        Some(user) => {
            let (name, email) = (user.name.as_str().to_owned(), user.email.as_str().to_owned());
            view! { <p>{t!("checkout-as", "name" => name, "email" => email)}</p> }.into_any()
        }
        None => view! {
            <Field name="email" label=t!("email") kind="email" hint=t!("checkout-email-hint") autocomplete="email" max=254/>
            <p class="checkout-account">
                {t!("checkout-have-account")} " "
                <a href=format!("/sign-in?next={}", encode(&back)) data-back="/sign-in?next=">{t!("sign-in")}</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="checkout-block" aria-labelledby="who">
            <h2 class="checkout-head" id="who">{t!("checkout-who")}</h2>
            {body}
        </section>
    }
}

#[component]
fn Agreement(view: Checkout) -> impl IntoView {
    let visit = Visit::current();
    let form = posted(&visit);
    // A version that is not the latest any more is the hidden field's fault, and told here.
    let error = field_error(form, "agree").or_else(|| field_error(form, "agreement"));
    // Another version is to be accepted anew.
    let same =
        form.and_then(|form| form.value("agreement")) == Some(view.agreement.to_string().as_str());
    let agreed = same && form.and_then(|form| form.value("agree")).is_some();
    view! {
        <section class="checkout-block" aria-labelledby="agreement-title">
            <h2 class="checkout-head" id="agreement-title">{t!("checkout-agreement")}</h2>
            <p>
                {t!("checkout-refund", "days" => view.refund.days, "percent" => view.refund.max_progress)} " "
                <a href=format!("/agreement/{}", view.agreement) target="_blank">{t!("checkout-read")}</a>
            </p>
            <label class="choice">
                <input
                    type="checkbox"
                    name="agree"
                    value="1"
                    required
                    checked=agreed
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=error.is_some().then_some("agree-error")
                />
                {t!("checkout-agree")}
            </label>
            {error.map(|error| view! { <p class="field-error" id="agree-error" role="alert">{error}</p> })}
        </section>
    }
}
