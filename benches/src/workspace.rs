//! Paths of the measured workspace, and the progress bar.

use indicatif::ProgressBar;
use std::path::PathBuf;

/// The workspace that is measured.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Root folder.
    pub root: PathBuf,
    /// Cargo's target folder. Baselines are built in its folder `bench` and reused by the next run.
    pub target: PathBuf,
    /// Shows what is being measured.
    pub progress: ProgressBar,
}

impl Workspace {
    /// Returns the folder for baselines.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("bench")
    }

    /// Sets the number of steps.
    pub(crate) fn expect_steps(&self, steps: usize) {
        self.progress.set_length(steps as u64);
    }

    /// Shows what is being measured or prepared now.
    pub(crate) fn announce(&self, what: impl Into<String>) {
        self.progress.set_message(what.into());
    }

    /// Ends a step.
    pub(crate) fn step(&self) {
        self.progress.inc(1);
    }
}
