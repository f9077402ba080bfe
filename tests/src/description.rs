//! A description, read from its file.

use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

/// The newest stable description, which gives the shapes.
pub static NEWEST: LazyLock<Description> = LazyLock::new(|| Description::read("2025-12-01"));

/// The newest description of a preview.
pub static PREVIEW: LazyLock<Description> = LazyLock::new(|| Description {
    chosen: Some("2026-05-15-preview"),
    ..Description::read("2026-05-15-preview")
});

/// The description of the stable version before.
pub static OLDER: LazyLock<Description> = LazyLock::new(|| Description::read("2025-09-01"));

/// The newest stable description and the newest of a preview: what operations are proven by.
pub fn newest() -> [&'static Description; 2] {
    [&NEWEST, &PREVIEW]
}

/// A description.
#[derive(Debug)]
pub struct Description {
    /// Its API version.
    pub version: &'static str,
    /// The API version that clients of it have to name; the default of clients needs none.
    pub chosen: Option<&'static str>,
    root: Value,
}

impl Description {
    fn read(version: &'static str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/machinelearningservices");
        let path = folder.join(format!("{version}.yaml"));
        let text = fs::read_to_string(&path).expect("the description is in the repository");
        Self::parse(version, &text)
    }

    /// Parses a description.
    ///
    /// # Panics
    ///
    /// If the text is not YAML.
    pub fn parse(version: &'static str, text: &str) -> Self {
        let root = serde_yaml::from_str(text).expect("the description is YAML");
        Self {
            version,
            chosen: None,
            root,
        }
    }

    /// Returns names and schemas, in the order of the names.
    pub fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(&self.root["components"]["schemas"])
    }

    /// Returns a schema by name.
    pub fn schema(&self, name: &str) -> Option<&Value> {
        self.root["components"]["schemas"].get(name)
    }

    /// Returns the names of the schemas that operations send or receive, at any depth. Schemas that
    /// are only bases of others are not included, but the schemas of their members are.
    pub fn reached(&self) -> BTreeSet<&str> {
        let mut names = BTreeSet::new();
        for (_, item) in self.paths() {
            self.reach_any(item, &mut names);
        }
        names
    }

    /// Collects the schemas in a part of a path item.
    fn reach_any<'a>(&'a self, value: &'a Value, names: &mut BTreeSet<&'a str>) {
        if let Some(reference) = value["$ref"].as_str() {
            match reference.strip_prefix("#/components/schemas/") {
                Some(name) => self.reach(name, names),
                None => self.reach_any(self.at(reference).1, names),
            }
        } else if let Some(members) = value.as_object() {
            for (name, member) in members {
                match name.as_str() {
                    "schema" => self.reach_value(member, names),
                    "final-state-schema" => self.reach_reference(member, names),
                    _ => self.reach_any(member, names),
                }
            }
        } else {
            let elements = value.as_array().into_iter().flatten();
            elements.for_each(|element| self.reach_any(element, names));
        }
    }

    fn reach<'a>(&'a self, name: &'a str, names: &mut BTreeSet<&'a str>) {
        if let Some(schema) = self.schema(name)
            && names.insert(name)
        {
            self.reach_contents(schema, names);
            for (_, kind) in members(&schema["discriminator"]["mapping"]) {
                self.reach_reference(kind, names);
            }
        }
    }

    /// Collects the schema that is the type of a value.
    fn reach_value<'a>(&'a self, schema: &'a Value, names: &mut BTreeSet<&'a str>) {
        let bases = schema["allOf"].as_array().map_or(&[][..], Vec::as_slice);
        let only = match bases {
            [base] if schema["properties"].is_null() => &base["$ref"],
            _ => &schema["$ref"],
        };
        match only
            .as_str()
            .and_then(|reference| reference.rsplit('/').next())
        {
            Some(name) => self.reach(name, names),
            None if schema.is_object() => self.reach_contents(schema, names),
            None => {}
        }
    }

    /// Collects the schemas of the contents of a value.
    fn reach_contents<'a>(&'a self, schema: &'a Value, names: &mut BTreeSet<&'a str>) {
        for base in schema["allOf"].as_array().into_iter().flatten() {
            self.reach_contents(self.follow(base), names);
        }
        for (_, member) in members(&schema["properties"]) {
            self.reach_value(member, names);
        }
        self.reach_value(&schema["items"], names);
        self.reach_value(&schema["additionalProperties"], names);
    }

    fn reach_reference<'a>(&'a self, reference: &'a Value, names: &mut BTreeSet<&'a str>) {
        let reference = reference.as_str();
        if let Some(name) = reference.and_then(|reference| reference.rsplit('/').next()) {
            self.reach(name, names);
        }
    }

    /// Returns the value and the name at a reference such as `#/components/schemas/Sku`.
    ///
    /// # Panics
    ///
    /// If there is no such value.
    pub fn at<'a>(&'a self, reference: &'a str) -> (&'a str, &'a Value) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        let pointer = reference.trim_start_matches('#');
        let found = self.root.pointer(pointer);
        (name, found.unwrap_or_else(|| panic!("no {reference}")))
    }

    /// Returns the value itself, or the target of its `$ref`.
    pub fn follow<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value["$ref"].as_str() {
            Some(reference) => self.follow(self.at(reference).1),
            None => value,
        }
    }

    /// Returns paths with their items.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(&self.root["paths"])
    }
}

/// Returns the members of an object; nothing for other values.
pub fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = value.as_object().into_iter().flatten();
    all.map(|(name, value)| (name.as_str(), value))
}

/// Returns the strings of an array; nothing for other values.
pub fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}
