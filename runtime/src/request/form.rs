//! Forms: `multipart/form-data` and `application/x-www-form-urlencoded`.

use azure_core::{Bytes, Error, Result, error::ErrorKind, http::Url};
use std::{borrow::Cow, fmt};

/// A file in a form.
#[derive(Clone)]
pub struct FormFile {
    name: Cow<'static, str>,
    content_type: Option<Cow<'static, str>>,
    content: Bytes,
}

impl FormFile {
    /// A file of this name and content.
    ///
    /// ```
    /// let file = arm_runtime::FormFile::new("notes.txt", "Hello").with_content_type("text/plain");
    /// ```
    pub fn new(name: impl Into<Cow<'static, str>>, content: impl Into<Bytes>) -> Self {
        Self {
            name: name.into(),
            content_type: None,
            content: content.into(),
        }
    }

    /// Sets the content type, such as `image/png`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

/// Shows the name; the content may be secret, so that only its size is shown.
impl fmt::Debug for FormFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormFile")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.content.len())
            .finish()
    }
}

/// A field of a form.
#[derive(Debug)]
pub(crate) enum FormValue {
    Text(String),
    File(FormFile),
}

/// The fields of a form, in the order in which they were added.
pub(crate) type FormFields = Vec<(&'static str, FormValue)>;

/// Encodes a form without files; the encoder is that of URLs.
pub(crate) fn urlencoded(fields: FormFields) -> Result<Bytes> {
    let mut url = Url::parse("form:")?;
    {
        let mut pairs = url.query_pairs_mut();
        for (name, value) in fields {
            match value {
                FormValue::Text(text) => pairs.append_pair(name, &text),
                FormValue::File(_) => return Err(invalid(name, "a file needs a multipart form")),
            };
        }
    }
    Ok(url.query().unwrap_or_default().to_owned().into())
}

/// Encodes a form in parts; returns its content type, which has the boundary, and the body.
#[cfg(feature = "reqwest")]
pub(crate) fn multipart(fields: FormFields) -> Result<(String, Bytes)> {
    use futures::{FutureExt as _, TryStreamExt as _};
    use reqwest::multipart::{Form, Part};

    let mut form = Form::new();
    for (name, value) in fields {
        form = match value {
            FormValue::Text(text) => form.text(name, text),
            FormValue::File(file) => {
                let mut part = Part::stream(file.content).file_name(file.name);
                if let Some(content_type) = &file.content_type {
                    part = part
                        .mime_str(content_type)
                        .map_err(|_| invalid(name, "the content type of the file is none"))?;
                }
                form.part(name, part)
            }
        };
    }
    let content_type = format!("multipart/form-data; boundary={}", form.boundary());
    // All parts are in memory, so that nothing is waited for.
    let pieces = form
        .into_stream()
        .try_collect::<Vec<Bytes>>()
        .now_or_never();
    let pieces = pieces.and_then(std::result::Result::ok);
    let pieces = pieces.ok_or_else(|| invalid("form", "the parts could not be put together"))?;
    Ok((content_type, pieces.concat().into()))
}

/// Without the HTTP stack there is no encoder.
#[cfg(not(feature = "reqwest"))]
pub(crate) fn multipart(fields: FormFields) -> Result<(String, Bytes)> {
    let mut files = fields.iter().filter_map(|(name, value)| match value {
        FormValue::File(file) => Some(format!("{name} ({})", file.name)),
        FormValue::Text(_) => None,
    });
    let name = files.next().unwrap_or_else(|| "encoding".to_owned());
    let problem = "multipart forms need the feature `reqwest` of arm_runtime";
    Err(invalid(&name, problem))
}

fn invalid(name: &str, problem: &str) -> Error {
    Error::with_message(ErrorKind::Other, format!("the form's {name}: {problem}"))
}
