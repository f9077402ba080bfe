//! Emits `use` declarations.

use crate::model::service::Imports;
use proc_macro2::TokenStream;
use quote::quote;

/// Emits the imports of parameters and of types of the runtime.
pub(super) fn generate(imports: &Imports) -> TokenStream {
    let allow = imports.allow.as_ref();
    let allow = allow.map(|allow| quote!(#[allow(#allow)]));
    let parameters = imports.parameters.then(|| {
        quote!(
            #allow
            use crate::parameters::*;
        )
    });
    let runtime = match imports.runtime.as_slice() {
        [] => None,
        [only] => Some(quote!(
            #allow
            use arm_runtime::#only;
        )),
        several => Some(quote!(
            #allow
            use arm_runtime::{#(#several),*};
        )),
    };
    quote!(#parameters #runtime)
}
