//! Leaves out the members that only the service sets.

use std::cell::Cell;

thread_local! {
    // Serde's traits take no such argument, and a second function that writes models would be
    // compiled for each of them. Writing a body is one call without `await`.
    static LEFT_OUT: Cell<bool> = const { Cell::new(false) };
}

/// Whether read-only members are left out of what is written now, on this thread.
pub(super) fn is_left_out() -> bool {
    LEFT_OUT.get()
}

/// Calls a function during which models are written without their read-only members.
pub(crate) fn without_read_only<T>(work: impl FnOnce() -> T) -> T {
    let _before = Restore(LEFT_OUT.replace(true));
    work()
}

/// Restores the previous value, even if the function panics.
struct Restore(bool);

impl Drop for Restore {
    fn drop(&mut self) {
        LEFT_OUT.set(self.0);
    }
}
