//! Every model, proven by random documents made straight from the descriptions.
//!
//! `PROOF_ROUNDS=1000` tries so many random documents for each schema instead of a few.

use arm_tests::{
    compare::difference,
    description::{Description, NEWEST, OLDER},
    documents::{Maker, SECRET_MARK, Style, written},
    generated::{MODELS, UNIONS},
    invalid_documents::{InvalidDocument, with_broken_rules, with_wrong_types},
    report,
    round_trip::RoundTrip,
    shape::Shape,
};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const ROUNDS: usize = 20;

fn rounds() -> usize {
    let text = std::env::var("PROOF_ROUNDS").ok();
    text.map_or(ROUNDS, |text| text.parse().expect("a number of rounds"))
}

/// Each schema of both descriptions, with its type.
fn schemas() -> Vec<(&'static Description, &'static str, RoundTrip)> {
    let round_trips: BTreeMap<&str, RoundTrip> = MODELS.iter().copied().collect();
    let both = [&*NEWEST, &*OLDER].into_iter();
    let all = both.flat_map(|description| {
        let names = description.schemas().map(|(name, _)| name);
        names.map(move |name| (description, name))
    });
    all.map(|(description, name)| {
        let round_trip = round_trips.get(name);
        let round_trip = *round_trip.unwrap_or_else(|| panic!("{name} has no type"));
        (description, name, round_trip)
    })
    .collect()
}

/// Documents for a schema: all of it, as little as may be, each value, each kind, and random ones.
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
        if matches!(description.shape_of(name), Shape::Map(_)) {
            // A map from the standard library, which knows nothing of paths.
            continue;
        }
        let mut maker = Maker::new(description, name, Style::FULL);
        let document = maker.named(name);
        let documents = with_wrong_types(description, name, &document);
        // All that is the schema's own, and some of what lies deeper and is some other's own.
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
    // The newest description's rules hold for what both have.
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
