//! Emits the fake service, for tests and examples without Azure.

use super::{docs, format::ident, pages, scopes::arguments};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits `src/fake.rs`.
pub(super) fn generate(service: &Service) -> TokenStream {
    let docs = &service.docs.fake;
    let head = pages::inner(&service.pages.fake, "../");
    let server_docs = docs::outer(&docs.server);
    let new_docs = docs::outer(&docs.new);
    let client_docs = docs::outer(&docs.client);
    let client_with_docs = docs::outer(&docs.client_with);
    let client = ident(&service.client.type_name);
    let path = service.client.subscription.as_ref();
    let parameters = path.map(arguments).map(|arguments| quote!(#arguments,));
    let names = path.iter().flat_map(|path| &path.arguments);
    let names: Vec<_> = names.map(|one| ident(&one.name)).collect();
    quote! {
        #head
        use arm_runtime::{ArmClientOptions, Duration, Result};
        use std::{ops::Deref, sync::LazyLock};

        pub use arm_fake::{self, Clock, Description, Fault, Listening, Pace, Recorded, Snapshot};

        static DESCRIPTION: LazyLock<Description> =
            LazyLock::new(|| Description::embedded(include_str!("fake.json")));

        #server_docs
        #[derive(Clone, Debug)]
        pub struct Server(arm_fake::Server);

        impl Server {
            #new_docs
            pub fn new() -> Self { Self(arm_fake::Server::new(&DESCRIPTION)) }

            #client_docs
            pub fn client(&self, #parameters) -> Result<crate::#client> {
                self.client_with(#(#names,)* ArmClientOptions::default())
            }

            #client_with_docs
            pub fn client_with(
                &self, #parameters mut options: ArmClientOptions,
            ) -> Result<crate::#client> {
                options.client_options.transport = Some(self.0.transport());
                options.min_poll_frequency = Duration::ZERO;
                crate::#client::without_credential(#(#names,)* options)
            }
        }

        impl Default for Server {
            fn default() -> Self { Self::new() }
        }

        impl Deref for Server {
            type Target = arm_fake::Server;
            fn deref(&self) -> &arm_fake::Server { &self.0 }
        }
    }
}

/// Emits `src/bin/arm-fake.rs`.
pub(super) fn generate_program(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.fake.program);
    let name = ident(&service.library);
    quote! {
        #head
        use #name::fake::{Server, arm_fake::program};
        use std::process::ExitCode;

        fn main() -> ExitCode {
            program::run(&Server::new())
        }
    }
}
