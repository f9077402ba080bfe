//! Generates a Rust client crate from the description of an Azure Resource Manager service.
//!
//! Data flow: [`description`] (a file, read and checked) → [`resolve`] (plain data, API
//! versions merged) → [`model`] (every name and type decided) → [`emit`] (tokens, then formatted
//! files) → [`output`] (files on disk, changed only where they differ).

mod crate_name;
pub mod description;
pub mod diff;
pub mod emit;
mod escape;
pub mod http_method;
pub mod json_pointer;
pub mod manifest;
pub mod manifest_names;
pub mod model;
mod names;
pub mod note;
pub mod output;
mod parallel;
pub mod path_template;
pub mod problem;
pub mod resolve;
mod runtime_location;
pub mod standalone;
mod strict;
pub mod swagger;
pub mod workspace;

use description::Description;
use emit::File;
use manifest::Manifest;
use model::service::Service;
use note::Note;
use problem::{Problem, Problems};
use resolve::api::Api;
use std::{fs, path::Path, thread};

/// A generated crate that is not written to disk.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The model that the files were written from.
    pub service: Service,
    /// The files.
    pub files: Vec<File>,
    /// The tables that the proofs read, if the manifest has a folder for them.
    pub proofs: Vec<File>,
    /// Parts of the descriptions that no code is generated for.
    pub notes: Vec<Note>,
}

/// Generates a crate from a folder with a `manifest.yaml` and its descriptions.
///
/// # Errors
///
/// All problems of all files.
pub fn generate_folder(folder: &Path) -> Result<Generated, Problems> {
    generate_described(folder, &read_manifest(folder)?)
}

/// Reads the `manifest.yaml` of a folder.
fn read_manifest(folder: &Path) -> Result<Manifest, Problems> {
    let path = folder.join("manifest.yaml");
    Manifest::parse(&path.display().to_string(), &text(&path)?)
}

/// Generates a crate from the descriptions that the manifest of a folder lists. The manifest must
/// set a name wherever two items would have the same one.
fn generate_described(folder: &Path, manifest: &Manifest) -> Result<Generated, Problems> {
    let descriptions = read_described(folder, manifest)?;
    let api = resolved(manifest, &descriptions)?;
    let generated = thread::scope(|scope| {
        // Descriptions are large, and the first steps below use one thread.
        scope.spawn(|| drop(descriptions));
        from_api(manifest, api)
    })?;
    let problems = generated
        .notes
        .iter()
        .filter_map(|note| note.as_naming_problem());
    problems.collect::<Problems>().into_result(())?;
    Ok(generated)
}

/// Reads the `manifest.yaml` of a folder and the descriptions that it lists, oldest first.
///
/// # Errors
///
/// All problems of all files.
pub fn read_folder(folder: &Path) -> Result<(Manifest, Vec<Description>), Problems> {
    let manifest = read_manifest(folder)?;
    let descriptions = read_described(folder, &manifest)?;
    Ok((manifest, descriptions))
}

/// Reads the descriptions that the manifest of a folder lists, oldest first.
fn read_described(folder: &Path, manifest: &Manifest) -> Result<Vec<Description>, Problems> {
    let names: Vec<&str> = manifest.described().collect();
    let descriptions = read_all(folder, &names)?;
    check_versions(&names, &descriptions)?;
    Ok(descriptions)
}

/// Generates a crate from descriptions, one for each API version, oldest first.
///
/// # Errors
///
/// If the descriptions are not complete or contradict each other.
pub fn generate(manifest: &Manifest, descriptions: &[Description]) -> Result<Generated, Problems> {
    from_api(manifest, resolved(manifest, descriptions)?)
}

/// Resolves descriptions; the notes on the parts for which no code is generated come first.
fn resolved(manifest: &Manifest, descriptions: &[Description]) -> Result<Api, Problems> {
    let mut api = resolve::resolve(&manifest.with_versions(descriptions))?;
    let notes = descriptions.iter().flat_map(|one| one.notes.clone());
    api.notes.splice(..0, notes);
    Ok(api)
}

fn from_api(manifest: &Manifest, api: Api) -> Result<Generated, Problems> {
    model::methods::read_only::check(&api, manifest)?;
    model::package::fake_table::check(&api, manifest)?;
    model::methods::examples::check(&api, manifest)?;
    let (service, name_notes) = model::build(&api, manifest)?;
    let (files, proofs) = match &manifest.proofs {
        Some(_) => emit::emit_with_proofs(&service)?,
        None => (emit::emit(&service)?, Vec::new()),
    };
    Ok(Generated {
        service,
        files,
        proofs,
        notes: api.notes.into_iter().chain(name_notes).collect(),
    })
}

/// Checks that each description is of the version that the manifest lists it for.
fn check_versions(names: &[&str], descriptions: &[Description]) -> Result<(), Problems> {
    let versions = names.iter().zip(descriptions);
    let wrong = versions.filter(|(name, found)| found.api.info.version != **name);
    let problems = wrong.map(|(name, Description { file, api, .. })| {
        let found = &api.info.version;
        let message =
            format!("the manifest lists this file as version {name}, but it describes {found}");
        Problem::new(file, ["info", "version"], message)
    });
    problems.collect::<Problems>().into_result(())
}

/// Reads the descriptions in parallel: reading takes a large part of a run.
fn read_all(folder: &Path, versions: &[&str]) -> Result<Vec<Description>, Problems> {
    problem::collect(parallel::map(versions, |version| {
        let path = folder.join(format!("{version}.yaml"));
        description::read(&path.display().to_string(), &text(&path)?)
    }))
}

fn text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path)
        .map_err(|error| Problem::of_file(path.display().to_string(), error.to_string()))
}
