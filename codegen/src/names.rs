//! Converts names on the wire to names in Rust.

use crate::model::service::rust_type::RuntimeType;
use heck::{ToSnakeCase, ToUpperCamelCase};
use std::{borrow::Cow, iter};

/// Names of the standard library and of the runtime that generated code uses for types, so that
/// models cannot have them, in addition to [`RuntimeType::OF_OPERATIONS`].
const TAKEN_TYPES: [&str; 24] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "Parameter",
    "PartialEq",
    "Response",
    "Self",
    "Some",
    "String",
    "ToOwned",
    "ToString",
    "TryFrom",
    "Vec",
];

const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// Returns a type's name: `AADToken` becomes `AadToken`.
pub(crate) fn type_name(wire: &str) -> String {
    let name = match softened(wire).to_upper_camel_case() {
        name if name.is_empty() => spelled(wire),
        name => identifier(&name, 'T'),
    };
    let mut runtime = RuntimeType::OF_OPERATIONS.iter();
    if TAKEN_TYPES.contains(&name.as_str()) || runtime.any(|own| own.name() == name) {
        format!("{name}Model")
    } else {
        name
    }
}

/// Returns a variant's name: `uri_file` becomes `UriFile`, `1.0` becomes `V1_0`, `*` becomes
/// `Star`.
pub(crate) fn variant_name(wire: &str) -> String {
    let (sign, text) = match wire.strip_prefix('-') {
        Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => ("Minus", number),
        _ => ("", wire),
    };
    let text = dotted_digits(text);
    let camel: String = text
        .split('\u{1}')
        .map(|part| softened(part).to_upper_camel_case())
        .collect::<Vec<_>>()
        .join("_");
    if camel.chars().all(|c| c == '_') {
        return spelled(wire);
    }
    let name = identifier(&format!("{sign}{camel}"), 'V');
    if name == "Self" {
        "Self_".to_owned()
    } else {
        name
    }
}

/// Returns the name of a field, argument or method.
pub(crate) fn snake_name(wire: &str) -> String {
    let snake = match is_snake_case(wire) {
        true => wire.to_owned(),
        false => softened(wire).to_snake_case(),
    };
    let name = match snake.as_str() {
        "" => spelled(wire).to_snake_case(),
        _ => identifier(&snake, '_'),
    };
    if is_keyword(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// Returns whether a name is in snake case, so that conversion would not change it.
fn is_snake_case(name: &str) -> bool {
    name.split('_').all(|word| {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        !word.is_empty() && word.bytes().all(is_plain)
    })
}

/// Returns whether a name is reserved in Rust.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Returns a constant's name.
pub(crate) fn constant_name(wire: &str) -> String {
    snake_name(wire).to_uppercase()
}

/// Returns a name of the description as an alias for rustdoc's search, if it can be one.
pub(crate) fn doc_alias(wire: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '\\');
    let is_word = wire.contains(|c: char| c.is_ascii_alphabetic());
    (is_word && wire.chars().all(is_plain)).then(|| wire.to_owned())
}

/// Returns names to try in order: the given ones, then the last of them followed by a word once,
/// twice, and so on. Numbers are never used to make names different.
pub(crate) fn with_word(
    given: impl IntoIterator<Item = String>,
    word: &'static str,
) -> impl Iterator<Item = String> {
    let given: Vec<String> = given.into_iter().collect();
    let last = given.last().cloned().unwrap_or_default();
    let longer = iter::successors(Some(last), move |name| Some(format!("{name}{word}")));
    given.into_iter().chain(longer.skip(1))
}

/// Returns names that spell out how a name on the wire is written, for names that differ only in
/// punctuation or case. They are made when they are needed, which is seldom.
pub(crate) fn distinct(wire: &str, name: fn(&str) -> String) -> impl Iterator<Item = String> {
    iter::once_with(move || spelled_out(wire, name)).flatten()
}

fn spelled_out(wire: &str, name: fn(&str) -> String) -> Vec<String> {
    let mut all = Vec::new();
    let spelled = punctuation_spelled(wire);
    if spelled != wire {
        all.push(name(&spelled));
    }
    let letters = || wire.chars().filter(|c| c.is_alphabetic());
    let case = if !letters().any(char::is_uppercase) {
        "lower"
    } else if !letters().any(char::is_lowercase) {
        "upper"
    } else if letters().next().is_some_and(char::is_uppercase) {
        "capital"
    } else {
        "mixed"
    };
    all.push(name(&format!("{case} {spelled}")));
    all
}

/// Replaces characters that are neither letters nor digits with words.
fn punctuation_spelled(wire: &str) -> String {
    let mut words = String::new();
    for letter in wire.chars() {
        if letter.is_ascii_alphanumeric() {
            words.push(letter);
        } else {
            words.push_str(&format!(" {} ", spelled(&letter.to_string())));
        }
    }
    words
}

/// Returns the singular of an English plural, for the words in resource types.
pub(crate) fn singular(plural: &str) -> String {
    let ends = |ending: &str| plural.len() > ending.len() && plural.ends_with(ending);
    if ends("ies") {
        format!("{}y", &plural[..plural.len() - 3])
    } else if ends("sses") || ends("ches") || ends("shes") || ends("xes") {
        plural[..plural.len() - 2].to_owned()
    } else if ends("s") && !ends("ss") && !ends("us") && !ends("is") {
        plural[..plural.len() - 1].to_owned()
    } else {
        plural.to_owned()
    }
}

/// Changes plural acronyms and version suffixes to ordinary words: `VMs` → `Vms`, `IPv4` → `Ipv4`.
fn softened(wire: &str) -> Cow<'_, str> {
    let mut pairs = wire.as_bytes().windows(2);
    // Most names have no acronym.
    if wire.is_ascii() && !pairs.any(|pair| pair.iter().all(u8::is_ascii_uppercase)) {
        return Cow::Borrowed(wire);
    }
    // Letters other than ASCII separate words.
    let ascii = |letter: char| if letter.is_ascii() { letter } else { ' ' };
    let letters: Vec<char> = wire.chars().map(ascii).collect();
    let mut soft = letters.clone();
    for index in 1..letters.len() {
        let run = letters[index - 1].is_ascii_uppercase() && letters[index].is_ascii_uppercase();
        let plural = letters.get(index + 1) == Some(&'s')
            && letters
                .get(index + 2)
                .is_none_or(|c| !c.is_ascii_lowercase());
        let version = letters.get(index + 1) == Some(&'v')
            && letters.get(index + 2).is_some_and(char::is_ascii_digit);
        if run && (plural || version) {
            let start = letters[..index]
                .iter()
                .rposition(|c| !c.is_ascii_uppercase());
            for letter in &mut soft[start.map_or(1, |at| at + 2)..=index] {
                letter.make_ascii_lowercase();
            }
        }
    }
    Cow::Owned(soft.into_iter().collect())
}

/// Marks punctuation between digits, which case conversion would remove: `1.0` is not `10`.
fn dotted_digits(wire: &str) -> String {
    let letters: Vec<char> = wire.chars().collect();
    let digit = |index: Option<usize>| {
        index
            .and_then(|index| letters.get(index))
            .is_some_and(char::is_ascii_digit)
    };
    let mark = |(index, letter): (usize, &char)| {
        let between = digit(index.checked_sub(1)) && digit(Some(index + 1));
        if between && !letter.is_alphanumeric() {
            '\u{1}'
        } else {
            *letter
        }
    };
    letters.iter().enumerate().map(mark).collect()
}

/// Spells out a name without ASCII letters.
fn spelled(wire: &str) -> String {
    if wire.is_empty() {
        return "Empty".to_owned();
    }
    let words = wire.chars().map(|letter| match letter {
        '*' => "Star".to_owned(),
        '+' => "Plus".to_owned(),
        '-' => "Minus".to_owned(),
        '.' => "Dot".to_owned(),
        '/' => "Slash".to_owned(),
        '$' => "Dollar".to_owned(),
        '@' => "At".to_owned(),
        ' ' => "Space".to_owned(),
        '_' => "Underscore".to_owned(),
        other => format!("U{:X}", u32::from(other)),
    });
    words.collect()
}

fn identifier(name: &str, lead: char) -> String {
    let is_other = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_';
    let name = name.replace(is_other, "_");
    match name.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("{lead}{name}"),
        Some(_) => name,
        None => lead.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types() {
        for (wire, rust) in [
            ("AADToken", "AadToken"),
            ("AKS", "Aks"),
            ("NCrossValidations", "NCrossValidations"),
            ("Option", "OptionModel"),
            ("IPv4Address", "Ipv4Address"),
            ("ListVMsResult", "ListVmsResult"),
            ("odata.type", "OdataType"),
            ("3DModel", "T3dModel"),
            ("naïve", "NaVe"),
            ("日本", "U65E5U672C"),
            ("", "Empty"),
        ] {
            assert_eq!(type_name(wire), rust, "{wire}");
        }
    }

    #[test]
    fn variants() {
        for (wire, rust) in [
            ("uri_file", "UriFile"),
            ("SystemAssigned,UserAssigned", "SystemAssignedUserAssigned"),
            ("1.0", "V1_0"),
            ("10", "V10"),
            ("", "Empty"),
            ("*", "Star"),
            ("Self", "Self_"),
            ("Premium_LRS", "PremiumLrs"),
            ("2015-06-15", "V2015_06_15"),
            ("-1", "Minus1"),
            ("<=", "U3CU3D"),
            ("日", "U65E5"),
        ] {
            assert_eq!(variant_name(wire), rust, "{wire:?}");
        }
    }

    #[test]
    fn fields() {
        for (wire, rust) in [
            ("type", "type_"),
            ("$skip", "skip"),
            ("@odata.type", "odata_type"),
            ("dnsServiceIP", "dns_service_ip"),
            (
                "x-ms-async-operation-timeout",
                "x_ms_async_operation_timeout",
            ),
            ("2faEnabled", "_2fa_enabled"),
            ("self", "self_"),
            ("*", "star"),
            ("", "empty"),
            ("_", "underscore"),
            ("naïve", "na_ve"),
            ("日", "u65e5"),
        ] {
            assert_eq!(snake_name(wire), rust, "{wire}");
        }
    }

    #[test]
    fn names_that_differ_in_punctuation_or_case_are_distinct() {
        for (wire, names) in [
            ("a-b", &["a_minus_b", "lower_a_minus_b"][..]),
            ("aB", &["mixed_a_b"]),
            ("AB", &["upper_ab"]),
            ("Ab", &["capital_ab"]),
            ("", &["lower"]),
        ] {
            let found: Vec<String> = distinct(wire, snake_name).collect();
            assert_eq!(found, names, "{wire}");
        }
        let variants: Vec<String> = distinct("a.b", variant_name).collect();
        assert_eq!(variants, ["ADotB", "LowerADotB"]);
    }

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("workspaces", "workspace"),
            ("registries", "registry"),
            ("codes", "code"),
            ("data", "data"),
            ("addresses", "address"),
            ("status", "status"),
            ("featurestoreEntities", "featurestoreEntity"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
