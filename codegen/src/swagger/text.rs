//! Functions for names and paths.

/// Joins the words of a name, each with a capital first letter. Characters other than letters and
/// digits separate words.
pub(crate) fn pascal(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .map(capitalize)
        .collect()
}

/// Changes the first letter to upper case.
pub(crate) fn capitalize(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Returns whether a keyword is only documentation.
pub(crate) fn is_documentation(key: &str) -> bool {
    matches!(
        key,
        "description" | "title" | "summary" | "example" | "externalDocs"
    )
}

/// Replaces characters that a component key cannot contain.
pub(crate) fn component_key(name: &str) -> String {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let key: String = name
        .chars()
        .map(|c| if allowed(c) { c } else { '_' })
        .collect();
    let key = key.trim_matches('_');
    if key.is_empty() {
        "Schema".to_owned()
    } else {
        key.to_owned()
    }
}
