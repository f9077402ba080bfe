//! Requests to Resource Manager itself: which path is handled by which code.

use super::{
    context::Engine,
    exchange::{Refusal, Response},
};

/// A path of Resource Manager itself, with the names in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ManagerPath<'s> {
    Tenants,
    Subscriptions,
    Subscription(&'s str),
    Locations(&'s str),
    Groups(&'s str),
    Group(&'s str, &'s str),
    /// The resources of a subscription, or of a group in it.
    Resources(&'s str, Option<&'s str>),
    /// The providers, in a subscription or by themselves.
    Providers(Option<&'s str>),
    Provider(Option<&'s str>, &'s str),
    /// The subscription, the provider, and whether to register or to unregister it.
    Registration(&'s str, &'s str, &'s str),
}

impl<'s> ManagerPath<'s> {
    pub(crate) fn parse(segments: &'s [String]) -> Option<Self> {
        let literals: Vec<String> = segments.iter().map(|one| one.to_lowercase()).collect();
        let literals: Vec<&str> = literals.iter().map(String::as_str).collect();
        let name = |position: usize| segments.get(position).map_or("", String::as_str);
        Some(match literals.as_slice() {
            ["tenants"] => Self::Tenants,
            ["subscriptions"] => Self::Subscriptions,
            ["subscriptions", _] => Self::Subscription(name(1)),
            ["subscriptions", _, "locations"] => Self::Locations(name(1)),
            ["subscriptions", _, "resourcegroups"] => Self::Groups(name(1)),
            ["subscriptions", _, "resourcegroups", _] => Self::Group(name(1), name(3)),
            ["subscriptions", _, "resources"] => Self::Resources(name(1), None),
            ["subscriptions", _, "resourcegroups", _, "resources"] => {
                Self::Resources(name(1), Some(name(3)))
            }
            ["subscriptions", _, "providers"] => Self::Providers(Some(name(1))),
            ["subscriptions", _, "providers", _] => Self::Provider(Some(name(1)), name(3)),
            [
                "subscriptions",
                _,
                "providers",
                _,
                "register" | "unregister",
            ] => Self::Registration(name(1), name(3), name(4)),
            ["providers"] => Self::Providers(None),
            ["providers", _] => Self::Provider(None, name(1)),
            _ => return None,
        })
    }
}

impl Engine<'_> {
    /// Handles a request to Resource Manager itself.
    pub(crate) fn manage(&mut self, path: ManagerPath<'_>) -> Result<Response, Refusal> {
        self.check_own_version()?;
        match (path, self.request.method()) {
            (ManagerPath::Group(subscription, name), _) => self.group(subscription, name),
            (ManagerPath::Registration(subscription, namespace, action), "POST") => {
                self.change_registration(subscription, namespace, action)
            }
            (ManagerPath::Registration(..), _) => self.method_not_allowed("POST"),
            (_, method) if method != "GET" => self.method_not_allowed("GET"),
            (ManagerPath::Tenants, _) => Ok(self.tenants()),
            (ManagerPath::Subscriptions, _) => Ok(self.list_subscriptions()),
            (ManagerPath::Subscription(id), _) => Ok(self.get_subscription(id)),
            (ManagerPath::Locations(subscription), _) => Ok(self.list_locations(subscription)),
            (ManagerPath::Groups(subscription), _) => self.list_groups(subscription),
            (ManagerPath::Resources(subscription, group), _) => {
                self.list_resources(subscription, group)
            }
            (ManagerPath::Providers(subscription), _) => Ok(self.list_providers(subscription)),
            (ManagerPath::Provider(subscription, namespace), _) => {
                self.get_provider(subscription, namespace)
            }
        }
    }
}
