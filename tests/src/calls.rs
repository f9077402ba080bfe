//! Arguments for the generated table of calls.

use arm_conformance::driver::{self, Arguments, Location, Parameter};
use arm_machinelearning::MachineLearningClient;
use arm_runtime::Bytes;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub use arm_conformance::driver::Outcome;

/// A call of an operation.
pub type Call = driver::Call<MachineLearningClient>;

/// Values for the arguments of a call, by the client names of parameters.
///
/// Arguments are matched to parameters by name only. Where the generator puts a parameter into the
/// path, its placeholder is checked.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    names: BTreeSet<String>,
    placeholders: Vec<String>,
    values: BTreeMap<String, Value>,
    body: Option<Value>,
}

impl Sample {
    /// Creates a sample for parameters of these names, without values, and for a path whose
    /// placeholders are filled by these parameters.
    ///
    /// # Panics
    ///
    /// If two names are the same in Rust.
    pub fn new<'a>(
        names: impl Iterator<Item = &'a str>,
        placeholders: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut sample = Self {
            placeholders: placeholders.map(letters).collect(),
            ..Self::default()
        };
        for name in names {
            assert!(sample.names.insert(letters(name)), "{name} occurs twice");
        }
        sample
    }

    /// Sets the value of a parameter.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert(letters(name), value);
    }

    /// Sets the body.
    pub fn set_body(&mut self, body: Option<Value>) {
        self.body = body;
    }

    /// Returns the letters of the parameter for an argument: those of its own name, or of the
    /// placeholder that it fills if the operation has no parameter with that name. This happens
    /// where operations have different names for an argument of their common scope.
    fn parameter(&self, parameter: Parameter) -> String {
        let name = letters(parameter.name);
        let Location::Path(index) = parameter.location else {
            return name;
        };
        let placeholder = &self.placeholders[index];
        let is_own = name == *placeholder || !self.names.contains(&name);
        assert!(is_own, "{} fills {placeholder}", parameter.name);
        placeholder.clone()
    }
}

impl Arguments for Sample {
    /// Returns the value of the parameter for an argument.
    ///
    /// # Panics
    ///
    /// If the description has no such parameter.
    fn get(&self, parameter: Parameter) -> Option<&Value> {
        let name = self.parameter(parameter);
        assert!(
            self.names.contains(&name),
            "no parameter is called {}",
            parameter.name
        );
        self.values.get(&name)
    }

    fn document(&self) -> Option<&Value> {
        self.body.as_ref()
    }

    /// Returns `None`: no operation of the service takes bytes.
    fn bytes(&self) -> Option<Bytes> {
        None
    }
}

/// Returns the letters of a name, which are the same in all languages.
pub fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}
