//! Chooses names of items: those in the manifest, and different names for different items.

use crate::{
    json_pointer::JsonPointer,
    manifest_names::Names,
    note::{Note, NoteKind},
    problem::{Problem, Problems},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// The names in a manifest, and the notes about their use.
///
/// Used names and notes are collected behind a shared reference, because all parts of the model
/// choose names, some of them in parallel. Their sets are ordered, so that the order in which parts
/// are built does not matter.
pub(crate) struct Namer<'a> {
    file: &'a str,
    root: &'a JsonPointer,
    /// Whether names may match no item.
    are_shared: bool,
    given: BTreeMap<JsonPointer, &'a str>,
    used: Mutex<BTreeSet<JsonPointer>>,
    notes: Mutex<BTreeSet<Note>>,
    problems: Mutex<BTreeSet<Problem>>,
}

/// The names that are used among items that need different names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken {
    all: HashMap<String, String>,
    reserved: HashSet<String>,
}

/// An item that needs a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    /// The JSON pointer at which `names:` in the manifest sets the item's name.
    pub(crate) path: &'a [&'a str],
    /// What the item is, for messages, such as ``"schema `Widget`"``.
    pub(crate) what: &'a str,
}

impl<'a> Namer<'a> {
    pub(crate) fn new(names: &'a Names) -> Self {
        Self {
            file: &names.file,
            root: &names.pointer,
            are_shared: names.is_shared,
            given: names.entries(),
            used: Mutex::default(),
            notes: Mutex::default(),
            problems: Mutex::default(),
        }
    }

    /// Returns the manifest's value at a path below `names:`.
    pub(crate) fn given(&self, path: &[&str]) -> Option<&'a str> {
        let pointer = self.pointer(path);
        let given = self.given.get(&pointer).copied();
        if given.is_some() {
            lock(&self.used).insert(pointer);
        }
        given
    }

    /// Names an item: as in the manifest, or by the first of `candidates` that is not used.
    pub(crate) fn name(
        &self,
        subject: Subject<'_>,
        candidates: impl IntoIterator<Item = String>,
        taken: &mut Taken,
    ) -> String {
        match self.given(subject.path) {
            Some(name) => self.take_given(name, subject, taken),
            None => self.choose(subject, candidates, taken),
        }
    }

    /// Uses a name in the manifest. It is a problem if the name is already used.
    pub(crate) fn take_given(&self, name: &str, subject: Subject<'_>, taken: &mut Taken) -> String {
        if let Some(other) = taken.take(name, subject.what) {
            let message = format!(
                "{} cannot be called {name}, which is taken by {other}; give one of them \
                 another name",
                subject.what
            );
            let pointer = self.pointer(subject.path);
            let problem = Problem::new(self.file, pointer, message);
            lock(&self.problems).insert(problem);
        }
        name.to_owned()
    }

    /// Names an item by the first of `candidates` that is not used.
    pub(crate) fn choose(
        &self,
        subject: Subject<'_>,
        candidates: impl IntoIterator<Item = String>,
        taken: &mut Taken,
    ) -> String {
        let mut candidates = candidates.into_iter();
        let wanted = candidates.next().unwrap_or_default();
        let Some(other) = taken.take(&wanted, subject.what) else {
            return wanted;
        };
        let mut last = wanted.clone();
        let name = loop {
            last = candidates.next().unwrap_or_else(|| another(&last));
            if taken.take(&last, subject.what).is_none() {
                break last;
            }
        };
        self.note(subject, &name, &wanted, &other);
        name
    }

    /// Notes the name of an item whose usual name is that of another item.
    pub(crate) fn note(&self, subject: Subject<'_>, name: &str, usual: &str, other: &str) {
        let message = format!(
            "{} is called {name}, because {usual} is taken by {other}; set another name here",
            subject.what
        );
        lock(&self.notes).insert(Note {
            kind: NoteKind::Disambiguated,
            file: self.file.to_owned(),
            pointer: self.pointer(subject.path),
            message,
        });
    }

    fn pointer(&self, path: &[&str]) -> JsonPointer {
        let mut pointer = self.root.clone();
        path.iter().for_each(|segment| pointer.push(segment));
        pointer
    }

    /// Returns the notes on names that had to be changed.
    ///
    /// # Errors
    ///
    /// If a name in the manifest is already used, or no item matches its key.
    pub(crate) fn finish(self) -> Result<Vec<Note>, Problems> {
        let used = inner(self.used);
        let unused = self.given.keys().filter(|pointer| !used.contains(pointer));
        let unused = unused.filter(|_| !self.are_shared);
        let unused = unused.map(|pointer| {
            let message = "expected the name of an item of the descriptions, found no such item; \
                           correct or remove this entry";
            Problem::new(self.file, pointer.clone(), message)
        });
        let problems = inner(self.problems).into_iter();
        let problems: Problems = problems.chain(unused).collect();
        problems.into_result(inner(self.notes).into_iter().collect())
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn inner<T>(shared: Mutex<T>) -> T {
    shared.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Returns a name for items for which all candidates are used.
fn another(name: &str) -> String {
    if name.starts_with(|c: char| c.is_uppercase()) {
        format!("{name}Other")
    } else {
        format!("{}_other", name.trim_end_matches('_'))
    }
}

impl Taken {
    /// Names that no item may have, and the items that have them.
    pub(crate) fn reserved<'n>(names: impl IntoIterator<Item = &'n str>, whose: &str) -> Self {
        let names = names.into_iter();
        let reserved: HashSet<String> = names.map(str::to_owned).collect();
        Self {
            all: reserved
                .iter()
                .map(|name| (name.clone(), whose.to_owned()))
                .collect(),
            reserved,
        }
    }

    /// Reserves a name. If it is already used, returns the item that has it.
    pub(crate) fn take(&mut self, name: &str, what: &str) -> Option<String> {
        if let Some(other) = self.all.get(name) {
            return Some(other.clone());
        }
        self.all.insert(name.to_owned(), what.to_owned());
        None
    }

    /// Returns whether no item may have a name.
    pub(crate) fn is_reserved(&self, name: &str) -> bool {
        self.reserved.contains(name)
    }
}
