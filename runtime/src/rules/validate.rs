//! Validation of models before they are sent.

use super::{constraints::Constraints, error::invalid_argument, preview};
use azure_core::Error;

/// A model that can be validated against its description before it is sent.
///
/// Everything that implements [`Wire`](crate::model::Wire) can. The default implementation, for
/// hand-written models, has no rules.
pub trait Validate {
    /// Reports the first member that breaks a rule to the validator.
    fn validate(&self, validator: &mut Validator) {
        let _ = validator;
    }
}

/// Validates a model, and stores the first violation with the path of its member.
#[derive(Debug, Default)]
pub struct Validator {
    path: String,
    violation: Option<String>,
    api_version: Option<&'static str>,
}

impl Validator {
    /// Creates a validator without a violation.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a validator for data sent with an API version; `None` if the description does not
    /// have the version.
    pub(crate) fn for_version(api_version: Option<&'static str>) -> Self {
        Self {
            api_version,
            ..Self::default()
        }
    }

    /// Checks that the API version has a member or value that only previews have. Members and
    /// values of all versions are always valid.
    pub(crate) fn previews(&mut self, name: &str, value: Option<&str>, previews: &[&str]) {
        let (false, Some(version)) = (previews.is_empty(), self.api_version) else {
            return;
        };
        if !previews.contains(&version) {
            let refusal = preview::refusal(version, previews);
            let problem = match value {
                Some(value) => format!("is {value:?}, which {refusal}"),
                None => refusal,
            };
            self.report(name, &problem);
        }
    }

    /// Returns the first violation, such as ``member `properties.traffic` must be given``.
    pub fn violation(&self) -> Option<&str> {
        self.violation.as_deref()
    }

    /// Requires a member to be present.
    pub fn required(&mut self, name: &str, present: bool) {
        if !present {
            self.report(name, "must be given");
        }
    }

    /// Checks text; `None` is always valid.
    pub fn text(&mut self, name: &str, value: Option<&str>, constraints: &Constraints) {
        if let (true, Some(value)) = (self.is_valid(), value) {
            self.take(name, constraints.check_text(value));
        }
    }

    /// Checks a number; `None` is always valid.
    pub fn number(&mut self, name: &str, value: Option<f64>, constraints: &Constraints) {
        if let (true, Some(value)) = (self.is_valid(), value) {
            self.take(name, constraints.check_number(value));
        }
    }

    /// Checks the number of items of a list; `None` is always valid.
    pub fn count(&mut self, name: &str, items: Option<usize>, constraints: &Constraints) {
        if let (true, Some(items)) = (self.is_valid(), items) {
            self.take(name, constraints.check_count(items));
        }
    }

    /// Checks that no text occurs twice in a list.
    pub fn unique(&mut self, name: &str, items: &[&str], constraints: &Constraints) {
        if self.is_valid() {
            self.take(name, constraints.check_unique(items));
        }
    }

    /// Validates a member, which may be an element (`[3]`) of a list.
    pub fn within(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.push(name);
        check(self);
        self.path.truncate(length);
    }

    /// Reports a violation of a member, such as `must be given`. Only the first one is stored.
    pub fn report(&mut self, name: &str, problem: &str) {
        if self.is_valid() {
            let length = self.path.len();
            self.push(name);
            self.violation = Some(format!("member `{}` {problem}", self.path));
            self.path.truncate(length);
        }
    }

    /// Returns whether there is no violation yet.
    pub fn is_valid(&self) -> bool {
        self.violation.is_none()
    }

    /// Turns the violation into an error that names the operation.
    pub(crate) fn into_error(self, operation: &str) -> Option<Error> {
        self.violation.map(|violation| {
            invalid_argument(format!("{operation}: the body is not valid: {violation}"))
        })
    }

    fn push(&mut self, name: &str) {
        // The index of a list element, `[3]`, is appended to the list's name without a separator.
        if !self.path.is_empty() && !name.is_empty() && !name.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(name);
    }

    fn take(&mut self, name: &str, result: Result<(), String>) {
        if let Err(problem) = result {
            self.report(name, &problem);
        }
    }
}
