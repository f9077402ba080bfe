//! Nulls among elements whose type has no place for them.
//!
//! Services send null for elements that have no value, whatever their descriptions say. The
//! elements are read without them; where they stood is kept in the model around, so that they are
//! written back.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::slice::Iter;

/// Where nulls stood in a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Nulls {
    /// The value itself is null.
    Here,
    /// Some elements of an array have nulls.
    Elements {
        /// How many elements the array has without nulls; one that has more or fewer was changed.
        len: usize,
        /// Positions, in order and counted with nulls, and what is null there.
        nulls: Vec<(usize, Nulls)>,
    },
    /// Some entries of a map have nulls.
    Entries(BTreeMap<String, Nulls>),
}

impl Nulls {
    /// What is null in the entry `name` of a map, if this is one.
    pub(super) fn entry(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Entries(entries) => entries.get(name),
            _ => None,
        }
    }

    /// The entries of a map, if this is one, that are null themselves.
    pub(super) fn null_entries(&self) -> impl Iterator<Item = &String> {
        let entries = match self {
            Self::Entries(entries) => Some(entries),
            _ => None,
        };
        null_entries(entries.into_iter().flatten())
    }
}

/// The names of entries that are null themselves.
pub(super) fn null_entries<'n>(
    entries: impl Iterator<Item = (&'n String, &'n Nulls)>,
) -> impl Iterator<Item = &'n String> {
    entries.filter_map(|(name, nulls)| (*nulls == Nulls::Here).then_some(name))
}

/// Weaves nulls into the elements of an array.
pub(super) struct Weaver<'n> {
    nulls: Peekable<Iter<'n, (usize, Nulls)>>,
    position: usize,
}

impl<'n> Weaver<'n> {
    /// Weaves `nulls` into an array with `len` elements, if they were read with it.
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

    /// Whether null comes next.
    pub(super) fn is_null(&mut self) -> bool {
        let next = self.nulls.peek();
        let null = next.is_some_and(|next| next.0 == self.position && next.1 == Nulls::Here);
        if null {
            self.nulls.next();
            self.position += 1;
        }
        null
    }

    /// What is null in the element that comes next.
    pub(super) fn element(&mut self) -> Option<&'n Nulls> {
        let position = self.position;
        self.position += 1;
        let next = self.nulls.next_if(|next| next.0 == position)?;
        Some(&next.1)
    }
}
