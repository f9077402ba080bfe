//! Requests that a service has to reject: valid ones with one violation.

use crate::{
    description::Description,
    invalid_documents::{self, InvalidDocument},
    operations::Operation,
    random::Random,
    requests::own,
    resources::placeholders,
    rules::{self, text_problems},
    server::Recorded,
    shape::Shape,
};
use serde_json::{Value, json};

/// A request that has to be rejected.
#[derive(Clone, Debug)]
pub struct InvalidRequest {
    /// What is wrong.
    pub what: String,
    /// The request.
    pub request: Recorded,
    /// The status of the response.
    pub status: u16,
    /// The code of the error.
    pub code: &'static str,
    /// The member or parameter that the error has to name.
    pub target: Option<String>,
}

/// Returns invalid requests for an operation, made from one that was accepted; at most `most` of
/// them have an invalid body.
pub fn invalid_requests(
    description: &Description,
    operation: &Operation<'_>,
    valid: &Recorded,
    bodies: usize,
) -> Vec<InvalidRequest> {
    let mut builder = Builder {
        valid,
        all: Vec::new(),
    };
    builder.version();
    builder.names(operation);
    builder.query(description, operation);
    if let (Some((schema, required)), false) = (operation.body, valid.body.is_empty()) {
        let empty = || !rules::problems(description, schema, &json!({})).is_empty();
        let is_list = matches!(description.shape(schema), Shape::List(..));
        builder.content(required || operation.method == "PUT" && empty(), is_list);
        builder.bodies(description, schema, bodies);
    }
    builder.all
}

struct Builder<'g> {
    valid: &'g Recorded,
    all: Vec<InvalidRequest>,
}

impl Builder<'_> {
    fn add(&mut self, what: String, request: Recorded, code: &'static str, target: Option<&str>) {
        let target = target.map(str::to_owned);
        let status = if code == "UnsupportedMediaType" {
            415
        } else {
            400
        };
        self.all.push(InvalidRequest {
            status,
            what,
            request,
            code,
            target,
        });
    }

    fn aimed(&self, path: &str, query: &str) -> Recorded {
        Recorded {
            target: format!("{path}?{query}"),
            ..self.valid.clone()
        }
    }

    /// Returns the query without a parameter.
    fn without(&self, name: &str) -> String {
        let pairs = self.valid.query().split('&');
        let others = pairs.filter(|pair| pair.split('=').next() != Some(name));
        others.collect::<Vec<_>>().join("&")
    }

    fn version(&mut self) {
        let others = self.without("api-version");
        let none = self.aimed(self.valid.path(), &others);
        let code = "MissingApiVersionParameter";
        self.add("no api-version".to_owned(), none, code, None);
    }

    /// Returns the valid request with another text in a segment of its path.
    fn renamed(&self, at: usize, encoded: &str) -> Recorded {
        let mut segments: Vec<&str> = self.valid.path().split('/').collect();
        segments[at] = encoded;
        self.aimed(&segments.join("/"), self.valid.query())
    }

    fn names(&mut self, operation: &Operation<'_>) {
        let long = "a".repeat(300);
        for (at, name) in placeholders(operation.path) {
            let mut own = own(operation).filter(|own| own.place == "path");
            let schema = own.find(|own| own.name == name).map(|own| own.schema);
            let mut texts = [("!", "%21"), ("ß", "%C3%9F"), (&long, &long)].into_iter();
            let wrong =
                |text: &str| !text_problems(schema.unwrap_or(&Value::Null), text).is_empty();
            if let Some((_, encoded)) = texts.find(|(text, _)| wrong(text)) {
                let bad = self.renamed(at, encoded);
                let what = format!("{encoded} for {name}");
                self.add(what, bad, "InvalidParameter", Some(name));
            }
        }
        if let Some((at, name)) = placeholders(operation.path).last() {
            let bad = self.renamed(at, "%FF");
            self.add(format!("{name} no UTF-8"), bad, "InvalidRequestUri", None);
        }
    }

    fn query(&mut self, description: &Description, operation: &Operation<'_>) {
        let path = self.valid.path().to_owned();
        for parameter in own(operation).filter(|own| own.place == "query") {
            let name = parameter.name;
            let others = self.without(name);
            if parameter.required {
                let bad = self.aimed(&path, &others);
                self.add(format!("no {name}"), bad, "InvalidParameter", Some(name));
            }
            let number = matches!(description.shape(parameter.schema), Shape::Integer(..));
            if number || matches!(description.shape(parameter.schema), Shape::Boolean) {
                let bad = self.aimed(&path, &format!("{others}&{name}=some"));
                self.add(
                    format!("text for {name}"),
                    bad,
                    "InvalidParameter",
                    Some(name),
                );
            }
        }
    }

    fn content(&mut self, required: bool, is_list: bool) {
        let body = |body: &[u8]| Recorded {
            body: body.to_vec(),
            ..self.valid.clone()
        };
        let mut text = self.valid.clone();
        for (name, value) in &mut text.headers {
            if name == "content-type" {
                *value = "text/plain".to_owned();
            }
        }
        let half = body(b"{\"properties\":");
        let (other, what) = match is_list {
            true => (body(b"{}"), "an object"),
            false => (body(b"[]"), "a list"),
        };
        let none = required.then(|| body(b""));
        let content = "InvalidRequestContent";
        self.add("half a body".to_owned(), half, content, None);
        self.add(what.to_owned(), other, content, Some(""));
        if let Some(none) = none {
            self.add("no body".to_owned(), none, content, None);
        }
        let code = "UnsupportedMediaType";
        self.add("text".to_owned(), text, code, None);
    }

    fn bodies(&mut self, description: &Description, schema: &Value, most: usize) {
        let document = serde_json::from_slice(&self.valid.body).unwrap_or_default();
        let mut documents = invalid_documents::invalid_bodies(description, schema, &document);
        let mut random = Random::new(&document.to_string());
        while documents.len() > most {
            documents.swap_remove(random.below(documents.len()));
        }
        for InvalidDocument { path, document } in documents {
            let bad = Recorded {
                body: document.to_string().into_bytes(),
                ..self.valid.clone()
            };
            let what = format!("{path} broken");
            self.add(what, bad, "InvalidRequestContent", Some(&path));
        }
    }
}
