//! The resource provider that files describe.

use super::Sources;
use crate::path_template::PathTemplate;
use serde_json::Value;
use std::collections::BTreeMap;

/// Returns the resource provider that most paths of the files belong to.
pub(crate) fn provider(sources: &Sources, files: &[usize]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &file in files {
        let root = sources.root(file);
        for key in ["paths", "x-ms-paths"] {
            let paths = root.get(key).and_then(Value::as_object);
            for (path, _) in paths.into_iter().flatten() {
                if let Some(name) = PathTemplate::parse(path).provider() {
                    *counts.entry(name).or_default() += 1;
                }
            }
        }
    }
    counts
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map(|(name, _)| name)
}
