//! The table: the description of a service for the fake, as plain data.
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
    /// The supported API versions, oldest first.
    pub versions: Vec<Version>,
    /// Behavior of the service beyond its description.
    #[serde(default)]
    pub behavior: Behavior,
    /// The parameters of all operations, without duplicates.
    pub parameters: Vec<Parameter>,
    /// The operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The named types.
    pub schemas: BTreeMap<String, Schema>,
}

/// An API version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// The version as it is written in the query.
    pub name: String,
    /// The description that it uses; operations and members refer to descriptions by this number.
    pub shape: usize,
}

/// The effect of an operation on the resources of a fake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Reads a resource.
    Get,
    /// Checks whether a resource exists.
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
    /// Its effect.
    pub kind: Kind,
    /// Type of the resources at its path, such as `Microsoft.X/workspaces/jobs`.
    #[serde(rename = "type")]
    pub resource_type: String,
    /// The descriptions that have it; absent means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<usize>>,
    /// The API version of its requests; absent means that of a description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api_version: Option<OperationVersion>,
    /// Its parameters as indexes into [`Table::parameters`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<usize>,
    /// The request body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
    /// Success responses, in the order of the description.
    pub responses: Vec<Success>,
    /// Whether the operation is long-running.
    #[serde(default, skip_serializing_if = "is_false")]
    pub long_running: bool,
    /// `final-state-via`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub final_state: Option<String>,
    /// The members of a list in the response, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
}

/// The API version of requests that do not have that of a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OperationVersion {
    /// None: the operation has no such parameter.
    None,
    /// This one, which its parameter fixes.
    Own(String),
}

/// A parameter of an operation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Its location in a request.
    #[serde(rename = "in")]
    pub location: ParameterLocation,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it is required.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether the value may have several segments (`x-ms-skip-url-encoding`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub raw: bool,
    /// The only allowed value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// Limits of the value.
    #[serde(flatten)]
    pub limits: Limits,
}

/// The location of a parameter in a request.
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
    /// Whether it is required.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Content type.
    pub content: String,
}

/// A success response.
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

/// The members of a list in a response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The member that contains the items.
    pub items: String,
    /// The member that links to the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A named type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schema {
    /// An alias of a type.
    Alias(Type),
    /// An enum.
    Choice(Choice),
    /// An object.
    Object(Object),
}

/// An enum.
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
    /// The descriptions that have a text, of those that not all have that have the enum.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub versions: BTreeMap<String, Vec<usize>>,
}

/// An object, including the members of its bases.
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
    /// Its discriminator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Discriminator>,
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// The descriptions that have it; absent means all that have the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Vec<usize>>,
    /// Whether it is required.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether null is allowed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether only the service sets it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Whether it can only be set at creation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub create_only: bool,
    /// Whether responses never contain it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub secret: bool,
    /// Limits of the value.
    #[serde(flatten)]
    pub limits: Limits,
}

/// The discriminator of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discriminator {
    /// The member that contains the kind.
    pub member: String,
    /// Schemas by kind.
    pub kinds: BTreeMap<String, String>,
    /// The descriptions that have a kind, of those that not all have that have the object.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub versions: BTreeMap<String, Vec<usize>>,
}

/// A type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// A schema of the table.
    Named(String),
    /// Text.
    Text(Text),
    /// A whole number with this many bits.
    Integer(u8),
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A list.
    List(Element),
    /// A map from strings.
    Map(Element),
    /// Any JSON value.
    Any,
    /// Bytes that are not JSON.
    Binary,
}

/// The element type of a list or map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// The type.
    #[serde(rename = "type")]
    pub ty: Box<Type>,
    /// Whether null is allowed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
}

/// The format of a string.
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
    /// A secret, which must not be displayed.
    Password,
}

/// Limits of a value: validation keywords of JSON Schema.
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
    /// Whether the minimum itself is excluded.
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive_minimum: bool,
    /// Whether the maximum itself is excluded.
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
    /// Whether all elements must be different.
    #[serde(skip_serializing_if = "is_false")]
    pub unique_items: bool,
}

impl Operation {
    /// Returns the type of the first response that has a body.
    pub fn response_type(&self) -> Option<&Type> {
        self.responses
            .iter()
            .find_map(|response| response.ty.as_ref())
    }

    /// Returns the response with a status.
    pub fn response(&self, status: u16) -> Option<&Success> {
        self.responses
            .iter()
            .find(|response| response.status == status)
    }

    /// Returns the first of these statuses that the description has, or else its first.
    pub fn status(&self, preferred: &[u16]) -> u16 {
        let declared = |status: &&u16| self.response(**status).is_some();
        let first = self.responses.first().map(|response| response.status);
        let preferred = preferred.iter().find(declared).copied();
        preferred.or(first).unwrap_or(200)
    }
}

impl Member {
    /// Returns whether the description with this number has it.
    pub fn is_in(&self, shape: usize) -> bool {
        let versions = self.versions.as_ref();
        versions.is_none_or(|versions| versions.contains(&shape))
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
