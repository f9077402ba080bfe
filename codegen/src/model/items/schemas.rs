//! Converts schemas to items.

use super::types::Types;
use crate::{
    model::{
        docs,
        naming::{member_names, namer::Taken},
        rules,
        service::{
            Alias, Constant, Enum, EnumValue, Field, Item, NewArgument, Page, Rule, Struct, Union,
            UnionKind, UnionMember, UnionPart, WireValue,
            rust_type::{RuntimeType, RustType},
        },
    },
    names,
    resolve::api::{
        Element, Enumeration, Format, Object, Pageable, Presence, Property, Schema, Shape, Type,
    },
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The schemas that are pages of a list, with their paging.
pub(crate) struct Pages<'a>(HashMap<&'a str, &'a Pageable>);

impl<'a> Pages<'a> {
    /// Finds the pages of all lists.
    pub(crate) fn new(types: &Types<'a>) -> Self {
        let lists = types.api.operations.iter();
        let lists = lists.filter_map(|own| Some((own.pageable.as_ref()?, own.results())));
        let mut pages = HashMap::new();
        for (pageable, results) in lists {
            for ty in results {
                if let Type::Named(name) = types.resolved(ty)
                    && let Some((name, _)) = types.api.schemas.get_key_value(name)
                {
                    // Operations that differ from the first have their own paging.
                    pages.entry(name.as_str()).or_insert(pageable);
                }
            }
        }
        Self(pages)
    }
}

/// Returns the items of a schema: one, or two for a union that is a kind of another.
pub(crate) fn items(types: &Types<'_>, pages: &Pages<'_>, name: &str) -> Vec<Item> {
    let Some(schema) = types.api.schemas.get(name) else {
        return Vec::new();
    };
    let builder = Builder {
        types,
        pages,
        name,
        schema,
    };
    match &schema.shape {
        Shape::Object(object) if types.is_union(name) => {
            let mut items = vec![Item::Union(builder.union(object))];
            if let Some(base) = types.base_struct(name) {
                items.push(Item::Struct(builder.object(base.clone(), object)));
            }
            items
        }
        Shape::Object(object) => vec![Item::Struct(builder.object(types.name(name), object))],
        Shape::Enumeration(choice) => vec![builder.enumeration(choice)],
        Shape::Alias(ty) => vec![builder.alias(types.rust(ty))],
    }
}

/// Returns the runtime's `ListResult` if it has these fields; its link is `nextLink`.
fn list_result(item: &RustType, fields: &[Field]) -> Option<RustType> {
    let [value, next_link] = fields else {
        return None;
    };
    let is = |field: &Field, name: &str, wire: &str, ty: RustType, rules: &[Rule]| {
        field.name == name && field.wire == wire && field.ty == ty && field.rules == rules
    };
    let items = RustType::Vec(item.clone().into()).optional();
    let link = RustType::String.optional();
    let is_same = is(value, "value", "value", items, &[Rule::Required])
        && is(next_link, "next_link", "nextLink", link, &[]);
    is_same.then(|| RustType::ListResult(item.clone().into()))
}

#[derive(Clone, Copy)]
struct Builder<'a> {
    types: &'a Types<'a>,
    pages: &'a Pages<'a>,
    name: &'a str,
    schema: &'a Schema,
}

impl<'a> Builder<'a> {
    fn docs(&self) -> String {
        let all: Presence = (0..self.types.api.versions.len()).collect();
        let what = docs::prose(self.schema.description.as_deref());
        docs::sentences([
            Some(what.unwrap_or_else(|| format!("`{}` of the API.", self.name))),
            docs::presence(self.types.api, &self.schema.presence, &all),
        ])
    }

    fn alias(&self, ty: RustType) -> Item {
        Item::Alias(Alias {
            name: self.types.name(self.name),
            alias: self.types.alias(self.name),
            docs: self.docs(),
            ty,
        })
    }

    fn object(&self, name: String, object: &Object) -> Struct {
        let constants = self.constants(object);
        let mut taken = Taken::default();
        let mut fields = Vec::new();
        let mut required = Vec::new();
        for (wire, property) in &object.properties {
            if constants.iter().any(|constant| constant.wire == *wire) {
                continue;
            }
            let field = self.field(wire, property, &mut taken);
            if property.required && !property.read_only {
                required.push(NewArgument {
                    field: field.name.clone(),
                    ty: self.member_type(wire, property).converted(),
                });
            }
            fields.push(field);
        }
        let rest = object.additional.as_ref().map(|ty| {
            let name = member_names::other_members(self.types.namer, self.name, &mut taken);
            (name, RustType::Map(self.types.rust(ty).into()))
        });
        Struct {
            page: self.page(object, &fields, &constants),
            alias: self.types.alias(self.name),
            docs: self.docs(),
            name,
            fields,
            constants,
            rest,
            required,
        }
    }

    /// Returns the discriminators that name this schema, with their values, and the members that
    /// have only one value.
    fn constants(&self, object: &Object) -> Vec<Constant> {
        let mut constants: Vec<Constant> = Vec::new();
        let bases = object.ancestors.iter().map(String::as_str);
        for base in bases.chain([self.name]) {
            let discriminator = self
                .types
                .object(base)
                .and_then(|o| o.discriminator.as_ref());
            let Some(discriminator) = discriminator else {
                continue;
            };
            let mapping = discriminator.mapping.iter();
            let own = mapping.clone().find(|(_, schema)| *schema == self.name);
            // What is a kind of a kind has both discriminators.
            let inner = || {
                mapping.clone().find(|(_, schema)| {
                    object.ancestors.contains(schema)
                        && self.types.is_inner_union(discriminator, schema)
                })
            };
            let kind = own.or_else(inner).map(|(kind, _)| kind).or(object
                .discriminator_value
                .as_ref()
                .filter(|_| base != self.name));
            if let Some(kind) = kind
                && !constants
                    .iter()
                    .any(|known| known.wire == discriminator.property)
            {
                let api = self.types.api;
                let owner = api.schemas.get(base).map(|base| &base.presence);
                constants.push(Constant {
                    wire: discriminator.property.clone(),
                    value: kind.clone(),
                    previews: api.previews(&self.schema.presence, owner),
                });
            }
        }
        for (wire, property) in &object.properties {
            if let Some(value) = self.only_value(property)
                && constants.iter().all(|known| known.wire != *wire)
            {
                constants.push(Constant {
                    wire: wire.clone(),
                    value,
                    previews: Vec::new(),
                });
            }
        }
        constants
    }

    /// Returns the value of a required member that has only one.
    fn only_value(&self, property: &Property) -> Option<String> {
        let Type::Named(name) = self.types.resolved(&property.ty) else {
            return None;
        };
        let shape = &self.types.api.schemas.get(name)?.shape;
        let Shape::Enumeration(Enumeration {
            values,
            is_constant: true,
            ..
        }) = shape
        else {
            return None;
        };
        let is_sent = property.required && !property.read_only && !property.nullable;
        let is_everywhere = property.presence == self.schema.presence;
        match values.as_slice() {
            [only] if is_sent && is_everywhere && !property.secret => {
                only.value.as_str().map(str::to_owned)
            }
            _ => None,
        }
    }

    fn field(&self, wire: &str, property: &Property, taken: &mut Taken) -> Field {
        let required = property.required && !property.read_only;
        let mut rules = rules::list(required, &property.rules);
        let owner = Some(&self.schema.presence);
        let previews = self.types.api.previews(&property.presence, owner);
        if property.read_only {
            rules.push(Rule::ReadOnly);
        }
        // Services ignore members that only they set.
        if !previews.is_empty() && !property.read_only {
            rules.push(Rule::Previews(previews));
        }
        let what = docs::prose(property.description.as_deref());
        let flag = |set: bool, says: &str| set.then(|| says.to_owned());
        let docs = docs::sentences([
            Some(what.unwrap_or_else(|| format!("`{wire}` of the API."))),
            docs::format(&property.ty, property.description.as_deref()),
            flag(required, "Required."),
            flag(property.read_only, "Read-only."),
            flag(property.create_only, "Set at creation only."),
            docs::limits(&rules),
            docs::default(property.default.as_ref()),
            docs::presence(self.types.api, &property.presence, &self.schema.presence),
        ]);
        let name = member_names::member(self.types.namer, self.name, wire, taken);
        Field {
            alias: (name != names::snake_name(wire))
                .then(|| names::doc_alias(wire))
                .flatten(),
            name,
            wire: wire.to_owned(),
            ty: self.member_type(wire, property).optional(),
            docs,
            rules,
        }
    }

    fn member_type(&self, wire: &str, property: &Property) -> RustType {
        let mut ty = self.types.rust(&property.ty);
        if self.types.is_boxed(self.name, wire) {
            ty = RustType::Boxed(ty.into());
        }
        let is_secret = *self.types.resolved(&property.ty) == Type::String(Format::Password);
        if property.secret && !is_secret {
            RustType::Secret(ty.into())
        } else {
            ty
        }
    }

    fn page(&self, object: &Object, fields: &[Field], constants: &[Constant]) -> Option<Page> {
        let page = self.pages.0.get(self.name)?;
        let items = object.properties.get(&page.items)?;
        let Type::Array(element) = self.types.resolved(&items.ty) else {
            return None;
        };
        let named = |wire: &str| fields.iter().find(|field| field.wire == wire);
        let next_link = page.next_link.as_ref().and_then(|wire| {
            let property = object.properties.get(wire)?;
            let ty = self.types.rust(self.types.resolved(&property.ty));
            named(wire).filter(|_| ty == RustType::String && !property.secret)
        });
        let Element {
            ty,
            nullable: false,
        } = &**element
        else {
            return None;
        };
        let item = self.types.rust(ty);
        let has_only_fields = constants.is_empty() && object.additional.is_none();
        let is_same = has_only_fields && next_link.is_some();
        Some(Page {
            items: named(&page.items)?.name.clone(),
            next_link: next_link.map(|field| field.name.clone()),
            same_as: list_result(&item, fields).filter(|_| is_same),
            item,
        })
    }

    fn union(&self, object: &'a Object) -> Union {
        let discriminator = object.discriminator.as_ref();
        let property = discriminator.map_or("", |d| d.property.as_str());
        let kinds = self.kinds(object);
        Union {
            members: self.union_members(object),
            parts: self.parts(object, &kinds),
            kinds,
            name: self.types.name(self.name),
            alias: self.types.alias(self.name),
            docs: format!(
                "{} The discriminator is {}.",
                self.docs(),
                docs::code(property)
            ),
            discriminator: property.to_owned(),
        }
    }

    /// Returns the kinds that the discriminator distinguishes.
    fn kinds(&self, object: &'a Object) -> Vec<UnionKind> {
        let discriminator = object.discriminator.as_ref();
        let mut taken = Taken::reserved(["Unknown"], "the variant for unknown kinds");
        let mut payloads = HashSet::new();
        let mut kinds: Vec<UnionKind> = Vec::new();
        let mapping = discriminator.iter().flat_map(|own| {
            let kinds = own.mapping.iter();
            kinds.map(move |(kind, schema)| (kind, schema, self.types.is_inner_union(own, schema)))
        });
        for (kind, schema, is_inner) in mapping {
            let payload = match is_inner {
                true => self.types.name(schema),
                false => self.types.payload(schema),
            };
            // A second value of a kind is read as an unknown kind, which keeps all members.
            if !payloads.insert(payload.clone()) {
                continue;
            }
            let what = self.types.api.schemas.get(schema);
            let what = what.and_then(|schema| docs::prose(schema.description.as_deref()));
            let namer = self.types.namer;
            let name = member_names::variant(namer, self.name, kind, None, &mut taken);
            kinds.push(UnionKind {
                alias: (name != names::variant_name(kind))
                    .then(|| names::doc_alias(kind))
                    .flatten(),
                name,
                wire: kind.clone(),
                docs: what.unwrap_or_else(|| format!("Kind {}.", docs::code(kind))),
                inner: match is_inner {
                    true => self.models_of(schema),
                    false => Vec::new(),
                },
                model: payload,
            });
        }
        // Each model converts into a union in one way.
        let mut known: HashSet<String> = kinds.iter().map(|kind| kind.model.clone()).collect();
        for kind in &mut kinds {
            kind.inner.retain(|model| known.insert(model.clone()));
        }
        kinds
    }

    /// The models that convert into a union.
    fn models_of(&self, union: &'a str) -> Vec<String> {
        let union = self.of(union).into_iter();
        let kinds = union.flat_map(|(builder, object)| builder.kinds(object));
        kinds
            .flat_map(|kind| [vec![kind.model], kind.inner].concat())
            .collect()
    }

    /// Returns the unions of some of the kinds, which have the same discriminator.
    fn parts(&self, object: &'a Object, kinds: &[UnionKind]) -> Vec<UnionPart> {
        let own = object.discriminator.iter();
        let schemas = own.flat_map(|own| own.mapping.values().map(move |schema| (own, schema)));
        let unions = schemas.filter(|(own, schema)| {
            *schema != self.name
                && self.types.is_union(schema)
                && !self.types.is_inner_union(own, schema)
        });
        let parts = unions.filter_map(|(_, schema)| {
            let (part, object) = self.of(schema)?;
            let variants = part.kinds(object).into_iter().map(|theirs| {
                let ours = kinds.iter().find(|ours| ours.model == theirs.model)?;
                Some((theirs.name, ours.name.clone()))
            });
            Some(UnionPart {
                name: self.types.name(schema),
                variants: variants.collect::<Option<_>>()?,
            })
        });
        parts.collect()
    }

    /// Returns the accessors for the members that all kinds have: those of the base, and others
    /// that all kinds declare with the same type.
    fn union_members(&self, base: &'a Object) -> Vec<UnionMember> {
        let discriminator = base.discriminator.iter();
        let schemas = discriminator.flat_map(|own| own.mapping.values());
        let kinds: Vec<_> = schemas.filter_map(|kind| self.of(kind)).collect();
        let [(first, first_object), others @ ..] = kinds.as_slice() else {
            return Vec::new();
        };
        let members = first_object.properties.iter().filter(|(wire, property)| {
            let ty = first.member_type(wire, property);
            let same = |(kind, object): &(Self, &Object)| kind.has_field(object, wire, &ty);
            (!others.is_empty() || base.properties.contains_key(*wire)) && kinds.iter().all(same)
        });
        let mut taken = Taken::reserved(["kind"], "the accessor of the discriminator");
        let members = members.map(|(wire, property)| {
            let described = base.properties.get(wire).unwrap_or(property);
            let what = docs::prose(described.description.as_deref());
            UnionMember {
                name: member_names::member(self.types.namer, self.name, wire, &mut taken),
                wire: wire.clone(),
                ty: first.accessor_type(wire, property).optional(),
                docs: docs::sentences([
                    Some(what.unwrap_or_else(|| format!("`{wire}` of the API."))),
                    docs::format(&property.ty, described.description.as_deref()),
                ]),
            }
        });
        members.collect()
    }

    /// Returns a builder for another object.
    fn of(&self, name: &'a str) -> Option<(Self, &'a Object)> {
        let builder = Self {
            name,
            schema: self.types.api.schemas.get(name)?,
            ..*self
        };
        Some((builder, self.types.object(name)?))
    }

    /// Returns whether an object has a field of this type.
    fn has_field(&self, object: &Object, wire: &str, ty: &RustType) -> bool {
        let property = object.properties.get(wire);
        let constants = self.constants(object);
        property.is_some_and(|property| self.member_type(wire, property) == *ty)
            && constants.iter().all(|constant| constant.wire != wire)
    }

    /// Returns the return type of an accessor: borrowed text, small values by value, all others as
    /// `Cow`.
    fn accessor_type(&self, wire: &str, property: &Property) -> RustType {
        let ty = self.member_type(wire, property);
        let resolved = self.types.rust(self.types.resolved(&property.ty));
        match resolved {
            _ if matches!(ty, RustType::Secret(_) | RustType::Boxed(_)) => RustType::Cow(ty.into()),
            RustType::String => RustType::Str.borrowed(),
            RustType::Bool | RustType::I32 | RustType::I64 | RustType::F64 => ty,
            RustType::Runtime(
                RuntimeType::Date
                | RuntimeType::OffsetDateTime
                | RuntimeType::Rfc1123
                | RuntimeType::UnixTime
                | RuntimeType::Uuid,
            ) => ty,
            _ if self.types.is_enum(&property.ty) => ty,
            _ => RustType::Cow(ty.into()),
        }
    }

    fn enumeration(&self, choice: &Enumeration) -> Item {
        let number = match choice.ty {
            Type::Integer(32) => Some(RustType::I32),
            Type::Integer(_) => Some(RustType::I64),
            Type::String(_) => None,
            // Patterns in Rust cannot contain floating-point numbers.
            _ => return self.alias(self.types.rust(&choice.ty)),
        };
        // Conversions from text and numbers have an associated type of this name.
        let failure = number.as_ref().map_or("Err", |_| "Error");
        let whose = "every enum";
        let mut taken = Taken::reserved(["UnknownValue", failure], whose);
        // The macros for enums of strings document values that have no description.
        let documented = number.is_some()
            || choice
                .values
                .iter()
                .any(|value| value.description.is_some() || value.presence != self.schema.presence);
        let is_text = number.is_none();
        let values = choice.values.iter().map(|value| {
            let (text, wire) = match &value.value {
                Value::String(text) => (text.clone(), WireValue::Text(text.clone())),
                Value::Number(number) => (number.to_string(), WireValue::Number(number.clone())),
                other => (other.to_string(), WireValue::Text(other.to_string())),
            };
            let described = value.name.as_deref();
            let what = docs::prose(value.description.as_deref());
            let owner = Some(&self.schema.presence);
            let previews = self.types.api.previews(&value.presence, owner);
            let namer = self.types.namer;
            let name = member_names::variant(namer, self.name, &text, described, &mut taken);
            let wanted = names::variant_name(described.unwrap_or(&text));
            EnumValue {
                alias: (name != wanted).then(|| names::doc_alias(&text)).flatten(),
                previews: previews.into_iter().filter(|_| is_text).collect(),
                name,
                docs: if documented {
                    docs::sentences([
                        Some(what.unwrap_or_else(|| format!("{}.", docs::code(&text)))),
                        docs::presence(self.types.api, &value.presence, &self.schema.presence),
                    ])
                } else {
                    String::new()
                },
                wire,
            }
        });
        let mut values: Vec<EnumValue> = values.collect();
        // The macros document values only if no value has attributes.
        if !documented && values.iter().any(|value| value.alias.is_some()) {
            for value in &mut values {
                if let WireValue::Text(text) = &value.wire {
                    value.docs = format!("{}.", docs::code(text));
                }
            }
        }
        Item::Enum(Enum {
            name: self.types.name(self.name),
            alias: self.types.alias(self.name),
            docs: self.docs(),
            form: match (choice.open, number.is_some()) {
                (true, false) => "open_enum",
                (false, false) => "closed_enum",
                (true, true) => "open_enum_number",
                (false, true) => "closed_enum_number",
            },
            number,
            open: choice.open,
            values,
        })
    }
}
