//! OData filters: `name eq 'a' and (tagName eq 'b' or startswith(location, 'west'))`.

use serde_json::Value;
use std::iter::Peekable;

/// A condition on an item of a list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    And(Box<Filter>, Box<Filter>),
    Or(Box<Filter>, Box<Filter>),
    Not(Box<Filter>),
    Compare(String, Comparison, Value),
    Call(Function, String, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    StartsWith,
    EndsWith,
    Contains,
}

impl Filter {
    /// Parses a filter; the error says which part is not valid.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser {
            tokens: tokens(text)?.into_iter().peekable(),
        };
        let filter = parser.any_of()?;
        match parser.tokens.next() {
            None => Ok(filter),
            Some(token) => Err(format!("expected the end, found {token}")),
        }
    }

    /// Returns whether an item meets the condition; `member` reads members of the item.
    pub(crate) fn matches(&self, member: &impl Fn(&str) -> Option<Value>) -> bool {
        match self {
            Self::And(one, other) => one.matches(member) && other.matches(member),
            Self::Or(one, other) => one.matches(member) || other.matches(member),
            Self::Not(inner) => !inner.matches(member),
            Self::Compare(name, comparison, wanted) => {
                compares(*comparison, member(name).as_ref(), wanted)
            }
            Self::Call(function, name, wanted) => {
                let found = member(name);
                let found = found.as_ref().and_then(Value::as_str);
                found.is_some_and(|text| calls(*function, text, wanted))
            }
        }
    }

    /// Returns whether an item with tags meets the condition. `tagName` and `tagValue` refer to the
    /// same tag.
    pub(crate) fn matches_tagged(
        &self,
        tags: &Value,
        member: &impl Fn(&str) -> Option<Value>,
    ) -> bool {
        let of_tag = |tag: Option<(&String, &Value)>| {
            self.matches(&|name: &str| match name.to_ascii_lowercase().as_str() {
                "tagname" => tag.map(|(key, _)| Value::from(key.as_str())),
                "tagvalue" => tag.map(|(_, value)| value.clone()),
                _ => member(name),
            })
        };
        let mut tags = tags.as_object().into_iter().flatten();
        of_tag(None) || tags.any(|tag| of_tag(Some(tag)))
    }

    /// Returns the members that the filter names.
    pub(crate) fn members(&self) -> Vec<&str> {
        match self {
            Self::And(one, other) | Self::Or(one, other) => {
                let mut all = one.members();
                all.extend(other.members());
                all
            }
            Self::Not(inner) => inner.members(),
            Self::Compare(name, ..) | Self::Call(_, name, _) => vec![name],
        }
    }
}

fn compares(comparison: Comparison, found: Option<&Value>, wanted: &Value) -> bool {
    let order = match (found, wanted) {
        (Some(Value::String(found)), Value::String(wanted)) => {
            Some(found.to_lowercase().cmp(&wanted.to_lowercase()))
        }
        (Some(Value::Number(found)), Value::Number(wanted)) => {
            found.as_f64().partial_cmp(&wanted.as_f64())
        }
        (found, wanted) => {
            let is_equal = found.unwrap_or(&Value::Null) == wanted;
            return match comparison {
                Comparison::Equal => is_equal,
                Comparison::NotEqual => !is_equal,
                _ => false,
            };
        }
    };
    order.is_some_and(|order| match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
    })
}

fn calls(function: Function, text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    match function {
        Function::StartsWith => text.starts_with(&wanted),
        Function::EndsWith => text.ends_with(&wanted),
        Function::Contains => text.contains(&wanted),
    }
}

struct Parser<T: Iterator<Item = String>> {
    tokens: Peekable<T>,
}

impl<T: Iterator<Item = String>> Parser<T> {
    fn any_of(&mut self) -> Result<Filter, String> {
        let mut filter = self.all_of()?;
        while self.takes("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.all_of()?));
        }
        Ok(filter)
    }

    fn all_of(&mut self) -> Result<Filter, String> {
        let mut filter = self.one()?;
        while self.takes("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.one()?));
        }
        Ok(filter)
    }

    fn one(&mut self) -> Result<Filter, String> {
        if self.takes("not") {
            return Ok(Filter::Not(Box::new(self.one()?)));
        }
        if self.takes("(") {
            let filter = self.any_of()?;
            self.expect(")")?;
            return Ok(filter);
        }
        let name = self.next("a member")?;
        if self.takes("(") {
            return self.call(&name);
        }
        let comparison = match self.next("a comparison such as eq")?.as_str() {
            "eq" => Comparison::Equal,
            "ne" => Comparison::NotEqual,
            "gt" => Comparison::Greater,
            "ge" => Comparison::GreaterOrEqual,
            "lt" => Comparison::Less,
            "le" => Comparison::LessOrEqual,
            other => return Err(format!("expected a comparison such as eq, found {other}")),
        };
        let wanted = literal(&self.next("a value")?)?;
        Ok(Filter::Compare(name, comparison, wanted))
    }

    /// Parses the arguments of a function; in the older form the text comes first.
    fn call(&mut self, name: &str) -> Result<Filter, String> {
        let function = match name.to_ascii_lowercase().as_str() {
            "startswith" => Function::StartsWith,
            "endswith" => Function::EndsWith,
            "contains" | "substringof" => Function::Contains,
            _ => return Err(format!("there is no function {name}")),
        };
        let first = self.next("an argument")?;
        self.expect(",")?;
        let second = self.next("an argument")?;
        self.expect(")")?;
        let (member, text) = match (text_of(&first), text_of(&second)) {
            (None, Some(text)) => (first, text),
            (Some(text), None) => (second, text),
            _ => return Err(format!("{name} takes a member and a text")),
        };
        Ok(Filter::Call(function, member, text))
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let next = self
            .tokens
            .next_if(|token| token.eq_ignore_ascii_case(wanted));
        next.is_some()
    }

    fn next(&mut self, expected: &str) -> Result<String, String> {
        let next = self.tokens.next();
        next.ok_or_else(|| format!("expected {expected}, found the end"))
    }

    fn expect(&mut self, wanted: &str) -> Result<(), String> {
        let found = self.next(wanted)?;
        if found == wanted {
            Ok(())
        } else {
            Err(format!("expected {wanted}, found {found}"))
        }
    }
}

/// Returns the text in quotes; quotes inside are doubled.
fn text_of(token: &str) -> Option<String> {
    let inner = token.strip_prefix('\'')?.strip_suffix('\'')?;
    Some(inner.replace("''", "'"))
}

fn literal(token: &str) -> Result<Value, String> {
    match text_of(token) {
        Some(text) => Ok(Value::String(text)),
        None => serde_json::from_str(token)
            .map_err(|_| format!("expected a value such as 'a' or 1, found {token}")),
    }
}

fn tokens(text: &str) -> Result<Vec<String>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' | ',' => 1,
            '\'' => quoted(rest).ok_or("a text has no closing quote")?,
            _ => rest
                .find(|c: char| c.is_whitespace() || "(),'".contains(c))
                .unwrap_or(rest.len()),
        };
        let (token, others) = rest.split_at(length);
        tokens.push(token.to_owned());
        rest = others.trim_start();
    }
    Ok(tokens)
}

/// Returns the length of a text in quotes.
fn quoted(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    loop {
        match (bytes.get(at)?, bytes.get(at + 1)) {
            (b'\'', Some(b'\'')) => at += 2,
            (b'\'', _) => return Some(at + 1),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn holds(filter: &str) -> bool {
        let item = json!({"name": "O'Brien", "size": 3, "on": true});
        let filter = Filter::parse(filter).expect("a filter");
        filter.matches(&|name: &str| item.get(name).cloned())
    }

    #[test]
    fn filters_are_parsed() {
        for filter in [
            "name eq 'o''brien'",
            "size gt 2 and size le 3",
            "size lt 2 or on eq true",
            "not (size ne 3)",
            "startswith(name, 'O') and endswith(name,'n')",
            "substringof('bri', name)",
            "missing eq null",
        ] {
            assert!(holds(filter), "{filter}");
        }
        for filter in ["name eq 'x'", "size eq 3 and on eq false", "missing gt 1"] {
            assert!(!holds(filter), "{filter}");
        }
    }

    #[test]
    fn invalid_filters_are_errors() {
        for filter in [
            "",
            "name",
            "name eq",
            "name is 'a'",
            "name eq 'a",
            "name eq a",
            "(name eq 'a'",
            "name eq 'a' name eq 'b'",
            "length(name) eq 1",
            "contains('a', 'b')",
        ] {
            assert!(Filter::parse(filter).is_err(), "{filter}");
        }
    }
}
