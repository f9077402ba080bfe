//! A description as it stands in its file.

use serde_json::Value;
use std::{fs, path::Path, sync::LazyLock};

/// The description that gives the shapes.
pub static NEWEST: LazyLock<Description> = LazyLock::new(|| Description::read("2025-12-01"));

/// The description of the version before.
pub static OLDER: LazyLock<Description> = LazyLock::new(|| Description::read("2025-09-01"));

/// A description.
#[derive(Debug)]
pub struct Description {
    /// Its API version.
    pub version: &'static str,
    root: Value,
}

impl Description {
    fn read(version: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/machinelearningservices");
        let path = folder.join(format!("{version}.yaml"));
        let text = fs::read_to_string(&path).expect("the description is in the repository");
        Self::parse(version, &text)
    }

    /// A description from text.
    ///
    /// # Panics
    ///
    /// When the text is not YAML.
    pub fn parse(version: &'static str, text: &str) -> Self {
        let root = serde_yaml::from_str(text).expect("the description is YAML");
        Self { version, root }
    }

    /// Names and schemas, in the order of the names.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(&self.root["components"]["schemas"])
    }

    /// A schema by name.
    pub fn schema(&self, name: &str) -> Option<&Value> {
        self.root["components"]["schemas"].get(name)
    }

    /// What stands at a reference such as `#/components/schemas/Sku`, and its name.
    ///
    /// # Panics
    ///
    /// When nothing stands there.
    pub fn at<'a>(&'a self, reference: &'a str) -> (&'a str, &'a Value) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let pointer = reference.trim_start_matches('#');
        let found = self.root.pointer(pointer);
        (name, found.unwrap_or_else(|| panic!("no {reference}")))
    }

    /// The value itself, or what its `$ref` leads to.
    pub fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.follow(self.at(reference).1),
            None => value,
        }
    }

    /// Paths with their items.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(&self.root["paths"])
    }
}

/// The members of an object; nothing of anything else.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = value.as_object().into_iter().flatten();
    all.map(|(name, value)| (name.as_str(), value))
}

/// The texts of an array; nothing of anything else.
pub fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}
