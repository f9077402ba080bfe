//! Documents with one violation.

use crate::{
    description::Description,
    pattern,
    shape::{Member, Object, Shape},
};
use serde_json::{Map, Value, json};

/// A document with one violation.
#[derive(Clone, Debug)]
pub struct InvalidDocument {
    /// The path of the violation, in the form of error messages.
    pub path: String,
    /// The document.
    pub document: Value,
}

/// Returns copies of the document in each of which one value is replaced by one of a wrong type.
pub fn with_wrong_types(
    description: &Description,
    name: &str,
    document: &Value,
) -> Vec<InvalidDocument> {
    let mut locations = Locations {
        description,
        requests: false,
        found: Vec::new(),
    };
    locations.visit(&description.shape_of(name), document, "", "");
    locations.documents(document)
}

/// Returns copies of a request body in each of which one thing is wrong that a service has to
/// reject: a value of a wrong type, a value that breaks a rule, or a missing required member.
pub fn invalid_bodies(
    description: &Description,
    schema: &Value,
    document: &Value,
) -> Vec<InvalidDocument> {
    let mut locations = Locations {
        description,
        requests: true,
        found: Vec::new(),
    };
    locations.visit(&description.shape(schema), document, "", "");
    locations.documents(document)
}

/// The location of a value, and a value that must not be there; `None` is no value at all.
struct Location {
    pointer: String,
    path: String,
    wrong: Vec<Option<Value>>,
}

struct Locations<'a> {
    description: &'a Description,
    /// Whether rules are broken too, and only members that a client may set.
    requests: bool,
    found: Vec<Location>,
}

impl Location {
    fn filled(&self, document: &Value, wrong: Option<Value>) -> Option<Value> {
        let mut document = document.clone();
        match wrong {
            Some(wrong) => *document.pointer_mut(&self.pointer)? = wrong,
            None => {
                let (parent, name) = self.pointer.rsplit_once('/')?;
                let name = name.replace("~1", "/").replace("~0", "~");
                document.pointer_mut(parent)?.as_object_mut()?.remove(&name);
            }
        }
        Some(document)
    }
}

impl<'a> Locations<'a> {
    fn documents(self, document: &Value) -> Vec<InvalidDocument> {
        let documents = self.found.into_iter().flat_map(|mut location| {
            let wrong = std::mem::take(&mut location.wrong).into_iter();
            wrong.filter_map(move |wrong| {
                let document = location.filled(document, wrong)?;
                let path = location.path.clone();
                Some(InvalidDocument { path, document })
            })
        });
        documents.collect()
    }

    /// Visits the contents of a value.
    fn visit(&mut self, shape: &Shape<'a>, value: &Value, pointer: &str, path: &str) {
        let description = self.description;
        match (shape, value) {
            (Shape::Object(object), Value::Object(members)) => {
                self.members(object, members, pointer, path);
            }
            (Shape::Union(tag, kinds), Value::Object(members)) => {
                let kind = members.get(*tag).and_then(Value::as_str);
                if let Some(name) = kind.and_then(|kind| kinds.get(kind)) {
                    self.members(&description.object_of(name), members, pointer, path);
                }
            }
            (Shape::List(items), Value::Array(all)) => {
                for (index, one) in all.iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    self.location(items, one, &format!("{pointer}/{index}"), &path);
                }
            }
            (Shape::Map(values), Value::Object(all)) => {
                for (name, one) in all {
                    self.location(values, one, &child(pointer, name), &member(path, name));
                }
            }
            _ => {}
        }
    }

    fn members(
        &mut self,
        object: &Object<'a>,
        members: &Map<String, Value>,
        pointer: &str,
        path: &str,
    ) {
        for (name, value) in members {
            let tag = object.tag.is_some_and(|(tag, _)| tag == name);
            let own = object.members.get(name.as_str());
            if tag || self.requests && own.is_some_and(Member::read_only) {
                continue;
            }
            let (pointer, path) = (child(pointer, name), member(path, name));
            if self.requests && own.is_some_and(Member::wanted) {
                self.found.push(Location {
                    pointer: pointer.clone(),
                    path: path.clone(),
                    wrong: vec![None],
                });
            }
            if let Some(schema) = own.map(|own| own.schema).or(object.rest) {
                self.location(schema, value, &pointer, &path);
            }
        }
    }

    fn location(&mut self, schema: &'a Value, value: &Value, pointer: &str, path: &str) {
        if value.is_null() {
            return;
        }
        let shape = self.description.shape(schema);
        let mut wrong = wrong_values(&shape);
        if self.requests {
            wrong.extend(rule_breaking_values(&shape));
        }
        self.found.push(Location {
            pointer: pointer.to_owned(),
            path: path.to_owned(),
            wrong: wrong.into_iter().map(Some).collect(),
        });
        self.visit(&shape, value, pointer, path);
    }
}

fn child(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn member(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        _ => format!("{path}.{name}"),
    }
}

fn wrong_values(shape: &Shape<'_>) -> Vec<Value> {
    match shape {
        Shape::Any(_) => Vec::new(),
        Shape::Text(schema) if schema["format"] == "date-time" => {
            vec![
                json!(7),
                json!("yesterday"),
                json!("2025-02-30T00:00:00Z"),
                json!([]),
            ]
        }
        Shape::Text(_) => vec![json!(7), json!(true), json!({}), json!([])],
        Shape::Choice(values, open) => {
            let unknown = if values[0].is_string() {
                vec![json!("Unheard-Of")]
            } else {
                vec![json!(987_654)]
            };
            let other = if values[0].is_string() {
                json!(7)
            } else {
                json!("7")
            };
            let closed = unknown.into_iter().filter(|_| !open);
            closed.chain([other, json!([]), json!({})]).collect()
        }
        Shape::Integer(bits, _) => {
            let beyond = if *bits == 32 {
                json!(i64::from(i32::MAX) + 1)
            } else {
                json!(u64::MAX)
            };
            vec![json!("7"), json!(1.5), beyond, json!(true)]
        }
        Shape::Number(_) => vec![json!("1.5"), json!(false), json!([])],
        Shape::Boolean => vec![json!("true"), json!(0), json!({})],
        Shape::List(_) => vec![json!({}), json!("a"), json!(1)],
        Shape::Map(_) | Shape::Object(_) | Shape::Union(..) => {
            vec![json!([]), json!("a"), json!(1), json!(true)]
        }
    }
}

/// Returns copies of the document in each of which one rule of a member is broken.
pub fn with_broken_rules(
    description: &Description,
    name: &str,
    document: &Value,
) -> Vec<InvalidDocument> {
    let (object, members) = match (description.shape_of(name), document) {
        (Shape::Object(object), Value::Object(members)) => (object, members),
        (Shape::Union(tag, kinds), Value::Object(members)) => {
            let kind = members.get(tag).and_then(Value::as_str);
            match kind.and_then(|kind| kinds.get(kind)) {
                Some(name) => (description.object_of(name), members),
                None => return Vec::new(),
            }
        }
        _ => return Vec::new(),
    };
    let mut documents = Vec::new();
    for (name, own) in &object.members {
        if object.tag.is_some_and(|(tag, _)| tag == *name) {
            continue;
        }
        let mut with = |value: Option<Value>| {
            let mut members = members.clone();
            match value {
                Some(value) => members.insert((*name).to_owned(), value),
                None => members.remove(*name),
            };
            documents.push(InvalidDocument {
                path: (*name).to_owned(),
                document: Value::Object(members),
            });
        };
        if own.wanted() {
            with(None);
        }
        for value in rule_breaking_values(&description.shape(own.schema)) {
            with(Some(value));
        }
    }
    documents
}

/// Returns values of the right type that break a rule.
fn rule_breaking_values(shape: &Shape<'_>) -> Vec<Value> {
    let (Shape::Text(schema) | Shape::Integer(_, schema) | Shape::Number(schema)) = shape else {
        return Vec::new();
    };
    let mut values = Vec::new();
    if schema["minLength"].as_u64().is_some_and(|least| least > 0) {
        values.push(json!(""));
    }
    if let Some(most) = schema["maxLength"].as_u64() {
        values.push(json!(
            "a".repeat(usize::try_from(most).unwrap_or_default() + 1)
        ));
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        let candidates = ["", "!", "ß", "-", "\u{0}"].into_iter();
        let wrong = candidates.filter(|text| !pattern::matches(pattern, text));
        values.extend(wrong.map(|text| json!(text)));
    }
    if let Some(least) = schema["minimum"].as_i64() {
        values.push(json!(least - 1));
    }
    if let Some(most) = schema["maximum"].as_i64() {
        values.push(json!(most + 1));
    }
    values
}
