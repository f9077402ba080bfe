//! Typed readers of response headers.

use super::{conditions::cfg, docs, format::ident, imports};
use crate::model::service::{HeaderReader, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the traits with a reader for each header, for every type of response.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.headers);
    let own = service.operation_headers.iter();
    let imports = imports::generate(&service.imports.headers);
    let common = header_trait(
        "ResponseHeaders",
        &service.docs.response_headers,
        &service.headers,
    );
    let own = own.map(|own| header_trait(&own.type_name, &own.docs, &own.readers));
    quote! {
        #head
        #imports

        #common
        #(#own)*
    }
}

fn header_trait(name: &str, docs: &str, readers: &[HeaderReader]) -> TokenStream {
    let name = ident(name);
    let docs = docs::outer(docs);
    let readers = readers.iter().map(|reader| {
        let docs = docs::outer(&reader.docs);
        let name = ident(&reader.name);
        let wire = &reader.wire;
        let ty = reader.ty.tokens(&quote!(crate::models::));
        let cfg = cfg(&reader.features);
        if let Some(prefix) = &reader.prefix {
            return quote! {
                #docs
                fn #name(&self) -> std::collections::BTreeMap<String, String> {
                    self.headers_with_prefix(#prefix)
                }
            };
        }
        quote! {
            #docs
            #cfg
            fn #name(&self) -> Result<Option<#ty>> {
                self.header(#wire)
            }
        }
    });
    quote! {
        #docs
        pub trait #name: HasHeaders { #(#readers)* }
        impl<T: HasHeaders + ?Sized> #name for T {}
    }
}
