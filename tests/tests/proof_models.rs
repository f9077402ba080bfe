//! Proves every model with random documents that are created directly from the descriptions.
//!
//! `PROOF_ROUNDS=1000` sets the number of random documents for each schema.

use arm_tests::{
    compare::{difference, difference_by},
    description::{Description, NEWEST, OLDER, PREVIEW},
    documents::{Maker, SECRET_MARK, Style, written},
    generated::{ACCESSORS, MODELS, UNIONS},
    invalid_documents::{InvalidDocument, with_broken_rules, with_wrong_types},
    report,
    round_trip::RoundTrip,
    shape::{Object, Shape},
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const ROUNDS: usize = 20;

fn rounds() -> usize {
    let text = std::env::var("PROOF_ROUNDS").ok();
    text.map_or(ROUNDS, |text| text.parse().expect("a number of rounds"))
}

/// Each schema of all descriptions that operations reach, with its type.
fn schemas() -> Vec<(&'static Description, &'static str, RoundTrip)> {
    let round_trips: BTreeMap<&str, RoundTrip> = MODELS.iter().copied().collect();
    let all = [&*NEWEST, &*PREVIEW, &*OLDER];
    let reached: BTreeSet<&str> = all.iter().flat_map(|own| own.reached()).collect();
    let all = all.into_iter().flat_map(|description| {
        let names = description.schemas().map(|(name, _)| name);
        let names = names.filter(|name| reached.contains(name));
        names
            .map(move |name| (description, name))
            .collect::<Vec<_>>()
    });
    all.map(|(description, name)| {
        let round_trip = round_trips.get(name);
        let round_trip = *round_trip.unwrap_or_else(|| panic!("{name} has no type"));
        (description, name, round_trip)
    })
    .collect()
}

/// Returns documents for a schema: with all members, with as few as possible, with each value, with
/// each kind, and random ones.
fn documents(description: &Description, name: &str, rounds: usize) -> Vec<Value> {
    let mut documents = Vec::new();
    for style in [Style::FULL, Style::NULLS, Style::SPARSE] {
        let mut maker = Maker::new(description, name, style);
        match description.shape_of(name) {
            Shape::Union(tag, kinds) => {
                let kinds = kinds.iter();
                documents.extend(kinds.map(|(kind, name)| maker.kind(tag, kind, name)));
            }
            Shape::Choice(values, _) => {
                documents.extend(values.as_array().into_iter().flatten().cloned())
            }
            _ => documents.push(maker.named(name)),
        }
    }
    for round in 0..rounds {
        let style = if round % 2 == 0 {
            Style::WILD
        } else {
            Style::SOME
        };
        documents.push(Maker::new(description, &format!("{name} {round}"), style).named(name));
    }
    documents
}

#[test]
fn the_table_has_each_schema_once() {
    let described: BTreeSet<&str> = schemas().into_iter().map(|(_, name, _)| name).collect();
    let table: Vec<&str> = MODELS.iter().map(|(name, _)| *name).collect();
    assert_eq!(table.len(), described.len());
    assert_eq!(table.into_iter().collect::<BTreeSet<_>>(), described);
}

#[test]
fn unions_have_the_kinds_that_are_described() {
    let mut described: BTreeMap<&str, (&str, BTreeSet<&str>)> = BTreeMap::new();
    for (description, name, _) in schemas() {
        if let Shape::Union(tag, kinds) = description.shape_of(name) {
            let (_, all) = described.entry(name).or_insert((tag, BTreeSet::new()));
            all.extend(kinds.keys());
        }
    }
    let table = UNIONS.iter().map(|(name, tag, kinds)| {
        let all: BTreeSet<&str> = kinds.iter().copied().collect();
        assert_eq!(all.len(), kinds.len(), "{name}");
        (*name, (*tag, all))
    });
    assert_eq!(table.collect::<BTreeMap<_, _>>(), described);
}

#[test]
fn documents_come_back_as_they_were_sent() {
    let mut tried = 0;
    let mut problems = Vec::new();
    for (description, name, round_trip) in schemas() {
        let mut random = Maker::new(description, name, Style::FULL).random().clone();
        for document in documents(description, name, rounds()) {
            tried += 1;
            let text = written(&document, &mut random);
            let problem = match round_trip(&text) {
                Ok(reserialized) if reserialized.debug.contains(SECRET_MARK) => {
                    Some("shows a secret".to_owned())
                }
                Ok(reserialized) => {
                    let got = serde_json::from_str(&reserialized.json).unwrap();
                    difference(description, name, &document, &got)
                }
                Err(error) => Some(error),
            };
            problems.extend(problem.map(|problem| format!("{name}: {problem}\n{text}")));
        }
    }
    report::none("documents", &problems);
    println!("{} models proven by {tried} documents", MODELS.len());
}

#[test]
fn values_and_kinds_that_are_described_are_known() {
    let mut tried = 0;
    let mut problems = Vec::new();
    for (description, name, round_trip) in schemas() {
        let mut maker = Maker::new(description, name, Style::SPARSE);
        let known: Vec<Value> = match description.shape_of(name) {
            Shape::Choice(values, _) => values.as_array().into_iter().flatten().cloned().collect(),
            Shape::Union(tag, kinds) => {
                let kinds = kinds.iter();
                kinds
                    .map(|(kind, name)| maker.kind(tag, kind, name))
                    .collect()
            }
            _ => continue,
        };
        for document in known {
            tried += 1;
            let debug = round_trip(&document.to_string()).map(|reserialized| reserialized.debug);
            let unknown =
                |debug: &str| debug.starts_with("Unknown(") || debug.starts_with("UnknownValue(");
            if debug.as_ref().is_ok_and(|debug| !unknown(debug)) {
                continue;
            }
            problems.push(format!("{name}: {document} is {debug:?}"));
        }
    }
    report::none("unknown values", &problems);
    println!("{tried} values and kinds known");
}

#[test]
fn an_object_may_have_no_members() {
    for (description, name, round_trip) in schemas() {
        let tag = match description.shape_of(name) {
            Shape::Object(object) => object.tag,
            Shape::Union(..) | Shape::Map(_) | Shape::Any(_) => None,
            _ => continue,
        };
        let back = tag.map_or(json!({}), |(tag, kind)| json!({ tag: kind }));
        assert_eq!(round_trip("{}").unwrap().json, back.to_string(), "{name}");
    }
}

#[test]
fn values_of_wrong_types_are_refused_with_their_path() {
    let mut tried = 0;
    let mut problems = Vec::new();
    for (description, name, round_trip) in schemas() {
        let mut maker = Maker::new(description, name, Style::FULL);
        let document = maker.named(name);
        let documents = with_wrong_types(description, name, &document);
        // All values of the schema itself, and some deeper ones that belong to other schemas.
        let own = |invalid: &InvalidDocument| !invalid.path.contains('.');
        let documents = documents
            .into_iter()
            .filter(|invalid| own(invalid) || maker.random().chance(2));
        for invalid in documents.collect::<Vec<_>>() {
            tried += 1;
            let text = written(&invalid.document, maker.random());
            match round_trip(&text) {
                Err(error) if error.starts_with(&format!("{}: ", invalid.path)) => {}
                Err(error) => problems.push(format!("{name}: {}: {error}", invalid.path)),
                Ok(_) => problems.push(format!("{name}: {} accepts\n{text}", invalid.path)),
            }
        }
    }
    report::none("wrong values", &problems);
    println!("{tried} wrong values refused");
}

#[test]
fn rules_are_checked_before_sending() {
    let mut tried = 0;
    let mut problems = Vec::new();
    // The newest description's rules hold for what all have.
    let older = |description: &Description| description.version == OLDER.version;
    for (description, name, round_trip) in schemas() {
        if older(description) && NEWEST.schema(name).is_some() {
            continue;
        }
        let mut maker = Maker::new(description, name, Style::FULL);
        let documents = match description.shape_of(name) {
            Shape::Union(tag, kinds) => {
                let kinds = kinds.iter();
                kinds
                    .map(|(kind, name)| maker.kind(tag, kind, name))
                    .collect()
            }
            Shape::Object(_) => vec![maker.named(name)],
            _ => continue,
        };
        for document in documents {
            let valid = round_trip(&document.to_string()).unwrap().violation;
            problems.extend(valid.map(|violation| format!("{name}: valid, but {violation}")));
            for invalid in with_broken_rules(description, name, &document) {
                tried += 1;
                let violation = round_trip(&invalid.document.to_string()).unwrap().violation;
                let named =
                    violation.is_some_and(|text| text.contains(&format!("`{}`", invalid.path)));
                if !named {
                    problems.push(format!("{name}: {} is let through", invalid.path));
                }
            }
        }
    }
    report::none("rules", &problems);
    println!("{tried} broken rules found");
}

/// Returns the members that all kinds of a union have with the same type: those of the base, and if
/// there are several kinds, those that all of them have.
fn shared_members<'a>(
    description: &'a Description,
    union: &'a str,
    tag: &str,
    kinds: &BTreeMap<&'a str, &'a str>,
) -> BTreeMap<&'a str, &'a Value> {
    let base = description.object_of(union).members;
    let kinds: BTreeSet<&str> = kinds.values().copied().collect();
    let objects: Vec<_> = kinds
        .iter()
        .map(|kind| description.object_of(kind))
        .collect();
    let mut members: BTreeMap<&str, &Value> = objects
        .first()
        .iter()
        .flat_map(|first| &first.members)
        .map(|(name, member)| (*name, member.schema))
        .collect();
    members.retain(|name, schema| {
        let same = |object: &Object<'a>| {
            let member = object.members.get(name);
            member.is_some_and(|member| type_of(member.schema) == type_of(schema))
        };
        *name != tag && (kinds.len() > 1 || base.contains_key(name)) && objects.iter().all(same)
    });
    members
}

/// Returns the part of a schema that determines its type.
fn type_of(schema: &Value) -> Value {
    let words = ["$ref", "allOf", "type", "format", "enum", "x-ms-secret"];
    let own = words.map(|word| schema[word].clone());
    let inner = ["items", "additionalProperties"].map(|word| match &schema[word] {
        Value::Object(_) => json!([type_of(&schema[word]), schema[word]["nullable"]]),
        other => other.clone(),
    });
    json!([own, inner])
}

#[test]
fn unions_return_the_members_that_all_kinds_have() {
    let mut tried = 0;
    let mut problems = Vec::new();
    let mut described = BTreeSet::new();
    for (description, name, _) in schemas() {
        let Shape::Union(tag, kinds) = description.shape_of(name) else {
            continue;
        };
        // Previews may have more kinds, of which all have fewer members.
        if let Shape::Union(_, more) = PREVIEW.shape_of(name)
            && more.len() > kinds.len()
        {
            continue;
        }
        let members = shared_members(description, name, tag, &kinds);
        described.extend(members.keys().map(|member| (name, *member)));
        let own = ACCESSORS.iter().filter(|(union, _, _)| *union == name);
        let mut maker = Maker::new(description, name, Style::FULL);
        for (_, member, access) in own {
            let Some(schema) = members.get(member) else {
                continue;
            };
            for (kind, schema_name) in &kinds {
                let mut document = maker.kind(tag, kind, schema_name);
                for kind in [kind, "From tomorrow"] {
                    tried += 1;
                    document[tag] = json!(kind);
                    let got = access(&document.to_string());
                    let problem = match got {
                        Ok(Some(got)) => {
                            difference_by(description, schema, &document[*member], &got)
                        }
                        other => Some(format!("{other:?}")),
                    };
                    let told =
                        |problem| format!("{name}.{member} of {kind}: {problem}\n{document}");
                    problems.extend(problem.map(told));
                }
            }
            let without = access("{}");
            problems.extend((without != Ok(None)).then(|| format!("{name}.{member}: {without:?}")));
        }
    }
    let table: BTreeSet<_> = ACCESSORS.iter().map(|own| (own.0, own.1)).collect();
    let differences: Vec<_> = table.symmetric_difference(&described).collect();
    assert!(differences.is_empty(), "{differences:?}");
    report::none("accessors", &problems);
    println!("{} accessors proven by {tried} documents", ACCESSORS.len());
}
