//! Emits scopes: the parts of the resource hierarchy that operation groups belong to.

use super::{conditions::cfg, docs, format::ident, imports, pages};
use crate::model::service::{Group, Scope, ScopePath, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits all scopes except the client itself.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = pages::inner(&service.pages.scopes, "../");
    let scopes = service.scopes.iter().map(|scope| one(service, scope));
    let imports = imports::generate(&service.imports.scopes);
    quote!(#head #imports #(#scopes)*)
}

fn one(service: &Service, scope: &Scope) -> TokenStream {
    let docs = docs::outer(&scope.docs);
    let alias = docs::aliases(&scope.alias);
    let name = ident(&scope.type_name);
    let groups = scope
        .groups
        .iter()
        .map(|&at| accessor(&service.groups[at], &quote!(0)));
    let scopes = scope
        .scopes
        .iter()
        .map(|&at| to_scope(&service.scopes[at], &quote!(0)));
    let cfg = cfg(&scope.features);
    quote! {
        #docs
        #alias
        #cfg
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Scope);
        #cfg
        arm_runtime::scope!(#name);
        #cfg
        impl #name { #(#groups)* #(#scopes)* }
    }
}

/// Emits the method that returns a group's client.
pub(super) fn accessor(group: &Group, field: &TokenStream) -> TokenStream {
    let docs = docs::outer(&group.docs);
    let cfg = cfg([&group.feature]);
    let method = ident(&group.accessor);
    let ty = ident(&group.type_name);
    quote! {
        #docs
        #cfg
        pub fn #method(&self) -> crate::operations::#ty {
            crate::operations::#ty(self.#field.clone())
        }
    }
}

/// Emits the method that returns a child scope.
pub(super) fn to_scope(scope: &Scope, field: &TokenStream) -> TokenStream {
    let docs = docs::outer(&scope.method_docs);
    let method = ident(&scope.method);
    let ty = ident(&scope.type_name);
    let arguments = arguments(&scope.path);
    let path = path(&scope.path);
    let cfg = cfg(&scope.features);
    quote! {
        #docs
        #cfg
        pub fn #method(&self, #arguments) -> Result<#ty> {
            self.#field.child(#path).map(#ty)
        }
    }
}

/// Returns the arguments that fill the placeholders of a path.
pub(super) fn arguments(path: &ScopePath) -> TokenStream {
    let names = path.arguments.iter().map(|argument| ident(&argument.name));
    quote!(#(#names: &str),*)
}

/// Returns the arguments of the runtime's `child`.
pub(super) fn path(path: &ScopePath) -> TokenStream {
    let template = path.template.to_string();
    let values = path.arguments.iter().map(|argument| {
        let value = ident(&argument.name);
        match &argument.constant {
            Some(constant) => {
                let constant = ident(constant);
                quote!((&#constant, #value))
            }
            None => {
                let wire = &argument.wire;
                quote!((&arm_runtime::Parameter::new(#wire), #value))
            }
        }
    });
    quote!(#template, &[#(#values),*])
}
