//! Methods of operation groups.

use super::{conditions::cfg, docs, format::ident};
use crate::model::service::{
    BodyArgument, BodyKind, CallKind, FinalState, FixedPart, FormEncoding, Group, Method,
    MethodVersion, Missing, NextLink, NextPages, PartLocation, PartValue, RequestPart,
    rust_type::RustType,
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// Emits a method and its body.
pub(super) fn method(group: &Group, method: &Method) -> TokenStream {
    let docs = docs::outer(&method.docs);
    let alias = docs::aliases(&method.alias);
    let name = ident(&method.name);
    let deprecated = method.deprecated.then(|| quote!(#[deprecated]));
    let arguments = method.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let ty = &argument.ty;
        quote!(#name: #ty,)
    });
    let required = method.body.as_ref().filter(|body| body.required);
    let body_argument = required.map(|body| {
        let name = ident(&body.name);
        let ty = &body.ty;
        match &body.kind {
            BodyKind::Json(_) => quote!(#name: impl Into<Body<'a, #ty>>,),
            BodyKind::Choice(choice) if choice.borrows() => {
                let ty = ident(&choice.name);
                quote!(#name: #ty<'_>,)
            }
            _ => quote!(#name: #ty,),
        }
    });
    let is_generic = method.body.as_ref().is_some_and(BodyArgument::is_generic);
    let lifetime = is_generic.then(|| quote!(<'a>));
    // Inline or generic, so that only crates that call a method compile the code that writes its
    // models and reads its response.
    let inline = (!is_generic).then(|| quote!(#[inline]));
    let options = ident(&method.options.type_name);
    let asynchronous = method.is_async.then(|| quote!(async));
    let awaited = method.is_async.then(|| quote!(.await));
    let result = result(&method.call);
    let verb = ident(&method.verb);
    let operation = &method.operation;
    let template = method.template.to_string();
    let version = api_version(&method.api_version);
    let feature = feature(method);
    let versions = versions(method);
    let read_only = method.read_only.then(|| quote!(.read_only()));
    let accept = method.accept.iter();
    let parts = method.parts.iter().map(part);
    let fixed = method.fixed.iter().map(fixed);
    let next_pages = method.next_pages.as_ref().map(next_pages);
    let body = method.body.as_ref().map(body);
    let form = method.form.map(form);
    let call = call(method);
    let example = method.example.as_ref().map(|_| {
        let path = format!("../../{}", group.example_path(method));
        quote!(#[doc = include_str!(#path)])
    });
    quote! {
        #docs
        #example
        #feature
        #alias
        #deprecated
        #inline
        pub #asynchronous fn #name #lifetime(
            &self, #(#arguments)* #body_argument options: Option<#options<'_>>,
        ) -> #result {
            let options = options.unwrap_or_default();
            #next_pages
            self.0.#verb(#operation, #template) #version #versions #read_only #(.accept(#accept))* #(#parts)* #(#fixed)* #body #form #call #awaited
        }
    }
}

/// Returns the condition of a method in addition to that of its group.
pub(super) fn feature(method: &Method) -> Option<TokenStream> {
    cfg(&method.feature)
}

/// The API versions that have the operation, if the default one does not.
fn versions(method: &Method) -> Option<TokenStream> {
    match (method.previews.as_slice(), method.only_in.as_slice()) {
        ([], []) => None,
        ([], versions) => Some(quote!(.only_in(&[#(#versions),*]))),
        (previews, _) => Some(quote!(.previews(&[#(#previews),*]))),
    }
}

/// Emits the method that resumes a long-running operation.
pub(super) fn resume(method: &Method) -> Option<TokenStream> {
    let resume = method.resume.as_ref()?;
    let docs = docs::outer(&resume.docs);
    let name = ident(&resume.name);
    let deprecated = method.deprecated.then(|| quote!(#[deprecated]));
    let result = result(&method.call);
    let operation = &method.operation;
    let resumed = match &method.call {
        CallKind::ListPoller(ty, link, _) => match next_link(ty, link) {
            Some(link) => quote!(resume_list_by(#link, #operation, token, options)),
            None => quote!(resume_list(#operation, token, options)),
        },
        _ => quote!(resume(#operation, token, options)),
    };
    let feature = feature(method);
    // Inline, so that only crates that resume operations compile the code that polls them.
    Some(quote! {
        #docs
        #feature
        #deprecated
        #[inline]
        pub fn #name(&self, token: &str, options: Option<PollerOptions<'_>>) -> #result {
            self.0.#resumed
        }
    })
}

/// Emits the function that finds the link to the next page, unless the model finds it.
fn next_link(page: &RustType, link: &NextLink) -> Option<TokenStream> {
    match link {
        NextLink::OfModel => None,
        NextLink::Field(name) => {
            let name = ident(name);
            Some(quote!(|page: &#page| page.#name.as_deref()))
        }
        NextLink::None => Some(quote!(|_: &#page| None)),
    }
}

fn final_state(via: Option<FinalState>) -> TokenStream {
    match via {
        Some(via) => {
            let via = ident(via.name());
            quote!(Some(FinalState::#via))
        }
        None => quote!(None),
    }
}

fn result(call: &CallKind) -> TokenStream {
    match call {
        CallKind::Send(ty) => quote!(ResponseFuture<#ty>),
        CallKind::SendOptional(ty) => quote!(ResponseFuture<Option<#ty>, OptionalJsonFormat>),
        CallKind::SendEmpty => quote!(ResponseFuture<(), NoFormat>),
        CallKind::SendByStatus(name) => {
            let name = ident(name);
            quote!(ResponseByStatusFuture<#name>)
        }
        CallKind::Text => quote!(ResponseFuture<String, TextFormat>),
        CallKind::Exists(_) => quote!(Result<bool>),
        CallKind::Bytes => quote!(Result<AsyncResponse>),
        CallKind::Pager(ty, _) => quote!(Result<Pager<#ty>>),
        CallKind::ListPoller(ty, ..) => quote!(Result<ListPoller<#ty>>),
        CallKind::OptionalPoller(ty, _) => quote!(Result<Poller<Option<#ty>, OptionalJsonFormat>>),
        CallKind::Poller(Some(ty), _) => quote!(Result<Poller<#ty>>),
        CallKind::Poller(None, _) => quote!(Result<Poller<(), NoFormat>>),
    }
}

fn part(part: &RequestPart) -> TokenStream {
    let parameter = parameter(part);
    let value = match &part.value {
        PartValue::Text(name) | PartValue::List(name) => {
            let name = ident(name);
            quote!(#name)
        }
        PartValue::Value(name) => {
            let name = ident(name);
            quote!(&#name)
        }
        PartValue::Option(name) => {
            let name = ident(name);
            quote!(options.#name)
        }
        PartValue::Segment(index) => {
            let index = Literal::usize_unsuffixed(*index);
            match part.location {
                PartLocation::Scope => quote!(#index),
                PartLocation::Path(_) => quote!(&self.0.segment(#index)),
                _ => quote!(&*self.0.segment(#index)),
            }
        }
    };
    let optional = matches!(part.value, PartValue::Option(_));
    let style = part.list_style.map(|style| {
        let style = ident(style.name());
        quote!(ListStyle::#style)
    });
    match (part.location, part.list_style) {
        (PartLocation::Link, _) => quote!(.link(#parameter, #value)),
        (PartLocation::Scope, _) => quote!(.scope_name(#parameter, #value)),
        (PartLocation::Path(_), _) => match part.value {
            PartValue::Value(_) => quote!(.path_value(#parameter, #value)),
            PartValue::List(_) => quote!(.path_list(#parameter, #value, #style)),
            _ => quote!(.path(#parameter, #value)),
        },
        (location, Some(_)) => {
            let value = if optional {
                quote!(#value.as_deref())
            } else {
                quote!(Some(#value))
            };
            match location {
                PartLocation::Header => quote!(.header_list(#parameter, #value, #style)),
                PartLocation::FormFile => quote!(.form_files(#parameter, #value)),
                PartLocation::Form => quote!(.form_list(#parameter, #value, #style)),
                _ => quote!(.query_list(#parameter, #value, #style)),
            }
        }
        (location, None) => {
            let method = ident(match location {
                PartLocation::Header => "header",
                PartLocation::Form => "form",
                PartLocation::FormFile => "form_file",
                _ => "query",
            });
            let value = if optional {
                quote!(#value.as_ref())
            } else {
                quote!(Some(#value))
            };
            quote!(.#method(#parameter, #value))
        }
    }
}

/// Returns the constant of a parameter with rules, or the name of one without.
fn parameter(part: &RequestPart) -> TokenStream {
    match &part.constant {
        Some(constant) => {
            let constant = ident(constant);
            quote!(&#constant)
        }
        None if part.skip_encoding => {
            let wire = &part.wire;
            quote!(&arm_runtime::Parameter::new(#wire).skip_encoding())
        }
        None => part.wire.to_token_stream(),
    }
}

/// Emits the call that requests next pages.
fn next_pages(next: &NextPages) -> TokenStream {
    let verb = ident(&next.verb);
    let operation = &next.operation;
    let template = next.template.to_string();
    let root = next.is_at_root.then(|| quote!(.at_root()));
    let version = api_version(&next.api_version);
    let accept = next.accept.iter();
    let parts = next.parts.iter().map(part);
    let fixed = next.fixed.iter().map(fixed);
    let finish = ident(match next.link.location {
        PartLocation::Query => "next_pages_by_query",
        PartLocation::Header => "next_pages_by_header",
        _ => "next_pages_by_path",
    });
    let link = parameter(&next.link);
    let success = success(&next.success);
    let body = next
        .has_body_of_first
        .then(|| quote!(.with_body_of_first()));
    quote! {
        let next = self.0.#verb(#operation, #template) #root #version #(.accept(#accept))*
            #(#parts)* #(#fixed)* .#finish(#link, #success)? #body;
    }
}

fn success(codes: &[u16]) -> TokenStream {
    let codes = codes.iter().map(|code| Literal::u16_unsuffixed(*code));
    quote!(&[#(#codes),*])
}

fn fixed(part: &FixedPart) -> TokenStream {
    match part {
        FixedPart::Query(query) => quote!(.fixed_query(#query)),
        FixedPart::Header(name, value) => quote!(.fixed_header(#name, #value)),
        FixedPart::Form(name, value) => quote!(.fixed_form(#name, #value)),
    }
}

fn api_version(version: &MethodVersion) -> TokenStream {
    match version {
        MethodVersion::Client => quote!(),
        MethodVersion::Own(own) => quote!(.api_version(#own)),
        MethodVersion::None => quote!(.without_api_version()),
    }
}

fn body(body: &BodyArgument) -> TokenStream {
    let name = ident(&body.name);
    match (&body.kind, body.required) {
        (BodyKind::Json(other), true) => {
            let other = other.iter();
            quote!(#(.content_type(#other))* .body(#name.into()))
        }
        (BodyKind::Json(other), false) => {
            let other = other.iter();
            quote!(#(.content_type(#other))* .body_opt(options.#name))
        }
        (BodyKind::Text(own), true) => quote!(.text_body(#own, #name)),
        (BodyKind::Text(own), false) => quote!(.text_body_opt(#own, options.#name)),
        (BodyKind::Bytes(own), true) => quote!(.raw_body(#own, #name)),
        (BodyKind::Bytes(own), false) => quote!(.raw_body_opt(#own, options.#name)),
        (BodyKind::Choice(_), true) => quote!(.body_content(#name)),
        (BodyKind::Choice(_), false) => quote!(.body_content_opt(options.#name)),
    }
}

/// Emits the call that completes a form.
fn form(encoding: FormEncoding) -> TokenStream {
    match encoding {
        FormEncoding::Multipart => quote!(.multipart()),
        FormEncoding::UrlEncoded => quote!(.url_encoded()),
    }
}

fn call(method: &Method) -> TokenStream {
    let success = success(&method.success);
    let options = quote!(Some(options.method_options));
    match &method.call {
        CallKind::Send(_) => quote!(.send(#success, #options)),
        CallKind::SendOptional(_) => quote!(.send_optional(#success, #options)),
        CallKind::SendEmpty => quote!(.send_empty(#success, #options)),
        CallKind::SendByStatus(_) => quote!(.send_by_status(#success, #options)),
        CallKind::Text => quote!(.send_for_text(#success, #options)),
        CallKind::Exists(Missing::False) => quote!(.exists(#options)),
        CallKind::Exists(Missing::Error) => quote!(.succeeds(#options)),
        CallKind::Bytes => quote!(.stream(#success, #options)),
        CallKind::Pager(ty, link) if method.next_pages.is_some() => {
            let of_model = quote!(arm_runtime::ListPage::next_link);
            let link = next_link(ty, link).unwrap_or(of_model);
            quote!(.pager_with(#link, next, #success, #options))
        }
        CallKind::Pager(ty, link) => match next_link(ty, link) {
            Some(link) => quote!(.pager_by(#link, #success, #options)),
            None => quote!(.pager(#success, #options)),
        },
        CallKind::ListPoller(ty, link, via) => {
            let via = final_state(*via);
            match next_link(ty, link) {
                Some(link) => quote!(.begin_list_by(#link, #via, #options)),
                None => quote!(.begin_list(#via, #options)),
            }
        }
        CallKind::OptionalPoller(_, via) => {
            let via = final_state(*via);
            quote!(.begin_optional(#via, #options))
        }
        CallKind::Poller(result, via) => {
            let via = final_state(*via);
            match result {
                Some(_) => quote!(.begin(#via, #options)),
                None => quote!(.begin_empty(#via, #options)),
            }
        }
    }
}
