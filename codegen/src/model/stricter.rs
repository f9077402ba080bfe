//! Names in scopes, of which some operations ask more than others.
//!
//! A scope checks the names it is made with by the rules of one operation below it. Operations
//! with rules beyond those check the names again.

use super::{
    ByGroup,
    parameters::Parameters,
    scopes::{self, Step},
    service::{Parameter, PartLocation, PartValue, RequestPart, ScopePath, Service},
    types,
};
use crate::resolve::api::{self, Operation, Place};

/// Gives methods the checks that their scopes do not make.
pub(super) fn add_checks(
    service: &mut Service,
    by_group: &ByGroup<'_>,
    mut parameters: Parameters,
) {
    for (at, known) in known_parameters(service) {
        let group = &mut service.groups[at];
        for (index, operation) in by_group[at].1.iter().enumerate() {
            let steps = scopes::split(&operation.path).steps;
            for (place, known) in known.iter().enumerate() {
                // What stands in the path as it is may have any number of segments.
                if known.skip_encoding {
                    break;
                }
                let Some(own) = parameter(operation, &steps[place]) else {
                    continue;
                };
                let rules = types::rules(false, &own.rules);
                if rules.iter().all(|rule| known.rules.contains(rule)) {
                    continue;
                }
                let part = RequestPart {
                    location: PartLocation::Scope,
                    wire: own.name.clone(),
                    constant: parameters.constant(own),
                    value: PartValue::Segment(segment(&steps[..=place])),
                    list_style: None,
                };
                group.methods[index].parts.insert(0, part);
            }
        }
    }
    service.parameters = parameters.finish();
}

/// The groups, with the parameters in the paths of their scopes.
fn known_parameters(service: &Service) -> Vec<(usize, Vec<Parameter>)> {
    let own = |path: &ScopePath| {
        let constants = path.arguments.iter().map(|own| &own.constant);
        let all = constants.filter_map(|constant| {
            service
                .parameters
                .iter()
                .find(|known| known.constant == *constant)
        });
        all.cloned().collect::<Vec<_>>()
    };
    let subscription = service.subscription.as_ref().map(own).unwrap_or_default();
    let mut found = Vec::new();
    let mut waiting = vec![(0, Vec::new())];
    while let Some((at, known)) = waiting.pop() {
        let scope = &service.scopes[at];
        for &group in &scope.groups {
            let outside = at > 0 || service.groups[group].tenant;
            let known = if outside { &known } else { &subscription };
            found.push((group, known.clone()));
        }
        for &child in &scope.children {
            let child_scope = &service.scopes[child];
            let outside = at > 0 || child_scope.tenant;
            let mut known = if outside { &known } else { &subscription }.clone();
            known.extend(own(&child_scope.path));
            waiting.push((child, known));
        }
    }
    found
}

fn parameter<'a>(operation: &'a Operation, step: &Step) -> Option<&'a api::Parameter> {
    let mut all = operation.parameters.iter();
    all.find(|own| own.place == Place::Path && own.name == step.placeholder)
}

/// Which segment of a path the last step's placeholder is.
fn segment(steps: &[Step]) -> usize {
    let slashes = steps.iter().map(|step| step.literal.matches('/').count());
    slashes.sum()
}
