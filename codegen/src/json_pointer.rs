//! JSON pointers (RFC 6901), which give the location of a value in a document.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
    str::FromStr,
};

use serde_json::Value;

/// Room for a segment; most names are shorter.
const ROOM: usize = 32;

/// A path from the root of a JSON document to one of its values.
///
/// Stored in its escaped form, in which pointers are also written and ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPointer(String);

/// A text that is not a JSON pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidJsonPointer(String);

impl JsonPointer {
    /// Returns the pointer to the whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Parses the escaped form: empty, or segments with a `/` before each.
    ///
    /// # Errors
    ///
    /// If the text does not begin with a `/`, or has a `~` that escapes nothing.
    pub fn parse(text: &str) -> Result<Self, InvalidJsonPointer> {
        let rooted = text.is_empty() || text.starts_with('/');
        let escaped = text.split('~').skip(1);
        if rooted && escaped.clone().all(|rest| rest.starts_with(['0', '1'])) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidJsonPointer(text.to_owned()))
        }
    }

    /// Returns the pointer to a member or an element of the value at this pointer.
    #[must_use]
    pub fn child(&self, segment: impl fmt::Display) -> Self {
        // Checks make a pointer to each part of a document; with room for the segment, each is one
        // allocation.
        let mut child = Self(String::with_capacity(self.0.len() + ROOM));
        child.0.push_str(&self.0);
        child.push(segment);
        child
    }

    /// Appends the name of a member or the index of an element.
    pub fn push(&mut self, segment: impl fmt::Display) {
        self.0.push('/');
        // Writing to a text cannot fail.
        let _ = write!(Escaped(&mut self.0), "{segment}");
    }

    /// Returns the segments, unescaped.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Cow<'_, str>> {
        let escaped = self.0.strip_prefix('/').map(|rest| rest.split('/'));
        escaped.into_iter().flatten().map(unescape)
    }

    /// Returns the last segment, unescaped; `None` for the whole document.
    #[must_use]
    pub fn last(&self) -> Option<Cow<'_, str>> {
        self.segments().next_back()
    }

    /// Returns the pointer to the object or list that contains the value; `None` for the whole
    /// document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (parent, _) = self.0.rsplit_once('/')?;
        Some(Self(parent.to_owned()))
    }

    /// Returns whether this points to the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the escaped form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value at this pointer, if the document has it.
    #[must_use]
    pub fn get<'a>(&self, document: &'a Value) -> Option<&'a Value> {
        value_at(document, &self.0)
    }
}

/// Returns the value at the escaped form of a pointer, if the document has it.
pub(crate) fn value_at<'a>(document: &'a Value, pointer: &str) -> Option<&'a Value> {
    // `Value::pointer` allocates two texts for each segment.
    if pointer.contains('~') {
        return document.pointer(pointer);
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return pointer.is_empty().then_some(document);
    };
    rest.split('/')
        .try_fold(document, |value, segment| match value {
            Value::Object(members) => members.get(segment),
            other => other.pointer(&format!("/{segment}")),
        })
}

/// Appends text to a pointer in its escaped form.
struct Escaped<'a>(&'a mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // Faster than a search for characters, and most names have neither.
        if text.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
            self.0.push_str(&text.replace('~', "~0").replace('/', "~1"));
        } else {
            self.0.push_str(text);
        }
        Ok(())
    }
}

fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for JsonPointer {
    type Err = InvalidJsonPointer;

    fn from_str(text: &str) -> Result<Self, InvalidJsonPointer> {
        Self::parse(text)
    }
}

impl<S: fmt::Display> FromIterator<S> for JsonPointer {
    fn from_iter<I: IntoIterator<Item = S>>(segments: I) -> Self {
        let mut pointer = Self::root();
        segments
            .into_iter()
            .for_each(|segment| pointer.push(segment));
        pointer
    }
}

impl<S: fmt::Display, const N: usize> From<[S; N]> for JsonPointer {
    fn from(segments: [S; N]) -> Self {
        segments.into_iter().collect()
    }
}

impl From<&Self> for JsonPointer {
    fn from(pointer: &Self) -> Self {
        pointer.clone()
    }
}

impl PartialEq<str> for JsonPointer {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for JsonPointer {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for InvalidJsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        write!(
            f,
            "{text:?} is not a JSON pointer: expected segments with a `/` before each, in which \
             `~` is written `~0` and `/` is written `~1`"
        )
    }
}

impl std::error::Error for InvalidJsonPointer {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let names = ["paths", "/a/{b}", "m~n", "", "0"];
        let pointer = JsonPointer::from(names);
        assert_eq!(pointer, "/paths/~1a~1{b}/m~0n//0");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), names);
        assert_eq!(JsonPointer::parse(pointer.as_str()), Ok(pointer.clone()));
        assert_eq!(pointer.last().as_deref(), Some("0"));
        assert_eq!(pointer.parent(), Some(names[..4].iter().collect()));
        assert_eq!(JsonPointer::root().segments().count(), 0);
        assert_eq!(JsonPointer::root().parent(), None);
        assert_eq!(JsonPointer::root().child("~1"), "/~01");
    }

    #[test]
    fn values_are_found() {
        let document = json!({ "a/b": [10, { "~": true }] });
        let pointer = JsonPointer::root().child("a/b").child(1).child("~");
        assert_eq!(pointer.get(&document), Some(&json!(true)));
        assert_eq!(JsonPointer::root().get(&document), Some(&document));
        assert_eq!(pointer.child("c").get(&document), None);
    }

    #[test]
    fn other_texts_are_rejected() {
        for text in ["a", "#/a", "/a~", "/~2", "/~1~"] {
            let error = JsonPointer::parse(text).unwrap_err();
            assert!(
                error.to_string().contains("is not a JSON pointer"),
                "{text}"
            );
        }
    }
}
