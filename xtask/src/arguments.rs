//! Command lines, and the flags that several commands have.

use arm_codegen::{problem::Problems, swagger};
use std::{ffi::OsString, iter::Peekable, path::PathBuf};

/// The arguments of a command.
pub(crate) struct Arguments {
    args: Peekable<std::vec::IntoIter<String>>,
    usage: &'static str,
}

impl Arguments {
    /// Arguments of the command that is called as `usage` says.
    pub(crate) fn new(args: impl Iterator<Item = OsString>, usage: &'static str) -> Self {
        let args: Vec<String> = args.map(|arg| arg.to_string_lossy().into_owned()).collect();
        Self {
            args: args.into_iter().peekable(),
            usage,
        }
    }

    /// The next argument.
    pub(crate) fn next(&mut self) -> Option<String> {
        self.args.next()
    }

    /// The value of a flag.
    pub(crate) fn value(&mut self, flag: &str) -> Result<String, String> {
        let value = self.args.next_if(|next| !next.starts_with("--"));
        value.ok_or_else(|| self.complaint(&format!("{flag} needs a value")))
    }

    /// The value of a flag that is one of several words.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        flag: &str,
        choices: &[(&str, T)],
    ) -> Result<T, String> {
        let value = self.value(flag)?;
        let found = choices.iter().find(|(name, _)| *name == value);
        found.map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.complaint(&format!("{flag} is {}, not {value}", names.join(" or ")))
        })
    }

    /// What is wrong with the arguments, and how they should be.
    pub(crate) fn complaint(&self, message: &str) -> String {
        format!("{message}; usage:\n{}", self.usage)
    }

    /// The complaint about an argument that nobody knows.
    pub(crate) fn unknown(&self, argument: &str) -> String {
        self.complaint(&format!("unknown argument {argument}"))
    }
}

/// The Swagger files that a command works on.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    swagger: Vec<PathBuf>,
    readme: Option<PathBuf>,
    tag: Option<String>,
}

impl Sources {
    /// Takes a flag and its values if it names files; false when it is about something else.
    pub(crate) fn take(&mut self, flag: &str, args: &mut Arguments) -> Result<bool, String> {
        match flag {
            "--swagger" => {
                self.swagger.push(args.value(flag)?.into());
                while let Some(file) = args.args.next_if(|next| !next.starts_with("--")) {
                    self.swagger.push(file.into());
                }
            }
            "--readme" => self.readme = Some(args.value(flag)?.into()),
            "--tag" => self.tag = Some(args.value(flag)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether no flag named any file.
    pub(crate) fn is_empty(&self) -> bool {
        self.swagger.is_empty() && self.readme.is_none() && self.tag.is_none()
    }

    /// The files.
    pub(crate) fn files(&self, args: &Arguments) -> Result<Vec<PathBuf>, String> {
        let mut files = self.swagger.clone();
        match (&self.readme, &self.tag) {
            (Some(readme), Some(tag)) => {
                files.extend(swagger::tag_files(readme, tag).map_err(nothing_written)?);
            }
            (None, None) => {}
            _ => return Err(args.complaint("--readme and --tag belong together")),
        }
        if files.is_empty() {
            return Err(args.complaint("name files with --swagger, or --readme and --tag"));
        }
        Ok(files)
    }
}

/// Problems as the end of a command that would have written something.
pub(crate) fn nothing_written(problems: Problems) -> String {
    let count = problems.0.len();
    let s = if count == 1 { "" } else { "s" };
    format!("{problems}\n{count} problem{s}; nothing was written")
}
