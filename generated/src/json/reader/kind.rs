//! What stands next: for readers that learn a value's kind from the input, not from a schema.

use super::Reader;

/// The kind of a JSON value, told by its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl Reader<'_> {
    /// The kind of the next value, which is still to be read; `None` where there is none, which reading it reports.
    ///
    /// ```
    /// use logwright::json::{Kind, Reader};
    ///
    /// let kind = Reader::read(br#"{"id": 7}"#, |reader| {
    ///     assert_eq!(reader.key()?.as_deref(), Some("id"));
    ///     let kind = reader.kind();
    ///     reader.skip()?;
    ///     assert!(reader.key()?.is_none());
    ///     Ok(kind)
    /// })?;
    /// assert_eq!(kind, Some(Kind::Number));
    /// # Ok::<(), logwright::json::Error>(())
    /// ```
    pub fn kind(&mut self) -> Option<Kind> {
        Some(match self.peek()? {
            b'n' => Kind::Null,
            b't' | b'f' => Kind::Boolean,
            b'-' | b'0'..=b'9' => Kind::Number,
            b'"' => Kind::String,
            b'[' => Kind::Array,
            b'{' => Kind::Object,
            _ => return None,
        })
    }
}
