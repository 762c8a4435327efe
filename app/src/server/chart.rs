//! Charts, laid out by `plotters` and handed to pages as shapes with classes: the style sheet gives them the theme's
//! colours, which a colour written into the picture could not follow.

use std::convert::Infallible;

use plotters::{
    coord::ranged1d::SegmentValue,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind,
};

use domain::study::Record;

use crate::{
    progress::short_name,
    ui::chart::{Anchor, Drawing, Shape},
};

/// In this size letters of 13 px are readable on the narrowest phone; the picture grows with the page.
pub(super) const SIZE: (u32, u32) = (360, 190);
pub(super) const LETTERS: f64 = 13.0;
/// A blaze: half its width, half its height, and from one to the next above it.
const BLAZE: (i32, i32, i32) = (5, 7, 17);
/// More lessons than this are said by their number.
const MAX_BLAZES: u32 = 3;

type Failure = DrawingErrorKind<Infallible>;

/// What something is drawn with. Stands in for a colour on its way through `plotters`.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Grid,
    Label,
    Bar,
    Today,
    Blaze,
    /// Money that went back.
    Back,
    /// A price before anything lowered it.
    List,
    /// The price that holds.
    Price,
    /// The lowest price of a while.
    Lowest,
    /// How long a promotion holds.
    Offer,
}

impl Ink {
    const ALL: [Self; 10] = [
        Self::Grid,
        Self::Label,
        Self::Bar,
        Self::Today,
        Self::Blaze,
        Self::Back,
        Self::List,
        Self::Price,
        Self::Lowest,
        Self::Offer,
    ];

    pub(super) fn color(self) -> RGBColor {
        RGBColor(self as u8, 0, 0)
    }

    fn class(color: BackendColor) -> &'static str {
        let ink = Self::ALL
            .into_iter()
            .find(|ink| *ink as u8 == color.rgb.0)
            .unwrap_or(Self::Label);
        match ink {
            Self::Grid => "chart-grid",
            Self::Label => "chart-label",
            Self::Bar => "chart-bar",
            Self::Today => "chart-bar chart-today",
            Self::Blaze => "chart-blaze",
            Self::Back => "chart-back",
            Self::List => "chart-list",
            Self::Price => "chart-price",
            Self::Lowest => "chart-lowest",
            Self::Offer => "chart-offer",
        }
    }
}

/// A day of the picture.
struct Bar {
    label: String,
    minutes: u32,
    lessons: u32,
    today: bool,
}

/// The last week of a record.
#[must_use]
pub fn week(record: &Record) -> Drawing {
    let days = record.weeks.last().into_iter().flatten();
    let bar = |mark: &domain::study::DayMark| Bar {
        label: short_name(mark.date),
        minutes: u32::try_from(mark.day.minutes()).unwrap_or(u32::MAX),
        lessons: mark.day.lessons,
        today: mark.date == record.today,
    };
    bars(&days.map(bar).collect::<Vec<_>>())
}

/// A bar for each day, its minutes at the side, a blaze above it for each lesson.
fn bars(bars: &[Bar]) -> Drawing {
    drawing(SIZE, |shapes| draw(bars, shapes))
}

/// What `draw` makes of a sheet of this size; nothing where it fails, because a table beside it says the same.
pub(super) fn drawing(
    size: (u32, u32),
    draw: impl FnOnce(&mut Vec<Shape>) -> Result<(), DrawingAreaErrorKind<Infallible>>,
) -> Drawing {
    let mut shapes = Vec::new();
    if let Err(error) = draw(&mut shapes) {
        tracing::error!(%error, "a chart was not drawn");
        shapes.clear();
    }
    Drawing { size, shapes }
}

fn draw(bars: &[Bar], shapes: &mut Vec<Shape>) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let area = Canvas(shapes, SIZE).into_drawing_area();
    let top = scale(bars.iter().map(|bar| bar.minutes).max().unwrap_or(0));
    let last = i32::try_from(bars.len()).unwrap_or(i32::MAX) - 1;
    let mut chart = ChartBuilder::on(&area)
        .margin_top(BLAZE.2 * 2)
        .x_label_area_size(24)
        .y_label_area_size(34)
        .build_cartesian_2d((0..last).into_segmented(), 0..top)?;
    let ink = Ink::Label.color();
    let label = ("sans-serif", LETTERS, &ink).into_text_style(&area);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .axis_style(TRANSPARENT)
        .y_labels(5)
        // The mesh leaves out names where it likes; they are drawn with their bars.
        .x_labels(2)
        .x_label_formatter(&|_| String::new())
        .bold_line_style(Ink::Grid.color())
        .light_line_style(TRANSPARENT)
        .label_style(label.clone())
        .draw()?;
    for (day, bar) in (0..).zip(bars) {
        let ink = if bar.today { Ink::Today } else { Ink::Bar };
        let corners = [
            (SegmentValue::Exact(day), bar.minutes),
            (SegmentValue::Exact(day + 1), 0),
        ];
        let mut shape = Rectangle::new(corners, ink.color().filled());
        shape.set_margin(0, 0, 9, 9);
        if bar.minutes > 0 {
            chart.draw_series([shape])?;
        }
        let (x, ground) = chart.backend_coord(&(SegmentValue::CenterOf(day), 0));
        let style = label.clone().pos(Pos::new(HPos::Center, VPos::Top));
        area.draw(&Text::new(bar.label.clone(), (x, ground + 8), style))?;
        let foot = chart.backend_coord(&(SegmentValue::CenterOf(day), bar.minutes));
        blazes(&area, foot, bar.lessons, &label)?;
    }
    area.present()
}

fn blazes(
    area: &DrawingArea<Canvas<'_>, plotters::coord::Shift>,
    (x, foot): BackendCoord,
    lessons: u32,
    label: &TextStyle<'_>,
) -> Result<(), DrawingAreaErrorKind<Infallible>> {
    let (half_width, half_height, step) = BLAZE;
    let blaze = |y: i32| {
        let corners = [
            (x, y - half_height),
            (x + half_width, y),
            (x, y + half_height),
            (x - half_width, y),
        ];
        Polygon::new(corners.to_vec(), Ink::Blaze.color().filled())
    };
    let shown = if lessons > MAX_BLAZES { 1 } else { lessons };
    for number in 0..shown {
        let number = i32::try_from(number).unwrap_or(0);
        area.draw(&blaze(foot - half_height - 3 - number * step))?;
    }
    if lessons > MAX_BLAZES {
        let style = label.clone().pos(Pos::new(HPos::Center, VPos::Bottom));
        let above = foot - 2 * half_height - 6;
        area.draw(&Text::new(lessons.to_string(), (x, above), style))?;
    }
    Ok(())
}

/// The end of the scale: a little above the longest day, in steps that read well.
fn scale(minutes: u32) -> u32 {
    let step = match minutes {
        0..=20 => 5,
        21..=60 => 15,
        61..=240 => 60,
        _ => 120,
    };
    (minutes.div_ceil(step) * step).max(20)
}

/// Takes down what `plotters` draws on a sheet of this size.
pub(super) struct Canvas<'a>(pub(super) &'a mut Vec<Shape>, pub(super) (u32, u32));

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.1
    }

    fn ensure_prepared(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), Failure> {
        Ok(())
    }

    /// Nothing here is made of dots.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Result<(), Failure> {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), Failure> {
        if style.color().alpha > 0.0 {
            self.0.push(Shape::Line {
                class: Ink::class(style.color()).to_owned(),
                from,
                to,
            });
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        _: bool,
    ) -> Result<(), Failure> {
        self.0.push(Shape::Rect {
            class: Ink::class(style.color()).to_owned(),
            at: upper_left,
            width: (bottom_right.0 - upper_left.0).max(1),
            height: (bottom_right.1 - upper_left.1).max(1),
        });
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), Failure> {
        self.0.push(Shape::Polygon {
            class: Ink::class(style.color()).to_owned(),
            corners: corners.into_iter().collect(),
        });
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), Failure> {
        if text.is_empty() {
            return Ok(());
        }
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        // From the anchor to the line that letters stand on.
        let drop = match style.anchor().v_pos {
            VPos::Top => 0.8,
            VPos::Center => 0.35,
            VPos::Bottom => -0.2,
        };
        self.0.push(Shape::Text {
            class: Ink::class(style.color()).to_owned(),
            at: (at.0, at.1 + (LETTERS * drop) as i32),
            anchor,
            text: text.to_owned(),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(minutes: [u32; 7], lessons: u32) -> Vec<Bar> {
        (1..)
            .zip(minutes)
            .map(|(day, minutes)| Bar {
                label: format!("D{day}"),
                minutes,
                lessons,
                today: day == 3,
            })
            .collect()
    }

    fn texts(drawing: &Drawing) -> Vec<&str> {
        let text = |shape: &Shape| match shape {
            Shape::Text { text, .. } => Some(text.clone()),
            _ => None,
        };
        drawing
            .shapes
            .iter()
            .filter_map(text)
            .map(|text| &*text.leak())
            .collect()
    }

    #[test]
    fn every_day_has_its_name_and_every_lesson_its_blaze() {
        let drawing = bars(&week([10, 0, 30, 5, 0, 0, 0], 1));
        let texts = texts(&drawing);
        for day in 1..=7 {
            assert!(texts.contains(&format!("D{day}").as_str()), "{texts:?}");
        }
        assert!(texts.contains(&"30"), "{texts:?}");
        let count = |class: &str| {
            let of = |shape: &&Shape| matches!(shape, Shape::Rect { class: one, .. } | Shape::Polygon { class: one, .. } if one.contains(class));
            drawing.shapes.iter().filter(of).count()
        };
        assert_eq!(
            (
                count("chart-bar"),
                count("chart-today"),
                count("chart-blaze")
            ),
            (3, 1, 7)
        );
    }

    #[test]
    fn many_lessons_and_long_days_stay_in_the_picture() {
        for minutes in [0, 1, 59, 61, 600, 1_440] {
            for shape in bars(&week([minutes; 7], 12)).shapes {
                let (x, y) = match shape {
                    Shape::Line { to, .. } => to,
                    Shape::Rect { at, .. } | Shape::Text { at, .. } => at,
                    Shape::Polygon { corners, .. } => corners[0],
                };
                assert!(
                    (0..=360).contains(&x) && (0..=190).contains(&y),
                    "{minutes}: {x} {y}"
                );
            }
        }
    }
}
