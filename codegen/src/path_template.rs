//! Path templates, such as `/subscriptions/{subscriptionId}/providers/Contoso.Test/things`.

use std::fmt;

/// A path template, parsed.
///
/// A template is a row of steps, each of which ends in a placeholder, and the text after the last.
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

impl PathTemplate {
    /// Parses a template; text after a brace that is not closed is literal.
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

    /// The steps.
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// The text after the last placeholder.
    pub fn tail(&self) -> &str {
        &self.tail
    }

    /// The names in the placeholders.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.placeholder.as_str())
    }

    /// The template without its first steps.
    #[must_use]
    pub fn after(&self, steps: usize) -> Self {
        Self {
            steps: self.steps.get(steps..).unwrap_or_default().to_vec(),
            tail: self.tail.clone(),
        }
    }

    /// The template with the names of its placeholders left out, for comparing and sorting.
    pub fn shape(&self) -> String {
        let literals = self.steps.iter().map(|step| step.literal.as_str());
        let all: Vec<&str> = literals.chain([self.tail.as_str()]).collect();
        all.join("{}")
    }

    /// Whether the last segment is a placeholder, as in the path of a resource.
    pub fn ends_in_placeholder(&self) -> bool {
        self.tail.is_empty() && !self.steps.is_empty()
    }

    /// The name in the placeholder that the template consists of.
    pub fn sole_placeholder(&self) -> Option<&str> {
        match self.steps.as_slice() {
            [only] if only.literal.is_empty() && self.tail.is_empty() => Some(&only.placeholder),
            _ => None,
        }
    }

    /// The type of the resources at the path, such as `Microsoft.X/workspaces/jobs`; empty outside
    /// of resource providers.
    pub fn resource_type(&self) -> String {
        let text = self.to_string();
        let Some((_, own)) = text.rsplit_once("/providers/") else {
            return String::new();
        };
        let mut segments = own.split('/');
        let provider = segments.next().unwrap_or_default();
        let types = segments.step_by(2);
        let all: Vec<&str> = std::iter::once(provider).chain(types).collect();
        all.join("/")
    }
}

/// A template that ends in the last placeholder.
impl From<&[PathStep]> for PathTemplate {
    fn from(steps: &[PathStep]) -> Self {
        Self {
            steps: steps.to_vec(),
            tail: String::new(),
        }
    }
}

impl PathStep {
    /// The last literal segment, such as `workspaces`; empty if there is none.
    pub fn collection(&self) -> &str {
        let mut segments = self.literal.trim_end_matches('/').rsplit('/');
        segments.next().unwrap_or_default()
    }
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
        ] {
            assert_eq!(PathTemplate::parse(path).resource_type(), resource_type);
        }
    }
}
