//! Enums of the models of an operation's responses.

use super::{docs, format::ident, method::feature};
use crate::model::service::{Method, ResponseBody, ResponseVariant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Emits the enum of a method's responses, if they differ by status, and its `ByStatus`
/// implementation.
pub(super) fn responses(method: &Method) -> Option<TokenStream> {
    let responses = method.responses.as_ref()?;
    let feature = feature(method);
    let docs = docs::outer(&responses.docs);
    let name = ident(&responses.name);
    let variants = responses.variants.iter().map(variant);
    let read = responses.variants.iter().map(read);
    let written = responses.variants.iter().map(written);
    Some(quote! {
        #docs
        #feature
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }

        #feature
        impl arm_runtime::ByStatus for #name {
            fn read(response: &arm_runtime::StatusAndBody<'_>) -> Result<Self> {
                Ok(match response.status() { #(#read)* _ => return Err(response.unknown()), })
            }

            fn to_json(&self) -> Result<Value> {
                match self { #(#written)* }
            }
        }
    })
}

fn variant(variant: &ResponseVariant) -> TokenStream {
    let docs = docs::outer(&variant.docs);
    let name = ident(&variant.name);
    let body = match &variant.body {
        ResponseBody::Empty => None,
        ResponseBody::Json(ty) => Some(quote!((#ty))),
        ResponseBody::Text => Some(quote!((String))),
        ResponseBody::Bytes => Some(quote!((Bytes))),
    };
    quote!(#docs #name #body,)
}

fn read(variant: &ResponseVariant) -> TokenStream {
    let status = Literal::u16_unsuffixed(variant.status);
    let name = ident(&variant.name);
    let body = match &variant.body {
        ResponseBody::Empty => None,
        ResponseBody::Json(_) => Some(quote!((response.json()?))),
        ResponseBody::Text => Some(quote!((response.text()?))),
        ResponseBody::Bytes => Some(quote!((response.bytes()?))),
    };
    quote!(#status => Self::#name #body,)
}

fn written(variant: &ResponseVariant) -> TokenStream {
    let name = ident(&variant.name);
    match &variant.body {
        ResponseBody::Empty => quote!(Self::#name => Ok(Value::Null),),
        ResponseBody::Json(_) | ResponseBody::Text => {
            quote!(Self::#name(model) => arm_runtime::to_json(model),)
        }
        // JSON has no bytes.
        ResponseBody::Bytes => quote!(Self::#name(_) => Ok(Value::Null),),
    }
}
