//! Builds the pages of modules, which list their contents by resource.

use super::{Context, Texts, list};
use crate::model::{
    docs,
    naming::namer::Namer,
    service::{Group, Module, Route, RouteStep, Scope, markdown::MarkdownBlock},
};

/// Returns the clients of operation groups, and the calls that return them.
pub(super) fn operations(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    let rows = context.groups.iter().map(|group| {
        let Group {
            type_name,
            route,
            accessor,
            docs,
            ..
        } = group;
        let purpose = docs.lines().next().unwrap_or_default();
        format!(
            "| [`{type_name}`] | `{}.{accessor}()` | {purpose} |",
            calls(route)
        )
    });
    let rows: Vec<String> = rows.collect();
    let table = format!(
        "| client | call | purpose |\n|---|---|---|\n{}",
        rows.join("\n")
    );
    vec![
        texts.block(include_str!("text/operations_module.md")),
        MarkdownBlock::Text(table),
    ]
}

/// Returns the calls from the client to a group.
fn calls(route: &Route) -> String {
    let steps = route.steps.iter();
    let names = |step: &RouteStep| call(&step.method, step.arguments.iter().map(|own| &own.name));
    let calls: String = steps.map(|step| format!(".{}", names(step))).collect();
    format!("client{calls}")
}

/// Returns a call of a fallible method with these arguments.
fn call<'a>(method: &str, arguments: impl Iterator<Item = &'a String>) -> String {
    let arguments: Vec<&str> = arguments.map(String::as_str).collect();
    format!("{method}({})?", arguments.join(", "))
}

/// Returns the scopes as a tree.
pub(super) fn scopes(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    let mut lines = Vec::new();
    push_scopes(
        context.scopes,
        &context.client.scopes,
        "client",
        0,
        &mut lines,
    );
    vec![
        texts.block(include_str!("text/scopes_module.md")),
        MarkdownBlock::Text(lines.join("\n")),
    ]
}

fn push_scopes(
    scopes: &[Scope],
    children: &[usize],
    parent: &str,
    depth: usize,
    lines: &mut Vec<String>,
) {
    for scope in children.iter().filter_map(|&at| scopes.get(at)) {
        let Scope {
            type_name, method, ..
        } = scope;
        let call = call(method, scope.path.arguments.iter().map(|own| &own.name));
        let indent = "  ".repeat(depth);
        lines.push(format!("{indent}* [`{type_name}`], by `{parent}.{call}`"));
        push_scopes(scopes, &scope.scopes, method, depth + 1, lines);
    }
}

/// Returns the models, by the resource that they belong to.
pub(super) fn models(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    let sections = context.modules.iter();
    let sections = sections.map(|module| section(module, context.namer));
    let beginning = texts.block(include_str!("text/models_module.md"));
    let previews = include_str!("text/models_previews.md");
    let previews = context.has_previews().then(|| texts.block(previews));
    let beginning = std::iter::once(beginning).chain(previews);
    beginning.chain(sections).collect()
}

fn section(module: &Module, namer: &Namer<'_>) -> MarkdownBlock {
    let names = module.types().map(|item| format!("[`{}`]", item.name()));
    let names: Vec<String> = names.collect();
    let title = docs::title(&module.name, namer);
    MarkdownBlock::Text(format!("# {title}\n\n{}", names.join(", ")))
}

/// Returns the page of the fake, with a program that uses it.
pub(super) fn fake(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    vec![
        texts.block(include_str!("text/fake.md")),
        MarkdownBlock::WithFake(list(context).unwrap_or_default()),
        texts.block(include_str!("text/fake_end.md")),
    ]
}
