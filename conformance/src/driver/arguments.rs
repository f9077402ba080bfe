//! Arguments of methods, taken from JSON.

use arm_runtime::{
    Bytes, Duration, Error, ErrorKind, FormFile, PollerOptions, Result,
    model::{Wire, support},
};
use serde_json::Value;

/// A parameter in the generated table of calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its location in the request.
    pub location: Location,
    /// Name of the argument or option in Rust.
    pub name: &'static str,
}

/// The location of a parameter in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The placeholder of the path with this zero-based index.
    Path(usize),
    /// The query parameter of this name.
    Query(&'static str),
    /// The header of this name.
    Header(&'static str),
    /// The field of a form of this name.
    Form(&'static str),
}

impl Parameter {
    /// Creates a parameter for the placeholder of the path with this zero-based index.
    pub const fn path(index: usize, name: &'static str) -> Self {
        let location = Location::Path(index);
        Self { location, name }
    }

    /// Creates a query parameter.
    pub const fn query(wire_name: &'static str, name: &'static str) -> Self {
        let location = Location::Query(wire_name);
        Self { location, name }
    }

    /// Creates a form field parameter.
    pub const fn form(wire_name: &'static str, name: &'static str) -> Self {
        let location = Location::Form(wire_name);
        Self { location, name }
    }

    /// Creates a header parameter.
    pub const fn header(wire_name: &'static str, name: &'static str) -> Self {
        let location = Location::Header(wire_name);
        Self { location, name }
    }
}

/// A file for a form.
pub fn file() -> FormFile {
    FormFile::new("file", "content")
}

/// The values that a method is called with.
pub trait Arguments: Sync {
    /// The value of a parameter.
    fn get(&self, parameter: Parameter) -> Option<&Value>;

    /// The request body.
    fn document(&self) -> Option<&Value>;

    /// The request body of a method that takes bytes.
    fn bytes(&self) -> Option<Bytes>;
}

impl dyn Arguments + '_ {
    /// Returns an argument that is text.
    ///
    /// # Errors
    ///
    /// If there is no value, or it is not text.
    pub fn text(&self, parameter: Parameter) -> Result<&str> {
        let text = self.get(parameter).and_then(Value::as_str);
        text.ok_or_else(|| missing(&format!("text for {}", parameter.name)))
    }

    /// Returns an argument of another type.
    ///
    /// # Errors
    ///
    /// If there is no value, or it is not of the type.
    pub fn value<T: Wire>(&self, parameter: Parameter) -> Result<T> {
        let value = self.optional(parameter)?;
        value.ok_or_else(|| missing(&format!("value for {}", parameter.name)))
    }

    /// Returns an argument that is a list.
    ///
    /// # Errors
    ///
    /// If there is no value, or it is no list of such items.
    pub fn list<T: Wire>(&self, parameter: Parameter) -> Result<Vec<T>> {
        self.value(parameter)
    }

    /// Returns an option.
    ///
    /// # Errors
    ///
    /// If the value is not of the type.
    pub fn optional<T: Wire>(&self, parameter: Parameter) -> Result<Option<T>> {
        let value = self.get(parameter).filter(|value| !value.is_null());
        let value = value.map(|value| support::read(value.clone()));
        Ok(value.transpose()?)
    }

    /// Returns the body.
    ///
    /// # Errors
    ///
    /// If there is none, or it is not of the type.
    pub fn body<T: Wire>(&self) -> Result<T> {
        self.optional_body()?.ok_or_else(|| missing("body"))
    }

    /// Returns the body of a method that can be called without one.
    ///
    /// # Errors
    ///
    /// If it is not of the type.
    pub fn optional_body<T: Wire>(&self) -> Result<Option<T>> {
        let body = self.document();
        let body = body.map(|body| support::read(body.clone()));
        Ok(body.transpose()?)
    }

    /// Returns the body of a method that takes bytes.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn raw_body(&self) -> Result<Bytes> {
        self.bytes().ok_or_else(|| missing("body"))
    }

    /// Returns default options for a method that is not a long-running operation.
    pub fn method_options<T: Default>(&self) -> T {
        T::default()
    }

    /// Returns options for a long-running operation: no wait between polls.
    pub fn poller_options(&self) -> PollerOptions<'static> {
        PollerOptions {
            frequency: Duration::MILLISECOND,
            ..PollerOptions::default()
        }
    }
}

fn missing(what: &str) -> Error {
    Error::with_message(ErrorKind::DataConversion, format!("no {what}"))
}
