//! What methods return: the kind of a call and the type of its result.

use super::{
    rust_type::{RuntimeType, RustType},
    service::{CallKind, FinalState, Item, Module, NextLink, Page, Struct},
    types::Types,
};
use crate::{
    http_method::HttpMethod,
    resolve::api::{LongRunning, Operation, Pageable, Type},
};
use std::collections::HashMap;

/// Decides what methods return.
pub(super) struct Answers<'a> {
    types: &'a Types<'a>,
    /// The structs that are pages of a list, by name.
    pages: HashMap<&'a str, (&'a Struct, &'a Page)>,
}

impl<'a> Answers<'a> {
    /// Knows the models of all modules.
    pub(super) fn new(types: &'a Types<'a>, modules: &'a [Module]) -> Self {
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

    /// How an operation's request is sent and what comes back.
    pub(super) fn call(&self, operation: &Operation) -> CallKind {
        let mut bodies = operation
            .responses
            .iter()
            .filter_map(|response| response.body.as_ref());
        let answer = bodies.next();
        if let Some(long_running) = &operation.long_running {
            return self.long_running(operation, long_running, answer);
        }
        match answer {
            _ if operation.method == HttpMethod::Head => CallKind::Exists,
            None => CallKind::SendEmpty,
            Some(Type::Binary) => CallKind::Bytes,
            Some(ty) => match self.list(operation, ty) {
                Some(link) => CallKind::Pager(self.types.rust(ty), link),
                // Answers of several types leave the choice to the caller.
                None if bodies.any(|other| other != ty) => {
                    CallKind::Send(RustType::Runtime(RuntimeType::Value))
                }
                None => CallKind::Send(self.types.rust(ty)),
            },
        }
    }

    fn long_running(
        &self,
        operation: &Operation,
        long_running: &LongRunning,
        answer: Option<&Type>,
    ) -> CallKind {
        let result = long_running.result.as_ref().or(match operation.method {
            HttpMethod::Delete => None,
            _ => answer,
        });
        let result = result.filter(|ty| **ty != Type::Binary);
        let final_state = final_state(long_running.final_state.as_deref());
        match result.map(|ty| (ty, self.list(operation, ty))) {
            Some((ty, Some(link))) => CallKind::ListPoller(self.types.rust(ty), link, final_state),
            Some((ty, None)) => CallKind::Poller(Some(self.types.rust(ty)), final_state),
            None => CallKind::Poller(None, final_state),
        }
    }

    /// How the pages of a list link to each other, of an operation whose answer is one.
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

/// How an operation finds the link to the next page: as the page's model does, or in its own way.
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

/// Says what comes back.
pub(super) fn returns(operation: &Operation, call: &CallKind) -> String {
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
        CallKind::Send(ty) => format!("Answers {codes} with {}.", link(ty)),
        CallKind::SendEmpty => format!("Answers {codes} without a body."),
        CallKind::Exists => format!("True on {codes}, false on 404."),
        CallKind::Bytes => format!("Answers {codes} with bytes."),
        CallKind::Pager(ty, _) => format!("Answers {codes} with pages, each {}.", link(ty)),
        CallKind::ListPoller(ty, ..) => {
            let ty = link(ty);
            format!("Long-running: starts with {codes}, ends with pages, each {ty}.")
        }
        CallKind::Poller(Some(ty), _) => {
            format!("Long-running: starts with {codes}, ends with {}.", link(ty))
        }
        CallKind::Poller(None, _) => {
            format!("Long-running: starts with {codes}, ends without a body.")
        }
    }
}

fn link(ty: &RustType) -> String {
    if ty.inner().is_none() {
        format!("[`{ty}`]")
    } else {
        format!("`{ty}`")
    }
}
