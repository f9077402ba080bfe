//! Finds names in scopes for which some operations have stricter rules than others.
//!
//! A scope checks names with the rules of one of its operations. Operations with further rules
//! check the names again.

use super::parameters::{NamedParameter, ParameterTable, User};
use crate::{
    model::rules,
    path_template::PathStep,
    resolve::api::{Operation, Parameter, ParameterLocation},
};

/// A check that an operation adds to those of its scope.
pub(crate) struct ScopeCheck<'a> {
    /// The parameter with the rules.
    pub(crate) named: NamedParameter<'a>,
    /// The segment of the path that holds its value.
    pub(crate) segment: usize,
}

/// Returns the checks that an operation of a group adds, given the parameters that its scope has
/// checked.
pub(crate) fn checks<'a>(
    known: &[&Parameter],
    operation: &'a Operation,
    user: &User,
    parameters: &mut ParameterTable,
) -> Vec<ScopeCheck<'a>> {
    let steps = operation.path.steps();
    // A value that is not encoded may have any number of segments.
    let known = known.iter().take_while(|known| !known.skip_encoding);
    let checks = known.enumerate().filter_map(|(at, known)| {
        let parameter = parameter(operation, steps.get(at)?)?;
        let known = rules::list(false, &known.rules);
        let own = rules::list(false, &parameter.rules);
        let is_stricter = own.iter().any(|rule| !known.contains(rule));
        is_stricter.then(|| ScopeCheck {
            named: NamedParameter {
                constant: parameters.constant(parameter, user),
                parameter,
            },
            segment: segment(&steps[..=at]),
        })
    });
    checks.collect()
}

fn parameter<'a>(operation: &'a Operation, step: &PathStep) -> Option<&'a Parameter> {
    let mut all = operation.parameters.iter();
    all.find(|own| own.location == ParameterLocation::Path && own.name == step.placeholder)
}

/// Returns the index of the segment with the last step's placeholder.
pub(super) fn segment(steps: &[PathStep]) -> usize {
    let slashes = steps.iter().map(|step| step.literal.matches('/').count());
    slashes.sum()
}
