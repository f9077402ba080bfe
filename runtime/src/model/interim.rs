//! Stands in for what branch `runtime` brings.
#![allow(
    missing_docs,
    clippy::new_without_default,
    reason = "goes when the branches meet"
)]

#[derive(Clone, Copy, Debug, Default)]
pub struct Constraints;
impl Constraints {
    pub const fn new() -> Self {
        Self
    }
    pub const fn min_length(self, _: usize) -> Self {
        self
    }
    pub const fn max_length(self, _: usize) -> Self {
        self
    }
    pub const fn pattern(self, _: &'static str) -> Self {
        self
    }
    pub const fn minimum(self, _: f64) -> Self {
        self
    }
    pub const fn maximum(self, _: f64) -> Self {
        self
    }
    pub const fn exclusive_minimum(self) -> Self {
        self
    }
    pub const fn exclusive_maximum(self) -> Self {
        self
    }
    pub const fn multiple_of(self, _: f64) -> Self {
        self
    }
    pub const fn min_items(self, _: usize) -> Self {
        self
    }
    pub const fn max_items(self, _: usize) -> Self {
        self
    }
    pub const fn unique_items(self) -> Self {
        self
    }
    pub const fn secret(self) -> Self {
        self
    }
}

pub trait Validate {
    fn validate(&self, validator: &mut Validator);
}

#[derive(Debug, Default)]
pub struct Validator;
impl Validator {
    pub fn new() -> Self {
        Self
    }
    pub fn violation(&self) -> Option<&str> {
        None
    }
    pub fn is_valid(&self) -> bool {
        true
    }
    pub fn required(&mut self, _: &str, _: bool) {}
    pub fn text(&mut self, _: &str, _: Option<&str>, _: &Constraints) {}
    pub fn number(&mut self, _: &str, _: Option<f64>, _: &Constraints) {}
    pub fn within(&mut self, _: &str, check: impl FnOnce(&mut Self)) {
        check(self)
    }
    pub fn array<T: PartialEq>(&mut self, _: &[T], _: &Constraints) {}
}

pub trait ListPage: serde::de::DeserializeOwned {
    type Item: Send;
    fn next_link(&self) -> Option<&str>;
    fn into_items(self) -> Vec<Self::Item>;
}
