//! Reads values of the type that is expected at a location, and reports others.

use super::{SourceLocation, Sources};
use crate::note::NoteKind;
use serde_json::{Map, Value};

impl Sources {
    /// Reads a boolean that may have been written as a string.
    pub(crate) fn flag(&mut self, value: &Value, here: &SourceLocation) -> bool {
        match value {
            Value::Bool(flag) => *flag,
            Value::String(text)
                if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") =>
            {
                self.note(
                    NoteKind::Corrected,
                    here,
                    format!("\"{text}\" is a string and was read as a boolean"),
                );
                text.eq_ignore_ascii_case("true")
            }
            other => {
                self.problem(here, format!("expected true or false but found {other}"));
                false
            }
        }
    }

    /// Reads an array.
    pub(crate) fn array(&mut self, value: &Value, here: &SourceLocation) -> Option<Vec<Value>> {
        let array = value.as_array().cloned();
        if array.is_none() {
            self.problem(here, format!("expected a list but found {value}"));
        }
        array
    }

    /// Reads a schema, which is an object.
    pub(crate) fn schema(
        &mut self,
        value: &Value,
        here: &SourceLocation,
    ) -> Option<Map<String, Value>> {
        let object = value.as_object().cloned();
        if object.is_none() {
            self.problem(
                here,
                format!("expected a schema, which is an object, but found {value}"),
            );
        }
        object
    }

    /// Reads a string.
    pub(crate) fn string(&mut self, value: &Value, here: &SourceLocation) -> Option<Value> {
        if !value.is_string() {
            self.problem(here, format!("expected a string but found {value}"));
        }
        value.is_string().then(|| value.clone())
    }

    /// Reads a list of strings.
    pub(crate) fn strings(&mut self, value: &Value, here: &SourceLocation) -> Option<Value> {
        let items = self.array(value, here)?;
        let read: Vec<Option<Value>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.string(item, &here.child(index)))
            .collect();
        Some(Value::Array(read.into_iter().flatten().collect()))
    }

    /// Reads security requirements.
    pub(crate) fn security(&mut self, value: &Value, here: &SourceLocation) -> Option<Value> {
        for (index, requirement) in self.array(value, here)?.iter().enumerate() {
            let location = here.child(index);
            let Some(schemes) = requirement.as_object() else {
                self.problem(&location, "expected an object that names security schemes");
                return None;
            };
            for (name, scopes) in schemes {
                self.strings(scopes, &location.child(name))?;
            }
        }
        Some(value.clone())
    }
}
