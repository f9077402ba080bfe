//! Converts schemas of Swagger 2.0 to JSON Schema, for a validator that is independent of the
//! generator.
//!
//! A schema has three forms. *Open* contains only the schema's own keywords and is used inside
//! `allOf`. *Sealed* rejects properties that neither the schema nor its bases declare. *Closed* is
//! used where values are checked: it selects a subtype by the discriminator first.

use crate::specification::{Located, Specification};
use arm_codegen::json_pointer::JsonPointer;
use jsonschema::{Draft, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    path::PathBuf,
};

/// The direction in which a value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// To the service: read-only properties need not be there.
    Request,
    /// From the service.
    Response,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Open,
    Sealed,
    Closed,
}

type Location = (PathBuf, String);

/// Validates values against their schemas.
pub(crate) struct Schemas<'a> {
    specification: &'a Specification,
    /// All definitions that derive from each definition, directly or indirectly.
    subtypes: HashMap<Location, Vec<Location>>,
    validators: HashMap<(String, Direction), Result<Validator, String>>,
}

/// A violation of a schema by a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// JSON pointer into the value.
    pub(crate) pointer: String,
    /// What is wrong.
    pub(crate) message: String,
    /// Whether the violation is a property that the schema does not have.
    pub(crate) is_surplus: bool,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(specification: &'a Specification) -> Self {
        Self {
            specification,
            subtypes: subtypes(specification),
            validators: HashMap::new(),
        }
    }

    /// Returns the violations in a value.
    pub(crate) fn faults(
        &mut self,
        schema: Located<'_>,
        direction: Direction,
        value: &Value,
    ) -> Vec<Fault> {
        let key = format!("{}\n{}", schema.file.display(), schema.value);
        let validator = match self.validators.get(&(key.clone(), direction)) {
            Some(known) => known,
            None => {
                let made = self.validator(schema, direction);
                self.validators.entry((key, direction)).or_insert(made)
            }
        };
        match validator {
            Ok(validator) => {
                let errors = validator.iter_errors(value);
                let errors = errors.filter(|error| !is_absence(error));
                errors.flat_map(faults_of).collect()
            }
            Err(message) => vec![Fault {
                pointer: String::new(),
                message: format!("the schema itself is invalid: {message}"),
                is_surplus: false,
            }],
        }
    }

    fn validator(&self, schema: Located<'_>, direction: Direction) -> Result<Validator, String> {
        let mut converter = Converter {
            schemas: self,
            direction,
            ids: BTreeMap::new(),
            waiting: Vec::new(),
        };
        let mut root = converter.convert(schema, Form::Closed);
        let mut definitions = Map::new();
        while let Some((location, form)) = converter.waiting.pop() {
            let id = converter.ids[&(location.clone(), form)].to_string();
            let converted = match self
                .specification
                .target(&location.0, &format!("#{}", location.1))
            {
                Some(target) => converter.definition(&location, target, form),
                None => json!({}),
            };
            definitions.insert(id, converted);
        }
        root["$defs"] = Value::Object(definitions);
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&root)
            .map_err(|error| error.to_string())
    }
}

/// Returns whether the error is a null in place of a property that may be absent. In lists and maps
/// null is an error.
fn is_absence(error: &jsonschema::ValidationError<'_>) -> bool {
    let path = error.evaluation_path().as_str();
    let mut steps = path.split('/');
    let mut is_member = false;
    while let Some(step) = steps.next() {
        match step {
            "properties" => {
                // The next segment is a property name, even if it looks like a keyword.
                steps.next();
                is_member = true;
            }
            "additionalProperties" | "items" => is_member = false,
            _ => {}
        }
    }
    is_member && error.instance().is_null()
}

fn faults_of(error: jsonschema::ValidationError<'_>) -> Vec<Fault> {
    let pointer = error.instance_path().as_str().to_owned();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| Fault {
                pointer: format!("{pointer}{}", JsonPointer::from([name])),
                message: format!("the schema has no property {name:?}"),
                is_surplus: true,
            })
            .collect(),
        _ => {
            let message: String = error.to_string().chars().take(200).collect();
            vec![Fault {
                pointer,
                message,
                is_surplus: false,
            }]
        }
    }
}

fn subtypes(specification: &Specification) -> HashMap<Location, Vec<Location>> {
    let mut direct: BTreeMap<Location, BTreeSet<Location>> = BTreeMap::new();
    for (file, pointer, schema) in specification.definitions() {
        for base in bases(specification, schema) {
            let own = (file.clone(), pointer.clone());
            direct.entry(base).or_default().insert(own);
        }
    }
    let mut all = HashMap::new();
    for base in direct.keys() {
        let mut found: Vec<Location> = Vec::new();
        let mut waiting = vec![base];
        while let Some(next) = waiting.pop() {
            for derived in direct.get(next).into_iter().flatten() {
                if !found.contains(derived) {
                    found.push(derived.clone());
                    waiting.push(derived);
                }
            }
        }
        all.insert(base.clone(), found);
    }
    all
}

fn bases(specification: &Specification, schema: Located<'_>) -> Vec<Location> {
    let references = schema.list("allOf").filter_map(|part| part.text("$ref"));
    references
        .filter_map(|reference| specification.location(schema.file, reference))
        .collect()
}

struct Converter<'s, 'a> {
    schemas: &'s Schemas<'a>,
    direction: Direction,
    ids: BTreeMap<(Location, Form), usize>,
    waiting: Vec<(Location, Form)>,
}

impl Converter<'_, '_> {
    fn reference(&mut self, location: Location, form: Form) -> Value {
        let next = self.ids.len();
        let key = (location, form);
        let id = match self.ids.get(&key) {
            Some(id) => *id,
            None => {
                self.waiting.push(key.clone());
                self.ids.insert(key, next);
                next
            }
        };
        json!({ "$ref": format!("#/$defs/{id}") })
    }

    fn definition(&mut self, location: &Location, schema: Located<'_>, form: Form) -> Value {
        match form {
            Form::Open => self.open(schema),
            Form::Sealed => self.sealed(schema, Some(location)),
            Form::Closed => match schema.text("discriminator") {
                Some(tag) => self.by_kind(location, schema, tag),
                None => self.reference(location.clone(), Form::Sealed),
            },
        }
    }

    fn by_kind(&mut self, location: &Location, schema: Located<'_>, tag: &str) -> Value {
        let subtypes = self
            .schemas
            .subtypes
            .get(location)
            .cloned()
            .unwrap_or_default();
        let mut kinds = Vec::new();
        let mut cases = Vec::new();
        for subtype in subtypes {
            let Some(target) = self
                .schemas
                .specification
                .target(&subtype.0, &format!("#{}", subtype.1))
            else {
                continue;
            };
            let name = subtype.1.rsplit('/').next().unwrap_or_default();
            let kind = target.text("x-ms-discriminator-value").unwrap_or(name);
            if kinds.iter().any(|known| known == kind) {
                continue;
            }
            kinds.push(kind.to_owned());
            cases.push(json!({
                "if": { "properties": { tag: { "const": kind } }, "required": [tag] },
                "then": self.reference(subtype, Form::Sealed),
            }));
        }
        let own = if kinds.is_empty() {
            self.sealed(schema, Some(location))
        } else {
            // A kind that the specification does not know may have any properties.
            self.reference(location.clone(), Form::Open)
        };
        json!({
            "allOf": cases,
            "if": { "properties": { tag: { "enum": kinds } }, "required": [tag] },
            "else": own,
        })
    }

    /// Returns the schema with undeclared properties rejected.
    fn sealed(&mut self, schema: Located<'_>, location: Option<&Location>) -> Value {
        let own = match location {
            Some(location) => self.reference(location.clone(), Form::Open),
            None => self.open(schema),
        };
        let mut names = BTreeSet::new();
        let is_open = self.names(schema, &mut names, 0);
        if is_open || names.is_empty() {
            return own;
        }
        let names: Map<String, Value> = names.into_iter().map(|name| (name, json!(true))).collect();
        json!({ "allOf": [own], "properties": names, "additionalProperties": false })
    }

    /// Collects the names of all properties; returns true if others are allowed.
    fn names(&self, schema: Located<'_>, names: &mut BTreeSet<String>, depth: usize) -> bool {
        let specification = self.schemas.specification;
        names.extend(
            schema
                .members("properties")
                .map(|(name, _)| name.to_owned()),
        );
        names.extend(schema.text("discriminator").map(str::to_owned));
        let others = schema.value.get("additionalProperties");
        let mut is_open = others.is_some_and(|others| *others != false);
        for part in schema.list("allOf") {
            // The importer rejects circular bases.
            if depth < 32 {
                is_open |= self.names(specification.resolve(part), names, depth + 1);
            }
        }
        is_open
    }

    /// Converts a schema or a reference to one.
    fn convert(&mut self, schema: Located<'_>, form: Form) -> Value {
        if let Some(reference) = schema.text("$ref") {
            let location = self.schemas.specification.location(schema.file, reference);
            let target =
                location.map_or_else(|| json!({}), |location| self.reference(location, form));
            return nullable(schema, target);
        }
        let converted = match (form, schema.list("allOf").collect::<Vec<_>>().as_slice()) {
            // A reference that is wrapped in `allOf` to add a description.
            (Form::Closed, [only])
                if only.text("$ref").is_some() && schema.value.get("properties").is_none() =>
            {
                self.convert(*only, Form::Closed)
            }
            (Form::Open, _) => self.open(schema),
            _ => self.sealed(schema, None),
        };
        nullable(schema, converted)
    }

    /// Converts the schema's own keywords.
    fn open(&mut self, schema: Located<'_>) -> Value {
        if schema.text("$ref").is_some() {
            return self.convert(schema, Form::Open);
        }
        let mut out = constraints(schema);
        if let Some(items) = schema.get("items") {
            out.insert("items".to_owned(), self.convert(items, Form::Closed));
        }
        self.members(schema, &mut out);
        let parts: Vec<Value> = schema
            .list("allOf")
            .map(|part| self.convert(part, Form::Open))
            .collect();
        if !parts.is_empty() {
            out.insert("allOf".to_owned(), Value::Array(parts));
        }
        Value::Object(out)
    }

    fn members(&mut self, schema: Located<'_>, out: &mut Map<String, Value>) {
        let mut members = Map::new();
        let mut unasked = Vec::new();
        for (name, property) in schema.members("properties") {
            let resolved = self.schemas.specification.resolve(property);
            if property.flag("readOnly") || resolved.flag("readOnly") {
                unasked.push(name);
            }
            members.insert(name.to_owned(), self.convert(property, Form::Closed));
        }
        if !members.is_empty() {
            out.insert("properties".to_owned(), Value::Object(members));
        }
        let required: Vec<&str> = schema
            .list("required")
            .filter_map(|name| name.value.as_str())
            .filter(|name| self.direction == Direction::Response || !unasked.contains(name))
            .collect();
        if !required.is_empty() {
            out.insert("required".to_owned(), json!(required));
        }
        if let Some(others) = schema
            .get("additionalProperties")
            .filter(|o| o.value.is_object())
        {
            let others = self.convert(others, Form::Closed);
            out.insert("additionalProperties".to_owned(), others);
        }
    }
}

/// Returns the keywords that refer to no other schema.
fn constraints(schema: Located<'_>) -> Map<String, Value> {
    const SAME: [&str; 7] = [
        "enum",
        "multipleOf",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "pattern",
    ];
    let mut out = Map::new();
    let given = |name: &str| Some((name.to_owned(), schema.value.get(name)?.clone()));
    out.extend(SAME.into_iter().filter_map(given));
    // Open enums allow other values.
    let hints = schema.get("x-ms-enum");
    if hints.is_some_and(|hints| hints.flag("modelAsString")) {
        out.remove("enum");
    }
    for (name, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(limit) = schema.value.get(name) {
            let key = if schema.flag(exclusive) {
                exclusive
            } else {
                name
            };
            out.insert(key.to_owned(), limit.clone());
        }
    }
    if schema.flag("uniqueItems") {
        out.insert("uniqueItems".to_owned(), json!(true));
    }
    let is_object = ["properties", "additionalProperties", "discriminator"]
        .iter()
        .any(|name| schema.value.get(*name).is_some());
    match schema.text("type") {
        Some("file") => {}
        Some(kind) => {
            out.insert("type".to_owned(), json!(kind));
        }
        None if is_object && schema.value.get("type").is_none() => {
            out.insert("type".to_owned(), json!("object"));
        }
        None => {}
    }
    if let Some(format) = schema.text("format") {
        out.extend(format_of(schema.text("type"), format));
    }
    out
}

fn nullable(schema: Located<'_>, converted: Value) -> Value {
    if schema.flag("x-nullable") {
        json!({ "anyOf": [converted, { "type": "null" }] })
    } else {
        converted
    }
}

/// Returns the keyword for a format, for the formats that a client cannot ignore.
fn format_of(kind: Option<&str>, format: &str) -> Option<(String, Value)> {
    let pattern = |pattern: &str| {
        let also = json!([{ "pattern": pattern }]);
        Some(("anyOf".to_owned(), also))
    };
    match (kind, format) {
        (_, "date" | "date-time" | "duration") => Some(("format".to_owned(), json!(format))),
        (_, "byte") => pattern("^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"),
        (_, "base64url") => pattern("^[A-Za-z0-9_-]*={0,2}$"),
        (_, "date-time-rfc1123") => {
            pattern("^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$")
        }
        (Some("integer"), "int32") => {
            let range = json!([{ "minimum": i32::MIN, "maximum": i32::MAX }]);
            Some(("anyOf".to_owned(), range))
        }
        _ => None,
    }
}

/// Returns a parameter's own schema.
pub(crate) fn of_parameter<'a>(parameter: Located<'a>) -> Located<'a> {
    parameter.get("schema").unwrap_or(parameter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn faults(definitions: Value, schema: Value, value: Value) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.json");
        let root = json!({ "definitions": definitions, "x-root": schema });
        std::fs::write(&file, root.to_string()).unwrap();
        let specification = Specification::open(std::slice::from_ref(&file)).unwrap();
        let at = specification.target(Path::new(&file), "#/x-root").unwrap();
        let found = Schemas::new(&specification).faults(at, Direction::Response, &value);
        let mut pointers: Vec<String> = found.into_iter().map(|fault| fault.pointer).collect();
        pointers.sort();
        pointers
    }

    #[test]
    fn undeclared_properties_are_faults() {
        let definitions = json!({
            "Base": { "properties": { "id": { "type": "string" } }, "required": ["id"] },
            "Thing": { "allOf": [{ "$ref": "#/definitions/Base" }], "properties": { "size": { "type": "integer" } } },
            "Open": { "properties": { "x": { "type": "string" } }, "additionalProperties": { "type": "integer" } },
        });
        let thing = json!({ "$ref": "#/definitions/Thing" });
        let of_thing = |value| faults(definitions.clone(), thing.clone(), value);
        assert!(of_thing(json!({ "id": "a", "size": 1 })).is_empty());
        assert_eq!(of_thing(json!({ "id": "a", "Size": 1 })), ["/Size"]);
        assert_eq!(of_thing(json!({ "size": "1" })), ["", "/size"]);
        assert_eq!(of_thing(json!("a")), ["", ""]);
        assert!(of_thing(json!({ "id": "a", "size": null })).is_empty());
        let open = json!({ "$ref": "#/definitions/Open" });
        assert_eq!(
            faults(
                definitions.clone(),
                open,
                json!({ "x": "a", "y": 1, "z": null })
            ),
            ["/z"]
        );
        assert!(
            faults(
                definitions,
                json!({ "type": "object" }),
                json!({ "any": 1 })
            )
            .is_empty()
        );
    }

    #[test]
    fn subtypes_are_selected_by_the_discriminator() {
        let definitions = json!({
            "Shape": { "discriminator": "kind", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
            "Polygon": { "allOf": [{ "$ref": "#/definitions/Shape" }], "properties": { "corners": { "type": "integer" } } },
            "Square": { "allOf": [{ "$ref": "#/definitions/Polygon" }], "x-ms-discriminator-value": "sq", "properties": { "side": { "type": "integer" } } },
        });
        let shape = json!({ "type": "array", "items": { "$ref": "#/definitions/Shape" } });
        let value = json!([
            { "kind": "Polygon", "corners": 3 },
            { "kind": "Polygon", "side": 3 },
            { "kind": "sq", "side": 3, "corners": 4 },
            { "kind": "sq", "side": "3" },
            { "kind": "new", "anything": true },
            {},
        ]);
        let found = faults(definitions, shape, value);
        assert_eq!(found, ["/1/side", "/3/side", "/5"]);
    }
}
