//! Where things are.

use indicatif::ProgressBar;
use std::path::PathBuf;

/// The workspace that is measured.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Its root.
    pub root: PathBuf,
    /// Cargo's target folder. Baselines, and what is built from them, go to `bench` in it and are
    /// used again by the next run.
    pub target: PathBuf,
    /// Tells what is measured.
    pub progress: ProgressBar,
}

impl Workspace {
    /// The folder for baselines.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("bench")
    }

    /// Announces so many steps.
    pub(crate) fn expect_steps(&self, steps: usize) {
        self.progress.set_length(steps as u64);
    }

    /// Says what is being measured, or prepared, now.
    pub(crate) fn announce(&self, what: impl Into<String>) {
        self.progress.set_message(what.into());
    }

    /// Ends a step.
    pub(crate) fn step(&self) {
        self.progress.inc(1);
    }
}
