//! Builds the table of the fake service: kinds of operations, resource types and stored paths.

use crate::{
    http_method::HttpMethod,
    manifest::Manifest,
    path_template::PathTemplate,
    problem::Problems,
    resolve::api::{self, Api, Presence},
};
use arm_fake::table::{
    Body, Choice, Discriminator, Element, Kind, Limits, List, Member, Object, Operation,
    OperationVersion, Parameter, ParameterLocation, Schema, Success, Table, Text, Type, Version,
};
use std::collections::BTreeSet;

/// Checks that `fake:` in the manifest names resource types, operations and schemas that exist.
pub(crate) fn check(api: &Api, manifest: &Manifest) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let mut expect = |is_known: bool, section: &str, key: &str, expected: &str| {
        let at = (manifest.file.as_str(), ["fake", section, key].into());
        problems.expect_known(is_known, at, expected, key);
    };
    let types = api.operations.iter().map(|one| one.path.resource_type());
    let types: BTreeSet<String> = types.collect();
    let is_type = |own: &str| types.contains(&format!("{}/{own}", manifest.provider));
    for (name, rules) in &manifest.fake.resources {
        let expected = "a resource type of the description such as workspaces/jobs";
        expect(is_type(name), "resources", name, expected);
        let versions = rules.versions.iter().map(|one| &one.of);
        for collection in versions.chain(rules.shares.iter().map(|one| &one.among)) {
            let inner = format!("{name}/{collection}");
            let expected = format!("a resource type whose resources have {collection}");
            expect(is_type(&inner), "resources", name, &expected);
        }
    }
    for id in manifest.fake.actions.keys() {
        let known = api.operations.iter().any(|one| one.id == *id);
        expect(known, "actions", id, "the ID of an operation");
    }
    for key in manifest.fake.samples.keys() {
        let known = key.split_once('.').is_some_and(|(schema, member)| {
            matches!(api.schemas.get(schema).map(|one| &one.shape),
                Some(api::Shape::Object(object)) if object.properties.contains_key(member))
        });
        expect(
            known,
            "samples",
            key,
            "a schema and its member such as Token.expiresOn",
        );
    }
    for schema in manifest.fake.views.keys() {
        let known = api.schemas.contains_key(schema);
        expect(known, "views", schema, "the schema of a parameter");
    }
    problems.into_result(())
}

/// Builds the table.
pub(crate) fn build(api: &Api, manifest: &Manifest) -> Table {
    let stored = stored_paths(api);
    // Most operations share their parameters.
    let mut parameters = Vec::new();
    let operations = api.operations.iter();
    let operations = operations.map(|one| operation(api, one, &stored, &mut parameters));
    Table {
        provider: manifest.provider.clone(),
        versions: versions(api, manifest),
        behavior: manifest.fake.clone(),
        operations: operations.collect(),
        schemas: api
            .schemas
            .iter()
            .map(|(name, one)| (name.clone(), schema(api, one)))
            .collect(),
        parameters,
    }
}

fn versions(api: &Api, manifest: &Manifest) -> Vec<Version> {
    let all = manifest.versions.iter().filter_map(|version| {
        let name = version.version.clone();
        let has_name = |own: &api::Version| own.names.contains(&name);
        Some(Version {
            shape: api.versions.iter().position(has_name)?,
            name,
        })
    });
    all.collect()
}

/// Returns the paths of PUT operations.
fn stored_paths(api: &Api) -> BTreeSet<&PathTemplate> {
    let puts = api
        .operations
        .iter()
        .filter(|one| one.method == HttpMethod::Put);
    puts.map(|one| &one.path).collect()
}

/// Converts an operation.
fn operation(
    api: &Api,
    operation: &api::Operation,
    stored: &BTreeSet<&PathTemplate>,
    parameters: &mut Vec<Parameter>,
) -> Operation {
    let everywhere = operation.presence.len() == api.versions.len();
    let long_running = operation.long_running.as_ref();
    Operation {
        id: operation.id.clone(),
        method: operation.method,
        path: operation.path.to_string(),
        kind: kind(operation, stored),
        resource_type: operation.path.resource_type(),
        versions: (!everywhere).then(|| operation.presence.clone()),
        api_version: match &operation.api_version {
            api::ApiVersion::Client => None,
            api::ApiVersion::Own(own) => Some(OperationVersion::Own(own.clone())),
            api::ApiVersion::None => Some(OperationVersion::None),
        },
        parameters: own_parameters(operation)
            .map(|parameter| position_of(parameter, parameters))
            .collect(),
        body: operation.body.as_ref().map(|body| Body {
            ty: ty(&body.ty),
            required: body.required,
            content: body.content_type.clone(),
        }),
        responses: operation.responses.iter().map(success).collect(),
        long_running: long_running.is_some(),
        final_state: long_running.and_then(|how| how.final_state.clone()),
        list: operation.pageable.as_ref().map(|pages| List {
            items: pages.items.clone(),
            next: pages.next_link.clone(),
        }),
    }
}

/// Returns the index of a parameter in the list of all; a new one is appended.
fn position_of(parameter: Parameter, all: &mut Vec<Parameter>) -> usize {
    let known = all.iter().position(|one| *one == parameter);
    known.unwrap_or_else(|| {
        all.push(parameter);
        all.len() - 1
    })
}

/// Returns the parameters, without the API version, which the fake checks itself.
fn own_parameters(operation: &api::Operation) -> impl Iterator<Item = Parameter> {
    let all = operation.parameters.iter();
    all.filter(|one| one.name != "api-version")
        .filter_map(parameter)
}

/// Returns what an operation does, as far as its method and path say.
fn kind(operation: &api::Operation, stored: &BTreeSet<&PathTemplate>) -> Kind {
    let named = operation.path.ends_in_placeholder() || stored.contains(&operation.path);
    match operation.method {
        // A long-running operation has one page when it ends.
        _ if operation.pageable.is_some() && operation.long_running.is_none() => Kind::List,
        HttpMethod::Get if named => Kind::Get,
        HttpMethod::Head if named => Kind::Head,
        HttpMethod::Put => Kind::Put,
        HttpMethod::Patch => Kind::Patch,
        HttpMethod::Delete => Kind::Delete,
        HttpMethod::Get
        | HttpMethod::Head
        | HttpMethod::Options
        | HttpMethod::Post
        | HttpMethod::Trace => Kind::Action,
    }
}

fn success(response: &api::Response) -> Success {
    let headers = response.headers.iter();
    Success {
        status: response.status,
        ty: response.body.as_ref().map(ty),
        headers: headers.map(|header| header.name.clone()).collect(),
    }
}

/// Converts a parameter; `None` for fields of forms.
fn parameter(parameter: &api::Parameter) -> Option<Parameter> {
    Some(Parameter {
        name: parameter.name.clone(),
        location: match parameter.location {
            api::ParameterLocation::Path => ParameterLocation::Path,
            api::ParameterLocation::Query => ParameterLocation::Query,
            api::ParameterLocation::Header => ParameterLocation::Header,
            api::ParameterLocation::Form => return None,
        },
        ty: ty(&parameter.ty),
        required: parameter.required,
        raw: parameter.skip_encoding,
        constant: parameter.constant.clone(),
        limits: limits(&parameter.rules),
    })
}

fn schema(api: &Api, schema: &api::Schema) -> Schema {
    match &schema.shape {
        api::Shape::Alias(other) => Schema::Alias(ty(other)),
        api::Shape::Enumeration(choice) => Schema::Choice(Choice {
            ty: ty(&choice.ty),
            open: choice.open,
            values: choice
                .values
                .iter()
                .map(|value| value.value.clone())
                .collect(),
            versions: choice
                .values
                .iter()
                .filter(|value| value.presence != schema.presence)
                .filter_map(|value| {
                    Some((value.value.as_str()?.to_owned(), value.presence.clone()))
                })
                .collect(),
        }),
        api::Shape::Object(object) => Schema::Object(self::object(api, object, &schema.presence)),
    }
}

fn object(api: &Api, object: &api::Object, presence: &Presence) -> Object {
    let members = object.properties.iter();
    let members = members.map(|(name, property)| (name.clone(), member(property, presence)));
    let discriminator = object.discriminator.as_ref().map(|by| {
        let kinds = by.mapping.iter();
        let versions = kinds.clone().filter_map(|(kind, schema)| {
            let own = &api.schemas.get(schema)?.presence;
            (own != presence).then(|| (kind.clone(), own.clone()))
        });
        Discriminator {
            member: by.property.clone(),
            versions: versions.collect(),
            kinds: kinds
                .map(|(kind, schema)| (kind.clone(), schema.clone()))
                .collect(),
        }
    });
    Object {
        members: members.collect(),
        additional: object.additional.as_ref().map(ty),
        bases: object.ancestors.clone(),
        discriminator,
    }
}

/// Converts a member of a schema that these versions have.
fn member(property: &api::Property, everywhere: &Presence) -> Member {
    let elsewhere = property.presence != *everywhere;
    Member {
        ty: ty(&property.ty),
        versions: elsewhere.then(|| property.presence.clone()),
        required: property.required,
        nullable: property.nullable,
        read_only: property.read_only,
        create_only: property.create_only,
        secret: property.secret,
        limits: limits(&property.rules),
    }
}

fn ty(ty: &api::Type) -> Type {
    match ty {
        api::Type::Named(name) => Type::Named(name.clone()),
        api::Type::String(format) => Type::Text(text(*format)),
        api::Type::Integer(bits) => Type::Integer(*bits),
        api::Type::Number => Type::Number,
        api::Type::Boolean => Type::Boolean,
        api::Type::Array(element) => Type::List(self::element(element)),
        api::Type::Map(element) => Type::Map(self::element(element)),
        api::Type::Any => Type::Any,
        api::Type::Binary => Type::Binary,
    }
}

fn element(element: &api::Element) -> Element {
    Element {
        ty: Box::new(ty(&element.ty)),
        nullable: element.nullable,
    }
}

fn text(format: api::Format) -> Text {
    match format {
        api::Format::Plain => Text::Plain,
        api::Format::Date => Text::Date,
        api::Format::DateTime => Text::DateTime,
        api::Format::DateTimeRfc1123 => Text::Rfc1123,
        api::Format::UnixTime => Text::UnixTime,
        api::Format::Duration => Text::Duration,
        api::Format::Uuid => Text::Uuid,
        api::Format::Uri => Text::Uri,
        api::Format::Base64 => Text::Base64,
        api::Format::Base64Url => Text::Base64Url,
        api::Format::ArmId => Text::ArmId,
        api::Format::Password => Text::Password,
    }
}

fn limits(rules: &api::Rules) -> Limits {
    Limits {
        min_length: rules.min_length,
        max_length: rules.max_length,
        pattern: rules.pattern.clone(),
        minimum: rules.minimum.clone(),
        maximum: rules.maximum.clone(),
        exclusive_minimum: rules.exclusive_minimum,
        exclusive_maximum: rules.exclusive_maximum,
        multiple_of: rules.multiple_of.clone(),
        min_items: rules.min_items,
        max_items: rules.max_items,
        unique_items: rules.unique_items,
    }
}
