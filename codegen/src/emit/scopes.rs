//! Scopes: places in the hierarchy that operation groups hang on.

use super::{docs, format::ident, models::cfg};
use crate::model::service::{Group, Scope, ScopePath, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// All scopes but the client itself.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(
        "Scopes: places in the resource hierarchy, each with the operation groups below it.",
    );
    let scopes = service
        .scopes
        .iter()
        .skip(1)
        .map(|scope| one(service, scope));
    let below = || service.scopes.iter().skip(1);
    let names = [
        ("Result", below().any(|scope| !scope.children.is_empty())),
        ("Scope", below().next().is_some()),
    ];
    let mut names = names
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| ident(name))
        .peekable();
    let runtime = names
        .peek()
        .is_some()
        .then(|| quote!(use arm_runtime::{#(#names),*};));
    let mut paths = below()
        .flat_map(|scope| &scope.children)
        .map(|&at| &service.scopes[at].path);
    let constants = paths.any(|path| !path.arguments.is_empty());
    let constants = constants.then(|| {
        quote!(
            use crate::parameters::*;
        )
    });
    quote!(#head #constants #runtime #(#scopes)*)
}

fn one(service: &Service, scope: &Scope) -> TokenStream {
    let docs = docs::outer(&scope.docs);
    let name = ident(&scope.type_name);
    let groups = scope
        .groups
        .iter()
        .map(|&at| accessor(&service.groups[at], &quote!(0)));
    let children = scope
        .children
        .iter()
        .map(|&at| child(&service.scopes[at], &quote!(0)));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Scope);
        arm_runtime::scope!(#name);
        impl #name { #(#groups)* #(#children)* }
    }
}

/// The method that leads to a group's client.
pub(super) fn accessor(group: &Group, field: &TokenStream) -> TokenStream {
    let docs = docs::outer(&group.docs);
    let cfg = cfg(std::slice::from_ref(&group.feature));
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

/// The method that leads to a scope below.
pub(super) fn child(scope: &Scope, field: &TokenStream) -> TokenStream {
    let lines = scope
        .path
        .arguments
        .iter()
        .map(|argument| format!("* `{}` - {}", argument.name, argument.docs));
    let docs = docs::outer(&format!(
        "{} Fails when a name is empty or breaks a limit.\n\n{}",
        scope.docs,
        lines.collect::<Vec<_>>().join("\n")
    ));
    let method = ident(&scope.method);
    let ty = ident(&scope.type_name);
    let arguments = arguments(&scope.path);
    let path = path(&scope.path);
    quote! {
        #docs
        pub fn #method(&self, #arguments) -> Result<#ty> {
            self.#field.child(#path).map(#ty)
        }
    }
}

/// The arguments that fill a place's placeholders.
pub(super) fn arguments(path: &ScopePath) -> TokenStream {
    let names = path.arguments.iter().map(|argument| ident(&argument.name));
    quote!(#(#names: &str),*)
}

/// The arguments of the runtime's `child`.
pub(super) fn path(path: &ScopePath) -> TokenStream {
    let template = &path.template;
    let values = path.arguments.iter().map(|argument| {
        let constant = ident(&argument.constant);
        let argument = ident(&argument.name);
        quote!((&#constant, #argument))
    });
    quote!(#template, &[#(#values),*])
}
