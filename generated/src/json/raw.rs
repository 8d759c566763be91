//! Any JSON, kept as it was written.

use std::borrow::Cow;
use std::fmt;

/// A JSON value of any type, as its text in the input. White space inside it is kept.
///
/// ```
/// use logwright::json::RawJson;
///
/// let value: RawJson<'_> = r#"{"a": [1, 2]}"#.parse::<RawJson<'static>>().unwrap();
/// assert_eq!(value.as_str(), r#"{"a": [1, 2]}"#);
/// assert!("{".parse::<RawJson<'static>>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RawJson<'a>(Cow<'a, str>);

impl<'a> RawJson<'a> {
    /// From text that a reader has checked.
    pub(crate) fn checked(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// From text that was written by a writer of JSON.
    pub(crate) fn owned(text: String) -> Self {
        Self(Cow::Owned(text))
    }

    /// A JSON string.
    pub(crate) fn string(text: &str) -> Self {
        let mut quoted = Vec::with_capacity(text.len() + 2);
        super::write_string(text, &mut quoted);
        Self::owned(String::from_utf8_lossy(&quoted).into_owned())
    }

    pub(super) fn into_text(self) -> Cow<'a, str> {
        self.0
    }

    /// The value's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `null`
impl Default for RawJson<'_> {
    fn default() -> Self {
        Self(Cow::Borrowed("null"))
    }
}

impl std::str::FromStr for RawJson<'static> {
    type Err = super::Error;

    /// # Errors
    /// When `text` is not one JSON value.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        super::reader::check(text)?;
        Ok(Self(Cow::Owned(text.trim_matches([' ', '\t', '\r', '\n']).to_owned())))
    }
}

impl fmt::Display for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RawJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
