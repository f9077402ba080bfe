//! Builds sentences of the documentation.

use super::{naming::namer::Namer, rules, service::Rule};
use crate::{
    names,
    resolve::api::{Api, Format, Parameter, Presence, Type},
};
use serde_json::Value;

/// Returns a description as Markdown without rustdoc warnings; it ends with a full stop.
pub(crate) fn prose(description: Option<&str>) -> Option<String> {
    let text = description?
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if text.is_empty() {
        return None;
    }
    let mut prose = escaped(&text);
    if !prose.ends_with(['.', '!', '?', ':', ';', ')']) {
        prose.push('.');
    }
    Some(prose)
}

/// Joins sentences.
pub(crate) fn sentences(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let all: Vec<String> = parts.into_iter().flatten().collect();
    all.join(" ")
}

/// Returns a sentence that names the API versions of an item, unless they are those of its owner.
pub(crate) fn presence(api: &Api, own: &Presence, owner: &Presence) -> Option<String> {
    if own == owner {
        return None;
    }
    let is_preview = |at: &usize| api.versions[*at].preview;
    if api.is_preview(own) && !api.is_preview(owner) {
        let newest = (0..api.versions.len()).rfind(is_preview);
        let since = newest == own.last().copied();
        let names = api.version_names(own);
        return Some(match names.as_slice() {
            [first, ..] if since => format!("In preview since {first}."),
            all => format!("In preview, only in {}.", all.join(", ")),
        });
    }
    // Which previews had a stable item does not matter.
    let counted = |presence: &Presence| -> Presence {
        let all = presence.iter().copied();
        all.filter(|at| api.is_preview(owner) || !is_preview(at))
            .collect()
    };
    let (own, owner) = (counted(own), counted(owner));
    let is_newest = owner.last() == own.last();
    let is_unbroken = owner.ends_with(&own);
    match api.version_names(&own).as_slice() {
        _ if own == owner => None,
        [] => None,
        [first, ..] if is_newest && is_unbroken => Some(format!("Since {first}.")),
        all => Some(format!("Only in {}.", all.join(", "))),
    }
}

/// Returns the limits of rules as a sentence.
pub(crate) fn limits(rules: &[Rule]) -> Option<String> {
    let all: Vec<String> = rules
        .iter()
        .filter_map(|rule| {
            Some(match rule {
                Rule::Required => return None,
                // A pattern or a longer text implies that the text is not empty.
                Rule::MinLength(1) => "not empty".to_owned(),
                Rule::MinLength(length) => format!("at least {length} characters"),
                Rule::MaxLength(length) => format!("at most {length} characters"),
                Rule::Pattern(pattern) => format!("matches {}", code(pattern)),
                Rule::Minimum(value) => format!("at least {value}"),
                Rule::Maximum(value) => format!("at most {value}"),
                Rule::ExclusiveMinimum(value) => format!("greater than {value}"),
                Rule::ExclusiveMaximum(value) => format!("less than {value}"),
                Rule::MultipleOf(value) => format!("a multiple of {value}"),
                Rule::MinItems(count) => format!("at least {count} elements"),
                Rule::MaxItems(count) => format!("at most {count} elements"),
                Rule::UniqueItems => "no element twice".to_owned(),
                // The docs have a separate sentence for it.
                Rule::Previews(_) | Rule::ReadOnly => return None,
            })
        })
        .collect();
    (!all.is_empty()).then(|| format!("Limits: {}.", all.join(", ")))
}

/// Returns the documentation of a parameter in a scope's path.
pub(crate) fn argument(parameter: &Parameter) -> String {
    let what = prose(parameter.description.as_deref());
    sentences([
        Some(what.unwrap_or_else(|| format!("Parameter `{}`.", parameter.name))),
        limits(&rules::list(false, &parameter.rules)),
    ])
}

/// Returns a default value as a sentence.
pub(crate) fn default(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::Null => return None,
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    };
    Some(format!("Default: {text}."))
}

/// Returns a sentence on the format of text that has no Rust type of its own, unless its
/// description names the format.
pub(crate) fn format(ty: &Type, description: Option<&str>) -> Option<String> {
    let (meaning, words) = match ty {
        Type::String(Format::Uri) => ("A URI.", ["URI", "URL"]),
        Type::String(Format::ArmId) => ("An ARM resource ID.", ["ARM ID", "resource ID"]),
        _ => return None,
    };
    let description = description.unwrap_or_default().to_lowercase();
    let is_named = |word: &str| description.contains(&word.to_lowercase());
    (!words.into_iter().any(is_named)).then(|| meaning.to_owned())
}

/// Splits a name into words: `BatchEndpoints` becomes `batch endpoints`. Words that the manifest has
/// a text for are replaced by it.
pub(crate) fn words(name: &str, namer: &Namer<'_>) -> String {
    let name = names::snake_name(name);
    let words = name.split('_').filter(|word| !word.is_empty());
    let words = words.map(|word| namer.given(&["words", word]).unwrap_or(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a name as the start of a sentence.
pub(crate) fn title(name: &str, namer: &Namer<'_>) -> String {
    let words = words(name, namer);
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// Formats text as inline code.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') || text.is_empty() {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Escapes characters that are markup in Markdown or HTML, and converts bare URLs to links.
fn escaped(text: &str) -> String {
    let has_code = text.matches('`').count().is_multiple_of(2);
    let mut result = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            result.push('`');
        }
        if index % 2 == 1 && has_code {
            result.push_str(part);
            continue;
        }
        for (at, word) in part.split(' ').enumerate() {
            if at > 0 {
                result.push(' ');
            }
            push_escaped(&mut result, word);
        }
    }
    result
}

fn push_escaped(text: &mut String, word: &str) {
    if let Some(start) = url_start(word) {
        let (before, url) = word.split_at(start);
        let inside = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+=%".contains(c);
        let end = url.find(|c| !inside(c)).unwrap_or(url.len());
        let bare = url[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
        push_escaped(text, before);
        text.push('<');
        text.push_str(bare);
        text.push('>');
        push_escaped(text, &url[bare.len()..]);
        return;
    }
    for letter in word.chars() {
        if matches!(letter, '[' | ']' | '<' | '>' | '*' | '_' | '\\') {
            text.push('\\');
        }
        text.push(letter);
    }
}

fn url_start(word: &str) -> Option<usize> {
    // Few words have a colon, and looking for one character is quick.
    if !word.contains(':') {
        return None;
    }
    word.find("https://").or_else(|| word.find("http://"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::api::Version;

    #[test]
    fn prose_is_safe_for_rustdoc() {
        let text = "See https://a.b/c?d=e, or [x] in `Vec<T>`\n and a_b<c>";
        let expected = r"See <https://a.b/c?d=e>, or \[x\] in `Vec<T>` and a\_b\<c\>.";
        assert_eq!(prose(Some(text)).as_deref(), Some(expected));
        assert_eq!(prose(Some("  ")), None);
    }

    #[test]
    fn formats_are_named_once() {
        let says = |description: &str| format(&Type::String(Format::Uri), Some(description));
        assert_eq!(says("Location of the model.").as_deref(), Some("A URI."));
        assert_eq!(says("Url of the next page."), None);
    }

    #[test]
    fn presence_names_versions_only_where_they_differ() {
        let api = api(&[("v1", false), ("v2", false), ("v3", false)]);
        let says = |own: &[usize], owner: &[usize]| presence(&api, &own.to_vec(), &owner.to_vec());
        assert_eq!(says(&[0, 1, 2], &[0, 1, 2]), None);
        assert_eq!(says(&[1, 2], &[0, 1, 2]).as_deref(), Some("Since v2."));
        assert_eq!(says(&[0], &[0, 1, 2]).as_deref(), Some("Only in v1."));
        assert_eq!(
            says(&[0, 2], &[0, 1, 2]).as_deref(),
            Some("Only in v1, v3.")
        );
        assert_eq!(says(&[1], &[1]), None);
    }

    #[test]
    fn items_of_previews_only_are_in_preview() {
        let api = api(&[("v1", false), ("p1", true), ("v2", false), ("p2", true)]);
        let all = vec![0, 1, 2, 3];
        let says = |own: &[usize]| presence(&api, &own.to_vec(), &all);
        assert_eq!(says(&[1, 3]).as_deref(), Some("In preview since p1."));
        assert_eq!(says(&[3]).as_deref(), Some("In preview since p2."));
        let gone = Some("In preview, only in p1.");
        assert_eq!(says(&[1]).as_deref(), gone);
        assert_eq!(says(&[1, 2, 3]).as_deref(), Some("Since v2."));
        assert_eq!(says(&[0, 2]), None);
    }

    fn api(versions: &[(&str, bool)]) -> Api {
        let versions = versions.iter().map(|&(name, preview)| Version {
            names: vec![name.to_owned()],
            preview,
        });
        Api {
            versions: versions.collect(),
            ..Api::default()
        }
    }
}
