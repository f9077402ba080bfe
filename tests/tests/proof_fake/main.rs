//! Proves every operation on the fake: the generated client calls it over HTTP, code that reads the
//! YAML checks the requests, responses and results, and the fake rejects invalid requests.
//!
//! `PROOF_ROUNDS=50` tries so many rounds of arguments and documents instead of a few, and
//! `PROOF_ONLY=Jobs_,Compute_` tries only operations whose ids have one of these texts.

mod fixture;
mod lifecycle;

use arm_runtime::{reqwest_builder, transport};
use arm_tests::{description::newest, generated::OPERATIONS, report};
use fixture::Fixture;
use futures::{StreamExt, stream};
use lifecycle::{Counts, Lifecycle, Table};
use std::sync::Arc;

const ROUNDS: usize = 2;

fn rounds() -> usize {
    let text = std::env::var("PROOF_ROUNDS").ok();
    text.map_or(ROUNDS, |text| text.parse().expect("a number of rounds"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_work_on_the_fake_as_described() {
    let tables = newest().map(|description| {
        Arc::new(Table {
            operations: description.operations(),
            calls: OPERATIONS.iter().copied().collect(),
        })
    });
    let proven: usize = tables.iter().map(|table| table.operations.len()).sum();
    let all = (0..rounds()).flat_map(|number| tables.clone().map(|table| (table, number)));
    let ends = stream::iter(all).map(|(table, number)| tokio::spawn(round(table, number)));
    let mut ends = ends.buffered(2);
    let (mut counts, mut found) = (Counts::default(), Vec::new());
    while let Some(end) = ends.next().await {
        let (own, problems) = end.expect("no panic");
        counts.add(&own);
        found.extend(problems);
    }
    report::none("problems", &found);
    println!(
        "{} operations proven on the fake by {} calls with {} requests, {} of them polls and pages; \
         {} documents put, {} calls for what is not there, {} invalid requests rejected, \
         {} faults",
        proven,
        counts.calls,
        counts.requests,
        counts.followed,
        counts.documents,
        counts.missing,
        counts.refused,
        counts.faults,
    );
}

/// Proves each operation once; returns the numbers of calls and the problems.
async fn round(table: Arc<Table>, number: usize) -> (Counts, Vec<String>) {
    let client = reqwest_builder().build().expect("TLS can be set up");
    let (transport, raw) = (transport(client.clone()), client);
    let (mut counts, mut found) = (Counts::default(), Vec::new());
    let only = std::env::var("PROOF_ONLY").unwrap_or_default();
    let chosen = table.operations.iter();
    let is_chosen = |id: &str| only.split(',').any(|text| id.contains(text));
    for operation in chosen.filter(|one| is_chosen(one.id)) {
        let fixture = Fixture::new(&transport, &raw).await;
        let all = number % 2 == 1;
        let mut lifecycle = Lifecycle::new(&table, fixture, format!("round {number}"), all);
        lifecycle.run(operation).await;
        counts.add(&lifecycle.counts);
        found.extend(lifecycle.found);
    }
    (counts, found)
}
