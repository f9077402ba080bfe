//! The lints that generated code allows.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Lints that a part of the generated code allows.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The lints, in the order in which they are written.
    pub lints: Vec<Lint>,
    /// The reason, a phrase without a full stop.
    pub reason: Option<&'static str>,
}

/// A lint of the compiler or of Clippy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lint {
    /// `dead_code`.
    DeadCode,
    /// `clippy::module_inception`.
    ModuleInception,
    /// `clippy::new_ret_no_self`.
    NewRetNoSelf,
    /// `clippy::too_many_arguments`.
    TooManyArguments,
    /// `unused_imports`.
    UnusedImports,
}

impl Allow {
    /// Allows one lint.
    pub(crate) fn one(lint: Lint, reason: &'static str) -> Self {
        Self {
            lints: vec![lint],
            reason: Some(reason),
        }
    }
}

/// Returns the arguments of the attribute `allow`.
impl ToTokens for Allow {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lints = &self.lints;
        let reason = self.reason.map(|reason| quote!(, reason = #reason));
        tokens.extend(quote!(#(#lints),* #reason));
    }
}

impl ToTokens for Lint {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::DeadCode => quote!(dead_code),
            Self::ModuleInception => quote!(clippy::module_inception),
            Self::NewRetNoSelf => quote!(clippy::new_ret_no_self),
            Self::TooManyArguments => quote!(clippy::too_many_arguments),
            Self::UnusedImports => quote!(unused_imports),
        });
    }
}
