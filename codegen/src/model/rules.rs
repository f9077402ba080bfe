//! Converts rules of the description to those of the service model.

use super::service::Rule;
use crate::resolve::api::Rules;

/// Returns the rules of a value.
pub(crate) fn list(required: bool, rules: &Rules) -> Vec<Rule> {
    let all = [
        required.then_some(Rule::Required),
        rules.min_length.map(Rule::MinLength),
        rules.max_length.map(Rule::MaxLength),
        rules.pattern.clone().map(Rule::Pattern),
        rules.minimum.clone().map(if rules.exclusive_minimum {
            Rule::ExclusiveMinimum
        } else {
            Rule::Minimum
        }),
        rules.maximum.clone().map(if rules.exclusive_maximum {
            Rule::ExclusiveMaximum
        } else {
            Rule::Maximum
        }),
        rules.multiple_of.clone().map(Rule::MultipleOf),
        rules.min_items.map(Rule::MinItems),
        rules.max_items.map(Rule::MaxItems),
        rules.unique_items.then_some(Rule::UniqueItems),
    ];
    all.into_iter().flatten().collect()
}
