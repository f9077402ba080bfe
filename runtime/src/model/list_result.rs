//! The page that most lists of Azure Resource Manager have.

use super::{Fields, FieldsMut, Model, Shaped, UnknownMembers, Wire, support};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One page of a list: the items under `value`, and the link to the next page under `nextLink`.
///
/// ```
/// use arm_runtime::{ListPage, ListResult};
///
/// let page: ListResult<String> =
///     serde_json::from_str(r#"{"value": ["a"], "nextLink": "https://next"}"#)?;
/// assert_eq!(page.next_link(), Some("https://next"));
/// assert_eq!(page.into_items(), ["a"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct ListResult<T> {
    /// The items of this page. Required.
    pub value: Option<Vec<T>>,

    /// URL of the next page; absent from the last page.
    pub next_link: Option<String>,

    /// Members that this version of the crate does not know, kept to be written back.
    pub unknown_members: UnknownMembers,
}

impl<T> ListResult<T> {
    /// Creates a page of these items, which is the last page.
    pub fn new(value: impl Into<Vec<T>>) -> Self {
        Self {
            value: Some(value.into()),
            ..Self::default()
        }
    }
}

impl<T> Default for ListResult<T> {
    fn default() -> Self {
        Self {
            value: None,
            next_link: None,
            unknown_members: UnknownMembers::default(),
        }
    }
}

impl<T: Wire> fmt::Debug for ListResult<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        support::debug("ListResult", self, f)
    }
}

impl<T: Wire> Model for ListResult<T> {
    fn fields<'a, F: Fields<'a>>(&'a self, to: &mut F) {
        to.unknown(&self.unknown_members);
        to.required().field("value", &self.value);
        to.field("nextLink", &self.next_link);
    }

    fn fields_mut<F: FieldsMut>(&mut self, to: &mut F) {
        to.field("value", &mut self.value);
        to.field("nextLink", &mut self.next_link);
        to.unknown(&mut self.unknown_members);
    }
}

impl<T: Wire> Shaped for ListResult<T> {
    type Shape = support::Object;
}

impl<T: Wire> Serialize for ListResult<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        support::write(self, to)
    }
}

impl<'de, T: Wire> Deserialize<'de> for ListResult<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        support::read(from)
    }
}
