//! Emits pages in Markdown.

use super::format;
use crate::model::service::{
    Service,
    markdown::{MarkdownBlock, MarkdownPage},
    program::Program,
};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the attribute that includes a page as the documentation of a source file.
///
/// `up` is the path from the file's folder to that of the crate.
pub(super) fn inner(page: &MarkdownPage, up: &str) -> TokenStream {
    let path = format!("{up}{}", page.path);
    quote!(#![doc = include_str!(#path)])
}

/// Emits a page.
///
/// # Errors
///
/// If an example is not Rust.
pub(super) fn generate(service: &Service, page: &MarkdownPage) -> syn::Result<String> {
    let blocks = page.blocks.iter().map(|block| self::block(service, block));
    let blocks: Vec<String> = blocks.collect::<syn::Result<_>>()?;
    Ok(format!("{}\n", blocks.join("\n\n")))
}

/// Emits text, or code that the documentation's tests compile.
fn block(service: &Service, block: &MarkdownBlock) -> syn::Result<String> {
    match block {
        MarkdownBlock::Text(text) => Ok(text.clone()),
        MarkdownBlock::Main(program) => main(service, program),
        MarkdownBlock::WithClient(program) => with_client(service, program),
        MarkdownBlock::WithFake(program) => with_fake(service, program),
    }
}

/// Emits a whole program without hidden lines.
fn main(service: &Service, program: &Program) -> syn::Result<String> {
    let (library, client) = (&service.library, &service.client.type_name);
    let subscription = service.client.subscription.iter();
    let subscription: String = subscription.map(|_| "\"subscription-id\", ").collect();
    let imports = if program.reads_stream() {
        format!("{{{client}, arm_runtime::TryStreamExt}}")
    } else {
        client.clone()
    };
    let code = format::statements(program)?;
    let code: String = code.lines().map(|line| format!("    {line}\n")).collect();
    Ok(format!(
        "```rust,no_run\n\
         use {library}::{imports};\n\
         use azure_identity::DeveloperToolsCredential;\n\
         \n\
         #[tokio::main]\n\
         async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n    \
             let credential = DeveloperToolsCredential::new(None)?;\n    \
             let client = {client}::new({subscription}credential, None)?;\n\
         \n\
         {code}    \
             Ok(())\n\
         }}\n\
         ```"
    ))
}

/// Emits a program that is given a client and is not executed.
fn with_client(service: &Service, program: &Program) -> syn::Result<String> {
    let client = &service.client.type_name;
    let code = format::statements(program)?;
    let head = format!("# async fn example(client: {client}) -> Result<()> {{");
    let code = format!("{head}\n{code}");
    Ok(frame(service, "rust,no_run", client, &code))
}

/// Emits a program that uses the client of a fake and is executed.
fn with_fake(service: &Service, program: &Program) -> syn::Result<String> {
    let subscription = service.client.subscription.iter();
    let subscription: String = subscription
        .map(|_| "\"00000000-0000-0000-0000-000000000000\"")
        .collect();
    let code = format::statements(program)?;
    let code = format!(
        "# #[tokio::main]\n\
         # async fn main() -> Result<()> {{\n\
         let server = fake::Server::new();\n\
         let client = server.client({subscription})?;\n\
         {code}\
         assert_eq!(server.requests()[0].method(), \"GET\");\n"
    );
    Ok(frame(service, "rust", "fake", &code))
}

/// Emits a code block whose first and last lines rustdoc hides: the imports of `item` and of what
/// all programs use, and the end of the function that `code` begins.
fn frame(service: &Service, language: &str, item: &str, code: &str) -> String {
    let library = &service.library;
    format!(
        "```{language}\n\
         # use {library}::{{{item}, arm_runtime::{{OffsetDateTime, Result, TryStreamExt, Value}}, models::*}};\n\
         {code}\
         # Ok(()) }}\n\
         ```"
    )
}
