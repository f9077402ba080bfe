//! Reads one side of a comparison.

use crate::{
    description::{self, Description},
    manifest::{Manifest, Runtime},
    manifest_names::Names,
    model::{self, service::Service},
    problem::{Problem, Problems},
    resolve::{self, api::Api},
    standalone::{self, Target},
    swagger::{self, Inputs},
};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The end of the names of preview versions, because a description does not say that it is one.
const PREVIEW: &str = "-preview";

/// One side of a comparison: the models that the generator builds from a description.
#[derive(Clone, Debug)]
pub struct Side {
    pub(super) api: Api,
    pub(super) service: Service,
    /// Whether it is a single description, of a preview version.
    pub(super) is_preview: bool,
}

/// The input of a side.
struct Source {
    manifest: Manifest,
    descriptions: Vec<Description>,
    /// Whether the manifest is that of a folder; otherwise there is only a description.
    is_folder: bool,
}

impl Source {
    /// Reads a side; see [`load`].
    fn read(side: &str) -> Result<Self, Problems> {
        let folder = Path::new(side);
        if folder.join("manifest.yaml").is_file() {
            let (manifest, descriptions) = crate::read_folder(folder)?;
            return Ok(Self {
                manifest,
                descriptions,
                is_folder: true,
            });
        }
        Self::from_document(side, document(side)?)
    }

    fn from_document(file: &str, document: Value) -> Result<Self, Problems> {
        let target = Target {
            crate_name: "compared".to_owned(),
            service: None,
            runtime: Runtime::Version("1".to_owned()),
            names: Names::default(),
            license: None,
        };
        let manifest = Manifest {
            versions: Vec::new(),
            ..standalone::manifest(&document, &target)
        };
        Ok(Self {
            manifest,
            descriptions: vec![description::from_value(file, document)?],
            is_folder: false,
        })
    }

    /// Uses the names in the manifest of the other side, if this one has no manifest.
    fn named_as(mut self, other: &Names) -> Self {
        if !self.is_folder {
            self.manifest.names = Names {
                is_shared: true,
                ..other.clone()
            };
        }
        self
    }

    fn build(self) -> Result<Side, Problems> {
        // A different service name in the manifest is not a difference between descriptions.
        let manifest = Manifest {
            service: "Compared".to_owned(),
            ..self.manifest
        };
        let api = resolve::resolve(&manifest.with_versions(&self.descriptions))?;
        let (service, _) = model::build(&api, &manifest)?;
        let is_preview = match api.versions.as_slice() {
            [only] => only.names.iter().any(|name| name.ends_with(PREVIEW)),
            _ => false,
        };
        Ok(Side {
            api,
            service,
            is_preview,
        })
    }
}

impl Side {
    /// Uses an OpenAPI 3.0 document that was already parsed; `file` is its name in problems.
    ///
    /// # Errors
    ///
    /// All problems of the document.
    pub fn from_document(file: &str, document: Value) -> Result<Self, Problems> {
        Source::from_document(file, document)?.build()
    }
}

/// Reads both sides. A side without a manifest gets the names in the manifest of the other side, so
/// that a comparison with the folder of a crate reports only actual renames.
///
/// # Errors
///
/// All problems of both sides; see [`load`].
pub fn load_both(old: &str, new: &str) -> Result<(Side, Side), Problems> {
    let (old, new) = both(Source::read(old), Source::read(new))?;
    let (old_names, new_names) = (old.manifest.names.clone(), new.manifest.names.clone());
    let old = old.named_as(&new_names);
    both(old.build(), new.named_as(&old_names).build())
}

fn both<T>(old: Result<T, Problems>, new: Result<T, Problems>) -> Result<(T, T), Problems> {
    let mut problems = Problems::default();
    match (problems.collect(old), problems.collect(new)) {
        (Some(old), Some(new)) => problems.into_result((old, new)),
        _ => Err(problems),
    }
}

/// Reads one side.
///
/// `side` is an OpenAPI 3.0 file, a folder with `manifest.yaml` and its descriptions, a Swagger 2.0
/// file or several separated by commas, a folder of Swagger 2.0 files, or a tag of a `readme.md` as
/// in `readme.md#package-2024-04`.
///
/// # Errors
///
/// If it cannot be read, is neither OpenAPI 3.0 nor Swagger 2.0, or is not valid.
pub fn load(side: &str) -> Result<Side, Problems> {
    Source::read(side)?.build()
}

/// Returns the document, imported if it is Swagger 2.0.
fn document(side: &str) -> Result<Value, Problems> {
    if let Some((readme, tag)) = side
        .rsplit_once('#')
        .filter(|(readme, _)| readme.ends_with(".md"))
    {
        return import(swagger::tag_files(Path::new(readme), tag)?);
    }
    if side.contains(',') {
        return import(side.split(',').map(PathBuf::from).collect());
    }
    let path = Path::new(side);
    if path.is_dir() {
        return import(swagger_files(path)?);
    }
    let document = swagger::read_yaml(path)?;
    if document.get("swagger").is_some() {
        return import(vec![path.to_path_buf()]);
    }
    let version = document.get("openapi").and_then(Value::as_str);
    if version.is_some_and(|version| version.starts_with("3.0")) {
        return Ok(document);
    }
    Err(problem(
        path,
        "expected an OpenAPI 3.0 or Swagger 2.0 document",
    ))
}

fn problem(path: &Path, message: &str) -> Problems {
    Problem::of_file(path.display().to_string(), message).into()
}

fn import(files: Vec<PathBuf>) -> Result<Value, Problems> {
    let inputs = Inputs {
        files,
        ..Inputs::default()
    };
    swagger::import(&inputs).map(|imported| imported.document)
}

/// Returns the JSON files in a folder, without its subfolders.
fn swagger_files(folder: &Path) -> Result<Vec<PathBuf>, Problems> {
    let listed = std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<std::io::Result<Vec<PathBuf>>>()
        })
        .map_err(|error| problem(folder, &format!("cannot be listed ({error})")))?;
    let mut files: Vec<PathBuf> = listed
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(problem(
            folder,
            "this folder has no .json files; choose a folder with Swagger files",
        ));
    }
    Ok(files)
}
