//! Reading and writing a page of 1,000 online deployments, next to serde's derives on the same
//! shapes. With `--runs N` prints lines for `cargo xtask bench`, otherwise criterion's report.
#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use arm_benches::clients::{measure, sample, shapes};
use arm_machinelearning::models::OnlineDeploymentTrackedResourceArmPaginatedResult as Model;
use criterion::{Criterion, Throughput};
use serde::{Serialize, de::DeserializeOwned};
use std::{hint::black_box, time::Duration};

type Derived = shapes::Page;

/// Pages in a run.
const TIMES: u32 = 40;

fn read<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_json::from_slice(text).unwrap()
}

fn read_stream<T: DeserializeOwned>(text: &[u8]) -> T {
    serde_json::from_reader(text).unwrap()
}

/// Writes into a buffer that is large enough, because growing it would dominate the measurement.
fn write<T: Serialize>(page: &T, buffer: &mut Vec<u8>) {
    buffer.clear();
    serde_json::to_writer(buffer, page).unwrap();
}

/// Handles a measurement: its name, the bytes of a page, our side and the baseline.
type Run<'a> = dyn FnMut(&str, usize, &mut dyn FnMut(), &mut dyn FnMut()) + 'a;

fn each(run: &mut Run<'_>) {
    let first = sample::page(true);
    let among = sample::page(false);
    let model: Model = read(&first);
    let derived: Derived = read(&first);
    let mut ours = Vec::with_capacity(first.len());
    let mut theirs = Vec::with_capacity(first.len());
    write(&model, &mut ours);
    write(&derived, &mut theirs);
    assert_eq!(ours.len(), theirs.len(), "both write the same members");
    run(
        "decode, discriminator first",
        first.len(),
        &mut || drop(black_box(read::<Model>(&first))),
        &mut || drop(black_box(read::<Derived>(&first))),
    );
    run(
        "decode, discriminator among others",
        among.len(),
        &mut || drop(black_box(read::<Model>(&among))),
        &mut || drop(black_box(read::<Derived>(&among))),
    );
    run(
        "decode from a stream",
        first.len(),
        &mut || drop(black_box(read_stream::<Model>(&first))),
        &mut || drop(black_box(read_stream::<Derived>(&first))),
    );
    run(
        "encode",
        first.len(),
        &mut || write(black_box(&model), &mut ours),
        &mut || write(black_box(&derived), &mut theirs),
    );
}

fn with_criterion() {
    let mut criterion = Criterion::default()
        .configure_from_args()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    each(&mut |name, bytes, ours, theirs| {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("ours", |bencher| bencher.iter(&mut *ours));
        group.bench_function("derives", |bencher| bencher.iter(&mut *theirs));
        group.finish();
    });
}

fn in_turn() {
    each(&mut |name, _, ours, theirs| {
        measure::rates(
            name,
            TIMES,
            &mut || (0..TIMES).for_each(|_| ours()),
            &mut || (0..TIMES).for_each(|_| theirs()),
        );
    });
}

fn main() {
    if std::env::args().any(|arg| arg == "--runs") {
        in_turn();
    } else {
        with_criterion();
    }
}
