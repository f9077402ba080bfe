//! What a service sends and a model has no field for.

use super::nulls::{Nulls, null_entries};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// The members of an object that its model has no field for.
///
/// They are kept when a model is read and written back with it, so that a change of one member
/// loses none of those that a newer service has. A model without any holds a null pointer.
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
    /// By the name of the member that they stood in.
    nulls: BTreeMap<String, Nulls>,
}

impl UnknownMembers {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.members.get(name)
    }

    /// All members, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        let members = self.0.iter().flat_map(|unknown| &unknown.members);
        members.map(|(name, value)| (name.as_str(), value))
    }

    /// Sets a member, which must not have the name of one that the model has a field for, and
    /// returns its former value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let unknown = self.0.get_or_insert_default();
        unknown.members.insert(name.into(), value.into())
    }

    /// Takes a member out and returns its value.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let unknown = self.0.as_mut()?;
        let value = unknown.members.remove(name);
        if **unknown == Unknown::default() {
            self.0 = None;
        }
        value
    }

    /// Keeps where nulls stood in the member `name`.
    pub(super) fn keep_nulls(&mut self, name: String, nulls: Nulls) {
        let unknown = self.0.get_or_insert_default();
        unknown.nulls.insert(name, nulls);
    }

    /// Where nulls stood in the member `name`.
    pub(super) fn nulls(&self, name: &str) -> Option<&Nulls> {
        self.0.as_ref()?.nulls.get(name)
    }

    /// The members that were null where only other values have a place.
    pub(super) fn null_members(&self) -> impl Iterator<Item = &String> {
        null_entries(self.0.iter().flat_map(|unknown| &unknown.nulls))
    }
}

/// Shows names but no values, for they may be secret.
impl fmt::Debug for UnknownMembers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|(name, _)| name))
            .finish()
    }
}
