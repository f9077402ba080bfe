//! Typed readers of response headers.

use super::{docs, format::ident};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// A trait with a reader for each header, on every kind of answer.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.headers);
    let docs = docs::outer(&service.docs.response_headers);
    let readers = service.headers.iter().map(|reader| {
        let docs = docs::outer(&reader.docs);
        let name = ident(&reader.name);
        let wire = &reader.wire;
        let ty = &reader.ty;
        quote! {
            #docs
            fn #name(&self) -> Result<Option<#ty>> {
                self.header(#wire)
            }
        }
    });
    quote! {
        #head
        use arm_runtime::{HasHeaders, Result};

        #docs
        pub trait ResponseHeaders: HasHeaders { #(#readers)* }
        impl<T: HasHeaders + ?Sized> ResponseHeaders for T {}
    }
}
