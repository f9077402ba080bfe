//! The data of the fake service: operations and schemas as `arm_runtime::fake` reads them.

use crate::{
    manifest::Manifest,
    resolve::api::{
        Api, Element, Enumeration, Format, Object, Operation, Parameter, Place, Presence, Property,
        Response, Rules, Schema, Shape, Type,
    },
};
use indexmap::IndexSet;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Number, Value};
use std::collections::BTreeSet;

/// `src/fake.json`: one line for each operation and schema, so that changes can be read.
pub(super) fn generate(api: &Api, manifest: &Manifest) -> serde_json::Result<String> {
    let stored = stored_paths(api);
    // Most operations share their parameters.
    let mut parameters = IndexSet::new();
    let mut operations = Vec::new();
    for one in &api.operations {
        let mut row = operation(api, one, &stored);
        for parameter in own_parameters(one) {
            let text = serde_json::to_string(&parameter)?;
            row.parameters.push(parameters.insert_full(text).0);
        }
        operations.push(serde_json::to_string(&row)?);
    }
    let schemas = api.schemas.iter().map(|(name, one)| {
        let name = serde_json::to_string(name)?;
        Ok(format!("{name}:{}", serde_json::to_string(&schema(one))?))
    });
    let schemas: Vec<String> = schemas.collect::<serde_json::Result<_>>()?;
    Ok(format!(
        "{{\n\"provider\":{},\n\"versions\":{},\n\"views\":{},\n\"parameters\":[\n{}\n],\n\"operations\":[\n{}\n],\n\
         \"schemas\":{{\n{}\n}}\n}}\n",
        serde_json::to_string(&manifest.provider)?,
        serde_json::to_string(&versions(api, manifest))?,
        serde_json::to_string(&manifest.views)?,
        Vec::from_iter(parameters).join(",\n"),
        operations.join(",\n"),
        schemas.join(",\n"),
    ))
}

/// A version that clients may ask for.
#[derive(Serialize)]
struct VersionRow<'a> {
    name: &'a str,
    /// Position of the version that describes it.
    shape: usize,
}

#[derive(Serialize)]
struct OperationRow<'a> {
    id: &'a str,
    method: &'a str,
    path: &'a str,
    kind: &'a str,
    #[serde(rename = "type")]
    resource_type: String,
    /// In which versions it exists, unless all have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<&'a [usize]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    /// Positions in the list of all parameters.
    parameters: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<BodyRow<'a>>,
    answers: Vec<AnswerRow<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    long_running: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    final_state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<ListRow<'a>>,
}

#[derive(Serialize)]
struct ParameterRow<'a> {
    name: &'a str,
    #[serde(rename = "in")]
    place: &'a str,
    #[serde(rename = "type")]
    ty: TypeRow<'a>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    /// Whether the value may have several segments.
    #[serde(skip_serializing_if = "is_false")]
    raw: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    constant: Option<&'a str>,
    #[serde(flatten)]
    rules: RulesRow<'a>,
}

#[derive(Serialize)]
struct BodyRow<'a> {
    #[serde(rename = "type")]
    ty: TypeRow<'a>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    content: &'a str,
}

#[derive(Serialize)]
struct AnswerRow<'a> {
    status: u16,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    ty: Option<TypeRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headers: Vec<&'a str>,
}

#[derive(Serialize)]
struct ListRow<'a> {
    items: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum SchemaRow<'a> {
    Alias(TypeRow<'a>),
    Choice {
        #[serde(rename = "type")]
        ty: TypeRow<'a>,
        #[serde(skip_serializing_if = "is_false")]
        open: bool,
        values: Vec<&'a Value>,
    },
    Object {
        members: Pairs<'a, MemberRow<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        additional: Option<TypeRow<'a>>,
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        bases: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        discriminator: Option<DiscriminatorRow<'a>>,
    },
}

#[derive(Serialize)]
struct MemberRow<'a> {
    #[serde(rename = "type")]
    ty: TypeRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<&'a Presence>,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    nullable: bool,
    #[serde(skip_serializing_if = "is_false")]
    read_only: bool,
    #[serde(skip_serializing_if = "is_false")]
    secret: bool,
    #[serde(flatten)]
    rules: RulesRow<'a>,
}

#[derive(Serialize)]
struct DiscriminatorRow<'a> {
    member: &'a str,
    kinds: Pairs<'a, &'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum TypeRow<'a> {
    Named(&'a str),
    Text(&'a str),
    Integer(u8),
    Number,
    Boolean,
    List(ElementRow<'a>),
    Map(ElementRow<'a>),
    Any,
    Binary,
}

#[derive(Serialize)]
struct ElementRow<'a> {
    #[serde(rename = "type")]
    ty: Box<TypeRow<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    nullable: bool,
}

#[derive(Serialize)]
struct RulesRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    min_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<&'a Number>,
    #[serde(skip_serializing_if = "is_false")]
    exclusive_minimum: bool,
    #[serde(skip_serializing_if = "is_false")]
    exclusive_maximum: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    multiple_of: Option<&'a Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_items: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_items: Option<usize>,
    #[serde(skip_serializing_if = "is_false")]
    unique_items: bool,
}

/// A JSON object in the order of the description.
struct Pairs<'a, T>(Vec<(&'a str, T)>);

impl<T: Serialize> Serialize for Pairs<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn versions<'a>(api: &Api, manifest: &'a Manifest) -> Vec<VersionRow<'a>> {
    let all = manifest.versions.iter().filter_map(|version| {
        let described = version.same_as.as_ref().unwrap_or(&version.version);
        Some(VersionRow {
            name: &version.version,
            shape: api.versions.iter().position(|one| one == described)?,
        })
    });
    all.collect()
}

/// The paths that something can be put at.
fn stored_paths(api: &Api) -> BTreeSet<&str> {
    let puts = api.operations.iter().filter(|one| one.method == "PUT");
    puts.map(|one| one.path.as_str()).collect()
}

fn operation<'a>(api: &Api, operation: &'a Operation, stored: &BTreeSet<&str>) -> OperationRow<'a> {
    let everywhere = operation.presence.len() == api.versions.len();
    let long_running = operation.long_running.as_ref();
    OperationRow {
        id: &operation.id,
        method: operation.method,
        path: &operation.path,
        kind: kind(operation, stored),
        resource_type: resource_type(&operation.path),
        versions: (!everywhere).then_some(&operation.presence),
        parameters: Vec::new(),
        body: operation.body.as_ref().map(|body| BodyRow {
            ty: ty(&body.ty),
            required: body.required,
            content: &body.content_type,
        }),
        answers: operation.responses.iter().map(answer).collect(),
        long_running: long_running.is_some(),
        final_state: long_running.and_then(|how| how.final_state.as_deref()),
        list: operation.pageable.as_ref().map(|pages| ListRow {
            items: &pages.items,
            next: pages.next_link.as_deref(),
        }),
    }
}

/// The parameters, without the version, which the fake checks in its own way.
fn own_parameters(operation: &Operation) -> impl Iterator<Item = ParameterRow<'_>> {
    let all = operation.parameters.iter();
    all.filter(|one| one.name != "api-version").map(parameter)
}

/// What an operation does, as far as a server that knows no service can tell.
fn kind(operation: &Operation, stored: &BTreeSet<&str>) -> &'static str {
    let named = operation.path.ends_with('}') || stored.contains(operation.path.as_str());
    match operation.method {
        _ if operation.pageable.is_some() => "list",
        "GET" if named => "get",
        "HEAD" if named => "head",
        "PUT" => "put",
        "PATCH" => "patch",
        "DELETE" => "delete",
        _ => "action",
    }
}

/// The type of the resources at a path, such as `Microsoft.X/workspaces/jobs`.
fn resource_type(path: &str) -> String {
    let Some((_, own)) = path.rsplit_once("/providers/") else {
        return String::new();
    };
    let mut parts = own.split('/');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts.step_by(2) {
        out.push('/');
        out.push_str(part);
    }
    out
}

fn answer(response: &Response) -> AnswerRow<'_> {
    let headers = response.headers.iter();
    AnswerRow {
        status: response.status,
        ty: response.body.as_ref().map(ty),
        headers: headers.map(|header| header.name.as_str()).collect(),
    }
}

fn parameter(parameter: &Parameter) -> ParameterRow<'_> {
    ParameterRow {
        name: &parameter.name,
        place: match parameter.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Header => "header",
        },
        ty: ty(&parameter.ty),
        required: parameter.required,
        raw: parameter.skip_encoding,
        constant: parameter.constant.as_deref(),
        rules: rules(&parameter.rules),
    }
}

fn schema(schema: &Schema) -> SchemaRow<'_> {
    match &schema.shape {
        Shape::Alias(other) => SchemaRow::Alias(ty(other)),
        Shape::Enumeration(choice) => self::choice(choice),
        Shape::Object(object) => self::object(object, &schema.presence),
    }
}

fn choice(choice: &Enumeration) -> SchemaRow<'_> {
    SchemaRow::Choice {
        ty: ty(&choice.ty),
        open: choice.open,
        values: choice.values.iter().map(|value| &value.value).collect(),
    }
}

fn object<'a>(object: &'a Object, presence: &Presence) -> SchemaRow<'a> {
    let members = object.properties.iter();
    let members = members.map(|(name, property)| (name.as_str(), member(property, presence)));
    let discriminator = object.discriminator.as_ref().map(|by| {
        let kinds = by.mapping.iter();
        let kinds = kinds.map(|(kind, schema)| (kind.as_str(), schema.as_str()));
        DiscriminatorRow {
            member: &by.property,
            kinds: Pairs(kinds.collect()),
        }
    });
    SchemaRow::Object {
        members: Pairs(members.collect()),
        additional: object.additional.as_ref().map(ty),
        bases: &object.ancestors,
        discriminator,
    }
}

/// A member of a schema that these versions have.
fn member<'a>(property: &'a Property, everywhere: &Presence) -> MemberRow<'a> {
    MemberRow {
        ty: ty(&property.ty),
        versions: (property.presence != *everywhere).then_some(&property.presence),
        required: property.required,
        nullable: property.nullable,
        read_only: property.read_only,
        secret: property.secret,
        rules: rules(&property.rules),
    }
}

fn ty(ty: &Type) -> TypeRow<'_> {
    match ty {
        Type::Named(name) => TypeRow::Named(name),
        Type::String(format) => TypeRow::Text(text(*format)),
        Type::Integer(bits) => TypeRow::Integer(*bits),
        Type::Number => TypeRow::Number,
        Type::Boolean => TypeRow::Boolean,
        Type::Array(element) => TypeRow::List(self::element(element)),
        Type::Map(element) => TypeRow::Map(self::element(element)),
        Type::Any => TypeRow::Any,
        Type::Binary => TypeRow::Binary,
    }
}

fn element(element: &Element) -> ElementRow<'_> {
    ElementRow {
        ty: Box::new(ty(&element.ty)),
        nullable: element.nullable,
    }
}

fn text(format: Format) -> &'static str {
    match format {
        Format::Plain => "plain",
        Format::Date => "date",
        Format::DateTime => "date-time",
        Format::DateTimeRfc1123 => "rfc1123",
        Format::UnixTime => "unix-time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Base64 => "base64",
        Format::Base64Url => "base64-url",
        Format::ArmId => "arm-id",
        Format::Password => "password",
    }
}

fn rules(rules: &Rules) -> RulesRow<'_> {
    RulesRow {
        min_length: rules.min_length,
        max_length: rules.max_length,
        pattern: rules.pattern.as_deref(),
        minimum: rules.minimum.as_ref(),
        maximum: rules.maximum.as_ref(),
        exclusive_minimum: rules.exclusive_minimum,
        exclusive_maximum: rules.exclusive_maximum,
        multiple_of: rules.multiple_of.as_ref(),
        min_items: rules.min_items,
        max_items: rules.max_items,
        unique_items: rules.unique_items,
    }
}

fn is_false(flag: &bool) -> bool {
    !flag
}
