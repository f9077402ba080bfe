//! Checking a model against its description before it is sent.

use super::{constraints::Constraints, error::invalid_argument};
use azure_core::Error;

/// A model that can be checked against its description before it is sent.
///
/// Everything that travels in JSON ([`Wire`](crate::model::Wire)) can; the default, for models
/// written by hand, has no rules.
pub trait Validate {
    /// Reports the first member that breaks a rule to the validator.
    fn validate(&self, validator: &mut Validator) {
        let _ = validator;
    }
}

/// Walks a model and remembers the first rule that is broken, and where.
///
/// After the first violation all further checks do nothing.
#[derive(Debug, Default)]
pub struct Validator {
    path: String,
    violation: Option<String>,
}

impl Validator {
    /// A validator that has found nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The first violation, such as ``member `properties.traffic` must be given``.
    pub fn violation(&self) -> Option<&str> {
        self.violation.as_deref()
    }

    /// The member must be there.
    pub fn required(&mut self, name: &str, present: bool) {
        if !present {
            self.report(name, "must be given");
        }
    }

    /// Text within limits; `None` is always fine.
    pub fn text(&mut self, name: &str, value: Option<&str>, constraints: &Constraints) {
        if let (true, Some(value)) = (self.is_valid(), value) {
            self.take(name, constraints.check_text(value));
        }
    }

    /// A number within limits; `None` is always fine.
    pub fn number(&mut self, name: &str, value: Option<f64>, constraints: &Constraints) {
        if let (true, Some(value)) = (self.is_valid(), value) {
            self.take(name, constraints.check_number(value));
        }
    }

    /// How many items a list has; `None` is always fine.
    pub fn count(&mut self, name: &str, items: Option<usize>, constraints: &Constraints) {
        if let (true, Some(items)) = (self.is_valid(), items) {
            self.take(name, constraints.check_count(items));
        }
    }

    /// No text twice in a list.
    pub fn unique(&mut self, name: &str, items: &[&str], constraints: &Constraints) {
        if self.is_valid() {
            self.take(name, constraints.check_unique(items));
        }
    }

    /// Goes down into a member, which may be an element (`[3]`) of a list.
    pub fn within(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.push(name);
        check(self);
        self.path.truncate(length);
    }

    /// Reports a problem with a member, such as `must be given`. Only the first is kept.
    pub fn report(&mut self, name: &str, problem: &str) {
        if self.is_valid() {
            let length = self.path.len();
            self.push(name);
            self.violation = Some(format!("member `{}` {problem}", self.path));
            self.path.truncate(length);
        }
    }

    /// Whether nothing has been found yet.
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
        // An element of a list, `[3]`, follows the list's name at once.
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
