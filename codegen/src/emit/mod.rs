//! Step 4: converts the service model to tokens, and these to formatted files.
//!
//! There is one module for each kind of output. Nothing is decided here.

mod bodies;
mod calls;
mod cargo_toml;
mod client;
mod conditions;
mod declarations;
mod docs;
mod examples;
mod fake;
mod fake_table;
mod format;
mod group;
mod headers;
mod imports;
mod lib_rs;
mod method;
mod models;
mod operations;
mod pages;
mod parameters;
mod proofs;
mod responses;
mod scopes;
mod used_names;

use crate::{
    model::service::{Group, Module, Service, markdown::MarkdownPage, program::Program},
    parallel,
    problem::{self, Problem, Problems},
};
use proc_macro2::TokenStream;
use used_names::Importable;

pub use cargo_toml::HEADER as MANIFEST_HEADER;

/// A file of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path inside the crate, with `/` on every platform.
    pub path: String,
    /// Content of the file.
    pub text: String,
}

/// A file to emit, by kind.
enum OutputFile<'a> {
    Manifest,
    Page(&'a MarkdownPage),
    Lib,
    Client,
    Scopes,
    Headers,
    Fake,
    FakeTable,
    FakeProgram,
    Parameters,
    Operations,
    Group(&'a Group),
    Example(String, &'a Program),
    Models,
    Module(&'a Module),
    ProofTables,
    ProofModels,
    ProofOperations,
}

/// Emits the files of the crate.
///
/// # Errors
///
/// Only when the generator itself is at fault and wrote what is not Rust.
pub fn emit(service: &Service) -> Result<Vec<File>, Problems> {
    write_all(service, &output_files(service))
}

/// Emits the files of the crate, and the tables that the proofs of the crate read, whose paths are
/// relative to their package.
///
/// # Errors
///
/// Only when the generator itself is at fault and wrote what is not Rust.
pub fn emit_with_proofs(service: &Service) -> Result<(Vec<File>, Vec<File>), Problems> {
    use OutputFile::{ProofModels, ProofOperations, ProofTables};
    // The table of calls is the largest file; it is started first.
    let proofs = [ProofOperations, ProofModels, ProofTables];
    let count = proofs.len();
    let all: Vec<_> = proofs.into_iter().chain(output_files(service)).collect();
    let mut proofs = write_all(service, &all)?;
    let files = proofs.split_off(count);
    Ok((files, proofs))
}

/// Writes files in parallel: formatting takes most of the time, and files do not depend on each
/// other.
fn write_all(service: &Service, files: &[OutputFile<'_>]) -> Result<Vec<File>, Problems> {
    let importable = Importable::new(service);
    problem::collect(parallel::map(files, |file| {
        file.write(service, &importable)
    }))
}

/// Emits the table of calls as a module of a program that depends on the client and on
/// `arm_conformance` with its driver.
///
/// # Errors
///
/// Only when the generator itself is at fault and wrote what is not Rust.
pub fn calls(path: &str, service: &Service) -> Result<File, Problems> {
    Ok(write(path.to_owned(), calls::generate(service))?)
}

fn output_files(service: &Service) -> Vec<OutputFile<'_>> {
    use OutputFile::{
        Client, Fake, Headers, Lib, Manifest, Models, Operations, Parameters, Scopes,
    };
    let fixed = [
        Manifest, Lib, Client, Scopes, Fake, Parameters, Operations, Models,
    ];
    let pages = service.pages.all().map(OutputFile::Page);
    let headers = service.has_headers().then_some(Headers);
    let groups = service.groups.iter().map(OutputFile::Group);
    let examples = service.groups.iter().flat_map(|group| {
        let own = group.methods.iter();
        own.filter_map(|method| {
            Some(OutputFile::Example(
                group.example_path(method),
                method.example.as_ref()?,
            ))
        })
    });
    let modules = service.modules.iter().map(OutputFile::Module);
    fixed
        .into_iter()
        .chain(pages)
        .chain(headers)
        .chain([OutputFile::FakeTable, OutputFile::FakeProgram])
        .chain(groups)
        .chain(examples)
        .chain(modules)
        .collect()
}

impl OutputFile<'_> {
    fn path(&self, service: &Service) -> String {
        match self {
            Self::Manifest => "Cargo.toml".to_owned(),
            Self::Page(page) => page.path.to_owned(),
            Self::Lib => "src/lib.rs".to_owned(),
            Self::Client => "src/client.rs".to_owned(),
            Self::Scopes => "src/scopes.rs".to_owned(),
            Self::Headers => "src/headers.rs".to_owned(),
            Self::Fake => "src/fake.rs".to_owned(),
            Self::FakeTable => "src/fake.json".to_owned(),
            Self::FakeProgram => service.cargo_manifest.fake_program.path.to_owned(),
            Self::Parameters => "src/parameters.rs".to_owned(),
            Self::Operations => "src/operations/mod.rs".to_owned(),
            Self::Group(group) => format!("src/operations/{}.rs", group.module),
            Self::Example(path, _) => path.clone(),
            Self::Models => "src/models/mod.rs".to_owned(),
            Self::Module(module) => format!("src/models/{}.rs", module.name),
            Self::ProofTables => "src/generated/mod.rs".to_owned(),
            Self::ProofModels => "src/generated/models.rs".to_owned(),
            Self::ProofOperations => "src/generated/operations.rs".to_owned(),
        }
    }

    fn write(&self, service: &Service, importable: &Importable<'_>) -> Result<File, Problem> {
        let path = self.path(service);
        let tokens = match self {
            Self::Manifest => {
                let text = cargo_toml::generate(service);
                return Ok(File { path, text });
            }
            Self::Page(page) => {
                let text = pages::generate(service, page).map_err(|error| faulty(&path, &error))?;
                return Ok(File { path, text });
            }
            Self::Example(_, program) => {
                let text =
                    examples::generate(service, program).map_err(|error| faulty(&path, &error))?;
                return Ok(File { path, text });
            }
            Self::FakeTable => {
                return match fake_table::generate(&service.fake) {
                    Ok(text) => Ok(File { path, text }),
                    Err(error) => Err(Problem::of_file(path, error.to_string())),
                };
            }
            Self::Lib => lib_rs::generate(service),
            Self::Client => client::generate(service),
            Self::Scopes => scopes::generate(service),
            Self::Headers => headers::generate(service),
            Self::Fake => fake::generate(service),
            Self::FakeProgram => fake::generate_program(service),
            Self::Parameters => parameters::generate(service),
            Self::Operations => operations::generate(service),
            Self::Group(group) => {
                let file = group::generate(service, importable, group)
                    .map_err(|error| faulty(&path, &error))?;
                let text = format::file(file);
                return Ok(File { path, text });
            }
            Self::Models => models::generate_mod(service),
            Self::Module(module) => {
                let text =
                    models::generate(importable, module).map_err(|error| faulty(&path, &error))?;
                return Ok(File { path, text });
            }
            Self::ProofTables => proofs::generate_mod(service),
            Self::ProofModels => proofs::generate_models(service),
            Self::ProofOperations => calls::generate(service),
        };
        write(path, tokens)
    }
}

fn write(path: String, tokens: TokenStream) -> Result<File, Problem> {
    match format::rust(tokens) {
        Ok(text) => Ok(File { path, text }),
        Err(error) => Err(faulty(&path, &error)),
    }
}

fn faulty(path: &str, error: &syn::Error) -> Problem {
    let message = format!("the generator wrote what is not Rust, please report it: {error}");
    Problem::of_file(path, message)
}
