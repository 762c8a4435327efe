//! Orders: looking for them.

use domain::{
    console::{CourseChoice, Moment, OrderFilter, OrderRow, Seat, Standing},
    ids::Slug,
};
use leptos::prelude::*;

use super::{
    api::{course_choices, find_orders, take_seat},
    frame::{Frame, part_table},
    words::{courses, moment, money, orders_url, state, url},
};
use crate::{
    t,
    ui::{Icon, IconName, page},
    visit::Visit,
};

#[component]
pub fn OrderListPage() -> impl IntoView {
    page(async {
        let seat = take_seat().await?;
        let filter = OrderFilter::of(&Visit::current().query);
        let found = find_orders(filter.clone()).await?;
        let choices = course_choices().await?;
        let next = found.next.map(|after| {
            let after = Some(after);
            let url = orders_url(&OrderFilter { after, ..filter.clone() });
            view! { <p class="actions"><a class="button" rel="next" href=url>{t!("console-older")}</a></p> }
        });
        let file = url("/console/orders.csv", &OrderFilter { after: None, ..filter.clone() }.pairs());
        let aside = view! {
            <a class="button" href=file download=true><Icon name=IconName::Download/>{t!("console-csv")}</a>
        };
        Ok(view! {
            <Frame seat=seat.clone() part="orders" title=t!("console-part-orders") aside=Some(aside.into_any())>
                <Filters filter=filter.clone() choices/>
                {order_table(&seat, &found.rows)}
                {next}
            </Frame>
        }
        .into_any())
    })
    .into_any()
}

/// Orders in a table, each a way to its page.
pub fn order_table(seat: &Seat, orders: &[OrderRow]) -> AnyView {
    let rows = orders.iter().map(|order| order_row(seat, order)).collect();
    let head = [
        ("console-number", false),
        ("console-placed", false),
        ("console-state", false),
        ("console-buyer", false),
        ("console-course", false),
        ("console-total", true),
        ("console-refunded", true),
    ];
    part_table("orders", head, rows)
}

fn order_row(seat: &Seat, order: &OrderRow) -> AnyView {
    let url = format!("/console/orders/{}", order.id);
    let refunded = (order.refunded > 0).then(|| money(order.refunded, order.currency));
    let asked = order
        .refund_asked_at
        .map(|_| view! { <span class="console-flag">{t!("console-state-refund-asked")}</span> });
    let test = order
        .test
        .then(|| view! { <span class="console-flag">{t!("console-test")}</span> });
    view! {
        <tr>
            <th scope="row"><a href=url>{order.number.clone()}</a></th>
            <td>{moment(seat, order.placed_at)}</td>
            <td>{state(order.state)}" "{asked}" "{test}</td>
            <td>{order.email.clone()}</td>
            <td class="console-wide">{courses(order)}</td>
            <td class="console-number">{money(order.total, order.currency)}</td>
            <td class="console-number">{refunded}</td>
        </tr>
    }
    .into_any()
}

/// Everything that narrows the list, in one form that makes an address.
#[component]
fn Filters(filter: OrderFilter, choices: Vec<CourseChoice>) -> impl IntoView {
    let standing = filter.standing.map_or("", Standing::as_str);
    let standings = Standing::WORDS.map(|word| {
        (
            word.to_owned(),
            t!(format!("console-state-{word}").as_str()),
        )
    });
    let moments = Moment::ALL.map(|one| {
        (
            one.as_str().to_owned(),
            t!(format!("console-by-{}", one.as_str()).as_str()),
        )
    });
    let course = filter.course.as_ref().map_or("", Slug::as_str).to_owned();
    let choices = choices
        .into_iter()
        .map(|course| (course.slug.to_string(), course.title));
    let day = |day: Option<domain::study::Date>| day.map(|day| day.to_string());
    let kept = [
        ("coupon", filter.coupon.map(|id| id.to_string())),
        (
            "currency",
            filter.currency.map(|currency| currency.code().to_owned()),
        ),
        ("tests", filter.without_tests.then(|| "no".to_owned())),
    ];
    let kept: Vec<_> = kept
        .into_iter()
        .filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> }))
        .collect();
    let all = (!filter.is_everything()).then(
        || view! { <a class="button button-quiet" href="/console/orders">{t!("console-all")}</a> },
    );
    view! {
        <form class="console-filters" role="search" action="/console/orders">
            {kept}
            <div class="field console-search">
                <label for="q">{t!("console-search")}</label>
                <p class="field-hint" id="q-hint">{t!("console-search-hint")}</p>
                <input id="q" type="search" name="q" value=filter.search maxlength="200" aria-describedby="q-hint"/>
            </div>
            {choice("state", t!("console-state"), Some(t!("console-any")), standings.to_vec(), standing)}
            {choice("course", t!("console-course"), Some(t!("console-any")), choices.collect(), &course)}
            {choice("by", t!("console-by"), None, moments.to_vec(), filter.moment.as_str())}
            {date_field("from", t!("console-from"), day(filter.from))}
            {date_field("to", t!("console-to"), day(filter.to))}
            <p class="actions"><button class="button button-main" type="submit">{t!("console-find")}</button>{all}</p>
        </form>
    }
}

/// A list to choose from; `any`: what it says while nothing is chosen.
fn choice(
    name: &'static str,
    label: String,
    any: Option<String>,
    values: Vec<(String, String)>,
    chosen: &str,
) -> AnyView {
    let options: Vec<_> = values
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{label}</option> }
        })
        .collect();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>
                {any.map(|any| view! { <option value="">{any}</option> })}
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn date_field(name: &'static str, label: String, value: Option<String>) -> AnyView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name type="date" name=name value=value/>
        </div>
    }
    .into_any()
}
