//! Calls over loopback: one resource, and a list of 10,000 in 100 pages.
#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use arm_benches::clients::{hand, measure, ours, sample, server::Server};
use arm_machinelearning::arm_runtime::reqwest_builder;
use futures::StreamExt;
use std::hint::black_box;
use tokio::runtime::{Builder, Runtime};

const REQUESTS: u32 = 4_000;
const PAGES: usize = 100;
const ITEMS: u32 = 10_000;

fn main() {
    let server = Server::start(responses).unwrap();
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let pool = reqwest_builder().build().unwrap();
    let ours = ours::Deployments::new(pool.clone(), server.url()).unwrap();
    let hand = hand::Deployments::new(pool, server.url());
    one_resource(&runtime, &ours, &hand);
    pages(&runtime, &ours, &hand);
}

fn responses(url: &str) -> Vec<(String, Vec<u8>)> {
    let first = format!("{}?api-version={}", ours::PATH, ours::VERSION);
    let target = |page: usize| match page {
        0 => first.clone(),
        _ => format!("{first}&$skip={page}"),
    };
    let pages = (0..PAGES).map(|page| {
        let next = (page + 1 < PAGES).then(|| format!("{url}{}", target(page + 1)));
        let count = ITEMS as usize / PAGES;
        (target(page), sample::short_page(count, next.as_deref()))
    });
    let one = format!("{}/blue?api-version={}", ours::PATH, ours::VERSION);
    let one = (one, sample::deployment(1, true).into_bytes());
    pages.chain([one]).collect()
}

fn one_resource(runtime: &Runtime, ours: &ours::Deployments, hand: &hand::Deployments) {
    for in_flight in [1, 64] {
        let name = format!("GET, {in_flight} in flight");
        let our = || async { drop(black_box(ours.get("blue").await.unwrap())) };
        let by_hand = || async { drop(black_box(hand.get("blue").await.unwrap())) };
        measure::rates(
            &name,
            REQUESTS,
            &mut || runtime.block_on(many(in_flight, our)),
            &mut || runtime.block_on(many(in_flight, by_hand)),
        );
    }
}

async fn many<F: Future<Output = ()>>(in_flight: usize, one: impl Fn() -> F) {
    let requests = futures::stream::iter(0..REQUESTS).map(|_| one());
    requests.buffer_unordered(in_flight).collect::<()>().await;
}

fn pages(runtime: &Runtime, ours: &ours::Deployments, hand: &hand::Deployments) {
    let check = |count: usize| assert_eq!(count, ITEMS as usize, "all items are read");
    measure::rates(
        "Pager, 10,000 items in 100 pages",
        ITEMS,
        &mut || check(runtime.block_on(ours.count()).unwrap()),
        &mut || check(runtime.block_on(hand.count()).unwrap()),
    );
}
