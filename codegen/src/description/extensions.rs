//! Finds extensions and keywords that do not change the generated code.
//!
//! [`EXTENSIONS`] lists the extensions of AutoRest and of Azure's descriptions. Each is read at some
//! places of a document; anywhere else, it is noted.

use crate::{
    http_method::HttpMethod,
    json_pointer::JsonPointer,
    note::{Note, NoteKind},
};
use serde_json::{Map, Value};

/// A part of a document that may have extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Document,
    Info,
    Tag,
    Server,
    Variable,
    PathItem,
    Operation,
    Parameter,
    Body,
    MediaType,
    Response,
    Header,
    Schema,
    Components,
    SecurityScheme,
}

/// An extension.
struct Extension {
    name: &'static str,
    /// The places where it is read.
    read_at: &'static [Place],
    /// What is generated where it is not read.
    otherwise: &'static str,
}

const fn read(name: &'static str, read_at: &'static [Place]) -> Extension {
    Extension {
        name,
        read_at,
        otherwise: "it is not read here",
    }
}

const fn ignored(name: &'static str, otherwise: &'static str) -> Extension {
    Extension {
        name,
        read_at: &[],
        otherwise,
    }
}

const OTHER_TOOLS: &str = "it is for people and other tools";

/// The extensions that are known.
const EXTENSIONS: &[Extension] = &[
    read("x-arm-link-parameter", &[Place::Operation]),
    read("x-arm-provider", &[Place::Info]),
    read(
        "x-collection-format",
        &[Place::Parameter, Place::Header, Place::Schema],
    ),
    read("x-ms-api-version", &[Place::Operation]),
    Extension {
        name: "x-ms-client-name",
        read_at: &[Place::Parameter, Place::Body, Place::Variable],
        otherwise: "names follow those on the wire; `names` in the manifest changes them",
    },
    read("x-ms-discriminator-value", &[Place::Schema]),
    read("x-ms-enum", &[Place::Schema]),
    read("x-ms-error-response", &[Place::Response]),
    read("x-ms-examples", &[Place::Operation]),
    Extension {
        name: "x-ms-header-collection-prefix",
        read_at: &[Place::Header],
        otherwise: "one header is sent, and not one for each entry of a map",
    },
    read("x-ms-long-running-operation", &[Place::Operation]),
    read("x-ms-long-running-operation-options", &[Place::Operation]),
    read("x-ms-mutability", &[Place::Schema]),
    read("x-ms-pageable", &[Place::Operation]),
    Extension {
        name: "x-ms-secret",
        read_at: &[Place::Schema],
        otherwise: "the value is an ordinary text; models hide members that are secrets",
    },
    read(
        "x-ms-skip-url-encoding",
        &[Place::Parameter, Place::Variable],
    ),
    read("x-maxlength", &[Place::Variable]),
    read("x-minlength", &[Place::Variable]),
    read("x-pattern", &[Place::Variable]),
    ignored("x-format", "the value is text"),
    ignored("x-accessibility", "everything generated is public"),
    ignored("x-cadl-name", OTHER_TOOLS),
    ignored(
        "x-ms-arm-id-details",
        "the type of a resource ID is not checked",
    ),
    ignored("x-ms-azure-resource", "the model is like any other"),
    ignored("x-ms-cadl-name", OTHER_TOOLS),
    ignored("x-ms-client-default", "only what the caller gives is sent"),
    ignored(
        "x-ms-client-flatten",
        "the model has this object as the service has it; its members are not moved to its owner",
    ),
    ignored(
        "x-ms-client-request-id",
        "every request has an ID; one that the caller gives is sent as it is",
    ),
    ignored("x-ms-code-generation-settings", OTHER_TOOLS),
    ignored(
        "x-ms-correlation-request-id",
        "the parameter or header is like any other",
    ),
    ignored("x-ms-external", "a type is generated all the same"),
    ignored("x-ms-format", "the type follows from `format`"),
    ignored("x-ms-identifiers", OTHER_TOOLS),
    ignored("x-ms-internal", "everything generated is public"),
    ignored(
        "x-ms-no-log",
        "logs of requests never have values of parameters or members",
    ),
    ignored("x-ms-odata", "the caller writes the filter as text"),
    ignored("x-ms-original", OTHER_TOOLS),
    ignored(
        "x-ms-parameter-grouping",
        "the parameter is an argument or option of its own; there is no type for its group",
    ),
    ignored(
        "x-ms-parameter-location",
        "the path decides whether a value belongs to the client, a scope or the method",
    ),
    ignored("x-ms-permissions", OTHER_TOOLS),
    ignored(
        "x-ms-position-in-operation",
        "the method that makes the endpoint has its own arguments",
    ),
    ignored(
        "x-ms-request-id",
        "`ArmError` and the header's reader have the request ID",
    ),
    ignored("x-ms-space", OTHER_TOOLS),
    ignored(
        "x-ms-text",
        "models are neither written as XML nor read from it",
    ),
    ignored("x-ms-version", OTHER_TOOLS),
    ignored("x-ms-vlatest", OTHER_TOOLS),
    ignored("x-new-pattern", "`pattern` is checked"),
    ignored("x-publish", OTHER_TOOLS),
    ignored("x-typespec-generated", OTHER_TOOLS),
    ignored("x-typespec-name", OTHER_TOOLS),
];

/// Keywords of schemas and parameters that are valid but have no effect.
const KEYWORDS: &[(&str, Place, &str)] = &[
    (
        "allowEmptyValue",
        Place::Parameter,
        "an empty value can be passed anyway",
    ),
    (
        "maxProperties",
        Place::Schema,
        "the number of members is not checked",
    ),
    (
        "minProperties",
        Place::Schema,
        "the number of members is not checked",
    ),
    (
        "xml",
        Place::Schema,
        "models are neither written as XML nor read from it",
    ),
];

/// The formats that decide the type of a value.
const FORMATS: [&str; 19] = [
    "arm-id",
    "base64url",
    "binary",
    "byte",
    "date",
    "date-time",
    "date-time-rfc1123",
    "decimal",
    "double",
    "duration",
    "file",
    "float",
    "int32",
    "int64",
    "password",
    "unixtime",
    "uri",
    "url",
    "uuid",
];

/// Returns notes on all extensions and keywords that have no effect.
pub(super) fn notes(file: &str, root: &Value) -> Vec<Note> {
    let mut finder = Finder {
        file,
        notes: Vec::new(),
    };
    finder.visit(root, &JsonPointer::root(), Place::Document);
    finder.notes
}

struct Finder<'a> {
    file: &'a str,
    notes: Vec<Note>,
}

impl Finder<'_> {
    fn visit(&mut self, value: &Value, here: &JsonPointer, place: Place) {
        let Some(members) = value.as_object() else {
            return;
        };
        for (key, member) in members {
            if key.starts_with("x-") {
                self.extension(key, here, place);
            } else if let Some(inner) = inner(place, key) {
                self.children(member, &here.child(key), inner);
            } else {
                self.keyword(key, member, here, place);
            }
        }
    }

    fn children(&mut self, value: &Value, here: &JsonPointer, inner: Inner) {
        match (inner, value) {
            (Inner::One(place), value) => self.visit(value, here, place),
            (Inner::List(place), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, &here.child(index), place);
                }
            }
            (Inner::Map(place), Value::Object(entries)) => self.entries(entries, here, place),
            _ => {}
        }
    }

    fn entries(&mut self, entries: &Map<String, Value>, here: &JsonPointer, place: Place) {
        // Only these maps have extensions of their own, whose names no entry can have.
        let has_extensions = matches!(place, Place::PathItem | Place::Response);
        for (key, entry) in entries {
            if has_extensions && key.starts_with("x-") {
                self.extension(key, here, place);
            } else {
                self.visit(entry, &here.child(key), place);
            }
        }
    }

    /// Checks an extension of the part at `here`.
    fn extension(&mut self, name: &str, here: &JsonPointer, place: Place) {
        match EXTENSIONS.iter().find(|known| known.name == name) {
            Some(known) if known.read_at.contains(&place) => {}
            Some(known) => {
                let message = format!("`{name}` has no effect: {}", known.otherwise);
                self.note(NoteKind::NoEffect, here.child(name), message);
            }
            None => {
                let message = format!("`{name}` is an unknown extension and has no effect");
                self.note(NoteKind::NotUnderstood, here.child(name), message);
            }
        }
    }

    /// Checks a keyword of the part at `here`.
    fn keyword(&mut self, name: &str, value: &Value, here: &JsonPointer, place: Place) {
        let mut keywords = KEYWORDS.iter();
        let known = keywords.find(|(known, at, _)| *known == name && *at == place);
        if let Some((_, _, otherwise)) = known {
            let message = format!("`{name}` has no effect: {otherwise}");
            self.note(NoteKind::NoEffect, here.child(name), message);
        }
        if let (Place::Schema, "format", Some(format)) = (place, name, value.as_str())
            && !FORMATS.contains(&format)
        {
            let message = format!("the format `{format}` has no effect: no type belongs to it");
            self.note(NoteKind::NoEffect, here.child(name), message);
        }
    }

    fn note(&mut self, kind: NoteKind, pointer: JsonPointer, message: String) {
        self.notes.push(Note {
            kind,
            file: self.file.to_owned(),
            pointer,
            message,
        });
    }
}

/// The parts that a member holds.
#[derive(Clone, Copy)]
enum Inner {
    One(Place),
    List(Place),
    Map(Place),
}

/// Returns what a member of a part holds, if that may have extensions.
fn inner(place: Place, key: &str) -> Option<Inner> {
    Some(match (place, key) {
        (Place::Document, "info") => Inner::One(Place::Info),
        (Place::Document, "paths") => Inner::Map(Place::PathItem),
        (Place::Document, "components") => Inner::One(Place::Components),
        (Place::Document, "tags") => Inner::List(Place::Tag),
        (Place::Document | Place::PathItem | Place::Operation, "servers") => {
            Inner::List(Place::Server)
        }
        (Place::Server, "variables") => Inner::Map(Place::Variable),
        (Place::PathItem, key) if HttpMethod::from_key(key).is_some() => {
            Inner::One(Place::Operation)
        }
        (Place::PathItem | Place::Operation, "parameters") => Inner::List(Place::Parameter),
        (Place::Operation, "requestBody") => Inner::One(Place::Body),
        (Place::Operation, "responses") => Inner::Map(Place::Response),
        (Place::Body | Place::Response | Place::Parameter, "content") => {
            Inner::Map(Place::MediaType)
        }
        (Place::Response, "headers") => Inner::Map(Place::Header),
        (Place::MediaType | Place::Parameter | Place::Header, "schema") => {
            Inner::One(Place::Schema)
        }
        (Place::Components, key) => return components(key),
        (Place::Schema, "items" | "additionalProperties" | "not") => Inner::One(Place::Schema),
        (Place::Schema, "properties") => Inner::Map(Place::Schema),
        (Place::Schema, "allOf" | "oneOf" | "anyOf") => Inner::List(Place::Schema),
        _ => return None,
    })
}

fn components(key: &str) -> Option<Inner> {
    Some(Inner::Map(match key {
        "parameters" => Place::Parameter,
        "schemas" => Place::Schema,
        "responses" => Place::Response,
        "requestBodies" => Place::Body,
        "headers" => Place::Header,
        "securitySchemes" => Place::SecurityScheme,
        _ => return None,
    }))
}
