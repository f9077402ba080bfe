//! Fills in the templates in values of a manifest.

use super::state::TENANT;
use azure_core::time::{Duration, OffsetDateTime, to_rfc3339};
use serde_json::Value;

/// The resource that a template is filled in for.
#[derive(Clone, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) id: &'a str,
    pub(crate) location: String,
    pub(crate) created: OffsetDateTime,
    pub(crate) changed: OffsetDateTime,
    pub(crate) now: OffsetDateTime,
}

/// Returns a template with its placeholders filled in; unknown placeholders are kept.
pub(crate) fn fill(template: &Value, subject: &Subject<'_>) -> Value {
    let Value::String(text) = template else {
        return template.clone();
    };
    let whole = text
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    if let Some(seconds) = whole.and_then(|inner| inner.strip_prefix("unix")) {
        return Value::from(later(subject.now, seconds).unix_timestamp());
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        match placeholder(name, subject) {
            Some(value) => out.push_str(&value),
            None => out.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    out.push_str(rest);
    Value::String(out)
}

fn placeholder(name: &str, subject: &Subject<'_>) -> Option<String> {
    let id = subject.id;
    let mut from_end = id.rsplit('/');
    Some(match name {
        "id" => id.to_owned(),
        "name" => from_end.next()?.to_owned(),
        "parent" => from_end.nth(2)?.to_owned(),
        "subscription" => after(id, "subscriptions")?.to_owned(),
        "group" => after(id, "resourceGroups")?.to_owned(),
        "tenant" => TENANT.to_owned(),
        "location" => subject.location.clone(),
        "guid" => guid(id),
        "created" => to_rfc3339(&subject.created),
        "changed" => to_rfc3339(&subject.changed),
        name => to_rfc3339(&later(subject.now, name.strip_prefix("now")?)),
    })
}

/// Returns a time this many seconds later; `seconds` is written `+60`.
fn later(now: OffsetDateTime, seconds: &str) -> OffsetDateTime {
    let seconds = seconds.trim_start_matches('+').parse().unwrap_or(0);
    now.saturating_add(Duration::seconds(seconds))
}

/// Returns the segment of an ID after another one.
pub(crate) fn after<'a>(id: &'a str, literal: &str) -> Option<&'a str> {
    let mut segments = id.split('/');
    segments.find(|segment| segment.eq_ignore_ascii_case(literal))?;
    segments.next()
}

/// Returns a GUID that depends only on the text.
pub(crate) fn guid(text: &str) -> String {
    let text = text.to_lowercase();
    let (high, low) = (fnv(&text), fnv(&format!("{text}#")));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// Returns the FNV-1a hash: short code, and the same on all platforms.
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn placeholders_are_filled_in() {
        let now = OffsetDateTime::UNIX_EPOCH;
        let subject = Subject {
            id: "/subscriptions/s/resourceGroups/g/providers/P/as/b/cs/d",
            location: "here".to_owned(),
            created: now,
            changed: now,
            now,
        };
        for (template, value) in [
            (
                json!("{name} of {parent} in {group}, {subscription}"),
                json!("d of b in g, s"),
            ),
            (
                json!("{location}{created}"),
                json!("here1970-01-01T00:00:00Z"),
            ),
            (json!("{now+60}"), json!("1970-01-01T00:01:00Z")),
            (json!("{unix+60}"), json!(60)),
            (json!("{other} {"), json!("{other} {")),
            (json!(5), json!(5)),
        ] {
            assert_eq!(fill(&template, &subject), value, "{template}");
        }
        assert_eq!(guid("a").len(), 36);
        assert_ne!(guid("a"), guid("b"));
    }
}
