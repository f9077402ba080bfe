//! Constructs that the description of machine learning does not have, with a separate description.

use crate::common::{FakeResponse, ask, ask_with};
use arm_codegen::{description, generate, manifest::Manifest};
use arm_fake::{Description, Pace, Server};
use arm_runtime::Method;
use serde_json::json;

const API: &str = r##"
openapi: 3.0.3
info: {title: Things, version: '1'}
servers: [{url: 'https://management.azure.com'}]
paths:
  /{scope}/providers/Microsoft.Things/locks/{name}:
    parameters:
      - {name: scope, in: path, required: true, x-ms-skip-url-encoding: true, schema: {type: string}}
      - {name: name, in: path, required: true, schema: {type: string}}
    put:
      operationId: Locks_Put
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
    get:
      operationId: Locks_Get
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
  /providers/Microsoft.Things/things/{name}:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
    put:
      operationId: Things_Put
      x-ms-long-running-operation: true
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
        '201': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
    head:
      operationId: Things_Head
      responses: {'204': {description: d}}
    get:
      operationId: Things_Get
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
    delete:
      operationId: Things_Delete
      responses: {'200': {description: d}}
  /providers/Microsoft.Things/things/{name}/weigh:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
    post:
      operationId: Things_Weigh
      x-ms-long-running-operation: true
      x-ms-long-running-operation-options: {final-state-via: azure-async-operation}
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Weight'}}}}
        '202': {description: d, headers: {Azure-AsyncOperation: {schema: {type: string}}}}
  /providers/Microsoft.Things/things/{name}/startPendingUpload:
    parameters:
      - {name: name, in: path, required: true, schema: {type: string}}
    post:
      operationId: Things_StartPendingUpload
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Upload'}}}}
      responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Upload'}}}}}
components:
  schemas:
    Upload:
      type: object
      properties:
        credential: {$ref: '#/components/schemas/Credential'}
    Credential:
      type: object
      required: [credentialType]
      discriminator: {propertyName: credentialType, mapping: {AccountKey: '#/components/schemas/AccountKey', SAS: '#/components/schemas/Sas'}}
      properties:
        credentialType: {type: string}
    AccountKey:
      x-ms-discriminator-value: AccountKey
      allOf: [{$ref: '#/components/schemas/Credential'}]
      type: object
      properties:
        key: {type: string}
    Sas:
      x-ms-discriminator-value: SAS
      allOf: [{$ref: '#/components/schemas/Credential'}]
      type: object
      properties:
        sasUri: {type: string}
    Thing:
      type: object
      properties:
        id: {type: string, readOnly: true}
        etag: {type: string, readOnly: true}
        properties: {$ref: '#/components/schemas/ThingProperties'}
    ThingProperties:
      type: object
      properties:
        provisioningState: {type: string, readOnly: true}
        size: {type: integer, format: int32, minimum: 1, maximum: 10, multipleOf: 2}
        code: {type: string, minLength: 2, maxLength: 4, pattern: '^[a-z]+$'}
        marks: {type: array, items: {type: string}, minItems: 1, maxItems: 2, uniqueItems: true}
        date: {type: string, format: date}
        time: {type: string, format: date-time}
        length: {type: string, format: duration}
        uuid: {type: string, format: uuid}
        data: {type: string, format: byte}
        since: {type: integer, format: unixtime}
        share: {type: number, minimum: 0, exclusiveMinimum: true}
    Weight:
      type: object
      required: [grams, code]
      properties:
        grams: {type: integer, minimum: 5, multipleOf: 4}
        code: {type: string, minLength: 40}
"##;

const MANIFEST: &str = "
provider: Microsoft.Things
crate: things
service: Things
title: Things
default: '1'
versions: [{version: '1'}, {version: '2', same-as: '1'}]
";

fn server() -> Server {
    server_of(API)
}

fn server_of(api: &str) -> Server {
    let manifest = Manifest::parse("manifest.yaml", MANIFEST).unwrap();
    let api = description::read("1.yaml", api).unwrap();
    let generated = generate(&manifest, &[api]).unwrap();
    let mut files = generated.files.iter();
    let table = files.find(|file| file.path == "src/fake.json").unwrap();
    Server::new(&Description::parse(&table.text).unwrap())
}

const THING: &str = "/providers/Microsoft.Things/things/one?api-version=2";

async fn put(server: &Server, headers: &[(&str, &str)]) -> FakeResponse {
    let mut all = vec![("content-type", "application/json")];
    all.extend_from_slice(headers);
    ask_with(
        server,
        Method::Put,
        THING,
        &all,
        "{\"properties\":{}}".to_owned(),
    )
    .await
}

#[tokio::test]
async fn etags_are_checked() {
    let server = server();
    let missing = put(&server, &[("if-match", "*")]).await;
    assert_eq!(
        (missing.status, missing.code()),
        (412, "PreconditionFailed")
    );
    let created = put(&server, &[("if-none-match", "*")]).await;
    assert_eq!(created.status, 201);
    assert_eq!(put(&server, &[("if-none-match", "*")]).await.status, 412);
    let read = ask(&server, Method::Get, THING, None).await;
    let tag = read.header("etag").unwrap();
    assert_eq!(read.body["etag"], tag);
    let replaced = put(&server, &[("if-match", tag)]).await;
    assert_eq!(replaced.status, 200);
    assert_ne!(replaced.body["etag"], tag);
    assert_eq!(put(&server, &[("if-match", tag)]).await.status, 412);
}

#[tokio::test]
async fn head_returns_whether_a_resource_exists() {
    let server = server();
    assert_eq!(ask(&server, Method::Head, THING, None).await.status, 404);
    put(&server, &[]).await;
    let there = ask(&server, Method::Head, THING, None).await;
    assert_eq!((there.status, there.body), (204, json!(null)));
}

#[tokio::test]
async fn without_204_deleting_a_missing_resource_fails() {
    let server = server();
    let missing = ask(&server, Method::Delete, THING, None).await;
    assert_eq!((missing.status, missing.code()), (404, "ResourceNotFound"));
    put(&server, &[]).await;
    assert_eq!(ask(&server, Method::Delete, THING, None).await.status, 200);
}

#[tokio::test]
async fn scopes_of_several_segments() {
    let server = server();
    let at = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/g/providers/Microsoft.Things/locks/l?api-version=1";
    let body = json!({"properties": {}});
    assert_eq!(ask(&server, Method::Put, at, Some(body)).await.status, 200);
    let loud = at.to_uppercase().replace("API-VERSION", "api-version");
    let read = ask(&server, Method::Get, &loud, None).await;
    assert_eq!(read.status, 200, "{read:?}");
    assert_eq!(read.body["id"], at.split('?').next().unwrap());
}

#[tokio::test]
async fn creation_without_headers_is_polled_at_the_resource() {
    let server = server();
    server.set_pace(Pace::Polls(1));
    let created = put(&server, &[]).await;
    assert_eq!(created.body["properties"]["provisioningState"], "Creating");
    let state = async || {
        let read = ask(&server, Method::Get, THING, None).await;
        read.body["properties"]["provisioningState"].clone()
    };
    assert_eq!(state().await, "Creating");
    assert_eq!(state().await, "Succeeded");
}

#[tokio::test]
async fn a_status_monitor_can_contain_the_result() {
    let server = server();
    put(&server, &[]).await;
    let weigh = THING.replace('?', "/weigh?");
    let begun = ask(&server, Method::Post, &weigh, None).await;
    assert_eq!(begun.status, 202);
    assert_eq!(begun.header("location"), None);
    let monitor = begun.header("azure-asyncoperation").unwrap();
    let over = ask(&server, Method::Get, monitor, None).await;
    assert_eq!(
        over.body["properties"],
        json!({"grams": 8, "code": "s".repeat(40)})
    );
    let problems = server
        .description()
        .problems("Weight", &over.body["properties"]);
    assert!(problems.is_empty(), "{problems:?}");
}

#[tokio::test]
async fn actions_return_credentials_of_the_requested_kind() {
    let server = server();
    put(&server, &[]).await;
    let at = THING.replace('?', "/startPendingUpload?");
    for (kind, member) in [("AccountKey", "key"), ("SAS", "sasUri")] {
        let body = json!({"credential": {"credentialType": kind}});
        let upload = ask(&server, Method::Post, &at, Some(body)).await;
        let credential = &upload.body["credential"];
        assert_eq!(credential["credentialType"], kind, "{upload:?}");
        assert!(credential[member].is_string(), "{upload:?}");
    }
}

#[tokio::test]
async fn all_rules_are_checked() {
    let server = server();
    let wrong = [
        json!({"size": 0}),
        json!({"size": 11}),
        json!({"size": 3}),
        json!({"size": 2.5}),
        json!({"size": "2"}),
        json!({"code": "a"}),
        json!({"code": "abcde"}),
        json!({"code": "A1"}),
        json!({"marks": []}),
        json!({"marks": ["a", "b", "c"]}),
        json!({"marks": ["a", "a"]}),
        json!({"marks": "a"}),
        json!({"date": "soon"}),
        json!({"time": "1"}),
        json!({"length": "1h"}),
        json!({"uuid": "1"}),
        json!({"data": "%"}),
        json!({"since": "2025"}),
        json!({"share": 0}),
        json!({"share": "x"}),
    ];
    for properties in wrong {
        let body = json!({ "properties": properties });
        let response = ask(&server, Method::Put, THING, Some(body)).await;
        let name = properties.as_object().unwrap().keys().next().unwrap();
        assert_eq!(response.status, 400, "{properties}");
        let target = response.targets()[0];
        assert!(
            target.starts_with(&format!("properties.{name}")),
            "{target}"
        );
    }
    let right = json!({"properties": {
        "size": 4, "code": "abc", "marks": ["a"], "date": "2025-01-31",
        "time": "2025-01-31T10:00:00Z", "length": "PT1H", "data": "YQ==", "since": 5,
        "uuid": "00000000-0000-4000-8000-000000000001", "share": 0.5,
    }});
    assert_eq!(
        ask(&server, Method::Put, THING, Some(right)).await.status,
        201
    );
}

#[test]
fn the_section_fake_of_a_manifest_is_checked() {
    let problems = |section: &str| {
        let text = format!("{MANIFEST}fake: {section}\n");
        let api = description::read("1.yaml", API).unwrap();
        let manifest = Manifest::parse("manifest.yaml", &text);
        let result = manifest.and_then(|manifest| generate(&manifest, &[api]));
        result
            .map(|_| String::new())
            .unwrap_or_else(|problems| problems.to_string())
    };
    assert_eq!(
        problems("{resources: {things: {creates-parent: true}}}"),
        ""
    );
    for (section, told) in [
        (
            "{resources: {nothings: {}}}",
            "manifest.yaml: at /fake/resources/nothings: expected a resource type",
        ),
        (
            "{resources: {things: {versions: {of: versions, latest: a, next: b}}}}",
            "manifest.yaml: at /fake/resources/things: expected a resource type whose resources \
             have versions",
        ),
        (
            "{actions: {Things_Fly: {echo: true}}}",
            "manifest.yaml: at /fake/actions/Things_Fly: expected the ID of an operation",
        ),
        (
            "{samples: {Weight.colour: red}}",
            "manifest.yaml: at /fake/samples/Weight.colour: expected a schema and its member",
        ),
        (
            "{resources: {things: {colour: red}}}",
            "unknown field `colour`",
        ),
    ] {
        let found = problems(section);
        assert!(found.contains(told), "{found}");
    }
}

const VERSIONS: &str = r##"
openapi: 3.0.3
info: {title: Things, version: '1'}
paths:
  /providers/Microsoft.Things/free/weigh:
    post:
      operationId: Free_Weigh
      responses: {'200': {description: d}}
  /providers/Microsoft.Things/fixed/weigh:
    post:
      operationId: Fixed_Weigh
      parameters: [{name: api-version, in: query, required: true, schema: {type: string, enum: ['2015-11-01']}}]
      responses: {'200': {description: d}}
  /providers/Microsoft.Things/usual/weigh:
    post:
      operationId: Usual_Weigh
      parameters: [{name: api-version, in: query, required: true, schema: {type: string}}]
      responses: {'200': {description: d}}
"##;

#[tokio::test]
async fn operations_need_the_version_that_they_describe() {
    let server = server_of(VERSIONS);
    for (target, status) in [
        ("free/weigh", 200),
        ("fixed/weigh?api-version=2015-11-01", 200),
        ("fixed/weigh?api-version=1", 200),
        ("fixed/weigh?api-version=2014-01-01", 400),
        ("fixed/weigh", 400),
        ("usual/weigh?api-version=1", 200),
        ("usual/weigh", 400),
    ] {
        let path = format!("/providers/Microsoft.Things/{target}");
        let response = ask(&server, Method::Post, &path, None).await;
        assert_eq!(response.status, status, "{target}");
    }
}
