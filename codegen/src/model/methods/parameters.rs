//! Builds the constants that describe parameters with rules; equal parameters share one.

use crate::{
    model::{rules, service::Parameter},
    names,
    resolve::api::{self, ParameterLocation},
};
use std::collections::{BTreeSet, HashSet};

/// All constants.
///
/// Only [`ParameterTable::constant`] returns names of constants. It adds missing constants, so that
/// each name has one.
#[derive(Default)]
pub(crate) struct ParameterTable {
    all: Vec<Parameter>,
    taken: HashSet<String>,
}

/// What uses a parameter: a method, a scope or the client.
#[derive(Clone, Debug)]
pub(crate) struct User {
    /// Name of the resource or of the group that the parameter belongs to.
    pub(crate) owner: String,
    /// Sets of Cargo features, each of which brings it in; empty when it is always there.
    pub(crate) features: Vec<Vec<String>>,
}

/// A parameter with the name of the constant that describes it, if it has rules.
pub(crate) struct NamedParameter<'a> {
    pub(crate) parameter: &'a api::Parameter,
    pub(crate) constant: Option<String>,
}

impl ParameterTable {
    /// Returns the name of a parameter's constant, and adds the constant unless there is an equal
    /// one. Parameters without rules have none.
    ///
    /// If another constant has the parameter's name, the name of the user's owner is added before it.
    pub(crate) fn constant(&mut self, parameter: &api::Parameter, user: &User) -> Option<String> {
        let rules = rules::list(false, &parameter.rules);
        if rules.is_empty() && !parameter.skip_encoding {
            return None;
        }
        let known = self.all.iter_mut().find(|known| {
            known.wire == parameter.name
                && known.rules == rules
                && known.skip_encoding == parameter.skip_encoding
        });
        if let Some(known) = known {
            known.features = either(&known.features, &user.features);
            return Some(known.constant.clone());
        }
        let constant = self.name(parameter, &user.owner);
        self.all.push(Parameter {
            constant: constant.clone(),
            wire: parameter.name.clone(),
            rules,
            skip_encoding: parameter.skip_encoding,
            features: user.features.clone(),
        });
        Some(constant)
    }

    fn name(&mut self, parameter: &api::Parameter, owner: &str) -> String {
        let name = names::constant_name(&parameter.name);
        let own = name.trim_matches('_');
        let owned = format!("{}_{own}", names::constant_name(owner).trim_matches('_'));
        let place = match parameter.location {
            ParameterLocation::Path => "PATH",
            ParameterLocation::Query => "QUERY",
            ParameterLocation::Header => "HEADER",
            ParameterLocation::Form => "FORM",
        };
        let placed = format!("{owned}_IN_{place}");
        let mut candidates = vec![name, owned, placed];
        candidates.extend(names::distinct(&parameter.name, names::constant_name));
        let free = candidates.iter().find(|name| !self.taken.contains(*name));
        let name = free.cloned().unwrap_or_else(|| {
            let mut last = candidates.swap_remove(0);
            while self.taken.contains(&last) {
                last.push_str("_OTHER");
            }
            last
        });
        self.taken.insert(name.clone());
        name
    }

    /// Returns parameters of a user with the names of their constants.
    pub(crate) fn named<'a>(
        &mut self,
        parameters: impl IntoIterator<Item = &'a api::Parameter>,
        user: &User,
    ) -> Vec<NamedParameter<'a>> {
        let parameters = parameters.into_iter();
        let named = parameters.map(|parameter| NamedParameter {
            constant: self.constant(parameter, user),
            parameter,
        });
        named.collect()
    }

    /// Returns the constants, by name.
    pub(crate) fn into_sorted(mut self) -> Vec<Parameter> {
        self.all.sort_by(|a, b| a.constant.cmp(&b.constant));
        self.all
    }
}

/// Returns the sets of features of two users, without those that contain another one.
fn either(one: &[Vec<String>], other: &[Vec<String>]) -> Vec<Vec<String>> {
    if one.is_empty() || other.is_empty() {
        return Vec::new();
    }
    let all: BTreeSet<&Vec<String>> = one.iter().chain(other).collect();
    let contains = |own: &[String], less: &[String]| less.iter().all(|one| own.contains(one));
    let is_least = |own: &&&Vec<String>| {
        let mut others = all.iter().filter(|less| less != own);
        !others.any(|less| contains(own, less))
    };
    all.iter()
        .filter(is_least)
        .map(|own| (*own).clone())
        .collect()
}
