//! Emits the table of calls: for each operation a function that calls its method with arguments
//! from JSON, for the proofs in `tests/` and for `arm_conformance`.
//!
//! Each argument has the name in the method and the location in the request. The proofs find its
//! parameter in the description by the name, and `arm_conformance` by the location, so that a
//! mistake here makes one of them fail.

use super::{docs, format::ident};
use crate::model::service::{
    BodyArgument, BodyEnum, BodyKind, CallKind, Group, Method, PartLocation, PartValue,
    RequestPart, Service,
    rust_type::{RuntimeType, RustType},
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use std::collections::HashMap;

/// Emits the table of all operations.
pub(super) fn generate(service: &Service) -> TokenStream {
    let head = docs::inner(&service.docs.proofs.calls);
    let table_docs = docs::outer(&service.docs.proofs.operations);
    let allow = &service.lints.calls;
    let library = ident(&service.library);
    let client = ident(&service.client.type_name);
    let runtime = RuntimeType::OF_MODELS.iter();
    let runtime = runtime.chain([&RuntimeType::Json]);
    let groups = service.groups.iter();
    let all = groups.flat_map(|group| group.methods.iter().map(move |method| (group, method)));
    let rows = all.clone().map(|(_, method)| {
        let id = &method.operation;
        let name = ident(&method.call_function);
        quote!((#id, #name),)
    });
    let calls = all.map(|(group, method)| call(service, group, method));
    quote! {
        #head
        use arm_conformance::driver::{Arguments, Call, Parameter, Running, outcome};
        #[allow(#allow)]
        use #library::{#client, arm_runtime::{#(#runtime),*}, models, operations};
        #[allow(#allow)]
        use std::collections::BTreeMap;

        #table_docs
        pub static OPERATIONS: &[(&str, Call<#client>)] = &[#(#rows)*];
        #(#calls)*
    }
}

fn call(service: &Service, group: &Group, method: &Method) -> TokenStream {
    let client = ident(&service.client.type_name);
    let function = ident(&method.call_function);
    let steps = group.route.steps.iter().map(|step| {
        let name = ident(&step.method);
        let arguments = step.arguments.iter().map(|argument| {
            let parameter = path(argument.placeholder, &argument.name);
            quote!(arguments.text(#parameter)?)
        });
        quote!(.#name(#(#arguments),*)?)
    });
    let accessor = ident(&group.accessor);
    let name = ident(&method.name);
    let located = located(method);
    let body = method.body.as_ref().map(body);
    let body_argument = method.body.as_ref().filter(|body| body.required);
    let body_argument = body_argument.map(body_argument_of);
    let own = method.arguments.iter();
    let own = own.map(|argument| located.get(argument.name.as_str()));
    let options = options(method, &located);
    let outcome = outcome(&method.call);
    let deprecated = method.deprecated.then(|| quote!(#[expect(deprecated)]));
    quote! {
        #deprecated
        fn #function<'a>(client: &'a #client, arguments: &'a dyn Arguments) -> Running<'a> {
            Box::pin(async move {
                let group = client #(#steps)* .#accessor();
                #body
                #options
                outcome::#outcome(group.#name(#(#own,)* #body_argument Some(options))).await
            })
        }
    }
}

/// Returns the expressions that read the arguments and options of a method from JSON, by name.
fn located(method: &Method) -> HashMap<&str, TokenStream> {
    method.parts.iter().filter_map(taken).collect()
}

fn taken(part: &RequestPart) -> Option<(&str, TokenStream)> {
    let (name, wire) = (part.value.name()?, &part.wire);
    let parameter = match part.location {
        // Names in scopes are not arguments of the method.
        PartLocation::Scope => return None,
        PartLocation::Path(placeholder) => path(placeholder, name),
        // There is no other placeholder.
        PartLocation::Link => path(0, name),
        PartLocation::Query => quote!(Parameter::query(#wire, #name)),
        PartLocation::Header => quote!(Parameter::header(#wire, #name)),
        PartLocation::Form => quote!(Parameter::form(#wire, #name)),
        PartLocation::FormFile => return Some((name, file(part))),
    };
    let value = match &part.value {
        PartValue::Text(_) => quote!(arguments.text(#parameter)?),
        PartValue::List(_) => quote!(&arguments.list(#parameter)?),
        PartValue::Value(_) => quote!(arguments.value(#parameter)?),
        _ => quote!(arguments.optional(#parameter)?),
    };
    Some((name, value))
}

/// Returns a file for a form, or nothing if it is optional.
fn file(part: &RequestPart) -> TokenStream {
    match part.value {
        PartValue::Option(_) => quote!(None),
        PartValue::List(_) => quote!(&[]),
        _ => quote!(arm_conformance::driver::file()),
    }
}

fn path(index: usize, name: &str) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    quote!(Parameter::path(#index, #name))
}

/// Returns the body, if it is required.
fn body_argument_of(body: &BodyArgument) -> TokenStream {
    match &body.kind {
        BodyKind::Json(_) => quote!(&body,),
        BodyKind::Bytes(_) => quote!(arguments.raw_body()?,),
        BodyKind::Text(_) => quote!(&String::from_utf8_lossy(&arguments.raw_body()?),),
        BodyKind::Choice(choice) => {
            let chosen = chosen(choice);
            match json(choice) {
                Some(_) => quote!(#chosen((&body).into()),),
                None => quote!(#chosen(arguments.raw_body()?),),
            }
        }
    }
}

/// Returns the variant that is called: JSON if there is one, otherwise the first for bytes.
fn chosen(choice: &BodyEnum) -> TokenStream {
    let mut variants = choice.variants.iter();
    let variant = variants
        .clone()
        .find(|own| own.json.is_some())
        .or_else(|| variants.find(|own| !own.is_text && !own.content_type.contains('*')));
    let variant = variant.or(choice.variants.first());
    let variant = variant.map(|own| ident(&own.name));
    let name = ident(&choice.name);
    quote!(operations::#name::#variant)
}

fn json(choice: &BodyEnum) -> Option<&RustType> {
    choice.variants.iter().find_map(|own| own.json.as_ref())
}

fn body(body: &BodyArgument) -> Option<TokenStream> {
    let ty = match &body.kind {
        BodyKind::Json(_) => &body.ty,
        BodyKind::Choice(choice) => json(choice)?,
        BodyKind::Text(_) | BodyKind::Bytes(_) => return None,
    };
    let ty = ty.tokens(&quote!(models::));
    Some(if body.required {
        quote!(let body: #ty = arguments.body()?;)
    } else {
        quote!(let body: Option<#ty> = arguments.optional_body()?;)
    })
}

fn options(method: &Method, located: &HashMap<&str, TokenStream>) -> TokenStream {
    let ty = ident(&method.options.type_name);
    let fields = method.options.fields.iter().map(|field| {
        let name = ident(&field.name);
        let own_body = method.body.as_ref().filter(|body| body.name == field.name);
        match own_body {
            Some(body) => match &body.kind {
                BodyKind::Json(_) => quote!(#name: body.as_ref().map(Into::into),),
                BodyKind::Bytes(_) => quote!(#name: arguments.bytes(),),
                BodyKind::Text(_) => quote! {
                    #name: arguments.bytes().map(|own| String::from_utf8_lossy(&own).into_owned()),
                },
                BodyKind::Choice(choice) => {
                    let chosen = chosen(choice);
                    match json(choice) {
                        Some(_) => quote!(#name: body.as_ref().map(|own| #chosen(own.into())),),
                        None => quote!(#name: arguments.bytes().map(#chosen),),
                    }
                }
            },
            None => {
                let value = located.get(field.name.as_str());
                quote!(#name: #value,)
            }
        }
    });
    let method_options = match method.call {
        _ if method.call.is_long_running() => quote!(arguments.poller_options()),
        _ => quote!(arguments.method_options()),
    };
    quote! {
        let options = operations::#ty { #(#fields)* method_options: #method_options };
    }
}

fn outcome(call: &CallKind) -> Ident {
    ident(match call {
        CallKind::Send(_) => "model",
        CallKind::SendOptional(_) => "optional",
        CallKind::SendEmpty => "empty",
        CallKind::SendByStatus(_) => "by_status",
        CallKind::Text => "text",
        CallKind::Exists(_) => "exists",
        CallKind::Bytes => "bytes",
        CallKind::Pager(..) => "pages",
        CallKind::ListPoller(..) => "list_poller",
        CallKind::OptionalPoller(..) => "optional_poller",
        CallKind::Poller(Some(_), _) => "poller",
        CallKind::Poller(None, _) => "empty_poller",
    })
}
