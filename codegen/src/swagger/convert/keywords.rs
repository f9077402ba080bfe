//! Keywords of schemas and parameters, by what becomes of them.

/// Keys that say something about one use of a schema, not about the schema itself.
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

/// Keys that limit values, the same in both formats, in schemas and parameters alike.
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

/// Further keys of a schema that mean the same in both formats.
const SAME: [&str; 7] = [
    "format",
    "default",
    "maxProperties",
    "minProperties",
    "example",
    "externalDocs",
    "xml",
];

/// Further keys of a parameter or header that OpenAPI 3.0 has in its schema.
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

/// Whether a key says something about one use of a schema.
pub(super) fn is_of_use(key: &str) -> bool {
    USE_SITE.contains(&key)
}

/// Whether a key of a schema means the same in both formats.
pub(super) fn is_same(key: &str) -> bool {
    LIMITS.contains(&key) || SAME.contains(&key)
}

/// Whether a key of a parameter or header belongs into its schema.
pub(super) fn is_of_schema(key: &str) -> bool {
    LIMITS.contains(&key) || OF_SCHEMA.contains(&key)
}
