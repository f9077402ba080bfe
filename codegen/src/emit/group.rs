//! The client of an operation group.

use super::{
    bodies, docs,
    format::ident,
    method::{feature, method, resume},
    models::field,
    responses,
    used_names::Importable,
};
use crate::model::service::{Group, Method, Service};
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the client of an operation group and the options of its methods.
pub(super) fn generate(
    service: &Service,
    importable: &Importable<'_>,
    group: &Group,
) -> syn::Result<TokenStream> {
    let head = docs::inner(&group.docs);
    let name = ident(&group.type_name);
    let docs = docs::outer(&group.docs);
    let aliases = docs::aliases(&group.aliases);
    let client = quote! {
        #docs
        #aliases
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Scope);
    };
    let calls = group.methods.iter().map(|own| {
        let resume = resume(own);
        let method = method(group, own);
        quote!(#method #resume)
    });
    let calls: Vec<TokenStream> = calls.collect();
    let types = group.methods.iter().map(|own| types(service, own));
    let types: Vec<TokenStream> = types.collect();
    let used = group.methods.iter().zip(calls.iter().zip(&types));
    let used = used.map(|(own, (calls, types))| {
        let features = own.feature.as_slice();
        (features, quote!(impl #name { #calls } #types))
    });
    let imports = importable.of_items([(&[][..], client.clone())].into_iter().chain(used))?;
    Ok(quote! {
        #head
        #imports
        #client
        impl #name { #(#calls)* }
        #(#types)*
    })
}

/// Emits the types that only one method uses: its options, bodies and responses.
fn types(service: &Service, method: &Method) -> TokenStream {
    let options = options(service, method);
    let bodies = bodies::bodies(method);
    let responses = responses::responses(method);
    quote!(#options #bodies #responses)
}

fn options(service: &Service, method: &Method) -> TokenStream {
    let docs = docs::outer(&method.options.docs);
    let method_options_docs = docs::outer(&service.docs.method_options);
    let name = ident(&method.options.type_name);
    let feature = feature(method);
    let aliases = docs::aliases(&method.options.alias);
    if let Some(alias) = method.options.alias_of {
        return quote!(#docs #aliases #feature pub type #name<'a> = #alias<'a>;);
    }
    let method_options = method.options.method_options;
    let fields = method.options.fields.iter().map(field);
    quote! {
        #docs
        #aliases
        #feature
        #[derive(Clone, Debug, Default)]
        pub struct #name<'a> {
            #(#fields)*
            #method_options_docs
            pub method_options: #method_options<'a>,
        }
        #feature
        arm_runtime::method_options!(#name, #method_options);
    }
}
