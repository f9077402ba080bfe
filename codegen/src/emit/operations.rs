//! Emits the module of all operation groups.

use super::{conditions::cfg, format::ident, pages};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits `src/operations/mod.rs`.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = pages::inner(&service.pages.operations, "../../");
    let modules = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg([&group.feature]);
        let allow = group.allow.as_ref();
        let allow = allow.map(|allow| quote!(#[allow(#allow)]));
        quote!(#cfg #allow mod #name;)
    });
    let exports = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg([&group.feature]);
        quote!(#cfg pub use #name::*;)
    });
    quote! {
        #head
        #(#modules)*
        #(#exports)*
    }
}
