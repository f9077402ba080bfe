//! Tests of the import with one small description for each construct.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use arm_codegen::description;
use arm_codegen::diff::{self, Side};
use arm_codegen::note::NoteKind;
use arm_codegen::problem::Problems;
use arm_codegen::resolve::{
    self,
    api::{ApiVersion, Version},
};
use arm_codegen::swagger::{self, Descriptions, Fixup, Imported, Inputs};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Files in a temporary folder.
struct Files {
    folder: TempDir,
    paths: Vec<PathBuf>,
}

impl Files {
    fn new(files: &[(&str, Value)]) -> Self {
        let texts: Vec<(&str, String)> = files
            .iter()
            .map(|(name, value)| (*name, value.to_string()))
            .collect();
        Self::of_texts(&texts)
    }

    fn of_texts(files: &[(&str, String)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let paths = files
            .iter()
            .map(|(name, text)| write(folder.path(), name, text))
            .collect();
        Self { folder, paths }
    }

    fn inputs(&self, count: usize) -> Inputs {
        Inputs {
            files: self.paths[..count].to_vec(),
            ..Inputs::default()
        }
    }

    /// Imports the first files; the others are only referred to.
    fn import(&self, count: usize) -> Result<Imported, String> {
        let imported = swagger::import(&self.inputs(count))
            .map_err(|problems| self.relative(&problems.to_string()))?;
        assert_is_accepted(&imported);
        Ok(imported)
    }

    fn relative(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.path().display()), "")
    }

    /// Shows the result of an import of the first files: the notes, and the parts of the document
    /// at the pointers.
    fn show(&self, count: usize, pointers: &[&str]) -> String {
        let imported = self.import(count).unwrap();
        assert_eq!(imported, self.import(count).unwrap());
        let mut text = String::new();
        for note in imported
            .notes
            .iter()
            .filter(|note| note.kind != NoteKind::Undocumented)
        {
            text.push_str(&format!("# {}\n", self.relative(&note.to_string())));
        }
        for pointer in pointers {
            let part = imported
                .document
                .pointer(pointer)
                .cloned()
                .unwrap_or_default();
            let part = Imported {
                document: part,
                notes: Vec::new(),
            };
            text.push_str(&format!("# {pointer}\n{}", part.to_yaml()));
        }
        text
    }
}

/// Checks that an imported document can be written, read and generated from.
fn assert_is_accepted(imported: &Imported) {
    let text = imported.to_yaml();
    let read_back: Value = serde_yaml::from_str(&text).unwrap();
    assert_eq!(
        read_back, imported.document,
        "the document reads differently"
    );
    description::read("imported.yaml", &text).unwrap_or_else(|problems| panic!("{problems}"));
}

/// Checks that an imported document does not differ from itself.
fn assert_is_itself(imported: Imported) {
    let side = Side::from_document("imported", imported.document).unwrap();
    let changes = diff::compare(&side, &side);
    assert!(changes.is_empty(), "{changes:?}");
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

/// Returns a description with some definitions and paths.
fn description(definitions: Value, paths: Value) -> Value {
    json!({
        "swagger": "2.0",
        "info": { "title": "Widgets", "version": "2030-01-01" },
        "host": "management.example",
        "schemes": ["https"],
        "paths": paths,
        "definitions": definitions,
    })
}

fn path(operations: Value) -> Value {
    json!({ "/providers/Contoso.Widgets/widgets": operations })
}

fn operation(id: &str, parameters: Value) -> Value {
    json!({ "operationId": id, "parameters": parameters, "responses": { "200": { "description": "Fine" } } })
}

const SCHEMAS: &[&str] = &["/components/schemas"];

fn show_definitions(definitions: Value) -> String {
    Files::new(&[("a.json", description(definitions, json!({})))]).show(1, SCHEMAS)
}

fn show_operation(operation: Value) -> String {
    let files = Files::new(&[(
        "a.json",
        description(json!({}), path(json!({ "post": operation }))),
    )]);
    files.show(
        1,
        &[
            "/paths/~1providers~1Contoso.Widgets~1widgets/post",
            "/components",
        ],
    )
}

fn problems_of(files: &[(&str, Value)]) -> String {
    let count = files.len();
    Files::new(files).import(count).unwrap_err()
}

#[test]
fn whole_document() {
    let mut document = description(
        json!({ "Widget": { "properties": { "size": { "type": "integer", "format": "int32" } } } }),
        path(json!({ "get": {
            "operationId": "Widgets_List",
            "tags": ["Widgets"],
            "description": "Lists widgets",
            "parameters": [{ "$ref": "#/parameters/ApiVersion" }],
            "responses": {
                "200": { "description": "OK", "schema": { "$ref": "#/definitions/Widget" } },
                "default": { "description": "Oops" },
            },
        }})),
    );
    document["parameters"] = json!({ "ApiVersion": { "name": "api-version", "in": "query", "type": "string", "required": true } });
    document["securityDefinitions"] = json!({ "azure": {
        "type": "oauth2", "flow": "implicit", "authorizationUrl": "https://login.example", "scopes": { "all": "Everything" },
    }});
    document["security"] = json!([{ "azure": ["all"] }]);
    document["tags"] = json!([{ "name": "Widgets" }]);
    let files = Files::of_texts(&[("a.json", format!("\u{feff}{document}"))]);
    insta::assert_snapshot!(files.import(1).unwrap().to_yaml());
}

/// Most operations are of the older file, whose version the result has.
#[test]
fn operations_keep_the_api_versions_that_they_fix() {
    let version = |values: Value| {
        let mut parameter =
            json!({ "name": "api-version", "in": "query", "type": "string", "required": true });
        if values.is_array() {
            parameter["enum"] = values;
        }
        json!([parameter])
    };
    let operation = |id: &str, parameters: Value| {
        json!({ "get": {
            "operationId": id,
            "parameters": parameters,
            "responses": { "200": { "description": "OK" } },
        }})
    };
    let file = |own: &str, paths: Value| json!({ "swagger": "2.0", "info": { "title": "Widgets", "version": own }, "paths": paths });
    let newer = json!({
        "/new/usual": operation("New_Usual", version(json!(null))),
        "/new/fixed": operation("New_Fixed", version(json!(["2015-11-01"]))),
        "/new/own": operation("New_Own", version(json!(["2020-01-01"]))),
        "/new/none": operation("New_None", json!([])),
    });
    let older = json!({
        "/old/usual": operation("Old_Usual", version(json!(null))),
        "/old/fixed": operation("Old_Fixed", version(json!(["2015-11-01"]))),
        "/old/newer": operation("Old_Newer", version(json!(["2020-01-01"]))),
        "/old/choice": operation("Old_Choice", version(json!(["2015-11-01", "2016-01-01"]))),
        "/old/none": operation("Old_None", json!([])),
    });
    let files = Files::new(&[
        ("new.json", file("2020-01-01", newer)),
        ("old.json", file("2016-01-01", older)),
    ]);
    let imported = files.import(2).unwrap();
    let description = description::from_value("imported", imported.document).unwrap();
    let api = resolve::resolve(&[(Version::default(), &description)]).unwrap();
    let versions = api.operations.iter();
    let versions: Vec<_> = versions
        .map(|one| (one.id.as_str(), one.api_version.clone()))
        .collect();
    let own = |version: &str| ApiVersion::Own(version.to_owned());
    assert_eq!(
        versions,
        [
            ("New_Fixed", own("2015-11-01")),
            ("New_None", ApiVersion::None),
            ("New_Own", own("2020-01-01")),
            ("New_Usual", own("2020-01-01")),
            ("Old_Choice", ApiVersion::Client),
            ("Old_Fixed", own("2015-11-01")),
            ("Old_Newer", own("2020-01-01")),
            ("Old_None", ApiVersion::None),
            ("Old_Usual", ApiVersion::Client),
        ]
    );
}

#[test]
fn references_with_siblings() {
    insta::assert_snapshot!(show_definitions(json!({
        "Widget": { "type": "object", "required": ["shape"], "properties": {
            "shape": { "$ref": "#/definitions/Shape", "readOnly": true, "x-nullable": true, "x-ms-mutability": ["update", "create", "read"] },
            "plain": { "$ref": "#/definitions/Shape" },
            "wrapped": { "allOf": [{ "$ref": "#/definitions/Shape" }], "default": {} },
            "typed": { "$ref": "#/definitions/Shape", "type": "object" },
            "secret": { "type": "string", "x-ms-secret": true, "x-nullable": false, "readOnly": false },
        }},
        "Shape": { "type": "object", "properties": { "parent": { "$ref": "#/definitions/Shape" } } },
    })));
}

#[test]
fn inline_enums() {
    let color = json!({ "type": "string", "enum": ["red", "blue"], "x-ms-enum": { "name": "color", "modelAsString": "true" }, "default": "red" });
    let other = json!({ "type": "string", "enum": ["green"], "x-ms-enum": { "name": "Color", "modelAsString": true } });
    insta::assert_snapshot!(show_definitions(json!({
        "Widget": { "type": "object", "properties": {
            "inside": color, "outside": color, "handle": other, "all": { "type": "array", "items": color },
            "nameless": { "type": "string", "enum": ["*", "1.0", "", "a b"] },
        }},
    })));
}

#[test]
fn inline_objects() {
    insta::assert_snapshot!(show_definitions(json!({
        "Widget": { "type": "object", "properties": {
            "properties": { "type": "object", "description": "x", "x-ms-client-flatten": true, "properties": { "size": { "type": "integer" } } },
            "parts": { "type": "array", "items": { "properties": { "id": { "type": "string" } } } },
            "by.name": { "type": "object", "additionalProperties": { "type": "object", "properties": { "$value": { "type": "string" } } } },
        }},
    })));
}

#[test]
fn discriminators_over_all_levels() {
    insta::assert_snapshot!(show_definitions(json!({
        "Animal": { "type": "object", "discriminator": "kind", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
        "Dog": { "allOf": [{ "$ref": "#/definitions/Animal" }], "x-ms-discriminator-value": "#Contoso.Dog" },
        "Puppy": { "allOf": [{ "$ref": "#/definitions/Dog" }], "properties": { "age": { "type": "integer" } } },
        "Impostor": { "allOf": [{ "$ref": "#/definitions/Animal" }], "x-ms-discriminator-value": "Puppy" },
        "Childless": { "type": "object", "discriminator": "kind", "properties": { "kind": { "type": "string" } } },
    })));
}

#[test]
fn inline_parts_of_all_of() {
    insta::assert_snapshot!(show_definitions(json!({
        "Base": { "type": "object", "properties": { "id": { "type": "string" } } },
        "Widget": {
            "description": "x",
            "allOf": [
                { "$ref": "#/definitions/Base" },
                { "required": ["size"], "properties": { "size": { "type": "integer" }, "name": { "type": "integer" } } },
                { "allOf": [{ "$ref": "#/definitions/Base" }], "additionalProperties": { "type": "string" } },
            ],
            "required": ["name"],
            "properties": { "name": { "type": "string" } },
        },
        "Alias": { "$ref": "#/definitions/Base" },
        "Holder": { "type": "object", "properties": { "base": { "$ref": "#/definitions/Alias" } } },
        "Level": { "type": "string", "enum": ["low"] },
        "SameLevel": { "allOf": [{ "$ref": "#/definitions/Level" }] },
    })));
}

#[test]
fn scalars_of_wrong_types() {
    insta::assert_snapshot!(show_definitions(json!({
        "Widget": { "type": "object", "required": ["flag", "flag"], "properties": {
            "flag": { "type": "boolean", "default": "false", "readOnly": "true" },
            "truth": { "type": "boolean", "enum": ["True"] },
            "count": { "type": "integer", "enum": [1, "2", 3.0], "minimum": 1.0, "maximum": 1e300, "default": "7" },
            "ratio": { "type": "number", "enum": [0.5, 1], "default": "0.5" },
            "version": { "type": "string", "enum": [1.0, true, null, "x", "x"], "default": 10 },
            "untyped": { "enum": ["a", "b"] },
            "either": { "type": ["string", "null"] },
            "odd": { "type": "money" },
            "sized": { "type": "string", "minLength": "1", "maxLength": -1 },
        }},
    })));
}

#[test]
fn definitions_of_all_sorts() {
    insta::assert_snapshot!(show_definitions(json!({
        "Names": { "type": "array", "items": { "type": "string" } },
        "Number": { "type": "integer", "format": "int64" },
        "Text": { "type": "string", "pattern": "^a: b$" },
        "Tags": { "type": "object", "additionalProperties": { "type": "string", "x-nullable": true } },
        "Both": { "properties": { "a": { "type": "string" } }, "additionalProperties": true },
        "Closed": { "type": "object", "additionalProperties": false },
        "Anything": { "description": "x" },
        "Listless": { "type": "array" },
        "Tuple": { "type": "array", "items": [{ "type": "string" }] },
        "Option": { "type": "object", "properties": { "Vec": { "$ref": "#/definitions/Box" } } },
        "Box": { "type": "object", "properties": { "type": { "$ref": "#/definitions/Result" }, "description": { "type": "string" } } },
        "Result": { "type": "string", "enum": ["Ok", "Err"], "x-ms-enum": { "name": "Result", "modelAsString": false } },
        "Page[Widget]": { "type": "object", "properties": { "$top": { "type": "integer" }, "@odata.type": { "type": "string" }, "a-b c.d": { "type": "string" } } },
        "Page Widget": { "type": "object" },
        "Page_Widget": { "type": "object", "properties": { "next": { "$ref": "#/definitions/Page%5BWidget%5D" } } },
    })));
}

#[test]
fn other_files() {
    let files = Files::new(&[
        (
            "widgets/2030/a.json",
            description(
                json!({
                    "Widget": { "allOf": [{ "$ref": "../../common/types.json#/definitions/Resource" }], "properties": {
                        "shape": { "$ref": "b.json#/definitions/Shape" },
                        "error": { "$ref": "../../common/types.json#/definitions/Error" },
                        "color": { "$ref": "b.json#/definitions/Shape/properties/color" },
                    }},
                    "Error": { "type": "object", "properties": { "message": { "type": "string" } } },
                }),
                json!({}),
            ),
        ),
        (
            "widgets/2030/b.json",
            description(
                json!({
                    "Shape": { "type": "object", "properties": {
                        "widget": { "$ref": "./a.json#/definitions/Widget" },
                        "color": { "type": "string", "enum": ["red"], "x-ms-enum": { "name": "Color" }, "description": "x" },
                    }},
                    "Error": { "type": "object", "properties": { "message": { "type": "string", "description": "differs in words only" } } },
                }),
                json!({}),
            ),
        ),
        (
            "common/types.json",
            json!({
                "swagger": "2.0",
                "definitions": {
                    "Resource": { "type": "object", "discriminator": "kind", "properties": { "kind": { "type": "string" } } },
                    "Special": { "allOf": [{ "$ref": "#/definitions/Resource" }] },
                    "Error": { "type": "object", "properties": { "code": { "type": "string" } } },
                    "Unneeded": { "$ref": "absent.json#/definitions/Gone" },
                },
            }),
        ),
    ]);
    insta::assert_snapshot!(files.show(2, SCHEMAS));
}

#[test]
fn bodies() {
    insta::assert_snapshot!(show_operation(json!({
        "operationId": "Widgets_Create",
        "consumes": ["application/json", "text/json"],
        "parameters": [{ "name": "widget", "in": "body", "required": true, "x-ms-client-name": "theWidget",
            "schema": { "type": "object", "properties": { "size": { "type": "integer" } } } }],
        "responses": { "201": { "description": "x", "schema": { "type": "array", "items": { "type": "string" } } } },
    })));
}

#[test]
fn forms_and_files() {
    insta::assert_snapshot!(show_operation(json!({
        "operationId": "Widgets_Upload",
        "consumes": ["multipart/form-data"],
        "parameters": [
            { "name": "content", "in": "formData", "type": "file", "required": true },
            { "name": "note", "in": "formData", "type": "string", "description": "x" },
        ],
        "responses": { "200": { "description": "x", "schema": { "type": "file" } } },
    })));
}

#[test]
fn parameters_of_all_sorts() {
    let list = |format: &str| json!({ "name": format, "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": format });
    insta::assert_snapshot!(show_operation(operation(
        "Widgets_Find",
        json!([
            list("csv"), list("ssv"), list("tsv"), list("pipes"), list("multi"),
            { "name": "x-ids", "in": "header", "type": "array", "items": { "type": "integer" } },
            { "name": "$filter", "in": "query", "type": "string", "x-ms-parameter-location": "method", "x-ms-skip-url-encoding": true },
            { "name": "order", "in": "query", "type": "string", "enum": ["a", "b"], "x-ms-enum": { "name": "Order", "modelAsString": true }, "default": "a" },
            { "name": "only", "in": "query", "type": "string", "enum": ["x"], "required": "true", "minLength": 1, "x-nullable": true },
        ]),
    )));
}

#[test]
fn parameters_of_paths_and_files() {
    let mut document = description(
        json!({}),
        json!({ "/{scope}/providers/Contoso.Widgets/widgets/{name}": {
            "parameters": [
                { "name": "scope", "in": "path", "type": "string", "required": true, "x-ms-skip-url-encoding": true },
                { "name": "name", "in": "path", "type": "string" },
            ],
            "head": operation("Widgets_Check", json!([{ "$ref": "#/parameters/Version" }, { "$ref": "common.json#/parameters/Version" }, { "$ref": "#/parameters/Body" }])),
            "get": operation("Widgets_Get", json!([{ "name": "name", "in": "path", "type": "integer", "required": true }])),
        }}),
    );
    document["parameters"] = json!({
        "Version": { "name": "api-version", "in": "query", "type": "string", "required": true },
        "Unused": { "name": "unused", "in": "query", "type": "string" },
        "Body": { "name": "body", "in": "body", "schema": { "type": "string", "format": "binary" } },
    });
    let common = json!({ "parameters": { "Version": { "name": "version", "in": "header", "type": "string" } } });
    let files = Files::new(&[("a.json", document), ("common.json", common)]);
    insta::assert_snapshot!(files.show(1, &["/paths", "/components"]));
}

#[test]
fn responses_of_all_sorts() {
    let mut operation = operation("Widgets_Begin", json!([]));
    operation["x-ms-long-running-operation"] = json!(true);
    operation["x-ms-long-running-operation-options"] =
        json!({ "final-state-schema": "#/definitions/Widget", "final-state-via": "location" });
    operation["x-ms-pageable"] = json!({ "nextLinkName": null });
    operation["x-ms-examples"] = json!({ "Begin": { "$ref": "./examples/Begin.json" } });
    operation["produces"] = json!(["application/xml"]);
    operation["responses"] = json!({
        "default": { "description": "x", "x-ms-error-response": true, "schema": { "$ref": "#/definitions/Widget" } },
        "202": { "description": "x", "headers": {
            "Retry-After": { "type": "integer", "format": "int32", "description": "x" },
            "Location": { "type": "string" },
            "x-meta": { "type": "string", "x-ms-header-collection-prefix": "x-meta-" },
            "ids": { "type": "array", "items": { "type": "string" }, "collectionFormat": "pipes" },
        }},
        "404": { "$ref": "#/responses/Missing" },
    });
    let mut document = description(
        json!({ "Widget": { "type": "object" } }),
        path(json!({ "post": operation })),
    );
    document["responses"] =
        json!({ "Missing": { "description": "x", "examples": { "application/json": {} } } });
    let files = Files::new(&[("a.json", document)]);
    insta::assert_snapshot!(files.show(1, &["/paths"]));
}

#[test]
fn parameterized_hosts_and_security() {
    let mut document = description(json!({}), json!({}));
    document["x-ms-parameterized-host"] = json!({
        "hostTemplate": "{vault}.{suffix}", "useSchemePrefix": true, "positionInOperation": "first",
        "parameters": [
            { "name": "vault", "in": "path", "type": "string", "required": true, "x-ms-skip-url-encoding": true },
            { "name": "suffix", "in": "path", "type": "string", "required": true, "default": "vault.example", "enum": ["vault.example"] },
        ],
    });
    document["basePath"] = json!("/api/");
    document["securityDefinitions"] = json!({
        "key": { "type": "apiKey", "name": "api-key", "in": "header" },
        "basic": { "type": "basic" },
        "app": { "type": "oauth2", "flow": "application", "tokenUrl": "https://login.example", "scopes": {} },
    });
    let files = Files::new(&[("a.json", document)]);
    insta::assert_snapshot!(files.show(1, &["/servers", "/components"]));
}

#[test]
fn operations_of_several_files() {
    let list = json!({ "responses": { "200": { "description": "x" } } });
    let first = description(
        json!({}),
        json!({
            "/providers/Contoso.Widgets/widgets": { "get": list, "post": list },
            "/providers/Contoso.Widgets/widgets/{name}": { "put": list, "delete": list },
            "/providers/Contoso.Widgets/operations": { "get": operation("Operations_List", json!([])) },
        }),
    );
    let mut second = description(
        json!({}),
        json!({
            "/providers/Contoso.Widgets/operations": { "get": operation("Operations_List", json!([])) },
            "/providers/Contoso.Gadgets/operations": { "get": operation("Operations_List", json!([])) },
        }),
    );
    second["info"]["version"] = json!("2030-02-02");
    second["host"] = json!("gadgets.example");
    second["x-ms-paths"] =
        json!({ "/widgets?comp=list": { "get": operation("Widgets_Comp", json!([])) } });
    let files = Files::new(&[("first.json", first), ("second.json", second)]);
    insta::assert_snapshot!(files.show(2, &["/info", "/servers", "/paths"]));
}

#[test]
fn unknown_keywords_are_reported() {
    let mut document = description(
        json!({ "Widget": { "type": "object", "oneOf": [], "x-new": 1, "properties": { "a": { "type": "string", "required": true } } } }),
        path(json!({ "trace": {}, "get": {
            "operationId": "W_G", "x-ms-new": {}, "schemes": ["https"],
            "parameters": [{ "name": "a", "in": "query", "type": "string", "style": "x" }],
            "responses": { "200": { "description": "x", "content": {} } },
        }})),
    );
    document["webhooks"] = json!({});
    insta::assert_snapshot!(Files::new(&[("a.json", document)]).show(1, SCHEMAS));
}

#[test]
fn descriptions() {
    let files = Files::new(&[(
        "a.json",
        description(
            json!({ "Widget": { "type": "object", "title": "Theirs", "properties": {
                "size": { "type": "integer", "description": "Theirs", "example": 3 },
                "color": { "description": "Theirs", "$ref": "#/definitions/Color" },
                "shade": { "description": "Theirs", "$ref": "#/definitions/Color" },
            }},
            "Color": { "type": "string", "enum": ["red"], "x-ms-enum": { "name": "Color", "values": [{ "value": "red", "name": "Red", "description": "Theirs" }] } } }),
            path(json!({ "put": {
                "operationId": "Widgets_Put", "summary": "Theirs",
                "parameters": [{ "name": "a", "in": "query", "type": "string", "description": "Theirs" }, { "name": "b", "in": "query", "type": "string" }],
                "responses": { "200": { "description": "Theirs" }, "418": { "description": "Theirs" } },
            }})),
        ),
    )]);
    let ours = "
openapi: 3.0.3
info: { title: Ours, version: '1' }
paths:
  /providers/Contoso.Widgets/widgets:
    put:
      operationId: Widgets_Put
      description: Ours.
      parameters:
        - { name: a, in: query, description: Ours., schema: { type: string } }
      responses:
        '200': { description: Ours. }
components:
  schemas:
    Widget: { properties: { color: { description: Ours. } } }
";
    let docs = write(files.folder.path(), "ours.yaml", ours);
    let mut text = String::new();
    for descriptions in [Descriptions::Ours, Descriptions::Upstream] {
        let inputs = Inputs {
            docs_from: Some(docs.clone()),
            descriptions,
            ..files.inputs(1)
        };
        let imported = swagger::import(&inputs).unwrap();
        let notes: Vec<String> = imported
            .notes
            .iter()
            .map(|note| format!("# {note}\n"))
            .collect();
        text.push_str(&format!(
            "# --- {descriptions:?}\n{}{}",
            notes.concat(),
            imported.to_yaml()
        ));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn tags_of_operations_keep_their_descriptions() {
    let mut document = description(
        json!({}),
        path(json!({ "get": {
            "operationId": "Widgets_List",
            "tags": ["Widgets"],
            "responses": { "200": { "description": "OK" } },
        }})),
    );
    document["tags"] = json!([
        { "name": "Unused", "description": "No operation has it." },
        { "name": "Widgets", "description": "Makes widgets." },
    ]);
    let files = Files::new(&[("a.json", document)]);
    let import = |descriptions| {
        let inputs = Inputs {
            descriptions,
            ..files.inputs(1)
        };
        swagger::import(&inputs).unwrap().document["tags"].clone()
    };
    let described = json!([{ "name": "Widgets", "description": "Makes widgets." }]);
    assert_eq!(import(Descriptions::Upstream), described);
    assert_eq!(import(Descriptions::Ours), json!([{ "name": "Widgets" }]));
}

#[test]
fn all_problems_are_reported_at_once() {
    let bad = description(
        json!({
            "Widget": { "type": "object", "properties": {
                "shape": { "$ref": "#/definitions/Shape" },
                "part": { "$ref": "parts.json#/definitions/Part" },
                "remote": { "$ref": "https://example.com/a.json#/definitions/A" },
                "list": [],
                "flag": { "type": "boolean", "readOnly": "perhaps" },
            }},
            "Loop": { "$ref": "#/definitions/Pool" },
            "Pool": { "$ref": "#/definitions/Loop" },
            "Level": { "type": "integer", "enum": ["low"] },
            "Chicken": { "allOf": [{ "$ref": "#/definitions/Egg" }] },
            "Egg": { "allOf": [{ "$ref": "#/definitions/Chicken" }] },
        }),
        path(json!({ "get": { "operationId": "W_G", "parameters": [{ "name": "a" }] } })),
    );
    insta::assert_snapshot!(problems_of(&[("a.json", bad)]));
}

#[test]
fn files_that_are_not_swagger() {
    let files = Files::of_texts(&[
        ("old.json", json!({ "swagger": "1.2" }).to_string()),
        ("new.json", json!({ "openapi": "3.0.3" }).to_string()),
        ("list.json", "[]".to_owned()),
        ("other.json", "{}".to_owned()),
        ("broken.json", "{\n  \"swagger\": }".to_owned()),
        (
            "twice.json",
            "{ \"swagger\": \"2.0\",\n  \"swagger\": \"2.0\" }".to_owned(),
        ),
    ]);
    let mut inputs = files.inputs(6);
    inputs.files.push(files.folder.path().join("absent.json"));
    inputs.docs_from = Some(files.folder.path().join("absent.yaml"));
    let Problems(problems) = swagger::import(&inputs).unwrap_err();
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| files.relative(&problem.to_string()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!(swagger::import(&Inputs::default()).unwrap_err().0.len(), 1);
}

#[test]
fn one_operation_in_two_ways() {
    let one = description(
        json!({}),
        path(json!({ "get": operation("A_List", json!([])) })),
    );
    let two = description(
        json!({}),
        path(json!({ "get": operation("B_List", json!([])) })),
    );
    insta::assert_snapshot!(problems_of(&[("one.json", one), ("two.json", two)]));
}

const README: &str = "
# Widgets
``` yaml
tag: package-new
input-file: everywhere.json
```
```yaml $(tag) == 'package-new'
input-file:
  - new/a.json
  - $(this-folder)/new/b.json
```
~~~
``` yaml $(tag)=='package-old' && $(all)
input-file: [old.json]
```
``` yaml $(tag) == 'package-1' || $(tag) == 'package-2'
input-file: both.json
```
``` yaml $(tag) == \"package-broken\"
input-file: [
```
";

#[test]
fn tags_of_a_readme() {
    let files = Files::of_texts(&[("readme.md", README.to_owned())]);
    let readme = &files.paths[0];
    let found = swagger::tag_files(readme, "package-new").unwrap();
    let names: Vec<String> = found
        .iter()
        .map(|path| files.relative(&path.display().to_string()))
        .collect();
    assert_eq!(names, ["new/a.json", "new/b.json"]);
    let mut messages = String::new();
    for tag in ["package-old", "package-broken"] {
        let problems = swagger::tag_files(readme, tag).unwrap_err();
        messages.push_str(&format!("{}\n", files.relative(&problems.to_string())));
    }
    let problems = swagger::tag_files(&files.folder.path().join("absent.md"), "x").unwrap_err();
    messages.push_str(&files.relative(&problems.to_string()));
    insta::assert_snapshot!(messages);
}

#[test]
fn fixups_apply_or_fail() {
    let fixup = |version| Fixup {
        name: "size is a number",
        reason: "it is written as text",
        link: "https://example.com/1",
        provider: "Contoso.Widgets",
        version,
        file: "a.json",
        apply: |root| {
            let size = root.pointer_mut("/definitions/Widget/properties/size/type");
            size.is_some_and(|size| {
                let was_wrong = size == "string";
                *size = json!("integer");
                was_wrong
            })
        },
    };
    let with_size = |kind: &str| {
        let definitions =
            json!({ "Widget": { "type": "object", "properties": { "size": { "type": kind } } } });
        Files::new(&[(
            "a.json",
            description(
                definitions,
                path(json!({ "get": operation("W_L", json!([])) })),
            ),
        )])
    };
    let wrong = with_size("string");
    let imported = swagger::import_with(&wrong.inputs(1), &[fixup("2030-01-01")]).unwrap();
    assert_eq!(
        imported
            .document
            .pointer("/components/schemas/Widget/properties/size/type"),
        Some(&json!("integer"))
    );
    assert!(
        imported
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Fixed)
    );

    let right = with_size("integer");
    let problems = swagger::import_with(&right.inputs(1), &[fixup("2030-01-01")]).unwrap_err();
    assert!(
        problems
            .to_string()
            .contains("the fixup `size is a number` no longer applies")
    );
    swagger::import_with(&right.inputs(1), &[fixup("2029-01-01")]).unwrap();
}

/// Replaces any part by any value: the import may report problems, but must never panic.
#[test]
fn nothing_panics() {
    let document = description(
        json!({
            "Base": { "type": "object", "discriminator": "kind", "required": ["kind"], "properties": { "kind": { "type": "string" } } },
            "Widget": { "allOf": [{ "$ref": "#/definitions/Base" }, { "properties": { "x": { "type": "integer" } } }], "x-ms-discriminator-value": "w",
                "properties": { "color": { "type": "string", "enum": ["red"], "x-ms-enum": { "name": "Color", "values": [{ "value": "red" }] } },
                    "parts": { "type": "array", "items": { "$ref": "#/definitions/Base", "description": "x" } } } },
        }),
        path(
            json!({ "parameters": [{ "name": "q", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "csv" }],
            "post": {
                "operationId": "W_P", "tags": ["W"], "consumes": ["a/b"],
                "parameters": [{ "name": "body", "in": "body", "schema": { "$ref": "#/definitions/Widget" } }],
                "responses": { "200": { "description": "x", "schema": { "type": "file" }, "headers": { "a": { "type": "string" } } } },
                "x-ms-examples": { "a": { "$ref": "a.json" } },
                "x-ms-long-running-operation": true,
                "x-ms-long-running-operation-options": { "final-state-schema": "#/definitions/Base" },
        } }),
        ),
    );
    let mut pointers = Vec::new();
    collect_pointers(&document, String::new(), &mut pointers);
    let replacements = [
        json!(null),
        json!(true),
        json!(7.5),
        json!(""),
        json!([]),
        json!({}),
        json!([null]),
        json!({ "$ref": "#" }),
    ];
    let files = Files::new(&[("a.json", document.clone())]);
    for pointer in pointers {
        for replacement in &replacements {
            let mut broken = document.clone();
            *broken.pointer_mut(&pointer).unwrap() = replacement.clone();
            write(files.folder.path(), "a.json", &broken.to_string());
            if let Ok(imported) = files.import(1) {
                assert_is_accepted(&imported);
                assert_is_itself(imported);
            }
        }
    }
}

fn collect_pointers(value: &Value, at: String, found: &mut Vec<String>) {
    let child = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, inner)| collect_pointers(inner, child(key), found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, inner)| collect_pointers(inner, child(&index.to_string()), found)),
        _ => {}
    }
    found.push(at);
}

fn upstream() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/upstream/specification");
    if path.is_dir() {
        return Some(path);
    }
    eprintln!(
        "skipped: there are no upstream descriptions at {}",
        path.display()
    );
    None
}

const TAGS: [&str; 5] = [
    "package-2021-04-01",
    "package-2022-10",
    "package-preview-2023-08",
    "package-2023-10",
    "package-2024-04",
];

#[test]
fn upstream_descriptions() {
    let Some(upstream) = upstream() else { return };
    let readme = upstream.join("machinelearningservices/resource-manager/readme.md");
    for tag in TAGS {
        let files = swagger::tag_files(&readme, tag).unwrap();
        let inputs = Inputs {
            files: files.clone(),
            ..Inputs::default()
        };
        let imported = swagger::import(&inputs).unwrap();
        assert_eq!(
            imported.to_yaml(),
            swagger::import(&inputs).unwrap().to_yaml(),
            "{tag} comes out differently"
        );
        let not_understood: Vec<_> = imported
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::NotUnderstood)
            .collect();
        assert!(not_understood.is_empty(), "{tag}: {not_understood:?}");
        assert_is_accepted(&imported);
        assert_all_operations_exist(&files, &imported.document, tag);
    }
}

/// Mistakes of upstream with an unambiguous meaning are notes, not errors.
#[test]
fn mistakes_with_an_unambiguous_meaning() {
    let mut operation = operation(
        "Widgets_Find",
        json!([{ "name": "widget", "in": "body", "required": true, "schema": {
            "type": "object", "required": ["size"],
        }}]),
    );
    operation["x-ms-odata"] = json!("#/definitions/WidgetFilter");
    let definitions = json!({
        "Widget": { "type": "object", "required": ["size"] },
        "Box": { "type": "object", "properties": {
            "lid": { "type": "object", "required": ["color", "size"] },
            "sides": { "type": "array", "items": { "required": ["size"], "additionalProperties": { "type": "string" } } },
        }},
    });
    let files = Files::new(&[(
        "a.json",
        description(definitions, path(json!({ "post": operation }))),
    )]);
    insta::assert_snapshot!(files.show(
        1,
        &[
            "/paths/~1providers~1Contoso.Widgets~1widgets/post",
            "/components",
        ]
    ));
}

#[test]
fn filters_are_kept_by_reference() {
    let mut operation = operation("Widgets_Find", json!([]));
    operation["x-ms-odata"] = json!("b.json#/definitions/WidgetFilter");
    let filter = json!({ "WidgetFilter": { "type": "object", "properties": { "size": { "type": "integer" } } } });
    let files = Files::new(&[
        (
            "a.json",
            description(json!({}), path(json!({ "get": operation }))),
        ),
        ("b.json", description(filter, json!({}))),
    ]);
    insta::assert_snapshot!(files.show(
        1,
        &[
            "/paths/~1providers~1Contoso.Widgets~1widgets/get",
            "/components",
        ]
    ));
}

#[test]
fn paths_that_differ_in_their_query() {
    let list = |id: &str| json!({ "get": operation(id, json!([])) });
    let next = operation(
        "Widgets_Next",
        json!([{ "name": "nextLink", "in": "path", "required": true, "type": "string", "x-ms-skip-url-encoding": true }]),
    );
    let mut document = description(
        json!({}),
        path(json!({ "get": operation("Widgets_List", json!([])) })),
    );
    document["x-ms-paths"] = json!({
        "/providers/Contoso.Widgets/widgets?kind=round": list("Widgets_ListRound"),
        "{nextLink}?kind=round": { "post": next },
    });
    let files = Files::new(&[("a.json", document)]);
    insta::assert_snapshot!(files.show(1, &["/paths"]));
}

/// Properties of lists that OpenAPI cannot express are kept as extensions, from which code is
/// generated.
#[test]
fn lists_separated_by_tabs() {
    let ids = json!([{ "name": "ids", "in": "query", "type": "array", "items": { "type": "string" }, "collectionFormat": "tsv" }]);
    let files = Files::new(&[(
        "a.json",
        description(
            json!({}),
            path(json!({ "get": operation("Widgets_List", ids) })),
        ),
    )]);
    let imported = files.import(1).unwrap();
    let description = description::read("a.yaml", &imported.to_yaml()).unwrap();
    let version = arm_codegen::resolve::api::Version::default();
    let api = arm_codegen::resolve::resolve(&[(version, &description)]).unwrap();
    let parameter = &api.operations[0].parameters[0];
    assert_eq!(
        parameter.list_style,
        arm_codegen::resolve::api::ListStyle::Tabs
    );
}

/// Whole descriptions with more than one construct each.
#[test]
fn whole_descriptions_are_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/services");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        for descriptions in [Descriptions::Ours, Descriptions::Upstream] {
            let inputs = Inputs {
                files: vec![path.clone()],
                descriptions,
                ..Inputs::default()
            };
            let imported = swagger::import(&inputs).unwrap();
            assert_is_accepted(&imported);
            assert_is_itself(imported);
        }
        count += 1;
    }
    assert_ne!(count, 0);
}

fn assert_all_operations_exist(files: &[PathBuf], document: &Value, tag: &str) {
    for file in files {
        let root: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        for (path, item) in root["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let found = &document["paths"][path][method]["operationId"];
                assert_eq!(found, &operation["operationId"], "{tag}: {method} {path}");
            }
        }
    }
}

#[test]
fn values_of_wrong_types_are_reported_with_their_pointers() {
    let mut document = description(
        json!({ "Widget": { "type": "string", "format": 1, "pattern": [], "enum": [{}] } }),
        path(json!({ "get": {
            "operationId": "W_G", "tags": "W", "summary": 1, "description": {}, "security": [[]],
            "parameters": [{ "name": "a", "in": "query", "type": "string", "description": 1 }],
            "responses": { "200": { "description": 1 } },
        }})),
    );
    document["security"] = json!([{ "key": "all" }]);
    document["securityDefinitions"] =
        json!({ "key": { "type": "apiKey", "name": 1, "in": "header" }, "none": {} });
    document["info"]["description"] = json!([]);
    insta::assert_snapshot!(problems_of(&[("a.json", document)]));
}

/// The extensions of AutoRest and of Azure's descriptions that are read where `EXTENSIONS` has them.
const READ: [&str; 17] = [
    "x-ms-api-version",
    "x-ms-client-name",
    "x-ms-discriminator-value",
    "x-ms-enum",
    "x-ms-error-response",
    "x-ms-examples",
    "x-ms-header-collection-prefix",
    "x-ms-long-running-operation",
    "x-ms-long-running-operation-options",
    "x-ms-mutability",
    "x-ms-odata",
    "x-ms-pageable",
    "x-ms-parameterized-host",
    "x-ms-paths",
    "x-ms-secret",
    "x-ms-skip-url-encoding",
    "x-nullable",
];

/// A description with every extension, in YAML for being shorter.
const EXTENSIONS: &str = "
swagger: '2.0'
info: {title: Widgets, version: v1, x-ms-code-generation-settings: {name: Widgets}}
x-ms-parameterized-host:
  hostTemplate: '{account}.example'
  useSchemePrefix: true
  positionInOperation: first
  parameters: [{name: account, in: path, required: true, type: string, x-ms-skip-url-encoding: true, x-ms-parameter-location: client}]
schemes: [https]
consumes: [application/json]
produces: [application/json]
paths:
  x-ms-own: {}
  /widgets/{name}:
    x-own: 1
    get:
      operationId: Widgets_List
      x-ms-api-version: v0
      x-ms-examples: {One: {$ref: ./one.json}}
      x-ms-odata: '#/definitions/Widget'
      x-ms-pageable: {nextLinkName: nextLink}
      x-ms-request-id: true
      x-ms-client-name: list
      x-ms-internal: true
      x-ms-permissions: []
      x-ms-vlatest: true
      x-publish: true
      x-accessibility: public
      x-cadl-name: list
      x-ms-cadl-name: list
      x-new: true
      parameters:
        - {name: name, in: path, required: true, type: string, x-ms-skip-url-encoding: true, x-ms-client-name: widgetName, x-ms-parameter-grouping: {name: group}, x-ms-parameter-location: method}
        - {name: kind, in: query, type: string, enum: [a], x-ms-enum: {name: Kind, modelAsString: true}, x-nullable: true, x-ms-client-default: a, allowEmptyValue: true}
        - {name: x-ms-id, in: header, type: string, x-ms-client-request-id: true}
        - {name: x-ms-correlation, in: header, type: string, x-ms-correlation-request-id: true, x-ms-version: v1}
        - {name: x-ms-meta, in: header, type: string, x-ms-header-collection-prefix: x-ms-meta-, x-ms-secret: true}
      responses:
        200:
          description: Found.
          schema: {$ref: '#/definitions/Widgets'}
          headers: {x-ms-meta: {type: string, x-ms-header-collection-prefix: x-ms-meta-, x-ms-client-name: meta}}
        404: {description: None., x-ms-error-response: true}
    put:
      operationId: Widgets_Put
      x-ms-long-running-operation: true
      x-ms-long-running-operation-options: {final-state-via: location}
      parameters: [{name: name, in: path, required: true, type: string}, {name: body, in: body, required: true, schema: {$ref: '#/definitions/Widget'}}]
      responses:
        200: {description: Made., schema: {$ref: '#/definitions/Widget'}}
        201: {description: Begun., schema: {$ref: '#/definitions/Widgets'}}
    options: {operationId: Widgets_Options, responses: {200: {description: Fine.}}}
x-ms-paths:
  '/widgets?comp=all': {get: {operationId: Widgets_All, responses: {200: {description: Fine.}}}}
definitions:
  Widgets: {type: object, properties: {value: {type: array, x-ms-identifiers: [id], items: {$ref: '#/definitions/Widget'}}}}
  Widget:
    type: object
    discriminator: kind
    required: [kind]
    x-ms-azure-resource: true
    x-ms-external: true
    x-typespec-name: Widget
    x-typespec-generated: []
    x-ms-original: {}
    minProperties: 1
    maxProperties: 9
    properties:
      kind: {type: string}
      id: {type: string, format: arm-id, x-ms-arm-id-details: {allowedResources: []}, x-ms-mutability: [read], x-ms-format: arm-id}
      key: {type: string, x-ms-secret: true, x-ms-no-log: true, x-new-pattern: a}
      time: {type: string, format: time, xml: {attribute: true, x-ms-text: true}}
      settings: {$ref: '#/definitions/Settings', x-ms-client-flatten: true, x-ms-client-name: options}
  Round: {allOf: [{$ref: '#/definitions/Widget'}], x-ms-discriminator-value: round}
  Settings: {type: object, x-ms-space: none, x-ms-text: true, properties: {size: {type: integer, x-nullable: true}}}
securityDefinitions:
  key: {type: apiKey, name: api-key, in: header, x-own-key: 1}
";

/// Nothing is silent: every extension that changes nothing has a note, with file and pointer.
#[test]
fn every_extension_is_read_or_noted() {
    let document: Value = serde_yaml::from_str(EXTENSIONS).unwrap();
    let text = document.to_string();
    let files = Files::new(&[("a.json", document)]);
    let notes = files.show(1, &[]);
    insta::assert_snapshot!(notes);
    let names = text.split('"').filter(|part| {
        let letters = |c: char| c.is_ascii_lowercase() || c == '-';
        part.starts_with("x-") && part.chars().all(letters) && !part.ends_with('-')
    });
    // Names of headers are none of extensions.
    let headers = ["x-ms-id", "x-ms-correlation", "x-ms-meta"];
    for name in names.filter(|name| !headers.contains(name)) {
        let is_noted = notes.contains(&format!("`{name}`")) || notes.contains(&format!("/{name}"));
        assert!(is_noted || READ.contains(&name), "{name}");
    }
}

/// Lists whose pages do not have what the description names.
#[test]
fn pages_that_do_not_fit_are_noted() {
    let page = |properties: Value| json!({ "type": "object", "properties": properties });
    let items = json!({ "type": "array", "items": { "type": "string" } });
    let list = |schema: Value, pageable: Value| {
        let mut list = operation("W_L", json!([]));
        list["responses"]["200"]["schema"] = schema;
        list["x-ms-pageable"] = pageable;
        list
    };
    let paths = json!({
        "/fine": { "get": list(page(json!({ "value": items, "nextLink": { "type": "string" } })), json!({ "nextLinkName": "nextLink" })) },
        "/one": { "get": list(page(json!({ "value": items })), json!({ "nextLinkName": null })) },
        "/absent": { "get": list(page(json!({ "value": items })), json!({ "nextLinkName": "next" })) },
        "/number": { "get": list(page(json!({ "value": items, "next": { "type": "integer" } })), json!({ "nextLinkName": "next" })) },
        "/items": { "get": list(page(json!({ "value": items })), json!({ "itemName": "things", "nextLinkName": null })) },
        "/array": { "get": list(items.clone(), json!({ "nextLinkName": null })) },
    });
    let files = Files::new(&[("a.json", description(json!({}), paths))]);
    let notes = files.show(1, &[]);
    let notes: Vec<&str> = notes
        .lines()
        .filter(|line| line.contains("not supported"))
        .collect();
    insta::assert_snapshot!(notes.join("\n"));
}

/// Operations that return next pages, but of which it is not clear how they are called.
#[test]
fn unclear_operations_of_next_pages_are_noted() {
    let page = json!({ "type": "object", "properties": {
        "value": { "type": "array", "items": { "type": "string" } }, "nextLink": { "type": "string" },
    }});
    let parameter = |name: &str, required: bool| json!({ "name": name, "in": "query", "type": "string", "required": required });
    let list = |id: &str, next: &str, parameters: Value| {
        let mut list = operation(id, parameters);
        list["responses"]["200"]["schema"] = json!({ "$ref": "#/definitions/Page" });
        list["x-ms-pageable"] = json!({ "nextLinkName": "nextLink", "operationName": next });
        list
    };
    let next = |id: &str, parameters: Value| {
        let mut next = list(id, "", parameters);
        next["x-ms-pageable"] = json!({ "nextLinkName": "nextLink" });
        next
    };
    let mut form = next("Form_Next", json!([parameter("nextLink", true)]));
    form["parameters"] = json!([{ "name": "nextLink", "in": "formData", "type": "string" }]);
    let mut body = next("Body_Next", json!([]));
    body["parameters"] = json!([parameter("nextLink", true), { "name": "b", "in": "body", "required": true, "schema": {} }]);
    let mut other = next("Other_Next", json!([parameter("nextLink", true)]));
    other["responses"]["200"]["schema"] = json!({ "type": "object" });
    let mut long = list("Long_List", "Fine_Next", json!([]));
    long["x-ms-long-running-operation"] = json!(true);
    let paths = json!({
        "/fine": { "get": list("Fine_List", "Fine_Next", json!([])), "post": next("Fine_Next", json!([parameter("nextLink", true)])) },
        "/none": { "get": list("None_List", "None_Next", json!([])) },
        "/required": { "get": list("Required_List", "Required_Next", json!([parameter("b", false)])), "post": next("Required_Next", json!([parameter("nextLink", true), parameter("b", true)])) },
        "/several": { "get": list("Several_List", "Several_Next", json!([])), "post": next("Several_Next", json!([parameter("a", true), parameter("b", true)])) },
        "/form": { "get": list("Form_List", "Form_Next", json!([])), "post": form },
        "/body": { "get": list("Body_List", "Body_Next", json!([])), "post": body },
        "/other": { "get": list("Other_List", "Other_Next", json!([])), "post": other },
        "/long": { "post": long },
    });
    let files = Files::new(&[("a.json", description(json!({ "Page": page }), paths))]);
    let notes = files.show(1, &[]);
    let notes: Vec<&str> = notes
        .lines()
        .filter(|line| line.contains("operationName"))
        .collect();
    insta::assert_snapshot!(notes.join("\n"));
}
