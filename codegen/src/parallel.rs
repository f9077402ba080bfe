//! Work that is shared among threads.

use std::{
    iter,
    num::NonZero,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Calls a function for each item, on several threads, and returns the results in the order of the
/// items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let taken = iter::from_fn(|| {
            let index = next.fetch_add(1, Ordering::Relaxed);
            Some((index, items.get(index)?))
        });
        let results = taken.map(|(index, item)| (index, work(item)));
        results.collect::<Vec<_>>()
    };
    // With a thread for each processor, a long item that is started last would run alone.
    let threads = 2 * thread::available_parallelism().map_or(1, NonZero::get);
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        let shares: Vec<_> = (0..threads.min(items.len()))
            .map(|_| scope.spawn(share))
            .collect();
        let joined = shares.into_iter().map(thread::ScopedJoinHandle::join);
        joined
            .flat_map(|share| share.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled = map(&items, |item| item * 2);
        assert_eq!(
            doubled,
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
        assert!(map(&[], |item: &usize| *item).is_empty());
    }
}
