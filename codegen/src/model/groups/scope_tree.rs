//! The scope tree: parents, children and names.

use super::{
    outlines::GroupOutline,
    steps::{self, SUBSCRIPTIONS, TAKEN_ON_CLIENT},
};
use crate::{
    model::{
        naming::namer::{Namer, Subject, Taken},
        rules,
        service::{Root, Route, RouteArgument, RouteStep, Rule},
    },
    names,
    path_template::{PathStep, PathTemplate},
    resolve::api,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The client and the scopes below it.
pub(crate) struct ScopeTree<'a> {
    /// The path of a subscription, if the service has paths in one.
    pub(crate) subscription: Option<NodePath<'a>>,
    /// The groups whose clients the client returns itself, by index.
    pub(crate) groups: Vec<usize>,
    /// The scopes that the client returns itself, by index.
    pub(crate) children: Vec<usize>,
    /// All scopes, parents first.
    pub(crate) nodes: Vec<ScopeNode<'a>>,
    /// The calls from the client to each group, by the index of the group.
    pub(crate) routes: Vec<Route>,
}

/// A scope.
pub(crate) struct ScopeNode<'a> {
    /// Name of the resource, such as `batchEndpoint`.
    pub(crate) resource: String,
    /// Name of the resource in paths, if the manifest sets another name.
    pub(crate) alias: Option<String>,
    /// Name of the scope type, such as `BatchEndpointScope`.
    pub(crate) type_name: String,
    /// Name of the method that returns the scope.
    pub(crate) method: String,
    /// Name of the client's method that creates the scope from a resource ID.
    pub(crate) from_id: String,
    /// The beginning of the scope's path.
    pub(crate) root: Root,
    /// The part of the scope's path that follows the path of its parent.
    pub(crate) path: NodePath<'a>,
    /// The whole path.
    pub(crate) template: PathTemplate,
    /// The groups whose clients it returns, by index.
    pub(crate) groups: Vec<usize>,
    /// Its child scopes, by index.
    pub(crate) children: Vec<usize>,
    /// Key of the scope in the manifest's `names:`.
    key: String,
    parent: Option<usize>,
    steps: &'a [PathStep],
}

/// Part of a path template, and the arguments for its placeholders.
pub(crate) struct NodePath<'a> {
    pub(crate) template: PathTemplate,
    pub(crate) arguments: Vec<NodeArgument<'a>>,
}

/// An argument for a placeholder.
pub(crate) struct NodeArgument<'a> {
    pub(crate) name: String,
    pub(crate) parameter: &'a api::Parameter,
}

/// A scope and its groups, before the scope is added to the tree.
struct ScopeGroups<'a> {
    steps: &'a [PathStep],
    operation: &'a api::Operation,
    groups: Vec<usize>,
}

const RESOURCE_GROUPS: &str = "/resourceGroups/";

impl<'a> ScopeTree<'a> {
    /// Builds the tree of the scopes of all groups.
    pub(crate) fn new(groups: &[GroupOutline<'a>], namer: &Namer<'_>) -> Self {
        let scope_groups = scope_groups(groups);
        let subscription = scope_groups
            .iter()
            .find(|scope_groups| root(scope_groups.steps) == Root::Subscription);
        let mut tree = Self {
            subscription: subscription
                .map(|own| path("subscriptions", own.operation, &own.steps[..1], namer)),
            groups: Vec::new(),
            children: Vec::new(),
            nodes: Vec::new(),
            routes: Vec::new(),
        };
        for own in scope_groups {
            tree.add(own, namer);
        }
        tree.name_types(namer);
        tree.name_methods(groups, namer);
        if !tree.is_subscription_used(groups) {
            tree.subscription = None;
        }
        tree.routes = tree.find_routes(groups);
        tree
    }

    fn add(&mut self, scope_groups: ScopeGroups<'a>, namer: &Namer<'_>) {
        if steps::is_on_client(scope_groups.steps) {
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
        let key = self.key(scope_groups.steps);
        let given = namer.given(&["scopes", &key, "name"]);
        let resource = resource(scope_groups.steps);
        self.nodes.push(ScopeNode {
            type_name: given.map_or_else(|| names::type_name(&resource), str::to_owned),
            method: given.map_or_else(|| names::snake_name(&resource), names::snake_name),
            from_id: String::new(),
            alias: given
                .and(scope_groups.steps.last())
                .map(|step| step.collection().to_owned()),
            path: path(
                &key,
                scope_groups.operation,
                &scope_groups.steps[known..],
                namer,
            ),
            resource: given.map_or(resource, str::to_owned),
            root,
            template: scope_groups.steps.into(),
            groups: scope_groups.groups,
            children: Vec::new(),
            key,
            parent,
            steps: scope_groups.steps,
        });
    }

    /// Returns the key of a scope in the manifest: its resource type without the provider, or the
    /// whole path if another scope has the same type.
    fn key(&self, steps: &[PathStep]) -> String {
        let template = PathTemplate::from(steps);
        let resource_type = template.resource_type();
        let key = match resource_type.split_once('/') {
            Some((_, key)) => key.to_owned(),
            None => steps.last().map_or("", PathStep::collection).to_owned(),
        };
        let is_taken = self.nodes.iter().any(|node| node.key == key);
        if key.is_empty() || is_taken {
            template.to_string()
        } else {
            key
        }
    }

    /// Returns the parent of a scope: the scope of the parent resource, if there is one.
    fn parent(&self, steps: &[PathStep]) -> Option<usize> {
        let nodes = self.nodes.iter().enumerate().filter(|(_, node)| {
            let known = node.steps.len();
            steps.len() > known
                && steps::shape(&steps[..known]) == steps::shape(node.steps)
                && node
                    .steps
                    .last()
                    .is_some_and(|step| step.literal != RESOURCE_GROUPS)
        });
        let nearest = nodes.max_by_key(|(_, node)| node.steps.len());
        nearest.map(|(index, _)| index)
    }

    /// Returns whether the client has groups or scopes in its subscription.
    fn is_subscription_used(&self, groups: &[GroupOutline<'_>]) -> bool {
        let mut scopes = self.children.iter().map(|&at| self.nodes[at].root);
        self.groups.iter().any(|&at| groups[at].depth > 0)
            || scopes.any(|root| root == Root::Subscription)
    }

    /// Names types and constructors. If scopes have the same name, those of their parents are added.
    fn name_types(&mut self, namer: &Namer<'_>) {
        let short: Vec<String> = self.nodes.iter().map(|own| own.type_name.clone()).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for name in &short {
            *counts.entry(name).or_default() += 1;
        }
        let mut types = Taken::default();
        let mut constructors = Taken::reserved(TAKEN_ON_CLIENT, "every client");
        for at in 0..self.nodes.len() {
            let is_given = namer
                .given(&["scopes", &self.nodes[at].key, "name"])
                .is_some();
            let with_parents = self.with_parents(at, &short);
            let shortest = usize::from(counts[short[at].as_str()] > 1 && !is_given);
            let mut names = with_parents[shortest.min(with_parents.len() - 1)..].to_vec();
            names.extend(["Path", "ResourcePath"].map(|end| format!("{}{end}", short[at])));
            let node = &mut self.nodes[at];
            let path = ["scopes", &node.key, "name"];
            let type_names = names.iter().map(|name| format!("{name}Scope"));
            let subject = Subject {
                path: &path,
                what: &format!("the type of scope `{}`", node.key),
            };
            node.type_name = namer.choose(subject, type_names, &mut types);
            let from_ids = names.iter().map(|name| {
                let name = names::snake_name(name);
                format!("{}_from_id", name.trim_end_matches('_'))
            });
            let subject = Subject {
                path: &path,
                what: &format!("the constructor of scope `{}`", node.key),
            };
            node.from_id = namer.choose(subject, from_ids, &mut constructors);
        }
    }

    /// Returns names for a scope: its own, then longer ones with the names of its parents.
    fn with_parents(&self, scope: usize, short: &[String]) -> Vec<String> {
        let up = std::iter::successors(Some(scope), |&scope| self.nodes[scope].parent);
        let mut name = String::new();
        let names = up.map(|scope| {
            name = format!("{}{name}", short[scope]);
            name.clone()
        });
        names.collect()
    }

    /// Names the methods that return scopes, so that those of one scope have different names.
    fn name_methods(&mut self, groups: &[GroupOutline<'_>], namer: &Namer<'_>) {
        let mut taken = Taken::reserved(TAKEN_ON_CLIENT, "every client");
        for node in &self.nodes {
            taken.take(&node.from_id, "a constructor");
        }
        let on_client = (taken, self.groups.clone(), self.children.clone());
        let below = self.nodes.iter();
        let below = below.map(|own| {
            let taken = Taken::default();
            (taken, own.groups.clone(), own.children.clone())
        });
        let all: Vec<_> = std::iter::once(on_client).chain(below).collect();
        for (mut taken, own, children) in all {
            for group in own {
                let what = format!("the accessor of group `{}`", groups[group].name);
                taken.take(&groups[group].accessor, &what);
            }
            for child in children {
                let node = &mut self.nodes[child];
                let subject = Subject {
                    path: &["scopes", &node.key, "method"],
                    what: &format!("the method that returns scope `{}`", node.key),
                };
                let method = node.method.trim_end_matches('_');
                let names = [node.method.clone(), format!("{method}_scope")];
                node.method = namer.name(subject, names, &mut taken);
            }
        }
    }

    /// Returns the features of which any needs a scope; none if a stable group needs it.
    pub(crate) fn features(&self, scope: usize, groups: &[GroupOutline<'_>]) -> Vec<String> {
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

    /// Returns the parameters whose values a group's scope holds, in the order of its paths.
    pub(crate) fn known_parameters(&self, group: usize) -> Vec<&'a api::Parameter> {
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

/// Returns the scopes of groups, those with short paths first. Each has the operation that defines
/// its arguments: the one with the fewest rules for them; a stable one if there are several.
fn scope_groups<'a>(groups: &[GroupOutline<'a>]) -> Vec<ScopeGroups<'a>> {
    let mut scope_groups: BTreeMap<(usize, String), ScopeGroups<'_>> = BTreeMap::new();
    let mut stable_first: Vec<_> = groups.iter().enumerate().collect();
    stable_first.sort_by_key(|(_, group)| group.is_preview);
    for (index, group) in stable_first {
        let Some(&operation) = group.operations.first() else {
            continue;
        };
        let steps = group.scope();
        let scope_groups = scope_groups.entry((steps.len(), steps::shape(steps)));
        let scope_groups = scope_groups.or_insert_with(|| ScopeGroups {
            steps,
            operation,
            groups: Vec::new(),
        });
        scope_groups.groups.push(index);
        let rules = |operation| rule_count(operation, steps.len());
        if rules(operation) < rules(scope_groups.operation) {
            scope_groups.steps = steps;
            scope_groups.operation = operation;
        }
    }
    let mut found: Vec<_> = scope_groups.into_values().collect();
    for scope in &mut found {
        scope.groups.sort_unstable();
    }
    found
}

/// Returns the number of rules that an operation has for the arguments in the first steps of its
/// path, without the rule that they are not empty, which applies to all.
fn rule_count(operation: &api::Operation, depth: usize) -> usize {
    let steps = operation.path.steps().iter().take(depth);
    let parameters = steps.filter_map(|step| {
        let mut all = operation.parameters.iter();
        all.find(|own| own.name == step.placeholder)
    });
    let rules = parameters.flat_map(|own| rules::list(false, &own.rules));
    rules
        .filter(|rule| !matches!(rule, Rule::MinLength(..=1)))
        .count()
}

fn root(steps: &[PathStep]) -> Root {
    match steps.first() {
        Some(step) if step.literal == SUBSCRIPTIONS => Root::Subscription,
        _ => Root::Tenant,
    }
}

/// Returns the name of a scope's resource.
fn resource(steps: &[PathStep]) -> String {
    let last = steps.last();
    let collection = last.map_or("", PathStep::collection);
    match names::singular(collection) {
        // There is no text between two placeholders, only a name.
        one if one.is_empty() => last.map_or("", |step| &step.placeholder).to_owned(),
        // The singular and the plural are the same, so elements need another name.
        one if one == collection => format!("{one}Item"),
        one => one,
    }
}

/// Returns steps with the arguments for their placeholders. `key` is that of the scope in the
/// manifest's `names:`.
fn path<'a>(
    key: &str,
    operation: &'a api::Operation,
    steps: &[PathStep],
    namer: &Namer<'_>,
) -> NodePath<'a> {
    // Names of arguments and variables of constructors.
    let own = ["client", "credential", "options", "root"];
    let mut taken = Taken::reserved(own, "every scope");
    let arguments = steps.iter().filter_map(|step| {
        let mut all = operation.parameters.iter();
        let parameter = all.find(|parameter| parameter.name == step.placeholder)?;
        let name = names::snake_name(&parameter.name);
        let subject = Subject {
            path: &["scopes", key, "arguments", &parameter.name],
            what: &format!("argument `{}` of scope `{key}`", parameter.name),
        };
        let mut names = vec![name.clone(), format!("path_{}", name.trim_end_matches('_'))];
        names.extend(names::distinct(&parameter.name, names::snake_name));
        Some(NodeArgument {
            name: namer.name(subject, names, &mut taken),
            parameter,
        })
    });
    NodePath {
        arguments: arguments.collect(),
        template: steps.into(),
    }
}
