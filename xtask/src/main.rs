//! Chores of this workspace.

mod arguments;
mod bench;
mod codegen;
mod conformance;
mod diff;
mod import;
mod paths;

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let result = match args.next().as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("codegen") => codegen::run(args),
        Some("conformance") => conformance::run(args),
        Some("import") => import::run(args).map(|()| ExitCode::SUCCESS),
        Some("bench") => bench::run(args).map(|()| ExitCode::SUCCESS),
        Some("diff") => diff::run(args).map(|breaks| ExitCode::from(u8::from(breaks))),
        _ => Err(format!(
            "usage:\n{}\n{}\n{}\n{}\n{}",
            codegen::USAGE,
            conformance::USAGE,
            import::USAGE,
            diff::USAGE,
            bench::USAGE
        )),
    };
    result.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::from(2)
    })
}
