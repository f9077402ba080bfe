//! The resource provider that files describe.

use super::Sources;
use serde_json::Value;
use std::collections::BTreeMap;

/// The resource provider that most paths of the files belong to.
pub(crate) fn provider(sources: &Sources, files: &[usize]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for &file in files {
        let root = sources.root(file);
        for key in ["paths", "x-ms-paths"] {
            let paths = root.get(key).and_then(Value::as_object);
            for (path, _) in paths.into_iter().flatten() {
                if let Some(name) = provider_of(path) {
                    *counts.entry(name.to_owned()).or_default() += 1;
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

fn provider_of(path: &str) -> Option<&str> {
    let (_, rest) = path.rsplit_once("/providers/")?;
    rest.split('/')
        .next()
        .filter(|name| !name.is_empty() && !name.starts_with('{'))
}
