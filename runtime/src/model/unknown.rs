//! Members that a service sends and a model has no field for.

use super::nulls::{Nulls, null_entries};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The members of an object that its model has no field for.
///
/// They are kept when a model is read, and written back with it, so that changing one member does
/// not drop members of a newer service. A model without any contains a null pointer.
///
/// ```
/// use serde_json::json;
///
/// arm_runtime::model! {
///     /// A cat.
///     pub struct Cat {
///         /// How many lives are left.
///         pub lives: Option<i32> = "lives",
///     }
/// }
///
/// let mut cat: Cat = serde_json::from_str(r#"{"lives": 9, "tail": "long"}"#)?;
/// cat.lives = Some(8);
/// assert_eq!(cat.unknown_members.get("tail"), Some(&json!("long")));
/// assert_eq!(serde_json::to_string(&cat)?, r#"{"lives":8,"tail":"long"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq)]
pub struct UnknownMembers(Option<Box<Unknown>>);

#[derive(Clone, Default, PartialEq)]
struct Unknown {
    members: BTreeMap<String, Value>,
    /// The values by the name of the member.
    nulls: BTreeMap<String, Nulls>,
}

impl Unknown {
    /// The rare part of [`UnknownMembers::nulls`], which is not compiled for each type of member.
    fn nulls(&self, name: &str) -> Option<&Nulls> {
        self.nulls.get(name)
    }
}

impl UnknownMembers {
    /// Returns whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        let unknown = self.0.as_ref();
        unknown.is_none_or(|unknown| unknown.members.is_empty())
    }

    /// Returns the value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.members.get(name)
    }

    /// Returns all members by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.iter().flat_map(|unknown| &unknown.members);
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// Sets a member and returns its former value. The name must not be that of a member with a
    /// field.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.insert_value(name.into(), value.into())
    }

    /// The part of [`UnknownMembers::insert`] that does not depend on the types of its arguments.
    fn insert_value(&mut self, name: String, value: Value) -> Option<Value> {
        let unknown = self.0.get_or_insert_default();
        unknown.members.insert(name, value)
    }

    /// Removes a member and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let unknown = self.0.as_mut()?;
        let value = unknown.members.remove(name);
        if **unknown == Unknown::default() {
            self.0 = None;
        }
        value
    }

    /// Stores the positions of nulls in the member `name`.
    pub(super) fn keep_nulls(&mut self, name: String, nulls: Nulls) {
        let unknown = self.0.get_or_insert_default();
        unknown.nulls.insert(name, nulls);
    }

    /// Returns the positions of nulls in the member `name`.
    #[inline]
    pub(super) fn nulls(&self, name: &str) -> Option<&Nulls> {
        self.0.as_ref()?.nulls(name)
    }

    /// Returns the members that were null although they cannot be.
    pub(super) fn null_members(&self) -> Vec<&str> {
        let unknown = self.0.as_ref();
        unknown.map_or_else(Vec::new, |unknown| null_entries(&unknown.nulls))
    }
}

/// Shows names but no values, because they may be secret.
impl fmt::Debug for UnknownMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
