//! Where the parts of the result come from.

use crate::{
    description,
    json_pointer::JsonPointer,
    problem::{Problem, Problems},
    swagger::read::{SourceLocation, Sources},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// How problems name the document that is the result.
const RESULT: &str = "result";

/// The source of a schema of the result.
#[derive(Debug)]
pub(super) struct SchemaOrigin {
    /// Where the schema is defined.
    pub(super) location: SourceLocation,
    /// The name that it asked for.
    pub(super) name: String,
}

/// The files and pointers that parts of the result come from.
#[derive(Debug, Default)]
pub(super) struct Origins {
    by_pointer: BTreeMap<JsonPointer, (String, JsonPointer)>,
}

impl Origins {
    /// Remembers where a part of the result comes from.
    pub(super) fn insert(
        &mut self,
        sources: &Sources,
        pointer: impl Into<JsonPointer>,
        origin: &SourceLocation,
    ) {
        let file = sources.file_name(origin.file).to_owned();
        let origin = (file, origin.pointer.clone());
        self.by_pointer.insert(pointer.into(), origin);
    }

    /// Checks the result as every description is checked before code is generated from it.
    pub(super) fn check(&self, document: &Value) -> Result<(), Problems> {
        match description::from_value(RESULT, document.clone()) {
            Ok(_) => Ok(()),
            Err(problems) => Err(problems.0.into_iter().map(|one| self.locate(one)).collect()),
        }
    }

    /// The problem, reported where the part of the result comes from.
    fn locate(&self, problem: Problem) -> Problem {
        let mut part = Some(problem.pointer.clone());
        while let Some(pointer) = part {
            if let Some((file, origin)) = self.by_pointer.get(&pointer) {
                let Problem {
                    pointer, message, ..
                } = &problem;
                let message = format!("{message} (at {pointer} of the result)");
                return Problem::new(file, origin, message);
            }
            part = pointer.parent();
        }
        problem
    }
}
