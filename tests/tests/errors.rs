//! Invalid inputs are reported with file and JSON pointer, and nothing is generated.

use arm_codegen::{
    description,
    json_pointer::JsonPointer,
    manifest::Manifest,
    problem::{Problem, Problems},
};
use arm_tests::generator::{manifest, problems, root, run};
use std::fs;

/// A valid description; each test changes one part of it.
const VALID: &str = "openapi: 3.0.3
info: {title: Small, version: v1}
paths:
  /things/{name}:
    get:
      operationId: Things_Get
      parameters:
        - {name: name, in: path, required: true, schema: {type: string}}
      responses: {'200': {description: Found., content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
    put:
      operationId: Things_Put
      parameters: [{$ref: '#/components/parameters/Name'}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {'200': {$ref: '#/components/responses/Fine'}}
components:
  parameters:
    Name: {name: name, in: path, required: true, schema: {type: string}}
  responses:
    Fine: {description: Fine.}
  schemas:
    Thing: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {Small: '#/components/schemas/Small'}}}
    Small: {allOf: [{$ref: '#/components/schemas/Thing'}], properties: {size: {type: integer}}}
    Plain: {type: string}
";

/// Returns the valid description with one text, which occurs once in it, replaced.
fn with(old: &str, new: &str) -> String {
    assert_eq!(VALID.matches(old).count(), 1, "{old}");
    VALID.replacen(old, new, 1)
}

/// Checks the only problem of a text.
fn expect(text: &str, pointer: &str, message: &str) {
    let pointer = JsonPointer::parse(pointer).expect("a pointer");
    let expected = Problem::new("small.yaml", pointer, message);
    assert_eq!(problems(text), [expected], "{text}");
}

/// Checks the problem of a definition that is added to the valid ones.
fn expect_schema(definition: &str, pointer: &str, message: &str) {
    let text = format!("{VALID}    Bad: {definition}\n");
    expect(&text, &format!("/components/schemas/Bad{pointer}"), message);
}

/// Checks that the only problem of a text begins with `message` and concerns the whole file.
fn expect_text(text: &str, message: &str) {
    match problems(text).as_slice() {
        [problem] => {
            assert_eq!(
                (problem.file.as_str(), problem.pointer.as_str()),
                ("small.yaml", "")
            );
            assert!(problem.message.contains(message), "{problem}");
        }
        several => panic!("{several:?}"),
    }
}

#[test]
fn the_valid_description_has_no_problem() {
    assert!(run(VALID).is_ok());
}

// References.

#[test]
fn dangling_reference() {
    expect_schema(
        "{$ref: '#/components/schemas/None'}",
        "/$ref",
        "the target of the reference \"#/components/schemas/None\" does not exist",
    );
}

#[test]
fn reference_to_another_file() {
    expect_schema(
        "{type: array, items: {$ref: 'common.yaml#/Thing'}}",
        "/items/$ref",
        "expected a reference inside this file, found \"common.yaml#/Thing\"",
    );
}

#[test]
fn reference_to_another_section() {
    expect_schema(
        "{$ref: '#/components/parameters/Name'}",
        "/$ref",
        "expected a reference to `#/components/schemas/NAME`, found \"#/components/parameters/Name\"",
    );
}

#[test]
fn reference_into_a_schema() {
    expect_schema(
        "{properties: {x: {$ref: '#/components/schemas/Thing/properties/kind'}}}",
        "/properties/x/$ref",
        "expected a reference to `#/components/schemas/NAME`, \
         found \"#/components/schemas/Thing/properties/kind\"",
    );
}

#[test]
fn reference_that_is_not_text() {
    expect_schema(
        "{$ref: 7}",
        "/$ref",
        "expected a reference, which is a string",
    );
}

#[test]
fn parameters_that_refer_to_each_other() {
    let text = with(
        "  parameters:\n    Name:",
        "  parameters:\n    Here: {$ref: '#/components/parameters/There'}\n    \
         There: {$ref: '#/components/parameters/Here'}\n    Name:",
    );
    let message = "the reference has no value, only other references; define a value";
    let expected = ["Here", "There"].map(|name| {
        let pointer = JsonPointer::from(["components", "parameters", name, "$ref"]);
        Problem::new("small.yaml", pointer, message)
    });
    assert_eq!(problems(&text), expected);
}

// Schemas.

#[test]
fn schema_that_is_not_an_object() {
    expect_schema("[string]", "", "expected a schema, which is an object");
}

#[test]
fn unknown_type() {
    expect_schema(
        "{type: text}",
        "/type",
        "unknown type \"text\"; expected one of object, array, string, integer, number, boolean",
    );
}

#[test]
fn several_types_are_openapi_3_1() {
    expect_schema(
        "{type: [string, 'null']}",
        "/type",
        "unknown type a list; expected one of object, array, string, integer, number, boolean",
    );
}

#[test]
fn unknown_type_in_a_response() {
    expect(
        &with(
            "    Fine: {description: Fine.}",
            "    Fine: {description: Fine., content: {application/json: {schema: {type: file}}}}",
        ),
        "/components/responses/Fine/content/application~1json/schema/type",
        "unknown type \"file\"; expected one of object, array, string, integer, number, boolean",
    );
}

#[test]
fn array_without_items() {
    expect_schema("{type: array}", "", "expected an array schema with `items`");
}

#[test]
fn items_that_are_not_an_object() {
    expect_schema(
        "{type: array, items: [{type: string}]}",
        "/items",
        "expected an object, found a list",
    );
}

#[test]
fn properties_that_are_a_list() {
    expect_schema(
        "{type: object, properties: [{name: x}]}",
        "/properties",
        "expected an object, found a list",
    );
}

#[test]
fn property_that_is_not_a_schema() {
    expect_schema(
        "{type: object, properties: {a/b: string}}",
        "/properties/a~1b",
        "expected a schema, which is an object",
    );
}

#[test]
fn additional_properties_that_are_not_a_schema() {
    expect_schema(
        "{type: object, additionalProperties: 'yes'}",
        "/additionalProperties",
        "expected an object, found \"yes\"",
    );
}

#[test]
fn limit_that_is_not_a_number() {
    expect_schema(
        "{type: string, minLength: -1}",
        "/minLength",
        "expected a whole number that is not negative, found -1",
    );
}

#[test]
fn flag_that_is_not_a_boolean() {
    expect_schema(
        "{type: string, readOnly: 'true'}",
        "/readOnly",
        "expected true or false, found \"true\"",
    );
}

#[test]
fn required_that_is_not_a_list() {
    expect_schema(
        "{type: object, required: true, properties: {x: {type: string}}}",
        "/required",
        "expected a list, found true",
    );
}

#[test]
fn required_that_lists_a_number() {
    expect_schema(
        "{type: object, required: [7], properties: {x: {type: string}}}",
        "/required/0",
        "expected a property's name, found 7",
    );
}

#[test]
fn required_that_names_no_property() {
    expect_schema(
        "{type: object, required: [x, y], properties: {x: {type: string}}}",
        "/required/1",
        "\"y\" is required, but no property has that name",
    );
}

#[test]
fn required_in_an_inline_object() {
    expect_schema(
        "{type: object, properties: {x: {type: object, required: [y], properties: {z: {type: string}}}}}",
        "/properties/x/required/0",
        "\"y\" is required, but no property has that name",
    );
}

#[test]
fn required_may_name_a_property_of_a_base_or_a_sibling() {
    let sibling = "{allOf: [{$ref: '#/components/schemas/Small'}, {required: [size, x]}, {properties: {x: {type: string}}}]}";
    assert!(run(&format!("{VALID}    Good: {sibling}\n")).is_ok());
}

#[test]
fn required_in_a_part_names_no_property() {
    expect_schema(
        "{allOf: [{$ref: '#/components/schemas/Small'}, {required: [nothing]}]}",
        "/required",
        "\"nothing\" is required, but no property has that name",
    );
}

#[test]
fn empty_enum() {
    expect_schema(
        "{type: string, enum: []}",
        "/enum",
        "expected at least one value",
    );
}

#[test]
fn enum_that_is_not_a_list() {
    expect_schema(
        "{type: string, enum: a}",
        "/enum",
        "expected a list, found \"a\"",
    );
}

#[test]
fn enum_value_of_another_type() {
    expect_schema(
        "{type: string, enum: [a, true]}",
        "/enum/1",
        "expected a string, in quotes if necessary, found true",
    );
}

#[test]
fn enum_value_out_of_range() {
    expect_schema(
        "{type: integer, format: int32, enum: [1, 2147483648]}",
        "/enum/1",
        "expected a whole number of 32 bits, found 2147483648",
    );
}

#[test]
fn enum_value_twice() {
    expect_schema(
        "{type: string, enum: [a, b, a]}",
        "/enum/2",
        "the value \"a\" appears twice",
    );
}

#[test]
fn empty_all_of() {
    expect_schema(
        "{allOf: []}",
        "/allOf",
        "expected at least one schema in the list",
    );
}

#[test]
fn base_of_itself() {
    expect_schema(
        "{allOf: [{$ref: '#/components/schemas/Bad'}]}",
        "/allOf",
        "the schema is its own base; break the cycle of `allOf`",
    );
}

#[test]
fn base_of_itself_through_others() {
    // Through an inline schema and through an alias.
    let text = format!(
        "{VALID}    A: {{allOf: [{{allOf: [{{$ref: '#/components/schemas/B'}}]}}]}}\n    \
         B: {{$ref: '#/components/schemas/C'}}\n    \
         C: {{properties: {{x: {{type: string}}}}, allOf: [{{$ref: '#/components/schemas/A'}}]}}\n"
    );
    let found = problems(&text);
    let pointers: Vec<&str> = found
        .iter()
        .map(|problem| problem.pointer.as_str())
        .collect();
    let expected = ["A/allOf", "B/$ref", "C/allOf"].map(|at| format!("/components/schemas/{at}"));
    assert_eq!(pointers, expected);
    assert_eq!(
        found[0].message,
        "the schema is its own base; break the cycle of `allOf`"
    );
}

#[test]
fn alias_of_itself() {
    expect_schema(
        "{$ref: '#/components/schemas/Bad'}",
        "/$ref",
        "the schema refers to itself; define a type",
    );
}

#[test]
fn list_of_itself() {
    expect_schema(
        "{type: array, items: {type: object, properties: {}, additionalProperties: {$ref: '#/components/schemas/Bad'}}}",
        "",
        "the list or map contains itself; add an object with properties in between",
    );
}

#[test]
fn chain_that_is_too_long() {
    let mut text = VALID.to_owned();
    for number in 0..2000 {
        let next = number + 1;
        text.push_str(&format!(
            "    C{number}: {{allOf: [{{$ref: '#/components/schemas/C{next}'}}]}}\n"
        ));
    }
    text.push_str("    C2000: {type: object, properties: {x: {type: string}}}\n");
    let found = problems(&text);
    assert_eq!(found[0].pointer, "/components/schemas/C0");
    assert_eq!(
        found[0].message,
        "the chain of references from this schema is longer than 64"
    );
}

#[test]
fn bases_that_double_at_each_step_are_quick() {
    let mut text = VALID.to_owned();
    for number in 0..40 {
        let next = format!("{{$ref: '#/components/schemas/D{}'}}", number + 1);
        text.push_str(&format!("    D{number}: {{allOf: [{next}, {next}]}}\n"));
    }
    text.push_str("    D40: {type: object, properties: {x: {type: string}}}\n");
    assert!(run(&text).is_ok());
}

// Discriminators.

#[test]
fn discriminator_without_property_name() {
    expect(
        &with("{propertyName: kind, mapping:", "{mapping:"),
        "/components/schemas/Thing/discriminator",
        "expected a discriminator with a `propertyName`",
    );
}

#[test]
fn discriminator_without_property() {
    expect(
        &with(
            "{propertyName: kind, mapping:",
            "{propertyName: type, mapping:",
        ),
        "/components/schemas/Thing/discriminator/propertyName",
        "the schema has no property \"type\" for its discriminator",
    );
}

#[test]
fn dangling_mapping() {
    expect(
        &with(
            "{Small: '#/components/schemas/Small'}",
            "{a/b: '#/components/schemas/None'}",
        ),
        "/components/schemas/Thing/discriminator/mapping/a~1b",
        "the target of the reference \"#/components/schemas/None\" does not exist",
    );
}

#[test]
fn mapping_to_a_schema_that_does_not_derive() {
    expect(
        &with(
            "{Small: '#/components/schemas/Small'}",
            "{Small: '#/components/schemas/Plain'}",
        ),
        "/components/schemas/Thing/discriminator/mapping/Small",
        "\"#/components/schemas/Plain\" must derive from this schema with `allOf`",
    );
}

// Operations.

#[test]
fn two_operations_with_one_id() {
    expect(
        &with("operationId: Things_Put", "operationId: Things_Get"),
        "/paths/~1things~1{name}/put/operationId",
        "operation ID \"Things_Get\" is already used by /paths/~1things~1{name}/get",
    );
}

#[test]
fn missing_operation_id() {
    expect(
        &with("      operationId: Things_Get\n", ""),
        "/paths/~1things~1{name}/get",
        "expected an `operationId`",
    );
}

#[test]
fn path_item_that_is_not_an_object() {
    expect(
        &with("components:\n", "  /other: []\ncomponents:\n"),
        "/paths/~1other",
        "expected an object with the path's operations",
    );
}

#[test]
fn operation_that_is_not_an_object() {
    expect(
        &with(
            "components:\n",
            "  /other: {get: Things_Other}\ncomponents:\n",
        ),
        "/paths/~1other/get",
        "expected an operation, which is an object",
    );
}

#[test]
fn placeholder_without_parameter() {
    let put = "      parameters: [{$ref: '#/components/parameters/Name'}]\n";
    expect(
        &with(put, ""),
        "/paths/~1things~1{name}/put/parameters",
        "the path has {name}, but no parameter of that name",
    );
}

#[test]
fn parameter_without_placeholder() {
    expect(
        &with(
            "        - {name: name, in: path,",
            "        - {name: other, in: path, schema: {type: string}}\n        - {name: name, in: path,",
        ),
        "/paths/~1things~1{name}/get/parameters",
        "path parameter \"other\" has no {other} in the path",
    );
}

/// Checks the problem of a path without operations.
fn expect_path(path: &str, message: &str) {
    let text = with("components:\n", &format!("  '{path}': {{}}\ncomponents:\n"));
    expect(
        &text,
        &format!("/paths/{}", path.replace('/', "~1")),
        message,
    );
}

#[test]
fn path_without_slash() {
    expect_path("other", "expected a path that begins with a slash");
}

#[test]
fn path_with_an_open_brace() {
    expect_path(
        "/subscriptions/{id",
        "expected as many opening as closing braces",
    );
}

#[test]
fn path_with_a_placeholder_twice() {
    expect_path("/{a}/{a}", "{a} appears twice in the path");
}

/// Checks the problem of a parameter of the first operation.
fn expect_parameter(parameter: &str, pointer: &str, message: &str) {
    let valid = "        - {name: name, in: path,";
    let text = with(valid, &format!("        - {parameter}\n{valid}"));
    let pointer = format!("/paths/~1things~1{{name}}/get/parameters/0{pointer}");
    expect(&text, &pointer, message);
}

#[test]
fn parameter_without_name() {
    expect_parameter(
        "{in: query, schema: {type: string}}",
        "",
        "expected a parameter with a `name`",
    );
}

#[test]
fn parameter_without_schema() {
    expect_parameter(
        "{name: x, in: query}",
        "",
        "expected a parameter with a `schema`",
    );
}

#[test]
fn parameter_in_an_unknown_location() {
    expect_parameter(
        "{name: x, in: body, schema: {type: string}}",
        "/in",
        "expected `in` path, query or header, found \"body\"",
    );
}

#[test]
fn parameter_in_a_cookie() {
    expect_parameter(
        "{name: x, in: cookie, schema: {type: string}}",
        "/in",
        "expected `in` path, query or header, found \"cookie\"",
    );
}

#[test]
fn shared_parameter_without_schema() {
    expect(
        &with(
            "    Name: {name: name, in: path, required: true, schema: {type: string}}",
            "    Name: {name: name, in: path}",
        ),
        "/components/parameters/Name",
        "expected a parameter with a `schema`",
    );
}

#[test]
fn parameters_that_are_not_a_list() {
    expect(
        &with(
            "  /things/{name}:\n",
            "  /things/{name}:\n    parameters: {}\n",
        ),
        "/paths/~1things~1{name}/parameters",
        "expected a list, found an object",
    );
}

#[test]
fn operation_without_responses() {
    let text = with(
        "      responses: {'200': {$ref: '#/components/responses/Fine'}}\n",
        "",
    );
    expect(
        &text,
        "/paths/~1things~1{name}/put/responses",
        "expected an object `responses` with at least one response",
    );
}

#[test]
fn empty_responses() {
    expect(
        &with("{'200': {$ref: '#/components/responses/Fine'}}", "{}"),
        "/paths/~1things~1{name}/put/responses",
        "expected an object `responses` with at least one response",
    );
}

#[test]
fn response_without_a_status_code() {
    expect(
        &with(
            "{'200': {$ref: '#/components/responses/Fine'}}",
            "{ok: {description: Fine.}}",
        ),
        "/paths/~1things~1{name}/put/responses/ok",
        "expected a status code, 2XX or default, found \"ok\"",
    );
}

#[test]
fn response_without_description() {
    expect(
        &with("    Fine: {description: Fine.}", "    Fine: {content: {}}"),
        "/components/responses/Fine",
        "expected a response with a `description`",
    );
}

#[test]
fn body_without_content() {
    expect(
        &with(
            "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}",
            "requestBody: {required: true}",
        ),
        "/paths/~1things~1{name}/put/requestBody",
        "expected a request body with `content`",
    );
}

#[test]
fn final_state_of_a_type_that_does_not_exist() {
    expect(
        &with(
            "      operationId: Things_Put\n",
            "      operationId: Things_Put\n      x-ms-long-running-operation-options: \
             {final-state-schema: '#/definitions/Thing'}\n",
        ),
        "/paths/~1things~1{name}/put/x-ms-long-running-operation-options/final-state-schema",
        "the target of the reference \"#/definitions/Thing\" does not exist",
    );
}

// Documents.

#[test]
fn text_that_is_not_yaml() {
    expect_text("openapi: 3.0.3\npaths: [\n", "not valid YAML: ");
    expect_text("openapi: 3.0.3\npaths: [\n", "at line 3 column 1");
}

#[test]
fn key_that_occurs_twice() {
    let text = with(
        "    Plain: {type: string}",
        "    Plain: {type: string}\n    Plain: {type: integer}",
    );
    expect_text(&text, "the key `Plain` appears twice in one object");
    expect_text(&text, "not valid YAML: components.schemas: ");
}

#[test]
fn nesting_that_is_too_deep() {
    let text = format!(
        "{VALID}    Deep: {}{}\n",
        "{items: ".repeat(10_000),
        "}".repeat(10_000)
    );
    expect_text(&text, "not valid YAML: ");
}

#[test]
fn anchors_that_multiply() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for number in 1..12 {
        let last = format!("*a{}", number - 1);
        let all = [last.as_str(); 10].join(", ");
        text.push_str(&format!("a{number}: &a{number} [{all}]\n"));
    }
    expect_text(&text, "not valid YAML: ");
}

#[test]
fn openapi_3_1() {
    let text = with("openapi: 3.0.3", "openapi: 3.1.0");
    expect(&text, "/openapi", "expected OpenAPI 3.0, found \"3.1.0\"");
}

#[test]
fn swagger_2_0() {
    expect(
        "{swagger: '2.0', paths: {}}",
        "/openapi",
        "this is Swagger 2.0; `cargo xtask import` converts it to OpenAPI 3.0",
    );
}

#[test]
fn neither_openapi_nor_swagger() {
    for text in ["", "[]", "just text", "{}", "openapi:"] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text:?}");
        assert_eq!(found[0].pointer, "/openapi", "{text:?}");
        assert!(
            found[0].message.starts_with("expected"),
            "{text:?}: {}",
            found[0].message
        );
    }
}

#[test]
fn no_paths() {
    expect(
        "{openapi: 3.0.3, info: {title: T, version: v1}}",
        "/paths",
        "expected an object `paths`",
    );
}

#[test]
fn no_info() {
    expect(
        "{openapi: 3.0.3, paths: {}}",
        "/info",
        "expected an object `info`",
    );
}

#[test]
fn info_without_version() {
    expect(
        "{openapi: 3.0.3, info: {title: T}, paths: {}}",
        "/info",
        "expected a string `version`",
    );
}

#[test]
fn components_that_are_a_list() {
    expect(
        "{openapi: 3.0.3, info: {title: T, version: v1}, paths: {}, components: {schemas: []}}",
        "/components/schemas",
        "expected an object, found a list",
    );
}

#[test]
fn all_problems_are_reported_in_one_run() {
    let text = with("operationId: Things_Put", "operationId: Things_Get")
        .replace("Plain: {type: string}", "Plain: {type: text}")
        .replace("{type: integer}", "{$ref: '#/nowhere'}");
    let text = Problems(problems(&text)).to_string();
    insta::assert_snapshot!(text, @r##"
    small.yaml: at /components/schemas/Small/properties/size/$ref: the target of the reference "#/nowhere" does not exist
    small.yaml: at /paths/~1things~1{name}/put/operationId: operation ID "Things_Get" is already used by /paths/~1things~1{name}/get
    small.yaml: at /components/schemas/Plain/type: unknown type "text"; expected one of object, array, string, integer, number, boolean
    "##);
}

#[test]
fn numbers_as_status_codes_are_accepted() {
    let text = with(
        "{'200': {$ref: '#/components/responses/Fine'}}",
        "{200: {description: Fine.}}",
    );
    assert!(run(&text).is_ok());
}

// Manifests.

const MANIFEST: &str = "provider: Contoso.Test
crate: contoso_small
service: Small
title: Small
default: v2
versions: [{version: v1}, {version: v2}, {version: v3, same-as: v2}]
";

fn expect_manifest(old: &str, new: &str, pointer: &str, message: &str) {
    assert_eq!(MANIFEST.matches(old).count(), 1, "{old}");
    let text = MANIFEST.replacen(old, new, 1);
    let Err(Problems(found)) = Manifest::parse("manifest.yaml", &text) else {
        panic!("no problem in\n{text}");
    };
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].file.as_str(), found[0].pointer.as_str()),
        ("manifest.yaml", pointer)
    );
    assert!(found[0].message.contains(message), "{}", found[0]);
}

#[test]
fn the_valid_manifest_has_no_problem() {
    let manifest = Manifest::parse("manifest.yaml", MANIFEST).expect("a valid manifest");
    assert_eq!(manifest.described().collect::<Vec<_>>(), ["v1", "v2"]);
}

#[test]
fn read_only_operations_that_do_not_exist() {
    let description = description::read("small.yaml", VALID).expect("a valid description");
    let mut manifest = manifest("small");
    for id in ["Things_Gone", "Things_Get"] {
        manifest.read_only.insert(id.to_owned(), true);
    }
    let Err(Problems(found)) = arm_codegen::generate(&manifest, &[description]) else {
        panic!("no problem");
    };
    let expected = ["Things_Get", "Things_Gone"].map(|id| {
        let message =
            format!("expected the ID of a POST operation, found {id:?}; correct or remove it");
        Problem::new("manifest.yaml", ["read-only", id], message)
    });
    assert_eq!(found, expected);
}

#[test]
fn examples_that_do_not_exist() {
    let description = description::read("small.yaml", VALID).expect("a valid description");
    let mut manifest = manifest("small");
    manifest.examples.list = Some("Things_Get".to_owned());
    manifest.examples.create = Some("Things_Gone".to_owned());
    for (union, kind) in [("Thing", "Small"), ("Small", "Thing"), ("Gone", "Small")] {
        let kinds = &mut manifest.examples.kinds;
        kinds.insert(union.to_owned(), kind.to_owned());
    }
    let values = &mut manifest.examples.values;
    values.insert("Thing".to_owned(), "Big".to_owned());
    let Err(Problems(found)) = arm_codegen::generate(&manifest, &[description]) else {
        panic!("no problem");
    };
    let kind = "expected a schema with a discriminator, and the schema of one of its kinds";
    let operation = "expected the ID of an operation, found \"Things_Gone\"; \
                     correct or remove it";
    let expected = [
        Problem::new("manifest.yaml", ["examples", "create"], operation),
        Problem::new(
            "manifest.yaml",
            ["examples", "kinds", "Gone"],
            format!("{kind}, found \"Small\"; correct or remove it"),
        ),
        Problem::new(
            "manifest.yaml",
            ["examples", "kinds", "Small"],
            format!("{kind}, found \"Thing\"; correct or remove it"),
        ),
        Problem::new(
            "manifest.yaml",
            ["examples", "values", "Thing"],
            "expected a schema of an enum, and one of its values, found \"Big\"; correct or remove it",
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn default_that_is_not_a_version() {
    expect_manifest(
        "default: v2",
        "default: v4",
        "/default",
        "the default v4 is not among the versions",
    );
}

#[test]
fn same_as_an_unknown_version() {
    let message = "v4 is not a version with a description of its own";
    expect_manifest("same-as: v2", "same-as: v4", "/versions/2/same-as", message);
}

#[test]
fn same_as_itself() {
    let message = "v3 is not a version with a description of its own";
    expect_manifest("same-as: v2", "same-as: v3", "/versions/2/same-as", message);
}

#[test]
fn unknown_key() {
    expect_manifest(
        "title: Small",
        "title: Small\nauthor: me",
        "",
        "unknown field `author`",
    );
}

#[test]
fn missing_key() {
    expect_manifest("title: Small\n", "", "", "missing field `title`");
}

#[test]
fn manifest_that_is_not_yaml() {
    expect_manifest("title: Small", "title: \"Small", "", "at line 7 column 1");
}

#[test]
fn version_that_occurs_twice() {
    expect_manifest(
        "{version: v1}",
        "{version: v2}",
        "/versions/1/version",
        "each version once",
    );
}

#[test]
fn version_with_a_path() {
    let version = "{version: ../../secrets}";
    expect_manifest(
        "{version: v1}",
        version,
        "/versions/0/version",
        "expected an API version",
    );
}

#[test]
fn names_that_a_crate_cannot_have() {
    expect_manifest(
        "contoso_small",
        "'1 crate'",
        "/crate",
        "and no keyword, found \"1 crate\"",
    );
    expect_manifest(
        "service: Small",
        "service: my client",
        "/service",
        "expected a name in UpperCamelCase",
    );
    expect_manifest(
        "title: Small",
        "title: \"two\\nlines\"",
        "/title",
        "expected one line",
    );
}

#[test]
fn outputs_outside_the_repository() {
    for (key, folder) in [
        ("output", "../elsewhere"),
        ("output", "/tmp"),
        ("output", "''"),
        ("proofs", "a//b"),
    ] {
        expect_manifest(
            "title: Small",
            &format!("title: Small\n{key}: {folder}"),
            &format!("/{key}"),
            "expected a folder inside the repository such as generated",
        );
    }
}

// Folders.

/// Creates a separate folder for a test.
fn folder(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("errors")
        .join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("a folder to remove");
    }
    fs::create_dir_all(&folder).expect("a folder to write to");
    for (name, text) in files {
        fs::write(folder.join(name), text).expect("a file to write");
    }
    folder
}

#[test]
fn folder_without_manifest() {
    let folder = folder("without_manifest", &[]);
    let Err(Problems(found)) = arm_codegen::generate_folder(&folder) else {
        panic!("no problem");
    };
    let file = folder.join("manifest.yaml").display().to_string();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].file, found[0].pointer.as_str()), (&file, ""));
}

#[test]
fn missing_description_and_invalid_description() {
    let wrong = VALID.replace("Plain: {type: string}", "Plain: {type: text}");
    let folder = folder(
        "not_there",
        &[("manifest.yaml", MANIFEST), ("v2.yaml", &wrong)],
    );
    let Err(Problems(found)) = arm_codegen::generate_folder(&folder) else {
        panic!("no problem");
    };
    let files: Vec<&str> = found.iter().map(|problem| problem.file.as_str()).collect();
    let expected = ["v1.yaml", "v2.yaml"].map(|name| folder.join(name).display().to_string());
    assert_eq!(files, expected);
    assert_eq!(found[1].pointer, "/components/schemas/Plain/type");
}

#[test]
fn description_of_another_version() {
    let manifest = MANIFEST.replace("{version: v1}, ", "");
    let folder = folder(
        "another_version",
        &[("manifest.yaml", &manifest), ("v2.yaml", VALID)],
    );
    let Err(Problems(found)) = arm_codegen::generate_folder(&folder) else {
        panic!("no problem");
    };
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].pointer, "/info/version");
    assert_eq!(
        found[0].message,
        "the manifest lists this file as version v2, but it describes v1"
    );
}

#[test]
fn the_descriptions_in_specs_are_valid() {
    let folder = root().join("specs/machinelearningservices");
    for version in ["2025-09-01", "2025-12-01", "2026-05-15-preview"] {
        let text = fs::read_to_string(folder.join(format!("{version}.yaml"))).expect("our file");
        assert!(description::read(version, &text).is_ok(), "{version}");
    }
    assert_eq!(manifest("small").crate_name, "contoso_small");
}
