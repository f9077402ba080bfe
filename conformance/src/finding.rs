//! Findings about an example.

use std::fmt;

/// A part of an exchange.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The whole request, which was not sent.
    Request,
    /// Method and path.
    Line,
    /// A parameter: its location and name.
    Parameter(&'static str, String),
    /// The request body.
    Body,
    /// The response with a status.
    Response(u16),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => f.write_str("request"),
            Self::Line => f.write_str("request line"),
            Self::Parameter(place, name) => write!(f, "{place} parameter {name}"),
            Self::Body => f.write_str("request body"),
            Self::Response(status) => write!(f, "response {status}"),
        }
    }
}

/// A difference from what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The part of the exchange.
    pub part: Part,
    /// JSON pointer into the part; `None` if the finding is about the whole part.
    pub pointer: Option<String>,
    /// What is wrong.
    pub message: String,
    /// For contradictions: whether a client is not affected by it.
    pub is_harmless: bool,
}

impl Finding {
    pub(crate) fn new(part: Part, message: impl Into<String>) -> Self {
        Self {
            part,
            pointer: None,
            message: message.into(),
            is_harmless: false,
        }
    }

    pub(crate) fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = Some(pointer.into()).filter(|pointer: &String| !pointer.is_empty());
        self
    }

    pub(crate) fn harmless(mut self) -> Self {
        self.is_harmless = true;
        self
    }

    /// Returns whether this contradiction in an example explains a failure.
    pub(crate) fn explains(&self, failure: &Self) -> bool {
        if failure.part == Part::Request {
            // Nothing was sent: any argument may be the reason.
            return !self.is_harmless && !matches!(self.part, Part::Response(_));
        }
        self.part == failure.part
            && match (&self.pointer, &failure.pointer) {
                (None, _) => true,
                // The value could not be read at all.
                (Some(_), None) => !self.is_harmless,
                (Some(own), Some(other)) => is_within(own, other) || is_within(other, own),
            }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.pointer {
            None => write!(f, "{}: {}", self.part, self.message),
            Some(pointer) => write!(f, "{} at {pointer}: {}", self.part, self.message),
        }
    }
}

fn is_within(outer: &str, inner: &str) -> bool {
    inner
        .strip_prefix(outer)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contradictions_explain_failures_at_their_pointer() {
        let at = |part: Part, pointer: &str| Finding::new(part, "").at(pointer);
        let contradiction = at(Part::Response(200), "/a/b");
        assert!(contradiction.explains(&at(Part::Response(200), "/a/b/0")));
        assert!(contradiction.explains(&at(Part::Response(200), "/a")));
        assert!(contradiction.explains(&Finding::new(Part::Response(200), "")));
        assert!(!contradiction.explains(&at(Part::Response(200), "/a/bc")));
        assert!(!contradiction.explains(&at(Part::Response(201), "/a/b")));
        assert!(!contradiction.explains(&Finding::new(Part::Request, "")));
        assert!(at(Part::Body, "/a").explains(&Finding::new(Part::Request, "")));
        assert!(
            !at(Part::Body, "/a")
                .harmless()
                .explains(&Finding::new(Part::Request, ""))
        );
    }
}
