//! Emits models.

use super::{
    conditions::cfg,
    declarations, docs,
    format::{self, ident},
    pages,
    used_names::Importable,
};
use crate::model::service::{Field, Module, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the module of all models.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = pages::inner(&service.pages.models, "../../");
    let modules = service.modules.iter().map(|module| {
        let name = ident(&module.name);
        let cfg = cfg(&module.features);
        quote!(#cfg mod #name;)
    });
    let exports = service.modules.iter().map(|module| {
        let name = ident(&module.name);
        let cfg = cfg(&module.features);
        quote!(#cfg pub use #name::*;)
    });
    quote! {
        #head
        #(#modules)*
        #(#exports)*
    }
}

/// Emits a module of models.
pub(super) fn generate(importable: &Importable<'_>, module: &Module) -> syn::Result<String> {
    let mut text = format::HEADER.to_owned();
    declarations::push_docs(&mut text, "//!", 0, &module.docs);
    let imports = format::items(importable.of_models(module))?;
    let items = module.items.iter().map(declarations::item);
    for part in [imports]
        .into_iter()
        .chain(items)
        .filter(|part| !part.is_empty())
    {
        text.push('\n');
        text += &part;
    }
    // Comments, which are most of the text, are valid unless they have a carriage return.
    let needs_check = |line: &&str| !line.trim_start().starts_with("//") || line.contains('\r');
    let code: String = text.split_inclusive('\n').filter(needs_check).collect();
    syn::parse_file(&code)?;
    Ok(text)
}

/// Emits a public field.
pub(super) fn field(field: &Field) -> TokenStream {
    let docs = docs::outer(&field.docs);
    let alias = docs::aliases(&field.alias);
    let name = ident(&field.name);
    let ty = &field.ty;
    quote!(#docs #alias pub #name: #ty,)
}
