//! Typed readers of response headers.

use super::{
    docs,
    namer::{Subject, Taken},
    rust_type::RustType,
    service::HeaderReader,
    types::Types,
};
use crate::{names, resolve::api::Type};
use std::collections::BTreeMap;

/// One reader for each header that some answer declares.
pub(super) fn readers(types: &Types<'_>) -> Vec<HeaderReader> {
    let mut readers: BTreeMap<String, HeaderReader> = BTreeMap::new();
    // The trait that the readers' builds on has methods of these names.
    let mut taken = Taken::reserved(["header", "headers"], "every response");
    let operations = types.api.operations.iter();
    for header in operations
        .flat_map(|o| &o.responses)
        .flat_map(|response| &response.headers)
    {
        readers
            .entry(header.name.to_lowercase())
            .or_insert_with(|| {
                let wire = header.name.to_lowercase();
                let name = header.name.trim_start_matches("x-ms-");
                let name = names::snake_name(name);
                let longer = format!("{}_header", name.trim_matches('_'));
                let subject = Subject {
                    path: &["headers", &wire],
                    what: &format!("header `{wire}`"),
                };
                let candidates = [name, names::snake_name(&header.name), longer];
                let what = docs::prose(header.description.as_deref());
                HeaderReader {
                    name: types.namer.name(subject, candidates, &mut taken),
                    wire,
                    ty: match types.resolved(&header.ty) {
                        ty @ (Type::Integer(_) | Type::Number | Type::Boolean) => types.rust(ty),
                        _ => RustType::String,
                    },
                    docs: docs::sentences([
                        Some(format!("Header {}.", docs::code(&header.name))),
                        what,
                    ]),
                }
            });
    }
    readers.into_values().collect()
}
