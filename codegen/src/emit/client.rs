//! Emits the client, whose methods return all other clients.

use super::{
    conditions::cfg,
    docs,
    format::ident,
    imports,
    scopes::{accessor, arguments, path, to_scope},
};
use crate::model::service::{Root, Scope, ScopePath, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the client's file.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.client_module);
    let docs = docs::outer(&service.docs.client);
    let inner_docs = docs::outer(&service.docs.inner_client);
    let client = ident(&service.client.type_name);
    let new = constructors(service);
    let endpoint = service.client.endpoint.as_ref();
    let endpoint = endpoint.map(|endpoint| endpoint_url(service, endpoint));
    let groups = service.client.groups.iter().map(|&at| {
        let group = &service.groups[at];
        accessor(group, &field(group.route.root))
    });
    let scopes = service.client.scopes.iter().map(|&at| {
        let scope = &service.scopes[at];
        to_scope(scope, &field(scope.root))
    });
    let from_ids = service.scopes.iter().map(from_id);
    let subscription_field = service.client.subscription.as_ref().map(|_| {
        let allow = service.lints.subscription.as_ref();
        let allow = allow.map(|allow| quote!(#[allow(#allow)]));
        quote!(#allow subscription: Scope,)
    });
    let imports = &service.imports.client;
    let scopes_import = imports.scopes.then(|| quote!(scopes::*));
    let allow = imports.allow.as_ref();
    let allow = allow.map(|allow| quote!(#[allow(#allow)]));
    let imports = imports::generate(imports);
    quote! {
        #head
        #allow
        use crate::{SERVICE, #scopes_import};
        #imports
        use std::sync::Arc;

        #docs
        #[derive(Clone, Debug)]
        pub struct #client { root: Scope, #subscription_field }
        impl #client {
            #new
            #endpoint
            #inner_docs
            pub fn client(&self) -> &Client { self.root.client() }
            #(#groups)*
            #(#scopes)*
            #(#from_ids)*
        }
    }
}

/// Emits the field of the client for the beginning of paths.
fn field(root: Root) -> TokenStream {
    match root {
        Root::Tenant => quote!(root),
        Root::Subscription => quote!(subscription),
    }
}

fn constructors(service: &Service) -> TokenStream {
    let new_docs = docs::outer(&service.docs.new);
    let without_docs = docs::outer(&service.docs.without_credential);
    let subscription = service.client.subscription.as_ref();
    let arguments = subscription.map(|path| {
        let arguments = arguments(path);
        quote!(#arguments,)
    });
    let scope = subscription.map(|own| {
        let path = path(own);
        quote!(subscription: root.child(#path)?,)
    });
    let names = subscription.into_iter().flat_map(|path| &path.arguments);
    let names: Vec<_> = names.map(|argument| ident(&argument.name)).collect();
    quote! {
        #new_docs
        pub fn new(
            #arguments credential: Arc<dyn TokenCredential>, options: Option<ArmClientOptions>,
        ) -> Result<Self> {
            Self::over(#(#names,)* Client::new(&SERVICE, credential, options)?)
        }

        #without_docs
        pub fn without_credential(#arguments options: ArmClientOptions) -> Result<Self> {
            Self::over(#(#names,)* Client::without_credential(&SERVICE, options)?)
        }

        fn over(#arguments client: Client) -> Result<Self> {
            let root = client.root();
            Ok(Self { #scope root })
        }
    }
}

fn endpoint_url(service: &Service, endpoint: &ScopePath) -> TokenStream {
    let docs = docs::outer(&service.docs.endpoint_url);
    let arguments = arguments(endpoint);
    let path = path(endpoint);
    quote! {
        #docs
        pub fn endpoint_url(#arguments) -> Result<String> {
            arm_runtime::endpoint_url(#path)
        }
    }
}

fn from_id(scope: &Scope) -> TokenStream {
    let method = ident(&scope.from_id);
    let ty = ident(&scope.type_name);
    let template = scope.template.to_string();
    let docs = docs::outer(&scope.from_id_docs);
    let cfg = cfg(&scope.features);
    quote! {
        #docs
        #cfg
        pub fn #method(&self, id: &ResourceId) -> Result<#ty> {
            self.client().scope_from_id(#template, id).map(#ty)
        }
    }
}
