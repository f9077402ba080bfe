//! Allocations of a call over loopback.
#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use arm_benches::clients::{hand, measure, ours, sample, server::Server};
use arm_machinelearning::arm_runtime::reqwest_builder;
use azure_core::http::Transport;
use std::{hint::black_box, sync::Arc};
use tokio::runtime::Builder;

const REQUESTS: u32 = 500;

fn main() {
    let target = format!("{}/blue?api-version={}", ours::PATH, ours::VERSION);
    let body = sample::deployment(1, true).into_bytes();
    let server = Server::start(|_| vec![(target, body)]).unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let pool = reqwest_builder().build().unwrap();
    let ours = ours::Deployments::new(pool.clone(), server.url()).unwrap();
    let azure = Transport::new(Arc::new(pool.clone()));
    let azure = ours::Deployments::over(azure, server.url()).unwrap();
    let hand = hand::Deployments::new(pool, server.url());
    let our = || drop(black_box(runtime.block_on(ours.get("blue")).unwrap()));
    let by_hand = || drop(black_box(runtime.block_on(hand.get("blue")).unwrap()));
    let by_azure = || drop(black_box(runtime.block_on(azure.get("blue")).unwrap()));
    let ours = vec![count(our)];
    let theirs = vec![count(by_hand)];
    measure::print("GET, allocations", "allocations", &[ours.clone(), theirs]);
    let theirs = vec![count(by_azure)];
    let name = "Allocations, and with azure_core's transport";
    measure::print(name, "allocations", &[ours, theirs]);
}

/// Returns the allocations of this thread for one call; the server runs on another thread.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn count(call: impl Fn()) -> f64 {
    // The first opens the connection.
    call();
    let counted = allocation_counter::measure(|| (0..REQUESTS).for_each(|_| call()));
    counted.count_total as f64 / f64::from(REQUESTS)
}
