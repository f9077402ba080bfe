//! Chores of this workspace.

mod import;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let result = match args.next().as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("import") => import::run(args).map(|()| ExitCode::SUCCESS),
        _ => Err(format!("usage:\n{}", import::USAGE)),
    };
    result.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::from(2)
    })
}
