//! Progress bars on standard error, hidden unless that is a terminal.

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::{fmt::Write, time::Duration};

const TICK: Duration = Duration::from_millis(100);
const WIDTH: usize = 30;

/// Shows a message and the elapsed time until dropped, and the progress once the bar has a length.
pub(crate) fn bar(message: &'static str) -> Progress {
    let bar = ProgressBar::no_length().with_message(message);
    if let Ok(style) = ProgressStyle::with_template("{spinner} {share}{msg} ({elapsed})") {
        bar.set_style(style.with_key("share", share));
    }
    bar.enable_steady_tick(TICK);
    Progress(bar)
}

/// A bar that disappears when it is dropped.
pub(crate) struct Progress(pub(crate) ProgressBar);

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn share(state: &ProgressState, out: &mut dyn Write) {
    let Some(length) = state.len() else {
        return;
    };
    let position = state.pos();
    let full = WIDTH * usize::try_from(position).unwrap_or_default()
        / usize::try_from(length).unwrap_or_default().max(1);
    let full = "=".repeat(full.min(WIDTH));
    // indicatif handles errors of the terminal.
    let _ = write!(out, "[{full:<WIDTH$}] {position}/{length} ");
}
