//! The end of a proof.

/// Checks that a proof has found no problems.
///
/// # Panics
///
/// If there are problems; the message shows the first ones.
pub fn none(what: &str, problems: &[String]) {
    let shown: Vec<&String> = problems.iter().take(20).collect();
    assert!(problems.is_empty(), "{} {what}: {shown:#?}", problems.len());
}
