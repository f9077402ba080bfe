//! The generator returns files or problems for any description, and never panics.

use arm_codegen::problem::Problems;
use arm_tests::generator::{SMALL, run, text};
use proptest::{
    prelude::*,
    sample::Index,
    test_runner::{Config, RngSeed},
};
use serde_json::{Value, json};

/// Descriptions that together contain most constructs.
const SUBJECTS: [&str; 8] = [
    "bodies",
    "containers",
    "enums",
    "inheritance",
    "parameters",
    "properties",
    "scopes",
    "unions",
];

/// A change of a part of a description.
#[derive(Clone, Debug)]
enum Change {
    Delete,
    Replace(Value),
    /// Replace it by another part.
    Copy(Index),
    /// Rename a member.
    Rename(String),
}

fn value() -> impl Strategy<Value = Value> {
    let texts = [
        "",
        "x",
        "*",
        "日",
        "self",
        "{a}",
        "/",
        "$ref",
        "string",
        "array",
        "object",
        "int32",
        "200",
        "default",
        "path",
        "#/components/schemas",
        "#/components/schemas/Nothing",
        "#/info",
        "#",
        "application/json",
        "a\nb",
        "\"",
        "`",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::num::f64::NORMAL.prop_map(Value::from),
        prop::sample::select(texts.to_vec()).prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([null, {}, "x", 1])),
        Just(json!({"type": "array"})),
        Just(json!({"$ref": "#/components/schemas/Resource"})),
        Just(json!({"$ref": "#/components/schemas/Containers"})),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    let names = [
        "", "x", "$ref", "日本", "type", "allOf", "{", "200", "self", "get", "default",
    ];
    prop_oneof![
        Just(Change::Delete),
        value().prop_map(Change::Replace),
        any::<Index>().prop_map(Change::Copy),
        prop::sample::select(names.to_vec()).prop_map(|name| Change::Rename(name.to_owned())),
    ]
}

/// Collects the pointers to everything below a value.
fn places(value: &Value, own: &str, found: &mut Vec<String>) {
    let mut visit = |step: &str, inner: &Value| {
        let pointer = format!("{own}/{}", step.replace('~', "~0").replace('/', "~1"));
        found.push(pointer.clone());
        places(inner, &pointer, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| visit(name, inner)),
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                visit(&index.to_string(), inner);
            }
        }
        _ => {}
    }
}

fn apply(document: &mut Value, at: &Index, change: &Change) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    if all.is_empty() {
        return;
    }
    let pointer: &String = at.get(&all);
    let (parent, step) = pointer
        .rsplit_once('/')
        .expect("a pointer begins with a slash");
    let step = step.replace("~1", "/").replace("~0", "~");
    match change {
        Change::Replace(value) => *document.pointer_mut(pointer).expect("a place") = value.clone(),
        Change::Copy(from) => {
            let value = document.pointer(from.get::<String>(&all)).cloned();
            *document.pointer_mut(pointer).expect("a place") = value.expect("a place");
        }
        Change::Delete | Change::Rename(_) => match document.pointer_mut(parent) {
            Some(Value::Object(members)) => {
                let value = members.remove(&step).expect("a member");
                if let Change::Rename(name) = change {
                    members.insert(name.clone(), value);
                }
            }
            Some(Value::Array(items)) => {
                items.remove(step.parse::<usize>().expect("an index"));
            }
            _ => {}
        },
    }
}

/// Reads a description as a tree. The reader accepts JSON too, which is a subset of YAML.
fn tree(name: &str) -> Value {
    arm_tests::generator::tree(&text(name))
}

fn check(text: &str) {
    if let Err(Problems(problems)) = run(text) {
        assert!(!problems.is_empty(), "an error without a problem:\n{text}");
        for problem in problems {
            assert_eq!(problem.file, "small.yaml", "{problem}\n{text}");
            assert!(!problem.message.is_empty());
        }
    }
}

proptest! {
    #![proptest_config(Config {
        cases: 600,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_251_201),
        ..Config::default()
    })]

    #[test]
    fn changed_trees_never_panic(
        subject in prop::sample::select(&SUBJECTS[..]),
        changes in prop::collection::vec((any::<Index>(), change()), 1..4),
    ) {
        let mut document = tree(subject);
        for (at, change) in &changes {
            apply(&mut document, at, change);
        }
        check(&document.to_string());
    }

    #[test]
    fn changed_texts_never_panic(
        subject in prop::sample::select(&SMALL[..]),
        at in any::<Index>(),
        with in prop::sample::select(&["", ":", "{", "}", "[", "\n", "\t", "- ", "'", "&a ", "*a ", "!t ", "#", "日"][..]),
    ) {
        let mut text = text(subject);
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        text.insert_str(*at.get(&places), with);
        check(&text);
    }
}

#[test]
fn every_member_may_be_missing_or_of_another_type() {
    for subject in ["unions", "parameters", "paging"] {
        let document = tree(subject);
        let mut all = Vec::new();
        places(&document, "", &mut all);
        // Only some of them, because all take too long.
        for pointer in all.iter().step_by(3) {
            for value in [json!(null), json!([]), json!({}), json!(7), json!("x")] {
                let mut changed = document.clone();
                *changed.pointer_mut(pointer).expect("a place") = value;
                check(&changed.to_string());
            }
        }
    }
}
