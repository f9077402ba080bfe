//! The crate in `generated/`: its model as a snapshot, and checks that it is up to date.

use arm_codegen::{
    Generated,
    model::service::{
        BodyArgument, BodyKind, CallKind, FinalState, Group, Method, Root, Scope, Service,
    },
    output,
};
use arm_tests::generator::{real, root};
use std::{fmt::Write, sync::LazyLock};

static GENERATED: LazyLock<Generated> = LazyLock::new(real);

#[test]
fn files_on_disk_are_up_to_date() {
    let drift = output::compare(&root().join("generated"), &GENERATED.files).expect("readable");
    assert!(drift.is_empty(), "run `cargo xtask codegen`: {drift:?}");
}

#[test]
fn two_runs_give_equal_bytes() {
    let again = real();
    assert_eq!(again.files.len(), GENERATED.files.len());
    for (first, second) in GENERATED.files.iter().zip(&again.files) {
        assert_eq!(first.path, second.path);
        assert!(first.text == second.text, "{} differs", first.path);
    }
}

#[test]
fn every_file_says_that_it_is_generated() {
    for file in &GENERATED.files {
        let head = file.text.lines().next().unwrap_or_default();
        // Pages and examples are for readers, and JSON has no comments.
        let silent = file.path.ends_with(".md") || file.path.ends_with(".json");
        assert!(
            silent || head.contains("@generated"),
            "{}: {head}",
            file.path
        );
        assert!(file.text.ends_with('\n'), "{}", file.path);
    }
}

/// Complete files of one resource, for reviews of changes to the generator.
#[test]
fn a_resource_and_its_operations() {
    for (name, path) in [
        ("the_models_of_a_resource", "src/models/batch_endpoints.rs"),
        (
            "the_operations_of_a_resource",
            "src/operations/batch_endpoints.rs",
        ),
    ] {
        let mut files = GENERATED.files.iter();
        let file = files.find(|file| file.path == path).expect("a file");
        insta::assert_snapshot!(name, file.text);
    }
}

#[test]
fn every_operation_of_the_descriptions_has_one_method() {
    let mut expected: Vec<String> = Vec::new();
    for version in ["2025-09-01", "2025-12-01", "2026-05-15-preview"] {
        let path = format!("specs/machinelearningservices/{version}.yaml");
        let text = std::fs::read_to_string(root().join(path)).expect("our description");
        let ids = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("operationId: "));
        expected.extend(ids.map(str::to_owned));
    }
    expected.sort();
    expected.dedup();
    let methods = GENERATED
        .service
        .groups
        .iter()
        .flat_map(|group| &group.methods);
    let mut found: Vec<String> = methods.map(|method| method.operation.clone()).collect();
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn the_service_model() {
    insta::assert_snapshot!(summary(&GENERATED.service));
}

/// Returns the model with one line for each operation, in the order of the client's methods.
fn summary(service: &Service) -> String {
    let versions = service.api_versions.iter();
    let versions: Vec<&str> = versions.map(|version| version.name.as_str()).collect();
    let mut text = format!(
        "{} {} for {}, API versions {} (default {})\n",
        service.crate_name,
        service.client.type_name,
        service.provider,
        versions.join(", "),
        service.default_version
    );
    let client = &service.client;
    let arguments = client.subscription.iter().flat_map(|path| &path.arguments);
    let arguments: Vec<&str> = arguments.map(|own| own.name.as_str()).collect();
    text.push_str(&format!("new({})\n", arguments.join(", ")));
    below(
        service,
        (&client.groups, &client.scopes),
        "client",
        &mut text,
    );
    text.push_str("\nheaders\n");
    for header in &service.headers {
        let _ = writeln!(text, "  {}: {} = {}", header.name, header.ty, header.wire);
    }
    text.push_str("\nmodules of models\n");
    for module in &service.modules {
        let (name, count) = (&module.name, module.items.len());
        let _ = writeln!(
            text,
            "  {name}: {count}, in {} features",
            module.features.len()
        );
    }
    text
}

fn scope(service: &Service, own: &Scope, way: &str, text: &mut String) {
    let _ = writeln!(text, "\n{way}: {} at {}", own.type_name, own.path.template);
    let _ = writeln!(text, "  or client.{}(id)", own.from_id);
    below(service, (&own.groups, &own.scopes), way, text);
}

/// Visits the groups and scopes, by index, of the client or a scope.
fn below(service: &Service, own: (&[usize], &[usize]), way: &str, text: &mut String) {
    let (groups, scopes) = own;
    for &at in groups {
        group(&service.groups[at], way, text);
    }
    for &at in scopes {
        let child = &service.scopes[at];
        let arguments = child.path.arguments.iter().map(|own| own.name.as_str());
        let arguments: Vec<&str> = arguments.collect();
        let way = format!("{way}.{}({})", child.method, arguments.join(", "));
        scope(service, child, &way, text);
    }
}

fn group(group: &Group, way: &str, text: &mut String) {
    let level = match group.route.root {
        Root::Tenant => ", of the tenant",
        Root::Subscription => "",
    };
    let _ = writeln!(
        text,
        "\n  {way}.{}(): {}{level}",
        group.accessor, group.type_name
    );
    for own in &group.methods {
        let _ = writeln!(text, "    {}", method(own));
    }
}

fn method(own: &Method) -> String {
    let mut arguments: Vec<String> = own
        .arguments
        .iter()
        .map(|argument| format!("{}: {}", argument.name, argument.ty))
        .collect();
    if let Some(body) = own.body.as_ref().filter(|body| body.required) {
        arguments.push(format!("{}: {}", body.name, body_type(body)));
    }
    let mut options: Vec<String> = own
        .options
        .fields
        .iter()
        .map(|field| format!("{}: {}", field.name, field.ty))
        .collect();
    if let Some(body) = own.body.as_ref().filter(|body| !body.required) {
        options.retain(|option| !option.starts_with(&format!("{}:", body.name)));
        options.push(format!("{}: {}", body.name, body_type(body)));
    }
    let options = match options.as_slice() {
        [] => String::new(),
        all => format!(" [{}]", all.join(", ")),
    };
    let codes: Vec<String> = own.success.iter().map(u16::to_string).collect();
    format!(
        "{}({}){options} -> {} on {}; {}",
        own.name,
        arguments.join(", "),
        result(&own.call),
        codes.join(", "),
        own.operation
    )
}

fn body_type(body: &BodyArgument) -> String {
    match &body.kind {
        BodyKind::Json(_) => format!("Body<{}>", body.ty),
        BodyKind::Text(content_type) => format!("text of {content_type}"),
        BodyKind::Bytes(content_type) => format!("bytes of {content_type}"),
        BodyKind::Choice(choice) => choice.name.clone(),
    }
}

fn result(call: &CallKind) -> String {
    match call {
        CallKind::Send(ty) => ty.to_string(),
        CallKind::SendOptional(ty) => format!("Option<{ty}>"),
        CallKind::SendByStatus(name) => name.clone(),
        CallKind::Text => "text".to_owned(),
        CallKind::SendEmpty => "()".to_owned(),
        CallKind::Exists(_) => "bool".to_owned(),
        CallKind::Bytes => "bytes".to_owned(),
        CallKind::Pager(ty, _) => format!("Pager<{ty}>"),
        CallKind::ListPoller(ty, ..) => format!("ListPoller<{ty}>"),
        CallKind::OptionalPoller(ty, _) => format!("Poller<Option<{ty}>>"),
        CallKind::Poller(ty, via) => {
            let ty = ty.as_ref().map_or("()".to_owned(), ToString::to_string);
            format!(
                "Poller<{ty}> via {}",
                via.map_or("what comes", FinalState::name)
            )
        }
    }
}
