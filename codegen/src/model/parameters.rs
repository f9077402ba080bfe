//! The constants that describe parameters, each different one once.

use super::{rules, service::Parameter};
use crate::{names, resolve::api};
use std::collections::HashSet;

/// All constants.
///
/// Names of constants come from [`ParameterTable::constant`] alone, which adds what is missing, so
/// that no name is without its constant.
#[derive(Default)]
pub(super) struct ParameterTable {
    all: Vec<Parameter>,
    taken: HashSet<String>,
}

/// A parameter with the name of the constant that describes it.
pub(super) struct NamedParameter<'a> {
    pub(super) parameter: &'a api::Parameter,
    pub(super) constant: String,
}

impl ParameterTable {
    /// Returns the name of a parameter's constant; adds the constant unless an equal one is there.
    pub(super) fn constant(&mut self, parameter: &api::Parameter) -> String {
        let rules = rules::list(false, &parameter.rules);
        let known = self.all.iter().find(|known| {
            known.wire == parameter.name
                && known.rules == rules
                && known.skip_encoding == parameter.skip_encoding
        });
        if let Some(known) = known {
            return known.constant.clone();
        }
        let constant = names::unique(names::constant_name(&parameter.name), &mut self.taken);
        self.all.push(Parameter {
            constant: constant.clone(),
            wire: parameter.name.clone(),
            rules,
            skip_encoding: parameter.skip_encoding,
        });
        constant
    }

    /// Returns parameters with the names of their constants.
    pub(super) fn named<'a>(
        &mut self,
        parameters: impl IntoIterator<Item = &'a api::Parameter>,
    ) -> Vec<NamedParameter<'a>> {
        let parameters = parameters.into_iter();
        let named = parameters.map(|parameter| NamedParameter {
            constant: self.constant(parameter),
            parameter,
        });
        named.collect()
    }

    /// Returns the constants, by name.
    pub(super) fn into_sorted(mut self) -> Vec<Parameter> {
        self.all.sort_by(|a, b| a.constant.cmp(&b.constant));
        self.all
    }
}
