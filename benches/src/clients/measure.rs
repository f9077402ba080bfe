//! Alternating runs, and the output that `cargo xtask bench` reads.

use serde_json::json;
use std::{
    fs,
    time::{Duration, Instant},
};

/// Returns the number of runs from the command line: `--runs N`. Cargo's own `--bench` is ignored.
pub fn runs() -> usize {
    let mut args = std::env::args().skip_while(|arg| arg != "--runs").skip(1);
    args.next().and_then(|runs| runs.parse().ok()).unwrap_or(3)
}

/// The time that a run took.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// Wall-clock time.
    pub wall: Duration,
    /// Processor time of this thread; wall-clock time where that is not known.
    pub processor: Duration,
}

/// Measures a run.
pub fn time(run: impl FnOnce()) -> Took {
    let (clock, processor) = (Instant::now(), processor_time());
    run();
    let wall = clock.elapsed();
    let spent = processor_time().zip(processor);
    Took {
        wall,
        processor: spent.map_or(wall, |(end, start)| end.saturating_sub(start)),
    }
}

/// Returns the processor time of this thread, if the system reports it.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Runs both sides alternately, `runs` times each; one run does `times` operations. Prints the
/// operations per second of wall-clock time and of this thread's processor time.
pub fn rates(name: &str, times: u32, ours: &mut dyn FnMut(), theirs: &mut dyn FnMut()) {
    let mut wall = [Vec::new(), Vec::new()];
    let mut processor = [Vec::new(), Vec::new()];
    for run in 0..runs() * 2 {
        // The side that runs first alternates, so that neither always finds warmer caches.
        for side in [run % 2, 1 - run % 2] {
            let took = if side == 0 {
                time(&mut *ours)
            } else {
                time(&mut *theirs)
            };
            wall[side].push(f64::from(times) / took.wall.as_secs_f64());
            processor[side].push(f64::from(times) / took.processor.as_secs_f64());
        }
    }
    print(&format!("{name}, wall"), "per second", &wall);
    print(&format!("{name}, processor"), "per second", &processor);
}

/// Prints the numbers of both sides.
pub fn print(name: &str, unit: &str, [ours, theirs]: &[Vec<f64>; 2]) {
    println!(
        "{}",
        json!({"name": name, "unit": unit, "ours": ours, "theirs": theirs})
    );
}
