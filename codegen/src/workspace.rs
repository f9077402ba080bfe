//! All crates that a repository generates: one for each folder in its `specs/`.

use crate::{
    emit::File,
    generate_described,
    manifest::Manifest,
    model::service::Service,
    note::Note,
    problem::{self, Problem, Problems},
    read_manifest,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The folder of the descriptions, relative to the root of the repository.
pub const SPECS: &str = "specs";

/// A generated member of the workspace that is not written to disk.
#[derive(Clone, Debug)]
pub struct Member {
    /// The folder of the descriptions.
    pub specs: PathBuf,
    /// The model that the files were written from.
    pub service: Service,
    /// Folders relative to the root of the repository, and the files that are written there.
    pub outputs: Vec<(String, Vec<File>)>,
    /// Parts of the descriptions that no code is generated for.
    pub notes: Vec<Note>,
}

/// Returns the names of the crates that the manifests in a repository describe.
///
/// # Errors
///
/// If a manifest cannot be read.
pub fn crate_names(root: &Path) -> Result<Vec<String>, Problems> {
    let folders = folders(&root.join(SPECS))?.into_iter();
    let names = folders.map(|folder| Ok(read_manifest(&folder)?.crate_name));
    names.collect()
}

/// Generates the crates of all folders in the repository's `specs/`, in the order of their names.
///
/// # Errors
///
/// All problems of all folders: those of [`generate_folder`](crate::generate_folder), and manifests
/// without an output folder or with one that is already used.
pub fn generate(root: &Path) -> Result<Vec<Member>, Problems> {
    let mut owners = BTreeMap::new();
    let found = folders(&root.join(SPECS))?.into_iter().map(|specs| {
        let manifest = read_manifest(&specs)?;
        claim(&specs, &manifest, &mut owners)?;
        member(specs, &manifest)
    });
    problem::collect(found)
}

/// Returns the folders of descriptions; each must contain a manifest.
fn folders(specs: &Path) -> Result<Vec<PathBuf>, Problems> {
    let unreadable = |error: std::io::Error| {
        let message = format!("cannot be read ({error})");
        Problem::of_file(specs.display().to_string(), message)
    };
    let entries = fs::read_dir(specs).map_err(unreadable)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(unreadable));
    let mut folders = paths.collect::<Result<Vec<_>, _>>()?;
    folders.retain(|path| path.is_dir());
    folders.sort();
    if folders.is_empty() {
        let message = "expected a folder with a manifest.yaml for each service, found none";
        return Err(Problem::of_file(specs.display().to_string(), message).into());
    }
    Ok(folders)
}

/// Reserves the folders that a manifest writes to.
fn claim(
    specs: &Path,
    manifest: &Manifest,
    owners: &mut BTreeMap<(&'static str, String), PathBuf>,
) -> Result<(), Problems> {
    let file = specs.join("manifest.yaml").display().to_string();
    let mut problems = Problems::default();
    if manifest.output.is_none() {
        let message = "output is missing; name the folder that the crate is written to, relative \
                       to the root of the repository, such as generated";
        problems.push(Problem::of_file(&file, message));
    }
    for (key, folder) in [("output", &manifest.output), ("proofs", &manifest.proofs)] {
        let Some(folder) = folder else { continue };
        let other = owners.insert((key, folder.clone()), specs.to_owned());
        if let Some(other) = other {
            let message = format!(
                "{folder} is already written to by {}; choose another folder",
                other.display()
            );
            problems.push(Problem::new(&file, [key], message));
        }
    }
    problems.into_result(())
}

fn member(specs: PathBuf, manifest: &Manifest) -> Result<Member, Problems> {
    let generated = generate_described(&specs, manifest)?;
    let output = manifest.output.clone().unwrap_or_default();
    let mut outputs = vec![(output, generated.files)];
    if let Some(proofs) = &manifest.proofs {
        outputs.push((proofs.clone(), generated.proofs));
    }
    Ok(Member {
        specs,
        service: generated.service,
        outputs,
        notes: generated.notes,
    })
}
