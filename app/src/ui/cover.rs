use std::f64::consts::TAU;

use domain::ids::Slug;
use leptos::prelude::*;

const WIDTH: f64 = 160.0;
const HEIGHT: f64 = 120.0;
/// Contour lines from the summit outwards; every fourth is an index line, as on a map.
const RINGS: u32 = 11;
const POINTS: u32 = 11;

/// A course's cover: a small map drawn from its slug, so that no two look alike and none has to be made by hand.
/// With `progress` (percent) the trail is drawn as far as it was walked.
#[component]
pub fn Cover(
    slug: Slug,
    #[prop(optional)] progress: Option<u8>,
    /// Travels to the next page by a view transition: at most one cover of a course on a page.
    #[prop(optional)]
    shared: bool,
) -> impl IntoView {
    let map = Map::of(&slug);
    let rings = |index: bool| {
        (1..=RINGS)
            .filter(|ring| (ring % 4 == 0) == index)
            .map(|ring| map.ring(ring))
            .collect::<String>()
    };
    let (trail, blaze) = map.trail();
    let walked = progress.filter(|percent| *percent > 0).map(|percent| view! {
        <path class="cover-walked" d=trail.clone() pathLength="100" stroke-dasharray=format!("{percent} 100")/>
    });
    view! {
        <svg class="cover" viewBox="0 0 160 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true" data-vt=shared.then(|| format!("cover-{slug}"))>
            <path class="cover-lines" d=rings(false)/>
            <path class="cover-index" d=rings(true)/>
            <path class="cover-ahead" d=trail/>
            {walked}
            <path class="cover-blaze" d=blaze data-state=(progress == Some(100)).then_some("done")/>
        </svg>
    }
}

/// One hill: where its summit is, how its slopes bend.
struct Map {
    summit: (f64, f64),
    drift: (f64, f64),
    /// Between two contour lines.
    spacing: f64,
    /// Heights and phases of the slope's waves, once, twice and three times around.
    waves: [f64; 3],
    phases: [f64; 3],
    bend: f64,
}

impl Map {
    fn of(slug: &Slug) -> Self {
        let mut seed = Seed::of(slug.as_str());
        Self {
            summit: (seed.between(62.0, 132.0), seed.between(24.0, 78.0)),
            drift: (seed.between(-2.4, 1.2), seed.between(-1.6, 2.2)),
            spacing: seed.between(7.2, 10.4),
            waves: [
                seed.between(0.1, 0.26),
                seed.between(0.06, 0.22),
                seed.between(0.03, 0.11),
            ],
            phases: [
                seed.between(0.0, TAU),
                seed.between(0.0, TAU),
                seed.between(0.0, TAU),
            ],
            bend: seed.between(-26.0, 26.0),
        }
    }

    /// A closed line through the middles between its control points, which makes it smooth without any arithmetic.
    fn ring(&self, ring: u32) -> String {
        let k = f64::from(ring);
        let points: Vec<(f64, f64)> = (0..POINTS)
            .map(|point| {
                let angle = TAU * f64::from(point) / f64::from(POINTS);
                let bends = (1_u8..).zip(self.waves).zip(self.phases);
                let wave: f64 = bends
                    .map(|((times, height), phase)| {
                        height * (f64::from(times) * angle + phase).sin()
                    })
                    .sum();
                let radius = k * self.spacing * (1.0 + wave);
                (
                    self.summit.0 + self.drift.0 * k + radius * 1.2 * angle.cos(),
                    self.summit.1 + self.drift.1 * k + radius * angle.sin(),
                )
            })
            .collect();
        let middle =
            |a: (f64, f64), b: (f64, f64)| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
        let start = middle(points[points.len() - 1], points[0]);
        let mut path = format!("M{:.0} {:.0}", start.0, start.1);
        for (index, point) in points.iter().enumerate() {
            let end = middle(*point, points[(index + 1) % points.len()]);
            path.push_str(&format!(
                "Q{:.0} {:.0} {:.0} {:.0}",
                point.0, point.1, end.0, end.1
            ));
        }
        path
    }

    /// The way from the lower left to the summit, and the blaze that stands there.
    fn trail(&self) -> (String, String) {
        let (x, y) = self.summit;
        let (from_x, from_y) = (14.0, HEIGHT - 12.0);
        let middle = (f64::midpoint(from_x, x), f64::midpoint(from_y, y));
        let first = (
            middle.0 - 12.0,
            (middle.1 + self.bend).clamp(10.0, HEIGHT - 8.0),
        );
        let second = (
            (middle.0 + 18.0).min(WIDTH - 10.0),
            (middle.1 - self.bend * 0.6).clamp(10.0, HEIGHT - 8.0),
        );
        let trail = format!(
            "M{from_x:.0} {from_y:.0}C{:.0} {:.0} {:.0} {:.0} {x:.0} {y:.0}",
            first.0, first.1, second.0, second.1
        );
        (trail, format!("M{x:.0} {:.0}l6 9-6 9-6-9z", y - 9.0))
    }
}

/// Numbers that look random and are the same for the same text: FNV-1a, then SplitMix64.
struct Seed(u64);

impl Seed {
    fn of(text: &str) -> Self {
        Self(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        low + (high - low) * unit
    }
}
