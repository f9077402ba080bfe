//! Path templates, such as `/subscriptions/{subscriptionId}/providers/Contoso.Test/things`.

use std::fmt;

/// A path template, parsed.
///
/// A template is a sequence of steps, each ending in a placeholder, and the text after the last
/// one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    steps: Vec<PathStep>,
    tail: String,
}

/// A step of a path template: literal text, then a placeholder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathStep {
    /// The text before the placeholder, slashes included.
    pub literal: String,
    /// The name in the placeholder.
    pub placeholder: String,
}

/// A segment of a path: the text between two slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathSegment {
    /// The segment as the template writes it, placeholders in braces.
    pub text: String,
    /// Whether the segment begins with a placeholder.
    pub is_placeholder: bool,
}

impl PathTemplate {
    /// Parses a template. Text after a brace that is not closed is literal.
    pub fn parse(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut rest = text;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((placeholder, after)) = after.split_once('}') else {
                break;
            };
            steps.push(PathStep {
                literal: literal.to_owned(),
                placeholder: placeholder.to_owned(),
            });
            rest = after;
        }
        Self {
            steps,
            tail: rest.to_owned(),
        }
    }

    /// Returns the steps.
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// Returns the text after the last placeholder.
    pub fn tail(&self) -> &str {
        &self.tail
    }

    /// Returns the names in the placeholders.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.placeholder.as_str())
    }

    /// Returns the segments that are not empty, without a query after the path.
    pub fn segments(&self) -> Vec<PathSegment> {
        let mut segments = Vec::new();
        let mut current = PathSegment::default();
        let placeholders = self.placeholders().map(Some).chain([None]);
        for (literal, placeholder) in self.literals().zip(placeholders) {
            let (path, query) = match literal.split_once('?') {
                Some((path, query)) => (path, Some(query)),
                None => (literal, None),
            };
            let mut pieces = path.split('/');
            current.text += pieces.next().unwrap_or_default();
            for piece in pieces {
                segments.push(std::mem::take(&mut current));
                current.text = piece.to_owned();
            }
            if query.is_some() {
                break;
            }
            if let Some(placeholder) = placeholder {
                current.is_placeholder |= current.text.is_empty();
                current.text += &format!("{{{placeholder}}}");
            }
        }
        segments.push(current);
        segments.retain(|segment| !segment.text.is_empty());
        segments
    }

    /// Returns the texts before, between and after the placeholders.
    fn literals(&self) -> impl Iterator<Item = &str> {
        let literals = self.steps.iter().map(|step| step.literal.as_str());
        literals.chain([self.tail.as_str()])
    }

    /// Returns the template without its first steps.
    #[must_use]
    pub fn after(&self, steps: usize) -> Self {
        Self {
            steps: self.steps.get(steps..).unwrap_or_default().to_vec(),
            tail: self.tail.clone(),
        }
    }

    /// Returns the template without the names of its placeholders, for comparing and sorting.
    pub fn shape(&self) -> String {
        let all: Vec<&str> = self.literals().collect();
        all.join("{}")
    }

    /// Returns whether the last segment is a placeholder, as in the path of a resource.
    pub fn ends_in_placeholder(&self) -> bool {
        self.tail.is_empty() && !self.steps.is_empty()
    }

    /// Returns the name in the placeholder, if the template consists of one only.
    pub fn sole_placeholder(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [only] if only.literal.is_empty() && self.tail.is_empty() => Some(&only.placeholder),
            _ => None,
        }
    }

    /// Returns the type of the resources at the path, such as `Microsoft.X/workspaces/jobs`; empty
    /// outside of resource providers.
    pub fn resource_type(&self) -> String {
        let own = self.provider_segments();
        let mut segments = own.iter().map(|segment| segment.text.as_str());
        let provider = segments.next();
        let all: Vec<&str> = provider.into_iter().chain(segments.step_by(2)).collect();
        all.join("/")
    }

    /// Returns the namespace of the resource provider of the path, such as `Microsoft.X`; `None`
    /// outside of resource providers or if the namespace is a placeholder.
    pub fn provider(&self) -> Option<String> {
        let first = self.provider_segments().into_iter().next();
        let namespace = first.filter(|segment| !segment.is_placeholder)?;
        Some(namespace.text)
    }

    /// Returns the segments from the namespace of the last resource provider on.
    fn provider_segments(&self) -> Vec<PathSegment> {
        let mut segments = self.segments();
        let with_next = segments.len().saturating_sub(1);
        let providers = segments[..with_next].iter();
        let last = providers.rev().position(|one| one.text == "providers");
        match last {
            Some(from_end) => segments.split_off(with_next - from_end),
            None => Vec::new(),
        }
    }
}

/// Returns a template that ends in the last placeholder.
impl From<&[PathStep]> for PathTemplate {
    fn from(steps: &[PathStep]) -> Self {
        Self {
            steps: steps.to_vec(),
            tail: String::new(),
        }
    }
}

impl PathStep {
    /// Returns the last literal segment, such as `workspaces`; empty if there is none.
    pub fn collection(&self) -> &str {
        last_segment(&self.literal)
    }
}

/// Returns the last segment of literal text in a path; empty if there is none.
pub(crate) fn last_segment(literal: &str) -> &str {
    let mut segments = literal.trim_end_matches('/').rsplit('/');
    segments.next().unwrap_or_default()
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for PathStep {
            literal,
            placeholder,
        } in &self.steps
        {
            write!(f, "{literal}{{{placeholder}}}")?;
        }
        f.write_str(&self.tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_parsed_and_written() {
        let text = "/subscriptions/{s}/providers/P/things/{t}/start";
        let path = PathTemplate::parse(text);
        assert_eq!(path.placeholders().collect::<Vec<_>>(), ["s", "t"]);
        assert_eq!(path.steps()[1].collection(), "things");
        assert_eq!(path.tail(), "/start");
        assert_eq!(path.to_string(), text);
        assert_eq!(path.after(1).to_string(), "/providers/P/things/{t}/start");
        assert_eq!(PathTemplate::parse("/a/{b").to_string(), "/a/{b");
    }

    #[test]
    fn resources_have_types() {
        for (path, resource_type) in [
            (
                "/subscriptions/{s}/providers/P.X/things/{t}/parts/{p}",
                "P.X/things/parts",
            ),
            ("/{scope}/providers/P.X/locks/{l}", "P.X/locks"),
            ("/subscriptions/{s}", ""),
            ("/providers/P.X/operations", "P.X/operations"),
        ] {
            assert_eq!(PathTemplate::parse(path).resource_type(), resource_type);
        }
    }

    #[test]
    fn paths_belong_to_providers() {
        for (path, provider) in [
            ("/subscriptions/{s}/providers/P.X/things/{t}", Some("P.X")),
            ("/{scope}/providers/P.X/a/{a}/providers/P.Y/b", Some("P.Y")),
            ("/providers/{p}/things", None),
            ("/subscriptions/{s}/providers", None),
            ("/providers/P.X/a/providers", Some("P.X")),
            ("/a?b=/providers/P.X", None),
        ] {
            let found = PathTemplate::parse(path).provider();
            assert_eq!(found.as_deref(), provider, "{path}");
        }
    }

    #[test]
    fn segments_are_separated_by_slashes() {
        let path = PathTemplate::parse("/a//b{c}d/{e}f/{g}{h}?i=/{j}");
        let segments = path.segments();
        let segments: Vec<_> = segments
            .iter()
            .map(|one| (one.text.as_str(), one.is_placeholder))
            .collect();
        let expected = [
            ("a", false),
            ("b{c}d", false),
            ("{e}f", true),
            ("{g}{h}", true),
        ];
        assert_eq!(segments, expected);
    }
}
