//! Operation groups and their methods.

use super::{
    lint::Allow,
    modules::Field,
    program::Program,
    requests::{BodyArgument, FixedPart, RequestPart},
    responses::{CallKind, ResponseEnum},
    rust_type::{RuntimeType, RustType},
    scopes::Route,
};
use crate::path_template::PathTemplate;
use crate::resolve::api::FormEncoding;

/// An operation group and its client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the client type of the group, such as `JobsClient`.
    pub type_name: String,
    /// Other names of the group in the description.
    pub aliases: Vec<String>,
    /// Name of the module, in snake case.
    pub module: String,
    /// Name of the Cargo feature that enables the group, in kebab case.
    pub feature: String,
    /// Lints that the declaration of the module allows.
    pub allow: Option<Allow>,
    /// Name of the method that returns the client of the group, on the client or on a scope.
    pub accessor: String,
    /// Calls from the client to the group.
    pub route: Route,
    /// Documentation of the client type of the group.
    pub docs: String,
    /// Methods, one for each operation, in the order of the description.
    pub methods: Vec<Method>,
}

impl Group {
    /// Returns the path of a method's example in the crate.
    pub fn example_path(&self, method: &Method) -> String {
        format!("docs/{}/{}.md", self.module, method.name)
    }
}

/// The API version of a method's requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MethodVersion {
    /// The API version of the client.
    Client,
    /// This API version.
    Own(String),
    /// No API version: the operation has no such parameter.
    None,
}

/// The requests for the next pages of a list, which another operation returns.
#[derive(Clone, Debug)]
pub struct NextPages {
    /// ID of the operation.
    pub operation: String,
    /// Name of the runtime's method that starts the request: `get`, `put`, …
    pub verb: String,
    /// Path, below the scope unless it begins at the root.
    pub template: PathTemplate,
    /// Whether the path begins at the root and not at the scope.
    pub is_at_root: bool,
    /// API version that requests are sent with.
    pub api_version: MethodVersion,
    /// Content type to request, if it is not JSON.
    pub accept: Option<String>,
    /// Parts of the requests that the first one has, too.
    pub parts: Vec<RequestPart>,
    /// Parts of the requests that the description fixes.
    pub fixed: Vec<FixedPart>,
    /// The part that takes the link or token of each page.
    pub link: RequestPart,
    /// Whether the requests have the body of the first one.
    pub has_body_of_first: bool,
    /// Status codes of success.
    pub success: Vec<u16>,
}

/// A method of a group's client.
#[derive(Clone, Debug)]
pub struct Method {
    /// Name of the method, in snake case.
    pub name: String,
    /// ID of the operation, if the method has another name.
    pub alias: Option<String>,
    /// Name of the function in the table of calls: module and method, such as `jobs_get`.
    pub call_function: String,
    /// ID of the operation in the description, such as `Jobs_Get`.
    pub operation: String,
    /// Name of the runtime's method that starts the request: `get`, `put`, …
    pub verb: String,
    /// Path below the scope.
    pub template: PathTemplate,
    /// API version that requests are sent with.
    pub api_version: MethodVersion,
    /// The API versions that have the operation, oldest first, when all of them are previews.
    pub previews: Vec<String>,
    /// The API versions that have the operation, oldest first, when the default version does not
    /// have it and some of them are stable.
    pub only_in: Vec<String>,
    /// Cargo feature that the method needs in addition to that of its group.
    pub feature: Option<String>,
    /// Whether a POST operation only reads, so that it may be retried.
    pub read_only: bool,
    /// Content type to request, if it is not JSON.
    pub accept: Option<String>,
    /// Documentation: what the operation does, its arguments and its result.
    pub docs: String,
    /// Arguments before the body.
    pub arguments: Vec<Argument>,
    /// Request body.
    pub body: Option<BodyArgument>,
    /// Encoding of the form, if there are fields of one among the parts.
    pub form: Option<FormEncoding>,
    /// Parts of the request, in the order in which they are added.
    pub parts: Vec<RequestPart>,
    /// Parts of the request that the description fixes.
    pub fixed: Vec<FixedPart>,
    /// How next pages are requested, if another operation returns them.
    pub next_pages: Option<NextPages>,
    /// Kind of the call.
    pub call: CallKind,
    /// The enum of its responses, if their models differ by status.
    pub responses: Option<ResponseEnum>,
    /// Whether the method is `async`, rather than returning a future of the runtime.
    pub is_async: bool,
    /// Status codes of success.
    pub success: Vec<u16>,
    /// Options of the method.
    pub options: Options,
    /// Program that calls the method.
    pub example: Option<Program>,
    /// Whether the description marks the operation as deprecated.
    pub deprecated: bool,
    /// The method that resumes the long-running operation.
    pub resume: Option<ResumeMethod>,
}

/// A method that resumes a long-running operation.
#[derive(Clone, Debug)]
pub struct ResumeMethod {
    /// Name of the method.
    pub name: String,
    /// Documentation of the method.
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

/// The options of a method.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the options type, such as `JobsClientGetOptions`.
    pub type_name: String,
    /// The usual name of the type, when it is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the options type.
    pub docs: String,
    /// Type of the field `method_options`.
    pub method_options: RuntimeType,
    /// The options type of the runtime that this is an alias of, if the method has no optional
    /// parameters.
    pub alias_of: Option<RuntimeType>,
    /// Fields, one for each optional parameter.
    pub fields: Vec<Field>,
}
