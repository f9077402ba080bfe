//! Members that all kinds of a union have.

use super::open::Text;
use super::{
    Date, Fields, Model, OffsetDateTime, Path, Rfc1123, Rules, Shaped, Show, Union, UnixTime,
    UnknownKind, UnknownMembers, Uuid, Value, Wire,
};
use std::any::Any;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::marker::PhantomData;

/// The return type of a union's accessor: `&str` for text, small values by value, all others as
/// [`Cow`], which is owned if it was read from an object of an unknown kind.
pub trait Shared<'a>: Sized {
    /// The type of the member's field.
    type Field: Wire;

    /// Converts the value of a field.
    fn of_field(field: &'a Self::Field) -> Self;

    /// Reads the member of an object of an unknown kind; `None` if it has another type.
    fn of_json(value: &'a Value) -> Option<Self>;
}

impl<'a> Shared<'a> for &'a str {
    type Field = String;

    fn of_field(field: &'a String) -> Self {
        field
    }

    fn of_json(value: &'a Value) -> Option<Self> {
        value.as_str()
    }
}

impl<'a, T: Wire + Clone> Shared<'a> for Cow<'a, T> {
    type Field = T;

    fn of_field(field: &'a T) -> Self {
        Self::Borrowed(field)
    }

    fn of_json(value: &'a Value) -> Option<Self> {
        read(value).map(Self::Owned)
    }
}

impl<'a, T: Shaped<Shape = Text> + Wire + Clone> Shared<'a> for T {
    type Field = T;

    fn of_field(field: &'a T) -> Self {
        field.clone()
    }

    fn of_json(value: &'a Value) -> Option<Self> {
        read(value)
    }
}

macro_rules! by_value {
    ($($scalar:ty)*) => {$(
        impl<'a> Shared<'a> for $scalar {
            type Field = Self;

            fn of_field(field: &'a Self) -> Self {
                *field
            }

            fn of_json(value: &'a Value) -> Option<Self> {
                read(value)
            }
        }
    )*};
}

by_value! { bool i32 i64 f64 Date OffsetDateTime Rfc1123 UnixTime Uuid }

fn read<T: Wire>(value: &Value) -> Option<T> {
    T::read(value, &mut Path::default()).ok()
}

/// Returns the member `name` of the object in a union.
pub fn shared<'a, U: Union, T: Shared<'a>>(union: &'a U, name: &'static str) -> Option<T> {
    union.show(Finder(name, PhantomData))
}

struct Finder<T>(&'static str, PhantomData<T>);

impl<'a, T: Shared<'a>> Show<'a> for Finder<T> {
    type Output = Option<T>;

    fn model<M: Model + Wire>(self, model: &'a M) -> Self::Output {
        let mut found = Found(self.0, None);
        model.fields(&mut found);
        found.1.map(T::of_field)
    }

    fn unknown(self, object: &'a UnknownKind) -> Self::Output {
        object.value().get(self.0).and_then(T::of_json)
    }
}

/// Finds the field for the member with this name.
struct Found<'a, T>(&'static str, Option<&'a T>);

impl<'a, T: Wire> Fields<'a> for Found<'a, T> {
    fn unknown(&mut self, _: &'a UnknownMembers) {}

    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn ruled<V: Wire>(&mut self, name: &'static str, value: &'a Option<V>, _: Rules) {
        if name == self.0
            && let Some(value) = value
        {
            // A union has accessors for members that have one type in all kinds.
            self.1 = (value as &dyn Any).downcast_ref();
        }
    }

    fn rest<V: Wire>(&mut self, _: &'a BTreeMap<String, V>) {}
}
