//! Why an input is not an event of a log type.
//!
//! An error carries a stable code for programs, the place (a JSON pointer, or a byte offset where the input is not JSON),
//! and a sentence that says what was expected and what was found.

use std::fmt;

/// Which rule an input broke. The name is stable: quarantine entries and metrics use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// The input is not UTF-8.
    Utf8,
    /// The input is not JSON, or more follows the first value.
    Syntax,
    /// Objects and arrays are nested too deep.
    Depth,
    /// The lists of an event have too many elements, or a header too many columns.
    Elements,
    /// The input is JSON, but not an object.
    NotAnObject,
    /// A line is not of the form that the schema's parser describes.
    Pattern,
    /// A value is of another type than the schema says.
    Type,
    /// A number does not fit its type.
    Range,
    /// A text or number is no time in the schema's formats.
    Time,
    /// A required value is missing or null.
    Required,
    /// A text is not one that the schema's `validate` lets pass.
    Validate,
}

impl Code {
    /// The code's name, such as `type`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Syntax => "syntax",
            Self::Depth => "depth",
            Self::Elements => "elements",
            Self::NotAnObject => "not_an_object",
            Self::Pattern => "pattern",
            Self::Type => "type",
            Self::Range => "range",
            Self::Time => "time",
            Self::Required => "required",
            Self::Validate => "validate",
        }
    }
}

/// Why an input is not an event of a log type.
///
/// One word in size, so that a good event does not pay for it.
///
/// ```
/// # #[cfg(feature = "zendesk")] {
/// use logwright::log_types::zendesk::Audit;
///
/// let error = Audit::parse(br#"{"id": 1.0, "created_at": "2026-03-01T11:32:44Z"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "/id: expected a 64-bit integer, found 1.0");
/// assert_eq!((error.code().name(), error.pointer()), ("type", "/id"));
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    code: Code,
    pointer: String,
    offset: Option<usize>,
    message: String,
}

impl Error {
    /// The input is not JSON; `offset` is the byte at which this shows.
    pub(crate) fn malformed(code: Code, offset: usize, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { code, pointer: String::new(), offset: Some(offset), message: message.into() }))
    }

    /// A value is JSON, but not what the schema says. The pointer is added on the way out, by [`Error::within`].
    #[cold]
    pub(crate) fn mismatch(code: Code, expected: &str, found: &str) -> Self {
        let message = format!("expected {expected}, found {found}");
        Self(Box::new(Inner { code, pointer: String::new(), offset: None, message }))
    }

    /// The same error, of JSON that is the content of the string `text`: the event is JSON, and so this is a mismatch.
    pub(crate) fn embedded(self, text: &str) -> Self {
        if !self.is_malformed() {
            return self;
        }
        let expected = format!("JSON in the string (at {self})");
        Self::mismatch(self.code(), &expected, &super::quote(text))
    }

    /// The required field `name` has no value.
    #[cold]
    pub(crate) fn missing(name: &str) -> Self {
        Self::mismatch(Code::Required, "a value (the field is required)", "null or nothing").within(name)
    }

    /// The same error, seen from the object or array that holds the value under `member`.
    #[cold]
    pub(crate) fn within(mut self, member: &str) -> Self {
        let escaped = member.replace('~', "~0").replace('/', "~1");
        self.0.pointer.insert_str(0, &escaped);
        self.0.pointer.insert(0, '/');
        self
    }

    /// True where the input as a whole is not JSON, so that reading cannot go on.
    pub(crate) fn is_malformed(&self) -> bool {
        self.0.offset.is_some()
    }

    /// Which rule was broken.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Where: an RFC 6901 pointer to the value; empty for the input as a whole.
    pub fn pointer(&self) -> &str {
        &self.0.pointer
    }

    /// Where, for an input that is not JSON: the offset in bytes, from 0.
    pub fn offset(&self) -> Option<usize> {
        self.0.offset
    }

    /// What was expected and what was found, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.offset {
            Some(offset) => write!(f, "byte {offset}: {}", self.0.message),
            None if self.0.pointer.is_empty() => f.write_str(&self.0.message),
            None => write!(f, "{}: {}", self.0.pointer, self.0.message),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} ({})", self.0.code.name())
    }
}

impl std::error::Error for Error {}
