//! Problems of the input, as messages for users.

use crate::json_pointer::JsonPointer;
use std::fmt;

/// A problem of a description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file that has to be fixed.
    pub file: String,
    /// The part of the file; the root for the whole file.
    pub pointer: JsonPointer,
    /// What was expected and what to do.
    pub message: String,
}

impl Problem {
    /// Creates a problem of a part of a file.
    pub fn new(
        file: impl Into<String>,
        pointer: impl Into<JsonPointer>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            file: file.into(),
            pointer: pointer.into(),
            message: message.into(),
        }
    }

    /// Creates a problem of a whole file.
    pub fn of_file(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(file, JsonPointer::root(), message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            pointer,
            message,
        } = self;
        if pointer.is_root() {
            write!(f, "{file}: {message}")
        } else {
            write!(f, "{file}: at {pointer}: {message}")
        }
    }
}

/// All problems that were found, so that one run reports them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds a problem of an entry in a file that names an unknown item, unless the item is known.
    pub(crate) fn expect_known(
        &mut self,
        is_known: bool,
        (file, pointer): (&str, JsonPointer),
        expected: &str,
        found: &str,
    ) {
        if !is_known {
            let message = format!("expected {expected}, found {found:?}; correct or remove it");
            self.push(Problem::new(file, pointer, message));
        }
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of a result, or adds its problems to these.
    pub fn collect<T>(&mut self, result: Result<T, impl Into<Self>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problems) => {
                self.0.extend(problems.into().0);
                None
            }
        }
    }

    /// Returns the value, if there is no problem.
    ///
    /// # Errors
    ///
    /// These problems, if there are any.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        self.and(Ok::<T, Self>(value))
    }

    /// Returns the value of a result, if neither has a problem.
    ///
    /// # Errors
    ///
    /// These problems and those of the result.
    pub fn and<T>(mut self, result: Result<T, impl Into<Self>>) -> Result<T, Self> {
        match self.collect(result) {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

/// Returns all values, if every result has one.
///
/// # Errors
///
/// The problems of all results.
pub(crate) fn collect<T, E: Into<Problems>>(
    results: impl IntoIterator<Item = Result<T, E>>,
) -> Result<Vec<T>, Problems> {
    let mut problems = Problems::default();
    let results = results.into_iter();
    let values = results.filter_map(|result| problems.collect(result));
    let values = values.collect();
    problems.into_result(values)
}

/// Shows one problem on each line.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { "\n" };
            write!(f, "{before}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl From<Vec<Problem>> for Problems {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems)
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}
