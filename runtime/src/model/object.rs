//! Models: structs that are JSON objects.

use super::read_only;
use super::rules::NO_LIMITS;
use super::wire::{Reading, Writing};
use super::{Nulls, Path, Rules, Shape, UnknownMembers, Value, Wire};
use crate::{Constraints, Validator};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A struct that is a JSON object; [`model!`](crate::model!) implements it.
pub trait Model: Default {
    /// Passes every member to `to`, for writing and validation.
    fn fields<'a, F: Fields<'a>>(&'a self, to: &mut F);

    /// Passes the field of every member to `to`, for reading and cloning.
    fn fields_mut<F: FieldsMut>(&mut self, to: &mut F);
}

/// A visitor of the members of a model.
pub trait Fields<'a>: Sized {
    /// Visits the unknown members, which come first and are written last.
    fn unknown(&mut self, members: &'a UnknownMembers);

    /// A discriminator, whose value the type fixes.
    fn constant(&mut self, name: &'static str, value: &'static str);

    /// Visits a discriminator whose value only these API versions have.
    fn previews(
        &mut self,
        name: &'static str,
        value: &'static str,
        versions: &'static [&'static str],
    ) {
        let _ = (name, value, versions);
    }

    /// Visits a member with rules.
    fn ruled<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>, rules: Rules);

    /// Visits the members without a field of their own.
    fn rest<T: Wire>(&mut self, members: &'a BTreeMap<String, T>);

    /// Visits a member without rules.
    #[inline]
    fn field<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.ruled(name, value, Rules::NONE);
    }

    /// Starts the visit of a required member.
    fn required(&mut self) -> Ruled<'_, Self> {
        let rules = Rules {
            required: true,
            ..Rules::NONE
        };
        Ruled { to: self, rules }
    }

    /// Starts the visit of a read-only member.
    fn read_only(&mut self) -> Ruled<'_, Self> {
        let rules = Rules {
            read_only: true,
            ..Rules::NONE
        };
        Ruled { to: self, rules }
    }

    /// Starts the visit of a member with limits.
    fn limits(&mut self, limits: &'static Constraints) -> Ruled<'_, Self> {
        let rules = Rules {
            limits,
            ..Rules::NONE
        };
        Ruled { to: self, rules }
    }
}

/// The rules of the member that is visited next.
#[derive(Debug)]
pub struct Ruled<'f, F> {
    to: &'f mut F,
    rules: Rules,
}

impl<'a, F: Fields<'a>> Ruled<'_, F> {
    /// Adds limits.
    pub fn limits(mut self, limits: &'static Constraints) -> Self {
        self.rules.limits = limits;
        self
    }

    /// Visits the member.
    pub fn field<T: Wire>(self, name: &'static str, value: &'a Option<T>) {
        self.to.ruled(name, value, self.rules);
    }
}

/// A visitor of the fields of a model, which may change them.
pub trait FieldsMut {
    /// Visits a discriminator, whose value the type fixes.
    fn constant(&mut self, name: &'static str);

    /// Visits the field of a member.
    fn field<T: Wire>(&mut self, name: &'static str, field: &mut Option<T>);

    /// Visits the members without a field of their own.
    fn rest<T: Wire>(&mut self, members: &mut BTreeMap<String, T>);

    /// Visits the unknown members; they come last.
    fn unknown(&mut self, members: &mut UnknownMembers);
}

/// Reads the value of one member into the field with its name.
struct Reader<'a, 'de, A: MapAccess<'de>> {
    object: &'a mut A,
    path: &'a mut Path,
    key: &'a str,
    /// Whether the value was read, or reading it failed.
    done: Result<bool, A::Error>,
}

impl<'de, A: MapAccess<'de>> Reader<'_, 'de, A> {
    fn value<T: Wire>(&mut self) -> Result<T, A::Error> {
        self.object.next_value_seed(Reading::new(self.path))
    }

    #[inline]
    fn is_next(&self, name: &str) -> bool {
        self.key == name && matches!(self.done, Ok(false))
    }

    /// Reads the value into a field; compiled for each type, not for each member.
    #[inline(never)]
    fn read_field<T: Wire>(&mut self, field: &mut Option<T>) {
        self.done = self.value().map(|value| {
            *field = value;
            true
        });
    }

    fn read_rest<T: Wire>(&mut self, members: &mut BTreeMap<String, T>) -> Result<bool, A::Error> {
        let value: Option<T> = self.value()?;
        match value.or_else(T::from_null) {
            Some(value) => {
                members.insert(self.key.to_owned(), value);
            }
            None => self.path.set_nulls(Nulls::Here),
        }
        Ok(true)
    }

    fn read_unknown(&mut self, members: &mut UnknownMembers) -> Result<bool, A::Error> {
        let value: Value = self.value()?;
        members.insert(self.key, value);
        Ok(true)
    }

    /// Keeps a value without a field, or the positions of nulls in the value of a field.
    fn keep(&mut self, members: &mut UnknownMembers) {
        if matches!(self.done, Ok(false)) {
            self.done = self.read_unknown(members);
        } else if let Some(nulls) = self.path.take_nulls() {
            members.keep_nulls(self.key.to_owned(), nulls);
        }
    }
}

impl<'de, A: MapAccess<'de>> FieldsMut for Reader<'_, 'de, A> {
    fn constant(&mut self, name: &'static str) {
        if self.is_next(name) {
            self.done = self.object.next_value::<IgnoredAny>().map(|_| true);
        }
    }

    #[inline]
    fn field<T: Wire>(&mut self, name: &'static str, field: &mut Option<T>) {
        if self.is_next(name) {
            self.read_field(field);
        }
    }

    fn rest<T: Wire>(&mut self, members: &mut BTreeMap<String, T>) {
        if matches!(self.done, Ok(false)) {
            self.done = self.read_rest(members);
        }
    }

    #[inline]
    fn unknown(&mut self, members: &mut UnknownMembers) {
        // In almost all cases, a field has the value, and it has no nulls.
        if !matches!(self.done, Ok(true)) || self.path.has_nulls() {
            self.keep(members);
        }
    }
}

/// Reads the remaining members of an object into a model.
pub(super) fn read_members<'de, T: Model, A: MapAccess<'de>>(
    mut object: A,
    path: &mut Path,
    model: &mut T,
) -> Result<(), A::Error> {
    let mut copy = String::new();
    while let Some(key) = object.next_key_seed(CopiedKey(&mut copy))? {
        let mut reader = Reader {
            object: &mut object,
            path,
            key: key.unwrap_or(&copy),
            done: Ok(false),
        };
        model.fields_mut(&mut reader);
        if let Err(error) = reader.done {
            reader.path.member(reader.key);
            return Err(error);
        }
    }
    Ok(())
}

/// Reads the name of a member. If the format does not allow to borrow it, it is copied into the
/// string, whose memory all members of an object share.
struct CopiedKey<'c>(&'c mut String);

impl<'de> DeserializeSeed<'de> for CopiedKey<'_> {
    type Value = Option<&'de str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for CopiedKey<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(KEY)
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Some(key))
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        self.0.clear();
        self.0.push_str(key);
        Ok(None)
    }

    fn visit_string<E>(self, key: String) -> Result<Self::Value, E> {
        *self.0 = key;
        Ok(None)
    }
}

/// What errors say was expected.
const KEY: &str = "a member name";

/// Reads the name of a member, without a copy if the format allows it.
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
        f.write_str(KEY)
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
        let mut model = T::default();
        read_members(object, self.0, &mut model)?;
        Ok(model)
    }
}

/// Writes members until one fails, and keeps the error.
struct Writer<'a, M: SerializeMap> {
    object: M,
    unknown: Option<&'a UnknownMembers>,
    /// Whether read-only members are left out.
    leaves_out: bool,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<'_, M> {
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

    /// Writes a member that is present; compiled for each type, not for each member.
    #[inline(never)]
    fn value<T: Wire>(&mut self, name: &str, value: &T) {
        let nulls = self.unknown.and_then(|unknown| unknown.nulls(name));
        self.entry(name, &Writing(value, nulls));
    }

    /// Writes the unknown members and ends the object; compiled once, not for each model.
    #[inline(never)]
    fn end(mut self) -> Result<M::Ok, M::Error> {
        if let Some(unknown) = self.unknown.filter(|unknown| !unknown.is_empty()) {
            for (name, value) in unknown.iter() {
                self.entry(name, value);
            }
        }
        match self.error {
            Some(error) => Err(error),
            None => self.object.end(),
        }
    }
}

impl<'a, M: SerializeMap> Fields<'a> for Writer<'a, M> {
    fn unknown(&mut self, members: &'a UnknownMembers) {
        self.unknown = Some(members);
    }

    fn constant(&mut self, name: &'static str, value: &'static str) {
        self.entry(name, value);
    }

    #[inline]
    fn ruled<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>, rules: Rules) {
        match value {
            Some(value) if !(rules.read_only && self.leaves_out) => self.value(name, value),
            _ => {}
        }
    }

    fn rest<T: Wire>(&mut self, members: &'a BTreeMap<String, T>) {
        for (name, value) in members {
            self.value(name, value);
        }
        let nulls = self.unknown.map(UnknownMembers::null_members);
        for name in nulls.unwrap_or_default() {
            if !members.contains_key(name) {
                self.entry(name, &());
            }
        }
    }
}

impl<'a> Fields<'a> for Validator {
    fn unknown(&mut self, _: &'a UnknownMembers) {}

    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn previews(
        &mut self,
        name: &'static str,
        value: &'static str,
        versions: &'static [&'static str],
    ) {
        Self::previews(self, name, Some(value), versions);
    }

    fn ruled<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>, rules: Rules) {
        match value {
            Some(value) => {
                Self::previews(self, name, None, rules.limits.preview_versions());
                self.within(name, |within| value.check(rules.limits, within));
            }
            None if rules.required => Self::required(self, name, false),
            None => {}
        }
    }

    fn rest<T: Wire>(&mut self, members: &'a BTreeMap<String, T>) {
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

    fn write<S: Serializer>(model: &T, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let mut writer = Writer {
            object: to.serialize_map(None)?,
            unknown: None,
            leaves_out: read_only::is_left_out(),
            error: None,
        };
        model.fields(&mut writer);
        writer.end()
    }

    fn check(model: &T, _: &Constraints, validator: &mut Validator) {
        model.fields(validator);
    }
}

impl<'a> Fields<'a> for fmt::DebugStruct<'_, '_> {
    fn unknown(&mut self, members: &'a UnknownMembers) {
        if !members.is_empty() {
            self.field("unknown_members", members);
        }
    }

    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn ruled<T: Wire>(&mut self, name: &'static str, value: &'a Option<T>, _: Rules) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    fn rest<T: Wire>(&mut self, members: &'a BTreeMap<String, T>) {
        for (name, value) in members {
            self.field(name, value);
        }
    }
}

/// Formats the members that are present, by their names in JSON.
pub fn debug<T: Model>(name: &str, model: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut members = f.debug_struct(name);
    model.fields(&mut members);
    members.finish()
}
