//! Converts operations to methods.

use super::{
    bodies,
    examples::{ExampleCall, Samples},
    next_pages::next_pages,
    parameters::{NamedParameter, ParameterTable, User},
    parts::{fixed_parts, list_style, method_version, own_parameters, part_location},
    read_only::is_read_only,
    responses::{self, Responses},
    scope_rules::{self, ScopeCheck},
};
use crate::{
    manifest::Manifest,
    model::{
        docs,
        groups::outlines::GroupOutline,
        items::types::Types,
        naming::{
            method_names::{self, MethodNames},
            namer::Taken,
        },
        rules,
        service::{
            Argument, BodyArgument, CallKind, Field, Group, Method, NextLink, Options,
            PartLocation, PartValue, RequestPart, ResumeMethod, Route,
            cargo_manifest::PREVIEW,
            lint::{Allow, Lint},
            rust_type::{RuntimeType, RustType},
        },
    },
    names,
    resolve::api::{self, Api, Format, Operation, Shape, Type},
};

/// Name of the module of all groups.
const OPERATIONS: &str = "operations";

/// The input for methods.
pub(crate) struct Context<'a> {
    /// The manifest.
    pub(crate) manifest: &'a Manifest,
    /// The names of models.
    pub(crate) types: &'a Types<'a>,
    /// The return values of methods.
    pub(crate) responses: &'a Responses<'a>,
    /// Values for examples.
    pub(crate) samples: &'a Samples<'a>,
}

/// The parameters of an operation, with the constants that describe them.
pub(crate) struct OperationParameters<'a> {
    /// The parameters of its method; those in the path come first.
    own: Vec<NamedParameter<'a>>,
    /// The parameters of its scope for which the operation has stricter rules.
    checks: Vec<ScopeCheck<'a>>,
}

/// Builds a group from its route and the parameters of each operation.
pub(crate) fn group(
    context: &Context<'_>,
    outline: &GroupOutline<'_>,
    route: Route,
    parameters: &[OperationParameters<'_>],
) -> Group {
    let builder = Builder {
        types: context.types,
        context,
        outline,
        is_preview: outline.is_preview,
        route: &route,
    };
    let namer = context.types.namer;
    let names = method_names::methods(namer, &outline.key, &outline.operations);
    let methods = outline.operations.iter().zip(parameters).zip(names);
    let methods = methods
        .map(|((operation, parameters), names)| builder.method(operation, parameters, names))
        .collect();
    Group {
        type_name: outline.type_name.clone(),
        aliases: outline.aliases.clone(),
        module: outline.module.clone(),
        feature: outline.feature.clone(),
        // Every provider has a group that lists its operations.
        allow: (outline.module == OPERATIONS)
            .then(|| Allow::one(Lint::ModuleInception, "named after the group")),
        accessor: outline.accessor.clone(),
        docs: outline.docs.clone(),
        route,
        methods,
    }
}

/// Returns the parameters of a group's methods, with the names of their constants.
pub(crate) fn parameters<'a>(
    api: &Api,
    outline: &GroupOutline<'a>,
    table: &mut ParameterTable,
) -> Vec<Vec<NamedParameter<'a>>> {
    let operations = outline.operations.iter();
    let parameters = operations.map(|operation| {
        let own = own_parameters(operation, outline.depth);
        table.named(own, &user(api, outline, operation))
    });
    parameters.collect()
}

/// The method of an operation, as a user of parameters.
fn user(api: &Api, outline: &GroupOutline<'_>, operation: &Operation) -> User {
    let preview = is_preview_method(api, outline, operation).then(|| PREVIEW.to_owned());
    User {
        owner: names::singular(&outline.name),
        features: vec![
            [outline.feature.clone()]
                .into_iter()
                .chain(preview)
                .collect(),
        ],
    }
}

/// Whether only previews have an operation of a group that is stable.
fn is_preview_method(api: &Api, outline: &GroupOutline<'_>, operation: &Operation) -> bool {
    api.is_preview(&operation.presence) && !outline.is_preview
}

/// Combines the parameters of methods with the checks that operations add to those of their scope,
/// whose parameters are `known`.
pub(crate) fn with_checks<'a>(
    api: &Api,
    parameters: Vec<Vec<NamedParameter<'a>>>,
    outline: &GroupOutline<'a>,
    known: &[&api::Parameter],
    table: &mut ParameterTable,
) -> Vec<OperationParameters<'a>> {
    let operations = parameters.into_iter().zip(&outline.operations);
    let with_checks = operations.map(|(own, operation)| OperationParameters {
        checks: scope_rules::checks(known, operation, &user(api, outline, operation), table),
        own,
    });
    with_checks.collect()
}

struct Builder<'a> {
    types: &'a Types<'a>,
    context: &'a Context<'a>,
    outline: &'a GroupOutline<'a>,
    /// Whether the group is in previews only.
    is_preview: bool,
    route: &'a Route,
}

/// Collects arguments, options and parts while the parameters of an operation are converted.
#[derive(Default)]
struct Signature {
    arguments: Vec<Argument>,
    argument_docs: Vec<(String, String)>,
    parts: Vec<RequestPart>,
    fields: Vec<Field>,
    taken_arguments: Taken,
    taken_fields: Taken,
}

impl Builder<'_> {
    fn method(
        &self,
        operation: &Operation,
        parameters: &OperationParameters<'_>,
        names: MethodNames,
    ) -> Method {
        let name = names.call;
        let client = &self.outline.type_name;
        let (call, responses) = self.context.responses.call(operation, (client, &name));
        let resume = names.resume.filter(|_| call.is_long_running());
        let resume = resume.map(|resume| resume_method(resume, &name));
        let mut signature = Signature {
            taken_arguments: Taken::reserved(["options", "self"], "every method"),
            taken_fields: Taken::reserved(["method_options"], "the options of every method"),
            ..Signature::default()
        };
        let body = bodies::body(self.types, operation, (client, &name));
        let body = body.map(|body| signature.body(self.types, operation, body));
        let checks = parameters.checks.iter().rev();
        signature.parts.extend(checks.map(scope_check));
        for parameter in &parameters.own {
            self.parameter(operation, parameter, &mut signature);
        }
        let next_pages = match &call {
            CallKind::Pager(_, NextLink::OfModel | NextLink::Field(_)) => {
                next_pages(self.types, operation, self.outline.depth, &signature.parts)
            }
            _ => None,
        };
        let docs = self.docs(operation, &signature, body.as_ref(), &call);
        let previews = self.types.api.previews(&operation.presence, None);
        let is_preview = !previews.is_empty();
        let example = self.context.samples.program(
            self.route,
            &self.outline.accessor,
            &ExampleCall {
                method: &name,
                arguments: &signature.arguments,
                body: body.as_ref(),
                call: &call,
            },
        );
        Method {
            alias: method_names::alias(operation, &name),
            call_function: format!("{}_{name}", self.outline.module.trim_end_matches('_')),
            verb: operation.method.key().to_owned(),
            template: operation.path.after(self.outline.depth),
            api_version: method_version(&operation.api_version),
            feature: (is_preview && !self.is_preview).then(|| PREVIEW.to_owned()),
            only_in: if is_preview {
                Vec::new()
            } else {
                self.only_in(operation)
            },
            previews,
            accept: responses::accept(operation),
            operation: operation.id.clone(),
            arguments: signature.arguments,
            parts: signature.parts,
            next_pages,
            fixed: fixed_parts(operation),
            form: operation.form,
            read_only: is_read_only(operation, self.context.manifest),
            deprecated: operation.deprecated,
            success: operation.responses.iter().map(|own| own.status).collect(),
            options: self.options(&name, &call, signature.fields),
            is_async: matches!(call, CallKind::Exists(_) | CallKind::Bytes),
            docs,
            example,
            body,
            name,
            call,
            responses,
            resume,
        }
    }

    /// The versions that have an operation, unless the default version is one of them.
    fn only_in(&self, operation: &Operation) -> Vec<String> {
        let api = self.types.api;
        let default = &self.context.manifest.default;
        let is_default = |own: &api::Version| own.names.contains(default);
        let default = api.versions.iter().position(is_default);
        match default {
            Some(default) if !operation.presence.contains(&default) => {
                let names = api.version_names(&operation.presence).into_iter();
                names.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }

    fn options(&self, method: &str, call: &CallKind, fields: Vec<Field>) -> Options {
        let (method_options, bare) = match call {
            _ if call.is_long_running() => (RuntimeType::PollerOptions, RuntimeType::BeginOptions),
            CallKind::Pager(..) => (RuntimeType::PagerOptions, RuntimeType::ListOptions),
            _ => (RuntimeType::ClientMethodOptions, RuntimeType::CallOptions),
        };
        let client = &self.outline.type_name;
        Options {
            docs: format!("Options of [`{client}::{method}`]."),
            type_name: format!("{client}{}Options", names::type_name(method)),
            alias: None,
            method_options,
            alias_of: fields.is_empty().then_some(bare),
            fields,
        }
    }

    fn parameter(
        &self,
        operation: &Operation,
        named: &NamedParameter<'_>,
        signature: &mut Signature,
    ) {
        let parameter = named.parameter;
        let rust_name = |taken: &mut Taken| {
            method_names::parameter(self.types.namer, operation, parameter, taken)
        };
        let list_style = list_style(self.types, parameter);
        let presence = docs::presence(self.types.api, &parameter.presence, &operation.presence);
        let value = if parameter.required {
            let name = rust_name(&mut signature.taken_arguments);
            let what = parameter_docs(parameter, &name, presence);
            signature.argument_docs.push((name.clone(), what));
            let (argument, value) = argument(name, self.argument_type(parameter));
            signature.arguments.push(argument);
            value
        } else {
            let name = rust_name(&mut signature.taken_fields);
            let ty = self.argument_type(parameter);
            signature.fields.push(Field {
                wire: parameter.name.clone(),
                ty: ty.optional(),
                docs: parameter_docs(parameter, &name, presence),
                rules: Vec::new(),
                alias: None,
                name: name.clone(),
            });
            PartValue::Option(name)
        };
        signature.parts.push(RequestPart {
            wire: parameter.name.clone(),
            location: part_location(parameter, self.is_file(parameter)),
            constant: named.constant.clone(),
            skip_encoding: false,
            value,
            list_style,
        });
    }

    /// Returns the Rust type of a parameter's value.
    fn argument_type(&self, parameter: &api::Parameter) -> RustType {
        match self.types.resolved(&parameter.ty) {
            Type::Array(element) => {
                let item = self.scalar_type(self.types.resolved(&element.ty));
                RustType::Vec(item.into())
            }
            ty => self.scalar_type(ty),
        }
    }

    /// Returns whether a field of a form is a file or a list of files.
    fn is_file(&self, parameter: &api::Parameter) -> bool {
        match self.types.resolved(&parameter.ty) {
            Type::Array(element) => *self.types.resolved(&element.ty) == Type::Binary,
            ty => *ty == Type::Binary,
        }
    }

    /// Types without a format in URLs and headers are text that callers write.
    fn scalar_type(&self, ty: &Type) -> RustType {
        let is_choice = |name: &String| {
            let schema = self.types.api.schemas.get(name);
            schema.is_some_and(|schema| matches!(schema.shape, Shape::Enumeration(_)))
        };
        match ty {
            Type::Named(name) if is_choice(name) => self.types.rust(ty),
            Type::Integer(_) | Type::Number | Type::Boolean => self.types.rust(ty),
            // Files are in forms only.
            Type::Binary => RustType::Runtime(RuntimeType::FormFile),
            // Secrets in URLs and headers are text that callers write.
            Type::String(Format::Password) => RustType::String,
            Type::String(_) => self.types.rust(ty),
            _ => RustType::String,
        }
    }

    fn docs(
        &self,
        operation: &Operation,
        signature: &Signature,
        body: Option<&BodyArgument>,
        call: &CallKind,
    ) -> String {
        let all: api::Presence = (0..self.types.api.versions.len()).collect();
        let what = docs::prose(operation.description.as_deref());
        let what = what.unwrap_or_else(|| format!("Operation `{}`.", operation.id));
        let since = docs::presence(self.types.api, &operation.presence, &all);
        let mut text = docs::sentences([Some(what), since]);
        let returns = responses::returns(operation, call);
        text.push_str(&format!(
            "\n\n`{} {}`\n\n{returns}",
            operation.method, operation.path
        ));
        // The body is converted first, but follows the names in the signature.
        let is_body = |name: &str| body.is_some_and(|body| body.name == name);
        let (bodies, others): (Vec<_>, Vec<_>) = signature
            .argument_docs
            .iter()
            .partition(|(name, _)| is_body(name));
        for (index, (name, docs)) in others.into_iter().chain(bodies).enumerate() {
            let before = if index == 0 { "\n\n" } else { "\n" };
            text.push_str(&format!("{before}* `{name}` - {docs}"));
        }
        if let Some(errors) = responses::errors(self.types, operation) {
            text.push_str("\n\n");
            text.push_str(&errors);
        }
        text
    }
}

/// Returns the method that resumes a long-running operation.
fn resume_method(name: String, begin: &str) -> ResumeMethod {
    ResumeMethod {
        name,
        docs: format!(
            "Resumes an operation that [`{begin}`](Self::{begin}) has begun, in this process or \
             another.\n\n\
             * `token` - Continuation token of the poller; that of another operation is an error."
        ),
    }
}

impl Signature {
    /// Adds the body as an argument or an option, with an unused name.
    fn body(
        &mut self,
        types: &Types<'_>,
        operation: &Operation,
        body: BodyArgument,
    ) -> BodyArgument {
        let taken = match body.required {
            true => &mut self.taken_arguments,
            false => &mut self.taken_fields,
        };
        let name = method_names::body(types.namer, operation, &body.name, taken);
        let body = BodyArgument { name, ..body };
        let described = operation.body.as_ref();
        let what = docs::prose(described.and_then(|own| own.description.as_deref()));
        let what = what.unwrap_or_else(|| "The request body.".to_owned());
        if body.required {
            self.argument_docs.push((body.name.clone(), what));
        } else {
            self.fields.push(Field {
                wire: String::new(),
                ty: bodies::option_type(&body).optional(),
                docs: what,
                rules: Vec::new(),
                alias: None,
                name: body.name.clone(),
            });
        }
        body
    }
}

/// Checks a name in the scope's path again, with the stricter rules of an operation.
fn scope_check(check: &ScopeCheck<'_>) -> RequestPart {
    RequestPart {
        location: PartLocation::Scope,
        wire: check.named.parameter.name.clone(),
        constant: check.named.constant.clone(),
        skip_encoding: false,
        value: PartValue::Segment(check.segment),
        list_style: None,
    }
}

/// Returns the argument for a parameter: text and lists are borrowed, other values are passed by
/// value.
fn argument(name: String, ty: RustType) -> (Argument, PartValue) {
    let (ty, value) = match ty {
        RustType::String => (RustType::Str.borrowed(), PartValue::Text(name.clone())),
        RustType::Vec(item) => (
            RustType::Slice(item).borrowed(),
            PartValue::List(name.clone()),
        ),
        other => (other, PartValue::Value(name.clone())),
    };
    (Argument { name, ty }, value)
}

fn parameter_docs(parameter: &api::Parameter, name: &str, presence: Option<String>) -> String {
    let what = docs::prose(parameter.description.as_deref());
    docs::sentences([
        Some(what.unwrap_or_else(|| format!("Parameter `{}`.", parameter.name)))
            .filter(|_| !name.is_empty()),
        docs::format(&parameter.ty, parameter.description.as_deref()),
        docs::limits(&rules::list(false, &parameter.rules)),
        docs::default(parameter.default.as_ref()),
        presence,
    ])
}
