//! Patterns: ECMAScript regular expressions.

/// Returns whether a text matches. A pattern that is not a regular expression matches everything.
#[cfg(any(feature = "patterns", feature = "simple_patterns"))]
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|compiled| is_match(&compiled, text))
}

/// Without these features, nothing is checked here; the service checks it.
#[cfg(not(any(feature = "patterns", feature = "simple_patterns")))]
pub(crate) fn matches(_: &'static str, _: &str) -> bool {
    true
}

#[cfg(feature = "patterns")]
type Compiled = regress::Regex;

#[cfg(feature = "patterns")]
fn compile(pattern: &str) -> Option<Compiled> {
    Compiled::new(pattern).ok()
}

#[cfg(feature = "patterns")]
fn is_match(compiled: &Compiled, text: &str) -> bool {
    compiled.find(text).is_some()
}

#[cfg(all(feature = "simple_patterns", not(feature = "patterns")))]
use super::simple_pattern::{Compiled, compile, is_match};

#[cfg(any(feature = "patterns", feature = "simple_patterns"))]
fn compiled(pattern: &'static str) -> Option<std::sync::Arc<Compiled>> {
    use std::{
        collections::HashMap,
        sync::{Arc, LazyLock, Mutex, PoisonError},
    };

    type Cache = Mutex<HashMap<&'static str, Option<Arc<Compiled>>>>;
    static CACHE: LazyLock<Cache> = LazyLock::new(Cache::default);
    CACHE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(pattern)
        .or_insert_with(|| compile(pattern).map(Arc::new))
        .clone()
}
