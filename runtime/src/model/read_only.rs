//! Leaving out what only the service sets.

use std::cell::Cell;

thread_local! {
    // Serde's traits have no place for an argument, and a second way to write models would be
    // compiled again for each of them. Writing a body is one call that waits for nothing.
    static LEFT_OUT: Cell<bool> = const { Cell::new(false) };
}

/// Whether read-only members are left out of what is written now, on this thread.
pub(super) fn is_left_out() -> bool {
    LEFT_OUT.get()
}

/// Does some work during which models are written without their read-only members.
pub(crate) fn without_read_only<T>(work: impl FnOnce() -> T) -> T {
    let _before = Restore(LEFT_OUT.replace(true));
    work()
}

/// Sets what was before, even if the work panics.
struct Restore(bool);

impl Drop for Restore {
    fn drop(&mut self) {
        LEFT_OUT.set(self.0);
    }
}
