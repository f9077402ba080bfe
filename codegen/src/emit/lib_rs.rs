//! Emits the crate's root module.

use super::{docs, format::ident, pages};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// `src/lib.rs`.
pub(super) fn generate(service: &Service) -> TokenStream {
    let client = ident(&service.client.type_name);
    let headers = service.has_headers().then(|| {
        quote!(
            mod headers;
        )
    });
    let readers = service.has_headers().then(|| {
        let own = service.operation_headers.iter();
        let own = own.map(|own| ident(&own.type_name));
        quote!(pub use headers::{ResponseHeaders #(, #own)*};)
    });
    let versions = service.api_versions.iter().map(|version| {
        let constant = ident(&version.constant);
        let docs = docs::outer(&version.docs);
        let name = &version.name;
        quote!(#docs pub const #constant: &str = #name;)
    });
    let all = service.api_versions.iter().map(|version| &version.name);
    let versions_docs = docs::outer(&service.docs.api_versions);
    let default_docs = docs::outer(&service.docs.default_version);
    let default = &service.default_version;
    let name = &service.name;
    let provider = &service.provider;
    let lints = service.lints.root.as_ref();
    let lints = lints.map(|allow| quote!(#![allow(#allow)]));
    let front_page = pages::inner(&service.pages.front, "../");
    quote! {
        #front_page
        #![cfg_attr(docsrs, feature(doc_cfg))]
        #lints

        mod client;
        #[cfg(feature = "fake")]
        pub mod fake;
        #headers
        pub mod models;
        pub mod operations;
        mod parameters;
        pub mod scopes;

        pub use arm_runtime;
        pub use client::#client;
        #readers

        #versions_docs
        pub mod api_version {
            #(#versions)*
            #default_docs
            pub const DEFAULT: &str = #default;
        }

        static SERVICE: arm_runtime::Service = arm_runtime::Service {
            crate_name: option_env!("CARGO_PKG_NAME"),
            crate_version: option_env!("CARGO_PKG_VERSION"),
            name: #name,
            provider: #provider,
            api_versions: &[#(#all),*],
            default_api_version: #default,
        };
    }
}
