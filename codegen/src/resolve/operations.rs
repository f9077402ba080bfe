//! Resolves paths to operations.

use super::{
    api::{
        ApiVersion, ErrorResponse, Header, ListStyle, LongRunning, Operation, Pageable, Parameter,
        ParameterLocation, Response, Type,
    },
    bodies::{self, Content, media_type, preferred},
    schemas::{self, Resolver, schema_name},
};
use crate::{
    description::Description,
    http_method::{self, HttpMethod},
    json_pointer::JsonPointer,
    names,
    path_template::PathTemplate,
};
use indexmap::IndexMap;
use openapiv3::{
    Components, MediaType, Operation as Source, Parameter as SourceParameter,
    ParameterSchemaOrContent, PathItem, QueryStyle, ReferenceOr, Response as SourceResponse,
    SchemaKind, StatusCode, StringFormat, Type as OpenApiType, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

type Extensions = IndexMap<String, Value>;

/// The extension that names the parameter with a link that replaces the whole path.
const LINK: &str = "x-arm-link-parameter";

/// An operation and its place in the description.
pub(super) struct Located {
    pub(super) operation: Operation,
    pub(super) pointer: JsonPointer,
    /// ID of the operation that returns its next pages, as written in the description.
    pub(super) next_operation: Option<String>,
}

/// Resolves all operations, in the order of the description.
pub(super) fn resolve<'a>(description: &'a Description, types: &mut Resolver<'a>) -> Vec<Located> {
    let mut operations = Vec::new();
    for (path, item) in &description.api.paths.paths {
        let pointer = JsonPointer::from(["paths", path]);
        match item {
            ReferenceOr::Item(item) => {
                for (method, source) in methods(item) {
                    let pointer = pointer.child(method.key());
                    if description.left_out.contains(&pointer) {
                        continue;
                    }
                    let context = Context {
                        description,
                        path,
                        item,
                    };
                    operations.push(Located {
                        operation: context.operation(method, source, types),
                        pointer,
                        next_operation: next_operation(&source.extensions),
                    });
                }
            }
            ReferenceOr::Reference { .. } => {
                let message = "expected a path item, found a reference; write the path item here";
                types.report(pointer, message.to_owned());
            }
        }
    }
    operations
}

fn methods(item: &PathItem) -> impl Iterator<Item = (HttpMethod, &Source)> {
    let methods = HttpMethod::GENERATED.into_iter();
    methods.filter_map(|method| Some((method, http_method::operation(method, item)?)))
}

struct Context<'a> {
    description: &'a Description,
    path: &'a str,
    item: &'a PathItem,
}

impl<'a> Context<'a> {
    fn operation(
        &self,
        method: HttpMethod,
        source: &'a Source,
        types: &mut Resolver<'a>,
    ) -> Operation {
        let id = source.operation_id.clone().unwrap_or_default();
        let own = source.parameters.iter();
        let shared = self.item.parameters.iter();
        let mut parameters: Vec<Parameter> = Vec::new();
        for source in own
            .chain(shared)
            .filter_map(|own| self.component(own, |all| &all.parameters))
        {
            let name = &source.parameter_data_ref().name;
            // A parameter of the operation takes precedence over one of its path.
            if let Some(parameter) = parameter(source, &id, types)
                && !parameters
                    .iter()
                    .any(|known| known.name == *name && known.location == parameter.location)
            {
                parameters.push(parameter);
            }
        }
        let presence = vec![types.version()];
        let link = source.extensions.get(LINK).and_then(Value::as_str);
        for parameter in &mut parameters {
            parameter.is_link = link.is_some_and(|link| {
                parameter.location == ParameterLocation::Path && parameter.name == link
            });
        }
        let path = super::path::without_query(self.path, &mut parameters, &presence);
        let path = super::path::with_constants(&path, &mut parameters);
        if let Some(problem) = super::path::problem(&path) {
            types.report(JsonPointer::from(["paths", self.path]), problem);
        }
        let body = source.request_body.as_ref();
        let body = body.and_then(|body| self.component(body, |all| &all.request_bodies));
        let (body, form) = match body.and_then(|body| bodies::content(body, &id, types)) {
            Some(Content::Body(body)) => (Some(body), None),
            Some(Content::Form(encoding, fields)) => {
                parameters.extend(fields);
                (None, Some(encoding))
            }
            None => (None, None),
        };
        Operation {
            api_version: self.api_version(source, &parameters),
            tag: source.tags.first().cloned(),
            method,
            path: PathTemplate::parse(&format!("{}{path}", self.base(source))),
            description: source
                .description
                .clone()
                .or_else(|| source.summary.clone()),
            parameters,
            body,
            form,
            responses: self.responses(source, &id, types),
            errors: self.errors(source, &id, types),
            may_be_missing: self.by_status(source).any(|(status, ..)| status == 404),
            long_running: long_running(&source.extensions),
            pageable: pageable(&source.extensions),
            deprecated: source.deprecated,
            presence,
            id,
        }
    }

    /// Returns the API version of requests. A value that the parameter fixes takes precedence over
    /// that of the operation's file.
    fn api_version(&self, source: &Source, parameters: &[Parameter]) -> ApiVersion {
        let mut all = parameters.iter();
        let Some(parameter) = all.find(|own| own.is_api_version()) else {
            return ApiVersion::None;
        };
        let said = source.extensions.get("x-ms-api-version");
        let fixed = parameter.constant.as_deref();
        match fixed.or_else(|| said?.as_str()) {
            Some(own) if own != self.description.api.info.version => {
                ApiVersion::Own(own.to_owned())
            }
            _ => ApiVersion::Client,
        }
    }

    fn base(&self, source: &'a Source) -> &'a str {
        let own = source.servers.first();
        let server = own.or(self.description.api.servers.first());
        server.map_or("", |server| super::path::base(&server.url))
    }

    /// Follows references to a component: a parameter, a request body or a response.
    fn component<T>(
        &self,
        source: &'a ReferenceOr<T>,
        list: fn(&Components) -> &IndexMap<String, ReferenceOr<T>>,
    ) -> Option<&'a T> {
        match source {
            ReferenceOr::Item(item) => Some(item),
            ReferenceOr::Reference { reference } => {
                let all = list(self.description.api.components.as_ref()?);
                self.component(all.get(&schema_name(reference))?, list)
            }
        }
    }

    /// Returns the responses with a status of their own, and whether the description marks them as
    /// errors.
    fn by_status(
        &self,
        source: &'a Source,
    ) -> impl Iterator<Item = (u16, &'a SourceResponse, bool)> {
        let all = source.responses.responses.iter();
        all.filter_map(|(status, response)| {
            let response = self.component(response, |all| &all.responses)?;
            let StatusCode::Code(status) = status else {
                return None;
            };
            let marked = response.extensions.get("x-ms-error-response");
            let is_error = marked == Some(&Value::Bool(true)) || !(200..400).contains(status);
            Some((*status, response, is_error))
        })
    }

    fn responses(&self, source: &'a Source, id: &str, types: &mut Resolver<'_>) -> Vec<Response> {
        let successes = self.by_status(source).filter(|(_, _, is_error)| !is_error);
        let responses = successes.map(|(status, response, _)| {
            // The headers of a redirection matter; its body is text for people.
            let content = preferred(&response.content).filter(|_| status < 300);
            Response {
                status,
                description: response.description.clone(),
                content_type: content.map(|(name, _)| name.to_owned()),
                is_text: content.is_some_and(|(name, media)| is_text(name, media)),
                body: content.map(|(name, media)| match name {
                    "*/*" => media_type(media, &|| id.to_owned(), types),
                    // Bodies that are not JSON are returned unchanged.
                    name if !name.contains("json") => Type::Binary,
                    _ => {
                        let context = || format!("{}Result", names::type_name(id));
                        media_type(media, &context, types)
                    }
                }),
                headers: headers(response, types),
            }
        });
        responses.collect()
    }

    /// Returns the models of errors, in JSON.
    fn errors(&self, source: &'a Source, id: &str, types: &mut Resolver<'_>) -> Vec<ErrorResponse> {
        let own = self.by_status(source).filter(|(_, _, is_error)| *is_error);
        let own = own.map(|(status, response, _)| (Some(status), response));
        let others = source.responses.default.iter();
        let others = others.filter_map(|one| self.component(one, |all| &all.responses));
        let all = own.chain(others.map(|response| (None, response)));
        let errors = all.filter_map(|(status, response)| {
            let (name, media) = preferred(&response.content)?;
            let schema = media.schema.as_ref().filter(|_| name.contains("json"))?;
            let body = types.ty(schema, &|| format!("{}Error", names::type_name(id)));
            Some(ErrorResponse { status, body })
        });
        errors.collect()
    }
}

/// Returns whether a body is read as text: not JSON, and not a file.
fn is_text(name: &str, media: &MediaType) -> bool {
    let Some(ReferenceOr::Item(schema)) = &media.schema else {
        return false;
    };
    let is_plain = match &schema.schema_kind {
        SchemaKind::Type(OpenApiType::String(text)) => !matches!(
            &text.format,
            VariantOrUnknownOrEmpty::Item(StringFormat::Binary)
        ),
        _ => false,
    };
    name.starts_with("text/") && is_plain
}

fn parameter(source: &SourceParameter, id: &str, types: &mut Resolver<'_>) -> Option<Parameter> {
    let data = source.parameter_data_ref();
    let (location, usual_style) = match source {
        SourceParameter::Path { .. } => (ParameterLocation::Path, ListStyle::Commas),
        SourceParameter::Header { .. } => (ParameterLocation::Header, ListStyle::Commas),
        SourceParameter::Query { style, .. } => {
            (ParameterLocation::Query, list_style(style, data.explode))
        }
        SourceParameter::Cookie { .. } => return None,
    };
    let flag = |name: &str| data.extensions.get(name) == Some(&Value::Bool(true));
    let text = |name: &str| data.extensions.get(name).and_then(Value::as_str);
    let own_style = text("x-collection-format").and_then(collection_format);
    let context = || format!("{}{}", names::type_name(id), names::type_name(&data.name));
    let mut parameter = Parameter {
        name: data.name.clone(),
        client_name: text("x-ms-client-name").map(str::to_owned),
        location,
        placeholder: 0,
        ty: Type::String(super::api::Format::Plain),
        description: data.description.clone(),
        required: data.required || location == ParameterLocation::Path,
        default: None,
        rules: super::api::Rules::default(),
        list_style: own_style.unwrap_or(usual_style),
        skip_encoding: flag("x-ms-skip-url-encoding"),
        is_link: false,
        constant: None,
        presence: vec![types.version()],
    };
    if let ParameterSchemaOrContent::Schema(schema) = &data.format {
        let schema = schemas::borrowed(schema);
        let is_version = parameter.is_api_version();
        let only = types.only_value(&schema);
        parameter.constant = only
            .filter(|only| is_version || parameter.required && !only.is_open)
            .map(|only| only.value);
        // The client passes its version as text, and fixed values are never passed.
        if parameter.constant.is_none() && !is_version {
            parameter.ty = types.borrowed(schema.clone(), &context);
            parameter.description =
                types.description_of_values(parameter.description.take(), &schema);
        }
        parameter.rules = types.rules(&schema);
        parameter.default = types.default(&schema);
    }
    Some(parameter)
}

/// Returns the style of a list that OpenAPI 3.0 cannot express.
fn collection_format(name: &str) -> Option<ListStyle> {
    Some(match name {
        "csv" => ListStyle::Commas,
        "ssv" => ListStyle::Spaces,
        "tsv" => ListStyle::Tabs,
        "pipes" => ListStyle::Pipes,
        _ => return None,
    })
}

fn list_style(style: &QueryStyle, explode: Option<bool>) -> ListStyle {
    match style {
        QueryStyle::Form if explode == Some(false) => ListStyle::Commas,
        QueryStyle::SpaceDelimited => ListStyle::Spaces,
        QueryStyle::PipeDelimited => ListStyle::Pipes,
        QueryStyle::Form | QueryStyle::DeepObject => ListStyle::Repeated,
    }
}

fn headers(response: &SourceResponse, types: &mut Resolver<'_>) -> Vec<Header> {
    let items = response.headers.iter().filter_map(|(name, header)| {
        let ReferenceOr::Item(header) = header else {
            return None;
        };
        let ParameterSchemaOrContent::Schema(schema) = &header.format else {
            return None;
        };
        Some(Header {
            name: name.clone(),
            ty: types.ty(schema, &|| names::type_name(name)),
            prefix: header
                .extensions
                .get("x-ms-header-collection-prefix")
                .and_then(Value::as_str)
                .map(str::to_owned),
            description: header.description.clone(),
        })
    });
    items.collect()
}

fn long_running(extensions: &Extensions) -> Option<LongRunning> {
    if extensions.get("x-ms-long-running-operation") != Some(&Value::Bool(true)) {
        return None;
    }
    let options = extensions.get("x-ms-long-running-operation-options");
    let option = |name: &str| options?.get(name)?.as_str();
    Some(LongRunning {
        final_state: option("final-state-via").map(str::to_owned),
        result: option("final-state-schema").map(|name| Type::Named(schema_name(name))),
    })
}

fn next_operation(extensions: &Extensions) -> Option<String> {
    let name = extensions.get("x-ms-pageable")?.get("operationName")?;
    name.as_str().map(str::to_owned)
}

fn pageable(extensions: &Extensions) -> Option<Pageable> {
    let pageable = extensions.get("x-ms-pageable")?;
    let text = |name: &str| pageable.get(name).and_then(Value::as_str);
    let next_link = match pageable.get("nextLinkName") {
        Some(Value::Null) => None,
        Some(name) => name.as_str().map(str::to_owned),
        None => Some("nextLink".to_owned()),
    };
    Some(Pageable {
        items: text("itemName").unwrap_or("value").to_owned(),
        next_link: next_link.filter(|name| !name.is_empty()),
        next_operation: None,
    })
}
