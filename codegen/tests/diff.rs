//! Comparisons of descriptions that differ in one small detail.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::Path;

use arm_codegen::diff::{self, Action, Change, Format, Side, Subject, SubjectKind};
use serde_json::{Value, json};

const WIDGET: &str = "/paths/~1{scope}~1widgets~1{name}";

fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Widgets", "version": "1" },
        "paths": {
            "/{scope}/widgets/{name}": {
                "get": {
                    "operationId": "Widgets_Get",
                    "parameters": [
                        { "$ref": "#/components/parameters/ApiVersion" },
                        { "name": "scope", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "name", "in": "path", "required": true, "schema": { "type": "string", "maxLength": 9 } },
                        { "name": "expand", "in": "query", "schema": { "type": "string" } },
                    ],
                    "responses": { "200": { "description": "x", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Widget" } } } } },
                },
                "put": {
                    "operationId": "Widgets_Put",
                    "parameters": [
                        { "name": "scope", "in": "path", "required": true, "schema": { "type": "string" } },
                        { "name": "name", "in": "path", "required": true, "schema": { "type": "string" } },
                    ],
                    "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Widget" } } } },
                    "responses": {
                        "200": { "description": "x", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Widget" } } } },
                        "202": { "description": "x", "headers": { "Location": { "schema": { "type": "string" } } } },
                    },
                    "x-ms-long-running-operation": true,
                    "x-ms-long-running-operation-options": { "final-state-via": "location" },
                },
            },
            "/widgets": { "get": {
                "operationId": "Widgets_List",
                "responses": { "200": { "description": "x", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/WidgetList" } } } } },
                "x-ms-pageable": { "nextLinkName": "nextLink" },
            }},
        },
        "components": {
            "parameters": { "ApiVersion": { "name": "api-version", "in": "query", "required": true, "schema": { "type": "string" } } },
            "schemas": {
                "Resource": { "type": "object", "properties": { "id": { "type": "string", "readOnly": true } } },
                "Widget": {
                    "type": "object",
                    "allOf": [{ "$ref": "#/components/schemas/Resource" }],
                    "required": ["size", "kind"],
                    "properties": {
                        "kind": { "type": "string" },
                        "size": { "type": "integer", "format": "int32" },
                        "color": { "$ref": "#/components/schemas/Color" },
                        "names": { "type": "array", "items": { "type": "string" } },
                        "part": { "allOf": [{ "$ref": "#/components/schemas/Part" }] },
                        "due": { "type": "string" },
                        "free": {},
                    },
                    "discriminator": { "propertyName": "kind", "mapping": { "round": "#/components/schemas/RoundWidget" } },
                },
                "RoundWidget": { "type": "object", "allOf": [{ "$ref": "#/components/schemas/Widget" }], "properties": { "radius": { "type": "number" } } },
                "WidgetList": { "type": "object", "required": ["value"], "properties": {
                    "value": { "type": "array", "items": { "$ref": "#/components/schemas/Widget" } }, "nextLink": { "type": "string" } } },
                "Part": { "type": "object", "properties": { "weight": { "type": "number" }, "part": { "$ref": "#/components/schemas/Part" } }, "additionalProperties": { "type": "string" } },
                "Color": { "type": "string", "enum": ["red", "blue"], "x-ms-enum": { "name": "Color", "modelAsString": true } },
                "Closed": { "type": "string", "enum": ["a"], "x-ms-enum": { "name": "Closed", "modelAsString": false } },
                "Names": { "type": "array", "items": { "type": "string" } },
            },
        },
    })
}

type Edit<'a> = &'a [(&'a str, Option<Value>)];

/// Returns the document with values set or removed at pointers.
fn edited(edits: Edit<'_>) -> Value {
    let mut document = document();
    for (pointer, value) in edits {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/");
        match (document.pointer_mut(parent).unwrap(), value) {
            (Value::Object(map), Some(value)) => drop(map.insert(key, value.clone())),
            (Value::Object(map), None) => assert!(map.shift_remove(&key).is_some(), "{pointer}"),
            (Value::Array(items), Some(value)) => items.push(value.clone()),
            (Value::Array(items), None) => drop(items.remove(key.parse().unwrap())),
            _ => panic!("{pointer} leads into a scalar"),
        }
    }
    document
}

fn compare(new: Value) -> Vec<Change> {
    let side = |name: &str, document| {
        Side::from_document(name, document).unwrap_or_else(|problems| panic!("{problems}"))
    };
    diff::compare(&side("old", document()), &side("new", new))
}

/// Formats one line for each change, for each set of edits.
fn show(cases: &[(&str, Edit<'_>)]) -> String {
    let mut text = String::new();
    for (name, edits) in cases {
        text.push_str(&format!("--- {name}\n"));
        for change in compare(edited(edits)) {
            let breaks = match (change.breaks.wire, change.breaks.rust) {
                (true, true) => "wire+Rust",
                (true, false) => "wire",
                (false, true) => "Rust",
                (false, false) => "nobody",
            };
            let line = format!(
                "{breaks}: {} {}: {} {}",
                change.subject.kind(),
                change.action,
                change.subject,
                change.detail
            );
            text.push_str(&format!("{}\n", line.trim_end()));
        }
    }
    text
}

fn at(path: &str) -> String {
    format!("{WIDGET}{path}")
}

#[test]
fn operations() {
    let id = at("/get/operationId");
    let put = at("/put");
    let long_running = at("/put/x-ms-long-running-operation");
    let via = at("/put/x-ms-long-running-operation-options");
    insta::assert_snapshot!(show(&[
        ("nothing", &[]),
        ("removed", &[(&put, None)]),
        (
            "added",
            &[(
                "/paths/~1widgets/post",
                Some(
                    json!({ "operationId": "Widgets_Post", "responses": { "200": { "description": "x" } } })
                )
            )]
        ),
        ("renamed", &[(&id, Some(json!("Widgets_Read")))]),
        (
            "moved",
            &[
                (
                    "/paths/~1gadgets",
                    Some(document()["paths"]["/widgets"].clone())
                ),
                ("/paths/~1widgets", None),
            ]
        ),
        (
            "parameter of the path renamed",
            &[
                (
                    "/paths/~1{scope}~1Widgets~1{widget}",
                    Some(
                        serde_json::from_str(
                            &document()["paths"]["/{scope}/widgets/{name}"]
                                .to_string()
                                .replace("\"name\":\"name\"", "\"name\":\"widget\""),
                        )
                        .unwrap()
                    )
                ),
                (WIDGET, None),
            ]
        ),
        (
            "no longer long-running",
            &[(&long_running, None), (&via, None)]
        ),
        (
            "other final state",
            &[(
                &via,
                Some(json!({ "final-state-via": "azure-async-operation" }))
            )]
        ),
        ("final state not declared", &[(&via, None)]),
        (
            "long-running",
            &[(
                "/paths/~1widgets/get/x-ms-long-running-operation",
                Some(json!(true))
            )]
        ),
        (
            "no longer pageable",
            &[("/paths/~1widgets/get/x-ms-pageable", None)]
        ),
        (
            "other next link",
            &[(
                "/paths/~1widgets/get/x-ms-pageable",
                Some(json!({ "nextLinkName": "next", "itemName": "items" }))
            )]
        ),
        (
            "other items",
            &[(
                "/components/schemas/WidgetList/properties/value/items",
                Some(json!({ "type": "string" }))
            )]
        ),
    ]));
}

#[test]
fn parameters_and_bodies() {
    let new = at("/get/parameters/-");
    let expand = at("/get/parameters/3");
    let required = at("/get/parameters/3/required");
    let location = at("/get/parameters/3/in");
    let client_name = at("/get/parameters/3/x-ms-client-name");
    let explode = at("/get/parameters/3/explode");
    let kind = at("/get/parameters/3/schema/type");
    let limit = at("/get/parameters/2/schema/maxLength");
    let version = "/components/parameters/ApiVersion/x-ms-parameter-location";
    let body = at("/put/requestBody");
    let body_required = at("/put/requestBody/required");
    let media_type = at("/put/requestBody/content");
    insta::assert_snapshot!(show(&[
        (
            "added",
            &[(
                &new,
                Some(json!({ "name": "top", "in": "query", "schema": { "type": "integer" } }))
            )]
        ),
        (
            "added, required",
            &[(
                &new,
                Some(
                    json!({ "name": "top", "in": "query", "required": true, "schema": { "type": "integer" } })
                )
            )]
        ),
        ("removed", &[(&expand, None)]),
        ("required", &[(&required, Some(json!(true)))]),
        ("elsewhere", &[(&location, Some(json!("header")))]),
        ("client name", &[(&client_name, Some(json!("with")))]),
        ("other separator", &[(&explode, Some(json!(true)))]),
        ("type", &[(&kind, Some(json!("integer")))]),
        ("narrower", &[(&limit, Some(json!(3)))]),
        ("wider", &[(&limit, Some(json!(30)))]),
        ("of the method", &[(version, Some(json!("method")))]),
        (
            "other order",
            &[
                (&at("/get/parameters/1"), None),
                (
                    &new,
                    Some(
                        document()["paths"]["/{scope}/widgets/{name}"]["get"]["parameters"][1]
                            .clone()
                    )
                )
            ]
        ),
        ("body removed", &[(&body, None)]),
        ("body optional", &[(&body_required, None)]),
        (
            "body in another form",
            &[(
                &media_type,
                Some(
                    json!({ "text/json": { "schema": { "$ref": "#/components/schemas/Widget" } } })
                )
            )]
        ),
        (
            "body added",
            &[(
                "/paths/~1widgets/get/requestBody",
                Some(json!({ "content": { "a/b": { "schema": { "type": "string" } } } }))
            )]
        ),
    ]));
}

/// Callers' code still compiles, but passes one argument in place of the other.
#[test]
fn arguments_of_one_type_in_another_order() {
    let end = at("/get/parameters/-");
    let with = |names: [&str; 2]| {
        let [first, second] = names.map(|name| {
            json!({ "name": name, "in": "query", "required": true, "schema": { "type": "string" } })
        });
        let document = edited(&[(&end, Some(first)), (&end, Some(second))]);
        Side::from_document("widgets", document).unwrap()
    };
    let changes = diff::compare(&with(["from", "to"]), &with(["to", "from"]));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].detail, "order of the arguments");
    assert!(changes[0].breaks.rust && !changes[0].breaks.wire);
}

#[test]
fn responses() {
    let ok = at("/put/responses/200");
    let content = at("/get/responses/200/content");
    let accepted = at("/put/responses/202");
    let created = at("/put/responses/201");
    let location = at("/put/responses/202/headers/Location");
    let header = at("/put/responses/202/headers/Retry-After");
    let error = at("/get/responses/default");
    let with = |name: &str| json!({ "description": "x", "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } } });
    insta::assert_snapshot!(show(&[
        (
            "code with the same body",
            &[(&created, Some(with("Widget")))]
        ),
        ("code with another body", &[(&created, Some(with("Part")))]),
        ("code without body removed", &[(&accepted, None)]),
        ("code with body removed", &[(&ok, None)]),
        ("body removed", &[(&content, None)]),
        ("body of another type", &[(&ok, Some(with("Names")))]),
        ("header removed", &[(&location, None)]),
        (
            "header added",
            &[(&header, Some(json!({ "schema": { "type": "integer" } })))]
        ),
        ("error added", &[(&error, Some(with("Part")))]),
    ]));
}

#[test]
fn properties() {
    let widget = |name: &str| format!("/components/schemas/Widget/properties/{name}");
    let (size, color, names, part, due, free) = (
        widget("size"),
        widget("color"),
        widget("names"),
        widget("part"),
        widget("due"),
        widget("free"),
    );
    let new = widget("new");
    let required = "/components/schemas/Widget/required";
    let set = |key: &str| format!("{due}/{key}");
    insta::assert_snapshot!(show(&[
        ("added", &[(&new, Some(json!({ "type": "string" })))]),
        (
            "added, required",
            &[
                (&new, Some(json!({ "type": "string" }))),
                (required, Some(json!(["size", "kind", "new"])))
            ]
        ),
        (
            "added, required, read-only",
            &[
                (&new, Some(json!({ "type": "string", "readOnly": true }))),
                (required, Some(json!(["size", "kind", "new"])))
            ]
        ),
        ("removed", &[(&color, None)]),
        (
            "required",
            &[(required, Some(json!(["size", "kind", "due"])))]
        ),
        ("optional", &[(required, Some(json!(["kind"])))]),
        (
            "wider",
            &[(&size, Some(json!({ "type": "integer", "format": "int64" })))]
        ),
        ("number", &[(&size, Some(json!({ "type": "number" })))]),
        (
            "enum to text",
            &[(&color, Some(json!({ "type": "string" })))]
        ),
        (
            "text to enum",
            &[(&due, Some(json!({ "$ref": "#/components/schemas/Color" })))]
        ),
        (
            "text to date",
            &[(
                &due,
                Some(json!({ "type": "string", "format": "date-time" }))
            )]
        ),
        (
            "text to address",
            &[(&due, Some(json!({ "type": "string", "format": "uri" })))]
        ),
        (
            "list elements may be null",
            &[(
                &names,
                Some(json!({ "type": "array", "items": { "type": "string", "nullable": true } }))
            )]
        ),
        (
            "list to map",
            &[(
                &names,
                Some(json!({ "type": "object", "additionalProperties": { "type": "string" } }))
            )]
        ),
        (
            "same list by another name",
            &[(
                &names,
                Some(json!({ "$ref": "#/components/schemas/Names" }))
            )]
        ),
        (
            "anything to text",
            &[(&free, Some(json!({ "type": "string" })))]
        ),
        (
            "model to text",
            &[(&part, Some(json!({ "type": "string" })))]
        ),
        ("nullable", &[(&set("nullable"), Some(json!(true)))]),
        ("read-only", &[(&set("readOnly"), Some(json!(true)))]),
        (
            "for creation only",
            &[(&set("x-ms-mutability"), Some(json!(["read", "create"])))]
        ),
        ("secret", &[(&set("x-ms-secret"), Some(json!(true)))]),
        (
            "flattened",
            &[(&format!("{part}/x-ms-client-flatten"), Some(json!(true)))]
        ),
        (
            "client name",
            &[(&set("x-ms-client-name"), Some(json!("deadline")))]
        ),
        ("default", &[(&set("default"), Some(json!("now")))]),
        ("limit", &[(&set("minLength"), Some(json!(1)))]),
    ]));
}

#[test]
fn models_and_enums() {
    let schemas = "/components/schemas";
    let schema = |name: &str| format!("{schemas}/{name}");
    let (color, closed) = (schema("Color"), schema("Closed"));
    let mapping = schema("Widget/discriminator/mapping");
    let text = |edit: &dyn Fn(String) -> String| -> Value {
        serde_json::from_str(&edit(document()["components"]["schemas"].to_string())).unwrap()
    };
    let renamed = text(&|text| {
        text.replace("schemas/Part", "schemas/Piece")
            .replace("\"Part\"", "\"Piece\"")
    });
    let lower = text(&|text| {
        text.replace("schemas/Part", "schemas/part")
            .replace("\"Part\"", "\"part\"")
    });
    insta::assert_snapshot!(show(&[
        (
            "model added",
            &[(&schema("New"), Some(json!({ "type": "object" })))]
        ),
        ("model removed", &[(&closed, None)]),
        ("model renamed", &[(schemas, Some(renamed))]),
        ("model in lower case", &[(schemas, Some(lower))]),
        (
            "property moved into base",
            &[
                (
                    &schema("Resource/properties/due"),
                    Some(json!({ "type": "string" }))
                ),
                (&schema("Widget/properties/due"), None),
            ]
        ),
        (
            "property of base removed",
            &[(&schema("Resource/properties/id"), None)]
        ),
        (
            "base written in place",
            &[(
                &schema("Widget/allOf"),
                Some(
                    json!([{ "type": "object", "properties": { "id": { "type": "string", "readOnly": true } } }])
                )
            )]
        ),
        (
            "additional properties refused",
            &[(&schema("Part/additionalProperties"), None)]
        ),
        (
            "additional properties accepted",
            &[(
                &schema("Resource/additionalProperties"),
                Some(json!({ "type": "string" }))
            )]
        ),
        (
            "kind added",
            &[
                (
                    &format!("{mapping}/flat"),
                    Some(json!("#/components/schemas/FlatWidget"))
                ),
                (
                    &schema("FlatWidget"),
                    Some(
                        json!({ "type": "object", "allOf": [{ "$ref": "#/components/schemas/Widget" }] })
                    )
                ),
            ]
        ),
        ("kind removed", &[(&format!("{mapping}/round"), None)]),
        (
            "other discriminator property",
            &[(
                &schema("Widget/discriminator/propertyName"),
                Some(json!("color"))
            )]
        ),
        ("no kinds", &[(&schema("Widget/discriminator"), None)]),
        (
            "value added",
            &[(
                &format!("{color}/enum"),
                Some(json!(["red", "blue", "green"]))
            )]
        ),
        (
            "value removed",
            &[(&format!("{color}/enum"), Some(json!(["red"])))]
        ),
        (
            "value named",
            &[(
                &format!("{color}/x-ms-enum/values"),
                Some(json!([{ "value": "red", "name": "Scarlet" }]))
            )]
        ),
        (
            "closed",
            &[(
                &format!("{color}/x-ms-enum/modelAsString"),
                Some(json!(false))
            )]
        ),
        (
            "value added to a closed one",
            &[(&format!("{closed}/enum"), Some(json!(["a", "b"])))]
        ),
        (
            "values of another type",
            &[(&color, Some(json!({ "type": "integer", "enum": [1] })))]
        ),
        (
            "enum to model",
            &[(&color, Some(json!({ "type": "object" })))]
        ),
    ]));
}

#[test]
fn forms_of_output() {
    let new = edited(&[
        (
            "/components/schemas/Color/enum",
            Some(json!(["red", "a|b"])),
        ),
        (
            "/paths/~1widgets/get/operationId",
            Some(json!("Widgets_All")),
        ),
    ]);
    let changes = compare(new);
    let text = [Format::Table, Format::Json, Format::Markdown]
        .map(|format| diff::render(&changes, format));
    insta::assert_snapshot!(text.join("=====\n"));
    assert_eq!(diff::render(&[], Format::Table), "No difference.\n");
}

#[test]
fn sides() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).unwrap();
        folder.path().join(name).display().to_string()
    };
    let swagger = |version: &str| {
        json!({ "swagger": "2.0", "info": { "title": "x", "version": version }, "paths": {
            format!("/providers/A.B/{version}"): { "get": { "operationId": version, "responses": { "200": { "description": "x" } } } } } })
        .to_string()
    };
    let (one, two) = (
        write("one.json", &swagger("1")),
        write("two.json", &swagger("2")),
    );
    let readme = write(
        "readme.md",
        "``` yaml $(tag) == 'both'\ninput-file: [one.json, two.json]\n```\n",
    );
    let load = |side: &str| diff::load(side).unwrap();
    let both = load(&format!("{one},{two}"));
    for same in [
        folder.path().display().to_string(),
        format!("{readme}#both"),
    ] {
        assert!(diff::compare(&both, &load(&same)).is_empty(), "{same}");
    }
    let added: Vec<String> = diff::compare(&load(&one), &both)
        .iter()
        .filter(|change| change.subject.kind() == SubjectKind::Operation)
        .filter(|change| change.action == Action::Added)
        .map(|change| change.subject.to_string())
        .collect();
    assert_eq!(added, ["2"]);
    let crate_of = |name: &str, versions: &str| {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        for version in ["1", "2"] {
            let text = format!(
                "{{ openapi: 3.0.3, info: {{ title: x, version: '{version}' }}, paths: {{ \
                 /providers/A.B/x: {{ get: {{ operationId: X, responses: {{ '200': {{ \
                 description: x }} }} }} }} }} }}"
            );
            write(&format!("{name}/{version}.yaml"), &text);
        }
        let manifest = format!(
            "{{ provider: A.B, crate: x, service: X, title: x, default: '2', versions: {versions} }}"
        );
        write(&format!("{name}/manifest.yaml"), &manifest);
        folder.path().join(name).display().to_string()
    };
    let two_versions = crate_of("two", "[{ version: '1' }, { version: '2' }]");
    let one_version = crate_of("one", "[{ version: '2' }]");
    let changes = diff::compare(&load(&two_versions), &load(&one_version));
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].subject, Subject::Version("1".to_owned()));
    assert!(changes[0].breaks.rust && !changes[0].breaks.wire);
    let ours = write(
        "ours.yaml",
        "openapi: 3.0.3\ninfo: { title: x, version: '1' }\npaths: {}\n",
    );
    diff::load(&ours).unwrap();

    let dangling = write(
        "dangling.yaml",
        "openapi: 3.0.3\ninfo: { title: x, version: '1' }\npaths: {}\ncomponents: { schemas: { A: { $ref: '#/b' } } }\n",
    );
    let neither = write("neither.yaml", "a: 1\n");
    let broken = write("broken.yaml", "a: [\n");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let empty = folder.path().join("empty").display().to_string();
    let messages: Vec<String> = [
        dangling,
        neither,
        broken,
        empty,
        "absent.yaml".to_owned(),
        format!("{readme}#none"),
    ]
    .iter()
    .map(|side| {
        diff::load(side)
            .unwrap_err()
            .to_string()
            .replace(&format!("{}/", folder.path().display()), "")
    })
    .collect();
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn our_descriptions() {
    let spec = |version: &str| {
        let path = format!(
            "{}/../specs/machinelearningservices/{version}.yaml",
            env!("CARGO_MANIFEST_DIR")
        );
        diff::load(&path).unwrap()
    };
    let (old, new) = (spec("2025-09-01"), spec("2025-12-01"));
    assert!(diff::compare(&new, &new).is_empty());
    insta::assert_snapshot!(diff::render(&diff::compare(&old, &new), Format::Table));
}

/// The manifest of one side gives names to both.
#[test]
fn names_of_a_folder_are_not_differences() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/machinelearningservices");
    let file = |name: &str| specs.join(name).display().to_string();
    let (old, new) = diff::load_both(&file("2025-12-01.yaml"), &file("")).unwrap();
    let changes = diff::compare(&old, &new);
    let breaks: Vec<_> = changes
        .iter()
        .filter(|change| change.breaks.any())
        .collect();
    assert!(breaks.is_empty(), "{breaks:#?}");
    // Without the manifest there are others.
    let new = diff::load(&file("")).unwrap();
    let changes = diff::compare(&diff::load(&file("2025-12-01.yaml")).unwrap(), &new);
    assert!(changes.iter().any(|change| change.breaks.rust));
}

#[test]
fn upstream_against_ours() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join(
        "../../shared/upstream/specification/machinelearningservices/resource-manager/readme.md",
    );
    if !readme.is_file() {
        eprintln!(
            "skipped: there are no upstream descriptions at {}",
            readme.display()
        );
        return;
    }
    let old = diff::load(&format!("{}#package-2024-04", readme.display())).unwrap();
    let new = diff::load(&format!(
        "{}/../specs/machinelearningservices/2025-12-01.yaml",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    let changes = diff::compare(&old, &new);
    assert!(
        changes.iter().any(|change| change.breaks.rust)
            && changes.iter().any(|change| !change.breaks.any())
    );
    assert!(diff::compare(&old, &old).is_empty());
}
