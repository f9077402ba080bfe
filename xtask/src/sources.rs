//! The flags that name Swagger files.

use arm_codegen::{problem::Problems, swagger};
use clap::Args;
use std::path::PathBuf;

/// The Swagger files that a command works on.
#[derive(Args, Debug)]
#[group(id = "sources", multiple = true)]
pub(crate) struct Sources {
    /// Swagger 2.0 files
    #[arg(long, value_name = "FILE", num_args = 1..)]
    swagger: Vec<PathBuf>,

    /// The readme.md of a service, which lists Swagger files by tags
    #[arg(long, value_name = "README.md", requires = "tag")]
    readme: Option<PathBuf>,

    /// A tag in the readme.md
    #[arg(long, value_name = "TAG", requires = "readme")]
    tag: Option<String>,
}

impl Sources {
    /// Returns whether no flag names a file.
    pub(crate) fn is_empty(&self) -> bool {
        self.swagger.is_empty() && self.readme.is_none()
    }

    /// Returns the files that the flags name.
    pub(crate) fn files(self) -> Result<Vec<PathBuf>, String> {
        let mut files = self.swagger;
        if let (Some(readme), Some(tag)) = (self.readme, self.tag) {
            files.extend(swagger::tag_files(&readme, &tag).map_err(nothing_written)?);
        }
        Ok(files)
    }
}

/// Formats the problems of a command that therefore wrote nothing.
pub(crate) fn nothing_written(problems: Problems) -> String {
    let count = problems.0.len();
    let s = if count == 1 { "" } else { "s" };
    format!("{problems}\n{count} problem{s}; nothing was written")
}
