//! What is tried, and where.

use std::path::PathBuf;

/// What is tried, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The Swagger 2.0 files.
    pub files: Vec<PathBuf>,
    /// Name of the generated crate.
    pub crate_name: String,
    /// The folder that client and program are written to.
    pub folder: PathBuf,
    /// Cargo's target folder; what the client has in common with this workspace is built once if
    /// it is the workspace's.
    pub target: PathBuf,
    /// Root of the repository, where the client's runtime and the program's driver are.
    pub root: PathBuf,
}
