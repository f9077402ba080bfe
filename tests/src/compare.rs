//! Compares a document with what a type writes after reading it.

use crate::{
    description::Description,
    shape::{Object, Shape},
};
use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Returns how the written document differs from the original, and where; `None` if it is as
/// expected.
///
/// Null members count as absent, kinds get their discriminator value, and times are compared as
/// instants.
pub fn difference(
    description: &Description,
    name: &str,
    sent: &Value,
    got: &Value,
) -> Option<String> {
    let shape = description.shape_of(name);
    Comparison { description }
        .shapes(&shape, sent, got, "")
        .err()
}

/// As [`difference`], for a schema that need not have a name.
pub fn difference_by(
    description: &Description,
    schema: &Value,
    sent: &Value,
    got: &Value,
) -> Option<String> {
    Comparison { description }
        .values(schema, sent, got, "")
        .err()
}

#[derive(Clone, Copy)]
struct Comparison<'a> {
    description: &'a Description,
}

type Verdict = Result<(), String>;

impl Comparison<'_> {
    fn values(self, schema: &Value, sent: &Value, got: &Value, path: &str) -> Verdict {
        if sent.is_null() {
            return equal(sent, got, path);
        }
        self.shapes(&self.description.shape(schema), sent, got, path)
    }

    fn shapes(self, shape: &Shape<'_>, sent: &Value, got: &Value, path: &str) -> Verdict {
        match (shape, sent, got) {
            (Shape::Object(object), Value::Object(sent), Value::Object(got)) => {
                self.objects(object, sent, got, path)
            }
            (Shape::Union(tag, kinds), Value::Object(members), Value::Object(back)) => {
                let kind = members.get(*tag).and_then(Value::as_str);
                match kind.and_then(|kind| kinds.get(kind)) {
                    Some(name) => {
                        let object = self.description.object_of(name);
                        self.objects(&object, members, back, path)
                    }
                    None => equal(sent, got, path),
                }
            }
            (Shape::List(items), Value::Array(sent), Value::Array(got)) => {
                if sent.len() != got.len() {
                    return Err(format!("{path}: {} of {} items", got.len(), sent.len()));
                }
                let mut pairs = sent.iter().zip(got).enumerate();
                pairs.try_for_each(|(index, (sent, got))| {
                    self.values(items, sent, got, &format!("{path}[{index}]"))
                })
            }
            (Shape::Map(values), Value::Object(sent), Value::Object(got)) => {
                let same = sent.keys().all(|name| got.contains_key(name));
                if !same || sent.len() != got.len() {
                    return Err(format!("{path}: other names"));
                }
                sent.iter().try_for_each(|(name, sent)| {
                    self.values(values, sent, &got[name], &format!("{path}.{name}"))
                })
            }
            (Shape::Number(_), Value::Number(_), Value::Number(_)) => {
                let same = sent.as_f64() == got.as_f64();
                if same { Ok(()) } else { equal(sent, got, path) }
            }
            (Shape::Text(schema), Value::String(sent_text), Value::String(got_text))
                if schema["format"] == "date-time" =>
            {
                let same = instant(sent_text).is_some_and(|sent| instant(got_text) == Some(sent));
                if same { Ok(()) } else { equal(sent, got, path) }
            }
            _ => equal(sent, got, path),
        }
    }

    fn objects(
        self,
        object: &Object<'_>,
        sent: &Map<String, Value>,
        got: &Map<String, Value>,
        path: &str,
    ) -> Verdict {
        let tag = object.tag.map_or("", |(tag, _)| tag);
        if let Some((tag, kind)) = object.tag
            && got.get(tag).and_then(Value::as_str) != Some(kind)
        {
            return Err(format!("{path}.{tag}: is not {kind}"));
        }
        for (name, sent) in sent {
            let path = format!("{path}.{name}");
            let member = object
                .members
                .get(name.as_str())
                .map(|member| member.schema);
            match (member, object.rest, got.get(name)) {
                _ if name == tag => {}
                (Some(_), _, None) if sent.is_null() => {}
                (Some(_), _, Some(_)) if sent.is_null() => return Err(format!("{path}: is there")),
                (Some(schema), _, Some(got)) | (None, Some(schema), Some(got)) => {
                    self.values(schema, sent, got, &path)?;
                }
                (None, None, Some(got)) => equal(sent, got, &path)?,
                (_, _, None) => return Err(format!("{path}: is lost")),
            }
        }
        let invented = got
            .keys()
            .find(|name| *name != tag && !sent.contains_key(*name));
        match invented {
            Some(name) => Err(format!("{path}.{name}: was not expected")),
            None => Ok(()),
        }
    }
}

fn equal(sent: &Value, got: &Value, path: &str) -> Verdict {
    if sent == got {
        return Ok(());
    }
    Err(format!("{path}: sent {sent}, got {got}"))
}

fn instant(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(&text.to_uppercase(), &Rfc3339).ok()
}
