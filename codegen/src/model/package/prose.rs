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
            "Client of {title}, which returns its scopes and the clients of operation groups. \
             Clones share one connection pool and one token cache."
        ),
        new: format!(
            "Creates a client that gets tokens from a credential. Fails if an argument or option is \
             not valid, such as an endpoint without https.\n\n{arguments}\
             * `credential` - Where tokens come from, such as those of `azure_identity`.\n\
             * `options` - API version, cloud, retries and the like."
        ),
        without_credential: format!(
            "Creates a client that sends no token: for local test servers, and for proxies that add \
             their own. Fails if an argument or option is not valid.\n\n{arguments}\
             * `options` - At least the endpoint; plain http is allowed here."
        ),
        endpoint_url: endpoint.map_or_else(String::new, endpoint_url),
        inner_client: "What the client is built on: its endpoint, API version and pipeline."
            .to_owned(),
        method_options: "Options of the request itself.".to_owned(),
        parameters: "The parameters of scopes and operations, with the rules they obey.".to_owned(),
        headers: "Headers that responses may carry, typed.".to_owned(),
        response_headers: "Readers of the headers that operations declare. Each fails when the \
                           header is there, but its value is not of the type."
            .to_owned(),
        api_versions: "API versions that this crate knows; a client takes any other string too."
            .to_owned(),
        default_version: "The version that a client speaks unless its options say otherwise."
            .to_owned(),
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
        "Returns the URL `{}` with these values, for [`ArmClientOptions::endpoint`]. Fails when a \
         value breaks a limit or cannot be where it belongs.\n\n{}",
        endpoint.template,
        arguments.join("\n")
    )
}

fn fake(title: &str) -> FakeDocs {
    FakeDocs {
        server: format!(
            "A fake of {title}.\n\n\
             [`arm_fake::Server`] has its methods, such as those that make it slow or make requests \
             fail. Clones share everything."
        ),
        new: "Creates a server without resources.".to_owned(),
        client: "Creates a client that sends its requests to this server, in memory and without a \
                 credential. Fails if a name is empty."
            .to_owned(),
        client_with: "Creates such a client with options of its own. Fails if they are not valid."
            .to_owned(),
        program: format!(
            "Serves a fake of {title} until it is stopped, to clients in any language."
        ),
    }
}

fn proofs() -> ProofDocs {
    ProofDocs {
        tables: "Tables of the generated crate, written with it.".to_owned(),
        calls: "How each operation is called.".to_owned(),
        operations: "Operation ids and their calls.".to_owned(),
        schemas: "Which type each schema became.".to_owned(),
        models: "Schemas, and the round trip of a document through the type of each.".to_owned(),
        unions: "Schemas that are unions, their tags and their kinds.".to_owned(),
        accessors: "Schemas that are unions, their members that have accessors, and how to read \
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
