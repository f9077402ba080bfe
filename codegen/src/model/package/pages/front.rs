//! Builds the front pages: the one for registries is the beginning of that of the documentation.

use super::{Context, Texts, create, list};
use crate::model::service::markdown::MarkdownBlock;

/// Returns the page that registries show, in plain Markdown.
pub(super) fn readme(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    let mut blocks = beginning(context, texts);
    blocks.push(texts.block(include_str!("text/readme_end.md")));
    blocks
}

/// Returns the front page of the documentation, with links to items.
pub(super) fn documentation(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    let mut blocks = beginning(context, texts);
    blocks.push(texts.block(include_str!("text/scopes.md")));
    if let Some(list) = list(context) {
        blocks.push(texts.block(include_str!("text/lists.md")));
        blocks.push(MarkdownBlock::WithClient(list));
        blocks.push(texts.block(include_str!("text/lists_end.md")));
    }
    if let Some(create) = create(context) {
        blocks.push(texts.block(include_str!("text/operations.md")));
        blocks.push(MarkdownBlock::WithClient(create));
        blocks.push(texts.block(include_str!("text/operations_end.md")));
    }
    let previews = if context.has_previews() {
        include_str!("text/previews.md")
    } else {
        ""
    };
    let others = [
        include_str!("text/models.md"),
        include_str!("text/errors.md"),
        include_str!("text/retries.md"),
        include_str!("text/versions.md"),
        previews,
        include_str!("text/testing.md"),
        include_str!("text/features.md"),
        include_str!("text/troubleshooting.md"),
        include_str!("text/compatibility.md"),
    ];
    let others = others.into_iter().filter(|text| !text.is_empty());
    blocks.extend(others.map(|text| texts.block(text)));
    blocks
}

fn beginning(context: &Context<'_>, texts: &Texts) -> Vec<MarkdownBlock> {
    vec![
        texts.block(&introduction(context)),
        texts.block(include_str!("text/dependencies.md")),
        MarkdownBlock::Main(
            list(context)
                .or_else(|| create(context))
                .unwrap_or_default(),
        ),
        texts.block(include_str!("text/credentials.md")),
    ]
}

fn introduction(context: &Context<'_>) -> String {
    let groups = context.groups;
    let operations: usize = groups.iter().map(|group| group.methods.len()).sum();
    format!(
        "# {{crate}}\n\n\
         A client for the management API of {{title}} (`{{provider}}`) in Azure Resource Manager:\n\
         {} in {}, with long-running operations, lists, retries and errors\n\
         as in the `azure_core` crates.",
        count(operations, "operation"),
        count(groups.len(), "group")
    )
}

fn count(number: usize, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {one}s"),
    }
}
