//! Modules of models and the types in them.

use super::{parameters::Rule, rust_type::RustType};
use serde_json::Number;

/// A module of models.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the module, in snake case.
    pub name: String,
    /// Documentation of the module.
    pub docs: String,
    /// Cargo features of which any needs the module; empty if it has no condition.
    pub features: Vec<String>,
    /// Its types.
    pub items: Vec<ModuleItem>,
}

impl Module {
    /// Returns all types of the module.
    pub fn types(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().map(|own| &own.item)
    }
}

/// A type in a module.
#[derive(Clone, Debug)]
pub struct ModuleItem {
    /// The type.
    pub item: Item,
    /// Cargo features of which any needs the type; empty if it has no condition other than that of
    /// the module.
    pub features: Vec<String>,
    /// Whether only features of previews need it.
    pub is_preview: bool,
}

/// A type of the generated crate.
#[derive(Clone, Debug)]
pub enum Item {
    /// An object with named members.
    Struct(Struct),
    /// An enumeration of values.
    Enum(Enum),
    /// An object with a discriminator: one of several structs.
    Union(Union),
    /// Another name for a type.
    Alias(Alias),
}

impl Item {
    /// Returns the name of the type.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(item) => &item.name,
            Self::Enum(item) => &item.name,
            Self::Union(item) => &item.name,
            Self::Alias(item) => &item.name,
        }
    }
}

/// An object with named members.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Fields, in the order of the description.
    pub fields: Vec<Field>,
    /// Discriminators whose value the type fixes.
    pub constants: Vec<Constant>,
    /// Name and type of the field for additional properties.
    pub rest: Option<(String, RustType)>,
    /// Arguments of `new`: the required fields.
    pub required: Vec<NewArgument>,
    /// The page of a list that the struct is, if it is one.
    pub page: Option<Page>,
}

impl Struct {
    /// Returns the name of the field for a member, if it can hold the link to the next page.
    pub fn link(&self, wire: &str) -> Option<&str> {
        let mut fields = self.fields.iter();
        let field = fields.find(|field| field.wire == wire)?;
        (field.ty == RustType::String.optional()).then_some(&*field.name)
    }

    /// Returns the type of the runtime for which the struct is another name, if there is one.
    pub fn same_as(&self) -> Option<&RustType> {
        self.page.as_ref()?.same_as.as_ref()
    }
}

/// A member whose value a struct fixes, such as a discriminator.
#[derive(Clone, Debug)]
pub struct Constant {
    /// Name of the member on the wire.
    pub wire: String,
    /// Value of the member.
    pub value: String,
    /// The API versions that have the value, oldest first, when all of them are previews and the
    /// union is not.
    pub previews: Vec<String>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name of the field, in snake case.
    pub name: String,
    /// Name of the member or parameter, when the field is called otherwise.
    pub alias: Option<String>,
    /// Name of the member on the wire.
    pub wire: String,
    /// Type of the field.
    pub ty: RustType,
    /// Documentation of the field.
    pub docs: String,
    /// Rules that values obey.
    pub rules: Vec<Rule>,
}

/// An argument of `new`.
#[derive(Clone, Debug)]
pub struct NewArgument {
    /// Name of the field that the argument sets.
    pub field: String,
    /// Type of the argument, which converts into that of the field.
    pub ty: RustType,
}

/// The fields that make a struct a page of a list.
#[derive(Clone, Debug)]
pub struct Page {
    /// Name of the field that holds the items.
    pub items: String,
    /// Name of the field that holds the link to the next page.
    pub next_link: Option<String>,
    /// Type of an item.
    pub item: RustType,
    /// The type of the runtime that has the same members, if there is one. The page is another name
    /// for it.
    pub same_as: Option<RustType>,
}

/// An enumeration of values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Type of the values when they are numbers.
    pub number: Option<RustType>,
    /// Whether the service may send values that are not listed.
    pub open: bool,
    /// Name of the runtime's macro that declares it.
    pub form: &'static str,
    /// Values, in the order of the description.
    pub values: Vec<EnumValue>,
}

/// A value of an enumeration.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Name of the variant.
    pub name: String,
    /// The value, when the variant is called otherwise.
    pub alias: Option<String>,
    /// The value on the wire.
    pub wire: WireValue,
    /// Documentation of the variant; empty if no value of the enumeration has any that says more
    /// than its name, which the runtime's macros write by themselves.
    pub docs: String,
    /// The API versions that have the value, oldest first, when all of them are previews and the
    /// enumeration is not; of strings.
    pub previews: Vec<String>,
}

/// The value of an enumeration in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum WireValue {
    /// A string.
    Text(String),
    /// A number.
    Number(Number),
}

/// An object with a discriminator: an enum of the structs that it can be.
#[derive(Clone, Debug)]
pub struct Union {
    /// Name of the type.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the type.
    pub docs: String,
    /// Wire name of the discriminator.
    pub discriminator: String,
    /// The kinds, which are its variants.
    pub kinds: Vec<UnionKind>,
    /// The members that all kinds have.
    pub members: Vec<UnionMember>,
    /// Unions of some of the kinds, which convert into it.
    pub parts: Vec<UnionPart>,
}

/// A union of some of the kinds of another one.
#[derive(Clone, Debug)]
pub struct UnionPart {
    /// Name of the type.
    pub name: String,
    /// Its variants, each with the variant of the other union that it becomes.
    pub variants: Vec<(String, String)>,
}

/// A member that all kinds of a union have.
#[derive(Clone, Debug)]
pub struct UnionMember {
    /// Name of the accessor.
    pub name: String,
    /// Name on the wire.
    pub wire: String,
    /// Return type of the accessor.
    pub ty: RustType,
    /// Documentation of the accessor.
    pub docs: String,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionKind {
    /// Name of the variant.
    pub name: String,
    /// The value of the discriminator, when the variant is called otherwise.
    pub alias: Option<String>,
    /// Value of the discriminator.
    pub wire: String,
    /// Documentation of the variant.
    pub docs: String,
    /// Name of the type that the variant holds.
    pub model: String,
    /// Models that convert into that type, if it is a union with another discriminator.
    pub inner: Vec<String>,
}

/// Another name for a type.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Name of the alias.
    pub name: String,
    /// Name of the schema, when the type is called otherwise.
    pub alias: Option<String>,
    /// Documentation of the alias.
    pub docs: String,
    /// The type of the alias.
    pub ty: RustType,
}
