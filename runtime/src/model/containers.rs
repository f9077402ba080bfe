//! Arrays, maps and nullable values.

use super::nulls::{NullEntries, Nulls, Weaver};
use super::object::Key;
use super::rules::NO_LIMITS;
use super::wire::{Reading, Writing};
use super::{Path, Wire};
use crate::{Constraints, Validator};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Null in JSON is `None`.
impl<T: Wire> Wire for Option<T> {
    #[inline]
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        from.deserialize_option(Nullable(path, PhantomData))
    }

    #[inline]
    fn from_null() -> Option<Self> {
        Some(None)
    }

    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(to, nulls),
            None => to.serialize_none(),
        }
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        if let Some(value) = self {
            value.check(rules, validator);
        }
    }
}

struct Nullable<'p, T>(&'p mut Path, PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for Nullable<'_, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        T::read(from, self.0).map(Some)
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        from.deserialize_seq(Elements(path, PhantomData))
    }

    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let len = nulls.is_none().then_some(self.len());
        let mut array = to.serialize_seq(len)?;
        let mut weaver = Weaver::new(nulls, self.len());
        for element in self {
            while weaver.is_null() {
                array.serialize_element(&())?;
            }
            array.serialize_element(&Writing(element, weaver.element()))?;
        }
        while weaver.is_null() {
            array.serialize_element(&())?;
        }
        array.end()
    }

    fn check(&self, rules: &Constraints, validator: &mut Validator) {
        validator.count("", Some(self.len()), rules);
        if rules.limits_repetition() {
            check_unique(self, rules, validator);
        }
        for (index, element) in self.iter().enumerate() {
            validator.within(&format!("[{index}]"), |validator| {
                element.check(&NO_LIMITS, validator)
            });
        }
    }
}

/// Compares elements by their JSON.
fn check_unique<T: Wire>(elements: &[T], rules: &Constraints, validator: &mut Validator) {
    let texts: Vec<String> = elements.iter().map(json_text).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    validator.unique("", &texts, rules);
}

fn json_text<T: Wire>(element: &T) -> String {
    match serde_json::to_value(Writing(element, None)) {
        Ok(Value::String(text)) => text,
        Ok(other) => other.to_string(),
        // Sending the body will fail in the same way and return the error.
        Err(_) => String::new(),
    }
}

struct Elements<'p, T>(&'p mut Path, PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for Elements<'_, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Vec<T>, A::Error> {
        let mut elements = Vec::new();
        let mut nulls = Vec::new();
        for position in 0.. {
            match array.next_element_seed(Reading::<Option<T>>::new(self.0)) {
                Ok(Some(element)) => match element.or_else(T::from_null) {
                    Some(element) => {
                        elements.push(element);
                        nulls.extend(self.0.take_nulls().map(|inner| (position, inner)));
                    }
                    None => nulls.push((position, Nulls::Here)),
                },
                Ok(None) => break,
                Err(error) => {
                    self.0.element(position);
                    return Err(error);
                }
            }
        }
        if !nulls.is_empty() {
            let len = elements.len();
            self.0.set_nulls(Nulls::Elements { len, nulls });
        }
        Ok(elements)
    }
}

impl<T: Wire> Wire for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        from.deserialize_map(Entries(path, PhantomData))
    }

    fn write<S: Serializer>(&self, to: S, nulls: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        let len = nulls.is_none().then_some(self.len());
        let mut object = to.serialize_map(len)?;
        for (name, value) in self {
            let inner = nulls.and_then(|nulls| nulls.entry(name));
            object.serialize_entry(name, &Writing(value, inner))?;
        }
        for name in nulls.map(Nulls::null_entries).unwrap_or_default() {
            if !self.contains_key(name) {
                object.serialize_entry(name, &())?;
            }
        }
        object.end()
    }

    fn check(&self, _: &Constraints, validator: &mut Validator) {
        for (name, value) in self {
            validator.within(name, |validator| value.check(&NO_LIMITS, validator));
        }
    }
}

struct Entries<'p, T>(&'p mut Path, PhantomData<T>);

impl<'de, T: Wire> Visitor<'de> for Entries<'_, T> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut entries = BTreeMap::new();
        let mut nulls = NullEntries::default();
        while let Some(key) = object.next_key_seed(Key)? {
            match object.next_value_seed(Reading::<Option<T>>::new(self.0)) {
                Ok(value) => match value.or_else(T::from_null) {
                    Some(value) => {
                        if let Some(inner) = self.0.take_nulls() {
                            nulls.insert(&key, inner);
                        }
                        entries.insert(key.into_owned(), value);
                    }
                    None => {
                        entries.remove(&*key);
                        nulls.insert(&key, Nulls::Here);
                    }
                },
                Err(error) => {
                    self.0.member(&key);
                    return Err(error);
                }
            }
        }
        if let Some(nulls) = nulls.into_nulls() {
            self.0.set_nulls(nulls);
        }
        Ok(entries)
    }
}
