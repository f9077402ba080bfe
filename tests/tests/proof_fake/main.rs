//! Every operation, proven on the fake: the generated client talks to it over HTTP, code that reads
//! the YAML checks what goes over the wire and what comes of it, and the fake refuses what it has to.
//!
//! `PROOF_ROUNDS=50` tries so many rounds of arguments and documents instead of a few.

mod story;
mod world;

use arm_runtime::{reqwest_builder, transport};
use arm_tests::{description::NEWEST, generated::OPERATIONS, report};
use futures::{StreamExt, stream};
use std::sync::Arc;
use story::{Cast, Story, Tally};
use world::World;

const ROUNDS: usize = 2;

fn rounds() -> usize {
    let text = std::env::var("PROOF_ROUNDS").ok();
    text.map_or(ROUNDS, |text| text.parse().expect("a number of rounds"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operations_work_on_the_fake_as_described() {
    let cast = Arc::new(Cast {
        operations: NEWEST.operations(),
        calls: OPERATIONS.iter().copied().collect(),
    });
    let ends = stream::iter(0..rounds()).map(|number| tokio::spawn(round(cast.clone(), number)));
    let mut ends = ends.buffered(2);
    let (mut tally, mut found) = (Tally::default(), Vec::new());
    while let Some(end) = ends.next().await {
        let (own, problems) = end.expect("no panic");
        tally.add(&own);
        found.extend(problems);
    }
    report::none("problems", &found);
    println!(
        "{} operations proven on the fake by {} calls with {} requests, {} of them polls and pages; \
         {} documents put, {} calls for what is not there, {} bad requests refused, \
         {} faults",
        cast.operations.len(),
        tally.calls,
        tally.requests,
        tally.followed,
        tally.documents,
        tally.missing,
        tally.refused,
        tally.faults,
    );
}

/// Proves each operation once; gives what was done and what was wrong.
async fn round(cast: Arc<Cast>, number: usize) -> (Tally, Vec<String>) {
    let client = reqwest_builder().build().expect("TLS can be set up");
    let (transport, raw) = (transport(client), reqwest::Client::new());
    let (mut tally, mut found) = (Tally::default(), Vec::new());
    for operation in &cast.operations {
        let world = World::new(&transport, &raw).await;
        let all = number % 2 == 1;
        let mut story = Story::new(&cast, world, format!("round {number}"), all);
        story.tell(operation).await;
        tally.add(&story.tally);
        found.extend(story.found);
    }
    (tally, found)
}
