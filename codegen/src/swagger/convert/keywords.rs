//! Keywords of schemas and parameters, by how they are converted.

/// Keys that describe one use of a schema, not the schema itself.
const USE_SITE: [&str; 12] = [
    "description",
    "title",
    "example",
    "externalDocs",
    "xml",
    "default",
    "readOnly",
    "x-nullable",
    "x-ms-mutability",
    "x-ms-secret",
    "x-ms-client-flatten",
    "x-ms-client-name",
];

/// Keys that limit values. They are the same in both formats, for schemas and parameters.
const LIMITS: [&str; 10] = [
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
];

/// Further keys of a schema with the same meaning in both formats.
const SAME: [&str; 7] = [
    "format",
    "default",
    "maxProperties",
    "minProperties",
    "example",
    "externalDocs",
    "xml",
];

/// Further keys of a parameter or header that are in its schema in OpenAPI 3.0.
const OF_SCHEMA: [&str; 8] = [
    "type",
    "format",
    "items",
    "default",
    "enum",
    "x-ms-enum",
    "x-nullable",
    "uniqueItems",
];

/// Returns whether a key describes one use of a schema.
pub(super) fn is_of_use(key: &str) -> bool {
    USE_SITE.contains(&key)
}

/// Returns whether a key of a schema has the same meaning in both formats.
pub(super) fn is_same(key: &str) -> bool {
    LIMITS.contains(&key) || SAME.contains(&key)
}

/// Returns whether a key of a parameter or header belongs in its schema.
pub(super) fn is_of_schema(key: &str) -> bool {
    LIMITS.contains(&key) || OF_SCHEMA.contains(&key)
}
