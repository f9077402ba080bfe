//! Writes, builds and runs the generated client and the program that calls it.

use crate::{
    error::Error,
    options::Options,
    plan::{Case, Observation},
};
use arm_codegen::{
    Generated,
    emit::{self, File},
    model::service::Service,
    output,
};
use indicatif::ProgressBar;
use std::{
    env, fs,
    io::{BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A package with the program; the client is in its folder `client`.
pub(crate) struct Project {
    folder: PathBuf,
    target: PathBuf,
    program: String,
}

impl Project {
    /// Writes the client and the program.
    pub(crate) fn write(generated: &Generated, options: &Options) -> Result<Self, Error> {
        let folder = options.folder.clone();
        let program = format!("conformance_of_{}", options.crate_name);
        let client_folder = folder.join("client");
        let files = files(&generated.service, &program, &options.root)?;
        output::create(&folder, &files).map_err(Error::io(&folder))?;
        output::create(&client_folder, &generated.files).map_err(Error::io(&client_folder))?;
        // Uses the versions that this workspace is tested with, and needs no network.
        let lock = options.root.join("Cargo.lock");
        fs::copy(&lock, folder.join("Cargo.lock")).map_err(Error::io(&lock))?;
        Ok(Self {
            folder,
            target: options.target.clone(),
            program,
        })
    }

    /// Compiles the program. Warnings are errors.
    pub(crate) fn build(&self) -> Result<(), Error> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let done = Command::new(&cargo)
            .args(["build", "--quiet", "--color", "never"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .map_err(Error::io(Path::new(&cargo)))?;
        let output = String::from_utf8_lossy(&done.stderr).into_owned();
        if done.status.success() && output.trim().is_empty() {
            Ok(())
        } else {
            Err(Error::Build { output })
        }
    }

    /// Runs the plan. The progress bar counts the observations.
    pub(crate) fn run(
        &self,
        plan: &[&Case],
        progress: &ProgressBar,
    ) -> Result<Vec<Observation>, Error> {
        let plan_file = self.folder.join("plan.jsonl");
        write_plan(&plan_file, plan)?;
        let program = self.target.join("debug").join(&self.program);
        let program = program.with_extension(env::consts::EXE_EXTENSION);
        let mut child = Command::new(&program)
            .arg(&plan_file)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(Error::io(&program))?;
        progress.set_length(plan.len() as u64);
        let mut observations = Vec::new();
        for line in child
            .stdout
            .take()
            .into_iter()
            .flat_map(|out| BufReader::new(out).lines())
        {
            let line = line.map_err(Error::io(&program))?;
            let observation = serde_json::from_str(&line);
            observations.push(observation.map_err(|error| Error::file(&program, error))?);
            progress.inc(1);
        }
        let status = child.wait().map_err(Error::io(&program))?;
        if status.success() && observations.len() == plan.len() {
            return Ok(observations);
        }
        Err(Error::Program {
            path: program,
            status,
            observed: (observations.len(), plan.len()),
        })
    }
}

fn write_plan(path: &Path, plan: &[&Case]) -> Result<(), Error> {
    let mut text = Vec::new();
    for case in plan {
        serde_json::to_writer(&mut text, case).map_err(|error| Error::file(path, error))?;
        text.push(b'\n');
    }
    let write = || fs::File::create(path)?.write_all(&text);
    write().map_err(Error::io(path))
}

fn files(service: &Service, program: &str, root: &Path) -> Result<Vec<File>, Error> {
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    Ok(vec![
        file("Cargo.toml", manifest(service, program, root)),
        file("src/main.rs", main(service)),
        emit::calls("src/calls.rs", service)?,
    ])
}

fn manifest(service: &Service, program: &str, root: &Path) -> String {
    let client = &service.crate_name;
    let driver = root.join("conformance");
    format!(
        "{}\n\
         [package]\n\
         name = \"{program}\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\n\
         [dependencies]\n\
         arm_conformance = {{ path = {driver:?}, features = [\"driver\"] }}\n\
         {client} = {{ path = \"client\" }}\n\n\
         # These two are not debugged, and link faster without symbols.\n\
         [profile.dev.package]\n\
         {client} = {{ debug = false }}\n\
         {program} = {{ debug = false }}\n\n\
         [workspace]\n",
        emit::MANIFEST_HEADER
    )
}

fn main(service: &Service) -> String {
    let client = format!("{}::{}", service.library, service.client.type_name);
    let new = match service.client.subscription {
        Some(_) => format!("{client}::without_credential"),
        None => format!("|_, options| {client}::without_credential(options)"),
    };
    format!(
        "//! Executes a plan with the generated client.\n\n\
         mod calls;\n\n\
         fn main() -> Result<(), arm_conformance::driver::Failure> {{\n    \
         arm_conformance::driver::run(calls::OPERATIONS, {new})\n}}\n"
    )
}
