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
use syn::{File, Item, ItemImpl};

/// Emits the client of an operation group and the options of its methods.
pub(super) fn generate(
    service: &Service,
    importable: &Importable<'_>,
    group: &Group,
) -> syn::Result<File> {
    let client: File = syn::parse2(client(group))?;
    let methods = group.methods.iter();
    let methods = methods.map(|own| syn::parse2(with_types(service, group, own)));
    let methods: Vec<File> = methods.collect::<syn::Result<_>>()?;
    let features = group.methods.iter().map(|own| own.feature.as_slice());
    let used = [(&[][..], &client)].into_iter();
    let imports = importable.of_items(used.chain(features.zip(&methods)));
    let head = docs::inner(&group.docs);
    let mut file: File = syn::parse2(quote!(#head #imports))?;
    file.items.extend(client.items);
    file.items.extend(merged(methods));
    Ok(file)
}

fn client(group: &Group) -> TokenStream {
    let name = ident(&group.type_name);
    let docs = docs::outer(&group.docs);
    let aliases = docs::aliases(&group.aliases);
    quote! {
        #docs
        #aliases
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Scope);
    }
}

/// Emits the implementation of the client with one method, followed by the types of the method.
fn with_types(service: &Service, group: &Group, own: &Method) -> TokenStream {
    let name = ident(&group.type_name);
    let method = method(group, own);
    let resume = resume(own);
    let types = types(service, own);
    quote!(impl #name { #method #resume } #types)
}

/// Returns one implementation with all methods, followed by the types of all.
fn merged(methods: Vec<File>) -> impl Iterator<Item = Item> {
    let mut merged: Option<ItemImpl> = None;
    let mut types = Vec::new();
    for file in methods {
        let mut items = file.items.into_iter();
        match (items.next(), &mut merged) {
            (Some(Item::Impl(own)), Some(all)) => all.items.extend(own.items),
            (Some(Item::Impl(own)), None) => merged = Some(own),
            (first, _) => types.extend(first),
        }
        types.extend(items);
    }
    merged.map(Item::Impl).into_iter().chain(types)
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
