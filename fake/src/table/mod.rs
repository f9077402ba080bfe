//! The table: what a fake knows about its service, as plain data.
//!
//! `arm_codegen` builds a [`Table`] from a description and writes it as `src/fake.json` of the
//! generated crate; the engine reads it back. Both use the types below.

mod behavior;
mod http_method;

pub use behavior::{
    ActionBehavior, Behavior, Immutable, ResourceBehavior, Secrets, ServiceError, Shares, States,
    Unique, Versions, Views,
};
pub use http_method::HttpMethod;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use std::collections::BTreeMap;

/// A service: its operations and schemas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Namespace of the resource provider, such as `Microsoft.MachineLearningServices`.
    pub provider: String,
    /// The API versions that requests may ask for, oldest first.
    pub versions: Vec<Version>,
    /// What the service does beyond its description.
    #[serde(default)]
    pub behavior: Behavior,
    /// The parameters of all operations, each once.
    pub parameters: Vec<Parameter>,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The named types.
    pub schemas: BTreeMap<String, Schema>,
}

/// An API version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The version as it stands in the query.
    pub name: String,
    /// The description that it follows; operations and members name descriptions by this number.
    pub shape: usize,
}

/// What an operation does to the resources of a fake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Reads a resource.
    Get,
    /// Tells whether a resource exists.
    Head,
    /// Creates or replaces a resource.
    Put,
    /// Changes a resource.
    Patch,
    /// Removes a resource.
    Delete,
    /// Lists resources.
    List,
    /// Everything else.
    Action,
}

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The operation ID, such as `Workspaces_Get`.
    pub id: String,
    /// HTTP method.
    pub method: HttpMethod,
    /// Path template.
    pub path: String,
    /// What it does.
    pub kind: Kind,
    /// Type of the resources at its path, such as `Microsoft.X/workspaces/jobs`.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// The shapes that have it; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<usize>>,
    /// Its parameters: positions in [`Table::parameters`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<usize>,
    /// The request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Answers of success, in the order of the description.
    pub answers: Vec<Success>,
    /// Whether the operation goes on after the first answer.
    #[serde(default, skip_serializing_if = "is_false")]
    pub long_running: bool,
    /// `final-state-via`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_state: Option<String>,
    /// How the answer is a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Where it stands in a request.
    #[serde(rename = "in")]
    pub location: ParameterLocation,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether a request needs it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether the value may have several segments (`x-ms-skip-url-encoding`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub raw: bool,
    /// The only value it can have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Limits of the value.
    #[serde(flatten)]
    pub limits: Limits,
}

/// Where a parameter stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether a request needs it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Content type.
    pub content: String,
}

/// An answer of success.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Success {
    /// Status code.
    pub status: u16,
    /// Type of the body.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<Type>,
    /// Names of the headers it may carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headers: Vec<String>,
}

/// How an answer is a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The member that holds the items.
    pub items: String,
    /// The member that links to the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schema {
    /// Another name of a type.
    Alias(Type),
    /// A choice of values.
    Choice(Choice),
    /// An object.
    Object(Object),
}

/// A choice of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Type of the values.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether other values are allowed too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// The values.
    pub values: Vec<Value>,
}

/// An object with the members of its bases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// Members by wire name.
    pub members: BTreeMap<String, Member>,
    /// Type of further members, when they are allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional: Option<Type>,
    /// All schemas that it derives from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<String>,
    /// How its kinds are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Discriminator>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The shapes that have it; all that have the object when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<usize>>,
    /// Whether every object has it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether null may stand in its place.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether only the service sets it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Whether it can be set at creation only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub create_only: bool,
    /// Whether answers never show it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Limits of the value.
    #[serde(flatten)]
    pub limits: Limits,
}

/// How the kinds of an object are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discriminator {
    /// The member that names the kind.
    pub member: String,
    /// Schemas by kind.
    pub kinds: BTreeMap<String, String>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// A schema of the table.
    Named(String),
    /// Text.
    Text(Text),
    /// A whole number of so many bits.
    Integer(u8),
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    List(Element),
    /// Values by name.
    Map(Element),
    /// Any JSON.
    Any,
    /// Bytes outside JSON.
    Binary,
}

/// What a list or map holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Box<Type>,
    /// Whether null may stand in its place.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Text {
    /// No format.
    Plain,
    /// A calendar date.
    Date,
    /// A point in time, RFC 3339.
    DateTime,
    /// A point in time, RFC 1123.
    Rfc1123,
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

/// Limits of a value: JSON Schema's validation keywords.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Shortest text, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<usize>,
    /// Longest text, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<usize>,
    /// An ECMAScript regular expression that the text matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Smallest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Number>,
    /// Largest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Number>,
    /// Whether the smallest number itself is out of range.
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive_minimum: bool,
    /// Whether the largest number itself is out of range.
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive_maximum: bool,
    /// The number is a multiple of this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of: Option<Number>,
    /// Fewest elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    /// Most elements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<usize>,
    /// Whether no element may occur twice.
    #[serde(skip_serializing_if = "is_false")]
    pub unique_items: bool,
}

impl Operation {
    /// The type of the first answer that has a body.
    pub fn answer_type(&self) -> Option<&Type> {
        self.answers.iter().find_map(|answer| answer.ty.as_ref())
    }

    /// The answer with a status.
    pub fn answer(&self, status: u16) -> Option<&Success> {
        self.answers.iter().find(|answer| answer.status == status)
    }

    /// The first of these statuses that the description has, or else its first.
    pub fn status(&self, preferred: &[u16]) -> u16 {
        let declared = |status: &&u16| self.answer(**status).is_some();
        let first = self.answers.first().map(|answer| answer.status);
        let preferred = preferred.iter().find(declared).copied();
        preferred.or(first).unwrap_or(200)
    }
}

impl Member {
    /// Whether the shape of a version has it.
    pub fn is_in(&self, shape: usize) -> bool {
        let versions = self.versions.as_ref();
        versions.is_none_or(|versions| versions.contains(&shape))
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
