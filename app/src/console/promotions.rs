//! Promotions: what there is, and each with its versions.

use domain::{
    checkout::promotion::{Effect, Promotion, Theme},
    console::{PromotionForm, PromotionRow, RuleForm, Seat, Version},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    api::{
        SavePromotion, StopPromotion, course_choices, list_promotions, look_at_promotion,
        new_form_key, take_seat,
    },
    coupons::{effect, scope_words, window_words},
    fields::{self, Typed},
    frame::{Frame, audit, part_table, table_section},
    rule::{change, stop_view},
    words::{life, moment, money, yes_no, zone},
};
use crate::{
    error::AppError,
    param, t,
    ui::{Field, Form, FormError, Hidden, TextArea, page},
    visit::Visit,
};

const KINDS: [&str; 3] = ["price", "tiers", "bundle"];

#[component]
pub fn PromotionListPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let promotions = list_promotions().await?;
        let rows: Vec<_> = promotions.iter().map(|row| promotion_row(&seat, row)).collect();
        let head = [
            ("console-name", false),
            ("console-state", false),
            ("console-effect", false),
            ("console-scope", false),
            ("console-window", false),
            ("console-priority", true),
            ("console-with-coupons", false),
        ];
        let add: Vec<_> = KINDS
            .into_iter()
            .map(|kind| {
                let label = t!(format!("console-add-{kind}").as_str());
                view! { <a class="button" href=format!("/console/promotions/new?kind={kind}")>{label}</a> }
            })
            .collect();
        Ok(view! {
            <Frame seat part="promotions" title=t!("console-part-promotions")>
                <p class="actions">{add}</p>
                {part_table("promotions", head, rows)}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

fn promotion_row(seat: &Seat, row: &PromotionRow) -> AnyView {
    let promotion = &row.promotion;
    view! {
        <tr>
            <th scope="row"><a href=format!("/console/promotions/{}", promotion.id)>{promotion.name.clone()}</a></th>
            <td>{life(row.life)}</td>
            <td>{says(promotion)}</td>
            <td class="console-wide">{about(promotion)}</td>
            <td>{window_words(seat, promotion.window)}</td>
            <td class="console-number">{promotion.priority}</td>
            <td>{yes_no(promotion.with_coupons)}</td>
        </tr>
    }
    .into_any()
}

/// What it does, in words.
fn says(promotion: &Promotion) -> String {
    let amount = |minor| {
        promotion
            .currency
            .map_or_else(String::new, |currency| money(minor, currency))
    };
    match &promotion.effect {
        Effect::Price { off } => effect(*off, promotion.currency),
        Effect::Bundle { off, .. } => {
            t!("console-says-together", "effect" => effect(*off, promotion.currency))
        }
        Effect::Tiers { tiers } => {
            let tier = |tier: &domain::checkout::promotion::Tier| t!("console-says-tier", "spend" => amount(tier.spend), "save" => amount(tier.save));
            let tiers: Vec<String> = tiers.iter().map(tier).collect();
            tiers.join(&t!("list-comma"))
        }
    }
}

fn about(promotion: &Promotion) -> String {
    match &promotion.effect {
        Effect::Bundle { courses, .. } => {
            scope_words(&domain::checkout::Scope::These(courses.clone()))
        }
        _ => scope_words(&promotion.scope),
    }
}

#[component]
pub fn NewPromotionPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let asked = Visit::current()
            .query("kind")
            .unwrap_or_default()
            .to_owned();
        let kind = KINDS
            .into_iter()
            .find(|kind| *kind == asked)
            .unwrap_or("price");
        let form = PromotionForm {
            kind: kind.to_owned(),
            with_coupons: "1".to_owned(),
            priority: "0".to_owned(),
            ..PromotionForm::default()
        };
        let editor = editor(&seat, form, t!("console-save")).await?;
        let title = t!(format!("console-add-{kind}").as_str());
        Ok(view! { <Frame seat part="promotions" title>{editor}</Frame> }.into_any())
    })
    .into_any()
}

#[component]
pub fn PromotionPage() -> impl IntoView {
    let id = param("promotion");
    page(async move {
        let seat = take_seat().await?;
        let shown = look_at_promotion(id.clone()).await?;
        let promotion = &shown.row.promotion;
        let form = PromotionForm::of(promotion, &zone(&seat));
        let form = PromotionForm {
            rule: RuleForm {
                id: id.clone(),
                version: promotion.version.to_string(),
                ..form.rule
            },
            ..form
        };
        let editor = editor(&seat, form, t!("console-save-version")).await?;
        let stop = stop_view("promotion", id, shown.row.life, StopPromotion::url()).await?;
        let title = promotion.name.clone();
        let content = view! {
            <p class="meta">
                <span>{life(shown.row.life)}</span>
                <span>{says(promotion)}</span>
                <span>{about(promotion)}</span>
                <span>{t!("console-version", "version" => promotion.version)}</span>
            </p>
            {stop}
            {change(editor)}
            {versions(&seat, &shown.versions)}
            {audit(&seat, &shown.audit)}
        }
        .into_any();
        Ok(view! { <Frame seat part="promotions" title>{content}</Frame> }.into_any())
    })
    .into_any()
}

async fn editor(seat: &Seat, form: PromotionForm, label: String) -> Result<AnyView, AppError> {
    let choices = course_choices().await?;
    let key = new_form_key().await?;
    let typed = Typed::of(SavePromotion::url());
    let zone = seat.zone.clone();
    let seen = typed
        .answer::<Promotion>()
        .map(|promotion| preview(&promotion));
    let view = view! {
        <Form action=SavePromotion::url()>
            <FormError/>
            {seen.clone().map(|(banner, says)| view! {
                <section class="console-preview" role="status" aria-label=t!("console-preview")>
                    <p>{says}</p>
                    {banner.into_iter().map(|(tag, theme, text)| view! {
                        <p class="console-banner" data-theme-of=theme lang=tag>{text}</p>
                    }).collect_view()}
                </section>
            })}
            <Hidden name="form_key" value=key.clone()/>
            <Hidden name="id" value=form.rule.id.clone()/>
            <Hidden name="version" value=form.rule.version.clone()/>
            <Hidden name="kind" value=form.kind.clone()/>
            <Field name="name" label=t!("console-name") hint=t!("console-promotion-name-hint") value=form.rule.name.clone() max=80/>
            {effect_fields(&typed, &form, &choices)}
            {fields::window(&typed, &form.rule, &zone)}
            <div class="console-pair">
                <Field name="priority" label=t!("console-priority") hint=t!("console-priority-hint") value=form.priority.clone() max=5 optional=true/>
                {fields::select(&typed, "theme", t!("console-theme"), themes(), &form.theme)}
            </div>
            {fields::check(&typed, "with-coupons", t!("console-with-coupons-too"), &form.with_coupons)}
            {banner_fields(&typed, &form)}
            <p class="actions">
                <button class="button button-main" type="submit" name="then" value="save">{label.clone()}</button>
                <button class="button" type="submit" name="then" value="preview">{t!("console-preview")}</button>
            </p>
        </Form>
    };
    Ok(view.into_any())
}

fn effect_fields(
    typed: &Typed,
    form: &PromotionForm,
    choices: &[domain::console::CourseChoice],
) -> AnyView {
    match form.kind.as_str() {
        "tiers" => view! {
            <TextArea name="tiers" label=t!("console-tiers") hint=t!("console-tiers-hint") value=form.tiers.clone() rows=4 max=400/>
            {fields::select(typed, "currency", t!("console-currency"), fields::currencies(choices, &form.rule.currency), &form.rule.currency)}
            {fields::scope(typed, &form.rule, choices)}
        }
        .into_any(),
        "bundle" => view! {
            {fields::courses(typed, t!("console-bundle-courses"), choices, &form.rule.courses)}
            {fields::off(typed, &form.rule, choices)}
        }
        .into_any(),
        _ => view! {
            {fields::off(typed, &form.rule, choices)}
            {fields::scope(typed, &form.rule, choices)}
        }
        .into_any(),
    }
}

fn banner_fields(typed: &Typed, form: &PromotionForm) -> AnyView {
    let wrong = typed.wrong("banner");
    view! {
        <fieldset class="choices console-banners">
            <legend>{t!("console-banner")}</legend>
            <p class="field-hint">{t!("console-banner-hint")}</p>
            {wrong}
            <Field name="banner-en" label="English".to_owned() value=form.banner_en.clone() max=200 optional=true/>
            <Field name="banner-zh-Hans" label="简体中文".to_owned() value=form.banner_hans.clone() max=200 optional=true/>
            <Field name="banner-zh-Hant" label="繁體中文".to_owned() value=form.banner_hant.clone() max=200 optional=true/>
        </fieldset>
    }
    .into_any()
}

fn themes() -> Vec<(String, String)> {
    let none = (String::new(), t!("console-theme-none"));
    let named = Theme::ALL.map(|theme| {
        let word = theme.as_str();
        (
            word.to_owned(),
            t!(format!("console-theme-{word}").as_str()),
        )
    });
    std::iter::once(none).chain(named).collect()
}

type Banner = (String, &'static str, String);

/// What the promotion does and how its banner reads in each language; without a theme there is no banner.
fn preview(promotion: &Promotion) -> (Vec<Banner>, String) {
    let banner = promotion.theme.map(|theme| {
        let texts = promotion.banner.iter();
        texts
            .map(|(tag, text)| (tag.clone(), theme.as_str(), text.clone()))
            .collect()
    });
    let says = format!(
        "{}{}{}",
        says(promotion),
        t!("list-comma"),
        about(promotion)
    );
    (banner.unwrap_or_default(), says)
}

fn versions(seat: &Seat, versions: &[Version<Promotion>]) -> AnyView {
    let row = |version: &Version<Promotion>| {
        let promotion = &version.rule;
        view! {
            <tr>
                <th scope="row">{version.version}</th>
                <td>{moment(seat, version.at)}</td>
                <td>{version.by.clone()}</td>
                <td>{says(promotion)}</td>
                <td class="console-wide">{about(promotion)}</td>
                <td>{window_words(seat, promotion.window)}</td>
            </tr>
        }
        .into_any()
    };
    let head = [
        "console-version-number",
        "console-at",
        "console-by-whom",
        "console-effect",
        "console-scope",
        "console-window",
    ];
    let head = head.map(|key| (key, false));
    let rows = versions.iter().map(row).collect();
    table_section("versions", t!("console-versions"), head, rows)
}
