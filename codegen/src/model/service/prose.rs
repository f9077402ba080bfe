//! Documentation of the items that every generated crate has.

/// Documentation of the items that every crate has.
#[derive(Clone, Debug)]
pub struct ServiceDocs {
    /// The client's module.
    pub client_module: String,
    /// The client.
    pub client: String,
    /// The client's `new`.
    pub new: String,
    /// The client's `without_credential`.
    pub without_credential: String,
    /// The client's `endpoint_url`.
    pub endpoint_url: String,
    /// The client's `client`.
    pub inner_client: String,
    /// The field `method_options` of options.
    pub method_options: String,
    /// The module of parameters.
    pub parameters: String,
    /// The module of header readers.
    pub headers: String,
    /// The trait of header readers.
    pub response_headers: String,
    /// The module of API versions.
    pub api_versions: String,
    /// The constant of the default API version.
    pub default_version: String,
    /// The fake service.
    pub fake: FakeDocs,
    /// The tables for the proofs.
    pub proofs: ProofDocs,
}

/// Documentation of the module and the program of the fake service.
#[derive(Clone, Debug)]
pub struct FakeDocs {
    /// The type `Server`.
    pub server: String,
    /// The server's `new`.
    pub new: String,
    /// The server's `client`.
    pub client: String,
    /// The server's `client_with`.
    pub client_with: String,
    /// The program `arm-fake`.
    pub program: String,
}

/// Documentation of the tables that the proofs of the crate read.
#[derive(Clone, Debug)]
pub struct ProofDocs {
    /// The module of all tables.
    pub tables: String,
    /// The module of calls.
    pub calls: String,
    /// The table `OPERATIONS`.
    pub operations: String,
    /// The module of schemas.
    pub schemas: String,
    /// The table `MODELS`.
    pub models: String,
    /// The table `UNIONS`.
    pub unions: String,
    /// The table `ACCESSORS`.
    pub accessors: String,
}
