//! The pages of a crate in Markdown.

use super::program::Program;

/// The pages of a crate in Markdown.
#[derive(Clone, Debug)]
pub struct MarkdownPages {
    /// The page that registries show, in plain Markdown.
    pub readme: MarkdownPage,
    /// The front page of the documentation.
    pub front: MarkdownPage,
    /// The page of the module of operation groups.
    pub operations: MarkdownPage,
    /// The page of the module of scopes.
    pub scopes: MarkdownPage,
    /// The page of the module of models.
    pub models: MarkdownPage,
    /// The page of the module of the fake.
    pub fake: MarkdownPage,
}

impl MarkdownPages {
    /// Returns all pages.
    pub fn all(&self) -> [&MarkdownPage; 6] {
        [
            &self.readme,
            &self.front,
            &self.operations,
            &self.scopes,
            &self.models,
            &self.fake,
        ]
    }
}

/// A page in Markdown.
#[derive(Clone, Debug)]
pub struct MarkdownPage {
    /// Path of the file in the crate.
    pub path: &'static str,
    /// Contents of the file.
    pub blocks: Vec<MarkdownBlock>,
}

/// Part of a page.
#[derive(Clone, Debug)]
pub enum MarkdownBlock {
    /// Markdown, any number of paragraphs.
    Text(String),
    /// A complete program that creates a client.
    Main(Program),
    /// The statements of a program that has a variable `client`.
    WithClient(Program),
    /// A program that creates a fake and a client for it.
    WithFake(Program),
}
