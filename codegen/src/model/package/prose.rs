//! Documentation of the items that every generated crate has.

use crate::{
    manifest::Manifest,
    model::{
        docs,
        groups::scope_tree::ScopeTree,
        service::{ApiVersion, FakeDocs, ProofDocs, ScopePath, ServiceDocs},
    },
};

/// Builds the documentation, given that of the arguments of a client's constructor.
pub(crate) fn service(
    manifest: &Manifest,
    tree: &ScopeTree<'_>,
    endpoint: Option<&ScopePath>,
) -> ServiceDocs {
    let title = &manifest.title;
    let arguments = tree.subscription.iter().flat_map(|path| &path.arguments);
    let arguments: String = arguments
        .map(|own| format!("* `{}` - {}\n", own.name, docs::argument(own.parameter)))
        .collect();
    ServiceDocs {
        client_module: format!("The client of {title}."),
        client: format!(
            "A client of {title}, which returns scopes and the clients of operation groups. \
             Clones share one connection pool and one token cache."
        ),
        new: format!(
            "Creates a client that gets tokens from a credential. Fails if an argument or option is \
             not valid, such as an endpoint without https.\n\n{arguments}\
             * `credential` - Credential that returns tokens, such as one of `azure_identity`.\n\
             * `options` - API version, cloud, retries and other options."
        ),
        without_credential: format!(
            "Creates a client that sends no token, for local test servers and for proxies that add \
             tokens. Fails if an argument or option is not valid.\n\n{arguments}\
             * `options` - Options, which must set the endpoint; plain http is allowed."
        ),
        endpoint_url: endpoint.map_or_else(String::new, endpoint_url),
        inner_client:
            "Returns the client of the runtime, with the endpoint, API version and pipeline."
                .to_owned(),
        method_options: "Options that all methods have, such as the context of the request."
            .to_owned(),
        parameters: "The parameters of scopes and operations, with the rules for their values."
            .to_owned(),
        headers: "Response headers, with types.".to_owned(),
        response_headers:
            "Methods that read response headers. Each fails if the header is present, \
                           but its value is not of the type."
                .to_owned(),
        api_versions:
            "API versions that this crate supports; options of a client accept any other text too."
                .to_owned(),
        default_version: "The API version of clients whose options set none.".to_owned(),
        fake: fake(title),
        proofs: proofs(),
    }
}

fn endpoint_url(endpoint: &ScopePath) -> String {
    let arguments = endpoint.arguments.iter();
    let arguments: Vec<String> = arguments
        .map(|own| format!("* `{}` - {}", own.name, own.docs))
        .collect();
    format!(
        "Returns the URL `{}` with these values, for [`ArmClientOptions::endpoint`]. Fails if a \
         value violates a limit or is not valid in its place.\n\n{}",
        endpoint.template,
        arguments.join("\n")
    )
}

fn fake(title: &str) -> FakeDocs {
    FakeDocs {
        server: format!(
            "A fake of {title}.\n\n\
             Its methods are those of [`arm_fake::Server`], such as `inject`, which makes requests \
             fail. Clones share all state."
        ),
        new: "Creates a server without resources.".to_owned(),
        client: "Creates a client that sends its requests to this server, in memory and without a \
                 credential. Fails if an argument is empty."
            .to_owned(),
        client_with:
            "Creates a client of this server with options. Fails if an argument or option is not \
                      valid."
                .to_owned(),
        program: format!(
            "Serves a fake of {title} over HTTP and HTTPS, for clients in any language, until it is \
             stopped."
        ),
    }
}

fn proofs() -> ProofDocs {
    ProofDocs {
        tables: "Tables of the models and operations of the generated crate.".to_owned(),
        calls: "Calls of all operations.".to_owned(),
        operations: "Operation IDs and the calls of their methods.".to_owned(),
        schemas: "Schemas and their types.".to_owned(),
        models: "Schemas, and the functions that read and write a document with their types."
            .to_owned(),
        unions: "Schemas of unions, with their discriminators and kinds.".to_owned(),
        accessors:
            "Schemas of unions, with the members that have accessors, and functions that call \
                    these."
                .to_owned(),
    }
}

/// Returns the constants of the supported API versions.
pub(crate) fn api_versions(manifest: &Manifest) -> Vec<ApiVersion> {
    let versions = manifest.versions.iter().map(|version| {
        let name = &version.version;
        let words = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        ApiVersion {
            name: name.clone(),
            constant: format!("V{}", words.to_uppercase()),
            docs: match version.preview {
                false => format!("API version {name}."),
                true => format!("API version {name}, a preview."),
            },
        }
    });
    versions.collect()
}
