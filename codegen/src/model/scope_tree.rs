//! The scope tree: parents, children and names.

use super::{
    groups::GroupOutline,
    scopes::{self, SUBSCRIPTIONS, TAKEN_ON_CLIENT},
    service::{Root, Route, RouteArgument, RouteStep},
};
use crate::{
    names,
    path_template::{PathStep, PathTemplate},
    resolve::api,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// The client and the scopes below it.
pub(super) struct ScopeTree<'a> {
    /// Beginning of the paths in a subscription, when the service has any.
    pub(super) subscription: Option<NodePath<'a>>,
    /// The groups that are reached from the client without a scope between, by index.
    pub(super) groups: Vec<usize>,
    /// The scopes that are reached from the client, by index.
    pub(super) children: Vec<usize>,
    /// All scopes, parents first.
    pub(super) nodes: Vec<ScopeNode<'a>>,
    /// Calls that reach each group from the client, by index of the group.
    pub(super) routes: Vec<Route>,
}

/// A scope.
pub(super) struct ScopeNode<'a> {
    /// Name of the resource, such as `batchEndpoint`.
    pub(super) resource: String,
    /// Name of the scope type, such as `BatchEndpointScope`.
    pub(super) type_name: String,
    /// Name of the method that returns the scope.
    pub(super) method: String,
    /// Name of the client's method that makes the scope from a resource ID.
    pub(super) from_id: String,
    /// What the path of the scope begins with.
    pub(super) root: Root,
    /// The part of the scope's path that follows the path of its parent.
    pub(super) path: NodePath<'a>,
    /// The whole path.
    pub(super) template: PathTemplate,
    /// The groups that are reached from it, by index.
    pub(super) groups: Vec<usize>,
    /// The scopes below it, by index.
    pub(super) children: Vec<usize>,
    parent: Option<usize>,
    steps: &'a [PathStep],
}

/// Part of a path template, and the arguments that fill it.
pub(super) struct NodePath<'a> {
    pub(super) template: PathTemplate,
    pub(super) arguments: Vec<NodeArgument<'a>>,
}

/// An argument that fills a placeholder.
pub(super) struct NodeArgument<'a> {
    pub(super) name: String,
    pub(super) parameter: &'a api::Parameter,
}

/// A scope and the groups that it has, before the scope has a place in the tree.
struct ScopeGroups<'a> {
    steps: &'a [PathStep],
    operation: &'a api::Operation,
    groups: Vec<usize>,
}

const RESOURCE_GROUPS: &str = "/resourceGroups/";

impl<'a> ScopeTree<'a> {
    /// Finds the scopes of groups.
    pub(super) fn new(groups: &[GroupOutline<'a>]) -> Self {
        let scope_groups = scope_groups(groups);
        let subscription = scope_groups
            .iter()
            .find(|scope_groups| root(scope_groups.steps) == Root::Subscription);
        let mut tree = Self {
            subscription: subscription
                .map(|scope_groups| path(scope_groups.operation, &scope_groups.steps[..1])),
            groups: Vec::new(),
            children: Vec::new(),
            nodes: Vec::new(),
            routes: Vec::new(),
        };
        for own in scope_groups {
            tree.add(own);
        }
        tree.name_types();
        tree.name_methods(groups);
        if !tree.is_subscription_used(groups) {
            tree.subscription = None;
        }
        tree.routes = tree.find_routes(groups);
        tree
    }

    fn add(&mut self, scope_groups: ScopeGroups<'a>) {
        if scopes::is_on_client(scope_groups.steps) {
            self.groups.extend(scope_groups.groups);
            return;
        }
        let parent = self.parent(scope_groups.steps);
        let root = root(scope_groups.steps);
        let known = match parent {
            Some(parent) => self.nodes[parent].steps.len(),
            None => usize::from(root == Root::Subscription),
        };
        let index = self.nodes.len();
        match parent {
            Some(parent) => self.nodes[parent].children.push(index),
            None => self.children.push(index),
        }
        let resource = resource(scope_groups.steps);
        self.nodes.push(ScopeNode {
            type_name: names::type_name(&resource),
            method: names::snake_name(&resource),
            from_id: String::new(),
            resource,
            root,
            path: path(scope_groups.operation, &scope_groups.steps[known..]),
            template: scope_groups.steps.into(),
            groups: scope_groups.groups,
            children: Vec::new(),
            parent,
            steps: scope_groups.steps,
        });
    }

    /// The scope that another is reached from: that of its parent resource, if there is one.
    fn parent(&self, steps: &[PathStep]) -> Option<usize> {
        let nodes = self.nodes.iter().enumerate().filter(|(_, node)| {
            let known = node.steps.len();
            steps.len() > known
                && scopes::shape(&steps[..known]) == scopes::shape(node.steps)
                && node
                    .steps
                    .last()
                    .is_some_and(|step| step.literal != RESOURCE_GROUPS)
        });
        let nearest = nodes.max_by_key(|(_, node)| node.steps.len());
        nearest.map(|(index, _)| index)
    }

    /// Whether anything is reached from the client below its subscription.
    fn is_subscription_used(&self, groups: &[GroupOutline<'_>]) -> bool {
        let mut scopes = self.children.iter().map(|&at| self.nodes[at].root);
        self.groups.iter().any(|&at| groups[at].depth > 0)
            || scopes.any(|root| root == Root::Subscription)
    }

    /// Names types and constructors; scopes of one name have those of their parents in it, too.
    fn name_types(&mut self) {
        let short: Vec<String> = self.nodes.iter().map(|own| own.type_name.clone()).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in &short {
            *counts.entry(name).or_default() += 1;
        }
        let mut taken = HashSet::new();
        let mut taken_on_client = HashSet::from(TAKEN_ON_CLIENT.map(str::to_owned));
        for (node, name) in self.nodes.iter_mut().zip(&short) {
            let parent = node.parent.filter(|_| counts[name.as_str()] > 1);
            let parent = parent.map_or("", |parent| &short[parent]);
            let name = format!("{parent}{name}");
            let from_id = names::snake_name(&name);
            let from_id = format!("{}_from_id", from_id.trim_end_matches('_'));
            node.from_id = names::unique(from_id, &mut taken_on_client);
            node.type_name = names::unique(format!("{name}Scope"), &mut taken);
        }
    }

    /// Gives the methods that lead on from one scope different names.
    fn name_methods(&mut self, groups: &[GroupOutline<'_>]) {
        let mut taken: HashSet<String> = TAKEN_ON_CLIENT.map(str::to_owned).into();
        taken.extend(self.nodes.iter().map(|node| node.from_id.clone()));
        let on_client = (taken, self.groups.clone(), self.children.clone());
        let below = self.nodes.iter();
        let below = below.map(|own| (HashSet::new(), own.groups.clone(), own.children.clone()));
        let all: Vec<_> = std::iter::once(on_client).chain(below).collect();
        for (mut taken, own, children) in all {
            taken.extend(own.iter().map(|&group| groups[group].accessor.clone()));
            for child in children {
                let node = &mut self.nodes[child];
                node.method = names::unique(node.method.clone(), &mut taken);
            }
        }
    }

    /// The features any of which needs a scope: none if it leads to a group that is stable.
    pub(super) fn features(&self, scope: usize, groups: &[GroupOutline<'_>]) -> Vec<String> {
        let mut found = BTreeSet::new();
        let mut waiting = vec![scope];
        while let Some(scope) = waiting.pop() {
            let node = &self.nodes[scope];
            waiting.extend(&node.children);
            for &group in &node.groups {
                if !groups[group].is_preview {
                    return Vec::new();
                }
                found.insert(groups[group].feature.clone());
            }
        }
        found.into_iter().collect()
    }

    /// The parameters that are known at a group, in the order of its paths.
    pub(super) fn known_parameters(&self, group: usize) -> Vec<&'a api::Parameter> {
        let route = &self.routes[group];
        let subscription = self.subscription.iter();
        let subscription = subscription.filter(|_| route.root == Root::Subscription);
        let scopes = route.steps.iter().map(|step| &self.nodes[step.scope].path);
        let arguments = subscription.chain(scopes).flat_map(|path| &path.arguments);
        arguments.map(|argument| argument.parameter).collect()
    }

    fn find_routes(&self, groups: &[GroupOutline<'_>]) -> Vec<Route> {
        let mut scopes = vec![None; groups.len()];
        for (index, node) in self.nodes.iter().enumerate() {
            for &group in &node.groups {
                scopes[group] = Some(index);
            }
        }
        let routes = groups.iter().zip(scopes);
        routes
            .map(|(group, scope)| self.route(root(group.scope()), scope))
            .collect()
    }

    fn route(&self, root: Root, scope: Option<usize>) -> Route {
        let up = std::iter::successors(scope, |&scope| self.nodes[scope].parent);
        let mut way: Vec<usize> = up.collect();
        way.reverse();
        let subscription = self
            .subscription
            .iter()
            .filter(|_| root == Root::Subscription);
        let mut placeholders = subscription.map(|path| path.arguments.len()).sum();
        let steps = way.into_iter().map(|scope| {
            let node = &self.nodes[scope];
            let arguments = node.path.arguments.iter().map(|argument| {
                placeholders += 1;
                RouteArgument {
                    name: argument.name.clone(),
                    placeholder: argument.parameter.placeholder,
                }
            });
            RouteStep {
                arguments: arguments.collect(),
                method: node.method.clone(),
                scope,
            }
        });
        let steps = steps.collect();
        Route {
            root,
            steps,
            placeholders,
        }
    }
}

/// The scopes of groups, short ones first. Stable groups name the arguments, where there are any.
fn scope_groups<'a>(groups: &[GroupOutline<'a>]) -> Vec<ScopeGroups<'a>> {
    let mut scope_groups: BTreeMap<(usize, String), ScopeGroups<'_>> = BTreeMap::new();
    let mut stable_first: Vec<_> = groups.iter().enumerate().collect();
    stable_first.sort_by_key(|(_, group)| group.is_preview);
    for (index, group) in stable_first {
        let Some(&operation) = group.operations.first() else {
            continue;
        };
        let steps = group.scope();
        let scope_groups = scope_groups.entry((steps.len(), scopes::shape(steps)));
        let scope_groups = scope_groups.or_insert_with(|| ScopeGroups {
            steps,
            operation,
            groups: Vec::new(),
        });
        scope_groups.groups.push(index);
    }
    let mut found: Vec<_> = scope_groups.into_values().collect();
    for scope in &mut found {
        scope.groups.sort_unstable();
    }
    found
}

fn root(steps: &[PathStep]) -> Root {
    match steps.first() {
        Some(step) if step.literal == SUBSCRIPTIONS => Root::Subscription,
        _ => Root::Tenant,
    }
}

/// The name of what a scope stands for.
fn resource(steps: &[PathStep]) -> String {
    let last = steps.last();
    let collection = last.map_or("", PathStep::collection);
    match names::singular(collection) {
        // Placeholders that follow each other: the name is all there is.
        one if one.is_empty() => last.map_or("", |step| &step.placeholder).to_owned(),
        // A word without a plural is the collection's; its elements need another.
        one if one == collection => format!("{one}Item"),
        one => one,
    }
}

/// Steps, with the arguments that fill them.
fn path<'a>(operation: &'a api::Operation, steps: &[PathStep]) -> NodePath<'a> {
    // What constructors and their bodies call their own.
    let mut taken = HashSet::from(["client", "credential", "options", "root"].map(str::to_owned));
    let arguments = steps.iter().filter_map(|step| {
        let mut all = operation.parameters.iter();
        let parameter = all.find(|parameter| parameter.name == step.placeholder)?;
        Some(NodeArgument {
            name: names::unique(names::snake_name(&parameter.name), &mut taken),
            parameter,
        })
    });
    NodePath {
        arguments: arguments.collect(),
        template: steps.into(),
    }
}
