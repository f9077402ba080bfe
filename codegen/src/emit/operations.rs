//! Clients of operation groups.

use super::{
    docs,
    format::{ident, source},
    models::{cfg, field},
};
use crate::model::service::{
    BodyArgument, Finish, Group, Method, Part, PartPlace, Service, Source,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The module of all operation groups.
pub(super) fn generate_mod(service: &Service) -> TokenStream {
    let head = docs::inner("Clients of the operation groups, reached through their scopes.");
    let modules = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg(std::slice::from_ref(&group.feature));
        // Every provider has a group that lists its operations.
        let allow = (group.module == "operations")
            .then(|| quote!(#[allow(clippy::module_inception, reason = "named after the group")]));
        quote!(#cfg #allow mod #name;)
    });
    let exports = service.groups.iter().map(|group| {
        let name = ident(&group.module);
        let cfg = cfg(std::slice::from_ref(&group.feature));
        quote!(#cfg pub use #name::*;)
    });
    quote!(#head #(#modules)* #(#exports)*)
}

/// The client of an operation group and the options of its methods.
pub(super) fn generate(group: &Group) -> TokenStream {
    let head = docs::inner(&group.docs);
    let imports = imports(group);
    let name = ident(&group.type_name);
    let docs = docs::outer(&group.docs);
    let methods = group.methods.iter().map(|own| method(group, own));
    let options = group.methods.iter().map(|method| options(group, method));
    quote! {
        #head
        #imports
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Scope);
        impl #name { #(#methods)* }
        #(#options)*
    }
}

fn imports(group: &Group) -> TokenStream {
    let finish =
        |test: fn(&Finish) -> bool| group.methods.iter().any(|method| test(&method.finish));
    let options = || group.methods.iter().map(|method| &method.options);
    let bare = |name: &str| options().any(|own| own.fields.is_empty() && own.bare == name);
    let called =
        |name: &str| options().any(|own| !own.fields.is_empty() && own.method_options == name);
    let json_body = |method: &Method| method.body.as_ref().is_some_and(|body| body.raw.is_none());
    let raw_body = |method: &Method| method.body.as_ref().is_some_and(|body| body.raw.is_some());
    let lists = group
        .methods
        .iter()
        .flat_map(|method| &method.parts)
        .any(|part| part.list_style.is_some() && part.place == PartPlace::Query);
    let empty_poller = finish(|finish| matches!(finish, Finish::Poller(None, _)));
    let field_types = |name: &str| {
        let fields = group
            .methods
            .iter()
            .flat_map(|method| &method.options.fields);
        let arguments = group.methods.iter().flat_map(|method| &method.arguments);
        let results = group.methods.iter().map(|method| match &method.finish {
            Finish::Send(ty) | Finish::Pager(ty) | Finish::Poller(Some(ty), _) => ty.as_str(),
            _ => "",
        });
        let bodies = group
            .methods
            .iter()
            .filter_map(|method| method.body.as_ref())
            .filter(|body| body.raw.is_none());
        fields
            .map(|field| field.ty.as_str())
            .chain(arguments.map(|argument| argument.ty.as_str()))
            .chain(results)
            .chain(bodies.map(|body| body.ty.as_str()))
            .any(|ty| {
                ty.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .any(|word| word == name)
            })
    };
    let runtime = [
        (
            "AsyncResponse",
            finish(|finish| matches!(finish, Finish::Bytes)),
        ),
        ("Base64", field_types("Base64")),
        ("Base64Url", field_types("Base64Url")),
        ("BeginOptions", bare("BeginOptions")),
        ("Body", group.methods.iter().any(json_body)),
        ("Bytes", group.methods.iter().any(raw_body)),
        ("CallOptions", bare("CallOptions")),
        ("ClientMethodOptions", called("ClientMethodOptions")),
        ("Date", field_types("Date")),
        (
            "FinalState",
            finish(|finish| matches!(finish, Finish::Poller(_, Some(_)))),
        ),
        ("IsoDuration", field_types("IsoDuration")),
        ("ListStyle", lists),
        ("ListOptions", bare("ListOptions")),
        (
            "NoFormat",
            empty_poller || finish(|finish| matches!(finish, Finish::SendEmpty)),
        ),
        ("OffsetDateTime", field_types("OffsetDateTime")),
        ("Pager", finish(|finish| matches!(finish, Finish::Pager(_)))),
        ("PagerOptions", called("PagerOptions")),
        (
            "Poller",
            finish(|finish| matches!(finish, Finish::Poller(..))),
        ),
        ("PollerOptions", called("PollerOptions")),
        ("ResponseFuture", finish(is_response_future)),
        ("Result", finish(|finish| !is_response_future(finish))),
        ("Rfc1123", field_types("Rfc1123")),
        ("Scope", true),
        ("Secret", field_types("Secret")),
        ("UnixTime", field_types("UnixTime")),
        ("Value", field_types("Value")),
    ];
    let runtime = runtime
        .into_iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| ident(name));
    let models = (!group.models.is_empty()).then(|| {
        quote!(
            use crate::models::*;
        )
    });
    let constants = group.methods.iter().any(|method| !method.parts.is_empty());
    let constants = constants.then(|| {
        quote!(
            use crate::parameters::*;
        )
    });
    let maps = field_types("BTreeMap").then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    quote!(#models #constants use arm_runtime::{#(#runtime),*}; #maps)
}

fn method(group: &Group, method: &Method) -> TokenStream {
    let docs = docs::outer(&method.docs);
    let name = ident(&method.name);
    let deprecated = method.deprecated.then(|| quote!(#[deprecated]));
    let arguments = method.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = source(&argument.ty);
        quote!(#name: #ty,)
    });
    let body_argument = method
        .body
        .as_ref()
        .filter(|body| body.required)
        .map(|body| {
            let name = ident(&body.name);
            let ty = source(&body.ty);
            match body.raw {
                Some(_) => quote!(#name: Bytes,),
                None => quote!(#name: impl Into<Body<'a, #ty>>,),
            }
        });
    let lifetime = method
        .body
        .as_ref()
        .filter(|body| body.required && body.raw.is_none());
    let lifetime = lifetime.map(|_| quote!(<'a>));
    let options = ident(&method.options.type_name);
    let waits = matches!(method.finish, Finish::Exists | Finish::Bytes);
    let asynchronous = waits.then(|| quote!(async));
    let awaited = waits.then(|| quote!(.await));
    // Left to the crates that list these items: it brings in all code that reads them.
    let inline = matches!(method.finish, Finish::Pager(_)).then(|| quote!(#[inline]));
    let result = result(&method.finish);
    let verb = ident(&method.verb);
    let operation = &method.operation;
    let template = &method.template;
    let version = method.api_version.iter();
    let accept = method.accept.iter();
    let parts = method.parts.iter().map(part);
    let body = method.body.as_ref().map(body);
    let finish = finish(method);
    let example = method.example.as_ref().map(|_| {
        let path = format!("../../{}", group.example_path(method));
        quote!(#[doc = include_str!(#path)])
    });
    quote! {
        #docs
        #example
        #deprecated
        #inline
        pub #asynchronous fn #name #lifetime(
            &self, #(#arguments)* #body_argument options: Option<#options<'_>>,
        ) -> #result {
            let options = options.unwrap_or_default();
            self.0.#verb(#operation, #template) #(.api_version(#version))* #(.accept(#accept))* #(#parts)* #body #finish #awaited
        }
    }
}

/// Whether a method returns the future of its answer, rather than being `async`: that spares the
/// generated crate a state machine for each.
fn is_response_future(finish: &Finish) -> bool {
    matches!(finish, Finish::Send(_) | Finish::SendEmpty)
}

fn result(finish: &Finish) -> TokenStream {
    match finish {
        Finish::Send(ty) => {
            let ty = source(ty);
            quote!(ResponseFuture<#ty>)
        }
        Finish::SendEmpty => quote!(ResponseFuture<(), NoFormat>),
        Finish::Exists => quote!(Result<bool>),
        Finish::Bytes => quote!(Result<AsyncResponse>),
        Finish::Pager(ty) => {
            let ty = source(ty);
            quote!(Result<Pager<#ty>>)
        }
        Finish::Poller(Some(ty), _) => {
            let ty = source(ty);
            quote!(Result<Poller<#ty>>)
        }
        Finish::Poller(None, _) => quote!(Result<Poller<(), NoFormat>>),
    }
}

fn part(part: &Part) -> TokenStream {
    let constant = ident(&part.constant);
    let value = match &part.source {
        Source::Text(name) | Source::Value(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Source::Option(name) => {
            let name = ident(name);
            quote!(options.#name)
        }
        Source::Constant(value) => quote!(#value),
        Source::Segment(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(#index)
        }
    };
    let optional = matches!(part.source, Source::Option(_));
    match (part.place, part.list_style) {
        (PartPlace::Scope, _) => quote!(.scope_name(&#constant, #value)),
        (PartPlace::Path, _) => match part.source {
            Source::Value(_) => quote!(.path_value(&#constant, #value)),
            _ => quote!(.path(&#constant, #value)),
        },
        (place, Some(style)) => {
            let style = ident(style);
            let value = if optional {
                quote!(#value.as_deref())
            } else {
                quote!(Some(#value))
            };
            match place {
                PartPlace::Header => quote!(.header_list(&#constant, #value)),
                _ => quote!(.query_list(&#constant, #value, ListStyle::#style)),
            }
        }
        (place, None) => {
            let method = ident(if place == PartPlace::Header {
                "header"
            } else {
                "query"
            });
            let value = if optional {
                quote!(#value.as_ref())
            } else {
                quote!(Some(#value))
            };
            quote!(.#method(&#constant, #value))
        }
    }
}

fn body(body: &BodyArgument) -> TokenStream {
    let name = ident(&body.name);
    let json = body.json.iter();
    match (&body.raw, body.required) {
        (Some(content_type), true) => quote!(.raw_body(#content_type, #name)),
        (Some(content_type), false) => quote!(.raw_body_opt(#content_type, options.#name)),
        (None, true) => quote!(#(.content_type(#json))* .body(#name.into())),
        (None, false) => quote!(#(.content_type(#json))* .body_opt(options.#name)),
    }
}

fn finish(method: &Method) -> TokenStream {
    let codes = method
        .success
        .iter()
        .map(|code| Literal::u16_unsuffixed(*code));
    let success = quote!(&[#(#codes),*]);
    let options = quote!(Some(options.method_options));
    match &method.finish {
        Finish::Send(_) => quote!(.send(#success, #options)),
        Finish::SendEmpty => quote!(.send_empty(#success, #options)),
        Finish::Exists => quote!(.exists(#options)),
        Finish::Bytes => quote!(.stream(#success, #options)),
        Finish::Pager(_) => quote!(.pager(#success, #options)),
        Finish::Poller(result, via) => {
            let via = match via {
                Some(via) => {
                    let via = ident(via);
                    quote!(Some(FinalState::#via))
                }
                None => quote!(None),
            };
            match result {
                Some(_) => quote!(.begin(#via, #options)),
                None => quote!(.begin_empty(#via, #options)),
            }
        }
    }
}

fn options(group: &Group, method: &Method) -> TokenStream {
    let docs = docs::outer(&format!(
        "Options of [`{}::{}`].",
        group.type_name, method.name
    ));
    let name = ident(&method.options.type_name);
    if method.options.fields.is_empty() {
        let bare = ident(method.options.bare);
        return quote!(#docs pub type #name<'a> = #bare<'a>;);
    }
    let method_options = ident(method.options.method_options);
    let fields = method.options.fields.iter().map(field);
    quote! {
        #docs
        #[derive(Clone, Debug, Default)]
        pub struct #name<'a> {
            #(#fields)*
            #[doc = " How the call is made."]
            pub method_options: #method_options<'a>,
        }
    }
}
