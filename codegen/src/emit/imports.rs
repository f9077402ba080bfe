//! `use` declarations.

use crate::model::service::Imports;
use proc_macro2::TokenStream;
use quote::quote;

/// The imports of parameters and of types of the runtime.
pub(super) fn generate(imports: &Imports) -> TokenStream {
    let parameters = imports.parameters.then(|| {
        quote!(
            use crate::parameters::*;
        )
    });
    let runtime = match imports.runtime.as_slice() {
        [] => None,
        [only] => Some(quote!(
            use arm_runtime::#only;
        )),
        several => Some(quote!(
            use arm_runtime::{#(#several),*};
        )),
    };
    quote!(#parameters #runtime)
}
