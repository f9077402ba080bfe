//! Rust types as data.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::fmt;

/// A Rust type in generated code.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RustType {
    /// A model of the generated crate, by its name.
    Model(String),
    /// The client of the generated crate, by its name.
    Client(String),
    /// A type of the runtime.
    Runtime(RuntimeType),
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// `str`.
    Str,
    /// `Vec<T>`.
    Vec(Box<RustType>),
    /// `BTreeMap<String, T>`.
    Map(Box<RustType>),
    /// `Option<T>`.
    Option(Box<RustType>),
    /// `Box<T>`.
    Boxed(Box<RustType>),
    /// `Secret<T>`, and `Secret` where `T` is `String`.
    Secret(Box<RustType>),
    /// `Json<T>`, a whole body that is not a model.
    Json(Box<RustType>),
    /// `ListResult<T>`, a page of a list.
    ListResult(Box<RustType>),
    /// `Body<'a, T>`, a request body in JSON.
    Body(Box<RustType>),
    /// `[T]`.
    Slice(Box<RustType>),
    /// `&T`.
    Ref(Box<RustType>),
    /// `impl Into<T>`, of arguments.
    Into(Box<RustType>),
    /// `Cow<'_, T>`, of accessors.
    Cow(Box<RustType>),
    /// A type of an operation, by name, and whether it has the lifetime `'a`.
    Operation(String, bool),
}

impl RustType {
    /// `Option<T>` of this type.
    #[must_use]
    pub fn optional(self) -> Self {
        Self::Option(self.into())
    }

    /// `&T` of this type.
    #[must_use]
    pub fn borrowed(self) -> Self {
        Self::Ref(self.into())
    }

    /// `impl Into<T>` of this type.
    #[must_use]
    pub fn converted(self) -> Self {
        Self::Into(self.into())
    }

    /// Returns the inner type.
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::Vec(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Boxed(inner)
            | Self::Secret(inner)
            | Self::Json(inner)
            | Self::ListResult(inner)
            | Self::Body(inner)
            | Self::Slice(inner)
            | Self::Ref(inner)
            | Self::Into(inner)
            | Self::Cow(inner) => Some(inner),
            _ => None,
        }
    }

    /// Returns the name by which code refers to the type, apart from its inner type, if it is not in
    /// Rust's prelude.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Model(name) | Self::Client(name) | Self::Operation(name, _) => Some(name),
            Self::Runtime(own) => Some(own.name()),
            Self::Map(_) => Some("BTreeMap"),
            Self::Cow(_) => Some("Cow"),
            Self::Secret(_) => Some(RuntimeType::Secret.name()),
            Self::Json(_) => Some(RuntimeType::Json.name()),
            Self::ListResult(_) => Some(RuntimeType::ListResult.name()),
            Self::Body(_) => Some(RuntimeType::Body.name()),
            _ => None,
        }
    }

    /// Returns the same type with another inner type.
    #[must_use]
    pub fn map_inner(&self, change: impl FnOnce(&Self) -> Self) -> Self {
        let change = |inner: &Self| Box::new(change(inner));
        match self {
            Self::Vec(inner) => Self::Vec(change(inner)),
            Self::Map(inner) => Self::Map(change(inner)),
            Self::Option(inner) => Self::Option(change(inner)),
            Self::Boxed(inner) => Self::Boxed(change(inner)),
            Self::Secret(inner) => Self::Secret(change(inner)),
            Self::Json(inner) => Self::Json(change(inner)),
            Self::ListResult(inner) => Self::ListResult(change(inner)),
            Self::Body(inner) => Self::Body(change(inner)),
            Self::Slice(inner) => Self::Slice(change(inner)),
            Self::Ref(inner) => Self::Ref(change(inner)),
            Self::Into(inner) => Self::Into(change(inner)),
            other => other.clone(),
        }
    }

    /// Returns the type as tokens, with a path such as `models::` before each model.
    pub fn tokens(&self, models: &TokenStream) -> TokenStream {
        let inner = self.inner().map(|inner| inner.tokens(models));
        match self {
            Self::Model(name) => {
                let name = format_ident!("{name}");
                quote!(#models #name)
            }
            Self::Client(name) => format_ident!("{name}").into_token_stream(),
            Self::Runtime(own) => own.to_token_stream(),
            Self::Bool => quote!(bool),
            Self::I32 => quote!(i32),
            Self::I64 => quote!(i64),
            Self::F64 => quote!(f64),
            Self::String => quote!(String),
            Self::Str => quote!(str),
            Self::Vec(_) => quote!(Vec<#inner>),
            Self::Map(_) => quote!(BTreeMap<String, #inner>),
            Self::Option(_) => quote!(Option<#inner>),
            Self::Boxed(_) => quote!(Box<#inner>),
            Self::Secret(inner) if **inner == Self::String => quote!(Secret),
            Self::Secret(_) => quote!(Secret<#inner>),
            Self::Json(_) => quote!(Json<#inner>),
            Self::ListResult(_) => quote!(ListResult<#inner>),
            Self::Body(_) => quote!(Body<'a, #inner>),
            Self::Slice(_) => quote!([#inner]),
            Self::Ref(_) => quote!(&#inner),
            Self::Into(_) => quote!(impl Into<#inner>),
            Self::Cow(_) => quote!(Cow<'_, #inner>),
            Self::Operation(name, borrows) => {
                let name = format_ident!("{name}");
                let lifetime = borrows.then(|| quote!(<'a>));
                quote!(#name #lifetime)
            }
        }
    }
}

impl ToTokens for RustType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.tokens(&TokenStream::new()));
    }
}

/// Returns the type as text, for documentation.
impl fmt::Display for RustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(name) | Self::Client(name) => f.write_str(name),
            Self::Runtime(own) => f.write_str(own.name()),
            Self::Bool => f.write_str("bool"),
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::F64 => f.write_str("f64"),
            Self::String => f.write_str("String"),
            Self::Str => f.write_str("str"),
            Self::Vec(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::Secret(inner) if **inner == Self::String => f.write_str("Secret"),
            Self::Secret(inner) => write!(f, "Secret<{inner}>"),
            Self::Json(inner) => write!(f, "Json<{inner}>"),
            Self::ListResult(inner) => write!(f, "ListResult<{inner}>"),
            Self::Body(inner) => write!(f, "Body<'a, {inner}>"),
            Self::Slice(inner) => write!(f, "[{inner}]"),
            Self::Ref(inner) => write!(f, "&{inner}"),
            Self::Into(inner) => write!(f, "impl Into<{inner}>"),
            Self::Cow(inner) => write!(f, "Cow<'_, {inner}>"),
            Self::Operation(name, _) => f.write_str(name),
        }
    }
}

macro_rules! runtime_types {
    (operations: [$($operation:ident),* $(,)?], others: [$($other:ident),* $(,)?]) => {
        /// A type of the runtime that generated code names without a path.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum RuntimeType {
            $(#[doc = concat!("`arm_runtime::", stringify!($operation), "`.")] $operation,)*
            $(#[doc = concat!("`arm_runtime::", stringify!($other), "`.")] $other,)*
        }

        impl RuntimeType {
            /// The types that the modules of operations and of models import by name.
            pub const OF_OPERATIONS: &[Self] = &[$(Self::$operation),*];

            /// Returns the name of the type.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$operation => stringify!($operation),)*
                    $(Self::$other => stringify!($other),)*
                }
            }
        }
    };
}

runtime_types! {
    operations: [
        AsyncResponse,
        Base64,
        Base64Url,
        BeginOptions,
        Body,
        Bytes,
        CallOptions,
        ClientMethodOptions,
        Date,
        FinalState,
        FormFile,
        IsoDuration,
        Json,
        ListOptions,
        ListPoller,
        ListResult,
        ListStyle,
        NoFormat,
        OffsetDateTime,
        OptionalJsonFormat,
        Pager,
        PagerOptions,
        Poller,
        PollerOptions,
        ResponseByStatusFuture,
        ResponseFuture,
        Result,
        Rfc1123,
        Scope,
        Secret,
        TextFormat,
        UnixTime,
        Uuid,
        Value,
    ],
    others: [
        ArmClientOptions,
        Client,
        HasHeaders,
        Parameter,
        ResourceId,
        TokenCredential,
    ]
}

impl RuntimeType {
    /// The types that members of models can have.
    pub const OF_MODELS: &[Self] = &[
        Self::Base64,
        Self::Base64Url,
        Self::Date,
        Self::IsoDuration,
        Self::OffsetDateTime,
        Self::Rfc1123,
        Self::Secret,
        Self::UnixTime,
        Self::Uuid,
        Self::Value,
    ];
}

impl ToTokens for RuntimeType {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let name: Ident = format_ident!("{}", self.name());
        name.to_tokens(tokens);
    }
}
