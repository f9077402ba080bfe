//! Constants that describe parameters.

use super::{
    docs,
    format::{float, ident},
    imports,
};
use crate::model::service::{Parameter, Rule, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// The module of all parameters.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.parameters);
    let constants = service.parameters.iter().map(constant);
    let imports = imports::generate(&service.imports.parameters);
    let allow = &service.lints.parameters;
    quote! {
        #head
        #![allow(#allow)]
        #imports
        #(#constants)*
    }
}

fn constant(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.constant);
    let wire = &parameter.wire;
    let encoding = parameter.skip_encoding.then(|| quote!(.skip_encoding()));
    let plain = |rule: &Rule| {
        matches!(
            rule,
            Rule::MinLength(_)
                | Rule::MaxLength(_)
                | Rule::Pattern(_)
                | Rule::Minimum(_)
                | Rule::Maximum(_)
        )
    };
    let rules = parameter.rules.iter().map(rule);
    let rules = if parameter.rules.iter().all(plain) {
        quote!(#(#rules)*)
    } else {
        quote!(.constraints(arm_runtime::Constraints::new() #(#rules)*))
    };
    quote!(pub(crate) static #name: Parameter = Parameter::new(#wire) #encoding #rules;)
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Required => quote!(),
        Rule::MinLength(length) => {
            let length = proc_macro2::Literal::usize_unsuffixed(*length);
            quote!(.min_length(#length))
        }
        Rule::MaxLength(length) => {
            let length = proc_macro2::Literal::usize_unsuffixed(*length);
            quote!(.max_length(#length))
        }
        Rule::Pattern(pattern) => quote!(.pattern(#pattern)),
        Rule::Minimum(value) => {
            let value = float(value);
            quote!(.minimum(#value))
        }
        Rule::Maximum(value) => {
            let value = float(value);
            quote!(.maximum(#value))
        }
        Rule::ExclusiveMinimum(value) => {
            let value = float(value);
            quote!(.minimum(#value).exclusive_minimum())
        }
        Rule::ExclusiveMaximum(value) => {
            let value = float(value);
            quote!(.maximum(#value).exclusive_maximum())
        }
        Rule::MultipleOf(value) => {
            let value = float(value);
            quote!(.multiple_of(#value))
        }
        Rule::MinItems(count) => {
            let count = proc_macro2::Literal::usize_unsuffixed(*count);
            quote!(.min_items(#count))
        }
        Rule::MaxItems(count) => {
            let count = proc_macro2::Literal::usize_unsuffixed(*count);
            quote!(.max_items(#count))
        }
        Rule::UniqueItems => quote!(.unique_items()),
    }
}
