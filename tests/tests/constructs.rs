//! The generated code for each construct of a description, as snapshots.

use arm_codegen::description;
use arm_tests::generator::{files, manifest, previews, routes, small, versions};
use insta::assert_snapshot;

const MODELS: &str = "src/models/";
const OPERATIONS: &str = "src/operations/";

#[test]
fn all_of_chains_are_flattened() {
    assert_snapshot!(files(&small("inheritance"), &[MODELS]));
}

#[test]
fn discriminators_become_unions() {
    assert_snapshot!(files(&small("unions"), &[MODELS]));
}

#[test]
fn enums_are_open_or_closed() {
    assert_snapshot!(files(&small("enums"), &[MODELS]));
}

#[test]
fn scalars_have_the_types_of_their_formats() {
    assert_snapshot!(files(&small("scalars"), &[MODELS]));
}

#[test]
fn docs_state_the_rules_of_properties() {
    assert_snapshot!(files(&small("properties"), &[MODELS]));
}

#[test]
fn containers_nest_and_types_may_contain_themselves() {
    assert_snapshot!(files(&small("containers"), &[MODELS]));
}

#[test]
fn plain_definitions_become_aliases() {
    assert_snapshot!(files(
        &small("aliases"),
        &[MODELS, "src/operations/aliases.rs"]
    ));
}

#[test]
fn type_names_do_not_collide() {
    let generated = small("type_names");
    assert_snapshot!(files(&generated, &[MODELS, "src/operations/options.rs"]));
}

#[test]
fn member_names_are_identifiers() {
    assert_snapshot!(files(&small("member_names"), &["src/models/names.rs"]));
}

#[test]
fn parameters_are_in_their_locations() {
    assert_snapshot!(files(&small("parameters"), &["src/operations/widgets.rs"]));
}

#[test]
fn lists_are_joined_as_described() {
    assert_snapshot!(files(&small("collections"), &["src/operations/lists.rs"]));
}

#[test]
fn fixed_values_are_not_arguments() {
    let paths = ["src/operations/things.rs", "src/models/things.rs"];
    assert_snapshot!(files(&small("constants"), &paths));
}

#[test]
fn each_operation_has_the_api_version_that_it_describes() {
    let groups = ["both", "fixed", "free", "own", "referred", "same", "usual"];
    let paths = groups.map(|group| format!("src/operations/{group}.rs"));
    let paths = paths.each_ref().map(String::as_str);
    assert_snapshot!(files(&small("api_versions"), &paths));
}

#[test]
fn headers_have_the_types_of_their_operations() {
    assert_snapshot!(files(
        &small("response_headers"),
        &["src/headers.rs", "src/lib.rs"]
    ));
}

#[test]
fn request_ids_are_parameters_where_declared() {
    assert_snapshot!(files(&small("request_ids"), &["src/operations/things.rs"]));
}

#[test]
fn values_have_the_types_of_their_formats_everywhere() {
    let groups = ["day", "days", "times", "values"];
    let paths = groups.map(|group| format!("src/operations/{group}.rs"));
    let models = ["src/models/values.rs".to_owned()];
    let paths: Vec<String> = paths.into_iter().chain(models).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    assert_snapshot!(files(&small("formats"), &paths));
}

#[test]
fn operation_names_do_not_collide() {
    let generated = small("operation_names");
    assert_snapshot!(files(
        &generated,
        &["src/client.rs", OPERATIONS, "Cargo.toml"]
    ));
}

#[test]
fn bodies_and_responses() {
    assert_snapshot!(files(&small("bodies"), &[OPERATIONS]));
}

#[test]
fn pages() {
    assert_snapshot!(files(
        &small("paging"),
        &["src/operations/lists.rs", MODELS]
    ));
}

#[test]
fn another_operation_returns_next_pages() {
    let paths = ["src/client.rs", "src/operations/things.rs"];
    let generated = small("next_pages");
    let notes = generated.notes.iter().map(|note| format!("{note}\n"));
    assert_snapshot!(notes.collect::<String>() + &files(&generated, &paths));
}

#[test]
fn long_running_operations() {
    assert_snapshot!(files(&small("long_running"), &["src/operations/jobs.rs"]));
}

#[test]
fn headers_have_readers() {
    assert_snapshot!(files(&small("headers"), &["src/headers.rs", "src/lib.rs"]));
}

#[test]
fn operations_on_one_collection_are_one_group() {
    assert_snapshot!(routes(&small("resource_collections")));
}

#[test]
fn groups_outside_of_any_hierarchy_are_on_the_client() {
    let generated = small("no_hierarchy");
    assert_snapshot!(routes(&generated));
}

#[test]
fn names_that_are_taken_are_disambiguated_by_words() {
    let names = [
        "enums",
        "headers",
        "member_names",
        "operation_names",
        "type_names",
        "unions",
    ];
    let notes = names.map(|name| {
        let notes = small(name).notes.into_iter();
        notes.map(|note| format!("{note}\n")).collect::<String>()
    });
    assert_snapshot!(notes.concat());
}

#[test]
fn scopes_return_clients_of_groups() {
    let generated = small("scopes");
    let paths = ["src/client.rs", "src/scopes.rs", "src/operations/rules.rs"];
    assert_snapshot!(files(&generated, &paths));
}

#[test]
fn extension_resources_belong_to_any_scope() {
    let generated = small("extension");
    let paths = ["src/client.rs", "src/scopes.rs", "src/operations/locks.rs"];
    assert_snapshot!(files(&generated, &paths));
}

#[test]
fn one_group_in_tenant_and_subscription() {
    assert_snapshot!(files(
        &small("mixed"),
        &["src/client.rs", "src/operations/names.rs"]
    ));
}

#[test]
fn operations_without_a_group_are_grouped_by_tag() {
    assert_snapshot!(files(&small("bare"), &["src/client.rs", OPERATIONS]));
}

#[test]
fn a_service_without_operations() {
    assert_snapshot!(files(&small("empty"), &["Cargo.toml", "README.md", "src/"]));
}

#[test]
fn api_versions_merge() {
    assert_snapshot!(files(&versions(), &["src/lib.rs", MODELS, OPERATIONS]));
}

#[test]
fn previews_add_to_stable_versions() {
    let paths = ["Cargo.toml", "src/client.rs", "src/scopes.rs", "src/lib.rs"];
    let generated = previews();
    assert_snapshot!(files(
        &generated,
        &[&paths[..], &[MODELS, OPERATIONS]].concat()
    ));
}

/// A parameter of the enum `VectorKind` is not a list, and a member of the type `SecretExpiry` is
/// not a secret.
#[test]
fn common_prefixes_of_type_names_have_no_meaning() {
    let generated = small("type_prefixes");
    let operations = files(&generated, &["src/operations/vectors.rs"]);
    for argument in [
        "kind: VectorKind,",
        "other: VectorKind,",
        "all: &[VectorKind],",
        "-> ResponseFuture<Vector>",
    ] {
        assert!(operations.contains(argument), "{argument}\n{operations}");
    }
    let models = files(&generated, &["src/models/vectors.rs"]);
    for argument in [
        "secret: Option<SecretExpiry> =",
        "box_: Option<BoxSize> =",
        "string: Option<StringLength> =",
        "future: Option<ResponseFutureModel> =",
    ] {
        assert!(models.contains(argument), "{argument}\n{models}");
    }
}

/// POSTs that list are retried like GETs, and so are those that the manifest names.
#[test]
fn posts_that_only_read_are_marked() {
    let paths = [
        ("get", "Keys_ListAll"),
        ("post", "Keys_ListKeys"),
        ("post", "Keys_Query"),
        ("post", "Keys_Rotate"),
        ("post", "Keys_ListAndReset"),
    ];
    let paths = paths.map(|(method, id)| {
        format!("  /{id}: {{{method}: {{operationId: {id}, responses: {{'200': {{description: Done.}}}}}}}}\n")
    });
    let head = "openapi: 3.0.3\ninfo: {title: Keys, version: v1}\npaths:\n";
    let text = format!("{head}{}", paths.concat());
    let description = description::read("keys.yaml", &text).expect("a valid description");
    let mut manifest = manifest("keys");
    for (id, reads) in [("Keys_Query", true), ("Keys_ListAndReset", false)] {
        manifest.read_only.insert(id.to_owned(), reads);
    }
    let generated = arm_codegen::generate(&manifest, &[description]).expect("a crate");
    let methods = generated
        .service
        .groups
        .iter()
        .flat_map(|group| &group.methods);
    let read_only = methods.filter(|method| method.read_only);
    let ids: Vec<_> = read_only.map(|method| method.operation.as_str()).collect();
    assert_eq!(ids, ["Keys_ListKeys", "Keys_Query"]);
    let operations = files(&generated, &[OPERATIONS]);
    assert_eq!(
        operations.matches(".read_only()").count(),
        2,
        "{operations}"
    );
}
