//! The service model: everything decided, nothing left for the emitters to think about.
//!
//! Names are final; documentation is Markdown, not yet wrapped.

use super::{
    cargo_manifest::CargoManifest,
    lint::Allow,
    program::Program,
    rust_type::{RuntimeType, RustType},
};
use crate::path_template::PathTemplate;
use arm_fake::table::Table;
use serde_json::Number;

pub use super::cargo_manifest::Feature;

/// A service, ready to be written down.
#[derive(Clone, Debug)]
pub struct Service {
    /// Name of the package, as in `Cargo.toml`.
    pub crate_name: String,
    /// Name of the crate in Rust code: `_` stands for each `-` of the package's name.
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
    /// The API version that a client speaks by default.
    pub default_version: String,
    /// The scopes, parents first.
    pub scopes: Vec<Scope>,
    /// The parameters of scopes and operations, each once.
    pub parameters: Vec<Parameter>,
    /// Operation groups, by name.
    pub groups: Vec<Group>,
    /// Modules of models, by name.
    pub modules: Vec<Module>,
    /// Schemas of the description and the types that they became.
    pub schemas: Vec<SchemaType>,
    /// Readers of the headers that answers may carry.
    pub headers: Vec<HeaderReader>,
    /// Imports of the modules that do not import everything.
    pub imports: ServiceImports,
    /// Lints that the crate allows.
    pub lints: ServiceLints,
    /// The front page.
    pub readme: Vec<ReadmeBlock>,
    /// Documentation of what every crate has.
    pub docs: ServiceDocs,
    /// The table of the fake service.
    pub fake: Table,
}

/// Documentation of what every crate has.
#[derive(Clone, Debug)]
pub struct ServiceDocs {
    /// The client's module.
    pub client_module: String,
    /// The client.
    pub client: String,
    /// The client's `new`.
    pub new: String,
    /// The client's `without_credential`.
    pub without_credential: String,
    /// The client's `client`.
    pub inner_client: String,
    /// The module of scopes.
    pub scopes: String,
    /// The module of operation groups.
    pub operations: String,
    /// The field `method_options` of options.
    pub method_options: String,
    /// The module of models.
    pub models: String,
    /// The module of parameters.
    pub parameters: String,
    /// The module of header readers.
    pub headers: String,
    /// The trait of header readers.
    pub response_headers: String,
    /// The module of API versions.
    pub api_versions: String,
    /// The constant of the default API version.
    pub default_version: String,
    /// The fake service.
    pub fake: FakeDocs,
    /// The tables for the proofs.
    pub proofs: ProofDocs,
}

/// Documentation of the module and the program of the fake service.
#[derive(Clone, Debug)]
pub struct FakeDocs {
    /// The module `fake`.
    pub module: String,
    /// The type `Server`.
    pub server: String,
    /// The server's `new`.
    pub new: String,
    /// The server's `client`.
    pub client: String,
    /// The server's `client_with`.
    pub client_with: String,
    /// The program `arm-fake`.
    pub program: String,
}

/// Documentation of the tables that the proofs of the crate read.
#[derive(Clone, Debug)]
pub struct ProofDocs {
    /// The module of all tables.
    pub tables: String,
    /// The module of calls.
    pub calls: String,
    /// The table `OPERATIONS`.
    pub operations: String,
    /// The module of schemas.
    pub schemas: String,
    /// The table `MODELS`.
    pub models: String,
    /// The table `UNIONS`.
    pub unions: String,
}

/// Imports of the modules that do not import everything.
#[derive(Clone, Debug)]
pub struct ServiceImports {
    /// Imports of the client's module.
    pub client: Imports,
    /// Imports of the module of scopes.
    pub scopes: Imports,
    /// Imports of the module of parameters.
    pub parameters: Imports,
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
}

/// Lints that the crate allows.
#[derive(Clone, Debug)]
pub struct ServiceLints {
    /// Lints that the whole crate allows.
    pub root: Option<Allow>,
    /// Lints that the operations allow.
    pub operations: Allow,
    /// Lints that the constants of parameters allow.
    pub parameters: Allow,
    /// Lints that the imports of the table of calls allow.
    pub calls: Allow,
}

/// A schema of the description and the type that it became.
#[derive(Clone, Debug)]
pub struct SchemaType {
    /// Name of the schema in the description.
    pub schema: String,
    /// Name of the Rust type.
    pub type_name: String,
    /// Whether the type is a union.
    pub is_union: bool,
}

/// An API version.
#[derive(Clone, Debug)]
pub struct ApiVersion {
    /// The version, such as `2025-12-01`.
    pub name: String,
    /// Name of its constant.
    pub constant: String,
    /// What it is.
    pub docs: String,
}

/// Part of the front page.
#[derive(Clone, Debug)]
pub enum ReadmeBlock {
    /// Markdown.
    Text(String),
    /// A program, given a `credential`.
    WithCredential(Program),
    /// A program, given a `client`.
    WithClient(Program),
}

impl Service {
    /// How many operations there are.
    pub fn operation_count(&self) -> usize {
        self.groups.iter().map(|group| group.methods.len()).sum()
    }

    /// How many models there are.
    pub fn model_count(&self) -> usize {
        self.modules.iter().map(|module| module.items.len()).sum()
    }
}

/// The client, from which everything is reached.
#[derive(Clone, Debug)]
pub struct Client {
    /// Name of its type.
    pub type_name: String,
    /// What paths in a subscription begin with, when the service has any.
    pub subscription: Option<ScopePath>,
    /// The operation groups that are reached from it: indices into [`Service::groups`].
    pub groups: Vec<usize>,
    /// The scopes that are reached from it: indices into [`Service::scopes`].
    pub scopes: Vec<usize>,
}

/// What a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// Nothing that the client knows: it is the same in all subscriptions.
    Tenant,
    /// The client's subscription.
    Subscription,
}

/// The way from the client to an operation group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// What the paths of the group begin with.
    pub root: Root,
    /// The calls that lead to the scope of the group.
    pub steps: Vec<RouteStep>,
    /// How many placeholders of the paths are filled on the way, that of the subscription included.
    pub placeholders: usize,
}

/// A call that leads from the client or a scope to a scope below.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteStep {
    /// The scope: an index into [`Service::scopes`].
    pub scope: usize,
    /// The method that leads to it.
    pub method: String,
    /// The method's arguments.
    pub arguments: Vec<RouteArgument>,
}

/// An argument of a call that leads to a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteArgument {
    /// The argument's name.
    pub name: String,
    /// Which placeholder of the path it fills, from 0 on.
    pub placeholder: usize,
}

/// Part of a path template with the arguments that fill it.
#[derive(Clone, Debug)]
pub struct ScopePath {
    /// The template.
    pub template: PathTemplate,
    /// What fills its placeholders.
    pub arguments: Vec<ScopeArgument>,
}

/// An argument that fills a placeholder of a scope's template.
#[derive(Clone, Debug)]
pub struct ScopeArgument {
    /// The argument's name.
    pub name: String,
    /// The constant that describes the parameter.
    pub constant: String,
    /// What it is.
    pub docs: String,
}

/// A scope: a part of the resource hierarchy, such as one resource.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Name of its type.
    pub type_name: String,
    /// The method that leads to it.
    pub method: String,
    /// The client's method that makes it from a resource ID.
    pub from_id: String,
    /// What its path begins with.
    pub root: Root,
    /// How its path goes on from the parent's.
    pub path: ScopePath,
    /// Its path, for scopes that are made from a resource ID.
    pub template: PathTemplate,
    /// What it is.
    pub docs: String,
    /// The method that leads to it.
    pub method_docs: String,
    /// The client's method that makes it from a resource ID.
    pub from_id_docs: String,
    /// The operation groups that are reached from it: indices into [`Service::groups`].
    pub groups: Vec<usize>,
    /// The scopes below it: indices into [`Service::scopes`].
    pub scopes: Vec<usize>,
}

/// A constant that describes a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the constant.
    pub constant: String,
    /// Name on the wire.
    pub wire: String,
    /// Rules of its value.
    pub rules: Vec<Rule>,
    /// Whether the value stands in the URL as it is.
    pub skip_encoding: bool,
}

/// A rule that a value obeys.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// A request needs it.
    Required,
    /// Shortest text.
    MinLength(usize),
    /// Longest text.
    MaxLength(usize),
    /// Regular expression.
    Pattern(String),
    /// Smallest number.
    Minimum(Number),
    /// Largest number.
    Maximum(Number),
    /// The number is greater.
    ExclusiveMinimum(Number),
    /// The number is less.
    ExclusiveMaximum(Number),
    /// The number is a multiple.
    MultipleOf(Number),
    /// Fewest elements.
    MinItems(usize),
    /// Most elements.
    MaxItems(usize),
    /// No element twice.
    UniqueItems,
}

/// An operation group and its client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the client type.
    pub type_name: String,
    /// Name of the module.
    pub module: String,
    /// Cargo feature.
    pub feature: String,
    /// Lints that the declaration of the module allows.
    pub allow: Option<Allow>,
    /// The method that leads to it from its scope.
    pub accessor: String,
    /// The way to it from the client.
    pub route: Route,
    /// What it is.
    pub docs: String,
    /// Its operations.
    pub methods: Vec<Method>,
}

impl Group {
    /// Where the example of a method is in the crate.
    pub fn example_path(&self, method: &Method) -> String {
        format!("docs/{}/{}.md", self.module, method.name)
    }
}

/// A method of a group's client.
#[derive(Clone, Debug)]
pub struct Method {
    /// Name of the method, in snake case.
    pub name: String,
    /// Name of the function in the table of calls that calls the method: module and method, such as
    /// `jobs_get`.
    pub call_function: String,
    /// The operation id.
    pub operation: String,
    /// The method of the scope that starts the request: `get`, `put`, …
    pub verb: String,
    /// Path below the scope.
    pub template: PathTemplate,
    /// The API version of this operation alone.
    pub api_version: Option<String>,
    /// Whether it only reads although its method is POST.
    pub read_only: bool,
    /// The content type that is asked for, when it is not the usual.
    pub accept: Option<String>,
    /// What it does, what it takes, how it ends.
    pub docs: String,
    /// Arguments before the body.
    pub arguments: Vec<Argument>,
    /// The type of the body argument.
    pub body: Option<BodyArgument>,
    /// Parts of the request, in order.
    pub parts: Vec<RequestPart>,
    /// How the request is sent.
    pub call: CallKind,
    /// Whether it is `async`, rather than returning a future that the runtime has.
    pub is_async: bool,
    /// Whether its code is left to the crates that call it.
    pub is_inline: bool,
    /// Status codes of success.
    pub success: Vec<u16>,
    /// Its options.
    pub options: Options,
    /// A program that calls it.
    pub example: Option<Program>,
    /// Whether the service advises against it.
    pub deprecated: bool,
    /// The method that goes on with a long-running operation.
    pub resume: Option<ResumeMethod>,
}

/// The method that goes on with a long-running operation which another method has begun.
#[derive(Clone, Debug)]
pub struct ResumeMethod {
    /// Name of the method.
    pub name: String,
    /// Docs of the method.
    pub docs: String,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: RustType,
}

/// The request body of a method.
#[derive(Clone, Debug)]
pub struct BodyArgument {
    /// Argument name, or name of the option when the body is optional.
    pub name: String,
    /// Type of the model, of JSON bodies.
    pub ty: RustType,
    /// The content type, of bodies that are not JSON.
    pub raw: Option<String>,
    /// The content type, of JSON bodies with another than the usual.
    pub json: Option<String>,
    /// Whether a request needs it.
    pub required: bool,
}

/// A part of a request.
#[derive(Clone, Debug)]
pub struct RequestPart {
    /// Where it goes.
    pub location: PartLocation,
    /// Name on the wire.
    pub wire: String,
    /// The constant that describes it.
    pub constant: String,
    /// Where the value comes from.
    pub value: PartValue,
    /// How a list is written, of lists.
    pub list_style: Option<ListStyle>,
}

/// Where a part of a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartLocation {
    /// Into the path: which placeholder of the whole path, from 0 on.
    Path(usize),
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// It is in the scope's path already, and the operation has stricter rules for it.
    Scope,
}

/// Where the value of a part comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PartValue {
    /// An argument that is text.
    Text(String),
    /// An argument of another type.
    Value(String),
    /// An option.
    Option(String),
    /// A constant.
    Constant(String),
    /// A segment of the scope's path.
    Segment(usize),
}

impl PartValue {
    /// The argument or option that the value comes from.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Text(name) | Self::Value(name) | Self::Option(name) => Some(name),
            Self::Constant(_) | Self::Segment(_) => None,
        }
    }
}

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// Separated by commas.
    Csv,
    /// Separated by spaces.
    Ssv,
    /// Separated by tabs.
    Tsv,
    /// Separated by bars.
    Pipes,
    /// The parameter repeated.
    Multi,
}

impl ListStyle {
    /// The runtime's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "Csv",
            Self::Ssv => "Ssv",
            Self::Tsv => "Tsv",
            Self::Pipes => "Pipes",
            Self::Multi => "Multi",
        }
    }
}

/// `final-state-via` of a long-running operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FinalState {
    /// `azure-async-operation`.
    AzureAsyncOperation,
    /// `operation-location`.
    OperationLocation,
    /// `location`.
    Location,
    /// `original-uri`.
    OriginalUri,
}

impl FinalState {
    /// The runtime's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AzureAsyncOperation => "AzureAsyncOperation",
            Self::OperationLocation => "OperationLocation",
            Self::Location => "Location",
            Self::OriginalUri => "OriginalUri",
        }
    }
}

/// How a request is sent and what comes back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum CallKind {
    /// One answer with a body of this type.
    Send(RustType),
    /// One answer without a body.
    SendEmpty,
    /// Whether something exists.
    Exists,
    /// One answer of bytes.
    Bytes,
    /// Pages of this type.
    Pager(RustType),
    /// A long-running operation; the type of its result, if it has one, and `final-state-via`.
    Poller(Option<RustType>, Option<FinalState>),
}

/// The options of a method.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the type.
    pub type_name: String,
    /// What it is.
    pub docs: String,
    /// Type of `method_options`.
    pub method_options: RuntimeType,
    /// The runtime's type with nothing but `method_options`.
    pub bare: RuntimeType,
    /// Optional parameters.
    pub fields: Vec<Field>,
}

/// A module of models.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub docs: String,
    /// Cargo features any of which needs it; empty when it is always there.
    pub features: Vec<String>,
    /// Its types.
    pub items: Vec<Item>,
}

/// A type.
#[derive(Clone, Debug)]
pub enum Item {
    /// An object.
    Struct(Struct),
    /// A choice of values.
    Enum(Enum),
    /// A choice of kinds.
    Union(Union),
    /// Another name of a type.
    Alias(Alias),
}

impl Item {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
        }
    }
}

/// An object.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Members with a fixed value: the discriminators.
    pub constants: Vec<(String, String)>,
    /// Name and type of the field for members without a name of their own.
    pub rest: Option<(String, RustType)>,
    /// Arguments of `new`.
    pub required: Vec<NewArgument>,
    /// How it is a page of a list.
    pub page: Option<Page>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: RustType,
    /// What it is.
    pub docs: String,
    /// Rules of its value.
    pub rules: Vec<Rule>,
}

/// An argument of `new`.
#[derive(Clone, Debug)]
pub struct NewArgument {
    /// The field that it sets.
    pub field: String,
    /// Its type, which converts into the field's.
    pub ty: RustType,
}

/// How a struct is a page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Field with the items.
    pub items: String,
    /// Field with the link to the next page.
    pub next_link: Option<String>,
    /// Type of an item.
    pub item: RustType,
}

/// A choice of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// The type of the values when they are numbers.
    pub number: Option<RustType>,
    /// Whether values may come that are not listed.
    pub open: bool,
    /// Whether some value has documentation that says more than its name.
    pub documented: bool,
    /// Its values.
    pub values: Vec<EnumValue>,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Name of the variant.
    pub name: String,
    /// On the wire.
    pub wire: WireValue,
    /// What it means.
    pub docs: String,
}

/// A value as it stands in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WireValue {
    /// Text.
    Text(String),
    /// A number.
    Number(Number),
}

/// A choice of kinds.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Wire name of the member that names the kind.
    pub discriminator: String,
    /// Its kinds.
    pub kinds: Vec<UnionKind>,
}

/// A kind of a union.
#[derive(Clone, Debug)]
pub struct UnionKind {
    /// Name of the variant.
    pub name: String,
    /// The discriminator's value.
    pub wire: String,
    /// What it means.
    pub docs: String,
    /// Name of the struct that it holds.
    pub model: String,
}

/// Another name of a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// The type.
    pub ty: RustType,
}

/// A reader of a header.
#[derive(Clone, Debug)]
pub struct HeaderReader {
    /// Method name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Type that the value is parsed to.
    pub ty: RustType,
    /// What it is, and which operations send it.
    pub docs: String,
}
