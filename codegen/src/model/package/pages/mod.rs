//! Builds the pages of a crate in Markdown: the front page on registries, that of the
//! documentation, and those of its modules.
//!
//! The texts are in the folder `text`. `{…}` in them is filled in.

mod front;
mod modules;

use crate::{
    manifest::Manifest,
    model::{
        naming::namer::Namer,
        service::{
            CallKind, Client, Group, Method, Module, Root, Scope,
            markdown::{MarkdownBlock, MarkdownPage, MarkdownPages},
            program::Program,
        },
    },
    resolve::api::Api,
};

/// The version of generated crates that examples depend on.
const VERSION: &str = "0.1";

/// The inputs of pages.
pub(crate) struct Context<'a> {
    /// The API.
    pub(crate) api: &'a Api,
    /// The manifest of the crate.
    pub(crate) manifest: &'a Manifest,
    /// The client.
    pub(crate) client: &'a Client,
    /// The scopes.
    pub(crate) scopes: &'a [Scope],
    /// The operation groups.
    pub(crate) groups: &'a [Group],
    /// The modules of models.
    pub(crate) modules: &'a [Module],
    /// The names and words in the manifest.
    pub(crate) namer: &'a Namer<'a>,
}

impl Context<'_> {
    fn has_previews(&self) -> bool {
        self.api.versions.iter().any(|version| version.preview)
    }
}

/// Builds the pages.
pub(crate) fn build(context: &Context<'_>) -> MarkdownPages {
    let texts = Texts::new(context);
    let page = |path, blocks| MarkdownPage { path, blocks };
    MarkdownPages {
        readme: page("README.md", front::readme(context, &texts)),
        front: page("docs/front_page.md", front::documentation(context, &texts)),
        operations: page(
            "docs/modules/operations.md",
            modules::operations(context, &texts),
        ),
        scopes: page("docs/modules/scopes.md", modules::scopes(context, &texts)),
        models: page("docs/modules/models.md", modules::models(context, &texts)),
        fake: page("docs/modules/fake.md", modules::fake(context, &texts)),
    }
}

/// The values that are filled into the texts.
struct Texts(Vec<(&'static str, String)>);

impl Texts {
    fn new(context: &Context<'_>) -> Self {
        let manifest = context.manifest;
        let versions = manifest.versions.iter();
        let versions: Vec<&str> = versions.map(|version| version.version.as_str()).collect();
        let preview = match context.api.has_preview_operations() {
            true => include_str!("text/features_preview.md"),
            false => "",
        };
        let feature = context.groups.first().map_or("", |group| &group.feature);
        Self(vec![
            ("{client}", context.client.type_name.clone()),
            ("{crate}", manifest.crate_name.clone()),
            ("{default}", manifest.default.clone()),
            ("{feature}", feature.to_owned()),
            ("{library}", manifest.crate_name.replace('-', "_")),
            ("{preview}", preview.to_owned()),
            ("{provider}", manifest.provider.clone()),
            ("{title}", manifest.title.clone()),
            ("{version}", VERSION.to_owned()),
            ("{versions}", versions.join(", ")),
        ])
    }

    fn block(&self, text: &str) -> MarkdownBlock {
        let filled = self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(name, value)
        });
        MarkdownBlock::Text(filled.trim_end().to_owned())
    }
}

/// Returns an example that reads a list: the one in the manifest, or one near the client.
fn list(context: &Context<'_>) -> Option<Program> {
    let groups = context.groups;
    let is_near =
        |group: &&Group| group.route.root == Root::Subscription && group.route.steps.is_empty();
    let is_list = |method: &Method| matches!(method.call, CallKind::Pager(..));
    let near = groups.iter().filter(is_near);
    named(groups, context.manifest.examples.list.as_deref())
        .or_else(|| example(near, is_list))
        .or_else(|| example(groups, is_list))
}

/// Returns an example that waits for the creation of a resource: the one in the manifest, or the
/// first.
fn create(context: &Context<'_>) -> Option<Program> {
    let is_create = |method: &Method| {
        matches!(method.call, CallKind::Poller(Some(_), ..)) && method.verb == "put"
    };
    let named = named(context.groups, context.manifest.examples.create.as_deref());
    named.or_else(|| example(context.groups, is_create))
}

/// Returns the example of an operation.
fn named(groups: &[Group], operation: Option<&str>) -> Option<Program> {
    let operation = operation?;
    example(groups, |method| method.operation == operation)
}

/// Returns the first example of such a method.
fn example<'a>(
    groups: impl IntoIterator<Item = &'a Group>,
    is_wanted: impl Fn(&Method) -> bool,
) -> Option<Program> {
    let mut methods = groups.into_iter().flat_map(|group| &group.methods);
    methods.find_map(|method| method.example.clone().filter(|_| is_wanted(method)))
}
