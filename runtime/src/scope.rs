//! A place in the resource hierarchy.

use crate::{call::Call, client::Client, encode, parameter::Parameter, resource_id::ResourceId};
use azure_core::{Result, http::Method};

/// A place in the resource hierarchy: a client and a path such as
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

    /// A place below this one. Every placeholder of the template, such as `{workspaceName}`, needs
    /// an argument.
    ///
    /// # Errors
    ///
    /// A name that is empty, would change the path, or breaks the description's rules.
    pub fn child(
        &self,
        template: &'static str,
        arguments: &[(&'static Parameter, &str)],
    ) -> Result<Self> {
        let mut path = format!("{}{template}", self.path);
        for (parameter, value) in arguments {
            fill(
                &mut path,
                "client",
                parameter,
                value,
                self.client.validates(),
            )?;
        }
        check_filled("client", &path)?;
        Ok(Self::new(self.client.clone(), path))
    }

    /// The resource ID of this place.
    ///
    /// # Errors
    ///
    /// A path that is not a resource ID, such as one that ends with a provider.
    pub fn id(&self) -> Result<ResourceId> {
        let path = encode::decode(&self.path).unwrap_or_else(|| self.path.clone());
        ResourceId::parse(if path.is_empty() { "/" } else { &path })
    }

    /// The path, percent-encoded; empty at the top.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The client requests are sent with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Begins a GET. `operation` is the description's operation ID, `template` the path below this
    /// place.
    pub fn get(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Get, operation, template)
    }

    /// Begins a PUT; see [`Scope::get`].
    pub fn put(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Put, operation, template)
    }

    /// Begins a POST; see [`Scope::get`].
    pub fn post(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Post, operation, template)
    }

    /// Begins a PATCH; see [`Scope::get`].
    pub fn patch(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Patch, operation, template)
    }

    /// Begins a DELETE; see [`Scope::get`].
    pub fn delete(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Delete, operation, template)
    }

    /// Begins a HEAD; see [`Scope::get`].
    pub fn head(&self, operation: &'static str, template: &'static str) -> Call<'_> {
        Call::new(self, Method::Head, operation, template)
    }
}

/// Puts a value in place of a path's placeholder.
pub(crate) fn fill(
    path: &mut String,
    operation: &str,
    parameter: &Parameter,
    value: &str,
    validate: bool,
) -> Result<()> {
    let encoded = if parameter.is_encoded() {
        encode::segment(value)
    } else {
        encode::raw_path(value)
    };
    let encoded = encoded.map_err(|rule| {
        let shown = parameter.shown(value);
        parameter.error(operation, &format!("{rule}, but is {shown}"))
    })?;
    if validate {
        parameter.check(operation, value)?;
    }
    let placeholder = format!("{{{}}}", parameter.name());
    let Some(start) = path.find(&placeholder) else {
        let problem = format!("has no place in the path {path}");
        return Err(parameter.error(operation, &problem));
    };
    path.replace_range(start..start + placeholder.len(), &encoded);
    Ok(())
}

/// Checks that a path has no placeholder left.
pub(crate) fn check_filled(operation: &str, path: &str) -> Result<()> {
    if path.contains(['{', '}']) {
        return Err(crate::constraints::invalid(format!(
            "{operation}: the path {path} has a placeholder without a value"
        )));
    }
    Ok(())
}

/// Gives a generated scope the methods that all scopes have.
#[macro_export]
macro_rules! scope {
    ($name:ident) => {
        impl $name {
            /// The ID of the resource that this scope is.
            ///
            /// # Errors
            ///
            /// When the path is not that of a resource.
            #[inline]
            pub fn id(&self) -> $crate::Result<$crate::ResourceId> {
                self.0.id()
            }
        }
    };
}
