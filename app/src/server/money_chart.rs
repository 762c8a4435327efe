//! Pictures of money: what came in and went back.

use std::convert::Infallible;

use domain::{
    console::{Per, Period, Revenue},
    money::{Currency, Money},
};
use plotters::{
    coord::{
        ranged1d::{Ranged, SegmentValue, ValueFormatter},
        types::RangedCoordi64,
    },
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::chart::{Canvas, Ink, LETTERS, SIZE, drawing};
use crate::{
    t,
    ui::chart::{Drawing, Shape},
};

/// For each period a bar upwards for what was paid, and one downwards for what went back.
#[must_use]
pub fn revenue(revenue: &Revenue, per: Per) -> Drawing {
    drawing(SIZE, |shapes| draw(revenue, per, shapes))
}

fn draw(
    revenue: &Revenue,
    per: Per,
    shapes: &mut Vec<Shape>,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let area = Canvas(shapes, SIZE).into_drawing_area();
    let periods = &revenue.periods;
    let most = |of: fn(&Period) -> i64| periods.iter().map(of).max().unwrap_or(0);
    // A little air, so that the longest bar does not touch the edge.
    let top = most(|period| period.paid).max(1);
    let top = top.saturating_add(top / 8 + 1);
    let back = most(|period| period.refunded);
    let bottom = -back.saturating_add(back / 8);
    let last = i32::try_from(periods.len()).unwrap_or(i32::MAX) - 1;
    let mut chart = ChartBuilder::on(&area)
        .margin_top(6)
        .x_label_area_size(24)
        .y_label_area_size(46)
        .build_cartesian_2d((0..last).into_segmented(), bottom..top)?;
    let ink = Ink::Label.color();
    let label = ("sans-serif", LETTERS, &ink).into_text_style(&area);
    grid(&mut chart, &label, revenue.currency)?;
    for (place, period) in (0..).zip(periods) {
        for (ink, end) in [(Ink::Bar, period.paid), (Ink::Back, -period.refunded)] {
            let corners = [
                (SegmentValue::Exact(place), end),
                (SegmentValue::Exact(place + 1), 0),
            ];
            let mut bar = Rectangle::new(corners, ink.color().filled());
            bar.set_margin(0, 0, 4, 4);
            if end != 0 {
                chart.draw_series([bar])?;
            }
        }
        let (x, y) = chart.backend_coord(&(SegmentValue::CenterOf(place), bottom));
        let style = label.clone().pos(Pos::new(HPos::Center, VPos::Top));
        // Counted from the newest, which always has its name.
        if (last - place) % every(per) == 0 {
            area.draw(&Text::new(name(period, per), (x, y + 8), style))?;
        }
    }
    area.present()
}

/// Lines across a picture of money, each with its amount at the side. Names below it are for the caller to draw: the
/// mesh leaves some out where it likes.
pub(super) fn grid<X: Ranged + ValueFormatter<<X as Ranged>::ValueType>>(
    chart: &mut ChartContext<'_, Canvas<'_>, Cartesian2d<X, RangedCoordi64>>,
    label: &TextStyle<'_>,
    currency: Currency,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    chart
        .configure_mesh()
        .disable_x_mesh()
        .axis_style(TRANSPARENT)
        .y_labels(4)
        .y_label_formatter(&|minor| short(*minor, currency))
        .x_labels(2)
        .x_label_formatter(&|_| String::new())
        .bold_line_style(Ink::Grid.color())
        .light_line_style(TRANSPARENT)
        .label_style(label.clone())
        .draw()
}

/// Names that would run into each other are left out.
fn every(per: Per) -> i32 {
    match per {
        Per::Day => 2,
        Per::Week => 3,
        Per::Month => 2,
    }
}

fn name(period: &Period, per: Per) -> String {
    let first = period.first;
    match per {
        Per::Day => first.day().to_string(),
        Per::Week => format!("{}/{}", first.month(), first.day()),
        Per::Month => t!(format!("month-short-{}", first.month()).as_str()),
    }
}

/// An amount in few letters, without its currency: `950`, `12k`, `1.5M`.
fn short(minor: i64, currency: Currency) -> String {
    let decimal = Money { minor, currency }.decimal();
    let whole = decimal.split('.').next().unwrap_or_default();
    let Ok(units) = whole.parse::<i64>() else {
        return decimal;
    };
    let tenths = |unit: i64, letter: &str| {
        let tenths = units.abs() / (unit / 10);
        let sign = if units < 0 { "-" } else { "" };
        match tenths % 10 {
            0 => format!("{sign}{}{letter}", tenths / 10),
            rest => format!("{sign}{}.{rest}{letter}", tenths / 10),
        }
    };
    match units.abs() {
        1_000_000.. => tenths(1_000_000, "M"),
        1_000.. => tenths(1_000, "k"),
        0 if minor != 0 => decimal,
        _ => whole.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use domain::console::periods;

    use super::*;

    #[test]
    fn amounts_fit_beside_the_picture() {
        for (minor, code, text) in [
            (0, "CNY", "0"),
            (50, "CNY", "0.50"),
            (19_900, "CNY", "199"),
            (123_400, "CNY", "1.2k"),
            (-1_990_000, "CNY", "-19.9k"),
            (1_500_000, "JPY", "1.5M"),
            (200_000_000, "CNY", "2M"),
        ] {
            let currency = Currency::from_code(code).expect("a currency");
            assert_eq!(short(minor, currency), text);
        }
    }

    #[test]
    fn every_amount_stays_in_the_picture() {
        let today = "2026-11-25".parse().expect("a day");
        for (paid, refunded) in [
            (0, 0),
            (1, 0),
            (0, 1),
            (i64::MAX / 100, 19_900),
            (19_900, 40_000),
        ] {
            for per in Per::ALL {
                let mut periods = periods(per, today);
                for period in &mut periods {
                    (period.paid, period.refunded) = (paid, refunded);
                }
                let revenue = Revenue {
                    currency: Currency::CNY,
                    periods,
                };
                let drawing = super::revenue(&revenue, per);
                assert!(!drawing.shapes.is_empty());
                for shape in drawing.shapes {
                    if let Shape::Rect {
                        at, width, height, ..
                    } = shape
                    {
                        assert!(at.0 >= 0 && at.0 + width <= 360, "{at:?}");
                        assert!(at.1 >= 0 && at.1 + height <= 190, "{at:?}");
                    }
                }
            }
        }
    }
}
