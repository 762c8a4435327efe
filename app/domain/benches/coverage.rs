//! Merging what was watched: a learner who has jumped about for years must not be felt.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::progress::Coverage;

/// Intervals in no order, some overlapping, from a sequence that is the same every time.
fn scattered(count: u64) -> Vec<(u64, u64)> {
    (0..count)
        .map(|n| {
            let from = n.wrapping_mul(6_364_136_223_846_793_005) >> 40;
            (from, from + 900)
        })
        .collect()
}

fn merge(criterion: &mut Criterion) {
    let intervals = scattered(10_000);
    criterion.bench_function("merge 10,000 intervals", |bencher| {
        bencher.iter(|| Coverage::from(black_box(intervals.clone())));
    });
    let known = Coverage::from(intervals);
    let report = Coverage::from(scattered(500));
    criterion.bench_function("what of a report is new, and the union", |bencher| {
        bencher.iter(|| {
            let fresh = black_box(&report).minus(black_box(&known));
            known.union(&fresh)
        });
    });
}

criterion_group!(benches, merge);
criterion_main!(benches);
