//! Compares the methods that read headers.

use super::{
    super::{
        change::Subject,
        finding::{Aspect, Finding},
    },
    types::Types,
};
use crate::model::service::{HeaderReader, Service};
use std::collections::BTreeMap;

/// Compares the methods that read headers by their names, and by the names of the traits that single
/// operations have.
pub(super) fn compare(types: &Types<'_>) -> Vec<Finding> {
    let (old, new) = (readers(types.old), readers(types.new));
    let mut found = Vec::new();
    for (name, reader) in &old {
        let subject = Subject::Header(reader.wire.clone());
        match new.get(name) {
            None => found.push(Finding::removed(subject, detail(name), true)),
            Some(other) if !types.same(&reader.ty, &other.ty) => {
                let detail = format!("type {} -> {}", reader.ty, other.ty);
                found.push(Finding::changed(subject, Aspect::Type, detail, true));
            }
            Some(_) => {}
        }
    }
    for (name, reader) in &new {
        if !old.contains_key(name) {
            let subject = Subject::Header(reader.wire.clone());
            found.push(Finding::added(subject, detail(name), false));
        }
    }
    found
}

/// Returns the readers by their names; those of single operations have the name of their trait
/// before it.
fn readers(service: &Service) -> BTreeMap<String, &HeaderReader> {
    let common = service.headers.iter();
    let common = common.map(|reader| (reader.name.clone(), reader));
    let own = service.operation_headers.iter().flat_map(|own| {
        let readers = own.readers.iter();
        readers.map(|reader| (format!("{}::{}", own.type_name, reader.name), reader))
    });
    common.chain(own).collect()
}

fn detail(name: &str) -> String {
    format!("read by `{name}`")
}
