//! The front page of a crate, on registries and in its documentation.

use super::{
    program::{Expression, Program, Statement},
    rust_type::RustType,
    service::{CallKind, Client, Group, Method, Module, ReadmeBlock, Root},
};
use crate::{manifest::Manifest, resolve::api::Api};

/// Builds the front page.
pub(super) fn build(
    api: &Api,
    manifest: &Manifest,
    client: &Client,
    groups: &[Group],
    modules: &[Module],
) -> Vec<ReadmeBlock> {
    vec![
        ReadmeBlock::Text(introduction(manifest, client, groups, modules)),
        ReadmeBlock::WithCredential(authentication(client)),
        ReadmeBlock::Text(AFTER_AUTHENTICATION.to_owned()),
        ReadmeBlock::WithClient(list(groups).unwrap_or_default()),
        ReadmeBlock::Text(AFTER_LIST.to_owned()),
        ReadmeBlock::WithClient(begin(groups).unwrap_or_default()),
        ReadmeBlock::Text(AFTER_BEGIN.to_owned()),
        ReadmeBlock::Text(versions_and_features(api, manifest, groups)),
    ]
}

fn introduction(
    manifest: &Manifest,
    client: &Client,
    groups: &[Group],
    modules: &[Module],
) -> String {
    let Manifest {
        crate_name,
        title,
        provider,
        ..
    } = manifest;
    let operations: usize = groups.iter().map(|group| group.methods.len()).sum();
    let models: usize = modules.iter().map(|module| module.items.len()).sum();
    let client = &client.type_name;
    format!(
        "# {crate_name}\n\n\
         Client for the management API of {title} (`{provider}`): {operations} operations, \
         {models} models. Everything here is generated; do not edit it by hand.\n\n\
         ## Authentication\n\n\
         `{client}` takes any credential of `azure_identity`, or of your own:"
    )
}

/// Makes a client.
fn authentication(client: &Client) -> Program {
    let subscription = client.subscription.iter();
    let subscription = subscription.map(|_| Expression::Text("subscription-id".to_owned()));
    let credential = Expression::Variable("credential".to_owned());
    let arguments = subscription.chain([credential, Expression::None]).collect();
    let ty = RustType::Client(client.type_name.clone());
    let new = Expression::Function(ty, "new", arguments).tried();
    Program(vec![Statement::Let("client".to_owned(), new)])
}

/// Goes through a list near the client.
fn list(groups: &[Group]) -> Option<Program> {
    let is_near =
        |group: &&Group| group.route.root == Root::Subscription && group.route.steps.is_empty();
    let is_list = |method: &Method| matches!(method.call, CallKind::Pager(..));
    let near = groups.iter().filter(is_near);
    example(near, is_list).or_else(|| example(groups, is_list))
}

/// Waits for an operation that makes something.
fn begin(groups: &[Group]) -> Option<Program> {
    example(groups, |method| {
        matches!(method.call, CallKind::Poller(Some(_), _)) && method.verb == "put"
    })
}

/// The first example of such a method.
fn example<'a>(
    groups: impl IntoIterator<Item = &'a Group>,
    is_wanted: impl Fn(&Method) -> bool,
) -> Option<Program> {
    let mut methods = groups.into_iter().flat_map(|group| &group.methods);
    methods.find_map(|method| method.example.clone().filter(|_| is_wanted(method)))
}

const AFTER_AUTHENTICATION: &str = "\
    Other clouds, retries, proxies and tracing are set in `ArmClientOptions`, which is the \
    last argument.\n\n\
    ## Scopes\n\n\
    Names are given once: a method of the client leads to a scope, such as one resource, and \
    the scope's methods lead to operation groups and to scopes below. A scope can also be made \
    from a resource ID, with the client's methods that end in `_from_id`.\n\n\
    ## Lists\n\n\
    A list is a stream of items that fetches pages as it is read:";

const AFTER_LIST: &str = "\
    `into_pages` gives whole pages; a pager's continuation lets another one go on.\n\n\
    ## Long-running operations\n\n\
    Methods that begin with `begin_` give a poller. Awaiting it gives the result; as a stream it \
    tells the progress; with its continuation token another process goes on, by the method of the \
    same operation that begins with `resume_`.";

const AFTER_BEGIN: &str = "\
    ## Models\n\n\
    Every member is optional: `None` is not written, and what is absent or null reads as \
    `None`. `new` takes the members that a request needs; the others have their defaults. \
    Values and kinds that this crate does not know are kept and written back. Raw JSON \
    (`serde_json::Value`) can be passed wherever a model can; `arm_runtime::merge_patch` \
    computes one with the nulls that remove members.\n\n\
    ## Compatibility\n\n\
    A newer version of this crate may have more members, options, values, kinds, methods and \
    types. Code that keeps to these rules still compiles then:\n\n\
    * Struct literals of models and options end in `..Default::default()`, patterns in `..`.\n\
    * Matches on enums and unions have a wildcard arm; all of them are `#[non_exhaustive]`.\n\
    * Options are named by the type of their method, or passed as `None`.\n\
    * No name is brought into scope by two glob imports.\n\
    * The default features are on.\n\n\
    Everything else that changes a signature, a field or a name is a breaking change.\n\n\
    ## Errors\n\n\
    Arguments and bodies are checked against the description before anything is sent. What the \
    service refuses is an `azure_core` error that shows ARM's code, message, target and \
    details; `arm_runtime::ArmErrorExt` gives them as data.\n\n\
    ## Testing without Azure\n\n\
    With the feature `fake`, `fake::Server::new().client(…)` is a client of an in-memory \
    Resource Manager: it keeps state, validates requests against the description, runs \
    long-running operations by a clock that tests control, fails on demand and logs what it \
    was asked.";

const PREVIEWS: &str = "\n\n\
    ## Previews\n\n\
    Operations that only preview versions have are behind the feature `preview`, and where all of \
    a group are, behind the feature of the group as well: turn on one of them, or `preview` for \
    all. They send the newest preview that has them, unless the client's options name an API \
    version. Members, kinds and values of models that only previews have are always there; their \
    documentation says \"In preview since …\", and they need a client whose options name such a \
    version. An operation or a member that the named version does not have is an error before \
    anything is sent. Previews change and end: what is in preview is not under the promises of \
    the section on compatibility.";

fn versions_and_features(api: &Api, manifest: &Manifest, groups: &[Group]) -> String {
    let has_previews = api.versions.iter().any(|version| version.preview);
    let previews = if has_previews { PREVIEWS } else { "" };
    let versions = manifest.versions.iter();
    let versions: Vec<&str> = versions.map(|version| version.version.as_str()).collect();
    let (versions, default) = (versions.join(", "), &manifest.default);
    let feature = groups.first().map_or("", |group| &group.feature);
    let on = if has_previews {
        "those of stable API versions on"
    } else {
        "all on"
    };
    format!(
        "## API versions\n\n\
         {versions}; {default} unless `ArmClientOptions::api_version` says otherwise, which \
         takes any other string too. What only some versions have says so in its documentation.\n\n\
         ## Features\n\n\
         Each operation group is a Cargo feature, {on} by default. With \
         `default-features = false, features = [\"{feature}\", \"http\"]` only that group and the \
         models it reaches are compiled. Without `http` the crate has no HTTP stack of its own: \
         `ClientOptions::transport` says what to send with. Without `patterns` texts are not checked \
         against the description's patterns before they are sent.{previews}"
    )
}
