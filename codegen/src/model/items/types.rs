//! Maps types of the description to Rust types.

use crate::{
    model::{
        groups::outlines::GroupOutline,
        naming::namer::{Namer, Subject, Taken},
        service::rust_type::{RuntimeType, RustType},
    },
    names,
    resolve::api::{Api, Discriminator, Element, Format, Object, Shape, Type},
};
use std::{
    collections::{HashMap, HashSet},
    iter,
};

/// The names of all models, and facts that depend on all schemas.
pub(crate) struct Types<'a> {
    pub(crate) api: &'a Api,
    /// Chooses the names of the parts of models.
    pub(crate) namer: &'a Namer<'a>,
    names: HashMap<&'a str, String>,
    /// Names of the structs for unions that are kinds of others.
    base_structs: HashMap<&'a str, String>,
    /// Pairs of a struct and a member by which the struct would contain itself.
    boxed: HashSet<(&'a str, &'a str)>,
}

impl<'a> Types<'a> {
    pub(crate) fn new(api: &'a Api, groups: &[GroupOutline<'_>], namer: &'a Namer<'a>) -> Self {
        // Operations use these names together with those of models.
        let clients = groups.iter().map(|group| group.type_name.as_str());
        let mut taken = Taken::reserved(clients, "a client");
        let mut types = Self {
            api,
            namer,
            names: HashMap::new(),
            base_structs: HashMap::new(),
            boxed: HashSet::new(),
        };
        for name in api.schemas.keys() {
            let name_of_type = type_name(namer, name, groups, &mut taken);
            note_renamed(api, namer, name, &name_of_type);
            types.names.insert(name, name_of_type);
        }
        for schema in api.schemas.values() {
            let Shape::Object(object) = &schema.shape else {
                continue;
            };
            let discriminator = object.discriminator.iter();
            let kinds = discriminator.flat_map(|own| own.mapping.values().map(move |k| (own, k)));
            for (discriminator, kind) in kinds {
                if types.is_union(kind)
                    && !types.is_inner_union(discriminator, kind)
                    && !types.base_structs.contains_key(kind.as_str())
                {
                    let subject = Subject {
                        path: &["bases", kind],
                        what: &format!("the struct of schema `{kind}`"),
                    };
                    let name = types.name(kind);
                    let names = ["Base", "BaseModel"].map(|end| format!("{name}{end}"));
                    let name = namer.name(subject, names, &mut taken);
                    types.base_structs.insert(kind, name);
                }
            }
        }
        types.boxed = recursive_members(api);
        types
    }

    /// Returns the name of a schema, if its type has another name.
    pub(crate) fn alias(&self, schema: &str) -> Option<String> {
        let is_renamed = self.name(schema) != names::type_name(schema);
        is_renamed.then(|| names::doc_alias(schema)).flatten()
    }

    /// Returns the name of a schema's type.
    pub(crate) fn name(&self, schema: &str) -> String {
        let known = self.names.get(schema);
        known.map_or_else(|| names::type_name(schema), Clone::clone)
    }

    /// Returns whether a kind that this discriminator distinguishes is a union itself, by another
    /// discriminator.
    pub(crate) fn is_inner_union(&self, discriminator: &Discriminator, kind: &str) -> bool {
        let inner = self.object(kind).and_then(|own| own.discriminator.as_ref());
        self.is_union(kind) && inner.is_some_and(|own| own.property != discriminator.property)
    }

    /// Returns the name of the struct in a union's variant.
    pub(crate) fn payload(&self, schema: &str) -> String {
        let base = self.base_structs.get(schema);
        base.map_or_else(|| self.name(schema), Clone::clone)
    }

    /// Returns the name of the struct for a union that is a kind of another.
    pub(crate) fn base_struct(&self, schema: &str) -> Option<&String> {
        self.base_structs.get(schema)
    }

    pub(crate) fn object(&self, schema: &str) -> Option<&'a Object> {
        match &self.api.schemas.get(schema)?.shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns whether a schema has a discriminator.
    pub(crate) fn is_union(&self, schema: &str) -> bool {
        is_union(self.api, schema)
    }

    /// Returns whether a type is an enumeration.
    pub(crate) fn is_enum(&self, ty: &Type) -> bool {
        match self.resolved(ty) {
            Type::Named(name) => {
                let schema = self.api.schemas.get(name);
                schema.is_some_and(|schema| matches!(schema.shape, Shape::Enumeration(_)))
            }
            _ => false,
        }
    }

    /// Returns whether a member must be boxed.
    pub(crate) fn is_boxed(&self, owner: &str, member: &str) -> bool {
        self.boxed.contains(&(owner, member))
    }

    /// Returns the type after following aliases.
    pub(crate) fn resolved<'t>(&'t self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Named(name) => match self.api.schemas.get(name).map(|schema| &schema.shape) {
                Some(Shape::Alias(ty)) => self.resolved(ty),
                _ => ty,
            },
            _ => ty,
        }
    }

    /// Returns the Rust type for a type of the description.
    pub(crate) fn rust(&self, ty: &Type) -> RustType {
        match ty {
            Type::Named(name) => RustType::Model(self.name(name)),
            Type::String(format) => string(*format),
            Type::Integer(32) => RustType::I32,
            Type::Integer(_) => RustType::I64,
            Type::Number => RustType::F64,
            Type::Boolean => RustType::Bool,
            Type::Array(element) => RustType::Vec(self.element(element).into()),
            Type::Map(element) => RustType::Map(self.element(element).into()),
            Type::Any => RustType::Runtime(RuntimeType::Value),
            Type::Binary => RustType::String,
        }
    }

    /// Returns the Rust type of a whole body in JSON. A type that is not a model, and that serde
    /// writes differently, is wrapped in `Json`, so that it has the format of members.
    pub(crate) fn body(&self, ty: &Type) -> RustType {
        match self.resolved(ty) {
            Type::Array(_)
            | Type::Map(_)
            | Type::String(Format::Date | Format::DateTime | Format::Uuid) => {
                RustType::Json(self.rust(ty).into())
            }
            _ => self.rust(ty),
        }
    }

    fn element(&self, element: &Element) -> RustType {
        let ty = self.rust(&element.ty);
        if element.nullable && element.ty != Type::Any {
            ty.optional()
        } else {
            ty
        }
    }
}

/// Names the type of a schema.
fn type_name(
    namer: &Namer<'_>,
    schema: &str,
    groups: &[GroupOutline<'_>],
    taken: &mut Taken,
) -> String {
    let subject = Subject {
        path: &["types", schema],
        what: &format!("schema `{schema}`"),
    };
    let name = names::type_name(schema);
    let is_group = groups.iter().any(|group| group.type_name == name);
    let longer = is_group.then(|| format!("{name}Model"));
    let distinct = names::distinct(schema, names::type_name);
    let candidates = iter::once(name).chain(longer).chain(distinct);
    namer.name(subject, candidates, taken)
}

/// Notes the name of an inline type whose usual name is that of another schema, unless the manifest
/// sets it.
fn note_renamed(api: &Api, namer: &Namer<'_>, schema: &str, name: &str) {
    let path = ["types", schema];
    let Some(usual) = api
        .renamed
        .get(schema)
        .filter(|_| namer.given(&path).is_none())
    else {
        return;
    };
    let subject = Subject {
        path: &path,
        what: &format!("inline schema `{schema}`"),
    };
    let other = format!("schema `{usual}`");
    namer.note(subject, name, &names::type_name(usual), &other);
}

fn string(format: Format) -> RustType {
    let own = match format {
        Format::Plain | Format::Uri | Format::ArmId => return RustType::String,
        Format::Uuid => RuntimeType::Uuid,
        Format::Password => return RustType::Secret(RustType::String.into()),
        Format::Date => RuntimeType::Date,
        Format::DateTime => RuntimeType::OffsetDateTime,
        Format::DateTimeRfc1123 => RuntimeType::Rfc1123,
        Format::UnixTime => RuntimeType::UnixTime,
        Format::Duration => RuntimeType::IsoDuration,
        Format::Base64 => RuntimeType::Base64,
        Format::Base64Url => RuntimeType::Base64Url,
    };
    RustType::Runtime(own)
}

fn is_union(api: &Api, schema: &str) -> bool {
    match api.schemas.get(schema).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => object
            .discriminator
            .as_ref()
            .is_some_and(|discriminator| !discriminator.mapping.is_empty()),
        _ => false,
    }
}

/// Returns the members by which a struct would contain itself.
fn recursive_members(api: &Api) -> HashSet<(&str, &str)> {
    let mut found = HashSet::new();
    for (owner, schema) in &api.schemas {
        let Shape::Object(object) = &schema.shape else {
            continue;
        };
        for (wire, property) in &object.properties {
            if let Some(target) = contained(api, &property.ty)
                && contains(api, target, owner)
            {
                found.insert((owner.as_str(), wire.as_str()));
            }
        }
    }
    found
}

/// Returns the struct that a member of this type contains directly; lists, maps and unions are on
/// the heap.
fn contained<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a str> {
    let Type::Named(name) = ty else {
        return None;
    };
    match &api.schemas.get(name)?.shape {
        Shape::Object(_) if is_union(api, name) => None,
        Shape::Object(_) => Some(name),
        Shape::Alias(ty) => contained(api, ty),
        Shape::Enumeration(_) => None,
    }
}

fn contains(api: &Api, outer: &str, inner: &str) -> bool {
    let mut seen = HashSet::new();
    let mut waiting = vec![outer];
    while let Some(name) = waiting.pop() {
        if name == inner {
            return true;
        }
        let Some(Shape::Object(object)) = api.schemas.get(name).map(|schema| &schema.shape) else {
            continue;
        };
        if seen.insert(name) {
            let members = object.properties.values();
            waiting.extend(members.filter_map(|property| contained(api, &property.ty)));
        }
    }
    false
}
