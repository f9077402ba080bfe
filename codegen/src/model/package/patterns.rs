//! Decides which engine the patterns of a service need.

use crate::resolve::api::{Api, Shape};

/// Characters that may follow a backslash in addition to punctuation: the same in both languages.
const CLASSES: &str = "dw";

/// Returns whether the runtime's small engine reads all patterns as ECMAScript does.
pub(crate) fn are_simple(api: &Api) -> bool {
    all(api).all(is_simple)
}

fn all(api: &Api) -> impl Iterator<Item = &str> {
    let parameters = api.operations.iter().flat_map(|one| &one.parameters);
    let properties = api.schemas.values().flat_map(|schema| match &schema.shape {
        Shape::Object(object) => Some(object.properties.values()),
        _ => None,
    });
    let rules = parameters.map(|one| &one.rules);
    let rules = rules.chain(properties.flatten().map(|one| &one.rules));
    rules.filter_map(|rules| rules.pattern.as_deref())
}

/// Literal text, classes, groups, alternatives and repetition have the same meaning in both
/// languages, and so does one negative lookahead after a prefix of fixed length, which the runtime
/// handles separately. Dots, negated classes and white space differ in line ends or code points.
fn is_simple(pattern: &str) -> bool {
    let Some((before, after)) = pattern.split_once("(?!") else {
        return is_plain(pattern);
    };
    let Some((inner, after)) = after.split_once(')') else {
        return false;
    };
    before.starts_with('^')
        && !before.contains(['(', '*', '+', '?', '{', '|', '\\'])
        && !inner.contains(['(', '|'])
        && !after.contains('|')
        && [before, inner, after].into_iter().all(is_plain)
}

/// Returns whether a pattern has only syntax of both languages, outside of lookarounds.
fn is_plain(pattern: &str) -> bool {
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    let mut last = ' ';
    while let Some(char) = rest.next() {
        let next = rest.peek().copied();
        let fits = match char {
            '\\' => rest
                .next()
                .is_some_and(|escaped| escaped.is_ascii_punctuation() || CLASSES.contains(escaped)),
            '[' if in_class => false,
            '[' => {
                in_class = true;
                !matches!(next, Some('^' | ']'))
            }
            ']' => std::mem::replace(&mut in_class, false),
            // Operations on sets, which ECMAScript does not have without a flag.
            '&' | '~' | '-' if in_class => last != char,
            '.' => in_class,
            // Only non-capturing groups; any other is a lookaround or has a name.
            '(' if !in_class && next == Some('?') => {
                rest.next();
                rest.next() == Some(':')
            }
            _ => char.is_ascii() && !char.is_ascii_control(),
        };
        if !fits {
            return false;
        }
        last = char;
    }
    !in_class
}

#[cfg(test)]
mod tests {
    use super::is_simple;

    #[test]
    fn patterns_of_both_languages_are_simple() {
        for pattern in [
            "[a-zA-Z0-9_]",
            "^[a-zA-Z0-9][a-zA-Z0-9\\-_]{0,254}$",
            "^([0-9]{1,3}\\.){3}[0-9]{1,3}(\\/([0-9]|[1-2][0-9]|3[0-2]))?$",
            "^(?:25[0-5]|[01]?[0-9])$",
            "^[-\\w\\._]+$",
            "\\d+[bBkK.]",
            "^[a-zA-Z](?![a-zA-Z0-9-]*-\\d+$)[a-zA-Z0-9\\-]{2,23}$",
        ] {
            assert!(is_simple(pattern), "{pattern}");
        }
    }

    #[test]
    fn other_patterns_need_ecmascript() {
        for pattern in [
            "^.+$",
            "^[^/]+$",
            "^\\S+$",
            "\\bword\\b",
            "^(?=.*[0-9])[a-z0-9]+$",
            "^(?!-)[a-z-]{1,20}(?<!-)$",
            "^[a-z]+(?!-)[a-z]$",
            "^a(?!b)c|d$",
            "(?<name>a)",
            "[a&&b]",
            "[[]",
            "[]a]",
            "[a",
            "é",
            "a\\",
            "\\u0041",
        ] {
            assert!(!is_simple(pattern), "{pattern}");
        }
    }
}
