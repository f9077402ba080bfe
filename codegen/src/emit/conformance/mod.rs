//! A program that calls every method of a generated client as a plan says.
//!
//! Each operation becomes one function that takes its arguments from a case of the plan; all else
//! is in `driver.rs`, which is copied as it is.

use super::{
    File,
    cargo_toml::HEADER,
    format::{ident, rust},
};
use crate::{
    model::service::{
        CallKind, Group, Method, PartLocation, PartValue, RequestPart, Root, Service,
    },
    problem::Problem,
};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

const DRIVER: &str = include_str!("driver.rs");

/// Stands in for the subscription of operations outside of any.
const NO_SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";

/// The files of the program, for a client in the folder `client` below it.
///
/// # Errors
///
/// Only when the generator itself is at fault and wrote what is not Rust.
pub fn conformance(service: &Service) -> Result<Vec<File>, Problem> {
    let path = "src/main.rs".to_owned();
    let main = rust(main(service)).map_err(|error| {
        let message = format!("the generator wrote what is not Rust, please report it: {error}");
        Problem::of_file(path.clone(), message)
    })?;
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };
    Ok(vec![
        file("Cargo.toml", manifest(service)),
        file(&path, main),
        file("src/driver.rs", DRIVER.to_owned()),
    ])
}

fn manifest(service: &Service) -> String {
    format!(
        "{HEADER}\n\
         [package]\n\
         name = \"conformance_of_{0}\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\n\
         [dependencies]\n\
         client = {{ package = \"{0}\", path = \"client\" }}\n\
         futures = \"0.3\"\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\n\
         tokio = {{ version = \"1\", default-features = false, features = [\"rt\", \"time\"] }}\n\n\
         [profile.dev]\n\
         debug = false\n\n\
         [workspace]\n",
        service.crate_name
    )
}

fn main(service: &Service) -> TokenStream {
    let client = ident(&service.client.type_name);
    let all: Vec<(&Group, &Method)> = service
        .groups
        .iter()
        .flat_map(|group| group.methods.iter().map(move |method| (group, method)))
        .collect();
    let functions = all.iter().enumerate().map(|(index, (group, method))| {
        let name = format_ident!("call_{index}");
        operation(&name, service, group, method)
    });
    let rows = all.iter().enumerate().map(|(index, (_, method))| {
        let name = format_ident!("call_{index}");
        let id = &method.operation;
        quote!((#id, #name))
    });
    let subscription = service
        .client
        .subscription
        .as_ref()
        .map(|_| quote!(subscription: &str,));
    let argument = service
        .client
        .subscription
        .as_ref()
        .map(|_| quote!(subscription,));
    let deprecated = all.iter().any(|(_, method)| method.deprecated);
    let deprecated = deprecated.then(|| quote!(#![allow(deprecated)]));
    quote! {
        #![doc = "Calls every method of the client as a plan says."]
        #deprecated
        #![allow(unused_imports)]

        #[allow(dead_code)]
        mod driver;

        use client::{arm_runtime::{Base64, Base64Url, Body, Date, IsoDuration, OffsetDateTime, Rfc1123, Secret, UnixTime, Value}, models::*, operations};
        use driver::{Case, Failure, Operation, Running};
        use std::{collections::BTreeMap, sync::Arc};

        fn client(#subscription case: &Case) -> Result<client::#client, Failure> {
            Ok(client::#client::without_credential(#argument case.options())?)
        }

        #(#functions)*

        fn main() -> Result<(), Failure> {
            let operations: &[Operation] = &[#(#rows),*];
            driver::main(operations)
        }
    }
}

/// How a group is reached.
fn group_client(service: &Service, group: &Group) -> TokenStream {
    let placeholder = |at: usize| {
        let at = Literal::usize_unsuffixed(at);
        quote!(case.path(#at)?)
    };
    let subscription = service.client.subscription.as_ref();
    let subscription = subscription.map(|_| match group.route.root {
        Root::Tenant => quote!(#NO_SUBSCRIPTION,),
        Root::Subscription => {
            let first = placeholder(0);
            quote!(#first,)
        }
    });
    let steps = group.route.steps.iter().map(|step| {
        let method = ident(&step.method);
        let arguments = step.arguments.iter();
        let arguments = arguments.map(|argument| placeholder(argument.placeholder));
        quote!(.#method(#(#arguments),*)?)
    });
    let accessor = ident(&group.accessor);
    quote!(client(#subscription &case)? #(#steps)* .#accessor())
}

fn operation(
    name: &proc_macro2::Ident,
    service: &Service,
    group: &Group,
    method: &Method,
) -> TokenStream {
    let way = group_client(service, group);
    let placeholders = group.route.placeholders;
    let own = ident(&method.name);
    let mut arguments: Vec<TokenStream> = method
        .arguments
        .iter()
        .map(|argument| {
            let value = value(method, placeholders, &argument.name);
            quote!(#value)
        })
        .collect();
    let body = method
        .body
        .as_ref()
        .map(|body| match (&body.raw, body.required) {
            (None, true) => {
                let ty = &body.ty;
                arguments.push(quote!(&body));
                quote!(let body: #ty = case.body()?;)
            }
            (None, false) => {
                let ty = &body.ty;
                quote!(let body: Option<#ty> = case.body_opt()?;)
            }
            (Some(_), true) => {
                arguments.push(quote!(case.raw()?));
                quote!()
            }
            (Some(_), false) => quote!(),
        });
    let options = ident(&method.options.type_name);
    let fields = method.options.fields.iter().map(|field| {
        let name = ident(&field.name);
        let is_body = method
            .body
            .as_ref()
            .filter(|body| !body.required && body.name == field.name);
        let value = match is_body {
            Some(body) if body.raw.is_some() => quote!(case.raw_opt()),
            Some(_) => quote!(body.as_ref().map(Body::from)),
            None => value(method, placeholders, &field.name),
        };
        quote!(#name: #value,)
    });
    let method_options = match method.call {
        CallKind::Poller(..) => quote!(driver::quick()),
        _ => quote!(Default::default()),
    };
    let finish = ident(match &method.call {
        CallKind::Send(_) | CallKind::Poller(Some(_), _) => "model",
        CallKind::SendEmpty | CallKind::Poller(None, _) => "empty",
        CallKind::Exists => "exists",
        CallKind::Bytes => "bytes",
        CallKind::Pager(_) => "page",
    });
    let question = matches!(method.call, CallKind::Poller(..)).then(|| quote!(?));
    quote! {
        fn #name(case: Arc<Case>) -> Running {
            Box::pin(async move {
                let group = #way;
                #body
                let options = operations::#options { #(#fields)* method_options: #method_options };
                driver::#finish(group.#own(#(#arguments,)* Some(options)) #question).await
            })
        }
    }
}

/// Takes the value of an argument or option from the case.
fn value(method: &Method, before: usize, name: &str) -> TokenStream {
    let mut placeholders = before;
    for part in &method.parts {
        let own = match &part.value {
            PartValue::Text(own) | PartValue::Value(own) | PartValue::Option(own) => own == name,
            PartValue::Constant(_) | PartValue::Segment(_) => false,
        };
        if own {
            return taken(part, placeholders);
        }
        placeholders += usize::from(part.location == PartLocation::Path);
    }
    quote!(Default::default())
}

fn taken(part: &RequestPart, placeholder: usize) -> TokenStream {
    let at = Literal::usize_unsuffixed(placeholder);
    let wire = &part.wire;
    let (text, value, option) = match part.location {
        // Names in scopes are no arguments of the method.
        PartLocation::Scope => return quote!(Default::default()),
        PartLocation::Path => (
            quote!(case.path(#at)?),
            quote!(&case.path_value(#at)?),
            quote!(None),
        ),
        PartLocation::Query => (
            quote!(case.query_text(#wire)?),
            quote!(&case.query(#wire)?),
            quote!(case.query_opt(#wire)?),
        ),
        PartLocation::Header => (
            quote!(case.header_text(#wire)?),
            quote!(&case.header(#wire)?),
            quote!(case.header_opt(#wire)?),
        ),
    };
    match &part.value {
        PartValue::Text(_) => text,
        PartValue::Value(_) => value,
        _ => option,
    }
}
