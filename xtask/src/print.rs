//! Results on standard output.

use std::io::Write as _;

/// Prints a result. Unlike `print!`, returns an error instead of panicking when the pipe is closed.
pub(crate) fn result(text: &str) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| format!("cannot write the result ({error})"))
}
