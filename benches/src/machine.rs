//! Describes the machine that the numbers were measured on.

use std::{fs, num::NonZero, process::Command, thread};

/// Returns date, processor, number of cores and compiler in one line.
pub(crate) fn line() -> String {
    let today = time::OffsetDateTime::now_utc().date();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    format!("{today}, {}, {cores} cores, {}", processor(), compiler())
}

fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text
        .lines()
        .find_map(|line| line.strip_prefix("model name"));
    let name = model.and_then(|line| line.split_once(": "));
    name.map_or(std::env::consts::ARCH, |(_, name)| name)
        .trim()
        .to_owned()
}

fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    output.map_or_else(
        |_| "unknown rustc".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
