//! Emits models.

use super::{
    declarations, docs,
    format::{self, ident},
    pages,
};
use crate::model::service::{Field, Module, Service, rust_type::RuntimeType};
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
    let runtime = RuntimeType::OF_MODELS;
    quote! {
        #head
        #![allow(unused_imports, reason = "not every module uses every name")]
        #(#modules)*
        #(#exports)*
        use arm_runtime::{#(#runtime),*};
        use std::borrow::Cow;
        use std::collections::BTreeMap;
    }
}

/// Emits the condition of an item.
pub(super) fn cfg(features: &[String]) -> Option<TokenStream> {
    match features {
        [] => None,
        [only] => Some(quote!(#[cfg(feature = #only)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// Emits a module of models.
pub(super) fn generate(module: &Module) -> String {
    let mut text = format::HEADER.to_owned();
    declarations::push_docs(&mut text, "//!", 0, &module.docs);
    text += "\nuse super::*;\n";
    for item in &module.items {
        text.push('\n');
        text += &declarations::item(item);
    }
    text
}

/// Emits a public field.
pub(super) fn field(field: &Field) -> TokenStream {
    let docs = docs::outer(&field.docs);
    let alias = docs::aliases(&field.alias);
    let name = ident(&field.name);
    let ty = &field.ty;
    quote!(#docs #alias pub #name: #ty,)
}
