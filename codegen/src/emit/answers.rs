//! Enums of the models that an operation answers with.

use super::{docs, format::ident, method::feature};
use crate::model::service::{AnswerBody, AnswerVariant, Method};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The enum of a method's answers, if they differ by the status, and how it is read.
pub(super) fn answers(method: &Method) -> Option<TokenStream> {
    let answers = method.answers.as_ref()?;
    let feature = feature(method);
    let docs = docs::outer(&answers.docs);
    let name = ident(&answers.name);
    let variants = answers.variants.iter().map(variant);
    let read = answers.variants.iter().map(read);
    let written = answers.variants.iter().map(written);
    Some(quote! {
        #docs
        #feature
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }

        #feature
        impl arm_runtime::ByStatus for #name {
            fn read(answer: &arm_runtime::AnswerBody<'_>) -> Result<Self> {
                Ok(match answer.status() { #(#read)* _ => return Err(answer.unknown()), })
            }

            fn to_json(&self) -> Result<Value> {
                match self { #(#written)* }
            }
        }
    })
}

fn variant(variant: &AnswerVariant) -> TokenStream {
    let docs = docs::outer(&variant.docs);
    let name = ident(&variant.name);
    let body = match &variant.body {
        AnswerBody::Empty => None,
        AnswerBody::Json(ty) => Some(quote!((#ty))),
        AnswerBody::Text => Some(quote!((String))),
        AnswerBody::Bytes => Some(quote!((Bytes))),
    };
    quote!(#docs #name #body,)
}

fn read(variant: &AnswerVariant) -> TokenStream {
    let status = Literal::u16_unsuffixed(variant.status);
    let name = ident(&variant.name);
    let body = match &variant.body {
        AnswerBody::Empty => None,
        AnswerBody::Json(_) => Some(quote!((answer.json()?))),
        AnswerBody::Text => Some(quote!((answer.text()?))),
        AnswerBody::Bytes => Some(quote!((answer.bytes()?))),
    };
    quote!(#status => Self::#name #body,)
}

fn written(variant: &AnswerVariant) -> TokenStream {
    let name = ident(&variant.name);
    match &variant.body {
        AnswerBody::Empty => quote!(Self::#name => Ok(Value::Null),),
        AnswerBody::Json(_) | AnswerBody::Text => {
            quote!(Self::#name(model) => arm_runtime::to_json(model),)
        }
        // Bytes are nothing that JSON has.
        AnswerBody::Bytes => quote!(Self::#name(_) => Ok(Value::Null),),
    }
}
