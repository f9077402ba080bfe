//! Where something stands: a file and a JSON pointer into it.

use crate::json_pointer::JsonPointer;

/// A place in one of the loaded files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    /// Index of the file among the loaded ones.
    pub(super) file: usize,
    /// JSON pointer inside the file.
    pub(super) pointer: JsonPointer,
}

impl Place {
    /// The top of a file.
    pub(super) fn root(file: usize) -> Self {
        Self {
            file,
            pointer: JsonPointer::root(),
        }
    }

    /// Whether this is a definition and not something inside of one.
    pub(super) fn is_definition(&self) -> bool {
        let mut segments = self.pointer.segments();
        segments.next().is_some_and(|first| first == "definitions") && segments.count() == 1
    }

    /// The place one key or index further down.
    pub(super) fn child(&self, token: impl std::fmt::Display) -> Self {
        Self {
            file: self.file,
            pointer: self.pointer.child(token),
        }
    }
}

/// Decodes `%41`-style escapes, which are allowed in the fragment of a reference.
pub(super) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let decoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
