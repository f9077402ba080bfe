//! Models: structs that travel as JSON objects.

use super::rules::NO_LIMITS;
use super::wire::{Reading, Writing};
use super::{Path, Rules, Shape, Wire};
use crate::{Constraints, Validator};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that travels as a JSON object; [`model!`](crate::model!) implements it.
pub trait Model: Default {
    /// Shows every member to `to`, for writing and for validation.
    fn fields<F: Fields>(&self, to: &mut F);

    /// Reads the value of the member `key` into its field.
    fn member<M: Member>(&mut self, key: &str, from: &mut M) -> Result<(), M::Error>;
}

/// What [`Model::fields`] shows the members to.
pub trait Fields: Sized {
    /// A discriminator, whose value the type fixes.
    fn constant(&mut self, name: &'static str, value: &'static str);

    /// A member under rules.
    fn ruled<T: Wire>(&mut self, name: &'static str, value: &Option<T>, rules: Rules);

    /// The members that no field is named for.
    fn rest<T: Wire>(&mut self, members: &BTreeMap<String, T>);

    /// A member without rules.
    fn field<T: Wire>(&mut self, name: &'static str, value: &Option<T>) {
        self.ruled(name, value, Rules::NONE);
    }

    /// Sets the rules for the next member.
    fn under(&mut self, rules: Rules) -> Ruled<'_, Self> {
        Ruled { to: self, rules }
    }
}

/// A place for one member under rules.
#[derive(Debug)]
pub struct Ruled<'f, F> {
    to: &'f mut F,
    rules: Rules,
}

impl<F: Fields> Ruled<'_, F> {
    /// The member.
    pub fn field<T: Wire>(self, name: &'static str, value: &Option<T>) {
        self.to.ruled(name, value, self.rules);
    }
}

/// The value of one member that [`Model::member`] is to read.
pub trait Member {
    /// How reading fails.
    type Error;

    /// Reads the value into `field`; null empties it.
    fn field<T: Wire>(&mut self, field: &mut Option<T>) -> Result<(), Self::Error>;

    /// Reads the value into `members`, under the name `key`.
    fn rest<T: Wire>(
        &mut self,
        key: &str,
        members: &mut BTreeMap<String, T>,
    ) -> Result<(), Self::Error>;

    /// Passes over the value.
    fn skip(&mut self) -> Result<(), Self::Error>;
}

struct Reader<'a, 'de, A> {
    object: &'a mut A,
    path: &'a mut Path,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Reader<'_, 'de, A> {
    fn value<T: Wire>(&mut self) -> Result<T, A::Error> {
        self.object.next_value_seed(Reading::new(self.path))
    }
}

impl<'de, A: MapAccess<'de>> Member for Reader<'_, 'de, A> {
    type Error = A::Error;

    fn field<T: Wire>(&mut self, field: &mut Option<T>) -> Result<(), A::Error> {
        *field = self.value()?;
        Ok(())
    }

    fn rest<T: Wire>(
        &mut self,
        key: &str,
        members: &mut BTreeMap<String, T>,
    ) -> Result<(), A::Error> {
        let value: Option<T> = self.value()?;
        let value = value.or_else(T::from_null);
        members.extend(value.map(|value| (key.to_owned(), value)));
        Ok(())
    }

    fn skip(&mut self) -> Result<(), A::Error> {
        self.object.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads the members of an object that are still to come into a model.
pub(super) fn read_members<'de, T: Model, A: MapAccess<'de>>(
    mut object: A,
    path: &mut Path,
) -> Result<T, A::Error> {
    let mut model = T::default();
    while let Some(key) = object.next_key_seed(Key)? {
        let mut value = Reader {
            object: &mut object,
            path,
            lifetime: PhantomData,
        };
        if let Err(error) = model.member(&key, &mut value) {
            path.member(&key);
            return Err(error);
        }
    }
    Ok(model)
}

/// Reads the name of a member, without a copy where the format allows.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }

    fn visit_string<E>(self, key: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key))
    }
}

struct ModelVisitor<'p, T>(&'p mut Path, PhantomData<T>);

impl<'de, T: Model> Visitor<'de> for ModelVisitor<'_, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        read_members(object, self.0)
    }
}

/// Writes members until one fails, and keeps why.
struct Writer<M: SerializeMap> {
    object: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    #[inline]
    fn try_entry<T: serde::Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.object.serialize_key(name)?;
        self.object.serialize_value(value)
    }

    #[inline]
    fn entry<T: serde::Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.error.is_none()
            && let Err(error) = self.try_entry(name, value)
        {
            self.error = Some(error);
        }
    }
}

impl<M: SerializeMap> Fields for Writer<M> {
    fn constant(&mut self, name: &'static str, value: &'static str) {
        self.entry(name, value);
    }

    #[inline]
    fn ruled<T: Wire>(&mut self, name: &'static str, value: &Option<T>, _: Rules) {
        if let Some(value) = value {
            self.entry(name, &Writing(value));
        }
    }

    fn rest<T: Wire>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.entry(name, &Writing(value));
        }
    }
}

impl Fields for Validator {
    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn ruled<T: Wire>(&mut self, name: &'static str, value: &Option<T>, rules: Rules) {
        match value {
            Some(value) => self.within(name, |within| value.check(rules.limits, within)),
            None if rules.required => self.required(name, false),
            None => {}
        }
    }

    fn rest<T: Wire>(&mut self, members: &BTreeMap<String, T>) {
        members.check(&NO_LIMITS, self);
    }
}

/// The shape of a [`Model`]: an object with its members.
#[derive(Debug)]
pub enum Object {}

impl<T: Model> Shape<T> for Object {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<T, D::Error> {
        from.deserialize_map(ModelVisitor(path, PhantomData))
    }

    fn write<S: Serializer>(model: &T, to: S) -> Result<S::Ok, S::Error> {
        let mut writer = Writer {
            object: to.serialize_map(None)?,
            error: None,
        };
        model.fields(&mut writer);
        match writer.error {
            Some(error) => Err(error),
            None => writer.object.end(),
        }
    }

    fn check(model: &T, _: &Constraints, validator: &mut Validator) {
        model.fields(validator);
    }
}

impl Fields for fmt::DebugStruct<'_, '_> {
    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn ruled<T: Wire>(&mut self, name: &'static str, value: &Option<T>, _: Rules) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    fn rest<T: Wire>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.field(name, value);
        }
    }
}

/// Shows the members that are there, under their names in JSON.
pub fn debug<T: Model>(name: &str, model: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut members = f.debug_struct(name);
    model.fields(&mut members);
    members.finish()
}

/// Implements [`Wire`](crate::model::Wire), serde's traits, `Clone`, `Debug`, `Default` and
/// `PartialEq` for a struct whose fields are all `Option`s: one macro for all of them, because
/// derives cost a crate of several hundred models a tenth of the time it takes to check.
///
/// After the name come the discriminators whose value the type fixes, the fields with their names
/// in JSON and the rules they are under, and the field for members that no field is named for.
///
/// ```
/// use std::collections::BTreeMap;
///
/// pub struct Cat {
///     pub name: Option<String>,
///     pub lives: Option<i32>,
///     pub others: BTreeMap<String, serde_json::Value>,
/// }
/// arm_runtime::model! {
///     Cat, "kind" = "Cat", name = "name" (required, min_length(1)), lives = "livesLeft", ..others
/// }
///
/// let cat: Cat = serde_json::from_str(r#"{"name": "Tom", "livesLeft": 7, "tail": true}"#)?;
/// assert_eq!(cat.lives, Some(7));
/// assert_eq!(
///     serde_json::to_string(&cat)?,
///     r#"{"kind":"Cat","name":"Tom","livesLeft":7,"tail":true}"#,
/// );
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! model {
    (
        $name:ident
        $(, $tag:literal = $kind:literal)*
        $(, $field:ident = $wire:literal $(($($rules:tt)*))?)*
        $(, ..$rest:ident)?
        $(,)?
    ) => {
        impl $crate::model::Model for $name {
            fn fields<F: $crate::model::Fields>(&self, _to: &mut F) {
                $(_to.constant($tag, $kind);)*
                $(_to $(.under($crate::__rules!($($rules)*)))? .field($wire, &self.$field);)*
                $(_to.rest(&self.$rest);)?
            }
            fn member<M: $crate::model::Member>(
                &mut self,
                key: &str,
                from: &mut M,
            ) -> Result<(), M::Error> {
                match key {
                    $($tag => from.skip(),)*
                    $($wire => from.field(&mut self.$field),)*
                    $(_ => from.rest(key, &mut self.$rest),)?
                    _ => from.skip(),
                }
            }
        }
        impl $crate::model::Shaped for $name {
            type Shape = $crate::model::support::Object;
        }
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self {
                    $($field: Clone::clone(&self.$field),)*
                    $($rest: Clone::clone(&self.$rest),)?
                }
            }
        }
        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self {
                    $($field: None,)*
                    $($rest: Default::default(),)?
                }
            }
        }
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, _other: &Self) -> bool {
                true $(&& self.$field == _other.$field)* $(&& self.$rest == _other.$rest)?
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::support::debug(stringify!($name), self, f)
            }
        }
        $crate::__serde!($name);
    };
}

/// Serde's traits by way of [`Wire`](crate::model::Wire).
#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ty) => {
        impl $crate::model::support::Serialize for $name {
            fn serialize<S: $crate::model::support::Serializer>(
                &self,
                to: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::model::Wire::write(self, to)
            }
        }
        impl<'de> $crate::model::support::Deserialize<'de> for $name {
            fn deserialize<D: $crate::model::support::Deserializer<'de>>(
                from: D,
            ) -> Result<Self, D::Error> {
                $crate::model::support::read(from)
            }
        }
    };
}

/// Gives a generated struct a function `new` that takes the members a request needs.
///
/// `constructor! { Name, field: Type, … }`; the types convert into those of the fields.
#[macro_export]
macro_rules! constructor {
    ($name:ident $(, $field:ident: $ty:ty)* $(,)?) => {
        impl $name {
            /// A value with the members that a request needs; all others are absent.
            #[inline]
            pub fn new($($field: $ty),*) -> Self {
                let mut new = Self::default();
                $(new.$field = Some($field.into());)*
                new
            }
        }
    };
}
