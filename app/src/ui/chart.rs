use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A picture as the server drew it: shapes whose classes the style sheet colours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    pub size: (u32, u32),
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    Line {
        class: String,
        from: (i32, i32),
        to: (i32, i32),
    },
    Rect {
        class: String,
        at: (i32, i32),
        width: i32,
        height: i32,
    },
    Polygon {
        class: String,
        corners: Vec<(i32, i32)>,
    },
    Text {
        class: String,
        at: (i32, i32),
        anchor: Anchor,
        text: String,
    },
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// The picture. It says nothing to screen readers: a table stands beside it.
#[component]
pub fn Chart(drawing: Drawing) -> impl IntoView {
    let (width, height) = drawing.size;
    let shapes: Vec<_> = drawing.shapes.into_iter().map(shape).collect();
    view! {
        <svg class="chart" viewBox=format!("0 0 {width} {height}") aria-hidden="true">{shapes}</svg>
    }
}

fn shape(shape: Shape) -> AnyView {
    match shape {
        Shape::Line { class, from, to } => {
            view! { <line class=class x1=from.0 y1=from.1 x2=to.0 y2=to.1/> }.into_any()
        }
        Shape::Rect {
            class,
            at,
            width,
            height,
        } => {
            view! { <rect class=class x=at.0 y=at.1 width=width height=height rx="2"/> }.into_any()
        }
        Shape::Polygon { class, corners } => {
            let points: Vec<String> = corners.iter().map(|(x, y)| format!("{x},{y}")).collect();
            view! { <polygon class=class points=points.join(" ")/> }.into_any()
        }
        Shape::Text {
            class,
            at,
            anchor,
            text,
        } => view! { <text class=class x=at.0 y=at.1 text-anchor=anchor.as_str()>{text}</text> }
            .into_any(),
    }
}
