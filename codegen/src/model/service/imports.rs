//! Imports of modules.

use super::{lint::Allow, rust_type::RuntimeType};

/// Imports of the modules that import only what they use.
#[derive(Clone, Debug)]
pub struct ServiceImports {
    /// Imports of the client's module.
    pub client: Imports,
    /// Imports of the module of scopes.
    pub scopes: Imports,
    /// Imports of the module of parameters.
    pub parameters: Imports,
    /// Imports of the module of headers.
    pub headers: Imports,
}

/// Imports of a module.
#[derive(Clone, Debug)]
pub struct Imports {
    /// Whether the module imports all scopes of the crate.
    pub scopes: bool,
    /// Whether the module imports all parameters of the crate.
    pub parameters: bool,
    /// Types of the runtime that the module imports, by name.
    pub runtime: Vec<RuntimeType>,
    /// Lints that the imports allow.
    pub allow: Option<Allow>,
}
