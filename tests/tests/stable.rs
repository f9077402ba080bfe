//! Code for the newest stable version works with the crate that has a preview too.
//!
//! `diff` finds no break between the two descriptions, and the compiler agrees: a program that uses
//! everything of the crate that is generated from the stable description alone, within the contract
//! on the crate's front page, compiles with the crate in `generated/`, with and without its feature
//! `preview`.

use arm_codegen::{
    Generated, description, diff,
    manifest::Manifest,
    model::service::{
        BodyKind, CallKind, Enum, Group, Item, Method, Service, Struct, Union, rust_type::RustType,
    },
    output,
};
use arm_fake::table::Behavior;
use arm_tests::generator::root;
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const STABLE: &str = "2025-12-01";
const PREVIEW: &str = "2026-05-15-preview";

fn specs(file: &str) -> PathBuf {
    root().join("specs/machinelearningservices").join(file)
}

/// Generates the crate of the stable description alone, with the same names.
fn stable() -> Generated {
    let text = fs::read_to_string(specs("manifest.yaml")).expect("a manifest");
    let mut manifest = Manifest::parse("manifest.yaml", &text).expect("a valid manifest");
    manifest.versions.retain(|own| own.version == STABLE);
    manifest.names.is_shared = true;
    // It has rules for resources in preview too.
    manifest.fake = Behavior::default();
    let name = format!("{STABLE}.yaml");
    let text = fs::read_to_string(specs(&name)).expect("a description");
    let description = description::read(&name, &text).expect("a valid description");
    arm_codegen::generate(&manifest, &[description]).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_preview_breaks_nothing() {
    let side = |version: &str| {
        let path = specs(&format!("{version}.yaml")).display().to_string();
        diff::load(&path).unwrap_or_else(|found| panic!("{found}"))
    };
    let changes = diff::compare(&side(STABLE), &side(PREVIEW));
    let breaks = changes.iter().filter(|change| change.breaks.any());
    let breaks: Vec<_> = breaks.collect();
    assert!(breaks.is_empty(), "{breaks:#?}");
    assert!(changes.len() > 100, "{} changes", changes.len());
}

#[test]
fn programs_for_the_stable_version_compile_with_the_preview() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stable");
    let stable = stable();
    let own = folder.join("crate");
    output::write(&own, &stable.files).expect("a folder to write to");
    let program = program(&stable.service);
    write_if_changed(&folder.join("program.rs"), &program);
    let generated = root().join("generated");
    // The first says that the program is one for its crate.
    for (name, with, features) in [
        ("itself", &own, ""),
        ("stable", &generated, ""),
        ("preview", &generated, ", \"preview\""),
    ] {
        check(&folder.join(name), with, features);
    }
}

/// Compiles the program with a crate.
fn check(package: &Path, with: &Path, features: &str) {
    fs::create_dir_all(package).expect("a folder to write to");
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [lib]\npath = \"../program.rs\"\n\n\
         [dependencies.arm_machinelearning]\npath = {with:?}\ndefault-features = false\n\
         features = [\"all-groups\"{features}]\n"
    );
    write_if_changed(&package.join("Cargo.toml"), &manifest);
    // Uses the versions of this workspace, which are in Cargo's cache and need no network.
    fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("Cargo.lock");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("crates-target");
    let check = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{}:\n{said}", package.display());
}

fn write_if_changed(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file to write to");
    }
}

/// Returns a program that uses each item.
fn program(service: &Service) -> String {
    let mut text =
        "//! Uses everything of a crate.\n#![allow(deprecated, nonstandard_style, unused)]\n\n\
                    use arm_machinelearning::{arm_runtime::*, models, operations, scopes};\n\
                    use std::{borrow::Cow, collections::BTreeMap};\n\n\
                    fn any<T>() -> T {\n    todo!()\n}\n"
            .to_owned();
    for item in service.modules.iter().flat_map(|module| module.types()) {
        text += &match item {
            Item::Struct(own) => of_struct(own),
            Item::Enum(own) => of_enum(own),
            Item::Union(own) => of_union(own),
            Item::Alias(own) => {
                let (name, ty) = (&own.name, rust(&own.ty));
                format!("\nfn {name}(value: models::{name}) -> {ty} {{\n    value\n}}\n")
            }
        };
    }
    let methods = service.groups.iter().flat_map(|group| {
        let own = group.methods.iter();
        own.map(move |method| of_method(group, method))
    });
    text.extend(methods);
    let client = format!("arm_machinelearning::{}", service.client.type_name);
    text += &ways(
        service,
        &client,
        (&service.client.groups, &service.client.scopes),
    );
    for scope in &service.scopes {
        let own = format!("scopes::{}", scope.type_name);
        text += &ways(service, &own, (&scope.groups, &scope.scopes));
    }
    text
}

/// Takes a struct apart, builds it again, and calls its `new`.
fn of_struct(own: &Struct) -> String {
    let name = &own.name;
    let mut text = format!("\nfn {name}(value: models::{name}) -> models::{name} {{\n");
    let fields = own.fields.iter().map(|field| (&field.name, &field.ty));
    let rest = own.rest.iter().map(|(name, ty)| (name, ty));
    let fields: Vec<_> = fields.chain(rest).collect();
    let names: String = fields.iter().map(|(name, _)| format!("{name}, ")).collect();
    let _ = writeln!(text, "    let models::{name} {{ {names}.. }} = value;");
    for (name, ty) in &fields {
        let _ = writeln!(text, "    let {name}: {} = {name};", rust(ty));
    }
    if !own.required.is_empty() {
        let arguments = own.required.iter().map(|argument| {
            // A value that is given is one of the field's type.
            let converted = matches!(argument.ty, RustType::Into(_));
            let ty = argument.ty.inner().filter(|_| converted);
            format!("any::<{}>(), ", rust(ty.unwrap_or(&argument.ty)))
        });
        let arguments: String = arguments.collect();
        let _ = writeln!(
            text,
            "    let _: models::{name} = models::{name}::new({arguments});"
        );
    }
    text + &format!("    models::{name} {{ {names}..Default::default() }}\n}}\n")
}

fn of_enum(own: &Enum) -> String {
    let name = &own.name;
    let arms = own.values.iter();
    let arms = arms.map(|value| format!("        models::{name}::{} => {{}}\n", value.name));
    let arms: String = arms.collect();
    format!(
        "\nfn {name}(value: models::{name}) {{\n    match value {{\n{arms}        _ => {{}}\n    }}\n}}\n"
    )
}

/// Matches the kinds of a union, converts each of them into it, and calls its accessors.
fn of_union(own: &Union) -> String {
    let name = &own.name;
    let mut text = format!("\nfn {name}(value: models::{name}) {{\n");
    for member in &own.members {
        let (ty, accessor) = (rust(&member.ty), &member.name);
        let _ = writeln!(text, "    let _: {ty} = value.{accessor}();");
    }
    text += "    match value {\n";
    for kind in &own.kinds {
        let (variant, model) = (&kind.name, &kind.model);
        let _ = writeln!(
            text,
            "        models::{name}::{variant}(kind) => {{\n            \
             let kind: Box<models::{model}> = kind;\n            \
             let _ = models::{name}::from(*kind);\n        }}"
        );
    }
    text + "        _ => {}\n    }\n}\n"
}

/// Calls a method with all options.
fn of_method(group: &Group, method: &Method) -> String {
    let (client, name) = (&group.type_name, &method.name);
    let options = format!("operations::{}", method.options.type_name);
    let fields = method.options.fields.iter();
    let fields = fields.map(|own| format!("{}: any::<{}>(), ", own.name, rust(&own.ty)));
    let fields: String = fields.collect();
    let arguments = method.arguments.iter().map(|own| rust(&own.ty));
    let body = method.body.as_ref().filter(|body| body.required);
    let body = body.map(|body| match body.kind {
        BodyKind::Json(_) => format!("&{}", rust(&body.ty)),
        _ => rust(&body.ty),
    });
    let arguments = arguments.chain(body).map(|ty| format!("any::<{ty}>(), "));
    let arguments: String = arguments.collect();
    let awaited = if method.is_async { ".await" } else { "" };
    format!(
        "\nasync fn {}_{name}(client: operations::{client}) {{\n    \
         let options = {options} {{ {fields}..Default::default() }};\n    \
         let _: {} = client.{name}({arguments}Some(options)){awaited};\n}}\n",
        group.module,
        result(&method.call),
    )
}

/// Returns the type of what a method returns; `_` for those that the service does not have.
fn result(call: &CallKind) -> String {
    match call {
        CallKind::Send(ty) => format!("ResponseFuture<{}>", rust(ty)),
        CallKind::SendEmpty => "ResponseFuture<(), NoFormat>".to_owned(),
        CallKind::Pager(ty, _) => format!("Result<Pager<{}>>", rust(ty)),
        CallKind::Poller(Some(ty), _) => format!("Result<Poller<{}>>", rust(ty)),
        CallKind::Poller(None, _) => "Result<Poller<(), NoFormat>>".to_owned(),
        _ => "_".to_owned(),
    }
}

/// Goes from the client or a scope to the groups and scopes below it, by index.
fn ways(service: &Service, own: &str, (groups, scopes): (&[usize], &[usize])) -> String {
    let name = own.rsplit("::").next().unwrap_or(own);
    let mut text = format!("\nfn {name}(own: {own}) -> Result<()> {{\n");
    for group in groups.iter().map(|&at| &service.groups[at]) {
        let (ty, accessor) = (&group.type_name, &group.accessor);
        let _ = writeln!(text, "    let _: operations::{ty} = own.{accessor}();");
    }
    for scope in scopes.iter().map(|&at| &service.scopes[at]) {
        let (ty, method) = (&scope.type_name, &scope.method);
        let names = "\"\", ".repeat(scope.path.arguments.len());
        let _ = writeln!(text, "    let _: scopes::{ty} = own.{method}({names})?;");
    }
    text + "    Ok(())\n}\n"
}

/// Returns a type as the program writes it.
fn rust(ty: &RustType) -> String {
    match ty {
        RustType::Cow(inner) => format!("Cow<'_, {}>", rust(inner)),
        RustType::Option(inner) => format!("Option<{}>", rust(inner)),
        other => qualified(other).to_string().replace("'a", "'static"),
    }
}

fn qualified(ty: &RustType) -> RustType {
    match ty {
        RustType::Model(name) => RustType::Model(format!("models::{name}")),
        other => other.map_inner(qualified),
    }
}
