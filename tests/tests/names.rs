//! Names in manifests, and names that are distinguished without them.

use arm_codegen::{
    manifest_names::Names,
    model::service::{Item, Service},
    note::NoteKind,
    problem::{Problem, Problems},
};
use arm_tests::generator::{files, real, root, routes, small, small_with, text};
use insta::assert_snapshot;
use std::{collections::BTreeSet, fs, path::PathBuf};

/// Names for items of all kinds in `resource_collections.yaml`.
const NAMES: &str = "names:
  groups:
    HubLinks: { name: Connections, docs: Connections of a hub. }
    PartSpares: { name: SpareParts, accessor: spare_parts }
  operations:
    Link_ListDeployments: { method: list }
    Policy_Get: { method: find, arguments: { name: policy } }
    NetworkProvisions_Provision: { group: NetworkProvisions }
    HubFeatures_List: { group: Quotas }
  scopes:
    hubs/links: { name: Connection, arguments: { link: connection } }
";

#[test]
fn manifests_give_names() {
    let generated = small_with("resource_collections", NAMES);
    let generated = generated.unwrap_or_else(|problems| panic!("{problems}"));
    let scopes = files(
        &generated,
        &["src/scopes.rs", "src/operations/connections.rs"],
    );
    assert_snapshot!(format!("{}\n{scopes}", routes(&generated)));
}

#[test]
fn manifests_give_names_to_models_and_their_parts() {
    let types = "names:
  types: { v1: Former, Result: Outcome }
  values: { Result: { Err: Failed } }
";
    let generated = small_with("type_names", types).expect("good names");
    assert_snapshot!(files(&generated, &["src/models/"]));
    let members = "names: { members: { Names: { CamelCase: camel, self: itself } } }\n";
    let generated = small_with("member_names", members).expect("good names");
    let text = files(&generated, &["src/models/names.rs"]);
    assert!(text.contains("#[doc(alias = \"CamelCase\")]\n        pub camel: Option<String>"));
    assert!(text.contains("pub itself: Option<String> = \"self\""));
    let headers = "names: { headers: { headers: all_headers } }\n";
    let generated = small_with("headers", headers).expect("good names");
    assert!(files(&generated, &["src/headers.rs"]).contains("fn all_headers(&self)"));
}

#[test]
fn words_are_written_as_the_manifest_says() {
    let names = "names: { words: { hub: wheel hub } }\n";
    let generated = small_with("resource_collections", names).expect("good names");
    let scopes = files(&generated, &["src/scopes.rs"]);
    assert!(scopes.contains("/// The scope of one wheel hub, which returns"));
    assert!(scopes.contains("pub struct HubScope"));
}

fn wrong(name: &str, names: &str) -> Vec<Problem> {
    match small_with(name, names) {
        Ok(_) => panic!("no problem with\n{names}"),
        Err(Problems(problems)) => problems,
    }
}

fn expect(name: &str, names: &str, pointers: &[&str], message: &str) {
    let found = wrong(name, names);
    let found_pointers: Vec<&str> = found.iter().map(|own| own.pointer.as_str()).collect();
    assert_eq!(found_pointers, pointers);
    for problem in found {
        assert_eq!(problem.file, "manifest.yaml");
        assert!(problem.message.contains(message), "{problem}");
    }
}

#[test]
fn names_of_unknown_items_are_rejected() {
    let names = "names:
  groups: { Gone: { name: Here, accessor: here, docs: Here. } }
  operations: { Gone_List: { group: Hubs, method: all }, Hubs_Get: { arguments: { gone: here } } }
  scopes: { hubs/gone: { name: Here }, hubs: { arguments: { gone: here } } }
  types: { Gone: Here }
  bases: { Gone: Here }
  members: { Gone: { gone: here } }
  values: { Gone: { gone: Here } }
  headers: { gone: here }
  words: { gone: Here }
";
    let pointers = [
        "/names/bases/Gone",
        "/names/groups/Gone/accessor",
        "/names/groups/Gone/docs",
        "/names/groups/Gone/name",
        "/names/headers/gone",
        "/names/members/Gone/gone",
        "/names/operations/Gone_List/group",
        "/names/operations/Gone_List/method",
        "/names/operations/Hubs_Get/arguments/gone",
        "/names/scopes/hubs/arguments/gone",
        "/names/scopes/hubs~1gone/name",
        "/names/types/Gone",
        "/names/values/Gone/gone",
        "/names/words/gone",
    ];
    expect(
        "resource_collections",
        names,
        &pointers,
        "expected the name of an item of the descriptions",
    );
}

#[test]
fn invalid_names_are_rejected() {
    let names = "names:
  groups: { Hubs: { name: hubs, accessor: Hubs, docs: ' ' } }
  operations: { Hubs_Get: { method: get-it, arguments: { hub: self } } }
  scopes: { hubs: { name: A B, method: match } }
  types: { Thing: '2Things' }
";
    let pointers = [
        "/names/groups/Hubs/name",
        "/names/groups/Hubs/accessor",
        "/names/groups/Hubs/docs",
        "/names/operations/Hubs_Get/method",
        "/names/operations/Hubs_Get/arguments/hub",
        "/names/scopes/hubs/name",
        "/names/scopes/hubs/method",
        "/names/types/Thing",
    ];
    expect("resource_collections", names, &pointers, "expected a ");
}

#[test]
fn names_that_are_taken() {
    for (name, names, pointer) in [
        (
            "resource_collections",
            "names: { groups: { Quotas: { name: Parts }, Hubs: { name: Parts } } }\n",
            "/names/groups/Quotas/name",
        ),
        (
            "resource_collections",
            "names: { groups: { PartSpares: { name: Spares, accessor: parts } } }\n",
            "/names/groups/PartSpares/accessor",
        ),
        (
            "resource_collections",
            "names: { operations: { Policy_Get: { method: add }, Policy_AddBulk: { method: add } } }\n",
            "/names/operations/Policy_AddBulk/method",
        ),
        (
            "type_names",
            "names: { types: { V1: First, v1: First } }\n",
            "/names/types/v1",
        ),
    ] {
        expect(name, names, &[pointer], "give one of them another name");
    }
}

#[test]
fn duplicate_names_are_rejected() {
    let names = "names:\n  types:\n    Thing: One\n    Thing: Two\n";
    let found = wrong("resource_collections", names);
    assert!(
        found[0].message.contains("`Thing` appears twice"),
        "{}",
        found[0]
    );
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("names")
        .join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn names_can_be_in_a_file_of_their_own() {
    let folder = folder("file");
    let read = |text: &str| {
        let path = folder.join("names.yaml");
        fs::write(&path, text).expect("a file");
        Names::read(&path)
    };
    let names = read("types: { v1: Former }\n").expect("good names");
    assert_eq!(names.types["v1"], "Former");
    for (text, pointer, message) in [
        ("types: { v1: former }\n", "/types/v1", "UpperCamelCase"),
        ("typos: {}\n", "", "unknown field `typos`"),
        ("types: {a: A, a: B}\n", "", "`a` appears twice"),
        ("groups: { A: { title: B } }\n", "", "unknown field `title`"),
    ] {
        let Err(Problems(found)) = read(text) else {
            panic!("no problem in {text}");
        };
        assert_eq!((found.len(), found[0].pointer.as_str()), (1, pointer));
        assert!(found[0].message.contains(message), "{}", found[0]);
        assert!(found[0].file.ends_with("names.yaml"));
    }
    assert!(Names::read(&folder.join("missing.yaml")).is_err());
}

/// For a folder of `specs/` the manifest must set the names; a separately generated crate gets
/// notes.
#[test]
fn folders_must_disambiguate_names() {
    let folder = folder("disambiguated");
    let manifest = "provider: Contoso.Test\ncrate: contoso_apart\nservice: Apart\n\
                    title: Contoso Apart\ndefault: v1\nversions: [{version: v1}]\n";
    let manifest = |names: &str| {
        fs::write(folder.join("manifest.yaml"), format!("{manifest}{names}")).expect("a file");
        arm_codegen::generate_folder(&folder)
    };
    fs::write(folder.join("v1.yaml"), text("headers")).expect("a file");
    let Err(Problems(found)) = manifest("") else {
        panic!("no problem");
    };
    let pointers = found.iter().map(|own| own.pointer.as_str());
    assert!(pointers.eq(["/names/headers/headers", "/names/headers/x-ms-header"]));
    assert!(
        found[0]
            .message
            .contains("because headers is taken by every response")
    );
    let names = "names: { headers: { headers: all_headers, x-ms-header: ms_header } }\n";
    assert!(manifest(names).is_ok());
    let notes = small("headers").notes;
    assert!(
        notes
            .iter()
            .all(|note| note.kind == NoteKind::Disambiguated)
    );
    assert_eq!(notes.len(), 2);
}

/// Returns all names that users of a crate see.
fn public_names(service: &Service) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut add = |name: &str| {
        names.insert(name.to_owned());
    };
    for scope in &service.scopes {
        add(&scope.type_name);
        add(&scope.method);
        add(&scope.from_id);
        scope.path.arguments.iter().for_each(|own| add(&own.name));
    }
    for group in &service.groups {
        add(&group.type_name);
        add(&group.module);
        add(&group.feature);
        add(&group.accessor);
        for method in &group.methods {
            add(&method.name);
            add(&method.options.type_name);
            method.arguments.iter().for_each(|own| add(&own.name));
            method.options.fields.iter().for_each(|own| add(&own.name));
        }
    }
    for item in service.modules.iter().flat_map(|module| module.types()) {
        add(item.name());
        match item {
            Item::Struct(item) => item.fields.iter().for_each(|own| add(&own.name)),
            Item::Enum(item) => item.values.iter().for_each(|own| add(&own.name)),
            Item::Union(item) => {
                item.kinds.iter().for_each(|own| add(&own.name));
                item.members.iter().for_each(|own| add(&own.name));
            }
            Item::Alias(_) => {}
        }
    }
    service.parameters.iter().for_each(|own| add(&own.constant));
    service.headers.iter().for_each(|own| add(&own.name));
    service.modules.iter().for_each(|own| add(&own.name));
    names
}

/// Returns a text without characters that case conversion changes.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

#[test]
fn no_name_has_a_number_that_the_description_does_not_have() {
    let folder = root().join("specs/machinelearningservices");
    let files = fs::read_dir(&folder).expect("descriptions");
    let mut words = BTreeSet::new();
    for file in files.flatten() {
        let text = fs::read_to_string(file.path()).expect("a description");
        let all = text.split(|c: char| c.is_whitespace() || "'\"/{}[],:".contains(c));
        words.extend(
            all.map(plain)
                .filter(|word| word.ends_with(|c: char| c.is_ascii_digit())),
        );
    }
    let service = real().service;
    let names = public_names(&service);
    assert!(names.len() > 2000, "{}", names.len());
    let ends = names
        .iter()
        .filter(|name| name.ends_with(|c: char| c.is_ascii_digit()));
    let strange: Vec<&String> = ends
        .filter(|name| {
            let name = plain(name);
            // A variant's name begins with a letter that its value does not need.
            let value = name.strip_prefix('v').unwrap_or(&name).to_owned();
            !words
                .iter()
                .any(|word| *word == name || *word == value || word.ends_with(&name))
        })
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn no_type_has_a_name_of_more_than_50_characters() {
    let service = real().service;
    let models = service.modules.iter().flat_map(|module| module.types());
    let groups = service.groups.iter().flat_map(|group| {
        let methods = group.methods.iter();
        let options = methods.map(|method| method.options.type_name.as_str());
        options.chain([group.type_name.as_str()])
    });
    let scopes = service.scopes.iter().map(|scope| scope.type_name.as_str());
    let all = models.map(Item::name).chain(groups).chain(scopes);
    let long: Vec<&str> = all.filter(|name| name.len() > 50).collect();
    assert!(long.is_empty(), "{long:?}");
    // What is called otherwise is found by its usual name.
    let methods = service.groups.iter().flat_map(|group| &group.methods);
    let aliases = methods.filter_map(|method| method.options.alias.as_deref());
    assert!(aliases.clone().all(|alias| alias.len() > 50));
    assert!(aliases.count() > 20);
}
