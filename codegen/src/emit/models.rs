//! Models.

use super::{
    docs,
    format::{ident, source},
};
use crate::model::service::{
    Alias, Enum, Field, Imports, Item, Module, Rule, Service, Struct, Union, Variant,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The module of all models.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = docs::inner(&format!(
        "Models of {}: what requests hold and answers bring.\n\n\
         Members that are absent or null are `None`, and `None` is not written. Members that a \
         newer service sends and this crate does not know are passed over.",
        service.title
    ));
    let modules = service.modules.iter().map(|module| {
        let name = ident(&module.name);
        let cfg = cfg(&module.features);
        quote!(#cfg mod #name;)
    });
    let exports = service.modules.iter().map(|module| {
        let name = ident(&module.name);
        let cfg = cfg(&module.features);
        quote!(#cfg pub use #name::*;)
    });
    quote!(#head #(#modules)* #(#exports)*)
}

/// The condition under which something is there.
pub(super) fn cfg(features: &[String]) -> Option<TokenStream> {
    match features {
        [] => None,
        [only] => Some(quote!(#[cfg(feature = #only)])),
        several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
    }
}

/// A module of models.
pub(super) fn generate(module: &Module) -> TokenStream {
    let head = docs::inner(&module.docs);
    let imports = imports(&module.imports);
    let items = module.items.iter().map(item);
    quote!(#head #imports #(#items)*)
}

fn imports(imports: &Imports) -> TokenStream {
    let models = (!imports.models.is_empty()).then(|| {
        quote!(
            use super::*;
        )
    });
    let runtime: Vec<_> = imports.runtime.iter().map(|name| ident(name)).collect();
    let runtime = (!runtime.is_empty()).then(|| quote!(use arm_runtime::{#(#runtime),*};));
    let maps = imports.maps.then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote!(#models #runtime #maps)
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => object(item),
        Item::Enum(item) => choice(item),
        Item::Union(item) => union(item),
        Item::Alias(Alias { name, docs, ty }) => {
            let docs = docs::outer(docs);
            let name = ident(name);
            let ty = source(ty);
            quote!(#docs pub type #name = #ty;)
        }
    }
}

fn object(item: &Struct) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let fields = item.fields.iter().map(field);
    let rest = item.rest.as_ref().map(|(name, ty)| {
        let name = ident(name);
        let ty = source(ty);
        quote!(#[doc = " Members without a field of their own."] pub #name: #ty,)
    });
    let new = (!item.required.is_empty()).then(|| new(item));
    let constants = item
        .constants
        .iter()
        .map(|(wire, value)| quote!(, #wire = #value));
    let members = item.fields.iter().map(|field| {
        let name = ident(&field.name);
        let wire = &field.wire;
        let rules = rules(&field.rules);
        quote!(, #name = #wire #rules)
    });
    let rest_member = item.rest.as_ref().map(|(name, _)| {
        let name = ident(name);
        quote!(, ..#name)
    });
    let page = item.page.as_ref().map(|page| {
        let items = ident(&page.items);
        let next_link = ident(page.next_link.as_deref().unwrap_or("none"));
        let ty = source(&page.item);
        quote!(arm_runtime::list_page!(#name, #items, #next_link, #ty);)
    });
    quote! {
        #docs
        pub struct #name { #(#fields)* #rest }
        arm_runtime::model!(#name #(#constants)* #(#members)* #rest_member);
        #new
        #page
    }
}

/// A public field.
pub(super) fn field(field: &Field) -> TokenStream {
    let docs = docs::outer(&field.docs);
    let name = ident(&field.name);
    let ty = source(&field.ty);
    quote!(#docs pub #name: #ty,)
}

fn new(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let arguments = item.required.iter().map(|argument| {
        let name = ident(&argument.field);
        let ty = source(&argument.ty);
        quote!(, #name: #ty)
    });
    quote!(arm_runtime::constructor!(#name #(#arguments)*);)
}

fn rules(rules: &[Rule]) -> Option<TokenStream> {
    let all = rules.iter().map(|rule| match rule {
        Rule::Required => quote!(required),
        Rule::MinLength(length) => call("min_length", &length.to_string()),
        Rule::MaxLength(length) => call("max_length", &length.to_string()),
        Rule::Pattern(pattern) => quote!(pattern(#pattern)),
        Rule::Minimum(value) => call("minimum", &number(value)),
        Rule::Maximum(value) => call("maximum", &number(value)),
        Rule::ExclusiveMinimum(value) => call("exclusive_minimum", &number(value)),
        Rule::ExclusiveMaximum(value) => call("exclusive_maximum", &number(value)),
        Rule::MultipleOf(value) => call("multiple_of", &number(value)),
        Rule::MinItems(count) => call("min_items", &count.to_string()),
        Rule::MaxItems(count) => call("max_items", &count.to_string()),
        Rule::UniqueItems => quote!(unique_items),
    });
    (!rules.is_empty()).then(|| quote!((#(#all),*)))
}

/// Rust takes a whole number for an `i32`, unless it has a point.
fn number(value: &str) -> String {
    let whole = value
        .trim_start_matches('-')
        .chars()
        .all(|c| c.is_ascii_digit());
    if whole && value.parse::<i32>().is_err() {
        format!("{value}.0")
    } else {
        value.to_owned()
    }
}

fn call(rule: &str, argument: &str) -> TokenStream {
    let rule = ident(rule);
    let argument = source(argument);
    quote!(#rule(#argument))
}

fn choice(item: &Enum) -> TokenStream {
    if !item.documented && item.number.is_none() {
        let docs = format!(" {}", item.docs);
        let openness = ident(if item.open { "open" } else { "closed" });
        let name = ident(&item.name);
        let rows = item.variants.iter().map(|variant| row(variant, false));
        return quote!(arm_runtime::plain_enum!(#docs, #openness #name #(, #rows)*););
    }
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|variant| {
        let docs = docs::outer(&variant.docs);
        let name = ident(&variant.name);
        quote!(#docs #name,)
    });
    let numeric = item.number.is_some();
    let number = item.number.map(ident);
    let payload = match &number {
        Some(number) => quote!(#number),
        None => quote!(String),
    };
    let unknown = item.open.then(|| {
        quote! {
            #[doc = " A value that this crate does not know."]
            UnknownValue(#payload),
        }
    });
    // The macros of enums of strings bring these too.
    let derive = numeric.then(|| quote!(#[derive(Clone, Copy, Debug, PartialEq)]));
    let table = item.variants.iter().map(|variant| row(variant, numeric));
    let table_name = match (item.open, numeric) {
        (true, false) => "open_enum",
        (false, false) => "closed_enum",
        (true, true) => "open_enum_number",
        (false, true) => "closed_enum_number",
    };
    let table_name = ident(table_name);
    let number = number.map(|number| quote!(, #number));
    quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub enum #name { #(#variants)* #unknown }
        arm_runtime::#table_name!(#name #number #(, #table)*);
    }
}

fn row(variant: &Variant, number: bool) -> TokenStream {
    let name = ident(&variant.name);
    let wire = if number {
        source(&variant.wire)
    } else {
        let literal = Literal::string(&variant.wire);
        quote!(#literal)
    };
    quote!(#name = #wire)
}

fn union(item: &Union) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = item.variants.iter().map(|variant| {
        let docs = docs::outer(&variant.docs);
        let name = ident(&variant.name);
        let payload = source(variant.payload.as_deref().unwrap_or_default());
        quote!(#docs #name(Box<#payload>),)
    });
    let rows = item.variants.iter().map(|variant| {
        let row = row(variant, false);
        let payload = source(variant.payload.as_deref().unwrap_or_default());
        quote!(, #row (#payload))
    });
    let discriminator = &item.discriminator;
    quote! {
        #docs
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A kind that this crate does not know, whole."]
            Unknown(UnknownKind),
        }
        arm_runtime::union!(#name, #discriminator #(#rows)*);
    }
}
