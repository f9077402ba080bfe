//! Example programs as data: the few statements and expressions that examples are made of.

use super::rust_type::{RuntimeType, RustType};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// The statements of a program, given a `client`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program(pub Vec<Statement>);

impl Program {
    /// Whether the program names a type of the runtime.
    pub fn names(&self, ty: RuntimeType) -> bool {
        let mut all = self.0.iter();
        all.any(|statement| match statement {
            Statement::Let(_, value) | Statement::Drop(value) | Statement::PrintItems(value) => {
                value.names(ty)
            }
        })
    }

    /// Whether the program reads a stream, for which it needs a trait.
    pub fn reads_stream(&self) -> bool {
        let mut all = self.0.iter();
        all.any(|statement| matches!(statement, Statement::PrintItems(_)))
    }
}

/// A statement of a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// Gives a value a name.
    Let(String, Expression),
    /// Drops a value.
    Drop(Expression),
    /// Prints the items of a pager.
    PrintItems(Expression),
}

/// An expression in a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A local variable.
    Variable(String),
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i32),
    /// Another number.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// `None`.
    None,
    /// A list without elements.
    EmptyList,
    /// An array without elements.
    EmptyArray,
    /// `Default::default()`.
    Default,
    /// A variant or constant of a type.
    Associated(RustType, String),
    /// A call of a type's function.
    Function(RustType, &'static str, Vec<Expression>),
    /// A call of a value's method.
    Method(Box<Expression>, String, Vec<Expression>),
    /// `.await`.
    Await(Box<Expression>),
    /// `?`.
    Try(Box<Expression>),
    /// `&`.
    Ref(Box<Expression>),
}

impl Expression {
    fn names(&self, runtime: RuntimeType) -> bool {
        match self {
            Self::Associated(ty, _) => *ty == RustType::Runtime(runtime),
            Self::Function(ty, _, arguments) => {
                *ty == RustType::Runtime(runtime) || arguments.iter().any(|own| own.names(runtime))
            }
            Self::Method(value, _, arguments) => {
                value.names(runtime) || arguments.iter().any(|own| own.names(runtime))
            }
            Self::Await(value) | Self::Try(value) | Self::Ref(value) => value.names(runtime),
            _ => false,
        }
    }

    /// Returns a call of this value's method.
    #[must_use]
    pub fn call(self, method: &str, arguments: Vec<Self>) -> Self {
        Self::Method(self.into(), method.to_owned(), arguments)
    }

    /// Returns the awaited value.
    #[must_use]
    pub fn awaited(self) -> Self {
        Self::Await(self.into())
    }

    /// Returns the value after the operator `?`.
    #[must_use]
    pub fn tried(self) -> Self {
        Self::Try(self.into())
    }

    /// Returns a reference to the value.
    #[must_use]
    pub fn borrowed(self) -> Self {
        Self::Ref(self.into())
    }
}

impl ToTokens for Program {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().map(ToTokens::to_token_stream));
    }
}

impl ToTokens for Statement {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Let(name, value) => {
                let name = ident(name);
                quote!(let #name = #value;)
            }
            Self::Drop(value) => quote!(#value;),
            Self::PrintItems(pager) => quote! {
                let mut items = #pager;
                while let Some(item) = items.try_next().await? {
                    println!("{item:?}");
                }
            },
        });
    }
}

impl ToTokens for Expression {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Variable(name) => ident(name).into_token_stream(),
            Self::Text(text) => quote!(#text),
            Self::Integer(number) => Literal::i32_unsuffixed(*number).into_token_stream(),
            Self::Float(number) => Literal::f64_unsuffixed(*number).into_token_stream(),
            Self::Bool(value) => quote!(#value),
            Self::None => quote!(None),
            Self::EmptyList => quote!(vec![]),
            Self::EmptyArray => quote!([]),
            Self::Default => quote!(Default::default()),
            Self::Associated(ty, name) => {
                let name = ident(name);
                quote!(#ty::#name)
            }
            Self::Function(ty, name, arguments) => {
                let name = ident(name);
                quote!(#ty::#name(#(#arguments),*))
            }
            Self::Method(value, name, arguments) => {
                let name = ident(name);
                quote!(#value.#name(#(#arguments),*))
            }
            Self::Await(value) => quote!(#value.await),
            Self::Try(value) => quote!(#value?),
            Self::Ref(value) => quote!(&#value),
        });
    }
}

fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}
