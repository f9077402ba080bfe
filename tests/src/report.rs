//! How a proof ends.

/// Ends a proof: shows the first problems, if there are any.
///
/// # Panics
///
/// When there are.
pub fn none(what: &str, problems: &[String]) {
    let shown: Vec<&String> = problems.iter().take(20).collect();
    assert!(problems.is_empty(), "{} {what}: {shown:#?}", problems.len());
}
