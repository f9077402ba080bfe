//! What the generated table of calls is written with.

use arm_runtime::{Bytes, PollerOptions, Result, model::Wire};
use futures::future::BoxFuture;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A call on its way.
pub type Running<'a> = BoxFuture<'a, Result<Outcome>>;

/// What a call gave.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A model, written again.
    Model(Value),
    /// Nothing but success.
    Empty,
    /// Whether something exists.
    Exists(bool),
    /// Bytes.
    Bytes(Vec<u8>),
    /// The models of pages, written again, and how many items each has.
    Pages(Vec<(Value, usize)>),
}

/// Values for the arguments of a call.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    names: BTreeSet<String>,
    places: Vec<String>,
    values: BTreeMap<String, Value>,
    body: Option<Value>,
}

impl Sample {
    /// A sample for parameters of these names, without values yet, and for a path with these
    /// placeholders.
    ///
    /// # Panics
    ///
    /// When two names are the same in Rust.
    pub fn new<'a>(
        names: impl Iterator<Item = &'a str>,
        places: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut sample = Self {
            places: places.map(letters).collect(),
            ..Self::default()
        };
        for name in names {
            assert!(sample.names.insert(letters(name)), "{name} is there twice");
        }
        sample
    }

    /// Sets the value of a parameter.
    pub fn set(&mut self, name: &str, value: Value) {
        self.values.insert(letters(name), value);
    }

    /// Sets the body.
    pub fn set_body(&mut self, body: Option<Value>) {
        self.body = body;
    }

    /// The value of the parameter that has the letters of an argument.
    ///
    /// # Panics
    ///
    /// When the description has no such parameter.
    pub fn get(&self, argument: &str) -> Option<&Value> {
        let name = letters(argument);
        assert!(
            self.names.contains(&name),
            "no parameter is called {argument}"
        );
        self.values.get(&name)
    }

    /// An argument that is text.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn text(&self, argument: &str) -> &str {
        let text = self.get(argument).and_then(Value::as_str);
        text.unwrap_or_else(|| panic!("no text for {argument}"))
    }

    /// The argument of a scope, for the placeholder that comes after so many others.
    ///
    /// Operations may have another name for it, but not the name of another placeholder.
    ///
    /// # Panics
    ///
    /// When there is no such placeholder.
    pub fn place(&self, index: usize, argument: &str) -> &str {
        let place = &self.places[index];
        let name = letters(argument);
        let own = name == *place || !self.names.contains(&name);
        assert!(own, "{argument} fills {place}");
        self.text(place)
    }

    /// An argument of another type.
    ///
    /// # Errors
    ///
    /// A value that is not of the type.
    pub fn value<T: Wire>(&self, argument: &str) -> Result<T> {
        let value = self.get(argument).cloned().unwrap_or_default();
        Ok(arm_runtime::model::support::read(value)?)
    }

    /// An option.
    ///
    /// # Errors
    ///
    /// A value that is not of the type.
    pub fn optional<T: Wire>(&self, option: &str) -> Result<Option<T>> {
        match self.get(option) {
            Some(_) => self.value(option).map(Some),
            None => Ok(None),
        }
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// JSON that is not of the type.
    pub fn body<T: Wire>(&self) -> Result<T> {
        let body = self.body.clone().unwrap_or_default();
        Ok(arm_runtime::model::support::read(body)?)
    }

    /// The body of an operation that does not need one.
    ///
    /// # Errors
    ///
    /// JSON that is not of the type.
    pub fn optional_body<T: Wire>(&self) -> Result<Option<T>> {
        match self.body {
            Some(_) => self.body().map(Some),
            None => Ok(None),
        }
    }

    /// A body that is not JSON.
    pub fn bytes(&self) -> Bytes {
        Bytes::from_static(b"\0\x01bytes\xff")
    }

    /// A body that is not JSON, of an operation that does not need one.
    pub fn optional_bytes(&self) -> Option<Bytes> {
        self.body.as_ref().map(|_| self.bytes())
    }

    /// Options as they are unless a caller says otherwise.
    pub fn default_options<T: Default>(&self) -> T {
        T::default()
    }

    /// Options that do not wait between polls.
    pub fn poller_options(&self) -> PollerOptions<'static> {
        PollerOptions::default().with_interval(arm_runtime::Duration::ZERO)
    }
}

/// What a name has in common with itself in another language.
pub fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

/// What to make of the results of methods.
pub mod outcome {
    use super::Outcome;
    use arm_runtime::{
        AsyncResponse, ListPage, NoFormat, Pager, Poller, Response, Result, model::Wire,
    };
    use futures::TryStreamExt;
    use serde::{Serialize, de::DeserializeOwned};

    /// One answer with a body.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn model<T: DeserializeOwned + Serialize>(
        answer: impl Future<Output = Result<Response<T>>>,
    ) -> Result<Outcome> {
        Ok(Outcome::Model(serde_json::to_value(
            answer.await?.into_model()?,
        )?))
    }

    /// One answer without a body.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn empty(
        answer: impl Future<Output = Result<Response<(), NoFormat>>>,
    ) -> Result<Outcome> {
        answer.await.map(|_| Outcome::Empty)
    }

    /// Whether something exists.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn exists(answer: impl Future<Output = Result<bool>>) -> Result<Outcome> {
        answer.await.map(Outcome::Exists)
    }

    /// One answer of bytes.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn bytes(answer: impl Future<Output = Result<AsyncResponse>>) -> Result<Outcome> {
        let body = answer.await?.into_body();
        Ok(Outcome::Bytes(body.collect().await?.to_vec()))
    }

    /// A list.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn pages<P: ListPage + Wire + Send + 'static>(
        pager: Result<Pager<P>>,
    ) -> Result<Outcome> {
        let mut pages = pager?.into_pages();
        let mut all = Vec::new();
        while let Some(page) = pages.try_next().await? {
            let model = page.into_model();
            let json = model.write(serde_json::value::Serializer)?;
            all.push((json, model.into_items().len()));
        }
        Ok(Outcome::Pages(all))
    }

    /// A long-running operation with a result.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn poller<T: DeserializeOwned + Serialize>(
        poller: Result<Poller<T>>,
    ) -> Result<Outcome> {
        model(poller?.into_future()).await
    }

    /// A long-running operation without a result.
    ///
    /// # Errors
    ///
    /// Those of the call.
    pub async fn empty_poller(poller: Result<Poller<(), NoFormat>>) -> Result<Outcome> {
        empty(poller?.into_future()).await
    }
}
