//! Compares and clones models by a visit of their fields.
//!
//! Bodies that name each field, as derives write them, are compiled with the crate of the models:
//! for several hundred models they are a tenth of the time that a check takes. These functions are
//! generic, and compiled by crates that use them.

use super::{Fields, FieldsMut, Model, Rules, UnknownMembers, Wire};
use std::any::Any;
use std::collections::BTreeMap;

/// A field whose type is not known.
trait Field: Any {
    /// Returns whether `other` has the same type and value.
    fn equals(&self, other: &dyn Any) -> bool;
}

impl<T: Clone + PartialEq + 'static> Field for T {
    fn equals(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
}

/// Collects the fields of a model.
#[derive(Default)]
struct Collector<'a>(Vec<&'a dyn Field>);

impl<'a> Fields<'a> for Collector<'a> {
    fn unknown(&mut self, members: &'a UnknownMembers) {
        self.0.push(members);
    }

    fn constant(&mut self, _: &'static str, _: &'static str) {}

    fn ruled<T: Wire>(&mut self, _: &'static str, value: &'a Option<T>, _: Rules) {
        self.0.push(value);
    }

    fn rest<T: Wire>(&mut self, members: &'a BTreeMap<String, T>) {
        self.0.push(members);
    }
}

/// Returns the fields of a model; the unknown members come first.
fn fields<T: Model>(model: &T) -> Vec<&dyn Field> {
    let mut collector = Collector::default();
    model.fields(&mut collector);
    collector.0
}

/// Returns whether all members of two models are equal.
pub fn equal<T: Model>(one: &T, other: &T) -> bool {
    let mut pairs = fields(one).into_iter().zip(fields(other));
    pairs.all(|(one, other)| one.equals(other))
}

/// Clones fields into those of a new model.
struct Cloner<'a> {
    unknown: Option<&'a dyn Field>,
    fields: std::vec::IntoIter<&'a dyn Field>,
}

impl Cloner<'_> {
    fn clone_field<T: Clone + 'static>(from: Option<&dyn Field>, to: &mut T) {
        let from: Option<&dyn Any> = from.map(|field| field as &dyn Any);
        if let Some(from) = from.and_then(|from| from.downcast_ref::<T>()) {
            to.clone_from(from);
        }
    }
}

impl FieldsMut for Cloner<'_> {
    fn constant(&mut self, _: &'static str) {}

    fn field<T: Wire>(&mut self, _: &'static str, field: &mut Option<T>) {
        Self::clone_field(self.fields.next(), field);
    }

    fn rest<T: Wire>(&mut self, members: &mut BTreeMap<String, T>) {
        Self::clone_field(self.fields.next(), members);
    }

    fn unknown(&mut self, members: &mut UnknownMembers) {
        Self::clone_field(self.unknown, members);
    }
}

/// Clones a model.
pub fn clone<T: Model>(model: &T) -> T {
    let mut fields = fields(model).into_iter();
    let unknown = fields.next();
    let mut new = T::default();
    new.fields_mut(&mut Cloner { unknown, fields });
    new
}
