//! Requests the subtypes of discriminated schemas, which are needed with them.

use super::context::Context;
use crate::swagger::read::{SourceLocation, Sources};
use serde_json::Value;
use std::collections::HashSet;

/// Requests every definition that extends a discriminated schema that was requested.
pub(super) fn request_subtypes(context: &mut Context) {
    let mut polymorphic: HashSet<SourceLocation> = context
        .schemas
        .iter()
        .filter(|(_, component)| component.draft.has("discriminator"))
        .map(|(location, _)| location.clone())
        .collect();
    let bases = bases_by_definition(&context.sources);
    loop {
        let more: Vec<&SourceLocation> = bases
            .iter()
            .filter(|(location, bases)| {
                !polymorphic.contains(location)
                    && bases.iter().any(|base| polymorphic.contains(base))
            })
            .map(|(location, _)| location)
            .collect();
        if more.is_empty() {
            return;
        }
        for location in more {
            context.request_definition(location);
            polymorphic.insert(location.clone());
        }
    }
}

/// Returns the bases of all definitions in the files that were read; no other definitions are
/// needed.
fn bases_by_definition(sources: &Sources) -> Vec<(SourceLocation, Vec<SourceLocation>)> {
    let mut found = Vec::new();
    for file in sources.files() {
        let root = sources.root(file);
        let at = SourceLocation::root(file).child("definitions");
        for (name, schema) in root
            .get("definitions")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let mut bases = Vec::new();
            collect_bases(sources, schema, file, &mut bases);
            found.push((at.child(name), bases));
        }
    }
    found
}

fn collect_bases(sources: &Sources, schema: &Value, file: usize, bases: &mut Vec<SourceLocation>) {
    for member in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        match member.get("$ref").and_then(Value::as_str) {
            Some(reference) => bases.extend(sources.target_if_read(reference, file)),
            None => collect_bases(sources, member, file, bases),
        }
    }
}
