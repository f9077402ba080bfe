//! Finds and reads one side of a comparison.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::description;
use crate::problem::{Problem, Problems};
use crate::swagger::{self, Inputs};

/// Reads a description as OpenAPI 3.0.
///
/// `side` is an OpenAPI 3.0 file, a Swagger 2.0 file or several separated by commas, a folder of Swagger 2.0 files, or
/// a tag of a `readme.md` as in `readme.md#package-2024-04`.
///
/// # Errors
///
/// When it cannot be read, or is neither OpenAPI 3.0 nor Swagger 2.0, or is wrong in itself.
pub fn load(side: &str) -> Result<Value, Problems> {
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
    if !version.is_some_and(|version| version.starts_with("3.0")) {
        return Err(problem(
            path,
            "expected an OpenAPI 3.0 or Swagger 2.0 document",
        ));
    }
    description::from_value(side, document.clone())?;
    Ok(document)
}

fn problem(path: &Path, message: &str) -> Problems {
    let file = path.display().to_string();
    Problem::of_file(file, message).into()
}

fn import(files: Vec<PathBuf>) -> Result<Value, Problems> {
    let inputs = Inputs {
        files,
        ..Inputs::default()
    };
    swagger::import(&inputs).map(|imported| imported.document)
}

/// The JSON files of a folder, not of those below it.
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
            "there are no .json files in this folder; name one that holds Swagger files",
        ));
    }
    Ok(files)
}
