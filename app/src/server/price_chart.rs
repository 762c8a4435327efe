//! The picture of the price calendar.

use std::convert::Infallible;

use domain::{
    Timestamp,
    console::{PricePart, PriceTimeline, PromotionBar},
    study::TimeZone,
};
use plotters::{
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::{
    chart::{Canvas, Ink, LETTERS, drawing},
    money_chart::grid,
};
use crate::ui::chart::{Drawing, Shape};

const WIDTH: u32 = 360;
/// Of the prices, and of each promotion's lane below them.
const HEIGHT: u32 = 170;
const LANE: i32 = 12;
/// Lanes that are drawn; the list beside the picture names all.
const MAX_LANES: usize = 6;
const DAY: i64 = 86_400;

/// What a course costs, from the past over today into the future: list price, price, the lowest of 30 days, and below
/// them a bar for each promotion.
#[must_use]
pub fn calendar(timeline: &PriceTimeline, now: Timestamp, zone: &TimeZone) -> Drawing {
    let lanes = timeline.bars.len().min(MAX_LANES);
    let lanes = i32::try_from(lanes).unwrap_or(0) * LANE;
    let size = (WIDTH, HEIGHT + lanes.unsigned_abs());
    drawing(size, |shapes| draw(timeline, now, zone, size, shapes))
}

type Line = Vec<(i64, i64)>;
/// How high a line of the picture is during one part of the time.
type Height = fn(&PricePart) -> Option<i64>;

fn draw(
    timeline: &PriceTimeline,
    now: Timestamp,
    zone: &TimeZone,
    size: (u32, u32),
    shapes: &mut Vec<Shape>,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let days = backend::console::DAYS * DAY;
    let today = now.as_second();
    let (since, until) = (today - days, today + days);
    let most = timeline
        .parts
        .iter()
        .map(|part| part.list)
        .max()
        .unwrap_or(0);
    let top = most.saturating_add(most / 8 + 1);
    let lanes = i32::try_from(size.1 - HEIGHT).unwrap_or(0);
    let area = Canvas(shapes, size).into_drawing_area();
    let mut chart = ChartBuilder::on(&area)
        .margin_top(6)
        .margin_right(6)
        .margin_bottom(lanes)
        .x_label_area_size(24)
        .y_label_area_size(46)
        .build_cartesian_2d(since..until, 0..top)?;
    let ink = Ink::Label.color();
    let label = ("sans-serif", LETTERS, &ink).into_text_style(&area);
    grid(&mut chart, &label, timeline.currency)?;
    let lines: [(Ink, Height); 3] = [
        (Ink::Lowest, |part| part.lowest),
        (Ink::List, |part| Some(part.list)),
        (Ink::Price, |part| Some(part.paid)),
    ];
    for (ink, of) in lines {
        for line in stairs(&timeline.parts, of, until) {
            chart.draw_series([PathElement::new(line, ink.color())])?;
        }
    }
    chart.draw_series([PathElement::new(
        vec![(today, 0), (today, top)],
        Ink::Today.color(),
    )])?;
    let ground = chart.backend_coord(&(today, 0)).1;
    for (days, align) in [(-days, HPos::Left), (0, HPos::Center), (days, HPos::Right)] {
        let at = today + days;
        let name = Timestamp::from_second(at).map(|at| zone.to_datetime(at).date());
        let name = name
            .map(|date| format!("{}/{}", date.month(), date.day()))
            .unwrap_or_default();
        let x = chart.backend_coord(&(at, 0)).0;
        let style = label.clone().pos(Pos::new(align, VPos::Top));
        area.draw(&Text::new(name, (x, ground + 8), style))?;
    }
    for (lane, bar) in (0..).zip(timeline.bars.iter().take(MAX_LANES)) {
        let (from, to) = seconds(bar, since, until);
        let y = ground + 26 + lane * LANE;
        let (left, right) = (
            chart.backend_coord(&(from, 0)).0,
            chart.backend_coord(&(to, 0)).0,
        );
        let corners = [(left, y), (right.max(left + 2), y + LANE - 4)];
        area.draw(&Rectangle::new(corners, Ink::Offer.color().filled()))?;
    }
    area.present()
}

/// From one price to the next at a right angle; a price that is not known tears the line.
fn stairs(parts: &[PricePart], of: Height, until: i64) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    for (place, part) in parts.iter().enumerate() {
        let end = parts
            .get(place + 1)
            .map_or(until, |next| next.from.as_second())
            .min(until);
        let Some(price) = of(part) else {
            lines.push(Line::new());
            continue;
        };
        if let Some(line) = lines.last_mut() {
            line.extend([(part.from.as_second(), price), (end, price)]);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The part of a promotion's time that is in the picture.
fn seconds(bar: &PromotionBar, since: i64, until: i64) -> (i64, i64) {
    let clip = |at: Option<Timestamp>, open: i64| {
        at.map_or(open, Timestamp::as_second).clamp(since, until)
    };
    (clip(bar.from, since), clip(bar.to, until))
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::{PromotionId, Slug},
        money::Currency,
    };

    use super::*;

    #[test]
    fn prices_and_promotions_stay_in_the_picture() {
        let now: Timestamp = "2026-11-25T09:00:00Z".parse().expect("a moment");
        let day = |days: i64| now + jiff::SignedDuration::from_hours(24 * days);
        let part = |days, list, paid, lowest| PricePart {
            from: day(days),
            list,
            paid,
            lowest,
        };
        let bar = |from, to| PromotionBar {
            id: PromotionId(uuid::Uuid::nil()),
            name: "Sale".into(),
            from,
            to,
        };
        let timeline = PriceTimeline {
            slug: Slug::parse("walk").expect("a slug"),
            title: "Walk".into(),
            currency: Currency::CNY,
            parts: vec![
                part(-60, 19_900, 19_900, None),
                part(-5, 19_900, 9_900, Some(19_900)),
                part(20, 19_900, 19_900, Some(9_900)),
            ],
            bars: vec![
                bar(Some(day(-5)), Some(day(20))),
                bar(None, None),
                bar(Some(day(59)), None),
            ],
        };
        let drawing = calendar(&timeline, now, &TimeZone::UTC);
        let (width, height) = (360, i32::try_from(drawing.size.1).expect("small"));
        let mut offers = 0;
        for shape in &drawing.shapes {
            let corners = match shape {
                Shape::Line { from, to, .. } => vec![*from, *to],
                Shape::Rect {
                    class,
                    at,
                    width,
                    height,
                } => {
                    offers += i32::from(class == "chart-offer");
                    vec![*at, (at.0 + width, at.1 + height)]
                }
                Shape::Text { at, .. } => vec![*at],
                Shape::Polygon { corners, .. } => corners.clone(),
            };
            for (x, y) in corners {
                assert!(
                    (0..=width).contains(&x) && (0..=height).contains(&y),
                    "{shape:?}"
                );
            }
        }
        assert_eq!(offers, 3);
    }
}
