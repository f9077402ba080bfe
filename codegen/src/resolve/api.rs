//! The resolved description: plain data, no references into a file, inheritance flattened.

use crate::{http_method::HttpMethod, path_template::PathTemplate};
use indexmap::IndexMap;
use serde_json::{Number, Value};

/// A service as one or several API versions describe it.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The API versions that were merged, oldest first.
    pub versions: Vec<String>,
    /// Name of the service in prose.
    pub title: String,
    /// Where the service lives unless a client says otherwise.
    pub endpoint: String,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The named types, in the order of the description.
    pub schemas: IndexMap<String, Schema>,
}

/// In which API versions something exists: positions in [`Api::versions`].
pub type Presence = Vec<usize>;

/// A named type.
#[derive(Clone, Debug)]
pub struct Schema {
    /// What it is.
    pub description: Option<String>,
    /// Its shape.
    pub shape: Shape,
    /// The versions that have it.
    pub presence: Presence,
}

/// The shape of a named type.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Members with names.
    Object(Object),
    /// A choice of values.
    Enumeration(Enumeration),
    /// Another name for a type.
    Alias(Type),
}

/// An object with the members of its bases.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Members by wire name, those of the bases first.
    pub properties: IndexMap<String, Property>,
    /// The type of further members, when they are allowed beside the named ones.
    pub additional: Option<Type>,
    /// All schemas that this one derives from, nearest first.
    pub ancestors: Vec<String>,
    /// How kinds of this object are told apart.
    pub discriminator: Option<Discriminator>,
    /// The value by which a base's discriminator names this schema.
    pub discriminator_value: Option<String>,
}

/// How the kinds of a base are told apart.
#[derive(Clone, Debug)]
pub struct Discriminator {
    /// Wire name of the member that names the kind.
    pub property: String,
    /// Kinds on the wire and the schemas they stand for.
    pub mapping: IndexMap<String, String>,
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub description: Option<String>,
    /// Whether every object has it.
    pub required: bool,
    /// Whether null may stand in its place.
    pub nullable: bool,
    /// Whether only the service sets it.
    pub read_only: bool,
    /// Whether it can be set at creation only.
    pub create_only: bool,
    /// Whether it must not be shown.
    pub secret: bool,
    /// What the service takes when it is absent.
    pub default: Option<Value>,
    /// Rules that its value obeys.
    pub rules: Rules,
    /// The versions that have it.
    pub presence: Presence,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A named type.
    Named(String),
    /// Text.
    String(Format),
    /// A whole number of so many bits.
    Integer(u8),
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    Array(Box<Element>),
    /// Values by name.
    Map(Box<Element>),
    /// Any JSON.
    Any,
    /// Bytes as they are, outside JSON.
    Binary,
}

/// What a list or map holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// The type.
    pub ty: Type,
    /// Whether null may stand in its place.
    pub nullable: bool,
}

/// What text means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Just text.
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
    /// Text that must not be shown.
    Password,
}

/// Rules that a value obeys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// Shortest text, in characters.
    pub min_length: Option<usize>,
    /// Longest text, in characters.
    pub max_length: Option<usize>,
    /// An ECMAScript regular expression that the text matches.
    pub pattern: Option<String>,
    /// Smallest number.
    pub minimum: Option<Number>,
    /// Largest number.
    pub maximum: Option<Number>,
    /// Whether the smallest number itself is out of range.
    pub exclusive_minimum: bool,
    /// Whether the largest number itself is out of range.
    pub exclusive_maximum: bool,
    /// The number is a multiple of this.
    pub multiple_of: Option<Number>,
    /// Fewest elements.
    pub min_items: Option<usize>,
    /// Most elements.
    pub max_items: Option<usize>,
    /// Whether no element may occur twice.
    pub unique_items: bool,
}

/// A choice of values.
#[derive(Clone, Debug)]
pub struct Enumeration {
    /// The type of the values.
    pub ty: Type,
    /// Whether the service may send values that the description does not name.
    pub open: bool,
    /// The values.
    pub values: Vec<EnumValue>,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Value,
    /// The name that the description gives it, when it differs from the value.
    pub name: Option<String>,
    /// What it means.
    pub description: Option<String>,
    /// The versions that have it.
    pub presence: Presence,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The operation id, such as `BatchEndpoints_Get`.
    pub id: String,
    /// The first tag.
    pub tag: Option<String>,
    /// HTTP method.
    pub method: HttpMethod,
    /// The path.
    pub path: PathTemplate,
    /// The API version that it alone has, when it is not the description's.
    pub api_version: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Parameters in path, query and headers.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Success answers by status code, in the order of the description.
    pub responses: Vec<Response>,
    /// How the final state is found, when the operation is long-running.
    pub long_running: Option<LongRunning>,
    /// How pages follow each other, when the answer is a list.
    pub pageable: Option<Pageable>,
    /// Whether the service advises against it.
    pub deprecated: bool,
    /// The versions that have it.
    pub presence: Presence,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// How a list is written in a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// Separated by commas.
    Commas,
    /// Separated by spaces.
    Spaces,
    /// Separated by tabs.
    Tabs,
    /// Separated by bars.
    Pipes,
    /// The parameter repeated.
    Repeated,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Name that the description proposes to clients.
    pub client_name: Option<String>,
    /// Where it stands.
    pub location: ParameterLocation,
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub description: Option<String>,
    /// Whether a request needs it.
    pub required: bool,
    /// What the service takes when it is absent.
    pub default: Option<Value>,
    /// Rules that its value obeys.
    pub rules: Rules,
    /// How a list is written.
    pub list_style: ListStyle,
    /// Whether the value stands in the URL as it is.
    pub skip_encoding: bool,
    /// The only value it can have.
    pub constant: Option<String>,
    /// The versions that have it.
    pub presence: Presence,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Parameter name.
    pub name: String,
    /// Content type.
    pub content_type: String,
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub description: Option<String>,
    /// Whether a request needs it.
    pub required: bool,
}

/// A success answer.
#[derive(Clone, Debug)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// What it means.
    pub description: String,
    /// Type of its body.
    pub body: Option<Type>,
    /// Content type of its body.
    pub content_type: Option<String>,
    /// Headers it may carry.
    pub headers: Vec<Header>,
}

/// A header of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Name on the wire.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub description: Option<String>,
}

/// How a long-running operation ends.
#[derive(Clone, Debug, Default)]
pub struct LongRunning {
    /// `final-state-via`, when the description says.
    pub final_state: Option<String>,
    /// Type of the final result, when the description says.
    pub result: Option<Type>,
}

/// How pages follow each other.
#[derive(Clone, Debug)]
pub struct Pageable {
    /// Wire name of the member that holds the items.
    pub items: String,
    /// Wire name of the member that links to the next page.
    pub next_link: Option<String>,
}

impl Parameter {
    /// Whether the value is plain text.
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::String(_))
    }
}
