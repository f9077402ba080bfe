//! Enums of the bodies that a method takes.

use super::{docs, format::ident, method::feature};
use crate::model::service::{BodyKind, BodyVariant, Method};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of a method's bodies, if the caller chooses one, and how it is sent.
pub(super) fn bodies(method: &Method) -> Option<TokenStream> {
    let BodyKind::Choice(choice) = &method.body.as_ref()?.kind else {
        return None;
    };
    let docs = docs::outer(&choice.docs);
    let feature = feature(method);
    let name = ident(&choice.name);
    let lifetime = choice.borrows().then(|| quote!(<'a>));
    let elided = choice.borrows().then(|| quote!(<'_>));
    let variants = choice.variants.iter().map(variant);
    let sent = choice.variants.iter().map(sent);
    Some(quote! {
        #docs
        #feature
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name #lifetime { #(#variants)* }

        #feature
        impl arm_runtime::BodyContent for #name #elided {
            fn add_to(self, call: arm_runtime::Call<'_>) -> arm_runtime::Call<'_> {
                match self { #(#sent)* }
            }
        }
    })
}

fn is_open(variant: &BodyVariant) -> bool {
    variant.content_type.contains('*')
}

fn variant(variant: &BodyVariant) -> TokenStream {
    let docs = docs::outer(&variant.docs);
    let name = ident(&variant.name);
    let content = match &variant.json {
        Some(ty) => quote!(Body<'a, #ty>),
        None if variant.is_text => quote!(String),
        None => quote!(Bytes),
    };
    // Which content type it is, only the caller knows.
    let content_type = is_open(variant).then(|| quote!(String,));
    quote!(#docs #name(#content_type #content),)
}

fn sent(variant: &BodyVariant) -> TokenStream {
    let name = ident(&variant.name);
    let own = &variant.content_type;
    let method = ident(if variant.is_text {
        "text_body"
    } else {
        "raw_body"
    });
    match &variant.json {
        Some(_) => quote!(Self::#name(body) => call.content_type(#own).body(body),),
        None if is_open(variant) => {
            quote!(Self::#name(content_type, body) => call.#method(content_type, body),)
        }
        None => quote!(Self::#name(body) => call.#method(#own, body),),
    }
}
