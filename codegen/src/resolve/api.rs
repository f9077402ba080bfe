//! The resolved description: plain data, no references into a file, inheritance flattened.

use crate::{http_method::HttpMethod, note::Note, path_template::PathTemplate};
use indexmap::IndexMap;
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// A service as one or more API versions describe it.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The API versions that were merged, oldest first.
    pub versions: Vec<Version>,
    /// Name of the service in prose.
    pub title: String,
    /// URL of the service, unless a client has another; with placeholders, without the path that all
    /// operations begin with.
    pub endpoint: String,
    /// The parameters of the URL's placeholders, in their order.
    pub endpoint_parameters: Vec<Parameter>,
    /// Descriptions of tags, Markdown.
    pub tags: BTreeMap<String, String>,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The named types, in the order of the description.
    pub schemas: IndexMap<String, Schema>,
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

/// The API versions that have something: positions in [`Api::versions`].
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
    /// Another name for a type.
    Alias(Type),
}

/// An object; members of its bases are its own.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Members by wire name, those of the bases first.
    pub properties: IndexMap<String, Property>,
    /// Type of additional properties, when they are allowed.
    pub additional: Option<Type>,
    /// Names of all schemas that this one derives from, nearest first.
    pub ancestors: Vec<String>,
    /// Discriminator, when the object is a base.
    pub discriminator: Option<Discriminator>,
    /// Value of a base's discriminator for this schema.
    pub discriminator_value: Option<String>,
}

/// How the schemas that derive from a base are told apart.
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
    /// Whether there is one value, of which nothing says that there may be others.
    pub is_constant: bool,
    /// Values, in the order of the description.
    pub values: Vec<EnumValue>,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Value,
    /// The name that the description gives it, when it differs from the value.
    pub name: Option<String>,
    /// Description of the value, Markdown.
    pub description: Option<String>,
    /// The API versions that have the value.
    pub presence: Presence,
}

/// An operation: an HTTP method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation id, such as `BatchEndpoints_Get`.
    pub id: String,
    /// First tag.
    pub tag: Option<String>,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path, with the base path of the server.
    pub path: PathTemplate,
    /// API version that requests are sent with.
    pub api_version: ApiVersion,
    /// Description of the operation, Markdown.
    pub description: Option<String>,
    /// Parameters in path, query and headers.
    pub parameters: Vec<Parameter>,
    /// Request body, which is no form.
    pub body: Option<Body>,
    /// How the form is encoded whose fields are among the parameters.
    pub form: Option<FormEncoding>,
    /// Responses of success by status code, in the order of the description.
    pub responses: Vec<Response>,
    /// Models of errors that say more than those of the ARM RPC's contract.
    pub errors: Vec<ErrorResponse>,
    /// Whether the description lists 404 as a response.
    pub may_be_missing: bool,
    /// How the final state is found, of long-running operations.
    pub long_running: Option<LongRunning>,
    /// How pages follow each other, of operations that list.
    pub pageable: Option<Pageable>,
    /// Whether the description marks the operation as deprecated.
    pub deprecated: bool,
    /// The API versions that have the operation.
    pub presence: Presence,
}

/// The API version that requests of an operation are sent with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ApiVersion {
    /// That of the client.
    #[default]
    Client,
    /// This one, which is not the description's.
    Own(String),
    /// None: the operation has no such parameter.
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

/// How a form is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormEncoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    UrlEncoded,
}

/// How a list is written in a parameter.
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
    /// Which placeholder of the path that the description has is the parameter's, from 0 on; 0
    /// outside of the path.
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
    /// How a list is written, of parameters that are lists.
    pub list_style: ListStyle,
    /// Whether values are written into the URL without percent-encoding.
    pub skip_encoding: bool,
    /// Whether the value is a link, which takes the place of the whole path.
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
    /// The content types that a caller can choose from; none where there is only one.
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

/// A response of success.
#[derive(Clone, Debug)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Description of the response, Markdown.
    pub description: String,
    /// Type of the body, when there is one.
    pub body: Option<Type>,
    /// Content type of the body.
    pub content_type: Option<String>,
    /// Whether the body is text that is not JSON; its type is [`Type::Binary`] then.
    pub is_text: bool,
    /// Headers that the response may have.
    pub headers: Vec<Header>,
}

/// A response of failure.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// Status code; all that have none of their own unless given.
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
    /// What the names of all headers begin with that are meant, if the header stands for several.
    pub prefix: Option<String>,
    /// Description of the header, Markdown.
    pub description: Option<String>,
}

/// How a long-running operation ends.
#[derive(Clone, Debug, Default)]
pub struct LongRunning {
    /// Value of `final-state-via`, when the description has it.
    pub final_state: Option<String>,
    /// Type of the final result, when the description has `final-state-schema`.
    pub result: Option<Type>,
}

/// How pages follow each other.
#[derive(Clone, Debug)]
pub struct Pageable {
    /// Wire name of the member that holds the items.
    pub items: String,
    /// Wire name of the member that links to the next page.
    pub next_link: Option<String>,
    /// The operation that returns the next pages; if there is none, links are followed.
    pub next_operation: Option<NextOperation>,
}

/// An operation that returns the next pages of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextOperation {
    /// ID of the operation.
    pub id: String,
    /// Wire name of its parameter that takes the link or token.
    pub link: String,
    /// Where that parameter is in a request.
    pub location: ParameterLocation,
    /// Whether it is sent with the body of the first operation.
    pub has_body_of_first: bool,
}

impl Api {
    /// Whether only previews have something.
    pub fn is_preview(&self, presence: &Presence) -> bool {
        !presence.is_empty() && presence.iter().all(|&at| self.versions[at].preview)
    }

    /// Names of the API versions that have something, oldest first.
    pub fn version_names(&self, presence: &Presence) -> Vec<&str> {
        let versions = presence.iter().flat_map(|&at| &self.versions[at].names);
        versions.map(String::as_str).collect()
    }

    /// Names of the API versions that have something, if all of them are previews and only some
    /// of those that have its owner; else none.
    pub fn previews(&self, presence: &Presence, owner: Option<&Presence>) -> Vec<String> {
        if !self.is_preview(presence) || owner.is_some_and(|owner| self.is_preview(owner)) {
            return Vec::new();
        }
        let names = self.version_names(presence).into_iter();
        names.map(str::to_owned).collect()
    }
}

impl Parameter {
    /// Whether the client itself gives the value: its API version.
    pub fn is_api_version(&self) -> bool {
        self.location == ParameterLocation::Query && self.name == "api-version"
    }

    /// Whether the value is plain text.
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::String(_))
    }
}

impl Schema {
    /// The types of what it holds, without the kinds of a base.
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

    /// The schemas of its kinds, of a base.
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
    /// The schema that it names, or that its elements name.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(element) | Self::Map(element) => element.ty.schema(),
            _ => None,
        }
    }
}

impl Operation {
    /// The types that it sends and gets.
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

    /// The type that a long-running operation ends with: the one that it names, that of 200 or 204,
    /// or that of another response.
    pub fn final_result(&self) -> Option<&Type> {
        let named = self.long_running.as_ref()?.result.as_ref();
        let with_body = self.responses.iter().filter(|own| own.body.is_some());
        let response = with_body.min_by_key(|own| !matches!(own.status, 200 | 204));
        named.or(response.and_then(|own| own.body.as_ref()))
    }

    /// The types that it gets.
    pub fn results(&self) -> impl Iterator<Item = &Type> {
        let responses = self.responses.iter();
        let responses = responses.filter_map(|response| response.body.as_ref());
        let results = self.long_running.iter();
        responses.chain(results.filter_map(|own| own.result.as_ref()))
    }
}
