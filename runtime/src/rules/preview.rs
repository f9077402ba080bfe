//! Items that only previews of an API have.

/// Formats the error for an API version without an item that only previews have.
pub(crate) fn refusal(api_version: &str, previews: &[&str]) -> String {
    let (all, do_it) = match previews {
        [] => return format!("is in preview: API version {api_version} does not have it"),
        [only] => ((*only).to_owned(), "does"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "do"),
    };
    format!("is in preview: API version {api_version} does not have it, but {all} {do_it}")
}
