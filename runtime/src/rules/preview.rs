//! Items that only some versions of an API have.

/// Formats the error for an API version without an item that only previews have.
pub(crate) fn refusal(api_version: &str, previews: &[&str]) -> String {
    let do_it = if previews.len() == 1 { "does" } else { "do" };
    match listed(previews).as_str() {
        "" => format!("is in preview: API version {api_version} does not have it"),
        all => {
            format!("is in preview: API version {api_version} does not have it, but {all} {do_it}")
        }
    }
}

/// Formats the error for an API version without an item that only these versions have.
pub(crate) fn absence(api_version: &str, versions: &[&str]) -> String {
    let all = listed(versions);
    format!("is not in API version {api_version}, but in {all}")
}

fn listed(versions: &[&str]) -> String {
    match versions {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}
