//! The hierarchy of places that operation groups hang on.
//!
//! A path such as `/subscriptions/{s}/resourceGroups/{g}/providers/P/workspaces/{w}/jobs/{j}` is a
//! row of steps, each ending in a placeholder. The steps that all operations of a group begin
//! with are the group's scope: callers name them once, and methods take only what is left.

use crate::resolve::api::{Operation, Place};

/// A step of a path: literal segments, then a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The text before the placeholder, slashes included.
    pub(super) literal: String,
    /// The name in the placeholder.
    pub(super) placeholder: String,
}

impl Step {
    /// The last segment that is not a placeholder, such as `workspaces`; empty if there is none.
    pub(super) fn collection(&self) -> &str {
        self.literal
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or("")
    }
}

/// A path in steps, and what stands after the last placeholder.
#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
    pub(super) tail: String,
}

/// Splits a path template.
pub(super) fn split(template: &str) -> Path {
    let mut steps = Vec::new();
    let mut rest = template;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((placeholder, after)) = after.split_once('}') else {
            break;
        };
        steps.push(Step {
            literal: literal.to_owned(),
            placeholder: placeholder.to_owned(),
        });
        rest = after;
    }
    Path {
        steps,
        tail: rest.to_owned(),
    }
}

/// The template that steps were split from.
pub(super) fn join(steps: &[Step]) -> String {
    steps
        .iter()
        .map(|step| format!("{}{{{}}}", step.literal, step.placeholder))
        .collect()
}

/// How many steps belong to the scope of a group.
pub(super) fn depth(operations: &[&Operation]) -> usize {
    let paths: Vec<Path> = operations
        .iter()
        .map(|operation| split(&operation.path))
        .collect();
    let Some((first, others)) = paths.split_first() else {
        return 0;
    };
    let mut depth = first.steps.len();
    for path in others {
        let same = first.steps.iter().zip(&path.steps);
        depth = depth.min(same.take_while(|(a, b)| a.literal == b.literal).count());
    }
    // The group's own resource is an argument, not a place: `get("name")`, not `x("name")?.get()`.
    let own = paths
        .iter()
        .any(|path| path.steps.len() == depth && path.tail.is_empty());
    let depth = if own { depth.saturating_sub(1) } else { depth };
    let text = |step: &Step| {
        operations.iter().all(|operation| {
            operation.parameters.iter().all(|parameter| {
                parameter.place != Place::Path
                    || parameter.name != step.placeholder
                    || (parameter.is_text() && parameter.constant.is_none())
            })
        })
    };
    first.steps[..depth]
        .iter()
        .take_while(|step| text(step))
        .count()
}

/// What all operations of a group have in common after the scope, when it is a collection.
pub(super) fn collection(operations: &[&Operation], depth: usize) -> Option<String> {
    let mut found: Option<String> = None;
    for operation in operations {
        let path = split(&operation.path);
        let next = path
            .steps
            .get(depth)
            .map_or(&path.tail, |step| &step.literal);
        let next = next.trim_matches('/');
        if next.is_empty() || found.as_ref().is_some_and(|found| found != next) {
            return None;
        }
        found = Some(next.to_owned());
    }
    found.and_then(|path| path.rsplit('/').next().map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_split_and_join() {
        let template = "/subscriptions/{s}/providers/P/things/{t}/start";
        let path = split(template);
        assert_eq!(path.steps.len(), 2);
        assert_eq!(path.steps[1].collection(), "things");
        assert_eq!(path.tail, "/start");
        assert_eq!(format!("{}{}", join(&path.steps), path.tail), template);
    }
}
