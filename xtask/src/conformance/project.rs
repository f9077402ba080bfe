//! The generated client and the program that calls it, on disk and running.

use crate::paths;
use arm_codegen::{emit, output, standalone::Standalone};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A program in a folder of its own.
pub(super) struct Project {
    folder: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Writes client and program.
    pub(super) fn write(made: &Standalone, folder: PathBuf) -> Result<Self, String> {
        let describe = |error: std::io::Error| format!("{}: {error}", folder.display());
        let service = &made.generated.service;
        let driver = emit::conformance(service).map_err(|problem| problem.to_string())?;
        output::create(&folder, &driver).map_err(describe)?;
        output::create(&folder.join("client"), &made.generated.files).map_err(describe)?;
        // The versions that this project is tested with, and no need for a network.
        let lock = paths::project_root().join("Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).map_err(describe)?;
        Ok(Self {
            folder,
            target: target_folder(),
        })
    }

    /// Compiles; warnings are an error too.
    pub(super) fn build(&self) -> Result<(), String> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(["build", "--quiet", "--color", "never"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target);
        let done = command
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        let said = String::from_utf8_lossy(&done.stderr);
        if done.status.success() && said.trim().is_empty() {
            return Ok(());
        }
        Err(format!(
            "the client does not compile without complaint:\n{said}"
        ))
    }

    /// Runs the plan; each result is handed on as it comes.
    pub(super) fn run(
        &self,
        name: &str,
        plan: &[&Value],
        mut progress: impl FnMut(usize),
    ) -> Result<Vec<Value>, String> {
        let path = self.folder.join("plan.jsonl");
        let describe = |error: std::io::Error| format!("{}: {error}", path.display());
        let mut file = fs::File::create(&path).map_err(describe)?;
        for case in plan {
            writeln!(file, "{case}").map_err(describe)?;
        }
        let program = self
            .target
            .join("debug")
            .join(format!("conformance_of_{name}"));
        let program = program.with_extension(std::env::consts::EXE_EXTENSION);
        let failed = |error: std::io::Error| format!("{}: {error}", program.display());
        let mut child = Command::new(&program)
            .arg(&path)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let mut results = Vec::new();
        if let Some(out) = child.stdout.take() {
            for line in BufReader::new(out).lines() {
                let line = line.map_err(failed)?;
                results.push(serde_json::from_str(&line).map_err(|error| error.to_string())?);
                progress(results.len());
            }
        }
        let status = child.wait().map_err(failed)?;
        if !status.success() || results.len() != plan.len() {
            return Err(format!(
                "{} ended with {status} after {} of {} exchanges",
                program.display(),
                results.len(),
                plan.len()
            ));
        }
        Ok(results)
    }
}

/// Where this project's own parts are built, so that what they share is built once.
fn target_folder() -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => here.join(folder),
        None => paths::project_root().join("target"),
    }
}

/// Where the project of a crate goes unless a folder is named.
pub(super) fn default_folder(crate_name: &str) -> PathBuf {
    let folder = target_folder().join("conformance");
    folder.join(Path::new(crate_name))
}
