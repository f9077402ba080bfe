//! The hierarchy of scopes: which hangs on which, and what each is called.

use super::{
    ByGroup, TAKEN_ON_CLIENT, docs, hangs_on_client, key,
    operations::Outline,
    parameters::Parameters,
    scope_steps,
    scopes::{self, Step},
    service::{Scope, ScopeArgument, ScopePath},
    types,
};
use crate::{names, resolve::api::Operation};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The hierarchy of scopes.
pub(super) struct Tree {
    /// The place that every scope in a subscription starts from.
    pub(super) subscription: Option<ScopePath>,
    /// The scopes; the first is the client itself.
    pub(super) scopes: Vec<Scope>,
}

/// A scope before it has a name.
struct Site<'a> {
    steps: Vec<Step>,
    operation: &'a Operation,
    groups: Vec<usize>,
}

pub(super) const SUBSCRIPTIONS: &str = "/subscriptions/";
const RESOURCE_GROUPS: &str = "/resourceGroups/";

impl Tree {
    /// Hangs every group on its scope.
    pub(super) fn new(
        outlines: &[Outline],
        by_group: &ByGroup<'_>,
        parameters: &mut Parameters,
    ) -> Self {
        let mut sites: BTreeMap<(usize, String), Site<'_>> = BTreeMap::new();
        for (index, (outline, (_, operations))) in outlines.iter().zip(by_group).enumerate() {
            let Some(operation) = operations.first() else {
                continue;
            };
            let steps = scope_steps(operations, outline.depth);
            let site = sites
                .entry((steps.len(), key(&steps)))
                .or_insert_with(|| Site {
                    steps,
                    operation,
                    groups: Vec::new(),
                });
            site.groups.push(index);
        }
        let subscription = sites
            .values()
            .find(|site| matches!(site.steps.first(), Some(step) if step.literal == SUBSCRIPTIONS))
            .map(|site| path(site.operation, &site.steps[..1], 0, parameters));
        let mut tree = Self {
            subscription,
            scopes: vec![Scope {
                type_name: String::new(),
                method: String::new(),
                from_id: String::new(),
                tenant: true,
                path: ScopePath {
                    template: String::new(),
                    arguments: Vec::new(),
                },
                full_template: String::new(),
                docs: String::new(),
                groups: Vec::new(),
                children: Vec::new(),
            }],
        };
        let mut placed: Vec<(Vec<Step>, usize)> = Vec::new();
        for site in sites.into_values() {
            tree.place(site, &mut placed, parameters);
        }
        tree.name_scopes(&placed, outlines);
        if !tree.is_subscription_used(outlines) {
            tree.subscription = None;
        }
        tree
    }

    fn place(
        &mut self,
        site: Site<'_>,
        placed: &mut Vec<(Vec<Step>, usize)>,
        parameters: &mut Parameters,
    ) {
        if hangs_on_client(&site.steps) {
            self.scopes[0].groups.extend(site.groups);
            return;
        }
        // A resource is reached from its parent, or in one go from the client.
        let parent = placed
            .iter()
            .filter(|(steps, _)| {
                site.steps.len() > steps.len()
                    && key(&site.steps[..steps.len()]) == key(steps)
                    && steps
                        .last()
                        .is_some_and(|step| step.literal != RESOURCE_GROUPS)
            })
            .max_by_key(|(steps, _)| steps.len());
        let from_client = usize::from(site.steps[0].literal == SUBSCRIPTIONS);
        let (parent, known) = parent.map_or((0, from_client), |(steps, at)| (*at, steps.len()));
        let last = site.steps.last();
        let collection = last.map_or("", Step::collection);
        let one = match names::singular(collection) {
            // Placeholders that follow each other: the name is all there is.
            one if one.is_empty() => last.map_or("", |step| &step.placeholder).to_owned(),
            // A word without a plural is the collection's; its elements need another.
            one if one == collection => format!("{one}Item"),
            one => one,
        };
        let index = self.scopes.len();
        self.scopes[parent].children.push(index);
        self.scopes.push(Scope {
            type_name: names::type_name(&one),
            method: names::snake_name(&one),
            from_id: String::new(),
            tenant: from_client == 0,
            path: path(site.operation, &site.steps, known, parameters),
            full_template: scopes::join(&site.steps),
            docs: format!("One {} and what belongs to it.", docs::words(&one)),
            groups: site.groups,
            children: Vec::new(),
        });
        placed.push((site.steps, index));
    }

    /// Whether anything hangs on the client below its subscription.
    fn is_subscription_used(&self, outlines: &[Outline]) -> bool {
        let client = &self.scopes[0];
        client.groups.iter().any(|&group| outlines[group].depth > 0)
            || client
                .children
                .iter()
                .any(|&scope| !self.scopes[scope].tenant)
    }

    /// Gives scopes of one name the names of their parents too, and methods names of their own.
    fn name_scopes(&mut self, placed: &[(Vec<Step>, usize)], outlines: &[Outline]) {
        let mut parents = vec![0; self.scopes.len()];
        for (index, scope) in self.scopes.iter().enumerate() {
            for &child in &scope.children {
                parents[child] = index;
            }
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for scope in &self.scopes {
            *counts.entry(scope.type_name.clone()).or_default() += 1;
        }
        let short: Vec<String> = self
            .scopes
            .iter()
            .map(|scope| scope.type_name.clone())
            .collect();
        let mut taken = HashSet::new();
        let mut taken_on_client = HashSet::from(TAKEN_ON_CLIENT.map(str::to_owned));
        for (_, index) in placed {
            let mut name = short[*index].clone();
            if counts[&name] > 1 {
                name = format!("{}{name}", short[parents[*index]]);
            }
            let from_id = names::snake_name(&name);
            let from_id = format!("{}_from_id", from_id.trim_end_matches('_'));
            self.scopes[*index].from_id = names::unique(from_id, &mut taken_on_client);
            self.scopes[*index].type_name = names::unique(format!("{name}Scope"), &mut taken);
        }
        for parent in 0..self.scopes.len() {
            let groups = self.scopes[parent].groups.iter();
            let mut taken: HashSet<String> = groups
                .map(|&group| outlines[group].accessor.clone())
                .collect();
            if parent == 0 {
                taken.extend(taken_on_client.iter().cloned());
            }
            for child in self.scopes[parent].children.clone() {
                let method = names::unique(self.scopes[child].method.clone(), &mut taken);
                self.scopes[child].method = method;
            }
        }
    }
}

/// The steps from `known` on, with the parameters in them.
fn path(
    operation: &Operation,
    steps: &[Step],
    known: usize,
    parameters: &mut Parameters,
) -> ScopePath {
    let own = &steps[known..];
    // What constructors and their bodies call their own.
    let mut taken = HashSet::from(["client", "credential", "options", "root"].map(str::to_owned));
    let placeholders = own.iter().filter_map(|step| {
        let mut all = operation.parameters.iter();
        let source = all.find(|parameter| parameter.name == step.placeholder)?;
        let rules = types::rules(false, &source.rules);
        Some(ScopeArgument {
            name: names::unique(names::snake_name(&source.name), &mut taken),
            docs: docs::sentences([
                docs::prose(source.description.as_deref())
                    .or_else(|| Some(format!("Parameter `{}`.", source.name))),
                docs::limits(&rules),
            ]),
            constant: parameters.constant(source),
        })
    });
    ScopePath {
        arguments: placeholders.collect(),
        template: scopes::join(own),
    }
}
