//! Scopes in the resource hierarchy.

use super::resource_id::ResourceId;
use crate::{
    connection::client::Client,
    rules::{parameter::Parameter, path_template},
    text::percent,
};
use azure_core::Result;
use std::borrow::Cow;

/// A scope in the resource hierarchy: a client and a path such as
/// `/subscriptions/0/resourceGroups/rg`.
#[derive(Clone, Debug)]
pub struct Scope {
    client: Client,
    path: String,
}

impl Scope {
    pub(crate) fn new(client: Client, path: String) -> Self {
        Self { client, path }
    }

    /// Returns a scope below this one. Every placeholder of the template, such as
    /// `{workspaceName}`, needs an argument.
    ///
    /// # Errors
    ///
    /// If a name is empty, would change the path, or breaks the description's rules.
    pub fn child(&self, template: &'static str, arguments: &[(&Parameter, &str)]) -> Result<Self> {
        let mut path = path_template::append(&self.path, template);
        for (parameter, value) in arguments {
            path_template::fill(
                &mut path,
                "client",
                parameter,
                value,
                self.client.validates(),
            )?;
        }
        path_template::check_filled("client", &path)?;
        Ok(Self::new(self.client.clone(), path))
    }

    /// Returns the resource ID of this scope.
    ///
    /// # Errors
    ///
    /// If the path is not a resource ID, for example because it ends with a provider.
    pub fn id(&self) -> Result<ResourceId> {
        let path = percent::decode(&self.path).unwrap_or(Cow::Borrowed(&self.path));
        ResourceId::parse(if path.is_empty() { "/" } else { &path })
    }

    /// Returns the path, percent-encoded; empty for the tenant.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns a segment of the path, decoded; the first is 1. Empty if there is no such segment.
    pub fn segment(&self, index: usize) -> Cow<'_, str> {
        let segment = self.path.split('/').nth(index);
        segment.and_then(percent::decode).unwrap_or_default()
    }

    /// Returns the client that sends the requests.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

impl Client {
    /// Returns the root scope, the tenant.
    pub fn root(&self) -> Scope {
        Scope::new(self.clone(), String::new())
    }

    /// Returns the scope that a resource ID names, if it has the type that the template describes,
    /// such as `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}`.
    ///
    /// A template that begins with a placeholder, such as
    /// `/{scope}/providers/Microsoft.X/locks/{name}`, accepts any number of segments in its place.
    ///
    /// # Errors
    ///
    /// If the ID has another type; the error shows both types.
    pub fn scope_from_id(&self, template: &'static str, id: &ResourceId) -> Result<Scope> {
        let path = id.path_by_template(template)?;
        Ok(Scope::new(self.clone(), path))
    }
}

/// Adds the methods that all scopes share to a generated scope.
#[macro_export]
macro_rules! scope {
    ($name:ident) => {
        impl $name {
            /// Returns the ID of the resource of this scope.
            ///
            /// # Errors
            ///
            /// If the path is not that of a resource.
            #[inline]
            pub fn id(&self) -> $crate::Result<$crate::ResourceId> {
                self.0.id()
            }
        }
    };
}
