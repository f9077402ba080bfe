//! The constants that describe parameters, each different one once.

use super::{rules, service::Parameter};
use crate::{names, resolve::api};
use std::collections::HashSet;

/// All constants.
pub(super) struct ParameterTable {
    all: Vec<Parameter>,
}

impl ParameterTable {
    /// Gives each different parameter a constant, in their order.
    pub(super) fn new<'a>(parameters: impl IntoIterator<Item = &'a api::Parameter>) -> Self {
        let mut table = Self { all: Vec::new() };
        let mut taken = HashSet::new();
        for parameter in parameters {
            if table.find(parameter).is_none() {
                table.all.push(Parameter {
                    constant: names::unique(names::constant_name(&parameter.name), &mut taken),
                    wire: parameter.name.clone(),
                    rules: rules::list(false, &parameter.rules),
                    skip_encoding: parameter.skip_encoding,
                });
            }
        }
        table
    }

    /// The name of a parameter's constant.
    pub(super) fn constant(&self, parameter: &api::Parameter) -> String {
        let found = self.find(parameter);
        found.map_or_else(
            || names::constant_name(&parameter.name),
            |found| found.constant.clone(),
        )
    }

    fn find(&self, parameter: &api::Parameter) -> Option<&Parameter> {
        let rules = rules::list(false, &parameter.rules);
        self.all.iter().find(|known| {
            known.wire == parameter.name
                && known.rules == rules
                && known.skip_encoding == parameter.skip_encoding
        })
    }

    /// The constants, by name.
    pub(super) fn into_sorted(mut self) -> Vec<Parameter> {
        self.all.sort_by(|a, b| a.constant.cmp(&b.constant));
        self.all
    }
}
