//! What the proofs in `tests/` go by: which type each schema became, and how each operation is
//! called.
//!
//! Arguments are named as the methods name them; which parameter of the description one stands
//! for is for the proofs to find out, so that a mix-up here shows there.

use super::format::ident;
use crate::model::service::{
    Argument, BodyArgument, CallKind, Group, Item, Method, PartValue, Service,
};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// The module of all tables.
pub(super) fn generate_mod() -> TokenStream {
    quote! {
        #![doc = " Tables of the generated crate, written with it."]
        mod models;
        mod operations;
        pub use models::{MODELS, UNIONS};
        pub use operations::{Call, OPERATIONS};
    }
}

/// The tables of all schemas.
pub(super) fn generate_models(service: &Service) -> TokenStream {
    let package = ident(&service.crate_name);
    let rows = service.schemas.iter().map(|(schema, ty)| {
        let ty = ident(ty);
        quote!((#schema, trip::<models::#ty>),)
    });
    let unions = service
        .schemas
        .iter()
        .filter(|(_, ty)| is_union(service, ty));
    let unions = unions.map(|(schema, ty)| {
        let ty = ident(ty);
        quote!((#schema, <models::#ty as Union>::TAG, <models::#ty as Union>::KINDS),)
    });
    quote! {
        #![doc = " Which type each schema became."]
        use crate::trip::{Trip, trip};
        use #package::{arm_runtime::model::Union, models};

        #[doc = " Schemas and the way through their types."]
        pub static MODELS: &[(&str, Trip)] = &[#(#rows)*];

        #[doc = " Schemas that are unions, their tags and their kinds."]
        pub static UNIONS: &[(&str, &str, &[&str])] = &[#(#unions)*];
    }
}

fn is_union(service: &Service, ty: &str) -> bool {
    let mut items = service.modules.iter().flat_map(|module| &module.items);
    items.any(|item| matches!(item, Item::Union(union) if union.name == ty))
}

/// The table of all operations.
pub(super) fn generate_operations(service: &Service) -> TokenStream {
    let package = ident(&service.crate_name);
    let client = ident(&service.client.type_name);
    let all = || {
        let groups = service.groups.iter();
        groups.flat_map(|group| group.methods.iter().map(move |method| (group, method)))
    };
    let rows = all().map(|(group, method)| {
        let id = &method.operation;
        let name = function(group, method);
        quote!((#id, #name),)
    });
    let calls = all().map(|(group, method)| call(service, group, method));
    quote! {
        #![doc = " How each operation is called."]
        use crate::calls::{Running, Sample, outcome};
        use #package::{#client, models, operations};

        #[doc = " A call of an operation."]
        pub type Call = for<'a> fn(&'a #client, &'a Sample) -> Running<'a>;

        #[doc = " Operation ids and their calls."]
        pub static OPERATIONS: &[(&str, Call)] = &[#(#rows)*];
        #(#calls)*
    }
}

fn function(group: &Group, method: &Method) -> proc_macro2::Ident {
    format_ident!("{}_{}", group.module.trim_end_matches('_'), method.name)
}

fn call(service: &Service, group: &Group, method: &Method) -> TokenStream {
    let client = ident(&service.client.type_name);
    let function = function(group, method);
    let steps = group.route.steps.iter().map(|step| {
        let name = ident(&step.method);
        let arguments = step.arguments.iter().map(|argument| {
            let (placeholder, name) = (argument.placeholder, &argument.name);
            quote!(sample.place(#placeholder, #name))
        });
        quote!(.#name(#(#arguments),*)?)
    });
    let accessor = ident(&group.accessor);
    let name = ident(&method.name);
    let body = method.body.as_ref().map(body);
    let body_argument = method.body.as_ref().filter(|body| body.required);
    let body_argument = body_argument.map(|body| match body.raw {
        Some(_) => quote!(sample.bytes(),),
        None => quote!(&body,),
    });
    let arguments = method.arguments.iter().map(|given| argument(method, given));
    let options = options(method);
    let outcome = outcome(&method.call);
    let deprecated = method.deprecated.then(|| quote!(#[expect(deprecated)]));
    quote! {
        #deprecated
        fn #function<'a>(client: &'a #client, sample: &'a Sample) -> Running<'a> {
            Box::pin(async move {
                let group = client #(#steps)* .#accessor();
                #body
                #options
                outcome::#outcome(group.#name(#(#arguments,)* #body_argument Some(options))).await
            })
        }
    }
}

fn argument(method: &Method, argument: &Argument) -> TokenStream {
    let name = &argument.name;
    let is_text = |source: &PartValue| matches!(source, PartValue::Text(text) if text == name);
    if method.parts.iter().any(|part| is_text(&part.value)) {
        quote!(sample.text(#name))
    } else {
        quote!(&sample.value(#name)?)
    }
}

fn body(body: &BodyArgument) -> Option<TokenStream> {
    if body.raw.is_some() {
        return None;
    }
    let ty = body.ty.tokens(&quote!(models::));
    Some(if body.required {
        quote!(let body: #ty = sample.body()?;)
    } else {
        quote!(let body: Option<#ty> = sample.optional_body()?;)
    })
}

fn options(method: &Method) -> TokenStream {
    let ty = ident(&method.options.type_name);
    let fields = method.options.fields.iter().map(|field| {
        let name = ident(&field.name);
        let wire = &field.name;
        let own_body = method.body.as_ref().filter(|body| body.name == field.name);
        match own_body {
            Some(body) if body.raw.is_some() => quote!(#name: sample.optional_bytes(),),
            Some(_) => quote!(#name: body.as_ref().map(Into::into),),
            None => quote!(#name: sample.optional(#wire)?,),
        }
    });
    let method_options = match method.call {
        CallKind::Poller(..) => quote!(sample.poller_options()),
        _ => quote!(sample.default_options()),
    };
    quote! {
        let options = operations::#ty { #(#fields)* method_options: #method_options };
    }
}

fn outcome(call: &CallKind) -> proc_macro2::Ident {
    ident(match call {
        CallKind::Send(_) => "model",
        CallKind::SendEmpty => "empty",
        CallKind::Exists => "exists",
        CallKind::Bytes => "bytes",
        CallKind::Pager(_) => "pages",
        CallKind::Poller(Some(_), _) => "poller",
        CallKind::Poller(None, _) => "empty_poller",
    })
}
