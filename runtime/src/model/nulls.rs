//! Nulls among elements whose type cannot be null.
//!
//! Services send null for elements that have no value, whatever their descriptions say. The
//! elements are read without the nulls; the positions of the nulls are kept in the surrounding
//! model, so that they are written back.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::slice::Iter;

/// The positions of nulls in a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Nulls {
    /// The value itself is null.
    Here,
    /// Some elements of an array have nulls.
    Elements {
        /// Number of elements in the array without nulls. If it differs, the array was changed.
        len: usize,
        /// Positions, in order and including nulls, and the nulls at each.
        nulls: Vec<(usize, Nulls)>,
    },
    /// Some entries of a map have nulls.
    Entries(BTreeMap<String, Nulls>),
}

impl Nulls {
    /// Returns whether the value itself is null.
    ///
    /// A comparison with [`Nulls::Here`] would compile that of whole maps.
    fn is_here(&self) -> bool {
        matches!(self, Self::Here)
    }

    /// Returns the nulls in the entry `name` of a map, if this is one.
    pub(super) fn entry(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Entries(entries) => entries.get(name),
            _ => None,
        }
    }

    /// Returns the names of the entries of a map that are null themselves, if this is one.
    pub(super) fn null_entries(&self) -> Vec<&str> {
        match self {
            Self::Entries(entries) => null_entries(entries),
            _ => Vec::new(),
        }
    }
}

/// Returns the names of entries that are null themselves.
pub(super) fn null_entries(entries: &BTreeMap<String, Nulls>) -> Vec<&str> {
    let nulls = entries.iter().filter(|(_, nulls)| nulls.is_here());
    nulls.map(|(name, _)| name.as_str()).collect()
}

/// The nulls in a map that is being read.
///
/// This does not depend on the type of the entries, so that it is compiled once.
#[derive(Default)]
pub(super) struct NullEntries(BTreeMap<String, Nulls>);

impl NullEntries {
    pub(super) fn insert(&mut self, name: &str, nulls: Nulls) {
        self.0.insert(name.to_owned(), nulls);
    }

    /// Returns the nulls of the whole map, if there are any.
    pub(super) fn into_nulls(self) -> Option<Nulls> {
        (!self.0.is_empty()).then_some(Nulls::Entries(self.0))
    }
}

/// Inserts nulls among the elements of an array.
pub(super) struct Weaver<'n> {
    nulls: Peekable<Iter<'n, (usize, Nulls)>>,
    position: usize,
}

impl<'n> Weaver<'n> {
    /// Inserts `nulls` into an array with `len` elements, if they were read with it.
    pub(super) fn new(nulls: Option<&'n Nulls>, len: usize) -> Self {
        let nulls = match nulls {
            Some(Nulls::Elements { len: read, nulls }) if *read == len => nulls.as_slice(),
            _ => &[],
        };
        Self {
            nulls: nulls.iter().peekable(),
            position: 0,
        }
    }

    /// Returns whether null comes next.
    pub(super) fn is_null(&mut self) -> bool {
        let next = self.nulls.peek();
        let null = next.is_some_and(|next| next.0 == self.position && next.1.is_here());
        if null {
            self.nulls.next();
            self.position += 1;
        }
        null
    }

    /// Returns the nulls in the next element.
    pub(super) fn element(&mut self) -> Option<&'n Nulls> {
        let position = self.position;
        self.position += 1;
        let next = self.nulls.next_if(|next| next.0 == position)?;
        Some(&next.1)
    }
}
