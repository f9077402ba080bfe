//! Examples of merge patches. Their general properties are tested in `suite/properties.rs`.

use arm_runtime::merge_patch;
use serde::{Serialize, Serializer};
use serde_json::json;

#[test]
fn patches_contain_the_changes() {
    let cases = [
        (
            json!({"a": 1, "b": 2}),
            json!({"a": 1, "b": 3}),
            json!({"b": 3}),
        ),
        (json!({"a": 1}), json!({}), json!({"a": null})),
        (json!({"a": 1}), json!({"a": null}), json!({"a": null})),
        (json!({}), json!({"a": null}), json!({})),
        (
            json!({"a": {"b": 1, "c": 2}}),
            json!({"a": {"c": 2}}),
            json!({"a": {"b": null}}),
        ),
        (json!({"a": [1, 2]}), json!({"a": [1]}), json!({"a": [1]})),
        (
            json!({"a": 1}),
            json!({"a": {"b": 1}}),
            json!({"a": {"b": 1}}),
        ),
        (json!({"a": {"b": 1}}), json!({"a": "x"}), json!({"a": "x"})),
        (json!({"a": {}}), json!({"a": {}}), json!({})),
    ];
    for (before, after, expected) in cases {
        assert_eq!(
            merge_patch(&before, &after).unwrap(),
            expected,
            "{before} to {after}"
        );
    }
}

#[test]
fn values_without_a_json_form_are_errors() {
    struct Broken;
    impl Serialize for Broken {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("broken"))
        }
    }
    let error = merge_patch(&Broken, &Broken).unwrap_err().to_string();
    assert!(
        error.contains("merge patch") && error.contains("broken"),
        "{error}"
    );
}
