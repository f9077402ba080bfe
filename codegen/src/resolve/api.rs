//! The resolved description: plain data with references followed and inheritance flattened.

use crate::{http_method::HttpMethod, note::Note, path_template::PathTemplate};
use indexmap::IndexMap;
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// A service as described by one or more API versions.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The API versions that were merged, oldest first.
    pub versions: Vec<Version>,
    /// Name of the service in prose.
    pub title: String,
    /// Default URL of the service, with placeholders and without the path that all operations begin
    /// with.
    pub endpoint: String,
    /// The parameters of the URL's placeholders, in their order.
    pub endpoint_parameters: Vec<Parameter>,
    /// Descriptions of tags, Markdown.
    pub tags: BTreeMap<String, String>,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The named types, in the order of the description.
    pub schemas: IndexMap<String, Schema>,
    /// Inline types whose usual name is that of another schema: that name, by the chosen one.
    pub renamed: BTreeMap<String, String>,
    /// Notes on parts of the descriptions that do not fit together.
    pub notes: Vec<Note>,
}

/// API versions with one description.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Names of the API versions that have these shapes, oldest first.
    pub names: Vec<String>,
    /// Whether they are previews of stable ones.
    pub preview: bool,
}

/// The API versions that have an item: indices into [`Api::versions`].
pub type Presence = Vec<usize>;

/// A named type.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Description of the type, Markdown.
    pub description: Option<String>,
    /// Shape of the type.
    pub shape: Shape,
    /// The API versions that have the type.
    pub presence: Presence,
}

/// The shape of a named type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// An object with named members.
    Object(Object),
    /// An enumeration of values.
    Enumeration(Enumeration),
    /// An alias of a type.
    Alias(Type),
}

/// An object. Its members include those of its bases.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Members by wire name, those of the bases first.
    pub properties: IndexMap<String, Property>,
    /// Type of additional properties, if they are allowed.
    pub additional: Option<Type>,
    /// Names of all schemas that this one derives from, nearest first.
    pub ancestors: Vec<String>,
    /// Discriminator, if the object is a base.
    pub discriminator: Option<Discriminator>,
    /// Value of a base's discriminator for this schema.
    pub discriminator_value: Option<String>,
}

/// The discriminator of a base.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// Wire name of the member that holds the value.
    pub property: String,
    /// Names of the schemas, by value.
    pub mapping: IndexMap<String, String>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Type of the member.
    pub ty: Type,
    /// Description of the member, Markdown.
    pub description: Option<String>,
    /// Whether the member is required.
    pub required: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Whether only the service sets the member.
    pub read_only: bool,
    /// Whether the member can be set when the resource is created, but not changed.
    pub create_only: bool,
    /// Whether the value is a secret.
    pub secret: bool,
    /// Value that the service assumes when the member is absent.
    pub default: Option<Value>,
    /// Rules that values obey.
    pub rules: Rules,
    /// The API versions that have the member.
    pub presence: Presence,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// The named type, a key of [`Api::schemas`].
    Named(String),
    /// A string.
    String(Format),
    /// An integer of this many bits.
    Integer(u8),
    /// A floating-point number.
    Number,
    /// A boolean.
    Boolean,
    /// A list.
    Array(Box<Element>),
    /// An object whose keys are arbitrary.
    Map(Box<Element>),
    /// Any JSON.
    Any,
    /// A body of bytes, outside JSON.
    Binary,
}

/// The elements of a list, or the values of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// Type of the elements.
    pub ty: Type,
    /// Whether elements may be null.
    pub nullable: bool,
}

/// The format of a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Any text.
    Plain,
    /// A calendar date.
    Date,
    /// A point in time, RFC 3339.
    DateTime,
    /// A point in time, RFC 1123.
    DateTimeRfc1123,
    /// A point in time in seconds since 1970.
    UnixTime,
    /// An ISO 8601 duration.
    Duration,
    /// A UUID.
    Uuid,
    /// A URI.
    Uri,
    /// Bytes in Base64.
    Base64,
    /// Bytes in URL-safe Base64.
    Base64Url,
    /// An ARM resource ID.
    ArmId,
    /// A secret text.
    Password,
}

/// Rules that a value obeys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Least length of a text, in characters.
    pub min_length: Option<usize>,
    /// Greatest length of a text, in characters.
    pub max_length: Option<usize>,
    /// An ECMAScript regular expression that the text matches.
    pub pattern: Option<String>,
    /// Least number.
    pub minimum: Option<Number>,
    /// Greatest number.
    pub maximum: Option<Number>,
    /// Whether `minimum` itself is out of range.
    pub exclusive_minimum: bool,
    /// Whether `maximum` itself is out of range.
    pub exclusive_maximum: bool,
    /// Number that values are multiples of.
    pub multiple_of: Option<Number>,
    /// Least number of elements.
    pub min_items: Option<usize>,
    /// Greatest number of elements.
    pub max_items: Option<usize>,
    /// Whether no element may occur twice.
    pub unique_items: bool,
}

/// An enumeration of values.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// Type of the values.
    pub ty: Type,
    /// Whether the service may send values that are not listed.
    pub open: bool,
    /// Whether there is only one value, and the description does not say that there may be others.
    pub is_constant: bool,
    /// Values, in the order of the description.
    pub values: Vec<EnumValue>,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Value,
    /// The name of the value in the description, if it differs from the value.
    pub name: Option<String>,
    /// Description of the value, Markdown.
    pub description: Option<String>,
    /// The API versions that have the value.
    pub presence: Presence,
}

/// An operation: an HTTP method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation ID, such as `BatchEndpoints_Get`.
    pub id: String,
    /// First tag.
    pub tag: Option<String>,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path, with the base path of the server.
    pub path: PathTemplate,
    /// API version of requests.
    pub api_version: ApiVersion,
    /// Description of the operation, Markdown.
    pub description: Option<String>,
    /// Parameters in path, query and headers.
    pub parameters: Vec<Parameter>,
    /// Request body, unless it is a form.
    pub body: Option<Body>,
    /// Encoding of the form, if there are fields of one among the parameters.
    pub form: Option<FormEncoding>,
    /// Successful responses, in the order of the description.
    pub responses: Vec<Response>,
    /// Models of errors that have more members than the contract of the ARM RPC.
    pub errors: Vec<ErrorResponse>,
    /// Whether the description lists 404 as a response.
    pub may_be_missing: bool,
    /// The long-running operation, if it is one.
    pub long_running: Option<LongRunning>,
    /// The paging, if the operation returns a list.
    pub pageable: Option<Pageable>,
    /// Whether the description marks the operation as deprecated.
    pub deprecated: bool,
    /// The API versions that have the operation.
    pub presence: Presence,
}

/// The API version of an operation's requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ApiVersion {
    /// The API version of the client.
    #[default]
    Client,
    /// This API version, which differs from that of the description.
    Own(String),
    /// No API version: the operation has no such parameter.
    None,
}

/// Where a parameter is in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the form that the body is.
    Form,
}

/// The encoding of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormEncoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
}

/// The style of a list in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// Elements separated by commas.
    Commas,
    /// Elements separated by spaces.
    Spaces,
    /// Elements separated by tabs.
    Tabs,
    /// Elements separated by `|`.
    Pipes,
    /// One parameter for each element.
    Repeated,
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name of the parameter on the wire.
    pub name: String,
    /// Name that the description proposes to clients (`x-ms-client-name`).
    pub client_name: Option<String>,
    /// Where the parameter is in a request.
    pub location: ParameterLocation,
    /// Zero-based index of the parameter's placeholder in the path of the description; 0 for
    /// parameters that are not in the path.
    pub placeholder: usize,
    /// Type of the parameter.
    pub ty: Type,
    /// Description of the parameter, Markdown.
    pub description: Option<String>,
    /// Whether the parameter is required.
    pub required: bool,
    /// Value that the service assumes when the parameter is absent.
    pub default: Option<Value>,
    /// Rules that values obey.
    pub rules: Rules,
    /// Style of a list, for parameters that are lists.
    pub list_style: ListStyle,
    /// Whether values are written into the URL without percent-encoding.
    pub skip_encoding: bool,
    /// Whether the value is a link that replaces the whole path.
    pub is_link: bool,
    /// The only value that the parameter can have.
    pub constant: Option<String>,
    /// The API versions that have the parameter.
    pub presence: Presence,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Name of the body parameter.
    pub name: String,
    /// Content type of the body.
    pub content_type: String,
    /// Type of the body.
    pub ty: Type,
    /// The content types that a caller can choose from; empty if there is only one.
    pub choices: Vec<Choice>,
    /// Description of the body, Markdown.
    pub description: Option<String>,
    /// Whether the body is required.
    pub required: bool,
}

/// One of several content types of a body.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Content type.
    pub content_type: String,
    /// Type of the body.
    pub ty: Type,
}

/// A successful response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Description of the response, Markdown.
    pub description: String,
    /// Type of the body, if there is one.
    pub body: Option<Type>,
    /// Content type of the body.
    pub content_type: Option<String>,
    /// Whether the body is text that is not JSON; then its type is [`Type::Binary`].
    pub is_text: bool,
    /// Headers that the response may have.
    pub headers: Vec<Header>,
}

/// An error response.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// Status code; `None` for all statuses without a response of their own.
    pub status: Option<u16>,
    /// Type of the body.
    pub body: Type,
}

/// A header of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Name of the header on the wire.
    pub name: String,
    /// Type of the value.
    pub ty: Type,
    /// Prefix of the names, if the header represents all headers with that prefix.
    pub prefix: Option<String>,
    /// Description of the header, Markdown.
    pub description: Option<String>,
}

/// The end of a long-running operation.
#[derive(Clone, Debug, Default)]
pub struct LongRunning {
    /// Value of `final-state-via`, if the description has it.
    pub final_state: Option<String>,
    /// Type of the final result, if the description has `final-state-schema`.
    pub result: Option<Type>,
}

/// The paging of a list.
#[derive(Clone, Debug)]
pub struct Pageable {
    /// Wire name of the member that holds the items.
    pub items: String,
    /// Wire name of the member that links to the next page.
    pub next_link: Option<String>,
    /// The operation that returns the next pages; `None` if links are followed.
    pub next_operation: Option<NextOperation>,
}

/// An operation that returns the next pages of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextOperation {
    /// ID of the operation.
    pub id: String,
    /// Wire name of its parameter for the link or token.
    pub link: String,
    /// Location of that parameter in a request.
    pub location: ParameterLocation,
    /// Whether its requests have the body of the first one.
    pub has_body_of_first: bool,
}

impl Api {
    /// Returns whether all API versions of an item are previews.
    pub fn is_preview(&self, presence: &Presence) -> bool {
        !presence.is_empty() && presence.iter().all(|&at| self.versions[at].preview)
    }

    /// Returns whether some operations exist only in previews.
    pub fn has_preview_operations(&self) -> bool {
        let mut operations = self.operations.iter();
        operations.any(|own| self.is_preview(&own.presence))
    }

    /// Returns the names of the API versions of an item, oldest first.
    pub fn version_names(&self, presence: &Presence) -> Vec<&str> {
        let versions = presence.iter().flat_map(|&at| &self.versions[at].names);
        versions.map(String::as_str).collect()
    }

    /// Returns the names of the API versions of an item, if all of them are previews and its owner
    /// has others; otherwise empty.
    pub fn previews(&self, presence: &Presence, owner: Option<&Presence>) -> Vec<String> {
        if !self.is_preview(presence) || owner.is_some_and(|owner| self.is_preview(owner)) {
            return Vec::new();
        }
        let names = self.version_names(presence).into_iter();
        names.map(str::to_owned).collect()
    }
}

impl Parameter {
    /// Returns whether the client sets the value: its API version.
    pub fn is_api_version(&self) -> bool {
        self.location == ParameterLocation::Query && self.name == "api-version"
    }

    /// Returns whether the value is plain text.
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::String(_))
    }
}

impl Schema {
    /// Returns the types of its members or elements, without the kinds of a base.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let (object, alias) = match &self.shape {
            Shape::Object(object) => (Some(object), None),
            Shape::Alias(ty) => (None, Some(ty)),
            Shape::Enumeration(_) => (None, None),
        };
        let members = object.into_iter().flat_map(|own| own.properties.values());
        let members = members.map(|property| &property.ty);
        let additional = object.and_then(|own| own.additional.as_ref());
        members.chain(additional).chain(alias)
    }

    /// Returns the schemas of the kinds of a base.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        let discriminator = match &self.shape {
            Shape::Object(object) => object.discriminator.as_ref(),
            _ => None,
        };
        let kinds = discriminator
            .into_iter()
            .flat_map(|own| own.mapping.values());
        kinds.map(String::as_str)
    }
}

impl Type {
    /// Returns the schema that the type or its elements name.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(element) | Self::Map(element) => element.ty.schema(),
            _ => None,
        }
    }
}

impl Operation {
    /// Returns the types that it sends and receives.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        let body = self.body.iter().flat_map(|body| {
            let choices = body.choices.iter().map(|choice| &choice.ty);
            choices.chain([&body.ty])
        });
        let errors = self.errors.iter().map(|error| &error.body);
        let headers = self.responses.iter().flat_map(|response| &response.headers);
        let headers = headers.map(|header| &header.ty);
        let results = self.results();
        parameters
            .chain(body)
            .chain(results)
            .chain(errors)
            .chain(headers)
    }

    /// Returns the type of a long-running operation's result: the one that it names, that of 200 or
    /// 204, or that of another response.
    pub fn final_result(&self) -> Option<&Type> {
        let named = self.long_running.as_ref()?.result.as_ref();
        let with_body = self.responses.iter().filter(|own| own.body.is_some());
        let response = with_body.min_by_key(|own| !matches!(own.status, 200 | 204));
        named.or(response.and_then(|own| own.body.as_ref()))
    }

    /// Returns the types that it receives.
    pub fn results(&self) -> impl Iterator<Item = &Type> {
        let responses = self.responses.iter();
        let responses = responses.filter_map(|response| response.body.as_ref());
        let results = self.long_running.iter();
        responses.chain(results.filter_map(|own| own.result.as_ref()))
    }
}
