//! The constants that describe parameters, each different one once.

use super::{service::Parameter, types::rules};
use crate::{names, resolve::api};
use std::collections::HashSet;

/// All constants so far.
#[derive(Clone, Default)]
pub(super) struct Parameters {
    all: Vec<Parameter>,
    taken: HashSet<String>,
}

impl Parameters {
    /// The constant that describes a parameter.
    pub(super) fn constant(&mut self, source: &api::Parameter) -> String {
        let rules = rules(false, &source.rules);
        let twin = self.all.iter().find(|known| {
            known.wire == source.name
                && known.rules == rules
                && known.skip_encoding == source.skip_encoding
        });
        if let Some(twin) = twin {
            return twin.constant.clone();
        }
        let constant = names::unique(names::constant_name(&source.name), &mut self.taken);
        self.all.push(Parameter {
            constant: constant.clone(),
            wire: source.name.clone(),
            rules,
            skip_encoding: source.skip_encoding,
        });
        constant
    }

    /// The constants, by name.
    pub(super) fn finish(mut self) -> Vec<Parameter> {
        self.all.sort_by(|a, b| a.constant.cmp(&b.constant));
        self.all
    }
}
