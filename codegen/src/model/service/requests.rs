//! What the requests of a method are made of: bodies and other parts.

use super::rust_type::RustType;

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
    /// Whether a value without a constant is written into the URL without percent-encoding.
    pub skip_encoding: bool,
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
    /// In the place of the path: a link.
    Link,
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
