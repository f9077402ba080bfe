//! Resource identifiers.

use crate::{
    rules::error::invalid_argument,
    text::{excerpt::quoted, percent},
};
use azure_core::{Error, Result};
use serde::{Deserialize, Serialize};
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

const SUBSCRIPTIONS: &str = "subscriptions";
const RESOURCE_GROUPS: &str = "resourceGroups";
const PROVIDERS: &str = "providers";

/// The identifier of a resource, a resource group, a subscription or the tenant.
///
/// An example is `/subscriptions/0/resourceGroups/rg/providers/Microsoft.X/workspaces/ws`.
/// Identifiers are displayed as the service writes them, and compared without regard to letter
/// case, as Resource Manager does.
///
/// ```
/// use arm_runtime::ResourceId;
/// # fn main() -> azure_core::Result<()> {
/// let id: ResourceId =
///     "/subscriptions/0/resourceGroups/rg/providers/Microsoft.X/workspaces/ws".parse()?;
/// assert_eq!(id.resource_type(), "Microsoft.X/workspaces");
/// assert_eq!(id.name(), Some("ws"));
/// let job = id.child("jobs", "first")?;
/// assert_eq!(job.parent(), Some(id));
/// # Ok(()) }
/// ```
#[derive(Clone, Default)]
pub struct ResourceId {
    /// Keys and values alternately, as in the path: `subscriptions`, `0`, `providers`,
    /// `Microsoft.X`, …
    pairs: Vec<(String, String)>,
}

impl ResourceId {
    /// Returns the ID of the tenant, displayed as `/`.
    pub fn tenant() -> Self {
        Self::default()
    }

    /// Returns the ID of a subscription.
    ///
    /// # Errors
    ///
    /// If the ID is empty or has a character that names cannot have.
    pub fn subscription(id: &str) -> Result<Self> {
        Self::tenant().with(SUBSCRIPTIONS, id)
    }

    /// Returns the ID of a resource group of this subscription.
    ///
    /// # Errors
    ///
    /// If this is not a subscription, or the name is not valid.
    pub fn resource_group(&self, name: &str) -> Result<Self> {
        match self.pairs.as_slice() {
            [(key, _)] if same(key, SUBSCRIPTIONS) => self.with(RESOURCE_GROUPS, name),
            _ => Err(invalid_argument(format!(
                "only a subscription has resource groups, but {self} is not a subscription"
            ))),
        }
    }

    /// Returns the ID of a provider's resource in this scope. On a resource, it is that of an
    /// extension resource.
    ///
    /// # Errors
    ///
    /// If the namespace, type or name is not valid.
    pub fn resource(&self, provider: &str, resource_type: &str, name: &str) -> Result<Self> {
        self.with(PROVIDERS, provider)?.with(resource_type, name)
    }

    /// Returns the ID of a child resource.
    ///
    /// # Errors
    ///
    /// If the type or name is not valid.
    pub fn child(&self, resource_type: &str, name: &str) -> Result<Self> {
        self.with(resource_type, name)
    }

    /// Parses an identifier.
    ///
    /// # Errors
    ///
    /// If the text does not begin with `/`, has an empty segment, ends with a type or provider, or
    /// has a character that names cannot have.
    pub fn parse(text: &str) -> Result<Self> {
        if text == "/" {
            return Ok(Self::tenant());
        }
        let path = text
            .strip_prefix('/')
            .ok_or_else(|| wrong(text, "it must begin with `/`"))?;
        let segments: Vec<&str> = path.split('/').collect();
        let mut id = Self::tenant();
        for pair in segments.chunks(2) {
            id = match pair {
                [key, value] => id
                    .with(key, value)
                    .map_err(|e| wrong(text, &e.to_string()))?,
                _ => return Err(wrong(text, "its last segment is a type without a name")),
            };
        }
        match id.pairs.last() {
            Some((key, _)) if same(key, PROVIDERS) => Err(wrong(
                text,
                "a provider must be followed by a type and a name",
            )),
            _ => Ok(id),
        }
    }

    /// Returns the ID of the parent: the parent resource, the resource that is extended, the
    /// resource group, the subscription or the tenant. The tenant has none.
    pub fn parent(&self) -> Option<Self> {
        let mut pairs = self.pairs.clone();
        pairs.pop()?;
        if pairs.last().is_some_and(|(key, _)| same(key, PROVIDERS)) {
            pairs.pop();
        }
        Some(Self { pairs })
    }

    /// Returns the last segment; `None` for the tenant.
    pub fn name(&self) -> Option<&str> {
        self.pairs.last().map(|(_, value)| value.as_str())
    }

    /// Returns the full resource type, such as `Microsoft.X/workspaces/jobs`. For an extension
    /// resource it is the extension's own type. Scopes without a provider belong to
    /// `Microsoft.Resources`, such as `Microsoft.Resources/resourceGroups`.
    pub fn resource_type(&self) -> String {
        match (self.provider(), self.pairs.is_empty()) {
            (Some(provider), _) => format!("{provider}/{}", self.types().join("/")),
            (None, true) => "Microsoft.Resources/tenants".to_owned(),
            (None, false) => self.resources_type(),
        }
    }

    /// Returns the types of the resource and its parents within the provider, outermost first.
    pub fn types(&self) -> Vec<&str> {
        self.own_pairs()
            .iter()
            .map(|(key, _)| key.as_str())
            .collect()
    }

    /// Returns the provider's namespace, such as `Microsoft.X`; for an extension resource the
    /// extension's own.
    pub fn provider(&self) -> Option<&str> {
        let place = self.provider_place()?;
        self.pairs.get(place).map(|(_, value)| value.as_str())
    }

    /// Returns the subscription ID.
    pub fn subscription_id(&self) -> Option<&str> {
        match self.pairs.first() {
            Some((key, value)) if same(key, SUBSCRIPTIONS) => Some(value),
            _ => None,
        }
    }

    /// Returns the name of the resource group.
    pub fn resource_group_name(&self) -> Option<&str> {
        self.subscription_id()?;
        match self.pairs.get(1) {
            Some((key, value)) if same(key, RESOURCE_GROUPS) => Some(value),
            _ => None,
        }
    }

    /// Returns the name of the resource or parent with a type, such as `workspaces`.
    pub fn name_of(&self, resource_type: &str) -> Option<&str> {
        let found = self
            .pairs
            .iter()
            .rev()
            .find(|(key, _)| same(key, resource_type));
        found.map(|(_, value)| value.as_str())
    }

    /// Returns whether this is a tenant-level identifier, without a subscription.
    pub fn is_tenant_level(&self) -> bool {
        self.subscription_id().is_none()
    }

    /// Returns the encoded path of this ID, if it has the template's type; fixed segments are
    /// written as in the template.
    pub(crate) fn path_by_template(&self, template: &str) -> Result<String> {
        let pattern: Vec<&str> = template.trim_matches('/').split('/').collect();
        let segments: Vec<&str> = self.segments().collect();
        let fits = |rest: &[&str], pattern: &[&str]| {
            rest.len() == pattern.len()
                && rest
                    .iter()
                    .zip(pattern)
                    .all(|(s, p)| is_placeholder(p) || same(s, p))
        };
        let (scope, rest, pattern) = match pattern.split_first() {
            Some((first, tail)) if is_placeholder(first) => {
                let split = segments.len().checked_sub(tail.len());
                let (scope, rest) = segments.split_at(split.unwrap_or(0));
                (scope, rest, tail)
            }
            _ => (&[][..], &segments[..], &pattern[..]),
        };
        if !fits(rest, pattern) {
            return Err(invalid_argument(format!(
                "a resource ID like {template} was expected, but {self} is of the type {}",
                self.resource_type()
            )));
        }
        let mut path = String::new();
        for segment in scope {
            push_segment(&mut path, segment);
        }
        for (segment, fixed) in rest.iter().zip(pattern) {
            push_segment(
                &mut path,
                if is_placeholder(fixed) {
                    segment
                } else {
                    fixed
                },
            );
        }
        Ok(path)
    }

    fn with(&self, key: &str, value: &str) -> Result<Self> {
        check_segment(key)?;
        check_segment(value)?;
        let mut pairs = self.pairs.clone();
        let after_provider = pairs.last().is_some_and(|(last, _)| same(last, PROVIDERS));
        if after_provider && same(key, PROVIDERS) {
            return Err(invalid_argument(
                "a provider must be followed by a type and a name".to_owned(),
            ));
        }
        pairs.push((key.to_owned(), value.to_owned()));
        Ok(Self { pairs })
    }

    fn segments(&self) -> impl Iterator<Item = &str> {
        self.pairs
            .iter()
            .flat_map(|(key, value)| [key.as_str(), value.as_str()])
    }

    fn provider_place(&self) -> Option<usize> {
        self.pairs.iter().rposition(|(key, _)| same(key, PROVIDERS))
    }

    /// Returns the pairs of the resource itself: those after its provider, or all.
    fn own_pairs(&self) -> &[(String, String)] {
        let start = self.provider_place().map_or(0, |place| place + 1);
        self.pairs.get(start..).unwrap_or_default()
    }

    fn resources_type(&self) -> String {
        let types = self.types();
        let own = match types.as_slice() {
            // Resource Manager treats the group as a separate type.
            [_, group] if same(group, RESOURCE_GROUPS) => RESOURCE_GROUPS.to_owned(),
            types => types.join("/"),
        };
        format!("Microsoft.Resources/{own}")
    }

    /// Returns the form that is used for comparison.
    fn folded(&self) -> impl Iterator<Item = char> {
        self.segments()
            .flat_map(|segment| segment.chars().chain(['/']))
            .flat_map(char::to_lowercase)
    }
}

fn push_segment(path: &mut String, segment: &str) {
    path.push('/');
    path.push_str(&percent::encode(segment));
}

fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{')
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn check_segment(segment: &str) -> Result<()> {
    let problem = match segment {
        "" => "a segment must not be empty",
        "." | ".." => "a segment must not be `.` or `..`",
        _ if segment.contains(|c: char| c.is_control() || "/\\?#".contains(c)) => {
            "a segment must not have `/`, `\\`, `?`, `#` or control characters"
        }
        _ => return Ok(()),
    };
    Err(invalid_argument(problem.to_owned()))
}

fn wrong(text: &str, problem: &str) -> Error {
    invalid_argument(format!("{} is not a resource ID: {problem}", quoted(text)))
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pairs.is_empty() {
            return f.write_str("/");
        }
        self.segments()
            .try_for_each(|segment| write!(f, "/{segment}"))
    }
}

impl fmt::Debug for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResourceId({self})")
    }
}

impl FromStr for ResourceId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

impl PartialEq for ResourceId {
    fn eq(&self, other: &Self) -> bool {
        self.folded().eq(other.folded())
    }
}

impl Eq for ResourceId {}

impl PartialOrd for ResourceId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ResourceId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.folded().cmp(other.folded())
    }
}

impl Hash for ResourceId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for c in self.folded() {
            c.hash(state);
        }
    }
}

impl Serialize for ResourceId {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ResourceId {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
