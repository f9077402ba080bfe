//! The service model: everything decided, nothing left for the emitters to think about.
//!
//! Types are Rust source text; names are final; documentation is Markdown, not yet wrapped.

use crate::manifest::Packaging;
use arm_fake::table::Table;

/// A service, ready to be written down.
#[derive(Clone, Debug)]
pub struct Service {
    /// Name of the crate.
    pub crate_name: String,
    /// What the crate is part of.
    pub packaging: Packaging,
    /// Name of the service in prose.
    pub title: String,
    /// Name of the service in Rust.
    pub name: String,
    /// Name of the client type.
    pub client: String,
    /// Namespace of the resource provider.
    pub provider: String,
    /// Known API versions, oldest first.
    pub api_versions: Vec<String>,
    /// The API version that a client speaks by default.
    pub default_version: String,
    /// Rust name of the argument that every scope starts from, when the service has subscriptions.
    pub subscription: Option<Place>,
    /// Places in the hierarchy that operation groups hang on; the first is the client itself.
    pub scopes: Vec<Scope>,
    /// The parameters of scopes and operations, each once.
    pub parameters: Vec<Parameter>,
    /// Operation groups, by name.
    pub groups: Vec<Group>,
    /// Modules of models, by name.
    pub modules: Vec<Module>,
    /// Schemas of the description and the names of their types.
    pub schemas: Vec<(String, String)>,
    /// Readers of the headers that answers may carry.
    pub headers: Vec<HeaderReader>,
    /// Cargo features, all on by default.
    pub features: Vec<Feature>,
    /// What the front page shows.
    pub front: FrontPage,
    /// The table of the fake service.
    pub fake: Table,
}

/// Statements of programs for the front page, given a `client`.
#[derive(Clone, Debug, Default)]
pub struct FrontPage {
    /// Goes through a list.
    pub list: Option<String>,
    /// Waits for a long-running operation.
    pub begin: Option<String>,
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

/// A Cargo feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features that it turns on.
    pub needs: Vec<String>,
}

/// Part of a path template with the parameters in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The template.
    pub template: String,
    /// What fills its placeholders.
    pub parameters: Vec<Placeholder>,
}

/// A placeholder of a scope's template.
#[derive(Clone, Debug)]
pub struct Placeholder {
    /// Argument name.
    pub argument: String,
    /// The constant that describes the parameter.
    pub constant: String,
    /// What it is.
    pub docs: String,
}

/// A place in the hierarchy.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Name of its type.
    pub type_name: String,
    /// The method that leads to it.
    pub method: String,
    /// The client's method that makes it from a resource ID.
    pub from_id: String,
    /// Whether it lies outside subscriptions.
    pub tenant: bool,
    /// How its path goes on from the parent's.
    pub place: Place,
    /// Its path from the root, for scopes that are made from a resource ID.
    pub full_template: String,
    /// What it is.
    pub docs: String,
    /// The operation groups that hang on it: indices into [`Service::groups`].
    pub groups: Vec<usize>,
    /// The scopes below it: indices into [`Service::scopes`].
    pub children: Vec<usize>,
}

/// A constant that describes a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name of the constant.
    pub constant: String,
    /// Name on the wire.
    pub wire: String,
    /// Rules of its value.
    pub rules: Vec<Rule>,
    /// Whether the value stands in the URL as it is.
    pub skip_encoding: bool,
}

/// A rule that a value obeys.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// A request needs it.
    Required,
    /// Shortest text.
    MinLength(usize),
    /// Longest text.
    MaxLength(usize),
    /// Regular expression.
    Pattern(String),
    /// Smallest number.
    Minimum(String),
    /// Largest number.
    Maximum(String),
    /// The number is greater.
    ExclusiveMinimum(String),
    /// The number is less.
    ExclusiveMaximum(String),
    /// The number is a multiple.
    MultipleOf(String),
    /// Fewest elements.
    MinItems(usize),
    /// Most elements.
    MaxItems(usize),
    /// No element twice.
    UniqueItems,
}

/// An operation group and its client.
#[derive(Clone, Debug)]
pub struct Group {
    /// Name of the client type.
    pub type_name: String,
    /// Name of the module.
    pub module: String,
    /// Cargo feature.
    pub feature: String,
    /// The method that leads to it from its scope.
    pub accessor: String,
    /// Whether it hangs on the client itself and outside subscriptions.
    pub tenant: bool,
    /// What it is.
    pub docs: String,
    /// Its operations.
    pub methods: Vec<Method>,
    /// Models that its signatures name.
    pub models: Vec<String>,
}

/// A method of a group's client.
#[derive(Clone, Debug)]
pub struct Method {
    /// Its name.
    pub name: String,
    /// The operation id.
    pub operation: String,
    /// The method of the scope that starts the request: `get`, `put`, …
    pub verb: String,
    /// Path below the scope.
    pub template: String,
    /// The API version of this operation alone.
    pub api_version: Option<String>,
    /// The content type that is asked for, when it is not the usual.
    pub accept: Option<String>,
    /// What it does, what it takes, how it ends.
    pub docs: String,
    /// Arguments before the body.
    pub arguments: Vec<Argument>,
    /// The type of the body argument.
    pub body: Option<BodyArgument>,
    /// Parts of the request, in order.
    pub parts: Vec<Part>,
    /// How the request is sent.
    pub finish: Finish,
    /// Status codes of success.
    pub success: Vec<u16>,
    /// Its options.
    pub options: Options,
    /// The statements of a program that calls it, given a `client`.
    pub example: Option<String>,
    /// Whether the service advises against it.
    pub deprecated: bool,
}

/// An argument of a method.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: String,
}

/// The request body of a method.
#[derive(Clone, Debug)]
pub struct BodyArgument {
    /// Argument name, or name of the option when the body is optional.
    pub name: String,
    /// Type of the model, of JSON bodies.
    pub ty: String,
    /// The content type, of bodies that are not JSON.
    pub raw: Option<String>,
    /// The content type, of JSON bodies with another than the usual.
    pub json: Option<String>,
    /// Whether a request needs it.
    pub required: bool,
}

/// A part of a request.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it goes.
    pub place: PartPlace,
    /// Name on the wire.
    pub wire: String,
    /// The constant that describes it.
    pub constant: String,
    /// Where the value comes from.
    pub source: Source,
    /// How a list is written, of lists.
    pub list_style: Option<&'static str>,
}

/// Where a part of a request goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartPlace {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// It is in the scope's path already, and the operation has stricter rules for it.
    Scope,
}

/// Where the value of a part comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// An argument that is text.
    Text(String),
    /// An argument of another type.
    Value(String),
    /// An option.
    Option(String),
    /// A constant.
    Constant(String),
    /// A segment of the scope's path.
    Segment(usize),
}

/// How a request is sent and what comes back.
#[derive(Clone, Debug)]
pub enum Finish {
    /// One answer with a body of this type.
    Send(String),
    /// One answer without a body.
    SendEmpty,
    /// Whether something exists.
    Exists,
    /// One answer of bytes.
    Bytes,
    /// Pages of this type.
    Pager(String),
    /// A long-running operation; the type of its result, if it has one, and `final-state-via`.
    Poller(Option<String>, Option<&'static str>),
}

/// The options of a method.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the type.
    pub type_name: String,
    /// Type of `method_options`.
    pub method_options: &'static str,
    /// The runtime's type with nothing but `method_options`.
    pub bare: &'static str,
    /// Optional parameters.
    pub fields: Vec<Field>,
}

/// A module of models.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub docs: String,
    /// Cargo features any of which needs it; empty when it is always there.
    pub features: Vec<String>,
    /// Its types.
    pub items: Vec<Item>,
    /// Names it uses from elsewhere.
    pub imports: Imports,
}

/// What a module of models needs from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Imports {
    /// Models of other modules.
    pub models: Vec<String>,
    /// Types of the runtime.
    pub runtime: Vec<String>,
    /// Whether it has maps.
    pub maps: bool,
}

/// A type.
#[derive(Clone, Debug)]
pub enum Item {
    /// An object.
    Struct(Struct),
    /// A choice of values.
    Enum(Enum),
    /// A choice of kinds.
    Union(Union),
    /// Another name of a type.
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

/// An object.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Members with a fixed value: the discriminators.
    pub constants: Vec<(String, String)>,
    /// Name and type of the field for members without a name of their own.
    pub rest: Option<(String, String)>,
    /// Arguments of `new`.
    pub required: Vec<NewArgument>,
    /// How it is a page of a list.
    pub page: Option<Page>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Its type.
    pub ty: String,
    /// What it is.
    pub docs: String,
    /// Rules of its value.
    pub rules: Vec<Rule>,
}

/// An argument of `new`.
#[derive(Clone, Debug)]
pub struct NewArgument {
    /// The field that it sets.
    pub field: String,
    /// Its type, which converts into the field's.
    pub ty: String,
}

/// How a struct is a page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Field with the items.
    pub items: String,
    /// Field with the link to the next page.
    pub next_link: Option<String>,
    /// Type of an item.
    pub item: String,
}

/// A choice of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// The type of the values when they are numbers.
    pub number: Option<&'static str>,
    /// Whether values may come that are not listed.
    pub open: bool,
    /// Whether some value has documentation that says more than its name.
    pub documented: bool,
    /// Its values.
    pub variants: Vec<Variant>,
}

/// A value of an enum or a kind of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// On the wire: text, or a number's digits.
    pub wire: String,
    /// What it means.
    pub docs: String,
    /// The struct, of a union's kind.
    pub payload: Option<String>,
}

/// A choice of kinds.
#[derive(Clone, Debug)]
pub struct Union {
    /// Its name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Wire name of the member that names the kind.
    pub discriminator: String,
    /// Its kinds.
    pub variants: Vec<Variant>,
}

/// Another name of a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// The type.
    pub ty: String,
}

/// A reader of a header.
#[derive(Clone, Debug)]
pub struct HeaderReader {
    /// Method name.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Type that the value is parsed to.
    pub ty: String,
    /// What it is, and which operations send it.
    pub docs: String,
}
