//! Resolves schemas to types.

use super::{
    api::{
        Discriminator, Element, EnumValue, Enumeration, Format, Object, Property, Rules, Schema,
        Shape, Type,
    },
    flat_schema::{FlatSchema, flatten},
};
use crate::{
    description::Description,
    json_pointer::JsonPointer,
    names,
    problem::{Problem, Problems},
};
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema as Source, SchemaData};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    ptr,
};

/// Makes the name of an item, which inline types inside it are named after. Few types are inline, so
/// that most of these names are not needed.
pub(super) type ItemName<'a> = &'a dyn Fn() -> String;

/// Resolves the schemas of one description.
pub(super) struct Resolver<'a> {
    description: &'a Description,
    version: usize,
    problems: &'a mut Problems,
    schemas: IndexMap<String, Schema>,
    /// The names of inline types, by the addresses of their sources: bases are visited once for
    /// each schema that derives from them.
    hoisted: HashMap<usize, String>,
    /// Inline types whose usual name is that of another schema: that name, by the chosen one.
    renamed: BTreeMap<String, String>,
}

impl<'a> Resolver<'a> {
    /// Resolves all named schemas.
    pub(super) fn new(
        description: &'a Description,
        version: usize,
        problems: &'a mut Problems,
    ) -> Self {
        let mut resolver = Self {
            description,
            version,
            problems,
            schemas: IndexMap::new(),
            hoisted: HashMap::new(),
            renamed: BTreeMap::new(),
        };
        let components = description.api.components.as_ref();
        for (name, source) in components.iter().flat_map(|all| &all.schemas) {
            let schema = match source {
                ReferenceOr::Reference { reference } => Schema {
                    description: None,
                    shape: Shape::Alias(Type::Named(schema_name(reference))),
                    presence: vec![version],
                },
                ReferenceOr::Item(source) => resolver.schema(name, source),
            };
            resolver.schemas.insert(name.clone(), schema);
        }
        resolver
    }

    /// Returns all types, including inline ones, and the usual names of those that have another
    /// one.
    pub(super) fn finish(self) -> (IndexMap<String, Schema>, BTreeMap<String, String>) {
        (self.schemas, self.renamed)
    }

    /// Reports what cannot be resolved.
    pub(super) fn report(&mut self, pointer: JsonPointer, message: String) {
        let problem = Problem::new(&self.description.file, pointer, message);
        self.problems.push(problem);
    }

    /// Index of the description's version.
    pub(super) fn version(&self) -> usize {
        self.version
    }

    /// Returns the schema itself, or the target of its references.
    pub(super) fn schema_of(&self, source: &'a ReferenceOr<Source>) -> Option<&'a Source> {
        match source {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => self.source(&schema_name(reference)),
        }
    }

    /// Returns the type of a schema inside an item with the name that `context` makes.
    pub(super) fn ty(&mut self, source: &ReferenceOr<Source>, context: ItemName<'_>) -> Type {
        match source {
            ReferenceOr::Reference { reference } => Type::Named(schema_name(reference)),
            ReferenceOr::Item(schema) => self.inline(schema, context),
        }
    }

    /// Returns the type of a borrowed schema; see [`Resolver::ty`].
    pub(super) fn borrowed(&mut self, source: ReferenceOr<&Source>, context: ItemName<'_>) -> Type {
        match source {
            ReferenceOr::Reference { reference } => Type::Named(schema_name(&reference)),
            ReferenceOr::Item(schema) => self.inline(schema, context),
        }
    }

    fn source(&self, name: &str) -> Option<&'a Source> {
        match self
            .description
            .api
            .components
            .as_ref()?
            .schemas
            .get(name)?
        {
            ReferenceOr::Item(source) => Some(source),
            ReferenceOr::Reference { reference } => self.source(&schema_name(reference)),
        }
    }

    fn schema(&mut self, name: &str, source: &Source) -> Schema {
        let flat = flatten(source);
        let shape = if is_enumeration(&flat) {
            Shape::Enumeration(self.enumeration(source, &flat))
        } else if is_object(source, &flat) {
            Shape::Object(self.object(name, source))
        } else {
            Shape::Alias(self.plain(source, &flat, &|| name.to_owned()))
        };
        Schema {
            description: with_values(source.schema_data.description.clone(), &flat),
            shape,
            presence: vec![self.version],
        }
    }

    fn inline(&mut self, source: &Source, context: ItemName<'_>) -> Type {
        let flat = flatten(source);
        if let [ReferenceOr::Reference { reference }] = flat.all_of
            && flat.properties.is_empty()
        {
            return Type::Named(schema_name(reference));
        }
        let key = ptr::from_ref(source).addr();
        if let Some(name) = self.hoisted.get(&key) {
            return Type::Named(name.clone());
        }
        let name = if is_enumeration(&flat) {
            let name = text(&source.schema_data, "x-ms-enum", "name");
            let choice = self.enumeration(source, &flat);
            let names = names::with_word(name.into_iter().chain([context()]), "Value");
            self.hoist_enumeration(names, source, choice)
        } else if is_object(source, &flat)
            && !(flat.properties.is_empty() && flat.all_of.is_empty())
        {
            let usual = context();
            let mut names = names::with_word([usual.clone()], "Object");
            let name = names.find(|name| !self.is_taken(name));
            let name = name.unwrap_or_else(|| usual.clone());
            self.note_renamed(&name, &usual);
            // Its members may refer to it.
            self.hoisted.insert(key, name.clone());
            let shape = Shape::Object(Object::default());
            self.insert(&name, source, shape);
            let object = self.object(&usual, source);
            self.insert(&name, source, Shape::Object(object));
            name
        } else {
            return self.plain(source, &flat, context);
        };
        self.hoisted.insert(key, name.clone());
        Type::Named(name)
    }

    fn is_taken(&self, name: &str) -> bool {
        let declared = self.description.api.components.as_ref();
        self.schemas.contains_key(name)
            || declared.is_some_and(|all| all.schemas.contains_key(name))
    }

    /// Gives an inline enumeration the first unused one of some names; equal ones share a name.
    fn hoist_enumeration(
        &mut self,
        names: impl Iterator<Item = String>,
        source: &Source,
        own: Enumeration,
    ) -> String {
        let mut names = names.peekable();
        let usual = names.peek().cloned().unwrap_or_default();
        let values = |choice: &Enumeration| -> Vec<Value> {
            choice.values.iter().map(|v| v.value.clone()).collect()
        };
        for candidate in names {
            if !self.is_taken(&candidate) {
                self.insert(&candidate, source, Shape::Enumeration(own));
                self.note_renamed(&candidate, &usual);
                return candidate;
            }
            let other = match self.schemas.get(&candidate).map(|schema| &schema.shape) {
                Some(Shape::Enumeration(other)) => Some(values(other)),
                _ => self.source(&candidate).map(|twin| flatten(twin).values),
            };
            if other == Some(values(&own)) {
                return candidate;
            }
        }
        // There are more names than schemas.
        String::new()
    }

    /// Records the name of an inline type that has not its usual name.
    fn note_renamed(&mut self, name: &str, usual: &str) {
        if name != usual {
            self.renamed.insert(name.to_owned(), usual.to_owned());
        }
    }

    fn insert(&mut self, name: &str, source: &Source, shape: Shape) {
        let schema = Schema {
            description: source.schema_data.description.clone(),
            shape,
            presence: vec![self.version],
        };
        self.schemas.insert(name.to_owned(), schema);
    }

    fn plain(&mut self, source: &Source, flat: &FlatSchema<'_>, context: ItemName<'_>) -> Type {
        match flat.kind {
            Some("string") => string(source, flat),
            Some("integer") if flat.format == Some("unixtime") => Type::String(Format::UnixTime),
            Some("integer") if flat.format == Some("int32") => Type::Integer(32),
            Some("integer") => Type::Integer(64),
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            Some("array") => match flat.items.clone() {
                Some(items) => Type::Array(self.element(items, &|| format!("{}Item", context()))),
                None => Type::Any,
            },
            _ => match flat.additional {
                Some(AdditionalProperties::Schema(values)) => {
                    let values = match &**values {
                        ReferenceOr::Item(source) => ReferenceOr::Item(source),
                        ReferenceOr::Reference { reference } => ReferenceOr::Reference {
                            reference: reference.clone(),
                        },
                    };
                    Type::Map(self.element(values, &|| format!("{}Value", context())))
                }
                Some(AdditionalProperties::Any(true)) => Type::Map(Box::new(Element {
                    ty: Type::Any,
                    nullable: false,
                })),
                _ => Type::Any,
            },
        }
    }

    fn element(&mut self, source: ReferenceOr<&Source>, context: ItemName<'_>) -> Box<Element> {
        let nullable = match &source {
            ReferenceOr::Item(source) => source.schema_data.nullable,
            ReferenceOr::Reference { reference } => self
                .source(&schema_name(reference))
                .is_some_and(|source| source.schema_data.nullable),
        };
        let ty = self.borrowed(source, context);
        Box::new(Element { ty, nullable })
    }

    fn object(&mut self, name: &str, source: &Source) -> Object {
        let mut object = Object {
            discriminator: discriminator(&source.schema_data),
            discriminator_value: extension(&source.schema_data, "x-ms-discriminator-value")
                .and_then(Value::as_str)
                .map(str::to_owned),
            ..Object::default()
        };
        let mut required = Vec::new();
        self.members(name, source, &mut object, &mut required);
        // This comes last, because each part may require properties of the others.
        for (owner, wire) in required {
            match object.properties.get_mut(&wire) {
                Some(property) => property.required = true,
                None => {
                    let pointer = JsonPointer::from(["components", "schemas", &owner, "required"]);
                    let message = format!("{wire:?} is required, but no property has that name");
                    self.report(pointer, message);
                }
            }
        }
        object
    }

    /// Adds the members of a schema and, before them, those of its bases.
    fn members(
        &mut self,
        name: &str,
        source: &Source,
        object: &mut Object,
        required: &mut Vec<(String, String)>,
    ) {
        let flat = flatten(source);
        for base in flat.all_of {
            match base {
                ReferenceOr::Reference { reference } => {
                    let base = schema_name(reference);
                    if let Some(source) = self.source(&base)
                        && !object.ancestors.contains(&base)
                    {
                        object.ancestors.push(base.clone());
                        self.members(&base, source, object, required);
                    }
                }
                ReferenceOr::Item(source) => self.members(name, source, object, required),
            }
        }
        for (wire, source) in &flat.properties {
            let property = self.property(name, wire, source, &flat);
            object.properties.insert((*wire).to_owned(), property);
        }
        required.extend(
            flat.required
                .iter()
                .map(|wire| (name.to_owned(), wire.clone())),
        );
        match flat.additional {
            Some(AdditionalProperties::Any(true)) => object.additional = Some(Type::Any),
            Some(AdditionalProperties::Schema(values)) => {
                object.additional = Some(self.ty(values, &|| format!("{name}Value")));
            }
            Some(AdditionalProperties::Any(false)) | None => {}
        }
    }

    fn property(
        &mut self,
        owner: &str,
        wire: &str,
        source: &ReferenceOr<&Source>,
        parent: &FlatSchema<'_>,
    ) -> Property {
        let context = || format!("{owner}{}", names::type_name(wire));
        let ty = self.borrowed(source.clone(), &context);
        let required = parent.required.iter().any(|name| name == wire);
        let mut property = Property {
            secret: ty == Type::String(Format::Password),
            ty,
            description: None,
            required,
            nullable: false,
            read_only: false,
            create_only: false,
            default: None,
            rules: Rules::default(),
            presence: vec![self.version],
        };
        if let ReferenceOr::Item(source) = source {
            let data = &source.schema_data;
            property.description = with_values(data.description.clone(), &flatten(source));
            property.default.clone_from(&data.default);
            property.nullable = data.nullable;
            property.secret |= flag(data, "x-ms-secret");
            let mutability = extension(data, "x-ms-mutability").and_then(Value::as_array);
            let allows = |how: &str| mutability.is_none_or(|all| all.iter().any(|one| one == how));
            property.read_only = data.read_only || !(allows("create") || allows("update"));
            property.create_only = !property.read_only && !allows("update");
        }
        property.rules = self.rules(source);
        property
    }

    /// The value of an enumeration that has only one.
    pub(super) fn only_value(&self, source: &ReferenceOr<&Source>) -> Option<OnlyValue> {
        let source = self.followed(source)?;
        let flat = flatten(source);
        if let [base] = flat.all_of
            && flat.values.is_empty()
        {
            return self.only_value(&borrowed(base));
        }
        let [only] = flat.values.as_slice() else {
            return None;
        };
        let hints = extension(&source.schema_data, "x-ms-enum");
        Some(OnlyValue {
            value: value_text(only),
            is_open: hints.is_some_and(|hints| hints.get("modelAsString") == Some(&true.into())),
        })
    }

    /// Returns the default value of a schema, or of the target of its reference.
    pub(super) fn default(&self, source: &ReferenceOr<&Source>) -> Option<Value> {
        self.followed(source)?.schema_data.default.clone()
    }

    fn followed<'s>(&'s self, source: &ReferenceOr<&'s Source>) -> Option<&'s Source> {
        match source {
            ReferenceOr::Item(source) => Some(source),
            ReferenceOr::Reference { reference } => self.source(&schema_name(reference)),
        }
    }

    /// Returns a description with the listed values of a type that is not an enumeration.
    pub(super) fn description_of_values(
        &self,
        description: Option<String>,
        source: &ReferenceOr<&Source>,
    ) -> Option<String> {
        match source {
            ReferenceOr::Item(source) => with_values(description, &flatten(source)),
            ReferenceOr::Reference { .. } => description,
        }
    }

    /// Returns the rules of a value: its own, or those of its definition.
    pub(super) fn rules(&self, source: &ReferenceOr<&Source>) -> Rules {
        let named = |reference: &str| {
            let source = self.source(&schema_name(reference));
            source.map_or_else(Rules::default, |source| flatten(source).rules)
        };
        match source {
            ReferenceOr::Reference { reference } => named(reference),
            ReferenceOr::Item(source) => match flatten(source) {
                FlatSchema {
                    all_of: [ReferenceOr::Reference { reference }],
                    ref rules,
                    ..
                } if *rules == Rules::default() => named(reference),
                flat => flat.rules,
            },
        }
    }

    fn enumeration(&mut self, source: &Source, flat: &FlatSchema<'_>) -> Enumeration {
        let data = &source.schema_data;
        let hints = extension(data, "x-ms-enum");
        let open = hints
            .and_then(|hints| hints.get("modelAsString"))
            .and_then(Value::as_bool);
        let named = hints.and_then(|hints| hints.get("values")?.as_array());
        let hint = |value: &Value| {
            let mut all = named.into_iter().flatten();
            all.find(|hint| hint.get("value") == Some(value))
        };
        let member = |value: &Value, name: &str| {
            Some(hint(value)?.get(name)?.as_str()?.to_owned()).filter(|text| !text.is_empty())
        };
        let values = flat.values.iter().map(|value| EnumValue {
            name: member(value, "name"),
            description: member(value, "description"),
            value: value.clone(),
            presence: vec![self.version],
        });
        let ty = match flat.kind {
            Some("integer") if flat.format == Some("int32") => Type::Integer(32),
            Some("integer") => Type::Integer(64),
            Some("number") => Type::Number,
            Some("boolean") => Type::Boolean,
            _ => Type::String(Format::Plain),
        };
        Enumeration {
            ty,
            open: open.unwrap_or(hints.is_none()),
            is_constant: flat.values.len() == 1 && open != Some(true),
            values: values.collect(),
        }
    }
}

/// The value of an enumeration that has only one.
pub(super) struct OnlyValue {
    /// The value as text.
    pub(super) value: String,
    /// Whether the service may accept others.
    pub(super) is_open: bool,
}

/// A reference or schema, borrowed.
pub(super) fn borrowed(source: &ReferenceOr<Source>) -> ReferenceOr<&Source> {
    match source {
        ReferenceOr::Item(source) => ReferenceOr::Item(source),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference {
            reference: reference.clone(),
        },
    }
}

/// Returns the name at the end of a reference to a schema.
pub(super) fn schema_name(reference: &str) -> String {
    let pointer = reference.strip_prefix('#').map(JsonPointer::parse);
    let name = pointer.and_then(|pointer| Some(pointer.ok()?.last()?.into_owned()));
    name.unwrap_or_else(|| reference.to_owned())
}

/// Returns an extension of a schema.
pub(super) fn extension<'a>(data: &'a SchemaData, name: &str) -> Option<&'a Value> {
    data.extensions.get(name)
}

fn flag(data: &SchemaData, name: &str) -> bool {
    extension(data, name).is_some_and(|value| value == true)
}

fn text(data: &SchemaData, extension_name: &str, member: &str) -> Option<String> {
    let member = extension(data, extension_name)?.get(member)?;
    member.as_str().map(str::to_owned)
}

fn is_enumeration(flat: &FlatSchema<'_>) -> bool {
    // Booleans need no type of their own.
    !flat.values.is_empty() && flat.kind != Some("boolean") && !has_typed_format(flat)
}

/// Returns whether the format decides the type of values, such as dates. A date can be written in
/// several ways, so that a list of texts cannot enumerate them.
fn has_typed_format(flat: &FlatSchema<'_>) -> bool {
    match flat.kind {
        Some("string") => !matches!(
            string_format(flat.format),
            None | Some(Format::Password | Format::Uri | Format::ArmId)
        ),
        Some("integer") => flat.format == Some("unixtime"),
        _ => false,
    }
}

/// Returns a description with the listed values of a type that its format decides.
fn with_values(description: Option<String>, flat: &FlatSchema<'_>) -> Option<String> {
    if flat.values.is_empty() || !has_typed_format(flat) {
        return description;
    }
    let values: Vec<String> = flat.values.iter().map(value_text).collect();
    let listed = format!("Known values: `{}`.", values.join("`, `"));
    Some(match description {
        Some(text) if text.trim_end().ends_with('.') => format!("{} {listed}", text.trim_end()),
        Some(text) if !text.trim().is_empty() => format!("{}. {listed}", text.trim_end()),
        _ => listed,
    })
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn is_object(source: &Source, flat: &FlatSchema<'_>) -> bool {
    let kind = flat.kind.is_none_or(|kind| kind == "object");
    kind && (!flat.properties.is_empty()
        || !flat.all_of.is_empty()
        || source.schema_data.discriminator.is_some())
}

fn discriminator(data: &SchemaData) -> Option<Discriminator> {
    let discriminator = data.discriminator.as_ref()?;
    let mapping = discriminator.mapping.iter();
    Some(Discriminator {
        property: discriminator.property_name.clone(),
        mapping: mapping
            .map(|(kind, reference)| (kind.clone(), schema_name(reference)))
            .collect(),
    })
}

fn string(source: &Source, flat: &FlatSchema<'_>) -> Type {
    if flat.format == Some("binary") {
        return Type::Binary;
    }
    let secret = flag(&source.schema_data, "x-ms-secret").then_some(Format::Password);
    let format = string_format(flat.format).or(secret);
    Type::String(format.unwrap_or(Format::Plain))
}

fn string_format(name: Option<&str>) -> Option<Format> {
    Some(match name? {
        "date" => Format::Date,
        "date-time" => Format::DateTime,
        "date-time-rfc1123" => Format::DateTimeRfc1123,
        "duration" => Format::Duration,
        "uuid" => Format::Uuid,
        "uri" | "url" => Format::Uri,
        "byte" => Format::Base64,
        "base64url" => Format::Base64Url,
        "arm-id" => Format::ArmId,
        "password" => Format::Password,
        _ => return None,
    })
}
