//! The module of all operation groups.

use super::{docs, format::ident, models::cfg};
use crate::model::{rust_type::RuntimeType, service::Service};
use proc_macro2::TokenStream;
use quote::quote;

/// `src/operations/mod.rs`.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.operations);
    let modules = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg(std::slice::from_ref(&group.feature));
        // Every provider has a group that lists its operations.
        let allow = (group.module == "operations")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "named after the group")]));
        quote!(#cfg #allow mod #name;)
    });
    let exports = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg(std::slice::from_ref(&group.feature));
        quote!(#cfg pub use #name::*;)
    });
    let runtime = RuntimeType::ALL;
    quote! {
        #head
        #![allow(unused_imports, reason = "not every service uses every name")]
        #(#modules)*
        #(#exports)*
        use crate::{models::*, parameters::*};
        use arm_runtime::{#(#runtime),*};
        use std::collections::BTreeMap;
    }
}
