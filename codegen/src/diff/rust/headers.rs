//! Compares the methods that read headers.

use super::{
    super::{
        change::Subject,
        finding::{Aspect, Finding},
    },
    types::Types,
};
use crate::model::service::HeaderReader;

/// Compares the methods that read headers by their names.
pub(super) fn compare(types: &Types<'_>) -> Vec<Finding> {
    let (old, new) = (&types.old.headers, &types.new.headers);
    let mut found = Vec::new();
    for reader in old {
        let subject = Subject::Header(reader.wire.clone());
        match new.iter().find(|other| other.name == reader.name) {
            None => found.push(Finding::removed(subject, detail(reader), true)),
            Some(other) if !types.same(&reader.ty, &other.ty) => {
                let detail = format!("type {} -> {}", reader.ty, other.ty);
                found.push(Finding::changed(subject, Aspect::Type, detail, true));
            }
            Some(_) => {}
        }
    }
    for reader in new {
        if old.iter().all(|other| other.name != reader.name) {
            let subject = Subject::Header(reader.wire.clone());
            found.push(Finding::added(subject, detail(reader), false));
        }
    }
    found
}

fn detail(reader: &HeaderReader) -> String {
    format!("read by `{}`", reader.name)
}
