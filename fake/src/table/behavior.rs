//! What a service does beyond its description: the section `fake` of a manifest.
//!
//! Members are named by paths such as `properties.status`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a service does beyond its description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Behavior {
    /// Views of lists, by the schemas of the parameters that choose one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub views: BTreeMap<String, Views>,
    /// By types without the provider, such as `workspaces/jobs`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<String, ResourceBehavior>,
    /// By operation IDs.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, ActionBehavior>,
    /// Values of members that answers without a state show, by `Schema.member`. Texts are
    /// templates, as those of [`ResourceBehavior::members`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub samples: BTreeMap<String, Value>,
    /// What values of `$orderBy` and the like mean: a member, and `desc` after it or not.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub orders: BTreeMap<String, String>,
}

/// The choice between the items of a list that have a flag and those that do not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// The flag, a member of an item's `properties`. Items without it are in the default view.
    pub member: String,
    /// The view that is shown when none is asked for.
    pub default: String,
    /// Value of the flag in each view; other views show everything.
    pub values: BTreeMap<String, bool>,
}

/// What the resources of a type do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResourceBehavior {
    /// Members that the service sets. Texts are templates: `{id}`, `{name}`, `{parent}` (the
    /// parent's name), `{subscription}`, `{group}`, `{tenant}`, `{location}` (its own, or that of
    /// the nearest resource above it), `{guid}` (always the same for an ID), `{created}`,
    /// `{changed}`, and `{now+60}` or `{unix+60}` (so many seconds from now, as date-time or in
    /// seconds since 1970).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<String, Value>,
    /// Members that the service sets where they are not given, in the same way.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub defaults: BTreeMap<String, Value>,
    /// A resource creates its parent if that is not there.
    #[serde(skip_serializing_if = "is_false")]
    pub creates_parent: bool,
    /// The resource shows the versions that are in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    /// The resource cannot be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub immutable: Option<Immutable>,
    /// The resource has a state that moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<States>,
    /// The resource divides something among those in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Shares>,
    /// The resource's name is unique in more than its parent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unique: Option<Unique>,
}

/// Members that show the versions in a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Versions {
    /// Name of the collection, such as `versions`.
    pub of: String,
    /// The member that shows the version that was created last.
    pub latest: String,
    /// The member that shows the number after the greatest.
    pub next: String,
}

/// What cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Immutable {
    /// The members that can be changed nevertheless.
    pub except: Vec<String>,
    /// The error that says so.
    pub error: ServiceError,
}

/// A state that moves by the server's pace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// The member that shows it.
    pub member: String,
    /// The states after creation; the last one stays.
    pub created: Vec<String>,
}

/// A map from the names of the resources below to whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// The map.
    pub member: String,
    /// Name of the collection that its keys are in, such as `deployments`.
    pub among: String,
    /// What the numbers have to add up to, unless all are zero; any sum when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The error when they do not.
    pub error: ServiceError,
}

/// Where else a name must not occur.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unique {
    /// The member that those have in common who must not have a name in common, such as
    /// `location`; all resources of the type when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The error that says so.
    pub error: ServiceError,
}

/// An error as the service has it; the message is the fake's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceError {
    /// HTTP status.
    pub status: u16,
    /// Code of the error.
    pub code: String,
    /// Code of the only entry of its details; no details when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// The secrets that an action shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// The member of the resource that names the kind of its secrets.
    pub kind: String,
    /// The error for resources of other kinds, which have none.
    pub error: ServiceError,
}

/// What an action does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ActionBehavior {
    /// The answer is a kind of secrets, which not every resource has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<Secrets>,
    /// The answer has the members of the request's body.
    #[serde(skip_serializing_if = "is_false")]
    pub echo: bool,
    /// The resource need not be there, but what it would be in is created.
    #[serde(skip_serializing_if = "is_false")]
    pub creates_parent: bool,
    /// The states of the resource from now on; the last one stays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
