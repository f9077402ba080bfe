//! The service model: everything is decided, and emitters only write it down.
//!
//! Names are final; documentation is Markdown, not yet wrapped.

pub mod cargo_manifest;
mod groups;
mod imports;
pub mod lint;
pub mod markdown;
mod modules;
mod parameters;
pub mod program;
mod prose;
mod requests;
mod responses;
pub mod rust_type;
mod scopes;

pub use self::{
    cargo_manifest::Feature,
    groups::{Argument, Group, Method, MethodVersion, NextPages, Options, ResumeMethod},
    imports::{Imports, ServiceImports},
    modules::{
        Alias, Constant, Enum, EnumValue, Field, Item, Module, ModuleItem, NewArgument, Page,
        Struct, Union, UnionKind, UnionMember, UnionPart, WireValue,
    },
    parameters::{Parameter, Rule},
    prose::{FakeDocs, ProofDocs, ServiceDocs},
    requests::{
        BodyArgument, BodyEnum, BodyKind, BodyVariant, FixedPart, ListStyle, PartLocation,
        PartValue, RequestPart,
    },
    responses::{
        CallKind, FinalState, HeaderReader, Missing, NextLink, OperationHeaders, ResponseBody,
        ResponseEnum, ResponseVariant,
    },
    scopes::{Client, Root, Route, RouteArgument, RouteStep, Scope, ScopeArgument, ScopePath},
};
pub use crate::resolve::api::FormEncoding;

use self::{cargo_manifest::CargoManifest, lint::Allow, markdown::MarkdownPages};
use arm_fake::table::Table;

/// A service, ready to be emitted.
#[derive(Clone, Debug)]
pub struct Service {
    /// Name of the package, as in `Cargo.toml`.
    pub crate_name: String,
    /// Name of the crate in Rust code: the name of the package with `_` instead of `-`.
    pub library: String,
    /// Contents of `Cargo.toml`.
    pub cargo_manifest: CargoManifest,
    /// Name of the service in Rust.
    pub name: String,
    /// The client.
    pub client: Client,
    /// Namespace of the resource provider.
    pub provider: String,
    /// Known API versions, oldest first.
    pub api_versions: Vec<ApiVersion>,
    /// The default API version of clients.
    pub default_version: String,
    /// The scopes, parents first.
    pub scopes: Vec<Scope>,
    /// The parameters of scopes and operations, each once.
    pub parameters: Vec<Parameter>,
    /// Operation groups, by name.
    pub groups: Vec<Group>,
    /// Modules of models, by name.
    pub modules: Vec<Module>,
    /// Schemas that operations reach, and their types.
    pub schemas: Vec<SchemaType>,
    /// Number of schemas that no operation reaches; they have no types.
    pub unreached: usize,
    /// Readers of response headers.
    pub headers: Vec<HeaderReader>,
    /// Readers of headers whose type differs between operations.
    pub operation_headers: Vec<OperationHeaders>,
    /// Imports of the modules that import only what they use.
    pub imports: ServiceImports,
    /// Lints that the crate allows.
    pub lints: ServiceLints,
    /// Pages in Markdown.
    pub pages: MarkdownPages,
    /// Documentation of the items that every crate has.
    pub docs: ServiceDocs,
    /// The table of the fake service.
    pub fake: Table,
}

impl Service {
    /// Returns whether any response has headers.
    pub fn has_headers(&self) -> bool {
        !self.headers.is_empty() || !self.operation_headers.is_empty()
    }

    /// Returns the number of operations.
    pub fn operation_count(&self) -> usize {
        self.groups.iter().map(|group| group.methods.len()).sum()
    }

    /// Returns the number of models.
    pub fn model_count(&self) -> usize {
        self.modules.iter().map(|module| module.items.len()).sum()
    }
}

/// Lints that the crate allows.
#[derive(Clone, Debug)]
pub struct ServiceLints {
    /// Lints that the whole crate allows.
    pub root: Option<Allow>,
    /// Lints that the client's field for its subscription allows.
    pub subscription: Option<Allow>,
    /// Lints that the imports of the table of calls allow.
    pub calls: Allow,
}

/// A schema of the description and its type.
#[derive(Clone, Debug)]
pub struct SchemaType {
    /// Name of the schema in the description.
    pub schema: String,
    /// Name of the Rust type.
    pub type_name: String,
    /// Whether the type is an alias.
    pub is_alias: bool,
    /// Whether the type is a union.
    pub is_union: bool,
    /// The accessors of a union.
    pub accessors: Vec<UnionMember>,
}

/// An API version.
#[derive(Clone, Debug)]
pub struct ApiVersion {
    /// The version in requests, such as `2025-12-01`.
    pub name: String,
    /// Name of the constant, such as `V2025_12_01`.
    pub constant: String,
    /// Documentation of the constant.
    pub docs: String,
}
