//! Unions: enums that are JSON objects with a discriminator.

use super::object::{Key, read_members};
use super::{Model, Nulls, Path, Shape, Wire};
use crate::{Constraints, Validator};
use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// An enum that is a JSON object; [`union!`](crate::union!) implements it.
pub trait Union: Sized {
    /// The name of the discriminator.
    const TAG: &'static str;

    /// The values of the discriminator that have a variant.
    const KINDS: &'static [&'static str];

    /// Reads the variant for `kind`.
    fn pick<P: Pick>(kind: &str, from: P) -> Result<Self, P::Error>;

    /// Creates the variant for an object of another kind.
    fn unknown(object: UnknownKind) -> Self;

    /// Passes the contents of the variant to `to`.
    fn show<'a, S: Show<'a>>(&'a self, to: S) -> S::Output;
}

/// A visitor of a union's variant.
pub trait Show<'a> {
    /// The result of the visit.
    type Output;

    /// Visits the variant's model.
    fn model<T: Model + Wire>(self, model: &'a T) -> Self::Output;

    /// Visits an object of an unknown kind.
    fn unknown(self, object: &'a UnknownKind) -> Self::Output;
}

/// The source from which [`Union::pick`] reads a variant.
pub trait Pick: Sized {
    /// Error type.
    type Error;

    /// Reads the variant's model.
    fn model<T: Model, U>(self, variant: fn(Box<T>) -> U) -> Result<U, Self::Error>;

    /// Reads the variant's model, which is a union itself; `tag` is the discriminator of the outer
    /// one.
    fn union<T: Union, U>(
        self,
        tag: &'static str,
        variant: fn(Box<T>) -> U,
    ) -> Result<U, Self::Error>;

    /// Keeps an object of an unknown kind.
    fn unknown<U: Union>(self) -> Result<U, Self::Error>;
}

/// An object whose discriminator is missing or has an unknown value.
#[derive(Clone)]
pub struct UnknownKind {
    kind: Option<String>,
    value: Value,
}

impl UnknownKind {
    /// Creates the value for an object, which is then sent unchanged.
    pub fn new(value: Value) -> Self {
        Self { kind: None, value }
    }

    /// Returns the value of the discriminator that was read, if there was one.
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    /// Returns the whole object.
    pub fn value(&self) -> &Value {
        &self.value
    }
}

/// Compares the members of two objects.
impl PartialEq for UnknownKind {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Shows no values, because they may be secret.
impl fmt::Debug for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members: Vec<&String> = self
            .value
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .collect();
        f.debug_struct("UnknownKind")
            .field("kind", &self.kind)
            .field("members", &members)
            .finish()
    }
}

impl Serialize for UnknownKind {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
    }
}

/// Members that were read before the discriminator.
type Early<'de> = Vec<(Cow<'de, str>, Value)>;

struct UnionVisitor<'p, U>(&'p mut Path, PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<'_, U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<U, A::Error> {
        let mut early = Early::new();
        while let Some(key) = object.next_key_seed(Key)? {
            let value = object.next_value()?;
            if key == U::TAG {
                return read_variant(value, early, object, self.0);
            }
            early.push((key, value));
        }
        Ok(U::unknown(UnknownKind::new(Value::Object(collect(early)))))
    }
}

fn read_variant<'de, U: Union, A: MapAccess<'de>>(
    kind: Value,
    early: Early<'de>,
    object: A,
    path: &mut Path,
) -> Result<U, A::Error> {
    let known = kind.as_str().and_then(|kind| find(U::KINDS, kind));
    let members = Members {
        object: Replay {
            early: early.into_iter(),
            value: None,
            live: object,
        },
        kind,
        path,
        lifetime: PhantomData,
    };
    match known {
        Some(kind) => U::pick(kind, members),
        None => members.unknown(),
    }
}

/// Finds the kind by its exact spelling or, if there is none, in another letter case.
fn find(kinds: &'static [&'static str], kind: &str) -> Option<&'static str> {
    let exact = kinds.iter().find(|known| **known == kind);
    exact
        .or_else(|| kinds.iter().find(|known| known.eq_ignore_ascii_case(kind)))
        .copied()
}

fn collect(early: Early<'_>) -> Map<String, Value> {
    early
        .into_iter()
        .map(|(key, value)| (key.into_owned(), value))
        .collect()
}

struct Members<'de, 'p, A> {
    object: Replay<'de, A>,
    kind: Value,
    path: &'p mut Path,
    lifetime: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Pick for Members<'de, '_, A> {
    type Error = A::Error;

    fn model<T: Model, U>(self, variant: fn(Box<T>) -> U) -> Result<U, A::Error> {
        let mut model = Box::<T>::default();
        read_members(self.object, self.path, &mut *model)?;
        Ok(variant(model))
    }

    fn union<T: Union, U>(
        self,
        tag: &'static str,
        variant: fn(Box<T>) -> U,
    ) -> Result<U, A::Error> {
        let mut early: Early<'_> = self.object.early.collect();
        early.push((Cow::Borrowed(tag), self.kind));
        let object = Replay {
            early: early.into_iter(),
            ..self.object
        };
        let union = UnionVisitor::<T>(self.path, PhantomData).visit_map(object)?;
        Ok(variant(Box::new(union)))
    }

    fn unknown<U: Union>(self) -> Result<U, A::Error> {
        let mut live = self.object.live;
        let mut members = collect(self.object.early.collect());
        let kind = self.kind.as_str().map(str::to_owned);
        members.insert(U::TAG.to_owned(), self.kind);
        while let Some((key, value)) = live.next_entry()? {
            members.insert(key, value);
        }
        let value = Value::Object(members);
        Ok(U::unknown(UnknownKind { kind, value }))
    }
}

/// An object whose first members were already read.
struct Replay<'de, A> {
    early: std::vec::IntoIter<(Cow<'de, str>, Value)>,
    value: Option<Value>,
    live: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some((key, value)) = self.early.next() else {
            return self.live.next_key_seed(seed);
        };
        self.value = Some(value);
        seed.deserialize(CowStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.live.next_value_seed(seed),
        }
    }
}

/// Returns the discriminator of an object; also works for one that was not read from JSON.
pub fn unknown_kind<'a>(object: &'a UnknownKind, tag: &str) -> &'a str {
    let kind = object.value.get(tag).and_then(Value::as_str);
    kind.unwrap_or_default()
}

/// The shape of a [`Union`]: the object of its variant.
#[derive(Debug)]
pub enum Tagged {}

impl<U: Union> Shape<U> for Tagged {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<U, D::Error> {
        from.deserialize_map(UnionVisitor(path, PhantomData))
    }

    fn write<S: Serializer>(union: &U, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        union.show(Write(to))
    }

    fn check(union: &U, rules: &Constraints, validator: &mut Validator) {
        union.show(Check(rules, validator));
    }
}

struct Write<S>(S);

impl<'a, S: Serializer> Show<'a> for Write<S> {
    type Output = Result<S::Ok, S::Error>;

    fn model<T: Model + Wire>(self, model: &'a T) -> Self::Output {
        model.write(self.0, None)
    }

    fn unknown(self, object: &'a UnknownKind) -> Self::Output {
        object.value.serialize(self.0)
    }
}

struct Check<'a>(&'a Constraints, &'a mut Validator);

impl<'a> Show<'a> for Check<'_> {
    type Output = ();

    fn model<T: Model + Wire>(self, model: &'a T) {
        model.check(self.0, self.1);
    }

    fn unknown(self, _: &'a UnknownKind) {}
}

impl Wire for UnknownKind {
    fn read<'de, D: Deserializer<'de>>(from: D, path: &mut Path) -> Result<Self, D::Error> {
        Value::read(from, path).map(Self::new)
    }

    fn write<S: Serializer>(&self, to: S, _: Option<&Nulls>) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
    }

    fn check(&self, _: &Constraints, _: &mut Validator) {}
}

/// Declares an enum of boxed models, with a last variant `Unknown(UnknownKind)`, and implements
/// [`Wire`](crate::model::Wire), `Clone`, `Debug`, `PartialEq` and serde's traits for it.
///
/// The discriminator may be at any position among the members and in any letter case; the first one
/// is used. Each model writes its discriminator as a constant.
///
/// A kind that is a union itself, by another discriminator, is followed by the models of its kinds,
/// as in `Bird(Bird of [Duck, Owl]) = "Bird"`; these convert into the outer union, too. A union of
/// some of the kinds converts into it if it is declared at the end, with its variants and those that
/// they become: `from Mammal { Cat => Cat, Dog => Dog }`.
///
/// Members that all kinds have get accessors, which also return those of unknown kinds: text as
/// `Option<&str>`, enums, numbers and times by value, all others as `Option<Cow<'_, _>>`.
///
/// ```
/// arm_runtime::model! {
///     /// A cat.
///     pub struct Cat {
///         "kind" = "Cat",
///
///         /// Name of the pet.
///         pub name: Option<String> = "name",
///     }
/// }
///
/// arm_runtime::union! {
///     /// An animal that people live with. The discriminator is `kind`.
///     pub enum Pet: "kind" {
///         /// A cat.
///         Cat(Cat) = "Cat",
///     }
///
///     /// Name of the pet.
///     pub fn name(&self) -> Option<&str> = "name";
/// }
///
/// let pet: Pet = serde_json::from_str(r#"{"name": "Tom", "kind": "Cat"}"#)?;
/// assert_eq!(pet.name(), Some("Tom"));
/// let pet: Pet = serde_json::from_str(r#"{"kind":"Newt","name":"Eft","toes":14}"#)?;
/// assert_eq!((pet.kind(), pet.name()), ("Newt", Some("Eft")));
/// assert_eq!(serde_json::to_string(&pet)?, r#"{"kind":"Newt","name":"Eft","toes":14}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    (
        $(#[$($meta:tt)*])*
        pub enum $name:ident: $tag:literal {
            $(
                $(#[$($doc:tt)*])*
                $variant:ident($model:ident $(of [$($inner:ident),* $(,)?])?) = $kind:literal,
            )*
        }
        $($(#[$($member_doc:tt)*])* pub fn $member:ident(&self) -> $ty:ty = $wire:literal;)*
        $(from $part:ident { $($theirs:ident => $ours:ident),* $(,)? })*
    ) => {
        $(#[$($meta)*])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$($doc)*])* $variant(Box<$model>),)*
            /// A complete object of a kind that this version of the crate does not know.
            Unknown($crate::model::UnknownKind),
        }
        impl $name {
            /// Returns the value of the discriminator; empty if there is none.
            #[inline]
            pub fn kind(&self) -> &str {
                match self {
                    $(Self::$variant(_) => $kind,)*
                    Self::Unknown(object) => $crate::model::support::unknown_kind(object, $tag),
                }
            }
            $(
                $(#[$($member_doc)*])*
                #[inline]
                pub fn $member(&self) -> $ty {
                    $crate::model::support::shared(self, $wire)
                }
            )*
        }
        impl Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant(model) => Self::$variant(model.clone()),)*
                    Self::Unknown(object) => Self::Unknown(object.clone()),
                }
            }
        }
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(model), Self::$variant(other)) => model == other,)*
                    (Self::Unknown(object), Self::Unknown(other)) => object == other,
                    _ => false,
                }
            }
        }
        $crate::__union! { $name, $tag $(, $variant = $kind ($model $(of [$($inner)*])?))* }
        $(impl From<$part> for $name {
            fn from(part: $part) -> Self {
                match part {
                    $($part::$theirs(model) => Self::$ours(model),)*
                    $part::Unknown(object) => Self::Unknown(object),
                }
            }
        })*
    };
}

/// Implements the traits of a union.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (
        $name:ident, $tag:literal
        $(, $variant:ident = $kind:literal ($model:ident $(of [$($inner:ident)*])?))*
    ) => {
        $(impl From<$model> for $name {
            #[inline]
            fn from(model: $model) -> Self {
                Self::$variant(Box::new(model))
            }
        })*
        $($($(impl From<$inner> for $name {
            #[inline]
            fn from(model: $inner) -> Self {
                Self::$variant(Box::new(model.into()))
            }
        })*)?)*
        impl $crate::model::Union for $name {
            const TAG: &'static str = $tag;
            const KINDS: &'static [&'static str] = &[$($kind),*];
            fn pick<P: $crate::model::Pick>(kind: &str, from: P) -> Result<Self, P::Error> {
                match kind {
                    $($kind => $crate::__kind!(
                        pick(from, $tag, Self::$variant) $([$($inner)*])?
                    ),)*
                    _ => from.unknown(),
                }
            }
            #[inline]
            fn unknown(object: $crate::model::UnknownKind) -> Self {
                Self::Unknown(object)
            }
            fn show<'a, S: $crate::model::Show<'a>>(&'a self, to: S) -> S::Output {
                match self {
                    $(Self::$variant(model) => $crate::__kind!(
                        show(model, to) $([$($inner)*])?
                    ),)*
                    Self::Unknown(object) => to.unknown(object),
                }
            }
        }
        impl $crate::model::Shaped for $name {
            type Shape = $crate::model::support::Tagged;
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(model) => model.fmt(f),)*
                    Self::Unknown(object) => object.fmt(f),
                }
            }
        }
        $crate::__serde!($name);
    };
}

/// Reads or visits a variant of a union, whose model may be a union itself.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (pick($from:ident, $tag:literal, $variant:expr)) => {
        $from.model($variant)
    };
    (pick($from:ident, $tag:literal, $variant:expr) $inner:tt) => {
        $from.union($tag, $variant)
    };
    (show($model:ident, $to:ident)) => {
        $to.model(&**$model)
    };
    (show($model:ident, $to:ident) $inner:tt) => {
        $crate::model::Union::show(&**$model, $to)
    };
}
