//! What the proofs in `tests/` go by, beside the [calls](super::calls): which type each schema
//! became.

use super::{docs, format::ident};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// The module of all tables.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.proofs.tables);
    quote! {
        #head
        mod models;
        mod operations;
        pub use models::{MODELS, UNIONS};
        pub use operations::OPERATIONS;
    }
}

/// The tables of all schemas.
pub(super) fn generate_models(service: &Service) -> TokenStream {
    let docs = &service.docs.proofs;
    let head = docs::inner(&docs.schemas);
    let models_docs = docs::outer(&docs.models);
    let unions_docs = docs::outer(&docs.unions);
    let library = ident(&service.library);
    let rows = service.schemas.iter().map(|own| {
        let schema = &own.schema;
        let ty = ident(&own.type_name);
        quote!((#schema, round_trip::<models::#ty>),)
    });
    let unions = service.schemas.iter().filter(|own| own.is_union);
    let unions = unions.map(|own| {
        let schema = &own.schema;
        let ty = ident(&own.type_name);
        quote!((#schema, <models::#ty as Union>::TAG, <models::#ty as Union>::KINDS),)
    });
    quote! {
        #head
        use crate::round_trip::{RoundTrip, round_trip};
        use #library::{arm_runtime::model::Union, models};

        #models_docs
        pub static MODELS: &[(&str, RoundTrip)] = &[#(#rows)*];

        #unions_docs
        pub static UNIONS: &[(&str, &str, &[&str])] = &[#(#unions)*];
    }
}
