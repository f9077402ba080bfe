//! The contents of requests: bodies and other parts.

use super::rust_type::RustType;

/// The request body of a method.
#[derive(Clone, Debug)]
pub struct BodyArgument {
    /// Name of the argument, or of the option if the body is optional.
    pub name: String,
    /// Type of the body; for JSON, the type of the model.
    pub ty: RustType,
    /// Kind of the body.
    pub kind: BodyKind,
    /// Whether the body must be present in requests.
    pub required: bool,
}

impl BodyArgument {
    /// Returns whether methods are generic over the form in which callers pass the body.
    pub fn is_generic(&self) -> bool {
        self.required && matches!(self.kind, BodyKind::Json(_))
    }
}

/// The kind of a request body.
#[derive(Clone, Debug, PartialEq)]
pub enum BodyKind {
    /// JSON, with the content type if it is not `application/json`.
    Json(Option<String>),
    /// Text of this content type.
    Text(String),
    /// Bytes of this content type.
    Bytes(String),
    /// One of several content types, which the caller chooses.
    Choice(BodyEnum),
}

/// The enum of the bodies that a method accepts, one variant for each content type.
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
    /// Content type; the caller completes one with a `*`.
    pub content_type: String,
    /// Type of the model, for JSON.
    pub json: Option<RustType>,
    /// Whether the body is text.
    pub is_text: bool,
    /// Documentation of the variant.
    pub docs: String,
}

impl BodyEnum {
    /// Returns whether the enum borrows a model.
    pub fn borrows(&self) -> bool {
        self.variants.iter().any(|variant| variant.json.is_some())
    }
}

/// A part of a request: a parameter and its value.
#[derive(Clone, Debug)]
pub struct RequestPart {
    /// Location of the parameter in the request.
    pub location: PartLocation,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Name of the constant that describes the parameter, if it has rules.
    pub constant: Option<String>,
    /// Whether a value without a constant is written into the URL without percent-encoding.
    pub skip_encoding: bool,
    /// Source of the value.
    pub value: PartValue,
    /// Style of a list, for parameters that are lists.
    pub list_style: Option<ListStyle>,
}

/// The location of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartLocation {
    /// In the path: zero-based index of the placeholder in the whole path.
    Path(usize),
    /// In the place of the path: a link.
    Link,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In the form that the body is.
    Form,
    /// In the form that the body is, as one or several files.
    FormFile,
    /// In the path of the scope, which has set it; the rules of the operation are stricter.
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

/// The source of a parameter's value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PartValue {
    /// The argument with this name, which is text.
    Text(String),
    /// The argument with this name, which is a list.
    List(String),
    /// The argument with this name, of another type.
    Value(String),
    /// The option with this name.
    Option(String),
    /// The segment of the scope's path at this index.
    Segment(usize),
}

impl PartValue {
    /// Returns the name of the argument or option.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Text(name) | Self::List(name) | Self::Value(name) | Self::Option(name) => {
                Some(name)
            }
            Self::Segment(_) => None,
        }
    }
}

/// The style of a list in a request.
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
    /// Returns the name of the variant in the runtime.
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
