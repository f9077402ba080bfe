//! What the proofs in `tests/` go by, beside the [calls](super::calls): which type each schema
//! became.

use super::format::ident;
use crate::model::service::{Item, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// The module of all tables.
pub(super) fn generate_mod() -> TokenStream {
    quote! {
        #![doc = " Tables of the generated crate, written with it."]
        mod models;
        mod operations;
        pub use models::{MODELS, UNIONS};
        pub use operations::OPERATIONS;
    }
}

/// The tables of all schemas.
pub(super) fn generate_models(service: &Service) -> TokenStream {
    let package = ident(&service.crate_name);
    let rows = service.schemas.iter().map(|(schema, ty)| {
        let ty = ident(ty);
        quote!((#schema, round_trip::<models::#ty>),)
    });
    let unions = service
        .schemas
        .iter()
        .filter(|(_, ty)| is_union(service, ty));
    let unions = unions.map(|(schema, ty)| {
        let ty = ident(ty);
        quote!((#schema, <models::#ty as Union>::TAG, <models::#ty as Union>::KINDS),)
    });
    quote! {
        #![doc = " Which type each schema became."]
        use crate::round_trip::{RoundTrip, round_trip};
        use #package::{arm_runtime::model::Union, models};

        #[doc = " Schemas, and the round trip of a document through the type of each."]
        pub static MODELS: &[(&str, RoundTrip)] = &[#(#rows)*];

        #[doc = " Schemas that are unions, their tags and their kinds."]
        pub static UNIONS: &[(&str, &str, &[&str])] = &[#(#unions)*];
    }
}

fn is_union(service: &Service, ty: &str) -> bool {
    let mut items = service.modules.iter().flat_map(|module| &module.items);
    items.any(|item| matches!(item, Item::Union(union) if union.name == ty))
}
