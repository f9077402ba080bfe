//! What comes back from a call: results, long-running operations, pages and headers.

use super::rust_type::RustType;

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
    /// Type that the value is parsed to; of a map, the values have any form.
    pub ty: RustType,
    /// What the names of the headers begin with that a map is of.
    pub prefix: Option<String>,
    /// Cargo features any of which the type needs; empty when it is always there.
    pub features: Vec<String>,
    /// Documentation of the method.
    pub docs: String,
}
