//! Patterns with regex-lite, which is much smaller than an engine for all of ECMAScript.
//!
//! It has no lookahead. A negative lookahead after a prefix of fixed length, as in
//! `^[a-z](?!-)[a-z-]+$`, is converted to a second pattern: text that matches `^[a-z][a-z-]+$` must
//! not match `^[a-z](?:-)`.

#![cfg_attr(
    feature = "patterns",
    allow(
        dead_code,
        reason = "the other engine is used, and this one tested against it"
    )
)]

use regex_lite::Regex;

/// A pattern that texts must match, and one that they must not match.
pub(super) struct Compiled {
    all: Regex,
    none: Option<Regex>,
}

/// Compiles a pattern; `None` if regex-lite does not support it.
pub(super) fn compile(pattern: &str) -> Option<Compiled> {
    let (all, none) = split(pattern)?;
    let none = none.map(|none| Regex::new(&none)).transpose();
    Some(Compiled {
        all: Regex::new(&all).ok()?,
        none: none.ok()?,
    })
}

pub(super) fn is_match(compiled: &Compiled, text: &str) -> bool {
    let excluded = compiled.none.as_ref();
    compiled.all.is_match(text) && !excluded.is_some_and(|none| none.is_match(text))
}

/// Separates the lookahead from a pattern.
fn split(pattern: &str) -> Option<(String, Option<String>)> {
    const AHEAD: &str = "(?!";
    let Some((before, after)) = pattern.split_once(AHEAD) else {
        return Some((pattern.to_owned(), None));
    };
    let (inner, after) = after.split_once(')')?;
    // Otherwise it would not be checked exactly once, at the same position in every text.
    let is_fixed = before.starts_with('^')
        && !before.contains(['(', '*', '+', '?', '{', '|', '\\'])
        && !inner.contains(['(', '|'])
        && !after.contains('|')
        && !after.contains(AHEAD);
    let none = format!("{before}(?:{inner})");
    is_fixed.then(|| (format!("{before}{after}"), Some(none)))
}

#[cfg(test)]
mod tests {
    use super::{compile, is_match};

    const COMPUTE: &str = "^[a-zA-Z](?![a-zA-Z0-9-]*-\\d+$)[a-zA-Z0-9\\-]{2,23}$";

    #[test]
    fn a_lookahead_is_taken_out() {
        let pattern = compile(COMPUTE).unwrap();
        for (text, fits) in [
            ("cluster", true),
            ("cpu-cluster", true),
            ("c-1x", true),
            ("cluster-1", false),
            ("c-1", false),
            ("1cluster", false),
            ("cl", false),
            ("cluster_", false),
        ] {
            assert_eq!(is_match(&pattern, text), fits, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_taken_out_is_not_compiled() {
        for pattern in [
            "^a+(?!b)c$",
            "(?!b)c",
            "^a(?!b|c)d$",
            "^a(?!b)c|d",
            "^a(?=b)",
            "([",
        ] {
            assert!(compile(pattern).is_none(), "{pattern}");
        }
    }

    #[cfg(feature = "patterns")]
    proptest::proptest! {
        #[test]
        fn both_engines_agree(
            text in proptest::prop_oneof!["[a-c1-]{0,6}", "[0-9./]{0,20}", "\\PC{0,6}"],
            index in 0..6_usize,
        ) {
            let pattern = [
                COMPUTE,
                "^[a-zA-Z0-9][a-zA-Z0-9\\-_]{2,5}$",
                "[a-zA-Z0-9_]",
                "^([0-9]{1,3}\\.){3}[0-9]{1,3}(\\/([0-9]|[1-2][0-9]|3[0-2]))?$",
                "^[-\\w\\._]+$",
                "\\d+[bBkKmMgG]",
            ][index];
            let simple = compile(pattern).unwrap();
            let whole = regress::Regex::new(pattern).unwrap();
            proptest::prop_assert_eq!(is_match(&simple, &text), whole.find(&text).is_some());
        }
    }
}
