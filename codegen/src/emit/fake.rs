//! The fake service, for tests and examples without Azure.

use super::{docs, format::ident, scopes::arguments};
use crate::model::service::Service;
use proc_macro2::TokenStream;
use quote::quote;

/// `src/fake.rs`.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&format!(
        "A fake of {} in memory, for tests and examples without Azure.",
        service.title
    ));
    let docs = docs::outer(&format!(
        "A fake of {}.\n\n\
         What it can do, such as being slow or failing on demand, is at \
         [`arm_fake::Server`]. Clones share everything.",
        service.title
    ));
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

        #docs
        #[derive(Clone, Debug)]
        pub struct Server(arm_fake::Server);

        impl Server {
            #[doc = " A server that has no resources yet."]
            pub fn new() -> Self { Self(arm_fake::Server::new(&DESCRIPTION)) }

            #[doc = " A client that talks to this server, in memory and without a credential; fails on an empty name."]
            pub fn client(&self, #parameters) -> Result<crate::#client> {
                self.client_with(#(#names,)* ArmClientOptions::default())
            }

            #[doc = " A client that talks to this server and has options of its own; fails when they make no sense."]
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

/// `src/bin/arm-fake.rs`.
pub(super) fn generate_program(service: &Service) -> TokenStream {
    let head = docs::inner(&format!(
        "Serves a fake of {} until it is stopped, to clients in any language.",
        service.title
    ));
    let name = ident(&service.crate_name.replace('-', "_"));
    quote! {
        #head
        use #name::fake::{Server, arm_fake::program};
        use std::process::ExitCode;

        fn main() -> ExitCode {
            program::run(&Server::new())
        }
    }
}
