//! The client and the scopes, which return the clients of operation groups.

use crate::path_template::PathTemplate;

/// The client, which returns scopes and the clients of groups.
#[derive(Clone, Debug)]
pub struct Client {
    /// Name of the client type, such as `MachineLearningClient`.
    pub type_name: String,
    /// Beginning of the paths in a subscription, if the service has any.
    pub subscription: Option<ScopePath>,
    /// URL of the endpoint, if it has placeholders.
    pub endpoint: Option<ScopePath>,
    /// Operation groups that the client has accessors for: indices into
    /// [`Service::groups`](super::Service::groups).
    pub groups: Vec<usize>,
    /// Scopes that the client has methods for: indices into
    /// [`Service::scopes`](super::Service::scopes).
    pub scopes: Vec<usize>,
}

/// The beginning of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// None: the path is the same in all subscriptions.
    Tenant,
    /// The path of the client's subscription.
    Subscription,
}

/// The calls from the client to an operation group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// Beginning of the paths of the group.
    pub root: Root,
    /// Calls from the client to the scope of the group, in order.
    pub steps: Vec<RouteStep>,
    /// Number of placeholders that the calls fill, including that of the subscription.
    pub placeholders: usize,
}

/// A call that returns a scope, on the client or on the scope above.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteStep {
    /// The scope that is returned: an index into [`Service::scopes`](super::Service::scopes).
    pub scope: usize,
    /// Name of the method that is called.
    pub method: String,
    /// Arguments of the call.
    pub arguments: Vec<RouteArgument>,
}

/// An argument of a call that returns a scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RouteArgument {
    /// Name of the argument, in snake case.
    pub name: String,
    /// Zero-based index of the placeholder in the whole path that the argument fills.
    pub placeholder: usize,
}

/// Part of a path template with the arguments that fill it.
#[derive(Clone, Debug)]
pub struct ScopePath {
    /// The part of the path template.
    pub template: PathTemplate,
    /// Arguments that fill the placeholders, in their order.
    pub arguments: Vec<ScopeArgument>,
}

/// An argument that fills a placeholder of a scope's template.
#[derive(Clone, Debug)]
pub struct ScopeArgument {
    /// Name of the argument, in snake case.
    pub name: String,
    /// Name of the parameter on the wire.
    pub wire: String,
    /// Name of the constant that describes the parameter, if it has rules.
    pub constant: Option<String>,
    /// Documentation of the parameter, limits included.
    pub docs: String,
}

/// A scope: a part of the resource hierarchy, such as one resource.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Name of the scope type, such as `WorkspaceScope`.
    pub type_name: String,
    /// Name of the resource in the description, if the scope has another name.
    pub alias: Option<String>,
    /// Name of the method that returns the scope, on the client or on the scope above.
    pub method: String,
    /// Name of the client's method that creates the scope from a resource ID.
    pub from_id: String,
    /// Beginning of the path of the scope.
    pub root: Root,
    /// The part of the scope's path that follows the path of the scope above.
    pub path: ScopePath,
    /// The whole path, for scopes that are created from a resource ID.
    pub template: PathTemplate,
    /// Documentation of the scope type.
    pub docs: String,
    /// Documentation of the method that returns the scope.
    pub method_docs: String,
    /// Documentation of the method that creates the scope from a resource ID.
    pub from_id_docs: String,
    /// Operation groups that the scope has accessors for: indices into
    /// [`Service::groups`](super::Service::groups).
    pub groups: Vec<usize>,
    /// Scopes that this scope has methods for: indices into
    /// [`Service::scopes`](super::Service::scopes).
    pub scopes: Vec<usize>,
    /// Cargo features of which any needs the scope; empty if it has no condition.
    pub features: Vec<String>,
}
