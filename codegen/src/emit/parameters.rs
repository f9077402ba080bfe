//! Constants that describe parameters.

use super::{
    conditions::cfg_of_sets,
    docs,
    format::{float, ident},
    imports,
};
use crate::model::service::{Parameter, Rule, Service};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// Emits the module of all parameters.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.parameters);
    let constants = service.parameters.iter().map(constant);
    let imports = imports::generate(&service.imports.parameters);
    quote! {
        #head
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
    let cfg = cfg_of_sets(&parameter.features);
    quote!(#cfg pub(crate) static #name: Parameter = Parameter::new(#wire) #encoding #rules;)
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Required | Rule::ReadOnly => quote!(),
        Rule::MinLength(length) => call("min_length", count(*length)),
        Rule::MaxLength(length) => call("max_length", count(*length)),
        Rule::Pattern(pattern) => quote!(.pattern(#pattern)),
        Rule::Minimum(value) => call("minimum", float(value)),
        Rule::Maximum(value) => call("maximum", float(value)),
        Rule::ExclusiveMinimum(value) => {
            let minimum = call("minimum", float(value));
            quote!(#minimum.exclusive_minimum())
        }
        Rule::ExclusiveMaximum(value) => {
            let maximum = call("maximum", float(value));
            quote!(#maximum.exclusive_maximum())
        }
        Rule::MultipleOf(value) => call("multiple_of", float(value)),
        Rule::MinItems(least) => call("min_items", count(*least)),
        Rule::MaxItems(most) => call("max_items", count(*most)),
        Rule::UniqueItems => quote!(.unique_items()),
        Rule::Previews(versions) => quote!(.previews(&[#(#versions),*])),
    }
}

fn call(method: &str, argument: TokenStream) -> TokenStream {
    let method = ident(method);
    quote!(.#method(#argument))
}

fn count(count: usize) -> TokenStream {
    Literal::usize_unsuffixed(count).into_token_stream()
}
