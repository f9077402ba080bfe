//! Behavior of a service beyond its description: the section `fake` of a manifest.
//!
//! Members are given by paths such as `properties.status`.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Behavior of a service beyond its description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Behavior {
    /// Views of lists, by the schema of the parameter that selects one.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub views: BTreeMap<String, Views>,
    /// Rules by resource type without the provider, such as `workspaces/jobs`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub resources: BTreeMap<String, ResourceBehavior>,
    /// Rules by operation ID.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, ActionBehavior>,
    /// Values of members in responses without a state, by `Schema.member`. Texts are templates, as
    /// in [`ResourceBehavior::members`].
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub samples: BTreeMap<String, Value>,
    /// Meaning of the values of `$orderBy` and similar parameters: a member, optionally followed by
    /// `desc`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub orders: BTreeMap<String, String>,
}

/// Views that separate the items of a list by the value of a flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Views {
    /// The flag, a member of an item's `properties`. Items without it are in the default view.
    pub member: String,
    /// The view that is shown if none is requested.
    pub default: String,
    /// Value of the flag in each view; other views show everything.
    pub values: BTreeMap<String, bool>,
}

/// Behavior of the resources of a type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ResourceBehavior {
    /// Members that the service sets. Texts are templates: `{id}`, `{name}`, `{parent}` (the
    /// parent's name), `{subscription}`, `{group}`, `{tenant}`, `{location}` (its own, or that of
    /// its nearest parent with one), `{guid}` (depends only on the ID), `{created}`, `{changed}`,
    /// and `{now+60}` or `{unix+60}` (this many seconds from now, as date-time or in seconds since
    /// 1970).
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<String, Value>,
    /// Members that the service sets if clients do not, in the same form.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub defaults: BTreeMap<String, Value>,
    /// Whether a resource creates its parent if that does not exist.
    #[serde(skip_serializing_if = "is_false")]
    pub creates_parent: bool,
    /// Members that show the versions in this container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    /// Rules if the resource cannot be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub immutable: Option<Immutable>,
    /// Rules if the resource has a state that changes over time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<States>,
    /// Rules if the resource divides a total among its children.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<Shares>,
    /// Rules if the resource's name is unique in a wider scope than its parent.
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

/// Rules of a resource that cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Immutable {
    /// The members that can be changed nevertheless.
    pub except: Vec<String>,
    /// The error for other changes.
    pub error: ServiceError,
}

/// A state that changes at the server's pace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// The member that shows it.
    pub member: String,
    /// The states after creation; the last one remains.
    pub created: Vec<String>,
}

/// A map from the names of child resources to whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shares {
    /// The map.
    pub member: String,
    /// Name of the child collection of its keys, such as `deployments`.
    pub among: String,
    /// The required sum of the numbers, unless all are zero; any sum if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The error for another sum.
    pub error: ServiceError,
}

/// The scope in which a name must be unique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unique {
    /// The member whose value defines the scope: resources with the same value, such as the same
    /// `location`, must have different names. If absent, the scope is all resources of the type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The error for a name that is already used.
    pub error: ServiceError,
}

/// An error as the service returns it. The message is the fake's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceError {
    /// HTTP status.
    pub status: u16,
    /// Code of the error.
    pub code: String,
    /// Code of the only entry in its details; no details if absent.
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

/// Behavior of an action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct ActionBehavior {
    /// Rules if the response shows secrets, which not every resource has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<Secrets>,
    /// Whether the response has the members of the request's body.
    #[serde(skip_serializing_if = "is_false")]
    pub echo: bool,
    /// Whether the resource need not exist; its parent is created.
    #[serde(skip_serializing_if = "is_false")]
    pub creates_parent: bool,
    /// Members of the resource that the action sets, with the members of the request's body that
    /// they are set to; `.` is the whole body.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sets: BTreeMap<String, String>,
    /// The states of the resource after the action; the last one remains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
}

fn is_false(flag: &bool) -> bool {
    !flag
}
