//! The service model: everything decided, nothing left for the emitters to think about.
//!
//! Names are final; documentation is Markdown, not yet wrapped.

use super::{
    cargo_manifest::CargoManifest,
    lint::Allow,
    markdown::MarkdownPages,
    program::Program,
    rust_type::{RuntimeType, RustType},
};
use crate::path_template::PathTemplate;
use arm_fake::table::Table;
use serde_json::Number;

pub use super::cargo_manifest::Feature;
pub use crate::resolve::api::FormEncoding;

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
    /// Schemas that operations reach and the types that they became.
    pub schemas: Vec<SchemaType>,
    /// How many schemas no operation reaches, which have no types.
    pub unreached: usize,
    /// Readers of the headers that responses may carry.
    pub headers: Vec<HeaderReader>,
    /// Readers of the headers that other operations have with another type.
    pub operation_headers: Vec<OperationHeaders>,
    /// Imports of the modules that do not import everything.
    pub imports: ServiceImports,
    /// Lints that the crate allows.
    pub lints: ServiceLints,
    /// Pages in Markdown.
    pub pages: MarkdownPages,
    /// Documentation of what every crate has.
    pub docs: ServiceDocs,
    /// The table of the fake service.
    pub fake: Table,
}

impl Service {
    /// Whether some response has headers.
    pub fn has_headers(&self) -> bool {
        !self.headers.is_empty() || !self.operation_headers.is_empty()
    }
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
    /// The field `method_options` of options.
    pub method_options: String,
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
    /// The table `ACCESSORS`.
    pub accessors: String,
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
    /// Whether the type is another name of a type.
    pub is_alias: bool,
    /// Whether the type is a union.
    pub is_union: bool,
    /// The accessors of a union.
    pub accessors: Vec<UnionMember>,
}

/// An API version.
#[derive(Clone, Debug)]
pub struct ApiVersion {
    /// The version as requests name it, such as `2025-12-01`.
    pub name: String,
    /// Name of the constant, such as `V2025_12_01`.
    pub constant: String,
    /// Documentation of the constant.
    pub docs: String,
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
    /// Name of the client type, such as `MachineLearningClient`.
    pub type_name: String,
    /// Beginning of the paths in a subscription, when the service has any.
    pub subscription: Option<ScopePath>,
    /// Operation groups that the client has accessors for: indices into [`Service::groups`].
    pub groups: Vec<usize>,
    /// Scopes that the client has methods for: indices into [`Service::scopes`].
    pub scopes: Vec<usize>,
}

/// What a path begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// Nothing that the client knows: the path is the same in all subscriptions.
    Tenant,
    /// The path of the client's subscription.
    Subscription,
}

/// The calls that reach an operation group from the client.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// What the paths of the group begin with.
    pub root: Root,
    /// Calls from the client to the scope of the group, in order.
    pub steps: Vec<RouteStep>,
    /// Number of placeholders of the paths that are filled on the way, that of the subscription
    /// included.
    pub placeholders: usize,
}

/// A call that returns a scope, on the client or on the scope above.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteStep {
    /// The scope that is returned: an index into [`Service::scopes`].
    pub scope: usize,
    /// Name of the method that is called.
    pub method: String,
    /// Arguments of the call.
    pub arguments: Vec<RouteArgument>,
}

/// An argument of a call that returns a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteArgument {
    /// Name of the argument, in snake case.
    pub name: String,
    /// Which placeholder of the whole path the argument fills, from 0 on.
    pub placeholder: usize,
}

/// Part of a path template with the arguments that fill it.
#[derive(Clone, Debug)]
pub struct ScopePath {
    /// The part of the path template.
    pub template: PathTemplate,
    /// Arguments that fill the placeholders, in their order.
    pub arguments: Vec<ScopeArgument>,
}

/// An argument that fills a placeholder of a scope's template.
#[derive(Clone, Debug)]
pub struct ScopeArgument {
    /// Name of the argument, in snake case.
    pub name: String,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Name of the constant that describes the parameter, if it has rules.
    pub constant: Option<String>,
    /// Documentation of the parameter, limits included.
    pub docs: String,
}

/// A scope: a part of the resource hierarchy, such as one resource.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Name of the scope type, such as `WorkspaceScope`.
    pub type_name: String,
    /// Name of the resource in the description, when the scope is called otherwise.
    pub alias: Option<String>,
    /// Name of the method that returns the scope, on the client or on the scope above.
    pub method: String,
    /// Name of the client's method that makes the scope from a resource ID.
    pub from_id: String,
    /// What the path of the scope begins with.
    pub root: Root,
    /// The part of the scope's path that follows the path of the scope above.
    pub path: ScopePath,
    /// The whole path, for scopes that are made from a resource ID.
    pub template: PathTemplate,
    /// Documentation of the scope type.
    pub docs: String,
    /// Documentation of the method that returns the scope.
    pub method_docs: String,
    /// Documentation of the method that makes the scope from a resource ID.
    pub from_id_docs: String,
    /// Operation groups that the scope has accessors for: indices into [`Service::groups`].
    pub groups: Vec<usize>,
    /// Scopes that this scope has methods for: indices into [`Service::scopes`].
    pub scopes: Vec<usize>,
    /// Cargo features any of which needs the scope; empty when it is always there.
    pub features: Vec<String>,
}

/// A constant that describes a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the constant, in upper case.
    pub constant: String,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Rules that values obey.
    pub rules: Vec<Rule>,
    /// Whether values are written into the URL without percent-encoding.
    pub skip_encoding: bool,
}

/// A rule that a value obeys.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The value must be present in requests.
    Required,
    /// Least length of a text, in characters.
    MinLength(usize),
    /// Greatest length of a text, in characters.
    MaxLength(usize),
    /// Regular expression that a text matches.
    Pattern(String),
    /// Least number.
    Minimum(Number),
    /// Greatest number.
    Maximum(Number),
    /// Number that values are greater than.
    ExclusiveMinimum(Number),
    /// Number that values are less than.
    ExclusiveMaximum(Number),
    /// Number that values are multiples of.
    MultipleOf(Number),
    /// Least number of elements.
    MinItems(usize),
    /// Greatest number of elements.
    MaxItems(usize),
    /// No element occurs twice.
    UniqueItems,
    /// Only these API versions have it, all of them previews, oldest first.
    Previews(Vec<String>),
    /// Only the service sets the value.
    ReadOnly,
}

/// An operation group and its client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the client type of the group, such as `JobsClient`.
    pub type_name: String,
    /// Other names of the group in the description.
    pub aliases: Vec<String>,
    /// Name of the module, in snake case.
    pub module: String,
    /// Name of the Cargo feature that brings the group in, in kebab case.
    pub feature: String,
    /// Lints that the declaration of the module allows.
    pub allow: Option<Allow>,
    /// Name of the method that returns the client of the group, on the client or on a scope.
    pub accessor: String,
    /// Calls that reach the group from the client.
    pub route: Route,
    /// Documentation of the client type of the group.
    pub docs: String,
    /// Methods, one for each operation, in the order of the description.
    pub methods: Vec<Method>,
}

impl Group {
    /// Where the example of a method is in the crate.
    pub fn example_path(&self, method: &Method) -> String {
        format!("docs/{}/{}.md", self.module, method.name)
    }
}

/// The API version that the requests of a method are sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodVersion {
    /// That of the client.
    Client,
    /// This one.
    Own(String),
    /// None: the operation has no such parameter.
    None,
}

/// A method of a group's client.
#[derive(Clone, Debug)]
pub struct Method {
    /// Name of the method, in snake case.
    pub name: String,
    /// Id of the operation, when the method is called otherwise.
    pub alias: Option<String>,
    /// Name of the function in the table of calls that calls the method: module and method, such as
    /// `jobs_get`.
    pub call_function: String,
    /// Id of the operation in the description, such as `Jobs_Get`.
    pub operation: String,
    /// Name of the runtime's method that starts the request: `get`, `put`, …
    pub verb: String,
    /// Path below the scope.
    pub template: PathTemplate,
    /// API version that requests are sent with.
    pub api_version: MethodVersion,
    /// The API versions that have the operation, oldest first, when all of them are previews.
    pub previews: Vec<String>,
    /// Cargo feature that brings the method in, when that of its group alone does not.
    pub feature: Option<String>,
    /// Whether a POST operation only reads, so that it may be retried.
    pub read_only: bool,
    /// Content type that is asked for, when it is not JSON.
    pub accept: Option<String>,
    /// Documentation: what the operation does, its arguments and its result.
    pub docs: String,
    /// Arguments before the body.
    pub arguments: Vec<Argument>,
    /// Request body.
    pub body: Option<BodyArgument>,
    /// How the form is encoded whose fields are among the parts.
    pub form: Option<FormEncoding>,
    /// Parts of the request, in the order in which they are added.
    pub parts: Vec<RequestPart>,
    /// Parts of the request that the description fixes.
    pub fixed: Vec<FixedPart>,
    /// How the request is sent.
    pub call: CallKind,
    /// The models of its responses, where they differ by the status.
    pub responses: Option<ResponseEnum>,
    /// Whether the method is `async`, rather than returning a future of the runtime.
    pub is_async: bool,
    /// Whether the method is `#[inline]`, so that only crates that call it compile its code.
    pub is_inline: bool,
    /// Status codes of success.
    pub success: Vec<u16>,
    /// Options of the method.
    pub options: Options,
    /// Program that calls the method.
    pub example: Option<Program>,
    /// Whether the description marks the operation as deprecated.
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
    /// Name of the argument, in snake case.
    pub name: String,
    /// Type of the argument.
    pub ty: RustType,
}

/// The request body of a method.
#[derive(Clone, Debug)]
pub struct BodyArgument {
    /// Name of the argument, or of the option when the body is optional.
    pub name: String,
    /// Type of the body; that of the model, of JSON bodies.
    pub ty: RustType,
    /// What it is.
    pub kind: BodyKind,
    /// Whether the body must be present in requests.
    pub required: bool,
}

/// What a request body is.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON; the content type, when it is not `application/json`.
    Json(Option<String>),
    /// Text of this content type.
    Text(String),
    /// Bytes of this content type.
    Bytes(String),
    /// What the caller chooses.
    Choice(BodyEnum),
}

/// The bodies that a method takes, told apart by their content type.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyEnum {
    /// Name of the type.
    pub name: String,
    /// Documentation of the type.
    pub docs: String,
    /// Variants, one for each content type.
    pub variants: Vec<BodyVariant>,
}

/// The body of one content type.
#[derive(Clone, Debug, PartialEq)]
pub struct BodyVariant {
    /// Name of the variant.
    pub name: String,
    /// Content type; one with a `*` is completed by the caller.
    pub content_type: String,
    /// Type of the model, of JSON.
    pub json: Option<RustType>,
    /// Whether the body is text.
    pub is_text: bool,
    /// Documentation of the variant.
    pub docs: String,
}

impl BodyEnum {
    /// Whether it borrows a model.
    pub fn borrows(&self) -> bool {
        self.variants.iter().any(|variant| variant.json.is_some())
    }
}

/// A part of a request: a parameter and its value.
#[derive(Clone, Debug)]
pub struct RequestPart {
    /// Where the parameter is in the request.
    pub location: PartLocation,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Name of the constant that describes the parameter, if it has rules.
    pub constant: Option<String>,
    /// Where the value comes from.
    pub value: PartValue,
    /// How a list is written, of parameters that are lists.
    pub list_style: Option<ListStyle>,
}

/// Where a parameter is in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartLocation {
    /// In the path: which placeholder of the whole path, from 0 on.
    Path(usize),
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the form that the body is.
    Form,
    /// In the form that the body is, being a file or several.
    FormFile,
    /// In the path of the scope, which has set it already; the operation's rules are stricter.
    Scope,
}

/// A part of a request that the description fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixedPart {
    /// Name and value in the query, encoded.
    Query(String),
    /// Name and value of a header.
    Header(String, String),
    /// A field of a form: its name and value.
    Form(String, String),
}

/// Where the value of a parameter comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PartValue {
    /// The argument of this name, which is a text.
    Text(String),
    /// The argument of this name, which is a list.
    List(String),
    /// The argument of this name, which is of another type.
    Value(String),
    /// The option of this name.
    Option(String),
    /// The segment of the scope's path at this index.
    Segment(usize),
}

impl PartValue {
    /// The argument or option that the value comes from.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Text(name) | Self::List(name) | Self::Value(name) | Self::Option(name) => {
                Some(name)
            }
            Self::Segment(_) => None,
        }
    }
}

/// How a list is written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListStyle {
    /// Elements separated by commas.
    Csv,
    /// Elements separated by spaces.
    Ssv,
    /// Elements separated by tabs.
    Tsv,
    /// Elements separated by `|`.
    Pipes,
    /// One parameter for each element.
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
    /// One response with a body of this type.
    Send(RustType),
    /// One response with a body of this type, or without one.
    SendOptional(RustType),
    /// One response without a body.
    SendEmpty,
    /// One response whose status says which model its body is; the name of the enum of them.
    SendByStatus(String),
    /// One response whose body is text.
    Text,
    /// Whether a resource exists, by the status code; 404 means false or is an error.
    Exists(Missing),
    /// One response whose body is a stream of bytes.
    Bytes,
    /// Pages of this type.
    Pager(RustType, NextLink),
    /// A long-running operation whose result is a paged list; the type of its pages, and
    /// `final-state-via`.
    ListPoller(RustType, NextLink, Option<FinalState>),
    /// A long-running operation; the type of its result, if it always has one, and
    /// `final-state-via`.
    Poller(Option<RustType>, Option<FinalState>),
    /// A long-running operation whose result has this type or no body, and `final-state-via`.
    OptionalPoller(RustType, Option<FinalState>),
}

impl CallKind {
    /// Whether the method begins a long-running operation.
    pub fn is_long_running(&self) -> bool {
        matches!(
            self,
            Self::Poller(..) | Self::OptionalPoller(..) | Self::ListPoller(..)
        )
    }
}

/// What 404 means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// That there is no such resource.
    False,
    /// An error.
    Error,
}

/// The models of an operation's responses, told apart by the status.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseEnum {
    /// Name of the type.
    pub name: String,
    /// Documentation of the type.
    pub docs: String,
    /// Variants, one for each status.
    pub variants: Vec<ResponseVariant>,
}

/// The model of one status.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseVariant {
    /// Name of the variant.
    pub name: String,
    /// Status code.
    pub status: u16,
    /// What the body is.
    pub body: ResponseBody,
    /// Documentation of the variant.
    pub docs: String,
}

/// The body of a response with one of several statuses.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseBody {
    /// None.
    Empty,
    /// JSON of this type.
    Json(RustType),
    /// Text.
    Text,
    /// Anything else.
    Bytes,
}

/// How an operation finds the link to the next page in a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NextLink {
    /// As the model of the page does.
    OfModel,
    /// In the field of this name.
    Field(String),
    /// Nowhere: there is one page only.
    None,
}

/// The options of a method.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the options type, such as `JobsClientGetOptions`.
    pub type_name: String,
    /// Documentation of the options type.
    pub docs: String,
    /// Type of the field `method_options`.
    pub method_options: RuntimeType,
    /// The runtime's options type that this is another name for, of methods without optional
    /// parameters.
    pub alias_of: Option<RuntimeType>,
    /// Fields, one for each optional parameter.
    pub fields: Vec<Field>,
}

/// A module of models.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the module, in snake case.
    pub name: String,
    /// Documentation of the module.
    pub docs: String,
    /// Cargo features any of which needs it; empty when it is always there.
    pub features: Vec<String>,
    /// Its types.
    pub items: Vec<ModuleItem>,
}

impl Module {
    /// Its types, under whatever condition.
    pub fn types(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map(|own| &own.item)
    }
}

/// A type in a module.
#[derive(Clone, Debug)]
pub struct ModuleItem {
    /// The type.
    pub item: Item,
    /// Cargo features any of which needs it; empty when it is there whenever the module is.
    pub features: Vec<String>,
    /// Whether only features of previews need it.
    pub is_preview: bool,
}

/// A type of the generated crate.
#[derive(Clone, Debug)]
pub enum Item {
    /// An object with named members.
    Struct(Struct),
    /// An enumeration of values.
    Enum(Enum),
    /// An object with a discriminator: one of several structs.
    Union(Union),
    /// Another name for a type.
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

/// An object with named members.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Fields, in the order of the description.
    pub fields: Vec<Field>,
    /// Discriminators whose value the type fixes.
    pub constants: Vec<Constant>,
    /// Name and type of the field for additional properties.
    pub rest: Option<(String, RustType)>,
    /// Arguments of `new`: the required fields.
    pub required: Vec<NewArgument>,
    /// How the struct is a page of a list.
    pub page: Option<Page>,
}

impl Struct {
    /// Name of the field for a member of this name, if it can link to the next page.
    pub fn link(&self, wire: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.wire == wire)?;
        (field.ty == RustType::String.optional()).then_some(&*field.name)
    }
}

/// A member whose value a struct fixes, such as a discriminator.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Name of the member on the wire.
    pub wire: String,
    /// Value of the member.
    pub value: String,
    /// The API versions that have the value, oldest first, when all of them are previews and the
    /// union is not.
    pub previews: Vec<String>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name of the field, in snake case.
    pub name: String,
    /// Name of the member or parameter, when the field is called otherwise.
    pub alias: Option<String>,
    /// Name of the member on the wire.
    pub wire: String,
    /// Type of the field.
    pub ty: RustType,
    /// Documentation of the field.
    pub docs: String,
    /// Rules that values obey.
    pub rules: Vec<Rule>,
}

/// An argument of `new`.
#[derive(Clone, Debug)]
pub struct NewArgument {
    /// Name of the field that the argument sets.
    pub field: String,
    /// Type of the argument, which converts into that of the field.
    pub ty: RustType,
}

/// How a struct is a page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Name of the field that holds the items.
    pub items: String,
    /// Name of the field that holds the link to the next page.
    pub next_link: Option<String>,
    /// Type of an item.
    pub item: RustType,
}

/// An enumeration of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Type of the values when they are numbers.
    pub number: Option<RustType>,
    /// Whether the service may send values that are not listed.
    pub open: bool,
    /// Name of the runtime's macro that declares it.
    pub form: &'static str,
    /// Values, in the order of the description.
    pub values: Vec<EnumValue>,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Name of the variant.
    pub name: String,
    /// The value, when the variant is called otherwise.
    pub alias: Option<String>,
    /// The value on the wire.
    pub wire: WireValue,
    /// Documentation of the variant; empty if no value of the enumeration has any that says more
    /// than its name, which the runtime's macros write by themselves.
    pub docs: String,
    /// The API versions that have the value, oldest first, when all of them are previews and the
    /// enumeration is not; of strings.
    pub previews: Vec<String>,
}

/// The value of an enumeration in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WireValue {
    /// A string.
    Text(String),
    /// A number.
    Number(Number),
}

/// An object with a discriminator: an enum of the structs that it can be.
#[derive(Clone, Debug)]
pub struct Union {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Wire name of the discriminator.
    pub discriminator: String,
    /// Its kinds.
    pub kinds: Vec<UnionKind>,
    /// The members that all kinds have.
    pub members: Vec<UnionMember>,
}

/// A member that all kinds of a union have.
#[derive(Clone, Debug)]
pub struct UnionMember {
    /// Name of the accessor.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// What the accessor returns.
    pub ty: RustType,
    /// What it is.
    pub docs: String,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionKind {
    /// Name of the variant.
    pub name: String,
    /// The value of the discriminator, when the variant is called otherwise.
    pub alias: Option<String>,
    /// Value of the discriminator.
    pub wire: String,
    /// Documentation of the variant.
    pub docs: String,
    /// Name of the struct that the variant holds.
    pub model: String,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Name of the alias.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the alias.
    pub docs: String,
    /// The type that the alias stands for.
    pub ty: RustType,
}

/// The headers of an operation that others have with another type.
#[derive(Clone, Debug)]
pub struct OperationHeaders {
    /// Name of the trait, such as `JobsClientGetHeaders`.
    pub type_name: String,
    /// Documentation of the trait.
    pub docs: String,
    /// One reader for each of the headers.
    pub readers: Vec<HeaderReader>,
}

/// A method that reads a response header.
#[derive(Clone, Debug)]
pub struct HeaderReader {
    /// Name of the method, in snake case.
    pub name: String,
    /// Name of the header, in lower case.
    pub wire: String,
    /// Type that the value is parsed to.
    pub ty: RustType,
    /// Documentation of the method.
    pub docs: String,
}
