//! Checks the limits that a description sets for a value.

use super::catalog::Catalog;
use crate::table::Limits;
use serde_json::{Number, Value};

/// Returns the first limit that a value exceeds; limits for other types of values do not apply.
pub(crate) fn exceeded(catalog: &Catalog, limits: &Limits, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => exceeded_by_text(catalog, limits, text),
        Value::Number(number) => exceeded_by_number(limits, number.as_f64()?),
        Value::Array(items) => exceeded_by_items(limits, items),
        _ => None,
    }
}

/// Returns the first limit that a text exceeds.
pub(crate) fn exceeded_by_text(catalog: &Catalog, limits: &Limits, text: &str) -> Option<String> {
    let length = text.chars().count();
    if let Some(least) = limits.min_length.filter(|least| length < *least) {
        return Some(format!(
            "must have {least} characters or more, but has {length}"
        ));
    }
    if let Some(most) = limits.max_length.filter(|most| length > *most) {
        return Some(format!(
            "must have {most} characters or fewer, but has {length}"
        ));
    }
    let pattern = limits.pattern.as_ref()?;
    let fits = catalog.matches(pattern, text);
    (!fits).then(|| format!("must match the pattern {pattern}"))
}

fn exceeded_by_number(limits: &Limits, number: f64) -> Option<String> {
    if let Some(minimum) = number_of(&limits.minimum) {
        if limits.exclusive_minimum && number <= minimum {
            return Some(format!("must be more than {minimum}, but is {number}"));
        }
        if number < minimum {
            return Some(format!("must be {minimum} or more, but is {number}"));
        }
    }
    if let Some(maximum) = number_of(&limits.maximum) {
        if limits.exclusive_maximum && number >= maximum {
            return Some(format!("must be less than {maximum}, but is {number}"));
        }
        if number > maximum {
            return Some(format!("must be {maximum} or less, but is {number}"));
        }
    }
    let step = number_of(&limits.multiple_of)?;
    let times = number / step;
    let whole = (times - times.round()).abs() < 1e-9;
    (!whole).then(|| format!("must be a multiple of {step}, but is {number}"))
}

fn exceeded_by_items(limits: &Limits, items: &[Value]) -> Option<String> {
    let count = items.len();
    if let Some(least) = limits.min_items.filter(|least| count < *least) {
        return Some(format!("must have {least} items or more, but has {count}"));
    }
    if let Some(most) = limits.max_items.filter(|most| count > *most) {
        return Some(format!("must have {most} items or fewer, but has {count}"));
    }
    let mut rest = items;
    while let [first, others @ ..] = rest {
        if limits.unique_items && others.contains(first) {
            return Some("must not have an item twice".to_owned());
        }
        rest = others;
    }
    None
}

/// Converts a limit to a floating-point number.
pub(crate) fn number_of(limit: &Option<Number>) -> Option<f64> {
    limit.as_ref().and_then(Number::as_f64)
}
