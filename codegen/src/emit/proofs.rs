//! Emits the tables for the proofs in `tests/`, except the [calls](mod@super::calls): the type of
//! each schema.

use super::{docs, format::ident};
use crate::model::service::{SchemaType, Service, UnionMember, rust_type::RustType};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the module of all tables.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.proofs.tables);
    quote! {
        #head
        mod models;
        mod operations;
        pub use models::{ACCESSORS, MODELS, UNIONS};
        pub use operations::OPERATIONS;
    }
}

/// Emits the tables of all schemas.
pub(super) fn generate_models(service: &Service) -> TokenStream {
    let docs = &service.docs.proofs;
    let head = docs::inner(&docs.schemas);
    let models_docs = docs::outer(&docs.models);
    let unions_docs = docs::outer(&docs.unions);
    let accessors_docs = docs::outer(&docs.accessors);
    let accessors = service.schemas.iter().flat_map(|own| {
        let members = own.accessors.iter();
        members.map(move |member| accessor(own, member))
    });
    let library = ident(&service.library);
    let rows = service.schemas.iter().map(|own| {
        let schema = &own.schema;
        let ty = ident(&own.type_name);
        if own.is_alias {
            quote!((#schema, round_trip::<Json<models::#ty>>),)
        } else {
            quote!((#schema, round_trip::<models::#ty>),)
        }
    });
    let unions = service.schemas.iter().filter(|own| own.is_union);
    let unions = unions.map(|own| {
        let schema = &own.schema;
        let ty = ident(&own.type_name);
        quote!((#schema, <models::#ty as Union>::TAG, <models::#ty as Union>::KINDS),)
    });
    quote! {
        #head
        use crate::round_trip::{Access, RoundTrip, access, round_trip};
        use #library::{arm_runtime::{Json, model::Union}, models};
        use std::borrow::Cow;

        #models_docs
        pub static MODELS: &[(&str, RoundTrip)] = &[#(#rows)*];

        #unions_docs
        pub static UNIONS: &[(&str, &str, &[&str])] = &[#(#unions)*];

        #accessors_docs
        pub static ACCESSORS: &[(&str, &str, Access)] = &[#(#accessors)*];
    }
}

fn accessor(own: &SchemaType, member: &UnionMember) -> TokenStream {
    let (schema, ty) = (&own.schema, ident(&own.type_name));
    let (name, wire) = (ident(&member.name), &member.wire);
    let owned = match member.ty.inner() {
        Some(RustType::Ref(_)) => quote!(.map(str::to_owned)),
        Some(RustType::Cow(_)) => quote!(.map(Cow::into_owned)),
        _ => quote!(),
    };
    quote!((#schema, #wire, |json| access(json, |union: &models::#ty| union.#name()#owned)),)
}
