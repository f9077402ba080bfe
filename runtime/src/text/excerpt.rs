//! Shortens values and bodies for error messages to one line.

/// Returns a value in quotes, shortened, with control characters escaped.
pub(crate) fn quoted(value: &str) -> String {
    const LONGEST: usize = 100;
    if value.chars().count() > LONGEST {
        let start: String = value.chars().take(LONGEST).collect();
        format!("{start:?}…")
    } else {
        format!("{value:?}")
    }
}

/// Returns the beginning of a text body on one line; `None` if it is empty or not text.
pub(crate) fn excerpt(body: &[u8]) -> Option<String> {
    const LONGEST: usize = 300;
    let text = String::from_utf8_lossy(body.get(..LONGEST * 4).unwrap_or(body));
    let text = text.trim();
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if short.len() < text.len() {
        short.push('…');
    }
    (!short.is_empty()).then_some(short)
}
