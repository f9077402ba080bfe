//! Emits conditions on Cargo features.

use proc_macro2::TokenStream;
use quote::quote;

/// Emits the condition that one of the features is enabled; none without features.
pub(super) fn cfg<'a>(features: impl IntoIterator<Item = &'a String>) -> Option<TokenStream> {
    let features = features.into_iter();
    any(features.map(|feature| quote!(feature = #feature)))
}

/// Emits the condition that all features of one of the sets are enabled; none without sets.
pub(super) fn cfg_of_sets(sets: &[Vec<String>]) -> Option<TokenStream> {
    any(sets.iter().map(|set| match set.as_slice() {
        [only] => quote!(feature = #only),
        several => quote!(all(#(feature = #several),*)),
    }))
}

fn any(conditions: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    match conditions.collect::<Vec<_>>().as_slice() {
        [] => None,
        [only] => Some(quote!(#[cfg(#only)])),
        several => Some(quote!(#[cfg(any(#(#several),*))])),
    }
}
