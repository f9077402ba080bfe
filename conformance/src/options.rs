//! Options of a run.

use std::path::PathBuf;

/// Options of a run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Swagger 2.0 files.
    pub files: Vec<PathBuf>,
    /// Name of the generated crate.
    pub crate_name: String,
    /// The folder that the client and the program are written to.
    pub folder: PathBuf,
    /// Cargo's target folder. With the workspace's own, shared dependencies are compiled once.
    pub target: PathBuf,
    /// Root of the repository, which contains the client's runtime and the program's driver.
    pub root: PathBuf,
}
