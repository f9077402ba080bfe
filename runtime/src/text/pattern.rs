//! Patterns: ECMAScript regular expressions.

/// Whether a text matches; what is not a regular expression matches all.
#[cfg(feature = "patterns")]
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    compiled(pattern).is_none_or(|regex| regex.find(text).is_some())
}

/// Without the feature nothing is checked here; the service does.
#[cfg(not(feature = "patterns"))]
pub(crate) fn matches(_: &'static str, _: &str) -> bool {
    true
}

#[cfg(feature = "patterns")]
fn compiled(pattern: &'static str) -> Option<std::sync::Arc<regress::Regex>> {
    use regress::Regex;
    use std::{
        collections::HashMap,
        sync::{Arc, LazyLock, Mutex, PoisonError},
    };

    type Cache = Mutex<HashMap<&'static str, Option<Arc<Regex>>>>;
    static CACHE: LazyLock<Cache> = LazyLock::new(Cache::default);
    CACHE
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .entry(pattern)
        .or_insert_with(|| Regex::new(pattern).ok().map(Arc::new))
        .clone()
}
