//! Parses the text of a `$ref`.

use crate::json_pointer::JsonPointer;

/// The target of a `$ref`, relative to the file that contains it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reference {
    /// In the same file.
    Local(JsonPointer),
    /// In another file, whose path is relative to the folder of this one.
    File(String, JsonPointer),
}

impl Reference {
    /// Parses the text of a `$ref`. The error says what to do.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        if path.contains("://") {
            return Err(format!(
                "`{text}` is remote; download it and refer to the local file"
            ));
        }
        let pointer = JsonPointer::parse(&percent_decode(fragment.trim_end_matches('/')))
            .map_err(|error| format!("`{text}` has no target: {error}"))?;
        Ok(match path {
            "" => Self::Local(pointer),
            path => Self::File(percent_decode(path), pointer),
        })
    }
}

/// Decodes escapes such as `%41`, which are allowed in references.
fn percent_decode(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_parsed() {
        let widget = JsonPointer::from(["definitions", "Widget"]);
        for (text, expected) in [
            ("#/definitions/Widget", Reference::Local(widget.clone())),
            ("#/definitions/Widget/", Reference::Local(widget.clone())),
            ("#/definitions/%57idget", Reference::Local(widget.clone())),
            (
                "../a%20b.json#/definitions/Widget",
                Reference::File("../a b.json".to_owned(), widget),
            ),
            (
                "a.json",
                Reference::File("a.json".to_owned(), JsonPointer::root()),
            ),
            ("", Reference::Local(JsonPointer::root())),
        ] {
            assert_eq!(Reference::parse(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn unsupported_references_are_rejected() {
        for (text, message) in [
            ("https://a.b/c.json#/d", "is remote"),
            ("#definitions", "is not a JSON pointer"),
            ("#/a~", "is not a JSON pointer"),
        ] {
            let error = Reference::parse(text).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
