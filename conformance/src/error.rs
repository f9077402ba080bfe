//! The error of a run: examples that could not be executed.

use arm_codegen::problem::Problems;
use std::{
    fmt, io,
    path::{Path, PathBuf},
    process::ExitStatus,
};

/// Why examples could not be executed.
#[derive(Debug)]
pub enum Error {
    /// No client can be generated from the files or with the names given.
    Problems(Problems),
    /// A file or folder cannot be read or written.
    File {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The client or the program that calls it does not compile, or not without warnings.
    Build {
        /// What the compiler printed.
        output: String,
    },
    /// The program that calls the client ended early.
    Program {
        /// The program.
        path: PathBuf,
        /// How it ended.
        status: ExitStatus,
        /// How many exchanges it had observed by then, and how many there are.
        observed: (usize, usize),
    },
}

impl Error {
    pub(crate) fn file(path: &Path, message: impl fmt::Display) -> Self {
        Self::File {
            path: path.to_owned(),
            message: message.to_string(),
        }
    }

    /// Returns a function that adds a path to I/O errors.
    pub(crate) fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        move |error| Self::file(path, error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => problems.fmt(f),
            Self::File { path, message } => write!(f, "{}: {message}", path.display()),
            Self::Build { output } => write!(
                f,
                "the client does not compile without warnings, which is a mistake of the \
                 generator; please report it:\n{output}"
            ),
            Self::Program {
                path,
                status,
                observed: (observed, all),
            } => write!(
                f,
                "{} ended with {status} after {observed} of {all} exchanges",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}
