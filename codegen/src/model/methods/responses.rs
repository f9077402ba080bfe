//! Decides the return values of methods: the kind of a call and the type of its result.

use crate::{
    http_method::HttpMethod,
    model::{
        docs,
        items::types::Types,
        service::{
            CallKind, FinalState, Item, Missing, Module, NextLink, Page, ResponseBody,
            ResponseEnum, ResponseVariant, Struct, rust_type::RustType,
        },
    },
    names,
    resolve::api::{LongRunning, Operation, Pageable, Response, Type},
};
use std::collections::HashMap;

/// Decides the return values of methods.
pub(crate) struct Responses<'a> {
    types: &'a Types<'a>,
    /// The structs that are pages of a list, by name.
    pages: HashMap<&'a str, (&'a Struct, &'a Page)>,
}

impl<'a> Responses<'a> {
    /// Collects the models of all modules.
    pub(crate) fn new(types: &'a Types<'a>, modules: &'a [Module]) -> Self {
        let items = modules.iter().flat_map(Module::types);
        let pages = items.filter_map(|item| match item {
            Item::Struct(item) => Some((item.name.as_str(), (item, item.page.as_ref()?))),
            _ => None,
        });
        Self {
            pages: pages.collect(),
            types,
        }
    }

    /// Returns how an operation's request is sent, the type of its response, and the enum of its
    /// models, named after `client` and `method`, if they differ by status.
    pub(crate) fn call(
        &self,
        operation: &Operation,
        (client, method): (&str, &str),
    ) -> (CallKind, Option<ResponseEnum>) {
        if let Some(long_running) = &operation.long_running {
            return (self.long_running(operation, long_running), None);
        }
        if operation.method == HttpMethod::Head {
            let missing = match operation.may_be_missing {
                true => Missing::False,
                false => Missing::Error,
            };
            return (CallKind::Exists(missing), None);
        }
        let responses = &operation.responses;
        let bodies = responses.iter().filter(|response| response.body.is_some());
        let bodies: Vec<_> = bodies.collect();
        let Some((first, others)) = bodies.split_first() else {
            return (CallKind::SendEmpty, None);
        };
        let same = |other: &&Response| other.body == first.body && other.is_text == first.is_text;
        if !others.iter().all(same) {
            let models = self.by_status(operation, client, method);
            return (CallKind::SendByStatus(models.name.clone()), Some(models));
        }
        let call = match &first.body {
            None => CallKind::SendEmpty,
            Some(Type::Binary) if first.is_text => CallKind::Text,
            Some(Type::Binary) => CallKind::Bytes,
            Some(ty) => match self.list(operation, ty) {
                Some(link) => CallKind::Pager(self.types.rust(ty), link),
                None if bodies.len() < responses.len() => {
                    CallKind::SendOptional(self.types.body(ty))
                }
                None => CallKind::Send(self.types.body(ty)),
            },
        };
        (call, None)
    }

    fn by_status(&self, operation: &Operation, client: &str, method: &str) -> ResponseEnum {
        let variants = operation.responses.iter().map(|response| ResponseVariant {
            name: reason(response.status),
            status: response.status,
            body: match &response.body {
                None => ResponseBody::Empty,
                Some(Type::Binary) if response.is_text => ResponseBody::Text,
                Some(Type::Binary) => ResponseBody::Bytes,
                Some(ty) => ResponseBody::Json(self.types.body(ty)),
            },
            docs: docs::sentences([
                Some(format!("{}.", response.status)),
                docs::prose(Some(&response.description)),
            ]),
        });
        ResponseEnum {
            name: format!("{client}{}Response", names::type_name(method)),
            docs: format!("Responses of [`{client}::{method}`], by their status."),
            variants: variants.collect(),
        }
    }

    fn long_running(&self, operation: &Operation, long_running: &LongRunning) -> CallKind {
        let result = operation.final_result();
        let result = result.filter(|ty| **ty != Type::Binary);
        let mut responses = operation.responses.iter();
        let may_be_empty =
            responses.any(|own| matches!(own.status, 200 | 204) && own.body.is_none());
        let final_state = final_state(long_running.final_state.as_deref());
        match result.map(|ty| (ty, self.list(operation, ty))) {
            Some((ty, Some(link))) => CallKind::ListPoller(self.types.rust(ty), link, final_state),
            Some((ty, None)) if may_be_empty => {
                CallKind::OptionalPoller(self.types.body(ty), final_state)
            }
            Some((ty, None)) => CallKind::Poller(Some(self.types.body(ty)), final_state),
            None => CallKind::Poller(None, final_state),
        }
    }

    /// Returns how the pages of a list are linked, for an operation that returns one.
    fn list(&self, operation: &Operation, ty: &Type) -> Option<NextLink> {
        let pageable = operation.pageable.as_ref()?;
        let Type::Named(name) = self.types.resolved(ty) else {
            return None;
        };
        let (item, page) = self.pages.get(self.types.name(name).as_str())?;
        let items = item.fields.iter().find(|field| field.name == page.items)?;
        (items.wire == pageable.items).then(|| next_link(item, page, pageable))
    }
}

/// Returns how an operation finds the link to the next page: as the page's model does, or
/// differently.
fn next_link(item: &Struct, page: &Page, pageable: &Pageable) -> NextLink {
    let of_model = item.fields.iter();
    let of_model = of_model.filter(|field| page.next_link.as_ref() == Some(&field.name));
    let of_model = of_model.map(|field| field.wire.as_str()).next();
    let own = pageable.next_link.as_deref();
    match own.and_then(|wire| item.link(wire)) {
        _ if own == of_model => NextLink::OfModel,
        Some(field) => NextLink::Field(field.to_owned()),
        None if of_model.is_none() => NextLink::OfModel,
        None => NextLink::None,
    }
}

fn final_state(via: Option<&str>) -> Option<FinalState> {
    match via? {
        "azure-async-operation" => Some(FinalState::AzureAsyncOperation),
        "operation-location" => Some(FinalState::OperationLocation),
        "location" => Some(FinalState::Location),
        "original-uri" => Some(FinalState::OriginalUri),
        _ => None,
    }
}

/// Describes the result.
pub(crate) fn returns(operation: &Operation, call: &CallKind) -> String {
    let codes: Vec<String> = operation
        .responses
        .iter()
        .map(|response| response.status.to_string())
        .collect();
    let codes = match codes.as_slice() {
        [] => "success".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    };
    match call {
        CallKind::Send(ty) => format!("Response: {codes} with {}.", link(ty)),
        CallKind::SendOptional(ty) => {
            format!("Response: {codes} with {} or without a body.", link(ty))
        }
        CallKind::SendEmpty => format!("Response: {codes} without a body."),
        CallKind::SendByStatus(name) => format!("Response: {codes} with one of [`{name}`]."),
        CallKind::Text => format!("Response: {codes} with text."),
        CallKind::Exists(Missing::False) => format!("True on {codes}, false on 404."),
        CallKind::Exists(Missing::Error) => format!("True on {codes}; 404 is an error."),
        CallKind::Bytes => format!("Response: {codes} with bytes."),
        CallKind::Pager(ty, _) => format!("Responses: {codes} with pages, each {}.", link(ty)),
        CallKind::ListPoller(ty, ..) => {
            let ty = link(ty);
            format!("Long-running: starts with {codes}, ends with pages, each {ty}.")
        }
        CallKind::Poller(Some(ty), _) => {
            format!("Long-running: starts with {codes}, ends with {}.", link(ty))
        }
        CallKind::OptionalPoller(ty, _) => {
            let ty = link(ty);
            format!("Long-running: starts with {codes}, ends with {ty} or without a body.")
        }
        CallKind::Poller(None, _) => {
            format!("Long-running: starts with {codes}, ends without a body.")
        }
    }
}

/// Returns the content types to request, if some responses of an operation are not JSON.
pub(crate) fn accept(operation: &Operation) -> Option<String> {
    let mut types: Vec<&str> = Vec::new();
    for response in &operation.responses {
        let content_type = response.content_type.as_deref();
        types.extend(content_type.filter(|name| !types.contains(name)));
    }
    let mut bodies = operation.responses.iter().map(|own| own.body.as_ref());
    let is_json = !bodies.any(|body| body == Some(&Type::Binary));
    (!is_json).then(|| types.join(", "))
}

/// Describes the models of errors.
pub(crate) fn errors(types: &Types<'_>, operation: &Operation) -> Option<String> {
    let errors = operation.errors.iter().map(|error| {
        let status = error.status.map(|status| status.to_string());
        let status = status.unwrap_or_else(|| "another status".to_owned());
        format!("* {status} - {}", link(&types.rust(&error.body)))
    });
    let errors: Vec<String> = errors.collect();
    let intro = "Errors have these models, which `ArmErrorExt::error_model` reads:";
    (!errors.is_empty()).then(|| format!("{intro}\n\n{}", errors.join("\n")))
}

/// Returns the Rust name of a status.
fn reason(status: u16) -> String {
    let name = match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        _ => return format!("Status{status}"),
    };
    name.to_owned()
}

fn link(ty: &RustType) -> String {
    if ty.inner().is_none() {
        format!("[`{ty}`]")
    } else {
        format!("`{ty}`")
    }
}
