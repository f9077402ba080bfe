//! Reads values of the kind that must stand at a place, complaining about others.

use serde_json::Value;

use super::context::Context;
use super::note::NoteKind;
use super::place::Place;

impl Context {
    /// Reads a boolean that may have been written as a string.
    pub(super) fn flag(&mut self, value: &Value, here: &Place) -> bool {
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

    /// Reads an array, complaining about anything else.
    pub(super) fn array(&mut self, value: &Value, here: &Place) -> Option<Vec<Value>> {
        let array = value.as_array().cloned();
        if array.is_none() {
            self.problem(here, format!("expected a list but found {value}"));
        }
        array
    }

    /// Reads a string, complaining about anything else.
    pub(super) fn string(&mut self, value: &Value, here: &Place) -> Option<Value> {
        if !value.is_string() {
            self.problem(here, format!("expected a string but found {value}"));
        }
        value.is_string().then(|| value.clone())
    }

    /// Reads a list of strings, complaining about anything else.
    pub(super) fn strings(&mut self, value: &Value, here: &Place) -> Option<Value> {
        let items = self.array(value, here)?;
        let read: Vec<Option<Value>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.string(item, &here.child(index)))
            .collect();
        Some(Value::Array(read.into_iter().flatten().collect()))
    }

    /// Reads requirements of security, complaining about anything else.
    pub(super) fn security(&mut self, value: &Value, here: &Place) -> Option<Value> {
        for (index, requirement) in self.array(value, here)?.iter().enumerate() {
            let place = here.child(index);
            let Some(schemes) = requirement.as_object() else {
                self.problem(&place, "expected an object that names security schemes");
                return None;
            };
            for (name, scopes) in schemes {
                self.strings(scopes, &place.child(name))?;
            }
        }
        Some(value.clone())
    }
}
