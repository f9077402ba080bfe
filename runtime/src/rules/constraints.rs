//! Constraints on values.

use crate::text::{excerpt::quoted, pattern::matches};
use std::collections::HashSet;

/// The constraints of a description on a value (JSON Schema's validation keywords).
///
/// Generated code creates them in `const` context.
///
/// ```
/// # use arm_runtime::Constraints;
/// static NAME: Constraints = Constraints::new().pattern("^[a-z]+$").max_length(20);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Constraints {
    min_length: Option<usize>,
    max_length: Option<usize>,
    pattern: Option<&'static str>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    exclusive_minimum: bool,
    exclusive_maximum: bool,
    multiple_of: Option<f64>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    unique_items: bool,
    secret: bool,
    previews: &'static [&'static str],
}

impl Constraints {
    /// Creates constraints that every value satisfies.
    pub const fn new() -> Self {
        Self {
            min_length: None,
            max_length: None,
            pattern: None,
            minimum: None,
            maximum: None,
            exclusive_minimum: false,
            exclusive_maximum: false,
            multiple_of: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            secret: false,
            previews: &[],
        }
    }

    /// Sets the minimum number of characters.
    pub const fn min_length(mut self, characters: usize) -> Self {
        self.min_length = Some(characters);
        self
    }

    /// Sets the maximum number of characters.
    pub const fn max_length(mut self, characters: usize) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// Sets an ECMAScript regular expression that must match somewhere in the text. A pattern that
    /// cannot be parsed is not checked.
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// Sets the minimum of a number.
    pub const fn minimum(mut self, minimum: f64) -> Self {
        self.minimum = Some(minimum);
        self
    }

    /// Sets the maximum of a number.
    pub const fn maximum(mut self, maximum: f64) -> Self {
        self.maximum = Some(maximum);
        self
    }

    /// Excludes the minimum itself.
    pub const fn exclusive_minimum(mut self) -> Self {
        self.exclusive_minimum = true;
        self
    }

    /// Excludes the maximum itself.
    pub const fn exclusive_maximum(mut self) -> Self {
        self.exclusive_maximum = true;
        self
    }

    /// Requires a number to be a multiple of `step`.
    pub const fn multiple_of(mut self, step: f64) -> Self {
        self.multiple_of = Some(step);
        self
    }

    /// Sets the minimum number of items.
    pub const fn min_items(mut self, items: usize) -> Self {
        self.min_items = Some(items);
        self
    }

    /// Sets the maximum number of items.
    pub const fn max_items(mut self, items: usize) -> Self {
        self.max_items = Some(items);
        self
    }

    /// Requires the items of a list to be unique.
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// Marks the value as a secret (`x-ms-secret`), which must not appear in errors.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Sets the API versions that have the value, if all of them are previews, oldest first.
    pub const fn previews(mut self, versions: &'static [&'static str]) -> Self {
        self.previews = versions;
        self
    }

    /// Returns the API versions that have the value, if all of them are previews.
    pub(crate) fn preview_versions(&self) -> &'static [&'static str] {
        self.previews
    }

    /// Checks text. The error says which rule it breaks and how.
    pub(crate) fn check_text(&self, value: &str) -> Result<(), String> {
        let length = value.chars().count();
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(format!(
                "must have at least {least} characters, but {} has {length}",
                self.shown(value)
            ));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            return Err(format!(
                "must have at most {most} characters, but {} has {length}",
                self.shown(value)
            ));
        }
        match self.pattern {
            Some(pattern) if !matches(pattern, value) => Err(format!(
                "must match the pattern {pattern}, but is {}",
                self.shown(value)
            )),
            _ => Ok(()),
        }
    }

    /// Checks a number. The error says which rule it breaks and how.
    pub(crate) fn check_number(&self, value: f64) -> Result<(), String> {
        let shown = self.shown(&value.to_string());
        if let Some(minimum) = self.minimum {
            if self.exclusive_minimum && value <= minimum {
                return Err(format!("must be more than {minimum}, but is {shown}"));
            }
            if value < minimum {
                return Err(format!("must be at least {minimum}, but is {shown}"));
            }
        }
        if let Some(maximum) = self.maximum {
            if self.exclusive_maximum && value >= maximum {
                return Err(format!("must be less than {maximum}, but is {shown}"));
            }
            if value > maximum {
                return Err(format!("must be at most {maximum}, but is {shown}"));
            }
        }
        match self.multiple_of {
            Some(step) if !is_multiple(value, step) => {
                Err(format!("must be a multiple of {step}, but is {shown}"))
            }
            _ => Ok(()),
        }
    }

    /// Checks the number of items in a list.
    pub(crate) fn check_count(&self, items: usize) -> Result<(), String> {
        if let Some(least) = self.min_items.filter(|least| items < *least) {
            return Err(format!("must have at least {least} items, but has {items}"));
        }
        if let Some(most) = self.max_items.filter(|most| items > *most) {
            return Err(format!("must have at most {most} items, but has {items}"));
        }
        Ok(())
    }

    /// Checks that no item occurs twice, if that is a rule.
    pub(crate) fn check_unique(&self, items: &[&str]) -> Result<(), String> {
        if !self.unique_items {
            return Ok(());
        }
        let mut seen = HashSet::new();
        match items.iter().find(|item| !seen.insert(**item)) {
            Some(twice) => Err(format!(
                "must not have an item twice, but has {} twice",
                self.shown(twice)
            )),
            None => Ok(()),
        }
    }

    /// Returns whether numbers are limited, so that a value's text has to be read as a number.
    pub(crate) fn limits_numbers(&self) -> bool {
        self.minimum.is_some() || self.maximum.is_some() || self.multiple_of.is_some()
    }

    /// Returns whether the items of a list must be unique.
    pub(crate) fn limits_repetition(&self) -> bool {
        self.unique_items
    }

    /// Formats the value for an error message: quoted and shortened, or hidden if it is a secret.
    pub(crate) fn shown(&self, value: &str) -> String {
        if self.secret {
            "the value".to_owned()
        } else {
            quoted(value)
        }
    }
}

fn is_multiple(value: f64, step: f64) -> bool {
    let times = value / step;
    (times - times.round()).abs() < 1e-9
}
