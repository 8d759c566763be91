//! Lines of text to typed values, with no JSON in between.
//!
//! A log type whose schema has a text parser is read line by line: [`line()`] says whether a line is an event at all, the
//! parser takes it apart ([`Cells`] and [`Header`] for csv, [`Rest`] for fastmatch, `Pattern` for regex), and each part
//! becomes a [`Value`], which decodes as a JSON string would. Generated parsers are chains of these calls.
//!
//! ```
//! use logwright::text::{Line, Options, Rest};
//!
//! // What is generated for `%{user} [%{time}] "%{text}"`.
//! const OPTIONS: &Options<'static> = &Options { trim_space: false, empty_values: &["-"] };
//! fn parts(line: &str) -> Option<[Option<String>; 3]> {
//!     let mut line = Rest::after("", &Line::new(line), 2, OPTIONS)?;
//!     let user = line.until(" [")?;
//!     let time = line.until("] \"")?;
//!     let text = line.quoted_until("\"")?;
//!     Some([user, time, text].map(|value| value.as_str().map(str::to_owned)))
//! }
//!
//! let [user, time, text] = parts(r#"- [12:00] "say \"hi\"""#).unwrap();
//! assert_eq!((user, time.unwrap(), text.unwrap()), (None, "12:00".to_owned(), "say \"hi\"".to_owned()));
//! assert!(parts("jane 12:00").is_none());
//! ```

mod csv;
mod escape;
mod fastmatch;
#[cfg(feature = "regex")]
mod pattern;
mod value;

pub use csv::{Cells, Header};
pub use fastmatch::{Line, Rest};
#[cfg(feature = "regex")]
pub use pattern::{Groups, Pattern};
pub use value::{Options, Value};

use crate::json::{Code, Error, quote};

/// The text of a line; `None` where it is no event, because it is blank or starts with `skip_prefix`. An empty
/// `skip_prefix` skips nothing. A line break at the end does not count.
///
/// ```
/// use logwright::text::line;
///
/// assert_eq!(line(b"a b\r\n", "#").unwrap(), Some("a b"));
/// assert_eq!(line(b"# a b", "#").unwrap(), None);
/// assert_eq!(line(b" \n", "").unwrap(), None);
/// assert!(line(b"\xff", "").is_err());
/// ```
///
/// # Errors
/// When the line is not UTF-8.
pub fn line<'a>(bytes: &'a [u8], skip_prefix: &str) -> Result<Option<&'a str>, Error> {
    let skipped = !skip_prefix.is_empty() && bytes.starts_with(skip_prefix.as_bytes());
    if skipped || bytes.trim_ascii().is_empty() {
        return Ok(None);
    }
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Some(text)),
        Err(error) => Err(Error::malformed(Code::Utf8, error.valid_up_to(), "the line is not UTF-8 here")),
    }
}

/// The error of a line that none of the schema's patterns matches.
pub fn no_match(patterns: &[&str], line: &str) -> Error {
    const SHOWN: usize = 8;
    let shown: Vec<String> = patterns.iter().take(SHOWN).map(|pattern| format!("`{}`", cut(pattern))).collect();
    let more = if patterns.len() > SHOWN { format!(" or {} others", patterns.len() - SHOWN) } else { String::new() };
    let expected = format!("a line that matches {}{more}", shown.join(" or "));
    Error::mismatch(Code::Pattern, &expected, &quote(line))
}

/// The error of a line that is no event, where one must be.
pub fn no_event(line: &[u8]) -> Error {
    let found = format!("a line that is none: {}", quote(&String::from_utf8_lossy(line)));
    Error::mismatch(Code::Pattern, "an event", &found)
}

/// A pattern, cut to a length that fits a message.
fn cut(pattern: &str) -> String {
    const MOST: usize = 160;
    match pattern.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &pattern[..end]),
        None => pattern.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_and_skipped_lines_are_no_events_whatever_their_bytes() {
        assert_eq!(line(b"", "").unwrap(), None);
        assert_eq!(line(b"\r\n", "").unwrap(), None);
        assert_eq!(line(b"#\xff", "#").unwrap(), None);
        assert_eq!(line(b" # a", "#").unwrap(), Some(" # a"));
        assert_eq!(line(b"a\xff", "#").unwrap_err().to_string(), "byte 1: the line is not UTF-8 here");
    }

    #[test]
    fn the_error_names_the_patterns_that_were_tried() {
        let error = no_match(&["%{a} %{b}", "%{a}"], "x");
        assert_eq!(error.to_string(), "expected a line that matches `%{a} %{b}` or `%{a}`, found \"x\"");
        assert_eq!((error.code().name(), error.pointer()), ("pattern", ""));
        let (long, line) = ("x".repeat(10_000), "y".repeat(10_000));
        let error = no_match(&[long.as_str(); 100], &line).to_string();
        assert!(error.len() < 2000 && error.contains(" or 92 others"), "{error}");
    }
}
