//! Coupons: what there is, and each with its versions, codes and the way to hand it out.

use domain::{
    checkout::{Off, Scope, Window, coupon::Terms},
    console::{BatchRow, CouponForm, CouponPage as Coupon, CouponRow, CourseChoice, Seat, Version},
    money::Currency,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{
        AddBatch, SaveCoupon, StopCoupon, course_choices, list_coupons, look_at_coupon,
        new_form_key, take_seat,
    },
    fields::{self, Typed},
    frame::{Frame, Table, audit, part_table, section, table_section},
    rule::{change, stop_view},
    words::{life, maybe_moment, moment, money, orders_url, yes_no, zone},
};
use crate::{
    param, t,
    ui::{Field, Form, FormError, Hidden, Submit, page},
};

#[component]
pub fn CouponListPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let coupons = list_coupons().await?;
        let rows: Vec<_> = coupons.iter().map(|coupon| coupon_row(&seat, coupon)).collect();
        let head = [
            ("console-name", false),
            ("console-coupon-code", false),
            ("console-state", false),
            ("console-effect", false),
            ("console-task-for", false),
            ("console-held", true),
            ("console-redeemed", true),
            ("console-limit", true),
            ("console-brought", true),
            ("console-ends", false),
        ];
        let add = view! { <a class="button button-main" href="/console/coupons/new">{t!("console-coupon-new")}</a> };
        Ok(view! {
            <Frame seat part="coupons" title=t!("console-part-coupons") aside=Some(add.into_any())>
                {part_table("coupons", head, rows)}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

fn coupon_row(seat: &Seat, coupon: &CouponRow) -> AnyView {
    let brought: Vec<String> = coupon
        .revenue
        .iter()
        .map(|one| money(one.minor, one.currency))
        .collect();
    let terms = &coupon.terms;
    view! {
        <tr>
            <th scope="row"><a href=format!("/console/coupons/{}", coupon.id)>{coupon.name.clone()}</a></th>
            <td>{coupon.code.clone()}</td>
            <td>{life(coupon.life)}</td>
            <td>{effect(terms.off, terms.currency)}</td>
            <td>{coupon.task.as_ref().map(ToString::to_string)}</td>
            <td class="console-number">{coupon.held}</td>
            <td class="console-number">{coupon.redeemed}</td>
            <td class="console-number">{terms.limit}</td>
            <td class="console-number">{brought.join(" ")}</td>
            <td>{maybe_moment(seat, terms.window.ends)}</td>
        </tr>
    }
    .into_any()
}

/// How a price is lowered, in words.
pub fn effect(off: Off, currency: Option<Currency>) -> String {
    let amount = |minor| currency.map_or_else(String::new, |currency| money(minor, currency));
    match off {
        Off::Percent { percent, cap: None } => t!("console-says-percent", "percent" => percent),
        Off::Percent {
            percent,
            cap: Some(cap),
        } => {
            t!("console-says-capped", "percent" => percent, "cap" => amount(cap))
        }
        Off::Amount { minor } => t!("console-says-amount", "amount" => amount(minor)),
        Off::To { minor } => t!("console-says-to", "amount" => amount(minor)),
    }
}

pub fn scope_words(scope: &Scope) -> String {
    let names = |courses: &std::collections::BTreeSet<domain::ids::Slug>| {
        let names: Vec<&str> = courses.iter().map(domain::ids::Slug::as_str).collect();
        names.join(&t!("list-comma"))
    };
    match scope {
        Scope::All => t!("console-scope-all"),
        Scope::These(courses) => names(courses),
        Scope::AllBut(courses) => t!("console-says-all-but", "courses" => names(courses)),
    }
}

#[component]
pub fn NewCouponPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let form = CouponForm::default();
        let editor = editor(&seat, form, t!("console-save")).await?;
        Ok(view! {
            <Frame seat part="coupons" title=t!("console-coupon-new")>{editor}</Frame>
        }
        .into_any())
    })
    .into_any()
}

#[component]
pub fn CouponPage() -> impl IntoView {
    let id = param("coupon");
    page(async move {
        let seat = take_seat().await?;
        let shown = look_at_coupon(id.clone()).await?;
        let coupon = &shown.coupon;
        let form = CouponForm::of(&coupon.name, &coupon.terms, &zone(&seat));
        let form = CouponForm {
            rule: domain::console::RuleForm {
                id,
                version: coupon.version.to_string(),
                ..form.rule
            },
            ..form
        };
        let editor = editor(&seat, form, t!("console-save-version")).await?;
        let stop = stop_view(
            "coupon",
            coupon.id.to_string(),
            coupon.life,
            StopCoupon::url(),
        )
        .await?;
        let batches = batches_view(&seat, &shown).await?;
        let title = coupon.name.clone();
        Ok(view! {
            <Frame seat=seat.clone() part="coupons" title>
                {facts(&shown)}
                {stop}
                {batches}
                {change(editor)}
                {versions(&seat, &shown.versions)}
                {audit(&seat, &shown.audit)}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

fn facts(shown: &Coupon) -> AnyView {
    let coupon = &shown.coupon;
    let orders = orders_url(&domain::console::OrderFilter {
        coupon: Some(coupon.id),
        ..Default::default()
    });
    let task = coupon.task.as_ref().map(ToString::to_string);
    let given = task.as_ref().map(|_| (t!("console-given"), coupon.given));
    let figures = [
        (t!("console-held"), coupon.held),
        (t!("console-redeemed"), coupon.redeemed),
    ];
    let figures = figures.into_iter().chain(given).map(|(label, count)| {
        view! { <div class="figure"><dt>{label}</dt><dd>{count}</dd></div> }
    });
    let task = task.map(|task| view! { <span>{t!("console-task-is", "task" => task)}</span> });
    let code = coupon
        .code
        .clone()
        .map(|code| view! { <span>{t!("console-code-is", "code" => code)}</span> });
    let link = shown.link.clone().map(|link| {
        view! {
            <div class="field console-share">
                <label for="share">{t!("console-share")}</label>
                <input id="share" type="text" readonly=true value=link/>
            </div>
        }
    });
    view! {
        <p class="meta">
            <span>{life(coupon.life)}</span>
            {code}
            <span>{effect(coupon.terms.off, coupon.terms.currency)}</span>
            <span>{scope_words(&coupon.terms.scope)}</span>
            {task}
            <span>{t!("console-version", "version" => coupon.version)}</span>
        </p>
        <dl class="figures">{figures.collect_view()}</dl>
        <p><a href=orders>{t!("console-orders-with")}</a></p>
        {link}
    }
    .into_any()
}

/// Codes that each work once, and the form that makes more.
async fn batches_view(seat: &Seat, shown: &Coupon) -> Result<AnyView, crate::error::AppError> {
    let (id, key) = (shown.coupon.id.to_string(), new_form_key().await?);
    let row = |batch: &BatchRow| {
        let file = super::words::url(
            &format!("/console/coupons/{id}/codes.csv"),
            &[("batch", batch.name.clone())],
        );
        view! {
            <tr>
                <th scope="row">{batch.name.clone()}</th>
                <td class="console-number">{batch.codes}</td>
                <td class="console-number">{batch.held}</td>
                <td class="console-number">{batch.redeemed}</td>
                <td>{moment(seat, batch.created_at)}</td>
                <td><a href=file download=true>{t!("console-csv")}" "<span class="visually-hidden">{batch.name.clone()}</span></a></td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<_> = shown.batches.iter().map(row).collect();
    let head = [
        ("console-batch", false),
        ("console-codes", true),
        ("console-held", true),
        ("console-redeemed", true),
        ("console-at", false),
        ("console-file", false),
    ];
    let table =
        (!rows.is_empty()).then(|| view! { <Table label=t!("console-batches") head rows/> });
    let content = view! {
        {table}
        <details class="console-more" open=Typed::of(AddBatch::url()).is_open()>
            <summary>{t!("console-batch-new")}</summary>
            <Form action=AddBatch::url()>
                <FormError/>
                <Hidden name="coupon" value=id.clone()/>
                <Hidden name="form_key" value=key.clone()/>
                <Field name="name" id="batch-name" label=t!("console-batch-name") max=80/>
                <Field name="count" label=t!("console-count") hint=t!("console-count-hint") max=6/>
                <Submit label=t!("console-batch-make") class="button"/>
            </Form>
        </details>
    };
    let title = t!("console-batches");
    Ok(section("batches", title, content.into_any()))
}

async fn editor(
    seat: &Seat,
    form: CouponForm,
    label: String,
) -> Result<AnyView, crate::error::AppError> {
    let choices = course_choices().await?;
    let key = new_form_key().await?;
    let typed = Typed::of(SaveCoupon::url());
    let zone = seat.zone.clone();
    let view = view! {
        <Form action=SaveCoupon::url()>
            <FormError/>
            <Hidden name="form_key" value=key.clone()/>
            <Hidden name="id" value=form.rule.id.clone()/>
            <Hidden name="version" value=form.rule.version.clone()/>
            <Field name="name" label=t!("console-name") hint=t!("console-coupon-name-hint") value=form.rule.name.clone() max=80/>
            {form.rule.id.is_empty().then(|| view! {
                <Field name="code" label=t!("console-coupon-code") hint=t!("console-code-hint") value=form.code.clone() max=64 optional=true/>
            })}
            {fields::off(&typed, &form.rule, &choices)}
            {fields::scope(&typed, &form.rule, &choices)}
            {fields::window(&typed, &form.rule, &zone)}
            <div class="console-pair">
                <Field name="min-spend" label=t!("console-min-spend") value=form.min_spend.clone() max=20 optional=true/>
                <Field name="limit" label=t!("console-limit") value=form.limit.clone() max=9 optional=true/>
                <Field name="per-learner" label=t!("console-per-learner") value=form.per_learner.clone() max=9 optional=true/>
            </div>
            {fields::check(&typed, "new-learners", t!("console-new-learners"), &form.new_learners)}
            {task(&typed, &form, &choices)}
            <Submit label=label.clone()/>
        </Form>
    };
    Ok(view.into_any())
}

/// The course for which it is handed out, which is said once, when it is made.
fn task(typed: &Typed, form: &CouponForm, choices: &[CourseChoice]) -> Option<AnyView> {
    let none = (String::new(), t!("console-task-none"));
    let courses = choices
        .iter()
        .map(|course| (course.slug.to_string(), course.title.clone()));
    let values = std::iter::once(none).chain(courses).collect();
    let is_new = form.rule.id.is_empty();
    is_new.then(|| fields::select(typed, "task", t!("console-task"), values, &form.task))
}

fn versions(seat: &Seat, versions: &[Version<Terms>]) -> AnyView {
    let row = |version: &Version<Terms>| {
        let terms = &version.rule;
        let least = terms.min_spend.zip(terms.currency);
        let least = least.map(|(minor, currency)| money(minor, currency));
        view! {
            <tr>
                <th scope="row">{version.version}</th>
                <td>{moment(seat, version.at)}</td>
                <td>{version.by.clone()}</td>
                <td>{effect(terms.off, terms.currency)}</td>
                <td class="console-wide">{scope_words(&terms.scope)}</td>
                <td class="console-number">{least}</td>
                <td>{window_words(seat, terms.window)}</td>
                <td class="console-number">{terms.limit}</td>
                <td class="console-number">{terms.per_learner}</td>
                <td>{yes_no(terms.new_learners)}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        ("console-version-number", false),
        ("console-at", false),
        ("console-by-whom", false),
        ("console-effect", false),
        ("console-scope", false),
        ("console-min-spend", true),
        ("console-window", false),
        ("console-limit", true),
        ("console-per-learner", true),
        ("console-new-learners", false),
    ];
    let rows = versions.iter().map(row).collect();
    table_section("versions", t!("console-versions"), head, rows)
}

pub fn window_words(seat: &Seat, window: Window) -> AnyView {
    view! { {maybe_moment(seat, window.starts)}" – "{maybe_moment(seat, window.ends)} }.into_any()
}
