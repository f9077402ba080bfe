//! The limits that a description puts on a value.

use regress::Regex;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::fmt;

/// JSON Schema's validation keywords.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Rules {
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<Pattern>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    exclusive_minimum: bool,
    exclusive_maximum: bool,
    pub(super) multiple_of: Option<f64>,
    pub(super) min_items: Option<usize>,
    max_items: Option<usize>,
    unique_items: bool,
}

/// A regular expression with its text; one that cannot be read matches everything.
pub(super) struct Pattern {
    text: String,
    regex: Option<Regex>,
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let regex = Regex::new(&text).ok();
        Ok(Self { text, regex })
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Rules {
    /// The first rule that a value breaks; kinds of values that a rule is not for obey it.
    pub(super) fn broken_by(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => self.broken_by_text(text),
            Value::Number(number) => self.broken_by_number(number.as_f64()?),
            Value::Array(items) => self.broken_by_items(items),
            _ => None,
        }
    }

    /// The first rule that text breaks.
    pub(super) fn broken_by_text(&self, text: &str) -> Option<String> {
        let length = text.chars().count();
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Some(format!(
                "must have {least} characters or more, but has {length}"
            ));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            return Some(format!(
                "must have {most} characters or fewer, but has {length}"
            ));
        }
        let pattern = self.pattern.as_ref()?;
        let regex = pattern.regex.as_ref()?;
        let fits = regex.find(text).is_some();
        (!fits).then(|| format!("must match the pattern {}", pattern.text))
    }

    fn broken_by_number(&self, number: f64) -> Option<String> {
        if let Some(minimum) = self.minimum {
            if self.exclusive_minimum && number <= minimum {
                return Some(format!("must be more than {minimum}, but is {number}"));
            }
            if number < minimum {
                return Some(format!("must be {minimum} or more, but is {number}"));
            }
        }
        if let Some(maximum) = self.maximum {
            if self.exclusive_maximum && number >= maximum {
                return Some(format!("must be less than {maximum}, but is {number}"));
            }
            if number > maximum {
                return Some(format!("must be {maximum} or less, but is {number}"));
            }
        }
        let step = self.multiple_of?;
        let times = number / step;
        let whole = (times - times.round()).abs() < 1e-9;
        (!whole).then(|| format!("must be a multiple of {step}, but is {number}"))
    }

    fn broken_by_items(&self, items: &[Value]) -> Option<String> {
        let count = items.len();
        if let Some(least) = self.min_items.filter(|least| count < *least) {
            return Some(format!("must have {least} items or more, but has {count}"));
        }
        if let Some(most) = self.max_items.filter(|most| count > *most) {
            return Some(format!("must have {most} items or fewer, but has {count}"));
        }
        let mut rest = items;
        while let [first, others @ ..] = rest {
            if self.unique_items && others.contains(first) {
                return Some("must not have an item twice".to_owned());
            }
            rest = others;
        }
        None
    }
}
