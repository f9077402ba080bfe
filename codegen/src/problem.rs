//! What is wrong with an input, told to a person.

use std::fmt;

/// One thing wrong with one place of one input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File the problem lies in, as it was named to us.
    pub file: String,
    /// JSON pointer to the place; empty when the whole file is meant.
    pub pointer: String,
    /// What was expected, and what to do about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            return write!(f, "{}: {}", self.file, self.message);
        }
        write!(f, "{}: at {}: {}", self.file, self.pointer, self.message)
    }
}

/// Everything found wrong in one run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
