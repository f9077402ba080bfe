//! Models.

use super::{
    docs,
    format::{float, ident, number},
};
use crate::model::{
    rust_type::RuntimeType,
    service::{
        Alias, Enum, EnumValue, Field, Item, Module, Rule, Service, Struct, Union, WireValue,
    },
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Number;

/// The module of all models.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.models);
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
    let runtime = RuntimeType::OF_MODELS;
    quote! {
        #head
        #![allow(unused_imports, reason = "not every module uses every name")]
        #(#modules)*
        #(#exports)*
        use arm_runtime::{#(#runtime),*};
        use std::collections::BTreeMap;
    }
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
    let items = module.items.iter().map(item);
    quote!(#head use super::*; #(#items)*)
}

fn item(item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => object(item),
        Item::Enum(item) => choice(item),
        Item::Union(item) => union(item),
        Item::Alias(Alias { name, docs, ty }) => {
            let docs = docs::outer(docs);
            let name = ident(name);
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
        let ty = &page.item;
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
    let ty = &field.ty;
    quote!(#docs pub #name: #ty,)
}

fn new(item: &Struct) -> TokenStream {
    let name = ident(&item.name);
    let arguments = item.required.iter().map(|argument| {
        let name = ident(&argument.field);
        let ty = &argument.ty;
        quote!(, #name: #ty)
    });
    quote!(arm_runtime::constructor!(#name #(#arguments)*);)
}

fn rules(rules: &[Rule]) -> Option<TokenStream> {
    let all = rules.iter().map(|rule| match rule {
        Rule::Required => quote!(required),
        Rule::MinLength(length) => call("min_length", &count(*length)),
        Rule::MaxLength(length) => call("max_length", &count(*length)),
        Rule::Pattern(pattern) => quote!(pattern(#pattern)),
        Rule::Minimum(value) => call("minimum", &limit(value)),
        Rule::Maximum(value) => call("maximum", &limit(value)),
        Rule::ExclusiveMinimum(value) => call("exclusive_minimum", &limit(value)),
        Rule::ExclusiveMaximum(value) => call("exclusive_maximum", &limit(value)),
        Rule::MultipleOf(value) => call("multiple_of", &limit(value)),
        Rule::MinItems(least) => call("min_items", &count(*least)),
        Rule::MaxItems(most) => call("max_items", &count(*most)),
        Rule::UniqueItems => quote!(unique_items),
    });
    (!rules.is_empty()).then(|| quote!((#(#all),*)))
}

fn count(count: usize) -> TokenStream {
    Literal::usize_unsuffixed(count).into_token_stream()
}

/// Rust takes a whole number for an `i32`, unless it has a point.
fn limit(value: &Number) -> TokenStream {
    match value.as_i64() {
        Some(whole) if i32::try_from(whole).is_err() => float(value),
        _ => number(value),
    }
}

fn call(rule: &str, argument: &TokenStream) -> TokenStream {
    let rule = ident(rule);
    quote!(#rule(#argument))
}

fn choice(item: &Enum) -> TokenStream {
    if !item.documented && item.number.is_none() {
        let docs = format!(" {}", item.docs);
        let openness = ident(if item.open { "open" } else { "closed" });
        let name = ident(&item.name);
        let rows = item.values.iter().map(row);
        return quote!(arm_runtime::plain_enum!(#docs, #openness #name #(, #rows)*););
    }
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = item.values.iter().map(|value| {
        let docs = docs::outer(&value.docs);
        let name = ident(&value.name);
        quote!(#docs #name,)
    });
    let numeric = item.number.is_some();
    let number = item.number.as_ref();
    let payload = match number {
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
    let table = item.values.iter().map(row);
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

fn row(value: &EnumValue) -> TokenStream {
    let name = ident(&value.name);
    let wire = match &value.wire {
        WireValue::Text(text) => quote!(#text),
        WireValue::Number(value) => number(value),
    };
    quote!(#name = #wire)
}

fn union(item: &Union) -> TokenStream {
    let docs = docs::outer(&item.docs);
    let name = ident(&item.name);
    let variants = item.kinds.iter().map(|kind| {
        let docs = docs::outer(&kind.docs);
        let name = ident(&kind.name);
        let model = ident(&kind.model);
        quote!(#docs #name(Box<#model>),)
    });
    let rows = item.kinds.iter().map(|kind| {
        let name = ident(&kind.name);
        let wire = &kind.wire;
        let model = ident(&kind.model);
        quote!(, #name = #wire (#model))
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
