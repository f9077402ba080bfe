//! How far it is, for people who watch.

use std::io::{IsTerminal as _, Write as _};

/// A line on the terminal that is written over; nothing when nobody watches.
pub(super) struct Progress {
    is_watched: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            is_watched: std::io::stderr().is_terminal(),
        }
    }

    /// Says what is done now.
    pub(super) fn stage(&self, what: &str) {
        if self.is_watched {
            self.write(what);
        }
    }

    /// Says how much of it is done.
    pub(super) fn bar(&self, what: &str, done: usize, of: usize) {
        const WIDTH: usize = 30;
        if self.is_watched {
            let full = WIDTH * done / of.max(1);
            let bar = format!("[{:<WIDTH$}] {done}/{of} {what}", "#".repeat(full));
            self.write(&bar);
        }
    }

    fn write(&self, text: &str) {
        let mut out = std::io::stderr().lock();
        // Whether anybody sees it makes no difference to the result.
        let _ = write!(out, "\r\x1b[2K{text}");
        let _ = out.flush();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.is_watched {
            self.write("");
        }
    }
}
